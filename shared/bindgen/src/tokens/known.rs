//! The names of the tokens, in the order in which the shells are given them.
//!
//! A new token is a line here and a value in `tokens.toml`.

pub(super) const TABLES: &[&str] = &[
    "meta",
    "color",
    "pair",
    "type",
    "space",
    "radius",
    "target",
    "icon",
    "elevation",
    "motion",
    "figures",
];

pub(super) const META: &[&str] = &["version", "name"];

pub(super) const COLORS: &[&str] = &[
    "background",
    "surface",
    "surface_raised",
    "surface_sunken",
    "text",
    "text_quiet",
    "line",
    "line_strong",
    "accent",
    "on_accent",
    "accent_container",
    "on_accent_container",
    "hero",
    "on_hero",
    "on_hero_quiet",
    "lamp",
    "on_lamp",
    "good",
    "on_good",
    "good_container",
    "warn",
    "on_warn",
    "warn_container",
    "bad",
    "on_bad",
    "bad_container",
    "pending",
    "on_pending",
    "pending_container",
    "conflict",
    "on_conflict",
    "conflict_container",
    "alarm",
    "on_alarm",
    "scrim",
];

pub(super) const FACES: &[&str] = &[
    "family",
    "figures_family",
    "regular",
    "strong",
    "elder_from_scale",
    // Tables of their own.
    "normal",
    "elder",
];

pub(super) const ROLES: &[&str] = &[
    "figure_hero",
    "figure_large",
    "figure",
    "title_large",
    "title",
    "body_large",
    "body_strong",
    "body",
    "button",
    "label",
    "quiet",
    "caption",
    "bar",
];

pub(super) const SPACE: &[&str] = &["hair", "xs", "s", "m", "l", "xl", "xxl", "huge", "read_width"];

pub(super) const RADIUS: &[&str] = &["plate", "small", "button", "card", "sheet", "full"];

/// What ends in `_elder` is the elder size of the same name.
pub(super) const TARGET: &[&str] = &[
    "min",
    "min_elder",
    "button",
    "button_elder",
    "key",
    "row",
    "row_elder",
    "bar",
    "bar_elder",
    "gap",
];

/// What ends in `_elder` is the elder size of the same name.
pub(super) const ICON: &[&str] =
    &["style", "inline", "inline_elder", "row", "row_elder", "tile", "tile_elder", "big"];

pub(super) const ELEVATION: &[&str] = &["flat", "bar", "sheet"];

/// The last is a table of its own.
pub(super) const MOTION: &[&str] =
    &["quick", "standard", "slow", "ease", "spinner_after", "undo", "undo_elder", "reduced"];

pub(super) const REDUCED: &[&str] = &["quick", "standard", "slow"];

pub(super) const FIGURES: &[&str] = &[
    "tabular",
    "currency",
    "currency_scale",
    "minus",
    "group",
    "money_decimals",
    "area_decimals",
    "area_unit",
    "negative_paren",
    "code_group",
    "read_aloud",
];
