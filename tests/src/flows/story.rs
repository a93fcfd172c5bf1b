//! A story as `tests/flows` tells it.

/// Somebody of a story.
#[derive(Debug)]
pub struct Cast {
    /// What the others call them.
    pub name: String,
    /// Role and place, in stored words; none for who is not in the community yet.
    pub terms: Option<(String, String)>,
    /// How long what this person did can be undone (ms), where the story is about that.
    pub undo_ms: Option<u32>,
}

impl Cast {
    /// Whether it is the company's person, who is there before the story begins.
    #[must_use]
    pub fn is_company(&self) -> bool {
        self.terms.as_ref().is_some_and(|(role, _)| role == "property")
    }
}

/// What people do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Something is to be seen.
    See,
    /// Something is not to be seen any more.
    Gone,
    /// A control is tapped.
    Tap,
    /// A control is there and cannot be tapped.
    Off,
    /// Something is typed into a field.
    Type,
    /// The code on somebody's screen is held before the camera.
    Scan,
    /// Something stands before the camera.
    Photo,
    /// Two people read the same digits.
    Same,
    /// A few seconds go by.
    Rest,
    /// The signal is gone.
    Offline,
    /// The signal is back.
    Online,
    /// The phone talks to the relay now.
    Sync,
    /// The app's process ends, and is started again.
    Kill,
}

impl Verb {
    /// Each verb, its word, and how many words follow it.
    pub const ALL: [(Self, &'static str, usize); 13] = [
        (Self::See, "see", 1),
        (Self::Gone, "gone", 1),
        (Self::Tap, "tap", 1),
        (Self::Off, "off", 1),
        (Self::Type, "type", 2),
        (Self::Scan, "scan", 1),
        (Self::Photo, "photo", 0),
        (Self::Same, "same", 1),
        (Self::Rest, "rest", 0),
        (Self::Offline, "offline", 0),
        (Self::Online, "online", 0),
        (Self::Sync, "sync", 0),
        (Self::Kill, "kill", 0),
    ];
}

/// A step: who does what, with which words.
#[derive(Debug)]
pub struct Step {
    /// Who does it.
    pub who: String,
    /// What they do.
    pub verb: Verb,
    /// With what.
    pub words: Vec<String>,
}

/// A story.
#[derive(Debug)]
pub struct Story {
    /// Who is in it.
    pub people: Vec<Cast>,
    /// Whether it is about money: then there is a tariff, this month is billed, and whoever can collect
    /// has a round.
    pub fees: bool,
    /// What happens, in order.
    pub steps: Vec<Step>,
}

impl Story {
    /// Reads a story.
    ///
    /// # Errors
    /// What is wrong, and in which step.
    pub fn read(text: &str) -> Result<Self, String> {
        let table: toml::Table = text.parse().map_err(|error| format!("{error}"))?;
        let list = |key: &str| {
            let list = table.get(key).and_then(toml::Value::as_array);
            list.filter(|list| !list.is_empty()).ok_or_else(|| format!("it has no {key}"))
        };
        let people: Vec<_> = list("people")?.iter().map(cast).collect::<Result<_, _>>()?;
        let numbered = (1..).zip(list("steps")?);
        let read = |(number, value)| {
            let step = step(value).map_err(|why| format!("step {number}: {why}"))?;
            let known = people.iter().any(|one| one.name == step.who);
            known.then_some(step).ok_or_else(|| format!("step {number}: nobody is called so"))
        };
        let steps = numbered.map(read).collect::<Result<_, _>>()?;
        let fees = table.get("fees").and_then(toml::Value::as_bool).unwrap_or_default();
        Ok(Self { people, fees, steps })
    }
}

fn cast(value: &toml::Value) -> Result<Cast, String> {
    let word = |key: &str| Some(value.get(key)?.as_str()?.to_owned());
    let name = word("name").ok_or("somebody has no name")?;
    let terms = match (word("role"), word("scope")) {
        (None, None) => None,
        (Some(role), Some(scope)) => Some((role, scope)),
        _ => return Err(format!("{name} has a role without a scope, or a scope without a role")),
    };
    let undo = value.get("undo_ms").map(|ms| ms.as_integer().and_then(|ms| u32::try_from(ms).ok()));
    let undo_ms = undo.map(|ms| ms.ok_or_else(|| format!("{name} has an undo_ms that is no time")));
    Ok(Cast { undo_ms: undo_ms.transpose()?, name, terms })
}

fn step(value: &toml::Value) -> Result<Step, &'static str> {
    let words = value.as_array().ok_or("it is no list")?.iter();
    let words: Option<Vec<_>> = words.map(|word| word.as_str().map(str::to_owned)).collect();
    let mut words = words.ok_or("it is not of words")?.into_iter();
    let (who, word) = words.next().zip(words.next()).ok_or("it lacks who or what")?;
    let verb = Verb::ALL.into_iter().find(|(_, known, _)| *known == word);
    let (verb, _, follow) = verb.ok_or("no such verb")?;
    let words: Vec<_> = words.collect();
    let fits = words.len() == follow && words.iter().all(|word| !word.is_empty());
    fits.then_some(Step { who, verb, words }).ok_or("too many or too few words")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_story_that_nobody_can_play_is_an_error() {
        let people = r#"people = [{ name = "梅" }]"#;
        let why = |more: &str| Story::read(&format!("{people}\n{more}")).unwrap_err();
        assert_eq!(why(""), "it has no steps");
        assert_eq!(why("steps = []"), "it has no steps");
        assert_eq!(Story::read(r#"steps = [["梅", "sync"]]"#).unwrap_err(), "it has no people");
        assert!(
            why(r#"steps = [["梅", "sync"], ["梅", "dance"]]"#).starts_with("step 2: no such verb")
        );
        assert!(why(r#"steps = [["李", "sync"]]"#).starts_with("step 1: nobody is called so"));
        for words in [r#""tap""#, r#""tap", """#, r#""type", "3-2-501""#, r#""rest", "long""#] {
            assert!(why(&format!(r#"steps = [["梅", {words}]]"#)).contains("words"), "{words}");
        }
        assert!(why("steps = [[]]").contains("lacks who"));
        let half = r#"people = [{ name = "梅", role = "head" }]"#;
        assert!(Story::read(half).unwrap_err().contains("without a scope"));
        for ms in ["-1", r#""long""#] {
            let people = format!(r#"people = [{{ name = "梅", undo_ms = {ms} }}]"#);
            assert!(Story::read(&people).unwrap_err().contains("no time"), "{ms}");
        }
    }
}
