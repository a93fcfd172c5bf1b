//! What belongs together: lines of a statement, and what is expected.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Account, DAYS_APART_MAX, Doubt, Key, NotIncome, Standing, StatementLine, keys,
    named::named,
    stage::{Stage, Taken},
};
use crate::{
    kernel::{Day, Fen, plain},
    payments::UnitName,
};

/// Most candidates that are named for a line; how many there are is told besides.
pub const CANDIDATES_MAX: usize = 10;

/// Fewest letters and digits of a reference that is looked for within a text. A shorter one has to be
/// the whole serial or order: `12` stands in too many texts.
const REFERENCE_CHARS_MIN: usize = 6;

/// What somebody waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// What it is called where it is kept: of a bill, a receipt, a slip. Each is there once.
    pub id: String,
    /// The sum.
    pub amount: Fen,
    /// The unit it is for, if it is for one.
    pub unit: Option<UnitName>,
    /// The day it is due, or was written down.
    pub day: Option<Day>,
    /// What the payer or the service names it by.
    pub reference: Option<String>,
    /// Who pays it.
    pub party: Option<String>,
}

/// What was imported before: keys, and what each was matched with.
///
/// A line without a match is looked at again each time: it stays a task. What a line was matched with is
/// no longer waited for, if it is an id of something expected.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Already(pub BTreeMap<Key, Option<String>>);

/// By what a line and something expected belong together, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    /// Serial, order or text of the line hold the reference, and the sum is the same.
    Reference,
    /// Text or party of the line name the unit, and the sum is the same.
    Unit,
    /// Day (within [`DAYS_APART_MAX`]), sum and party are the same.
    DaySumParty,
}

impl By {
    /// Returns the stable word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Reference => "reference",
            Self::Unit => "unit",
            Self::DaySumParty => "day_sum_party",
        }
    }
}

/// A line and what it pays, by their places in the lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The line.
    pub line: usize,
    /// What was expected.
    pub expected: usize,
    /// By what.
    pub by: By,
}

/// Why a line is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OpenWhy {
    /// Nothing that is expected fits.
    NothingFits,
    /// Reference or unit are known; the candidates have other sums.
    SumDiffers,
    /// It has to be looked at first.
    Doubtful(Doubt),
}

impl OpenWhy {
    /// Returns the stable word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NothingFits => "nothing_fits",
            Self::SumDiffers => "sum_differs",
            Self::Doubtful(doubt) => doubt.word(),
        }
    }
}

/// A line that a person has to see to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// The line.
    pub line: usize,
    /// Why.
    pub why: OpenWhy,
    /// What it may be about, at most [`CANDIDATES_MAX`].
    pub candidates: Vec<usize>,
}

/// A line that fits several things alike, or is one of several that fit one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ambiguous {
    /// The line.
    pub line: usize,
    /// By what they fit.
    pub by: By,
    /// What it fits, at most [`CANDIDATES_MAX`].
    pub candidates: Vec<usize>,
    /// How many there are.
    pub total: usize,
}

/// A line that was matched in an earlier import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The line.
    pub line: usize,
    /// With what.
    pub with: String,
}

/// A line that is no income.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotCounted {
    /// The line.
    pub line: usize,
    /// Why.
    pub why: NotIncome,
    /// What an earlier import matched it with, when it still was income: that has to be undone.
    pub was: Option<String>,
}

/// What came of a statement. Every line of it is in exactly one of the lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matched {
    /// The key of each line.
    pub keys: Vec<Key>,
    /// What belongs together.
    pub pairs: Vec<Pair>,
    /// Tasks for a person.
    pub open: Vec<Open>,
    /// Tasks for a person who has to choose.
    pub ambiguous: Vec<Ambiguous>,
    /// Lines that were matched before.
    pub already_known: Vec<Known>,
    /// Lines that stand in the file before, with the same serial and everything else.
    pub twice: Vec<usize>,
    /// Lines that are no income.
    pub not_income: Vec<NotCounted>,
}

