//! The village as a whole, and one altered row in one phone's file.
#![expect(clippy::unwrap_used, reason = "test code")]

use std::process::{Command, Output};

fn linli(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_linli")).args(arguments).output().unwrap()
}

/// The books of the village's founder, as the program takes them that they are for.
fn books_are_accepted(kept: &str) {
    let (phone, journal) = (format!("{kept}/phone-0"), format!("{kept}/books.journal"));
    let written = linli(&["export", "hledger", "--at", &phone, "--out", &journal]);
    assert!(written.status.success(), "{}", String::from_utf8_lossy(&written.stderr));
    let linli = std::path::Path::new(env!("CARGO_BIN_EXE_linli"));
    let own = linli.ancestors().nth(2).unwrap().join("books/bin/hledger");
    let hledger = if own.exists() { own } else { "hledger".into() };
    let checked =
        Command::new(hledger).args(["check", "--strict", "-f", &journal]).output().unwrap();
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
}

#[test]
fn seven_phones_agree_and_one_altered_row_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let kept = folder.path().join("kept");
    let kept = kept.to_str().unwrap();
    let day = linli(&["--lang", "en", "village", "--keep", kept]);
    let text = String::from_utf8_lossy(&day.stdout).into_owned();
    assert!(day.status.success(), "{text}");
    assert!(text.contains("7 phones agree"), "{text}");
    for shown in ["⏰ late", "📷1", "merged into another", "on behalf"] {
        assert!(text.contains(shown), "{shown}: {text}");
    }
    assert_eq!(linli(&["status", kept]).status.code(), Some(0));
    assert!(text.contains("entries that sum to 0.00"), "{text}");
    books_are_accepted(kept);
    let file = format!("{kept}/phone-3/community-0.db");
    let connection = rusqlite::Connection::open(file).unwrap();
    let id: Vec<u8> =
        connection.query_row("SELECT id FROM row LIMIT 1", [], |row| row.get(0)).unwrap();
    let changed = connection
        .execute("UPDATE row SET tags = tags || char(10) || 'x' WHERE id = ?1", [&id])
        .unwrap();
    assert_eq!(changed, 1);
    drop(connection);
    let checked = linli(&["--lang", "en", "status", kept]);
    let text = String::from_utf8_lossy(&checked.stdout).into_owned();
    assert_eq!(checked.status.code(), Some(1));
    let named = format!("phone-3: row {}", linli_wire::ids::hex(&id));
    assert!(text.contains(&named), "{text}");
    assert_eq!(text.matches("does not follow").count(), 1, "{text}");
    let again = linli(&["village", "--keep", kept]);
    assert_eq!(again.status.code(), Some(2), "an existing folder is never written over");
}
