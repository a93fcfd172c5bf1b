//! The words of `shared/i18n` that the shells say themselves, checked in both languages.
//!
//! A group whose name begins with `screen` is the screens'; `[platform]` is what the phone's own
//! system shows. A key of `[screen]` keeps its name, one of `[screen_repairs]` is called
//! `repairs_…`. `{count}` is a place that the shell has to fill.

use std::collections::BTreeMap;

use toml::{Table, Value};

use crate::names;

/// The group of what the system shows.
const PLATFORM: &str = "platform";
/// How the groups of the screens begin.
const SCREEN: &str = "screen";

/// A word in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) name: String,
    pub(crate) zh: Vec<Piece>,
    pub(crate) en: Vec<Piece>,
}

/// A piece of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    Text(String),
    /// What the shell fills in.
    Place(String),
}

/// The words that are generated.
#[derive(Debug)]
pub(crate) struct Words {
    pub(crate) screens: Vec<Word>,
    pub(crate) platform: Vec<Word>,
}

impl Word {
    /// Returns the places to fill, in the order of the Chinese.
    pub(crate) fn places(&self) -> Vec<&str> {
        places(&self.zh)
    }

    /// Returns the text of a word without places.
    pub(crate) fn plain(&self, language: &str) -> String {
        let pieces = if language == "zh" { &self.zh } else { &self.en };
        let text = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Place(name) => format!("{{{name}}}"),
        };
        pieces.iter().map(text).collect()
    }
}

/// Reads both files; an error names the language, the group and the key.
pub(crate) fn read(zh: &str, en: &str) -> Result<Words, String> {
    let (zh, en) = (flat(zh, "zh")?, flat(en, "en")?);
    let mut words = Words { screens: Vec::new(), platform: Vec::new() };
    for ((group, key), text) in &zh {
        let place = format!("[{group}] {key}");
        let other = en.get(&(group.clone(), key.clone()));
        let other = other.ok_or_else(|| format!("en lacks {place}"))?;
        let Some(name) = generated_name(group, key) else { continue };
        if let Some(fault) = names::fault(&name) {
            return Err(format!("{place}: the name `{name}` {fault}"));
        }
        let pieces =
            |text, language| pieces(text).map_err(|error| format!("{language} {place}: {error}"));
        let word = Word { name, zh: pieces(text, "zh")?, en: pieces(other, "en")? };
        let (mut ours, mut theirs) = (places(&word.zh), places(&word.en));
        ours.sort_unstable();
        theirs.sort_unstable();
        if ours != theirs {
            return Err(format!("{place}: zh fills {ours:?}, en fills {theirs:?}"));
        }
        let list = if group == PLATFORM { &mut words.platform } else { &mut words.screens };
        if list.iter().any(|known| known.name == word.name) {
            return Err(format!("{place}: another word is called `{}`", word.name));
        }
        list.push(word);
    }
    if let Some((group, key)) = en.keys().find(|name| !zh.contains_key(*name)) {
        return Err(format!("zh lacks [{group}] {key}"));
    }
    if let Some(word) = words.platform.iter().find(|word| !word.places().is_empty()) {
        return Err(format!("[{PLATFORM}] {}: the system fills no places", word.name));
    }
    Ok(words)
}

/// Returns what a word is called in the shells; none if the core says it.
fn generated_name(group: &str, key: &str) -> Option<String> {
    if group == PLATFORM || group == SCREEN {
        return Some(key.to_owned());
    }
    let rest = group.strip_prefix(SCREEN)?;
    Some(format!("{}_{key}", rest.strip_prefix('_').unwrap_or(rest)))
}

/// Texts by group and key.
type Flat = BTreeMap<(String, String), String>;

fn flat(text: &str, language: &str) -> Result<Flat, String> {
    let table: Table = text.parse().map_err(|error| format!("{language}: {error}"))?;
    let mut flat = Flat::new();
    for (group, entries) in table {
        let Value::Table(entries) = entries else {
            return Err(format!("{language} {group}: a word stands in no group"));
        };
        for (key, value) in entries {
            match value.as_str().map(str::trim) {
                None | Some("") => {
                    return Err(format!("{language} [{group}] {key}: there is no text"));
                }
                Some(text) => flat.insert((group.clone(), key), text.to_owned()),
            };
        }
    }
    Ok(flat)
}

/// Parts a text at its places.
fn pieces(text: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, behind) = after.split_once('}').ok_or("a `{` is never closed")?;
        if let Some(fault) = names::fault(name) {
            return Err(format!("the place `{{{name}}}` {fault}"));
        }
        pieces.extend(said(before)?);
        pieces.push(Piece::Place(name.to_owned()));
        rest = behind;
    }
    pieces.extend(said(rest)?);
    Ok(pieces)
}

fn said(text: &str) -> Result<Option<Piece>, String> {
    if text.contains('}') {
        return Err("a `}` closes nothing".to_owned());
    }
    Ok((!text.is_empty()).then(|| Piece::Text(text.to_owned())))
}

fn places(pieces: &[Piece]) -> Vec<&str> {
    let mut places = Vec::new();
    for piece in pieces {
        if let Piece::Place(name) = piece
            && !places.contains(&name.as_str())
        {
            places.push(name.as_str());
        }
    }
    places
}

#[cfg(test)]
mod tests;
