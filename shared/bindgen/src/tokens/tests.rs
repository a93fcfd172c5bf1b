use super::*;

fn text() -> String {
    std::fs::read_to_string(crate::root().unwrap().join("shared/look/tokens.toml")).unwrap()
}

fn error(from: &str, to: &str) -> String {
    let text = text();
    assert!(text.contains(from), "{from}");
    read(&text.replacen(from, to, 1)).unwrap_err()
}

#[test]
fn a_colour_is_read_with_or_without_its_alpha() {
    let color = |text: &str| Argb::try_from(text.to_owned());
    assert_eq!(color("#F6F2EA"), Ok(Argb(0xFFF6_F2EA)));
    assert_eq!(color("#1B242699"), Ok(Argb(0x991B_2426)));
    for bad in ["F6F2EA", "#F6F2E", "#F6F2EAA", "#+6F2EA", "#red"] {
        assert!(color(bad).is_err(), "{bad}");
    }
}

#[test]
fn an_overlay_changes_only_what_it_names() {
    let tokens = read(&text()).unwrap();
    let palette = |wanted| &tokens.palettes.iter().find(|(name, _)| *name == wanted).unwrap().1;
    assert_eq!(palette("stairwell")["accent"], Argb(0xFFFF_C95C));
    assert_eq!(palette("stairwell")["good"], palette("dark")["good"]);
    assert_eq!(palette("sun")["good"], palette("light")["good"]);
    assert_ne!(palette("sun")["accent"], palette("light")["accent"]);
}

#[test]
fn what_is_missing_is_named_with_its_table() {
    assert_eq!(error("text_quiet         = \"#535E5E\"\n", ""), "[color.light] lacks `text_quiet`");
    assert_eq!(error("plate  = 6", ""), "[radius] lacks `plate`");
    assert!(
        error("{ size = 60,", "{").starts_with("[type.elder] figure_hero: missing field `size`")
    );
    assert_eq!(error("[space]", "[spaces]"), "the file: nobody knows `spaces`");
}

#[test]
fn what_nobody_knows_is_named_with_its_table() {
    assert_eq!(error("huge = 40", "huge = 40\nhuger = 50"), "[space]: nobody knows `huger`");
    assert_eq!(
        error("[color.sun]", "[color.sun]\nglare = \"#FFFFFF\""),
        "[color.sun]: nobody knows `glare`"
    );
    let role = error("cap = 1.25, figures", "cap = 1.25, slant = 1, figures");
    assert!(role.starts_with("[type.normal] figure_hero: unknown field `slant`"), "{role}");
    let shadow = error("tint_dark = \"surface\"", "tint_dark = \"sky\"");
    assert_eq!(shadow, "[elevation] flat: no colour `sky`");
}

#[test]
fn what_is_no_measure_is_named_with_its_table() {
    assert!(error("plate  = 6", "plate = -6").starts_with("[radius] plate: "));
    assert!(error("\"#FFFDF9\"", "\"white\"").starts_with("[color.light] surface: "));
    assert!(error("weight = \"strong\"", "weight = \"bold\"").starts_with("[type.normal]"));
}

#[test]
fn a_colour_that_cannot_be_read_on_its_ground_is_refused() {
    let faint = error("text_quiet         = \"#535E5E\"", "text_quiet = \"#8A9494\"");
    assert!(faint.starts_with("[color.light] text_quiet on background: "), "{faint}");
    assert!(faint.ends_with("needs 4.5"), "{faint}");
    assert_eq!(error("fg = [\"lamp\"]", "fg = [\"moon\"]"), "[[pair]]: no colour `moon`");
}

#[test]
fn the_elder_sizes_stand_under_the_same_names() {
    let groups = read(&text()).unwrap().groups();
    let targets = groups.iter().find(|group| group.name == "Targets").unwrap();
    let names = |at: usize| targets.instances[at].values.iter().map(|v| v.0).collect::<Vec<_>>();
    assert_eq!(names(0), ["min", "button", "key", "row", "bar", "gap"]);
    assert_eq!(names(0), names(1));
    assert_eq!(targets.instances[1].values[0].1, Cell::Size(60));
    assert_eq!(targets.instances[1].values[2].1, Cell::Size(64));
}
