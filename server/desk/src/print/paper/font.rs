//! A font: how wide its characters are, where a line breaks, and what it lacks.
//!
//! Characters stand one after the other as the font gives them. That is right for Chinese and good
//! enough for English; scripts that join or reorder their letters would need a shaper.

use ttf_parser::{Face, Permissions, Tag, fonts_in_collection, name_id};

use super::Style;

/// Units of a width: thousandths of the size, as PDF has them.
const PER_SIZE: i32 = 1_000;

/// What must not begin a line.
const NOT_FIRST: &str = "，。、；：？！）》”’】」』％%,.;:?!)]}·…";

/// What must not end a line.
const NOT_LAST: &str = "（《“‘【「『([{¥";

/// Words in the name of a face that has the shapes of mainland China, best first.
const MAINLAND: [&str; 3] = ["SC", "CN", "GB"];

/// A face of a font file.
pub(in crate::print) struct Font<'a> {
    pub(super) data: &'a [u8],
    pub(super) index: u32,
    pub(super) face: Face<'a>,
    pub(super) name: String,
}

/// Why a file is of no use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::print) enum Unfit {
    /// It is no font.
    NoFont,
    /// Its shapes are in a form that is not read (CFF2, bitmaps).
    Shapes,
    /// Its maker does not allow it in documents.
    Licence,
}

impl<'a> Font<'a> {
    /// Takes the face of a file that is for mainland China, else the first that can be used.
    pub(in crate::print) fn of(data: &'a [u8]) -> Result<Self, Unfit> {
        let mut why = Unfit::NoFont;
        let mut best: Option<(usize, Self)> = None;
        for index in 0..fonts_in_collection(data).unwrap_or(1) {
            match Self::face(data, index) {
                Ok(font) => {
                    let rank = font.rank();
                    if best.as_ref().is_none_or(|(than, _)| rank < *than) {
                        best = Some((rank, font));
                    }
                }
                Err(unfit) => why = unfit,
            }
        }
        best.map(|(_, font)| font).ok_or(why)
    }

    fn face(data: &'a [u8], index: u32) -> Result<Self, Unfit> {
        let face = Face::parse(data, index).map_err(|_| Unfit::NoFont)?;
        let tables = face.tables();
        if tables.glyf.is_none() && tables.cff.is_none() {
            return Err(Unfit::Shapes);
        }
        let restricted = face.permissions() == Some(Permissions::Restricted);
        if restricted || tables.os2.is_some() && !face.is_subsetting_allowed() {
            return Err(Unfit::Licence);
        }
        let names = [name_id::POST_SCRIPT_NAME, name_id::FULL_NAME, name_id::FAMILY];
        let named = |id| face.names().into_iter().filter(move |name| name.name_id == id);
        let name = names.into_iter().find_map(|id| named(id).find_map(|name| name.to_string()));
        Ok(Self { data, index, name: name.unwrap_or_default(), face })
    }

    /// Ranks a face among those of its file, best first: they differ in the shapes of the same characters.
    fn rank(&self) -> usize {
        let bold = usize::from(self.face.weight() != ttf_parser::Weight::Normal);
        let names = self.face.names().into_iter().filter_map(|name| name.to_string());
        let names: Vec<String> = names.collect();
        let said = |word| names.iter().any(|name| name.split(' ').any(|part| part == word));
        let place = MAINLAND.iter().position(|word| said(*word));
        2 * place.unwrap_or(MAINLAND.len()) + bold
    }

    pub(super) fn is_cff(&self) -> bool {
        self.face.raw_face().table(Tag::from_bytes(b"CFF ")).is_some()
    }

    /// Returns the glyph of a character.
    pub(super) fn glyph(&self, char: char) -> Option<u16> {
        self.face.glyph_index(char).map(|glyph| glyph.0).filter(|glyph| *glyph != 0)
    }

    /// Returns the width of a glyph in thousandths of the size.
    pub(super) fn advance(&self, glyph: u16) -> i32 {
        let advance = self.face.glyph_hor_advance(ttf_parser::GlyphId(glyph)).unwrap_or_default();
        self.thousandths(i32::from(advance))
    }

    /// Turns units of the font into thousandths of the size.
    pub(super) fn thousandths(&self, units: i32) -> i32 {
        units * PER_SIZE / i32::from(self.face.units_per_em()).max(1)
    }

    /// Returns the width of a line (twips).
    pub(in crate::print) fn width(&self, text: &str, style: Style) -> i32 {
        let chars = text.chars().map(|char| self.glyph(char).map_or(PER_SIZE, |g| self.advance(g)));
        // A table has no line that is longer than an i32 holds; if it had, it would only be cut.
        let sum = chars.fold(0, i32::saturating_add);
        sum.saturating_mul(style.size()) / PER_SIZE
    }

    /// Breaks a text into lines of a width: between words and between Chinese characters, not before a
    /// comma or after a bracket that opens, and within a word that is longer than a line.
    pub(in crate::print) fn lines(&self, text: &str, style: Style, width: i32) -> Vec<String> {
        let (mut lines, mut line, mut used) = (Vec::new(), String::new(), 0);
        for piece in pieces(text) {
            // A blank at the end of a line takes no room.
            if used + self.width(piece.trim_end(), style) <= width {
                used += self.width(&piece, style);
                line.push_str(&piece);
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            for char in piece.chars() {
                let more = self.width(char.encode_utf8(&mut [0; 4]), style);
                if used + more > width && !line.is_empty() {
                    lines.push(std::mem::take(&mut line));
                    used = 0;
                }
                used += more;
                line.push(char);
            }
        }
        lines.push(line);
        lines.iter().map(|line| line.trim().to_owned()).collect()
    }
}

/// Cuts a text where a line may break.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut last = ' ';
    for char in text.chars() {
        let open = NOT_LAST.contains(last) || NOT_FIRST.contains(char);
        let wide = |char: char| u32::from(char) >= 0x2E80;
        let apart = char != ' ' && (last == ' ' || wide(last) || wide(char));
        match pieces.last_mut() {
            Some(piece) if open || !apart => piece.push(char),
            _ => pieces.push(char.to_string()),
        }
        last = char;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_breaks_between_words_and_characters_and_not_before_a_comma() {
        assert_eq!(pieces("a bit, (so)"), ["a ", "bit, ", "(so)"]);
        assert_eq!(
            pieces("面积 89.37 ㎡，合计（元）。"),
            ["面", "积 ", "89.37 ", "㎡，", "合", "计", "（元）。"]
        );
    }
}
