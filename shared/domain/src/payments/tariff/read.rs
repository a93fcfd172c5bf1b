//! A tariff as people write it, in TOML: every number exactly as it stands, every problem with its
//! place.
//!
//! ```toml
//! [[charge]]
//! name = "物业费"
//! kind = "area"              # area | fixed | parking | shared
//! rate = 2.35                # yuan
//! unit_kinds = ["home"]      # home | shop | parking | storage
//! from = "2026-01"           # a month, or a day
//! until = "2026-12-31"
//!
//! [rules]                    # over the RuleSet, with its names
//! prepay_discount = "5%"
//! ```

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    super::{Fault, Problem, UnitUse},
    Charge, ChargeKind, Rate, Tariff, rules,
};
use crate::{
    kernel::{Day, Month},
    law::RuleSet,
};

const FIELDS: &str = "name, kind, rate, unit_kinds, from, until";
const GROUPS: &str = "[[charge]], [rules]";

/// Reads a tariff; what its `[rules]` do not say is as the RuleSet has it.
///
/// # Errors
/// All problems, in the order of their lines.
pub fn read(text: &str, law: &RuleSet) -> Result<Tariff, Vec<Problem>> {
    let mut reader = Reader { text, problems: Vec::new() };
    let mut tariff = Tariff { charges: Vec::new(), law: law.clone() };
    match DeTable::parse(text) {
        Ok(table) => reader.tariff(&table, &mut tariff),
        Err(error) => {
            let at = error.span().map_or(text.len(), |span| span.start);
            reader.fault(at, "", Fault::TomlForm, error.message(), "");
        }
    }
    if reader.problems.is_empty() {
        return Ok(tariff);
    }
    reader.problems.sort_by_key(|problem| (problem.line, problem.column));
    Err(reader.problems)
}

pub(super) type Value<'i> = Spanned<DeValue<'i>>;

pub(super) struct Reader<'i> {
    text: &'i str,
    problems: Vec<Problem>,
}

/// A charge while it is read.
#[derive(Default)]
struct Draft {
    name: Option<String>,
    kind: Option<ChargeKind>,
    rate: Option<Rate>,
    units: Option<Vec<UnitUse>>,
    from: Option<Month>,
    until: Option<Month>,
    /// The fields that stand there, right or wrong.
    seen: Vec<String>,
}

impl<'i> Reader<'i> {
    /// Says what is wrong at a byte of the text.
    pub(super) fn fault(&mut self, at: usize, field: &str, fault: Fault, value: &str, other: &str) {
        let before = self.text.get(..at).unwrap_or(self.text);
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let problem = Problem::new(self.line(at), column, field, fault, value);
        self.problems.push(problem.with(other.to_owned()));
    }

    /// Returns the line that a byte of the text stands in.
    fn line(&self, at: usize) -> u32 {
        let before = self.text.get(..at).unwrap_or(self.text);
        u32::try_from(before.matches('\n').count().saturating_add(1)).unwrap_or(u32::MAX)
    }