/// Puts lines of one statement, which is of one account, beside what is expected.
///
/// The answer does not depend on the order of either list. It takes time in proportion to both, but
/// for sorting.
#[must_use]
pub fn match_lines(
    account: &Account,
    lines: &[StatementLine],
    expected: &[Expected],
    already: &Already,
) -> Matched {
    let mut matched = Matched { keys: keys(account, lines), ..Matched::default() };
    let free = sort_out(lines, already, &mut matched);
    let gone: BTreeSet<&str> = already.0.values().flatten().map(String::as_str).collect();
    let taken = expected.iter().map(|one| {
        let gone = gone.contains(one.id.as_str()) || one.amount <= Fen::ZERO;
        if gone { Taken::Paired } else { Taken::Free }
    });
    let mut work = Work { lines, expected, taken: taken.collect(), left: free };
    work.by_reference(&mut matched);
    work.by_unit(&mut matched);
    work.by_day_sum_party(&mut matched);
    let open = |line| Open { line, why: OpenWhy::NothingFits, candidates: Vec::new() };
    matched.open.extend(work.left.into_iter().map(open));
    matched.pairs.sort_by_key(|pair| pair.line);
    matched.open.sort_by_key(|open| open.line);
    matched.ambiguous.sort_by_key(|one| one.line);
    matched
}

/// Puts aside what is not to be matched; returns the lines that are.
fn sort_out(lines: &[StatementLine], already: &Already, matched: &mut Matched) -> BTreeSet<usize> {
    let (mut seen, mut free) = (BTreeSet::new(), BTreeSet::new());
    for (at, (line, key)) in lines.iter().zip(&matched.keys).enumerate() {
        let with = already.0.get(key).cloned().flatten();
        if !seen.insert(key) {
            matched.twice.push(at);
            continue;
        }
        match (line.standing, with) {
            (Standing::Not(why), was) => {
                matched.not_income.push(NotCounted { line: at, why, was });
            }
            (Standing::Income | Standing::Doubtful(_), Some(with)) => {
                matched.already_known.push(Known { line: at, with });
            }
            (Standing::Doubtful(doubt), None) => {
                let why = OpenWhy::Doubtful(doubt);
                matched.open.push(Open { line: at, why, candidates: Vec::new() });
            }
            (Standing::Income, None) => {
                free.insert(at);
            }
        }
    }
    free
}

struct Work<'a> {
    lines: &'a [StatementLine],
    expected: &'a [Expected],
    taken: Vec<Taken>,
    /// Lines that nothing was found for yet.
    left: BTreeSet<usize>,
}

impl<'a> Work<'a> {
    /// What is not paired yet.
    fn waiting(&self) -> impl Iterator<Item = (usize, &'a Expected)> {
        let waiting = self.expected.iter().zip(&self.taken).enumerate();
        waiting
            .filter(|(_, (_, taken))| **taken != Taken::Paired)
            .map(|(at, (expected, _))| (at, expected))
    }

    fn left(&self) -> Vec<(usize, &'a StatementLine)> {
        let left = self.left.iter();
        left.filter_map(|at| Some((*at, self.lines.get(*at)?))).collect()
    }

    fn pair_up<K: Ord>(&mut self, stage: Stage<K>, matched: &mut Matched) {
        let (pairs, ambiguous) = stage.pair_up(&mut self.taken);
        for line in pairs.iter().map(|pair| pair.line).chain(ambiguous.iter().map(|one| one.line)) {
            self.left.remove(&line);
        }
        matched.pairs.extend(pairs);
        matched.ambiguous.extend(ambiguous);
    }

    /// Lines whose sign is known, but nothing of that sum waits, are open with what they may be about:
    /// no weaker sign finds them something else.
    fn other_sums<K: Ord>(
        &mut self,
        claims: &BTreeMap<usize, BTreeSet<K>>,
        of: impl Fn(&Expected) -> Option<K>,
        matched: &mut Matched,
    ) {
        let mut about: BTreeMap<K, Vec<usize>> = BTreeMap::new();
        for (at, expected) in self.waiting() {
            if let Some(sign) = of(expected) {
                about.entry(sign).or_default().push(at);
            }
        }
        for (line, signs) in claims.iter().filter(|(line, _)| self.left.contains(*line)) {
            let of_sign = signs.iter().filter_map(|sign| about.get(sign)).flatten().copied();
            let candidates: Vec<usize> = of_sign.take(CANDIDATES_MAX).collect();
            let none = candidates.is_empty();
            let why = if none { OpenWhy::NothingFits } else { OpenWhy::SumDiffers };
            matched.open.push(Open { line: *line, why, candidates });
        }
        for open in &matched.open {
            self.left.remove(&open.line);
        }
    }

