//! The file: PDF 1.7 with the used characters of one font in it, so that it looks and prints the same
//! everywhere, and its text can be searched and copied.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Write as _},
};

use flate2::{Compression, write::ZlibEncoder};
use pdf_writer::{
    Content, Filter, Finish as _, Name, Pdf, Rect, Ref, Str, TextStr,
    types::{CidFontType, FontFlags, SystemInfo, TextRenderingMode, UnicodeCmap},
};
use subsetter::GlyphRemapper;
use ttf_parser::{RawFace, Tag};

use super::{Font, HEIGHT, Ink, Mark, Page, Side, Style, WIDTH, Weight};

/// What a twip is of a point, PDF's unit; PDF counts upwards.
const POINTS: f32 = 0.05;
const POINTS_DOWN: f32 = -0.05;

/// A4 in points.
const A4: Rect = Rect { x1: 0.0, y1: 0.0, x2: 595.3, y2: 841.9 };

/// The font as pages name it.
const FONT: Name<'static> = Name(b"F");

/// Letters before the font's name that say that it is a part of it.
const PART: &str = "LINLIA+";

/// The edge around strong letters: so many of them are their size.
const EDGES: i32 = 34;

/// Thickness of a box's outline, and dash and gap of a line to cut along (twips).
const OUTLINE: i32 = 12;
const DASHES: [i32; 2] = [80, 60];

/// Numbers of the objects before the pages.
const CATALOG: i32 = 1;
const PAGES: i32 = 2;
const FONT_OBJECT: i32 = 3;
const CID_FONT: i32 = 4;
const DESCRIPTOR: i32 = 5;
const FONT_FILE: i32 = 6;
const UNICODE: i32 = 7;
const ABOUT: i32 = 8;
const FIRST_PAGE: i32 = 9;

/// Glyphs that are not said to be any glyphs of Adobe's own collections.
const SYSTEM: SystemInfo<'static> =
    SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };

/// Why no file was made.
#[derive(Debug)]
pub(in crate::print) enum NotWritten {
    /// The font lacks characters: they would be empty boxes.
    Lacks(BTreeSet<char>),
    /// The font could not be cut to what is used.
    Font(String),
    /// It could not be compressed.
    Deflate(io::Error),
}

/// The used part of a font: new glyph and width of each character.
struct Part {
    remapper: GlyphRemapper,
    glyphs: BTreeMap<char, u16>,
}

/// Writes pages as a file.
///
/// # Errors
/// [`NotWritten`].
pub(in crate::print) fn write(
    pages: &[Page],
    font: &Font<'_>,
    (title, language): (&str, &str),
) -> Result<Vec<u8>, NotWritten> {
    let part = Part::of(pages, font)?;
    let mut pdf = Pdf::new();
    let id = |at: usize| Ref::new(i32::try_from(at).unwrap_or(i32::MAX).saturating_add(FIRST_PAGE));
    pdf.catalog(Ref::new(CATALOG)).pages(Ref::new(PAGES)).lang(TextStr(language));
    let mut about = pdf.document_info(Ref::new(ABOUT));
    about.title(TextStr(title)).producer(TextStr("Linli"));
    about.finish();
    let kids = (0..pages.len()).map(|at| id(2 * at));
    pdf.pages(Ref::new(PAGES))
        .count(i32::try_from(pages.len()).unwrap_or(i32::MAX))
        .media_box(A4)
        .kids(kids)
        .resources()
        .fonts()
        .pair(FONT, Ref::new(FONT_OBJECT));
    for (at, page) in pages.iter().enumerate() {
        pdf.page(id(2 * at)).parent(Ref::new(PAGES)).contents(id(2 * at + 1));
        let content = deflate(&draw(page, font, &part)).map_err(NotWritten::Deflate)?;
        pdf.stream(id(2 * at + 1), &content).filter(Filter::FlateDecode);
    }
    embed(&mut pdf, font, &part)?;
    Ok(pdf.finish())
}

