//! The asset catalogue of the iOS app: what the system draws before the screens are.

use crate::tokens::{Argb, Palette};

/// The size of the word mark (points): the drawing names none, and would fill the screen.
const MARK: &str = r#"<svg width="200" height="60" "#;

const INFO: &str = "  \"info\" : { \"author\" : \"xcode\", \"version\" : 1 }\n}\n";

/// Which colour takes whose place in the word mark at night: what is dark on paper is light then.
const NIGHT: &[(&str, &str)] = &[("hero", "text"), ("text", "text"), ("text_quiet", "text_quiet")];

/// Writes a colour set.
pub(crate) fn color(name: &str, light: &Palette, dark: &Palette) -> Result<String, String> {
    let (light, dark) = (color_of(light, name)?, color_of(dark, name)?);
    Ok(format!(
        "{{\n  \"colors\" : [\n    {{ \"idiom\" : \"universal\", {} }},\n    \
         {{ \"idiom\" : \"universal\", {}, {} }}\n  ],\n{INFO}",
        components(light),
        DARK,
        components(dark),
    ))
}

const DARK: &str = r#""appearances" : [{ "appearance" : "luminosity", "value" : "dark" }]"#;

/// Writes the image set of the word mark.
pub(crate) fn mark() -> String {
    format!(
        "{{\n  \"images\" : [\n    {{ \"idiom\" : \"universal\", \"filename\" : \"light.svg\" }},\n    \
         {{ \"idiom\" : \"universal\", {DARK}, \"filename\" : \"dark.svg\" }}\n  ],\n  \
         \"properties\" : {{ \"preserves-vector-representation\" : true }},\n{INFO}"
    )
}

/// Sizes the word mark.
pub(crate) fn by_day(drawing: &str) -> String {
    drawing.replacen("<svg ", MARK, 1)
}

/// Sizes the word mark and gives it the colours of the night.
pub(crate) fn by_night(drawing: &str, light: &Palette, dark: &Palette) -> Result<String, String> {
    let mut drawn = by_day(drawing);
    for (day, night) in NIGHT {
        let (from, to) = (hex(color_of(light, day)?), hex(color_of(dark, night)?));
        if !drawn.contains(&from) {
            return Err(format!("wordmark.svg: nothing is drawn in {day}, {from}"));
        }
        drawn = drawn.replace(&from, &to);
    }
    Ok(drawn)
}

fn color_of(palette: &Palette, name: &str) -> Result<Argb, String> {
    palette.get(name).copied().ok_or_else(|| format!("no colour is called `{name}`"))
}

fn hex(color: Argb) -> String {
    format!("#{:06X}", color.0 & 0x00FF_FFFF)
}

fn components(color: Argb) -> String {
    let [_, red, green, blue] = color.0.to_be_bytes();
    format!(
        "\"color\" : {{ \"color-space\" : \"srgb\", \"components\" : {{ \"red\" : \"0x{red:02X}\", \
         \"green\" : \"0x{green:02X}\", \"blue\" : \"0x{blue:02X}\", \"alpha\" : \"1.000\" }} }}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn palettes() -> (Palette, Palette) {
        let ink =
            |color| [("hero", Argb(color)), ("text", Argb(color)), ("text_quiet", Argb(color))];
        (ink(0xFF17_424E).into_iter().collect(), ink(0xFFF4_EFE6).into_iter().collect())
    }

    #[test]
    fn a_colour_stands_for_day_and_for_night() {
        let (light, dark) = palettes();
        let set = color("hero", &light, &dark).unwrap();
        let night = set.split_once("dark").unwrap().1;
        assert!(set.contains(r#""red" : "0x17", "green" : "0x42", "blue" : "0x4E""#), "{set}");
        assert!(night.contains(r#""red" : "0xF4", "green" : "0xEF", "blue" : "0xE6""#), "{set}");
        assert_eq!(color("lamp", &light, &dark).unwrap_err(), "no colour is called `lamp`");
    }

    #[test]
    fn the_word_mark_is_light_at_night_and_nothing_else_of_it_changes() {
        let (light, dark) = palettes();
        let drawing =
            "<svg viewBox=\"0 0 666 200\"><path fill=\"#17424E\"/><path fill=\"#F7BE4F\"/></svg>";
        let night = by_night(drawing, &light, &dark);
        // Here all three are one colour: the first takes it, and the second misses it.
        assert_eq!(night.unwrap_err(), "wordmark.svg: nothing is drawn in text, #17424E");
        assert!(by_day(drawing).starts_with("<svg width=\"200\" height=\"60\" viewBox="));
    }
}
