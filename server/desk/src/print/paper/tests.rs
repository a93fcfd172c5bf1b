//! Pages without a file.

use super::{Block, Frame, Ink, Mark, Turn, pour};

#[test]
fn inks_are_those_of_the_screens() {
    let tokens = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/look/tokens.toml");
    let tokens = std::fs::read_to_string(tokens).unwrap();
    let day = tokens.split("[color.light]").nth(1).unwrap();
    for (ink, name) in [
        (Ink::Text, "text"),
        (Ink::Quiet, "text_quiet"),
        (Ink::Line, "line_strong"),
        (Ink::Accent, "accent"),
        (Ink::Tint, "accent_container"),
    ] {
        let [red, green, blue] = ink.rgb();
        let line = day.lines().find(|line| line.split_whitespace().next() == Some(name)).unwrap();
        assert!(line.contains(&format!("\"#{red:02X}{green:02X}{blue:02X}\"")), "{line}");
    }
}

fn block(height: i32, text: &str) -> Block {
    let mut block = Block::new(height);
    block.text((0, 0), super::Style::plain(20), text);
    block
}

/// What stands on each page, from top to bottom.
fn poured(blocks: Vec<Block>) -> Vec<String> {
    let again = |turn: Turn| vec![block(10, &format!("{}#{}", turn.page, turn.block))];
    let pages = pour(blocks, Frame { top: 0, bottom: 100 }, again);
    let text = |mark: &Mark| match mark {
        Mark::Text { y, text, .. } => format!("{text}@{y} "),
        _ => String::new(),
    };
    pages.iter().map(|page| page.iter().map(text).collect::<String>().trim().to_owned()).collect()
}

#[test]
fn what_belongs_together_moves_to_the_next_page_together() {
    let blocks = vec![
        block(60, "a"),
        block(20, "b").with_next(),
        block(20, "c").with_next(),
        block(20, "d"),
    ];
    assert_eq!(poured(blocks), ["a@0", "2#1@0 b@10 c@30 d@50"]);
    assert_eq!(poured(vec![block(60, "a"), block(40, "b")]), ["a@0 b@60"]);
}

#[test]
fn what_is_taller_than_a_page_breaks_where_it_has_to() {
    let many = (0..5).map(|_| block(30, "x").with_next()).collect();
    assert_eq!(poured(many), ["x@0 x@30 x@60", "2#3@0 x@10 x@40"]);
    assert_eq!(poured(vec![block(300, "x"), block(300, "y")]), ["x@0", "2#1@0 y@10"]);
}
