//! One round of matching: lines and expected sums that say the same thing.

use std::collections::BTreeMap;

use super::matching::{Ambiguous, By, CANDIDATES_MAX, Pair};
use crate::kernel::Day;

/// What became of something expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    Free,
    /// It fits several lines by a stronger sign, and so is no longer any one's.
    Contested,
    Paired,
}

/// Lines and expected sums of one sign and one sum.
#[derive(Default)]
struct Class {
    lines: Vec<(Option<Day>, usize)>,
    expected: Vec<(Option<Day>, usize)>,
}

/// What a line fits.
#[derive(Default)]
struct Fits {
    total: usize,
    first: Vec<usize>,
    /// Lines that fit the first of them, this one among them.
    rivals: usize,
}

/// A round: who claims what, by a sign `K`.
pub(super) struct Stage<K> {
    by: By,
    /// Days that both may lie apart; any, if none.
    window: Option<i64>,
    classes: BTreeMap<K, Class>,
}

impl<K: Ord> Stage<K> {
    pub(super) const fn new(by: By, window: Option<i64>) -> Self {
        Self { by, window, classes: BTreeMap::new() }
    }

    pub(super) fn expected(&mut self, sign: K, day: Option<Day>, at: usize) {
        self.classes.entry(sign).or_default().expected.push((day, at));
    }

    /// A line claims what has its sign; only where something has it.
    pub(super) fn line(&mut self, sign: &K, day: Option<Day>, at: usize) {
        if let Some(class) = self.classes.get_mut(sign)
            && class.lines.last() != Some(&(day, at))
        {
            class.lines.push((day, at));
        }
    }

    /// Pairs what fits only each other; what fits more is told with its candidates.
    pub(super) fn pair_up(mut self, taken: &mut [Taken]) -> (Vec<Pair>, Vec<Ambiguous>) {
        let mut fits: BTreeMap<usize, Fits> = BTreeMap::new();
        for class in self.classes.values_mut() {
            class.lines.sort_unstable();
            class.lines.dedup();
            class.expected.sort_unstable();
            for (day, line) in &class.lines {
                let here = within(&class.expected, *day, self.window);
                let Some((first_day, _)) = here.first() else { continue };
                let fit = fits.entry(*line).or_default();
                fit.total += here.len();
                let room = CANDIDATES_MAX.saturating_sub(fit.first.len());
                fit.first.extend(here.iter().take(room).map(|(_, at)| *at));
                fit.rivals = within(&class.lines, *first_day, self.window).len();
            }
        }
        let (mut pairs, mut ambiguous) = (Vec::new(), Vec::new());
        for (line, mut fit) in fits {
            let free = |at: &usize| taken.get(*at) == Some(&Taken::Free);
            match fit.first.as_slice() {
                [one] if fit.total == 1 && fit.rivals == 1 && free(one) => {
                    pairs.push(Pair { line, expected: *one, by: self.by });
                }
                _ => {
                    fit.first.sort_unstable();
                    let (candidates, total) = (fit.first, fit.total);
                    ambiguous.push(Ambiguous { line, by: self.by, candidates, total });
                }
            }
        }
        for pair in &pairs {
            set(taken, pair.expected, Taken::Paired);
        }
        for class in self.classes.values() {
            for (day, at) in &class.expected {
                let claimed = !within(&class.lines, *day, self.window).is_empty();
                if claimed && taken.get(*at) == Some(&Taken::Free) {
                    set(taken, *at, Taken::Contested);
                }
            }
        }
        (pairs, ambiguous)
    }
}

fn set(taken: &mut [Taken], at: usize, to: Taken) {
    if let Some(taken) = taken.get_mut(at) {
        *taken = to;
    }
}

/// Those of a sorted list that lie near a day.
fn within(
    list: &[(Option<Day>, usize)],
    day: Option<Day>,
    window: Option<i64>,
) -> &[(Option<Day>, usize)] {
    let (Some(window), Some(day)) = (window, day) else { return list };
    // Whatever has no day was not put into a list that is looked at by days.
    let apart = |other: &Option<Day>| other.map_or(i64::MIN, |other| other.days_since(day));
    let from = list.partition_point(|(other, _)| apart(other) < -window);
    let to = list.partition_point(|(other, _)| apart(other) <= window);
    list.get(from..to).unwrap_or_default()
}
