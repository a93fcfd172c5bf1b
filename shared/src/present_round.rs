//! Rounds, counts and handovers as a shell draws them.

use linli_domain::{
    kernel::{Day, Fen, Moment, Month, PersonId, Scope},
    payments::{
        Visit,
        round::{Count, Door, Recount},
        view::RoundRow,
    },
};
use linli_replica::money::{Doable, RoundPage};

use crate::{
    money_records::{CountCard, DoorLine, RoundDetail, RoundLine},
    money_subject::Subject,
    present_money::{Pages, yuan},
    repair_records::{Action, AskedFor},
    screen_records::{Chip, Choice, Sign, Tone},
};

/// How long a round can be given for: the word of the choice, and the days from today.
const ROUND_DAYS: [(&str, u64); 3] =
    [("round_week", 7), ("round_month", 30), ("round_quarter", 90)];

/// Where the money of a round is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    /// At the doors of the building.
    Building,
    /// At those of one of its stairs.
    Stair(u16),
    /// At the office's own counter, whoever comes.
    Counter,
}

impl Route {
    fn value(self) -> String {
        match self {
            Self::Building => "building".to_owned(),
            Self::Stair(stair) => stair.to_string(),
            Self::Counter => "counter".to_owned(),
        }
    }

    /// Reads what was chosen.
    pub(crate) fn read(value: &str) -> Option<Self> {
        match value {
            "building" => Some(Self::Building),
            "counter" => Some(Self::Counter),
            stair => Some(Self::Stair(stair.parse().ok()?)),
        }
    }
}

/// The whole building first: so it is where nothing is chosen.
pub(crate) fn routes(pages: &Pages<'_>) -> Vec<Choice> {
    let offers = &pages.screens.offers;
    let counter = offers.counter.then_some(Route::Counter);
    let stairs = offers.stairs.iter().copied().map(Route::Stair);
    let text = |route| match route {
        Route::Building => pages.say("route_building", &[]),
        Route::Stair(stair) => pages.say("route_stair", &[("stair", &stair.to_string())]),
        Route::Counter => pages.say("counter", &[]),
    };
    let choice = |route: Route| Choice { value: route.value(), text: text(route) };
    std::iter::once(Route::Building).chain(stairs).chain(counter).map(choice).collect()
}

/// Last days of a round.
pub(crate) fn last_days(pages: &Pages<'_>) -> Vec<Choice> {
    let today = Day::of(pages.telling.now, pages.telling.offset);
    let last = |(word, days): (&str, u64)| {
        let last = today?.in_days(days)?;
        let text = pages.say(word, &[("date", &pages.day(last))]);
        Some(Choice { value: last.to_string(), text })
    };
    ROUND_DAYS.into_iter().filter_map(last).collect()
}

/// Months that can be billed at once: this one, its quarter, its year; the month that ended, as December is billed in
/// January; and what is billed ahead.
pub(crate) fn months(pages: &Pages<'_>) -> Vec<Choice> {
    let today = Day::of(pages.telling.now, pages.telling.offset);
    let Some(today) = today else { return Vec::new() };
    let this = Month::of(today);
    let january = today.month().checked_sub(1).and_then(|back| this.minus(back));
    let quarter = this.quarter();
    let spans = [
        ("this_month", Some(this), 1),
        ("last_month", this.minus(1), 1),
        ("next_month", this.plus(1), 1),
        ("this_quarter", Some(quarter), 3),
        ("next_quarter", quarter.plus(3), 3),
        ("this_year", january, 12),
    ];
    let choice = |(word, first, length): (&str, Option<Month>, u32)| {
        let first = first?;
        let last = first.plus(length - 1)?;
        let months = pages.months(first, last);
        let text = pages.say(word, &[("months", &months)]);
        Some(Choice { value: format!("{first}/{last}"), text })
    };
    spans.into_iter().filter_map(choice).collect()
}

