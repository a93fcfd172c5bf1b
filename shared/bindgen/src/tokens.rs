//! The colours and sizes of `shared/look/tokens.toml`, read strictly: a name that is missing, or that
//! nobody knows, is an error that says in which table.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, de::DeserializeOwned};
use toml::{Table, Value};

use crate::contrast::{self, Pair};

mod groups;
mod known;

pub(crate) use groups::{Cell, Group, Instance};

/// A colour as the screens take it: alpha, red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct Argb(pub(crate) u32);

impl TryFrom<String> for Argb {
    type Error = String;

    /// Reads `#RRGGBB` or `#RRGGBBAA`.
    fn try_from(text: String) -> Result<Self, String> {
        let fault = || format!("`{text}` is no colour: #RRGGBB or #RRGGBBAA");
        let digits = text.strip_prefix('#').ok_or_else(fault)?;
        let all_hex = digits.chars().all(|char| char.is_ascii_hexdigit());
        let number = u32::from_str_radix(digits, 16).ok().filter(|_| all_hex).ok_or_else(fault)?;
        match digits.len() {
            6 => Ok(Self(0xFF00_0000 | number)),
            8 => Ok(Self(number.rotate_right(8))),
            _ => Err(fault()),
        }
    }
}

impl fmt::Display for Argb {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "0x{:08X}", self.0)
    }
}

/// One ground with everything that stands on it, overlays resolved.
pub(crate) type Palette = BTreeMap<&'static str, Argb>;

/// The values of one table in the order of its known names.
pub(crate) type Values<T> = Vec<(&'static str, T)>;

/// How one kind of text is set.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Role {
    pub(crate) size: u32,
    pub(crate) line: u32,
    pub(crate) weight: Weight,
    /// The most it grows with the system's font scale.
    pub(crate) cap: f64,
    #[serde(default)]
    pub(crate) figures: bool,
}

/// One of the two weights that every Chinese font has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Weight {
    Regular,
    Strong,
}

/// The shadow of what floats over content.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Shadow {
    pub(crate) y: i32,
    pub(crate) blur: u32,
    pub(crate) alpha_light: f64,
    pub(crate) alpha_dark: f64,
    /// The colour that lifts it in the dark, where shadows are not seen.
    pub(crate) tint_dark: String,
}

/// Everything in the file, checked.
#[derive(Debug)]
pub(crate) struct Tokens {
    /// `light`, `dark`, `stairwell`, `sun`.
    pub(crate) palettes: Vec<(&'static str, Palette)>,
    pub(crate) normal: Values<Role>,
    pub(crate) elder: Values<Role>,
    pub(crate) faces: Values<Value>,
    pub(crate) space: Values<u32>,
    pub(crate) radius: Values<u32>,
    pub(crate) target: Values<u32>,
    pub(crate) icon: Values<Value>,
    pub(crate) elevation: Values<Shadow>,
    pub(crate) motion: Values<Value>,
    pub(crate) reduced: Values<u32>,
    pub(crate) figures: Values<Value>,
}

/// Reads and checks the file; an error names its table and field.
pub(crate) fn read(text: &str) -> Result<Tokens, String> {
    let root: Table = text.parse().map_err(|error: toml::de::Error| error.to_string())?;
    only(&root, known::TABLES, "the file")?;
    only(table(&root, "color")?, &["light", "dark", "stairwell", "sun"], "[color]")?;
    values::<Value>(&root, "meta", known::META)?;
    let light: Palette = values(&root, "color.light", known::COLORS)?.into_iter().collect();
    let dark: Palette = values(&root, "color.dark", known::COLORS)?.into_iter().collect();
    let stairwell = overlay(&root, "color.stairwell", &dark)?;
    let sun = overlay(&root, "color.sun", &light)?;
    let tokens = Tokens {
        palettes: vec![("light", light), ("dark", dark), ("stairwell", stairwell), ("sun", sun)],
        normal: values(&root, "type.normal", known::ROLES)?,
        elder: values(&root, "type.elder", known::ROLES)?,
        faces: without_tables(values(&root, "type", known::FACES)?),
        space: values(&root, "space", known::SPACE)?,
        radius: values(&root, "radius", known::RADIUS)?,
        target: values(&root, "target", known::TARGET)?,
        icon: values(&root, "icon", known::ICON)?,
        elevation: values(&root, "elevation", known::ELEVATION)?,
        motion: without_tables(values(&root, "motion", known::MOTION)?),
        reduced: values(&root, "motion.reduced", known::REDUCED)?,
        figures: values(&root, "figures", known::FIGURES)?,
    };
    for (name, shadow) in &tokens.elevation {
        if !known::COLORS.contains(&shadow.tint_dark.as_str()) {
            return Err(format!("[elevation] {name}: no colour `{}`", shadow.tint_dark));
        }
    }
    let pairs = root.get("pair").cloned().unwrap_or(Value::Array(Vec::new()));
    let pairs: Vec<Pair> = pairs.try_into().map_err(|error| format!("[[pair]]: {error}"))?;
    contrast::check(&pairs, &tokens.palettes)?;
    Ok(tokens)
}

/// Reads a table that has exactly the known names.
fn values<T: DeserializeOwned>(
    root: &Table,
    path: &str,
    known: &[&'static str],
) -> Result<Values<T>, String> {
    let table = table(root, path)?;
    only(table, known, &format!("[{path}]"))?;
    let value = |name: &&'static str| {
        let value = table.get(*name).ok_or_else(|| format!("[{path}] lacks `{name}`"))?;
        Ok((*name, one(value, path, name)?))
    };
    known.iter().map(value).collect()
}

/// Reads what an overlay changes, and lays it on its ground.
fn overlay(root: &Table, path: &str, ground: &Palette) -> Result<Palette, String> {
    let table = table(root, path)?;
    only(table, known::COLORS, &format!("[{path}]"))?;
    let mut palette = ground.clone();
    for name in known::COLORS {
        if let Some(value) = table.get(*name) {
            palette.insert(name, one(value, path, name)?);
        }
    }
    Ok(palette)
}

fn one<T: DeserializeOwned>(value: &Value, path: &str, name: &str) -> Result<T, String> {
    value.clone().try_into().map_err(|error| format!("[{path}] {name}: {error}"))
}

fn table<'a>(root: &'a Table, path: &str) -> Result<&'a Table, String> {
    path.split('.').try_fold(root, |table, name| {
        table.get(name).and_then(Value::as_table).ok_or_else(|| format!("there is no [{path}]"))
    })
}

fn only(table: &Table, known: &[&str], place: &str) -> Result<(), String> {
    match table.keys().find(|name| !known.contains(&name.as_str())) {
        Some(name) => Err(format!("{place}: nobody knows `{name}`")),
        None => Ok(()),
    }
}

fn without_tables(values: Values<Value>) -> Values<Value> {
    values.into_iter().filter(|(_, value)| !value.is_table()).collect()
}

#[cfg(test)]
mod tests;
