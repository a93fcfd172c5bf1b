//! What people choose from, and how a choice is read back: no shell reckons with days or roles.

use linli_domain::{
    kernel::{Day, Moment, PersonId, Scope, UnitCode, WallTime},
    repairs::{Place, Referral, Slot},
};
use linli_replica::repairs::Filter;

use crate::{screen_records::Choice, telling::Telling};

/// The parts of a day in which somebody can come: their word, first and last hour.
const PARTS: [(&str, u8, u8); 3] = [("morning", 9, 12), ("afternoon", 14, 17), ("evening", 18, 20)];

/// The days offered for a visit, today first.
const DAYS: [&str; 3] = ["today", "tomorrow", "after_tomorrow"];

/// Days after which a pause can end at nine in the morning.
const PAUSE_DAYS: [u32; 4] = [1, 2, 3, 6];

/// Hours for which a pause can last today.
const PAUSE_HOURS: i64 = 4;

const HOUR_MS: i64 = 3_600_000;

/// A stored word with its text.
pub(crate) fn word(telling: &Telling, group: &str, word: &str) -> Choice {
    Choice { value: word.to_owned(), text: telling.word(group, word) }
}

/// The filters of the list.
pub(crate) fn filters(telling: &Telling) -> Vec<Choice> {
    Filter::ALL.iter().map(|filter| word(telling, "filter", filter.word())).collect()
}

/// To whom a repair can be passed on.
pub(crate) fn referrals(telling: &Telling) -> Vec<Choice> {
    let all = [Referral::Utility, Referral::Developer, Referral::Authority];
    all.iter().map(|to| word(telling, "referral", to.word())).collect()
}

/// A place to report at.
pub(crate) fn place(telling: &Telling, place: &Place) -> Choice {
    let name = telling.place(place);
    let text = match place {
        Place::Home(_) => format!("{} {name}", telling.words.get("place", "home")),
        Place::Stair { .. } | Place::Building(_) | Place::Community => name,
    };
    Choice { value: place.to_string(), text }
}

/// The places around one: where somebody on the spot may find it to be.
pub(crate) fn places_around(telling: &Telling, at: &Place) -> Vec<Choice> {
    let mut places = vec![at.clone()];
    let stair = match at.scope() {
        Scope::Unit(unit) => Some((unit.building().to_owned(), unit.stair())),
        Scope::Stair { building, stair } => Some((building, stair)),
        Scope::Building(_) | Scope::Community => None,
    };
    if let Some((building, stair)) = stair {
        places.push(Place::Stair { building: building.clone(), stair });
        places.push(Place::Building(building));
    }
    places.push(Place::Community);
    places.dedup();
    places.iter().map(|place| self::place(telling, place)).collect()
}

/// Reads a place that was chosen, or a door as people write it: `3-2-501`, `3号楼2单元501`.
pub(crate) fn read_place(text: &str) -> Option<Place> {
    Place::parse(text).or_else(|| UnitCode::parse(text).map(Place::Home))
}

/// A person by what this phone may call them.
pub(crate) fn person(telling: &Telling, person: &PersonId) -> Choice {
    use linli_domain::kernel::Role;
    Choice { value: person.to_hex(), text: telling.who(person, Some(Role::Property)) }
}

/// A stretch of time.
pub(crate) fn slot(telling: &Telling, slot: &Slot) -> Choice {
    Choice {
        value: format!("{}-{}", slot.from.0, slot.to.0),
        text: telling.span(slot.from, slot.to),
    }
}

/// Reads a stretch of time that was chosen.
pub(crate) fn read_slot(text: &str) -> Option<Slot> {
    let (from, to) = text.split_once('-')?;
    Some(Slot { from: Moment(from.parse().ok()?), to: Moment(to.parse().ok()?) })
}

/// Times to offer for a visit: the parts of three days that have not begun.
pub(crate) fn visits(telling: &Telling) -> Vec<Choice> {
    let Some(wall) = WallTime::of(telling.now, telling.offset) else { return Vec::new() };
    let mut day = Some(wall.day);
    let mut visits = Vec::new();
    for name in DAYS {
        let Some(this) = day else { break };
        for (part, from, to) in PARTS {
            let at = |hour| this.at_hour(hour, telling.offset);
            let (Some(from), Some(to)) = (at(from), at(to)) else { continue };
            if from > telling.now {
                let (name, part) =
                    (telling.words.get("whole_day", name), telling.words.get("whole_day", part));
                let text =
                    telling.words.fill("whole_day", "slot", &[("day", name), ("part", part)]);
                visits.push(Choice { value: format!("{}-{}", from.0, to.0), text });
            }
        }
        day = this.next();
    }
    visits
}

/// From a day to the last one.
type Length = fn(Day) -> Option<Day>;

/// How long a role can be given for: the word, and the last day counted from today.
const LAST_DAYS: [(&str, Length); 4] = [
    ("month", |day| day.in_days(30)),
    ("half_year", |day| day.in_months(6)),
    ("year", |day| day.in_months(12)),
    ("two_years", |day| day.in_months(24)),
];

/// Last days of a role: to the end of the day, by the community's clock.
pub(crate) fn last_days(telling: &Telling) -> Vec<Choice> {
    let today = WallTime::of(telling.now, telling.offset).map(|wall| wall.day);
    let last = |(word, length): (&str, Length)| {
        let last = length(today?)?.ends(telling.offset)?;
        let date = telling.date(last);
        let text = telling.words.fill("last_day", word, &[("date", &date)]);
        Some(Choice { value: last.0.to_string(), text })
    };
    LAST_DAYS.into_iter().filter_map(last).collect()
}

/// Ends of a pause: in some hours, and some mornings.
pub(crate) fn pause_ends(telling: &Telling) -> Vec<Choice> {
    let end = |moment: Moment| Choice { value: moment.0.to_string(), text: telling.by(moment) };
    let mut ends = vec![end(Moment(telling.now.0.saturating_add(PAUSE_HOURS * HOUR_MS)))];
    let today = WallTime::of(telling.now, telling.offset).map(|wall| wall.day);
    for days in PAUSE_DAYS {
        let day = (0..days).try_fold(today, |day, _| Some(day.and_then(|day| day.next())));
        let morning = day.flatten().and_then(|day| day.at_hour(9, telling.offset));
        ends.extend(morning.map(end));
    }
    ends
}
