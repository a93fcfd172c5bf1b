//! Bill runs: a header and a bill for each home, written in one transaction.

use linli_domain::{
    kernel::{Moment, UnitCode},
    payments::{self, Account, BillFields, Books, Fields, Refusal, RunAsked, Span, books},
};
use linli_seal::Chance;
use linli_wire::FactId;

use super::{
    BillAsked,
    ask::{misread, refused},
};
use crate::{
    AskError,
    act::Filed,
    replica::Replica,
    store::{Durability, Store},
};

impl<S: Store> Replica<S> {
    /// Writes a bill run: the header, then a bill into each home's circle, all or nothing.
    pub(crate) fn bill(
        &mut self,
        asked: &BillAsked,
        draft: Option<&str>,
        now: Moment,
        chance: &mut dyn Chance,
    ) -> Result<FactId, AskError> {
        self.check_version()?;
        let memory = self.member()?;
        let author = self.viewer(now)?;
        if !books::may_bill(&author) {
            return Err(refused(Refusal::NotYours));
        }
        let run = self.run_asked(asked)?;
        let bills = memory.books.compute(&run, &memory.current).map_err(refused)?;
        let community = memory.community;
        let header = payments::draft_of(&Fields::Run(bills.header), Some(Books::id()));
        let header = Filed::new(self.keys(), &community, header, None, now)?;
        let year = Account::year_of(now);
        let fact = header.fact.clone();
        let id = self.work(Durability::Full, |work| {
            let run = work.write(header, None, now, chance)?;
            work.send_attachments(&fact, draft)?;
            for (unit, conditions, total) in bills.bills {
                let about = Some(Account::id(&unit, year));
                let bill = Fields::Bill(BillFields { unit, run, conditions, total });
                let draft = payments::draft_of(&bill, about);
                let filed = Filed::new(work.keys, &community, draft, None, now)?;
                work.write(filed, None, now, chance)?;
            }
            Ok(run)
        })?;
        Ok(id)
    }

    /// Reads which run is asked for: by the tariff that came last, and the table of homes.
    fn run_asked(&self, asked: &BillAsked) -> Result<RunAsked, AskError> {
        let memory = self.member()?;
        let tariffs = memory.books.tariffs();
        let tariff = tariffs.first().ok_or_else(|| refused(Refusal::BadTariff))?;
        let BillAsked { from, to, due, .. } = *asked;
        let span = Span::new(from, to).ok_or_else(|| refused(Refusal::BadTime))?;
        let known = |unit: &UnitCode| memory.current.unit(unit).is_some();
        let conditions = books::conditions::read(&asked.homes, span, &tariff.tariff, known);
        let conditions = conditions.map_err(misread)?;
        Ok(RunAsked { tariff: tariff.id, from, to, due, conditions })
    }
}