impl Part {
    fn of(pages: &[Page], font: &Font<'_>) -> Result<Self, NotWritten> {
        let texts = pages.iter().flatten().filter_map(|mark| match mark {
            Mark::Text { text, .. } => Some(text),
            _ => None,
        });
        let chars: BTreeSet<char> = texts.flat_map(|text| text.chars()).collect();
        let (mut remapper, mut glyphs) = (GlyphRemapper::new(), BTreeMap::new());
        let mut lacks = BTreeSet::new();
        for char in chars {
            match font.glyph(char) {
                Some(glyph) => drop(glyphs.insert(char, remapper.remap(glyph))),
                None => drop(lacks.insert(char)),
            }
        }
        if lacks.is_empty() { Ok(Self { remapper, glyphs }) } else { Err(NotWritten::Lacks(lacks)) }
    }

    /// Returns a text as the font's glyphs, two bytes each.
    fn glyphs(&self, text: &str) -> Vec<u8> {
        let glyphs = text.chars().filter_map(|char| self.glyphs.get(&char));
        glyphs.flat_map(|glyph| glyph.to_be_bytes()).collect()
    }
}

fn deflate(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes)?;
    encoder.finish()
}

/// A length as PDF writes it; all of a page fits into 16 bits.
fn length(twips: i32) -> f32 {
    i16::try_from(twips).map_or(0.0, f32::from)
}

fn draw(page: &Page, font: &Font<'_>, part: &Part) -> Vec<u8> {
    let mut content = Content::new();
    // Twips from the upper left corner, as marks have them.
    content.transform([POINTS, 0.0, 0.0, POINTS_DOWN, 0.0, A4.y2]);
    let mut inked = None;
    for mark in page {
        match mark {
            Mark::Text { x, y, side, style, text } => {
                ink(&mut content, style.ink, &mut inked);
                let width = font.width(text, *style);
                let x = match side {
                    Side::Left => *x,
                    Side::Right => x - width,
                    Side::Middle => x - width / 2,
                };
                show(&mut content, (x, *y), *style, &part.glyphs(text));
            }
            Mark::Fill { x, y, width, height, ink: of } => {
                ink(&mut content, *of, &mut inked);
                rectangle(&mut content, (*x, *y), (*width, *height)).fill_nonzero();
            }
            Mark::Frame { x, y, width, height } => {
                ink(&mut content, Ink::Quiet, &mut inked);
                content.set_line_width(length(OUTLINE));
                rectangle(&mut content, (*x, *y), (*width, *height)).stroke();
            }
            Mark::Cut { from, to } => {
                ink(&mut content, Ink::Line, &mut inked);
                content.set_line_width(length(OUTLINE));
                content.set_dash_pattern(DASHES.map(length), 0.0);
                content.move_to(length(from.0), length(from.1));
                content.line_to(length(to.0), length(to.1)).stroke();
                content.set_dash_pattern([], 0.0);
            }
            Mark::Code { x, y, module, runs } => {
                ink(&mut content, Ink::Text, &mut inked);
                for (across, down, long) in runs {
                    let at = (x + across * module, y + down * module);
                    rectangle(&mut content, at, (long * module, *module));
                }
                content.fill_nonzero();
            }
        }
    }
    content.finish().into_vec()
}

fn rectangle(content: &mut Content, at: (i32, i32), size: (i32, i32)) -> &mut Content {
    content.rect(length(at.0), length(at.1), length(size.0), length(size.1))
}

/// Takes an ink where it is another than before.
#[expect(clippy::float_arithmetic, reason = "a colour, as PDF writes it")]
fn ink(content: &mut Content, ink: Ink, inked: &mut Option<Ink>) {
    if *inked == Some(ink) {
        return;
    }
    *inked = Some(ink);
    let [red, green, blue] = ink.rgb().map(|part| f32::from(part) / 255.0);
    content.set_fill_rgb(red, green, blue).set_stroke_rgb(red, green, blue);
}

