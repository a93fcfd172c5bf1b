//! The tokens as groups of named values, which Kotlin and Swift only have to write down.

use toml::Value;

use super::{Role, Shadow, Tokens, Values, Weight};

/// One value, with what it measures.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Color(super::Argb),
    /// dp on Android, pt on iOS.
    Size(i64),
    Ms(i64),
    Count(i64),
    Ratio(f64),
    Flag(bool),
    Text(String),
    Curve(Vec<f64>),
    Role {
        size: u32,
        line: u32,
        strong: bool,
        cap: f64,
        figures: bool,
    },
    Shadow {
        y: i32,
        blur: u32,
        alpha_light: f64,
        alpha_dark: f64,
        tint_dark: String,
    },
}

/// Values of the same names, once or for several occasions.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub(crate) name: &'static str,
    /// One sentence.
    pub(crate) about: &'static str,
    pub(crate) instances: Vec<Instance>,
}

/// The values for one occasion.
#[derive(Clone, Debug)]
pub(crate) struct Instance {
    /// `light`, `elder`; empty where there is only one.
    pub(crate) name: &'static str,
    pub(crate) values: Values<Cell>,
}

impl Tokens {
    /// Returns everything that the shells are given.
    pub(crate) fn groups(&self) -> Vec<Group> {
        let size = |size: &u32| Cell::Size(i64::from(*size));
        let ms = |ms: &u32| Cell::Ms(i64::from(*ms));
        let (pace, timing): (Values<_>, Values<_>) =
            self.motion.iter().cloned().partition(|(name, _)| super::known::REDUCED.contains(name));
        let icon: Values<Value> = sizes_only(&self.icon);
        vec![
            Group { name: "Colors", about: COLORS, instances: self.colors() },
            Group {
                name: "TypeRoles",
                about: "How each kind of text is set.",
                instances: vec![
                    instance("normal", &self.normal, role),
                    instance("elder", &self.elder, role),
                ],
            },
            single(
                "Faces",
                "The two weights, and from which font scale on elder mode is offered.",
                each(&sizes_or_ratios(&self.faces), |value| plain(value, Cell::Count)),
            ),
            single("Space", "Distances.", each(&self.space, size)),
            single("Radius", "Rounded corners.", each(&self.radius, size)),
            Group {
                name: "Targets",
                about: "What a finger has to hit.",
                instances: with_elder(&each(&self.target, size)),
            },
            Group {
                name: "IconSizes",
                about: "Icons and the tiles behind them.",
                instances: with_elder(&each(&icon, |value| plain(value, Cell::Size))),
            },
            single("Elevation", "Shadows; cards have none.", each(&self.elevation, shadow)),
            Group {
                name: "Motion",
                about: "How long something moves, in ms; reduced: it only fades.",
                instances: vec![
                    instance("full", &pace, |value| plain(value, Cell::Ms)),
                    instance("reduced", &self.reduced, ms),
                ],
            },
            single("Timing", "The curve of everything that moves, and waits in ms.", {
                each(&timing, |value| plain(value, Cell::Ms))
            }),
            single("Figures", "How sums, areas and codes are written.", {
                each(&self.figures, |value| plain(value, Cell::Count))
            }),
        ]
    }

    fn colors(&self) -> Vec<Instance> {
        let color = |palette: &super::Palette, name| {
            palette.get(name).map(|color| (name, Cell::Color(*color)))
        };
        let instance = |(name, palette): &(&'static str, super::Palette)| Instance {
            name,
            values: super::known::COLORS.iter().filter_map(|name| color(palette, *name)).collect(),
        };
        self.palettes.iter().map(instance).collect()
    }
}

const COLORS: &str = "Every colour of one ground; what may stand on what is in `tokens.toml`.";

fn single(name: &'static str, about: &'static str, values: Values<Cell>) -> Group {
    Group { name, about, instances: vec![Instance { name: "", values }] }
}

fn instance<T>(name: &'static str, values: &Values<T>, cell: impl Fn(&T) -> Cell) -> Instance {
    Instance { name, values: each(values, cell) }
}

fn each<T>(values: &Values<T>, cell: impl Fn(&T) -> Cell) -> Values<Cell> {
    values.iter().map(|(name, value)| (*name, cell(value))).collect()
}

/// Parts the values into the normal ones and the elder ones of the same names.
fn with_elder(values: &Values<Cell>) -> Vec<Instance> {
    let find = |wanted: &str| values.iter().find(|(name, _)| *name == wanted);
    let normal: Values<Cell> =
        values.iter().filter(|(name, _)| !name.ends_with("_elder")).cloned().collect();
    let elder = |(name, cell): &(&'static str, Cell)| {
        let elder = find(&format!("{name}_elder")).map_or(cell, |(_, elder)| elder);
        (*name, elder.clone())
    };
    let elder = normal.iter().map(elder).collect();
    vec![Instance { name: "normal", values: normal }, Instance { name: "elder", values: elder }]
}

fn role(role: &Role) -> Cell {
    Cell::Role {
        size: role.size,
        line: role.line,
        strong: role.weight == Weight::Strong,
        cap: role.cap,
        figures: role.figures,
    }
}

fn shadow(shadow: &Shadow) -> Cell {
    Cell::Shadow {
        y: shadow.y,
        blur: shadow.blur,
        alpha_light: shadow.alpha_light,
        alpha_dark: shadow.alpha_dark,
        tint_dark: shadow.tint_dark.clone(),
    }
}

/// Takes a value as it stands; a whole number measures what is said.
fn plain(value: &Value, whole: fn(i64) -> Cell) -> Cell {
    match value {
        Value::Integer(number) => whole(*number),
        Value::Float(number) => Cell::Ratio(*number),
        Value::Boolean(flag) => Cell::Flag(*flag),
        Value::Array(numbers) => Cell::Curve(numbers.iter().filter_map(Value::as_float).collect()),
        other => Cell::Text(other.as_str().unwrap_or_default().to_owned()),
    }
}

fn sizes_only(values: &Values<Value>) -> Values<Value> {
    values.iter().filter(|(_, value)| value.is_integer()).cloned().collect()
}

fn sizes_or_ratios(values: &Values<Value>) -> Values<Value> {
    values.iter().filter(|(_, value)| value.is_integer() || value.is_float()).cloned().collect()
}