    /// Returns how a value is written.
    pub(super) fn written(&self, value: &Value<'i>) -> &'i str {
        self.text.get(value.span()).unwrap_or_default()
    }

    fn tariff(&mut self, table: &Spanned<DeTable<'i>>, tariff: &mut Tariff) {
        let mut lines = Vec::new();
        for (key, value) in table.get_ref() {
            let (at, name) = (key.span().start, key.get_ref().as_ref());
            match (name, value.get_ref()) {
                ("charge", DeValue::Array(charges)) => {
                    for charge in charges {
                        if let Some(read) = self.charge(charge) {
                            lines.push(charge.span().start);
                            tariff.charges.push(read);
                        }
                    }
                }
                ("charge", _) => {
                    self.fault(value.span().start, name, Fault::FieldType, name, "[[charge]]");
                }
                ("rules", DeValue::Table(table)) => rules::read(self, table, &mut tariff.law.money),
                ("rules", _) => {
                    self.fault(value.span().start, name, Fault::FieldType, name, "[rules]");
                }
                _ => self.fault(at, name, Fault::FieldUnknown, name, GROUPS),
            }
        }
        if tariff.charges.is_empty() && self.problems.is_empty() {
            self.fault(0, "", Fault::ChargeNone, "", "");
        }
        self.overlaps(&tariff.charges, &lines);
    }

    fn overlaps(&mut self, charges: &[Charge], places: &[usize]) {
        for (later, charge) in charges.iter().enumerate() {
            let first = charges.iter().take(later).position(|first| first.overlaps(charge));
            let places = first.and_then(|first| places.get(first)).zip(places.get(later));
            if let Some((first, own)) = places {
                let line = self.line(*first).to_string();
                self.fault(*own, "charge", Fault::ChargeOverlap, &charge.name, &line);
            }
        }
    }

    fn charge(&mut self, value: &Value<'i>) -> Option<Charge> {
        let at = value.span().start;
        let DeValue::Table(table) = value.get_ref() else {
            self.fault(at, "charge", Fault::FieldType, "charge", "[[charge]]");
            return None;
        };
        let mut draft = Draft::default();
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            draft.seen.push(name.to_owned());
            match name {
                "name" => draft.name = self.text(name, value),
                "kind" => draft.kind = self.kind(value),
                "rate" => draft.rate = self.rate(value),
                "unit_kinds" => draft.units = self.units(value),
                "from" => draft.from = self.month(name, value).map(from_month),
                "until" => draft.until = self.month(name, value).map(|(month, _)| month),
                _ => self.fault(key.span().start, name, Fault::FieldUnknown, name, FIELDS),
            }
        }
        for name in ["name", "kind", "rate"] {
            if !draft.seen.iter().any(|seen| seen == name) {
                self.fault(at, "charge", Fault::FieldMissing, name, "");
            }
        }
        if let (Some(from), Some(until)) = (draft.from, draft.until)
            && until < from
        {
            let (until, from) = (until.to_string(), from.to_string());
            self.fault(at, "charge", Fault::ChargeBackwards, &until, &from);
        }
        let (kind, units) = (draft.kind?, draft.units);
        if kind == ChargeKind::Shared
            && let Some(rate) = draft.rate.filter(|rate| rate.in_fen().is_none())
        {
            self.fault(at, "charge", Fault::RateSum, &rate.to_string(), "");
        }
        Some(Charge {
            name: draft.name?.into(),
            kind,
            rate: draft.rate?,
            units: units.unwrap_or_else(|| kind.usual_units()),
            from: draft.from,
            until: draft.until,
        })
    }

    /// Reads a text that says something.
    fn text(&mut self, name: &str, value: &Value<'i>) -> Option<String> {
        if let DeValue::String(text) = value.get_ref()
            && !text.trim().is_empty()
        {
            return Some(text.trim().to_owned());
        }
        let written = self.written(value);
        self.fault(value.span().start, name, Fault::FieldType, written, "\"…\"");
        None
    }

    fn kind(&mut self, value: &Value<'i>) -> Option<ChargeKind> {
        let word = self.text("kind", value)?;
        let kind = ChargeKind::from_word(&word);
        if kind.is_none() {
            let words = ChargeKind::ALL.map(ChargeKind::word).join(", ");
            self.fault(value.span().start, "kind", Fault::ChargeKind, &word, &words);
        }
        kind
    }

    fn rate(&mut self, value: &Value<'i>) -> Option<Rate> {
        let rate = rules::number(value).and_then(Rate::parse);
        if rate.is_none() {
            let (at, written) = (value.span().start, self.written(value));
            self.fault(at, "rate", Fault::RateForm, written, &Rate::YUAN_MAX.to_string());
        }
        rate
    }

    fn units(&mut self, value: &Value<'i>) -> Option<Vec<UnitUse>> {
        let (at, name) = (value.span().start, "unit_kinds");
        let words = match value.get_ref() {
            DeValue::Array(words) if !words.is_empty() => words,
            DeValue::Array(_)
            | DeValue::String(_)
            | DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Table(_) => {
                let written = self.written(value);
                self.fault(at, name, Fault::FieldType, written, "[\"home\", \"shop\"]");
                return None;
            }
        };
        let mut units = Vec::new();
        for value in words {
            let word = self.text(name, value)?;
            let Some(unit) = UnitUse::parse(&word) else {
                let known = UnitUse::ALL.map(UnitUse::word).join(", ");
                self.fault(value.span().start, name, Fault::KindUnknown, &word, &known);
                return None;
            };
            units.push(unit);
        }
        Some(units)
    }

    /// Reads a day, or a month as its first day, quoted or not; with the month, whether it begins
    /// there.
    fn month(&mut self, name: &str, value: &Value<'i>) -> Option<(Month, bool)> {
        let written = match value.get_ref() {
            DeValue::String(text) => text.trim().to_owned(),
            DeValue::Datetime(day) => day.to_string(),
            DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Array(_)
            | DeValue::Table(_) => self.written(value).to_owned(),
        };
        if let Some(month) = Month::parse(&written) {
            return Some((month, true));
        }
        let day = Day::read(&written);
        if day.is_none() {
            self.fault(value.span().start, name, Fault::DayForm, &written, "");
        }
        let month = Month::of(day?);
        Some((month, month.first() == day))
    }
}

/// Begins with the next month where a charge begins within one.
fn from_month((month, begins): (Month, bool)) -> Month {
    if begins { month } else { month.plus(1).unwrap_or(month) }
}