/// When bills can be due: the last day of this month or of the next two, or in thirty days.
pub(crate) fn due_days(pages: &Pages<'_>) -> Vec<Choice> {
    let today = Day::of(pages.telling.now, pages.telling.offset);
    let Some(today) = today else { return Vec::new() };
    let month = Month::of(today);
    let last_of = |later| month.plus(later)?.plus(1)?.first()?.before();
    let mut days: Vec<Day> =
        [last_of(0), today.in_days(30), last_of(1), last_of(2)].into_iter().flatten().collect();
    days.sort();
    days.dedup();
    days.into_iter().map(|day| Choice { value: day.to_string(), text: pages.day(day) }).collect()
}

impl Pages<'_> {
    /// A round as lists show it. Until a count of it is taken over nobody but the collector is told what came in:
    /// whoever counts after them has not seen the sum.
    pub(crate) fn round_line(&self, row: &RoundRow) -> RoundLine {
        let own = self.telling.is_own(&row.collector);
        let blind = row.to_take > 0 && !own;
        let place =
            row.building.clone().map(|building| self.telling.scope(&Scope::Building(building)));
        RoundLine {
            id: row.id.to_hex(),
            place_text: place.unwrap_or_else(|| self.say("counter", &[])),
            days_text: self
                .say("round_days", &[("from", &self.day(row.from)), ("to", &self.day(row.to))]),
            who_text: self.keeper(&row.collector),
            own,
            paid_text: self.paid_text(row, blind),
            chip: self.round_chip(row),
        }
    }

    /// What came in; how many homes have paid alone, where who looks has to count it blind.
    fn paid_text(&self, row: &RoundRow, blind: bool) -> String {
        let key = match (&row.building, blind) {
            (Some(_), true) => "round_paid_blind",
            (Some(_), false) => "round_paid",
            (None, true) => "counter_blind",
            (None, false) => "counter_paid",
        };
        let (paid, homes) = (row.paid.to_string(), row.homes.to_string());
        let received = row.received.to_string();
        self.say(key, &[("paid", &paid), ("homes", &homes), ("sum", &received)])
    }

    /// What somebody who keeps or collects money may be called.
    pub(crate) fn keeper(&self, person: &PersonId) -> String {
        self.telling.who(person, self.screens.offers.roles.get(person).copied())
    }

    fn round_chip(&self, row: &RoundRow) -> Chip {
        let today = Day::of(self.telling.now, self.telling.offset);
        if row.in_hand > Fen::ZERO {
            let text = self.say("in_hand", &[("sum", &row.in_hand.to_string())]);
            Chip { tone: Tone::Warn, sign: Sign::Money, text }
        } else if row.to_take > 0 {
            self.chip(Tone::Warn, Sign::Waits, "to_take")
        } else if row.to_bank > 0 {
            self.chip(Tone::Accent, Sign::Waits, "to_bank")
        } else if today.is_some_and(|today| today > row.to)
            || row.homes > 0 && row.paid == row.homes
        {
            self.chip(Tone::Good, Sign::Done, "round_done")
        } else {
            self.chip(Tone::Accent, Sign::Walk, "round_open")
        }
    }

    /// A round in full: the door that somebody was at, and what of its cash they have counted so far.
    pub(crate) fn round(
        &self,
        page: &RoundPage,
        at: Option<String>,
        tallied: Option<Fen>,
    ) -> RoundDetail {
        let differs = tallied.is_some_and(|sum| sum != page.row.in_hand);
        let id = page.round.id;
        let subject = Subject::Round(id).text();
        let visits = self.screens.offers.round.contains(&Doable::Visit);
        let doable = self.screens.offers.round.iter().filter(|doable| **doable != Doable::Visit);
        let mut counts: Vec<&Count> = page.round.counts.values().collect();
        let blind = counts.iter().any(|count| self.is_blind(count));
        counts.sort_by_key(|count| std::cmp::Reverse((count.when, count.id)));
        let stair = |unit: &linli_domain::kernel::UnitCode| Scope::Stair {
            building: unit.building().to_owned(),
            stair: unit.stair(),
        };
        RoundDetail {
            line: RoundLine {
                paid_text: self.paid_text(&page.row, blind),
                ..self.round_line(&page.row)
            },
            subject,
            notes: self.round_notes(page),
            count_due_text: page
                .count_due
                .map(|due| self.say("count_due", &[("time", &self.telling.at(due))])),
            doors: page
                .doors
                .iter()
                .map(|(unit, door, owed)| DoorLine {
                    unit: unit.to_string(),
                    subject: Subject::Door(id, unit.clone()).text(),
                    actions: visits.then(|| self.action(Doable::Visit, None)).into_iter().collect(),
                    stair_text: self.telling.scope(&stair(unit)),
                    owed_text: if *owed > Fen::ZERO { yuan(*owed) } else { String::new() },
                    chip: self.door_chip(door, *owed, blind),
                    note: match door {
                        Door::Visited(visited) => visited.note.clone(),
                        Door::NotVisited | Door::Paid(_) => String::new(),
                    },
                })
                .collect(),
            at,
            counts: counts.into_iter().map(|count| self.count(page, count)).collect(),
            actions: doable
                .map(|doable| match doable {
                    Doable::Count if differs => self.with_reason(*doable, "why_cash_differs"),
                    _ => self.action(*doable, None),
                })
                .collect(),
        }
    }

    /// Which other rounds have some of the homes, too; how one comes to a home at the counter.
    fn round_notes(&self, page: &RoundPage) -> Vec<String> {
        let shared = page.shared.iter().map(|other| {
            let RoundLine { who_text, days_text, .. } = self.round_line(&other.row);
            let n = other.homes.to_string();
            self.say("round_shared", &[("n", &n), ("who", &who_text), ("days", &days_text)])
        });
        let serves = page.row.building.is_none() && self.telling.is_own(&page.row.collector);
        shared.chain(serves.then(|| self.say("counter_how", &[]))).collect()
    }

    fn door_chip(&self, door: &Door, owed: Fen, blind: bool) -> Chip {
        match door {
            Door::Paid(_) if blind && owed == Fen::ZERO => {
                self.chip(Tone::Good, Sign::Done, "paid")
            }
            Door::Paid(_) if blind => self.chip(Tone::Warn, Sign::Money, "part_paid"),
            Door::Paid(sum) if owed == Fen::ZERO => {
                let text = self.say("door_paid", &[("sum", &sum.to_string())]);
                Chip { tone: Tone::Good, sign: Sign::Done, text }
            }
            Door::Paid(sum) => {
                let text = self.say("door_part", &[("sum", &sum.to_string())]);
                Chip { tone: Tone::Warn, sign: Sign::Money, text }
            }
            Door::NotVisited if owed == Fen::ZERO => {
                self.chip(Tone::Good, Sign::Done, "door_nothing")
            }
            Door::NotVisited => self.chip(Tone::Plain, Sign::Walk, "door_not_visited"),
            Door::Visited(visited) => {
                let (tone, sign) = match visited.visit {
                    Visit::NobodyIn => (Tone::Warn, Sign::Door),
                    Visit::Refused => (Tone::Bad, Sign::Blocked),
                    Visit::ComeBack => (Tone::Accent, Sign::Clock),
                };
                Chip { tone, sign, text: self.telling.word("visit", visited.visit.word()) }
            }
        }
    }

    /// Who may count it anew and has not yet is told no sum of it.
    fn is_blind(&self, count: &Count) -> bool {
        let offers = &self.screens.offers.counts;
        offers.contains(&(count.id, Doable::Recount)) && self.own_recount(count).is_none()
    }

    fn own_recount<'a>(&self, count: &'a Count) -> Option<&'a Recount> {
        count.recounts.iter().rev().find(|recount| self.telling.is_own(&recount.by))
    }

    fn count(&self, page: &RoundPage, count: &Count) -> CountCard {
        let blind = self.is_blind(count);
        let shown = |text: String| (!blind).then_some(text);
        let receipts = count.fields.receipts.len().to_string();
        let (who, at) = (self.keeper(&count.by), self.telling.at(count.when));
        let difference = count.difference();
        let differs = (difference != Fen::ZERO).then(|| self.differs_by(difference));
        let own = self.own_recount(count).map(|recount| recount.id);
        CountCard {
            id: count.id.to_hex(),
            subject: Subject::Count(page.round.id, count.id, own).text(),
            text: self.say("count_text", &[("n", &receipts), ("who", &who), ("time", &at)]),
            expected_text: shown(
                self.say("expected", &[("sum", &count.fields.expected.to_string())]),
            ),
            counted_text: shown(self.say("counted", &[("sum", &count.counted.to_string())])),
            difference_text: differs
                .map(|text| format!("{text} {}", count.fields.reason))
                .and_then(shown),
            recount_texts: if blind { Vec::new() } else { self.recounts(count) },
            taken_text: count.taken.as_ref().map(|taken| {
                let (by, at) = (&taken.by, taken.when);
                let said = self.anew(count, "taken", by, at, taken.counted);
                format!("{said} {}", taken.fields.reason).trim_end().to_owned()
            }),
            banked_text: count.banked.as_ref().map(|banked| {
                let sum = banked.fields.amount.to_string();
                self.say("banked", &[("sum", &sum), ("slip", &banked.fields.slip)])
            }),
            chip: match (&count.taken, &count.banked) {
                (None, _) => self.chip(Tone::Warn, Sign::Waits, "to_take"),
                (Some(_), None) => self.chip(Tone::Accent, Sign::Waits, "to_bank"),
                (Some(_), Some(_)) => self.chip(Tone::Good, Sign::Done, "in_the_bank"),
            },
            actions: self.actions_of_count(count),
        }
    }

    fn actions_of_count(&self, count: &Count) -> Vec<Action> {
        let offers = self.screens.offers.counts.iter().filter(|(id, _)| *id == count.id);
        let own = self.own_recount(count);
        let differs = own.is_some_and(|recount| recount.counted != count.counted);
        let action = |doable: Doable| match doable {
            Doable::Take if differs => self.with_reason(doable, "why_counts_differ"),
            Doable::Recount if own.is_some() => {
                let text = self.telling.word("money_act", "recount_again");
                Action { text, ..self.action(doable, None) }
            }
            _ => self.action(doable, None),
        };
        offers.map(|(_, doable)| action(*doable)).collect()
    }

    /// An act that is refused without a reason: it is asked for as what has to be written.
    fn with_reason(&self, doable: Doable, why: &str) -> Action {
        let mut action = self.action(doable, None);
        action.asks.retain(|ask| ask.word != "text");
        let text = self.telling.word("money_ask", why);
        action.asks.push(AskedFor { text, ..self.asked(doable, "text", false, None) });
        action
    }

    /// The last count of each who counted it anew.
    fn recounts(&self, count: &Count) -> Vec<String> {
        if count.taken.is_some() {
            return Vec::new();
        }
        let last = |one: &&Recount| count.last_recount(&one.by).is_some_and(|l| l.id == one.id);
        let told = |one: &Recount| self.anew(count, "recounted", &one.by, one.when, one.counted);
        count.recounts.iter().filter(last).map(told).collect()
    }

    /// What somebody else counted, and by how much it differs from the first count.
    fn anew(&self, count: &Count, key: &str, by: &PersonId, at: Moment, counted: Fen) -> String {
        let (who, at, sum) = (self.keeper(by), self.telling.at(at), counted.to_string());
        let against = counted.minus(count.counted).unwrap_or_default();
        let said = self.say(key, &[("sum", &sum), ("who", &who), ("time", &at)]);
        match against == Fen::ZERO {
            true => said,
            false => format!("{said} {}", self.differs_by(against)),
        }
    }

    fn differs_by(&self, difference: Fen) -> String {
        let sum = Fen::new(difference.get().saturating_abs()).to_string();
        let key = if difference < Fen::ZERO { "short" } else { "over" };
        self.say(key, &[("sum", &sum)])
    }
}