    fn by_reference(&mut self, matched: &mut Matched) {
        let mut stage = Stage::new(By::Reference, None);
        // A bill that is paid keeps its reference: who pays it again does not pay another one.
        let known: BTreeSet<String> = self.expected.iter().filter_map(reference_of).collect();
        for (at, expected) in self.waiting() {
            if let Some(reference) = reference_of(expected) {
                stage.expected((reference, expected.amount), None, at);
            }
        }
        let mut claims: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
        for (at, line) in self.left() {
            let said: BTreeSet<String> =
                references(line).filter(|said| known.contains(said)).collect();
            for reference in &said {
                stage.line(&(reference.clone(), line.amount), None, at);
            }
            if !said.is_empty() {
                claims.insert(at, said);
            }
        }
        self.pair_up(stage, matched);
        self.other_sums(&claims, reference_of, matched);
    }

    fn by_unit(&mut self, matched: &mut Matched) {
        let mut stage = Stage::new(By::Unit, None);
        // A line that names a unit is about that unit, whether or not anything of it waits.
        let known: BTreeSet<&UnitName> =
            self.expected.iter().filter_map(|one| one.unit.as_ref()).collect();
        for (at, expected) in self.waiting() {
            if let Some(unit) = &expected.unit {
                stage.expected((unit.clone(), expected.amount), None, at);
            }
        }
        let mut claims: BTreeMap<usize, BTreeSet<UnitName>> = BTreeMap::new();
        for (at, line) in self.left() {
            let texts = [line.memo.as_str(), line.party.as_str()];
            let units = texts.into_iter().flat_map(|text| named(text, |unit| known.contains(unit)));
            let units: BTreeSet<UnitName> = units.collect();
            for unit in &units {
                stage.line(&(unit.clone(), line.amount), None, at);
            }
            if !units.is_empty() {
                claims.insert(at, units);
            }
        }
        self.pair_up(stage, matched);
        self.other_sums(&claims, |one| one.unit.clone(), matched);
    }

    fn by_day_sum_party(&mut self, matched: &mut Matched) {
        let mut stage = Stage::new(By::DaySumParty, Some(DAYS_APART_MAX));
        for (at, expected) in self.waiting() {
            let party = expected.party.as_deref().and_then(party);
            if let Some((party, day)) = party.zip(expected.day) {
                stage.expected((party, expected.amount), Some(day), at);
            }
        }
        for (at, line) in self.left() {
            if let Some(party) = party(&line.party) {
                stage.line(&(party, line.amount), Some(line.day), at);
            }
        }
        self.pair_up(stage, matched);
    }
}

fn party(text: &str) -> Option<String> {
    Some(plain(text).to_lowercase()).filter(|text| !text.is_empty())
}

/// A reference without blanks and signs, in capitals; other scripts stay as they are.
fn reference(text: &str) -> Option<String> {
    let signs = plain(text).to_uppercase();
    let signs: String = signs.chars().filter(|char| char.is_alphanumeric()).collect();
    Some(signs).filter(|signs| !signs.is_empty())
}

fn reference_of(expected: &Expected) -> Option<String> {
    expected.reference.as_deref().and_then(reference)
}

/// What a line can be referred to by: its numbers, and every word of its text that may be one.
fn references(line: &StatementLine) -> impl Iterator<Item = String> {
    let numbers = [&line.serial, &line.order].into_iter().flatten();
    let words = line.memo.split(|char: char| {
        !char.is_ascii_alphanumeric() && !matches!(char, '-' | '_' | '/' | '.')
    });
    let long = |word: &String| word.len() >= REFERENCE_CHARS_MIN;
    let words = words.filter_map(reference).filter(long);
    numbers.filter_map(|number| reference(number)).chain(words)
}
