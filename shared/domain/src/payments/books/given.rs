//! Books for tests: one tariff, a run for each month.

use linli_wire::{FactId, Hash, fact::Fact};

use super::{Books, Roster, Run, TariffEntry};
use crate::{
    kernel::{Fen, Moment, Month, Written},
    law::{Ratio, RuleSet},
    payments::{Fields, RunFields, Span, TariffFields, draft_of, tariff},
    registry::Unit,
    repairs::given::wang,
};

/// Returns the id that the run of a month has in [`Books::given`].
#[must_use]
pub fn run_of(month: Month) -> FactId {
    super::super::thing_id("given", &[month.to_string().as_bytes()])
}

impl Books {
    /// Makes books as if a tariff had been decided and every month been billed, each due on its last day.
    #[must_use]
    pub fn given(
        text: &str,
        late: Ratio,
        units: &[Unit],
        months: &[Month],
        law: &RuleSet,
    ) -> Option<Self> {
        let tariff = tariff::read(text, law).ok()?;
        let id = super::super::thing_id("given", &[]);
        let fields =
            TariffFields { text: text.to_owned(), late_per_day: Some(late), decision: None };
        let (author, when) = (wang(), Moment(0));
        let entry = TariffEntry { id, fields, tariff, author, when, place: None };
        let roster = Roster::new(units.iter().map(|unit| (&unit.code, unit)));
        let mut books = Self::default();
        for month in months {
            let due = month.first()?.in_days(u64::from(month.days()?) - 1)?;
            let fields = RunFields {
                tariff: id,
                from: *month,
                to: *month,
                due,
                law: Hash([0; 32]),
                units: u32::try_from(units.len()).ok()?,
                roster: roster.hash(),
                stairs: Vec::new(),
                total: Fen::ZERO,
            };
            let draft = draft_of(&Fields::Run(fields.clone()), None);
            let (kind, author) = (draft.kind, wang());
            let (by, at, about, supersedes, sig) = (author.device, 0, None, Vec::new(), None);
            let fact = Fact { kind, by, at, about, fields: draft.fields, supersedes, sig };
            let written = Written { id: run_of(*month), fact, author, place: None };
            let run =
                Run::new(&written, fields, Span::new(*month, *month)?, &entry, roster.clone());
            books.runs.insert(run.id, run);
        }
        books.tariffs.insert(id, entry);
        Some(books)
    }

    /// Takes the withdrawals among facts, in the order of the log.
    #[must_use]
    pub fn given_back(&self, facts: &[Written], late_days: u32) -> Self {
        let mut books = self.clone();
        let mut facts: Vec<&Written> =
            facts.iter().filter(|fact| fact.fact.about == Some(Self::id())).collect();
        facts.sort_by_key(|fact| fact.order());
        for fact in facts {
            let Some(fields) = Fields::of(&fact.fact) else { continue };
            let taken = books.take_withdrawal(fact, &fields, late_days);
            books.refused.extend(taken.err().map(|refusal| (fact.id, refusal)));
        }
        books
    }
}
