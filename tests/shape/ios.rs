//! What the iOS shell must not hold; the same rules as for Android's.

use std::path::{Path, PathBuf};

use crate::shells::{FILE_MAX, GLUE_MAX, is_generated, role, sources};

/// All that glue and screens may import: so no net, no cipher, no database, no platform.
const IMPORTS: &[&str] = &["Foundation", "LinliKit", "Observation", "Shared", "SwiftUI"];

/// What `Foundation` has and a shell has no use for, and what it is for.
const FOUNDATION: &[(&str, &str)] = &[
    ("URLSession", "HTTP"),
    ("URLRequest", "HTTP"),
    ("Date", "dates"),
    ("Calendar", "dates"),
    ("DateComponents", "dates"),
    ("DateFormatter", "dates"),
    ("TimeZone", "dates"),
    ("NumberFormatter", "sums"),
    ("UserDefaults", "storage"),
    ("FileManager", "storage"),
];

fn kit() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shell_ios/LinliKit/Sources")
}

/// The hand-written sources of a target.
pub(crate) fn written(target: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    sources(&kit().join(target), "swift", &mut found);
    found.retain(|(_, text)| !is_generated(text));
    assert!(!found.is_empty(), "{target} is empty");
    found
}

fn has(text: &str, name: &str) -> bool {
    let is_part = |char: char| char.is_alphanumeric() || char == '_';
    text.match_indices(name).any(|(at, _)| {
        let (before, after) =
            (text[..at].chars().next_back(), text[at + name.len()..].chars().next());
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    })
}

fn forbidden(file: &str, text: &str) -> Option<String> {
    let mut imports =
        text.lines().filter_map(|line| line.split_once("import ")).map(|(_, what)| what);
    if let Some(import) = imports.find(|import| !IMPORTS.contains(import)) {
        return Some(format!("{file}: imports {import}"));
    }
    let found = FOUNDATION.iter().find(|(name, _)| has(text, name));
    found.map(|(name, what)| format!("{file}: {what} ({name})"))
}

#[test]
fn the_ios_shell_holds_no_rule_and_no_machinery() {
    let mut found = Vec::new();
    for (file, text) in ["LinliKit", "LinliUI"].into_iter().flat_map(written) {
        found.extend(forbidden(&file, &text));
        found.extend(role(&file, &text));
        if text.lines().count() > FILE_MAX {
            found.push(format!("{file}: more than {FILE_MAX} lines"));
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn the_ios_glue_is_thin() {
    let lines: usize = written("LinliKit").iter().map(|(_, text)| text.lines().count()).sum();
    assert!(lines <= GLUE_MAX, "{lines} lines of glue");
}

#[test]
fn each_rule_of_the_ios_shell_can_fail() {
    let is_refused = |text: &str| forbidden("Screen.swift", text).is_some();
    assert!(is_refused("import CryptoKit\n"));
    assert!(is_refused("@testable import SQLite3\n"));
    assert!(is_refused("import Foundation\nlet call = URLSession.shared\n"));
    assert!(is_refused("let day = Calendar.current\n"));
    assert!(!is_refused("import SwiftUI\nlet row = DateLine(text)\n"));
}
