//! Words of the office in the chosen language; those of the screens come from where the screens have
//! theirs.

use std::{
    io::{Error, ErrorKind},
    path::Path,
};

use linli_app::words::{Language as Words, Words as Table};
use linli_domain::{
    kernel::{Moment, PersonId, Role},
    repairs::Place,
};
use linli_relay::settings::Language;

/// Characters of a pseudonym or id that people are shown.
pub(crate) const SHORT: usize = 8;

/// The language of what is printed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text {
    zh: bool,
    words: &'static Table,
}

impl Text {
    pub(crate) fn of(language: Language) -> Self {
        match language {
            Language::Zh => Self { zh: true, words: Table::of(Words::Zh) },
            Language::En => Self { zh: false, words: Table::of(Words::En) },
        }
    }

    /// Returns the tag of the language, for a page.
    pub(crate) const fn tag(&self) -> &'static str {
        if self.zh { "zh-Hans" } else { "en" }
    }

    pub(crate) const fn pick<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        if self.zh { zh } else { en }
    }

    /// Returns the words of the screens.
    pub(crate) const fn words(&self) -> &'static Table {
        self.words
    }

    /// Returns a word of the screens.
    pub(crate) fn word<'a>(&'a self, group: &str, key: &'a str) -> &'a str {
        self.words.get(group, key)
    }

    /// Returns the sentence of a refusal.
    pub(crate) fn refusal(&self, word: &str) -> String {
        self.words.get("refusal", word).to_owned()
    }

    pub(crate) fn role(&self, role: Option<Role>) -> &str {
        self.words.get("role", role.map_or("none", Role::word))
    }

    /// Writes a place: its kind, then its code.
    pub(crate) fn place(&self, place: &Place) -> String {
        let kind = match place {
            Place::Home(_) => "home",
            Place::Stair { .. } => "stair",
            Place::Building(_) => "building",
            Place::Community => "community",
        };
        let (kind, code) = (self.words.get("place", kind), place.code());
        if code.is_empty() { kind.to_owned() } else { format!("{kind} {code}") }
    }
}

/// Says why the system would not give a file.
pub(crate) fn unread(path: &Path, error: &Error, text: &Text) -> String {
    let name = path.display();
    let (zh, en) = match error.kind() {
        ErrorKind::NotFound => {
            ("没有这个文件，请检查文件名。", "there is no such file; check its name.")
        }
        ErrorKind::IsADirectory => {
            ("这是一个文件夹，请写出文件名。", "this is a folder; name a file.")
        }
        ErrorKind::PermissionDenied => (
            "没有读这个文件的权限，请先取得权限。",
            "you may not read this file; ask whoever owns it.",
        ),
        _ => return format!("{name}: {error}"),
    };
    text.pick(&format!("{name}：{zh}"), &format!("{name}: {en}")).to_owned()
}

/// Returns the beginning of a pseudonym.
pub(crate) fn short(person: &PersonId) -> String {
    person.to_hex().chars().take(SHORT).collect()
}

/// Writes a moment as people read it: day and time at the community's offset.
pub(crate) fn day_and_time(moment: Moment, offset: i32) -> String {
    let text = moment.rfc3339(offset).unwrap_or_default();
    text.chars().take("2026-11-25T12:00".len()).map(|c| if c == 'T' { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn why_a_file_was_not_read_is_said_in_both_languages() {
        for (kind, zh, en) in [
            (ErrorKind::NotFound, "x.csv：没有这个文件", "x.csv: there is no such file"),
            (ErrorKind::IsADirectory, "x.csv：这是一个文件夹", "x.csv: this is a folder"),
            (ErrorKind::PermissionDenied, "x.csv：没有读这个文件的权限", "x.csv: you may not read"),
        ] {
            for (language, why) in [(Language::Zh, zh), (Language::En, en)] {
                let said = unread(Path::new("x.csv"), &kind.into(), &Text::of(language));
                assert!(said.starts_with(why), "{said}");
            }
        }
    }
}
