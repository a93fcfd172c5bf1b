//! Blocks: marks that stay together. They are poured into pages from top to bottom.

use super::{Ink, Mark, Side, Style};

/// Thickness of a thin line (twips): a fifth of a millimetre.
const HAIR: i32 = 10;

/// Marks that stay together, in twips from their own upper left corner.
#[derive(Clone, Debug, Default)]
pub(in crate::print) struct Block {
    pub(in crate::print) height: i32,
    /// Whether the next one has to stand on the same page: a head over its rows, rows over their sum.
    pub(in crate::print) with_next: bool,
    marks: Vec<Mark>,
}

/// A page: its marks, in twips from its upper left corner.
pub(in crate::print) type Page = Vec<Mark>;

/// From where to where a page is filled (twips from its upper edge).
#[derive(Clone, Copy, Debug)]
pub(in crate::print) struct Frame {
    pub(in crate::print) top: i32,
    pub(in crate::print) bottom: i32,
}

impl Block {
    pub(in crate::print) const fn new(height: i32) -> Self {
        Self { height, with_next: false, marks: Vec::new() }
    }

    /// Makes it stand on the page of what follows.
    pub(in crate::print) const fn with_next(mut self) -> Self {
        self.with_next = true;
        self
    }

    /// Writes a line of text that begins at a place.
    pub(in crate::print) fn text(&mut self, at: (i32, i32), style: Style, text: impl Into<String>) {
        self.write(at, Side::Left, style, text);
    }

    /// Writes a line of text on one side of a place.
    pub(in crate::print) fn write(
        &mut self,
        (x, y): (i32, i32),
        side: Side,
        style: Style,
        text: impl Into<String>,
    ) {
        self.marks.push(Mark::Text { x, y, side, style, text: text.into() });
    }

    /// Fills a rectangle: its upper left corner, its width and height.
    pub(in crate::print) fn fill(
        &mut self,
        (x, y): (i32, i32),
        (width, height): (i32, i32),
        ink: Ink,
    ) {
        self.marks.push(Mark::Fill { x, y, width, height, ink });
    }

    /// Draws a thin line to the right.
    pub(in crate::print) fn rule(&mut self, at: (i32, i32), width: i32) {
        self.fill(at, (width, HAIR), Ink::Line);
    }

    /// Draws a box to tick.
    pub(in crate::print) fn tick(&mut self, (x, y): (i32, i32), side: i32) {
        self.marks.push(Mark::Frame { x, y, width: side, height: side });
    }

    pub(in crate::print) fn cut(&mut self, from: (i32, i32), to: (i32, i32)) {
        self.marks.push(Mark::Cut { from, to });
    }

    /// Draws a QR code within a square, as large as whole twips a module allow. Nothing is drawn of what
    /// no code can hold; what is printed is far shorter ([`linli_domain::payments::SCAN_BYTES_MAX`]).
    pub(in crate::print) fn code(&mut self, (x, y): (i32, i32), side: i32, text: &str) {
        let Some(code) = shared::draw_qr(text) else { return };
        let (Ok(across), Ok(row)) = (i32::try_from(code.side), usize::try_from(code.side)) else {
            return;
        };
        let (module, mut runs) = (side / across.max(1), Vec::new());
        for (down, row) in (0..).zip(code.modules.chunks(row.max(1))) {
            let mut from = 0;
            for dark in row.chunk_by(|one, other| one == other) {
                let length = i32::try_from(dark.len()).unwrap_or_default();
                if dark.first() == Some(&1) {
                    runs.push((from, down, length));
                }
                from += length;
            }
        }
        // What whole twips leave over goes to the left: the code stands in line on the right.
        let x = x + side - module * across;
        self.marks.push(Mark::Code { x, y, module, runs });
    }

    /// Takes in the marks of another block.
    pub(in crate::print) fn add(&mut self, other: Self, (right, down): (i32, i32)) {
        other.put(&mut self.marks, right, down);
    }

    /// Puts its marks on a page.
    pub(in crate::print) fn put(self, page: &mut Page, right: i32, down: i32) {
        page.extend(self.marks.into_iter().map(|mark| mark.moved(right, down)));
    }
}

impl Mark {
    fn moved(self, right: i32, down: i32) -> Self {
        let at = |x: i32, y: i32| (x + right, y + down);
        match self {
            Self::Text { x, y, side, style, text } => {
                let (x, y) = at(x, y);
                Self::Text { x, y, side, style, text }
            }
            Self::Fill { x, y, width, height, ink } => {
                let (x, y) = at(x, y);
                Self::Fill { x, y, width, height, ink }
            }
            Self::Frame { x, y, width, height } => {
                let (x, y) = at(x, y);
                Self::Frame { x, y, width, height }
            }
            Self::Cut { from, to } => Self::Cut { from: at(from.0, from.1), to: at(to.0, to.1) },
            Self::Code { x, y, module, runs } => {
                let (x, y) = at(x, y);
                Self::Code { x, y, module, runs }
            }
        }
    }
}

/// Where a page after the first begins.
#[derive(Clone, Copy, Debug)]
pub(in crate::print) struct Turn {
    /// Its number, from 1.
    pub(in crate::print) page: usize,
    /// Which block comes first on it, from 0.
    pub(in crate::print) block: usize,
}

/// Pours blocks into pages. A page after the first begins with what `again` gives: the head of a table.
///
/// Blocks that belong together move to the next page together, unless they would not fit on one.
pub(in crate::print) fn pour(
    blocks: Vec<Block>,
    frame: Frame,
    again: impl Fn(Turn) -> Vec<Block>,
) -> Vec<Page> {
    let mut poured = Poured { pages: vec![Page::new()], y: frame.top, frame };
    let mut rest = blocks.into_iter().enumerate();
    while let Some((first, block)) = rest.next() {
        let mut group = vec![block];
        while group.last().is_some_and(|last| last.with_next) {
            let Some((_, next)) = rest.next() else { break };
            group.push(next);
        }
        let whole: i32 = group.iter().map(|block| block.height).sum();
        let mut fresh = poured.turn(whole, first, &again);
        for (at, block) in (first..).zip(group) {
            // A group that is taller than a page breaks where it has to.
            if !fresh {
                poured.turn(block.height, at, &again);
            }
            fresh = false;
            poured.add(block);
        }
    }
    poured.pages
}

/// Pages as far as they are filled.
struct Poured {
    pages: Vec<Page>,
    y: i32,
    frame: Frame,
}

impl Poured {
    fn add(&mut self, block: Block) {
        let height = block.height;
        if let Some(page) = self.pages.last_mut() {
            block.put(page, 0, self.y);
        }
        self.y += height;
    }

    /// Turns to the next page where a height does not fit; tells whether it did.
    fn turn(&mut self, height: i32, block: usize, again: &impl Fn(Turn) -> Vec<Block>) -> bool {
        let fits = self.y + height <= self.frame.bottom;
        if fits || self.y == self.frame.top {
            return false;
        }
        self.pages.push(Page::new());
        self.y = self.frame.top;
        let page = self.pages.len();
        again(Turn { page, block }).into_iter().for_each(|block| self.add(block));
        true
    }
}
