//! Turns what a story says in Chinese into the language of a screen, by the words of the app itself.

use std::collections::{BTreeMap, BTreeSet};

use linli_app::words::{Language, Words};

/// A sentence with holes.
#[derive(Debug)]
struct Pattern {
    /// What stands around the holes, in Chinese.
    parts: Vec<String>,
    /// What the holes are called.
    names: Vec<String>,
    /// The sentence in the other language.
    other: String,
}

/// What the app says in Chinese, and what it says instead.
#[derive(Debug)]
pub struct Tongue {
    whole: BTreeMap<String, BTreeSet<String>>,
    /// Those that say most come first.
    patterns: Vec<Pattern>,
}

impl Tongue {
    /// Learns all words of a language.
    #[must_use]
    pub fn of(language: Language) -> Self {
        let (chinese, other) = (Words::of(Language::Zh), Words::of(language));
        let mut tongue = Self { whole: BTreeMap::new(), patterns: Vec::new() };
        for path in chinese.keys() {
            let (group, key) = path.split_once('.').unwrap_or_default();
            let (text, there) = (chinese.get(group, key), other.get(group, key).to_owned());
            let (parts, names) = holes(text);
            if names.is_empty() {
                tongue.whole.entry(text.to_owned()).or_default().insert(there);
            } else {
                tongue.patterns.push(Pattern { parts, names, other: there });
            }
        }
        // One that is nothing but a hole says nothing.
        tongue.patterns.retain(|pattern| pattern.weight() > 0);
        tongue.patterns.sort_by_key(|pattern| std::cmp::Reverse(pattern.weight()));
        tongue
    }

    /// What it may read; a text that the app has no word for is a person's own.
    #[must_use]
    pub fn say(&self, text: &str) -> BTreeSet<String> {
        let whole = self.whole.get(text).cloned();
        whole
            .or_else(|| self.begun(text))
            .or_else(|| self.filled(text))
            .unwrap_or_else(|| self.parts(text))
    }

    /// What is said up to a name that nobody knows before: `丢了手机：{who}`.
    fn begun(&self, text: &str) -> Option<BTreeSet<String>> {
        let (parts, names) = holes(text);
        let alike = self.patterns.iter().filter(|one| !names.is_empty() && one.parts == parts);
        let begins = alike.filter_map(|one| Some(one.other.split_once('{')?.0.to_owned()));
        Some(begins.collect()).filter(|said: &BTreeSet<_>| !said.is_empty())
    }

    /// The patterns that say most of it; several may say it alike.
    fn filled(&self, text: &str) -> Option<BTreeSet<String>> {
        let fits = |one: &Pattern| fit(text, &one.parts).is_some();
        let most = self.patterns.iter().find(|one| fits(one))?.weight();
        let found = self.patterns.iter().filter(|one| one.weight() == most);
        let filled = found.filter_map(|one| Some(self.fill(one, &fit(text, &one.parts)?)));
        Some(filled.flatten().collect())
    }

    fn fill(&self, pattern: &Pattern, values: &[&str]) -> BTreeSet<String> {
        let begin = BTreeSet::from([pattern.other.clone()]);
        pattern.names.iter().zip(values).fold(begin, |sofar, (name, value)| {
            let hole = format!("{{{name}}}");
            // Each hole is filled in all the ways its value can be said.
            let ways = self.say(value);
            let put = |text: &String| -> Vec<String> {
                ways.iter().map(|said| text.replace(&hole, said)).collect()
            };
            sofar.iter().flat_map(put).collect()
        })
    }

    /// A word of the app before what is somebody's own: `户内 3-2-501`.
    fn parts(&self, text: &str) -> BTreeSet<String> {
        let own = || BTreeSet::from([text.to_owned()]);
        let Some((first, rest)) = text.split_once(' ') else { return own() };
        let Some(said) = self.whole.get(first) else { return own() };
        said.iter().map(|first| format!("{first} {rest}")).collect()
    }
}

impl Pattern {
    fn weight(&self) -> usize {
        self.parts.iter().map(|part| part.chars().count()).sum()
    }
}

/// What stands around the holes of a sentence, and what they are called.
fn holes(text: &str) -> (Vec<String>, Vec<String>) {
    let mut pieces = text.split('{');
    let mut parts = vec![pieces.next().unwrap_or_default().to_owned()];
    let mut names = Vec::new();
    for piece in pieces {
        let (name, part) = piece.split_once('}').unwrap_or((piece, ""));
        names.push(name.to_owned());
        parts.push(part.to_owned());
    }
    (parts, names)
}

/// What stands in the holes, each as long as it can be.
fn fit<'a>(text: &'a str, parts: &[String]) -> Option<Vec<&'a str>> {
    let (first, more) = parts.split_first()?;
    let rest = text.strip_prefix(first.as_str())?;
    if more.is_empty() {
        return rest.is_empty().then(Vec::new);
    }
    let ends = rest.char_indices().map(|(at, char)| at + char.len_utf8());
    ends.rev().find_map(|end| {
        let (hole, tail) = rest.split_at(end);
        let mut found = fit(tail, more)?;
        found.insert(0, hole);
        Some(found)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_story_says_is_said_in_english() {
        let english = Tongue::of(Language::En);
        let says = |text: &str, one: &str| {
            let said = english.say(text);
            assert!(said.contains(one), "{text}: {said:?}");
        };
        says("我要报修", "Report a repair");
        says("第 1 张，共 2 张", "Photo 1 of 2");
        says("丢了手机：{who}", "Lost a phone: ");
        says("户内 3-2-501", "Home 3-2-501");
        says("厨房水管漏水", "厨房水管漏水");
        says("赵小雨想加入：住户 3-2-602", "赵小雨 wants to join: Resident 3-2-602");
        assert_eq!(Tongue::of(Language::Zh).say("受理"), BTreeSet::from(["受理".to_owned()]));
    }
}
