//! What the iOS shell must not hold; the same rules as for Android's.

use std::path::{Path, PathBuf};

use crate::shells::{assert_thin, broken, is_generated, names, sources};

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

/// What the app has no use for either, under any name that begins so.
const MACHINERY: &[&str] = &[
    "URLSession",
    "URLRequest",
    "SQLite",
    "CryptoKit",
    "CommonCrypto",
    "Calendar",
    "DateComponents",
    "DateFormatter",
    "TimeZone",
    "NumberFormatter",
    "UserDefaults",
];

/// Where the phone's own keys are kept and asked for.
const KEEPERS: &[&str] = &["PlatformKey.swift", "Presence.swift", "Secret.swift"];

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

fn forbidden(file: &str, text: &str) -> Option<String> {
    let mut imports =
        text.lines().filter_map(|line| line.split_once("import ")).map(|(_, what)| what);
    if let Some(import) = imports.find(|import| !IMPORTS.contains(import)) {
        return Some(format!("{file}: imports {import}"));
    }
    let found = FOUNDATION.iter().find(|(name, _)| names(text, name));
    found.map(|(name, what)| format!("{file}: {what} ({name})"))
}

#[test]
fn the_ios_shell_holds_no_rule_and_no_machinery() {
    let all = ["LinliKit", "LinliUI"].into_iter().flat_map(written);
    assert_eq!(broken(all, forbidden), Vec::<String>::new());
}

fn forbidden_in_the_app(file: &str, text: &str) -> Option<String> {
    if let Some(part) = MACHINERY.iter().find(|part| text.contains(**part)) {
        return Some(format!("{file}: {part}"));
    }
    let keeps = KEEPERS.iter().any(|keeper| file.ends_with(keeper));
    let opens = text.contains("import Security") && !keeps;
    opens.then(|| format!("{file}: the Keychain"))
}

#[test]
fn the_app_holds_no_rule_and_no_machinery() {
    let mut app = Vec::new();
    sources(&kit().join("../../Linli"), "swift", &mut app);
    assert!(app.len() > 15, "{}", app.len());
    assert_eq!(broken(app, forbidden_in_the_app), Vec::<String>::new());
}

#[test]
fn the_ios_glue_is_thin() {
    assert_thin(&written("LinliKit"));
}

#[test]
fn each_rule_of_the_ios_shell_can_fail() {
    let is_refused = |text: &str| forbidden("Screen.swift", text).is_some();
    assert!(is_refused("import CryptoKit\n"));
    assert!(is_refused("@testable import SQLite3\n"));
    assert!(is_refused("import Foundation\nlet call = URLSession.shared\n"));
    assert!(is_refused("let day = Calendar.current\n"));
    assert!(forbidden_in_the_app("Home.swift", "import Security\n").is_some());
    assert_eq!(forbidden_in_the_app("Secret.swift", "import Security\n"), None);
    assert!(forbidden_in_the_app("Secret.swift", "UserDefaults.standard").is_some());
    assert!(!is_refused("import SwiftUI\nlet row = DateLine(text)\n"));
}