fn show(content: &mut Content, (x, y): (i32, i32), style: Style, glyphs: &[u8]) {
    content.begin_text().set_font(FONT, length(style.size()));
    match style.weight {
        Weight::Regular => {
            content.set_text_rendering_mode(TextRenderingMode::Fill);
        }
        Weight::Strong => {
            content.set_text_rendering_mode(TextRenderingMode::FillStroke);
            content.set_line_width(length(style.size() / EDGES));
        }
    }
    // Marks are counted downwards, letters stand upright.
    content.set_text_matrix([1.0, 0.0, 0.0, -1.0, length(x), length(y)]);
    content.show(Str(glyphs)).end_text();
}

fn embed(pdf: &mut Pdf, font: &Font<'_>, part: &Part) -> Result<(), NotWritten> {
    let subset = subsetter::subset(font.data, font.index, &part.remapper)
        .map_err(|why| NotWritten::Font(why.to_string()))?;
    let cff = font.is_cff();
    // Of a font with PostScript outlines PDF takes the table with them alone.
    let table =
        RawFace::parse(&subset, 0).ok().and_then(|face| face.table(Tag::from_bytes(b"CFF ")));
    let file = if cff { table.unwrap_or(&subset) } else { &subset };
    let kept = font.name.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    let name = format!("{PART}{kept}");
    let name = Name(name.as_bytes());
    pdf.type0_font(Ref::new(FONT_OBJECT))
        .base_font(name)
        .encoding_predefined(Name(b"Identity-H"))
        .descendant_font(Ref::new(CID_FONT))
        .to_unicode(Ref::new(UNICODE));
    let mut cid = pdf.cid_font(Ref::new(CID_FONT));
    cid.subtype(if cff { CidFontType::Type0 } else { CidFontType::Type2 })
        .base_font(name)
        .system_info(SYSTEM)
        .font_descriptor(Ref::new(DESCRIPTOR))
        .default_width(0.0);
    if !cff {
        cid.cid_to_gid_map_predefined(Name(b"Identity"));
    }
    let widths = part.remapper.remapped_gids().map(|glyph| length(font.advance(glyph)));
    cid.widths().consecutive(0, widths);
    cid.finish();
    describe(pdf, font, name);
    let file = deflate(file).map_err(NotWritten::Deflate)?;
    let mut stream = pdf.stream(Ref::new(FONT_FILE), &file);
    stream.filter(Filter::FlateDecode);
    if cff {
        stream.pair(Name(b"Subtype"), Name(b"CIDFontType0C"));
    }
    stream.finish();
    let mut unicode = UnicodeCmap::new(Name(b"Linli"), SYSTEM);
    for (char, glyph) in &part.glyphs {
        unicode.pair(*glyph, *char);
    }
    let unicode = deflate(&unicode.finish().into_vec()).map_err(NotWritten::Deflate)?;
    pdf.stream(Ref::new(UNICODE), &unicode).filter(Filter::FlateDecode);
    Ok(())
}

fn describe(pdf: &mut Pdf, font: &Font<'_>, name: Name<'_>) {
    let thousandths = |units: i16| length(font.thousandths(i32::from(units)));
    let around = font.face.global_bounding_box();
    let mut descriptor = pdf.font_descriptor(Ref::new(DESCRIPTOR));
    descriptor
        .name(name)
        .flags(FontFlags::SYMBOLIC)
        .bbox(Rect::new(
            thousandths(around.x_min),
            thousandths(around.y_min),
            thousandths(around.x_max),
            thousandths(around.y_max),
        ))
        .italic_angle(0.0)
        .ascent(thousandths(font.face.ascender()))
        .descent(thousandths(font.face.descender()))
        .cap_height(thousandths(font.face.capital_height().unwrap_or(font.face.ascender())))
        .stem_v(80.0);
    if font.is_cff() {
        descriptor.font_file3(Ref::new(FONT_FILE));
    } else {
        descriptor.font_file2(Ref::new(FONT_FILE));
    }
}

/// A page lies within what PDF's lengths hold here.
const _: () = assert!(WIDTH <= 32_767 && HEIGHT <= 32_767);
