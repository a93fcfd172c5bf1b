//! The contrast of two colours, as WCAG 2 counts it.
#![expect(clippy::float_arithmetic, reason = "contrast is defined over real numbers")]

use serde::Deserialize;

use crate::tokens::{Argb, Palette};

/// Colours that may stand on others, and the least contrast between them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Pair {
    fg: Vec<String>,
    bg: Vec<String>,
    min: f64,
}

impl Pair {
    /// Returns each foreground with each ground.
    ///
    /// `own_container` is the chip of the same name, `own_ground` what an `on_` colour stands on.
    fn each(&self) -> impl Iterator<Item = (&str, String)> {
        self.fg.iter().flat_map(|fg| self.bg.iter().map(move |bg| (fg.as_str(), ground(fg, bg))))
    }
}

fn ground(fg: &str, bg: &str) -> String {
    match bg {
        "own_container" => format!("{fg}_container"),
        "own_ground" => fg.strip_prefix("on_").unwrap_or(fg).to_owned(),
        other => other.to_owned(),
    }
}

/// Measures every pair on every ground; returns how many there are, or the first that falls short.
pub(crate) fn check(pairs: &[Pair], palettes: &[(&'static str, Palette)]) -> Result<usize, String> {
    let mut measured = 0;
    for pair in pairs {
        for (fg, bg) in pair.each() {
            for (name, palette) in palettes {
                let color = |wanted: &str| {
                    let unknown = || format!("[[pair]]: no colour `{wanted}`");
                    palette.get(wanted).copied().ok_or_else(unknown)
                };
                let ratio = ratio(color(fg)?, color(&bg)?);
                if ratio < pair.min {
                    let least = pair.min;
                    return Err(format!("[color.{name}] {fg} on {bg}: {ratio:.2}, needs {least}"));
                }
                measured += 1;
            }
        }
    }
    Ok(measured)
}

fn ratio(one: Argb, other: Argb) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(color: Argb) -> f64 {
    let [_, red, green, blue] = color.0.to_be_bytes().map(|byte| {
        let part = f64::from(byte) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn black_on_white_is_as_far_as_colours_go() {
        assert!((ratio(Argb(0xFF00_0000), Argb(0xFFFF_FFFF)) - 21.0).abs() < 1e-9);
        assert!((ratio(Argb(0xFF12_3456), Argb(0xFF12_3456)) - 1.0).abs() < 1e-9);
        // The grey that is known to just fail on white.
        assert!((ratio(Argb(0xFF77_7777), Argb(0xFFFF_FFFF)) - 4.478).abs() < 1e-3);
    }

    #[test]
    fn a_pair_may_name_its_own_ground() {
        assert_eq!(ground("good", "own_container"), "good_container");
        assert_eq!(ground("on_lamp", "own_ground"), "lamp");
        assert_eq!(ground("text", "surface"), "surface");
    }

    #[test]
    fn the_colours_have_62_pairs_on_four_grounds_and_none_falls_short() {
        let root = crate::root().unwrap();
        let text = std::fs::read_to_string(root.join("shared/look/tokens.toml")).unwrap();
        let tokens = crate::tokens::read(&text).unwrap();
        let table: toml::Table = text.parse().unwrap();
        let pairs: Vec<Pair> = table["pair"].clone().try_into().unwrap();
        assert_eq!(check(&pairs, &tokens.palettes), Ok(62 * 4));
    }
}
