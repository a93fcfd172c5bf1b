//! Pages of the ledger: from what accounts have down to a single fact and its voucher.

use std::collections::BTreeMap;

use linli_domain::{
    kernel::{Attachment, Day, Fen, Moment, Month, PersonId, UnitCode, When},
    payments::{
        Fields,
        ledger::{
            Ledger, LedgerAccount, LedgerProblem, Memo,
            disclosure::{Fees, Total, published},
            journal::Days,
        },
        treasury::{Signed, differences},
    },
};
use linli_wire::{FactId, fact::Fact};

use super::Kept;
use crate::{
    ReplicaError,
    replica::Replica,
    store::{Store, Table},
    stored::FactRow,
};

/// Entries that one page of an account shows; the export has all of them.
const ENTRIES_MAX: usize = 100;

/// Accounts of one published name, summed up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summed {
    /// The published name.
    pub name: String,
    /// One of them, for its words.
    pub account: LedgerAccount,
    /// Whether it is the only one: then it may be told whose it is.
    pub only: bool,
    /// What they have.
    pub amount: Fen,
    /// What of it is below zero: of homes, their credit.
    pub below: Fen,
}

/// What accounts have, how fees come in, the balances of months.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerPage {
    /// What there is, in the order of the chart.
    pub accounts: Vec<Summed>,
    /// How many entries there are.
    pub entries: usize,
    /// What somebody has to look into.
    pub problems: Vec<LedgerProblem>,
    /// How fees were paid, and what is owed.
    pub fees: Fees,
    /// Balances that were signed, the newest month first.
    pub months: Vec<MonthPage>,
}

/// Balances at the end of a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthPage {
    /// The fact.
    pub id: FactId,
    /// The month.
    pub month: Month,
    /// Who signed first, and when.
    pub signed: (PersonId, Moment),
    /// Who signed as the second person, and when.
    pub confirmed: Option<(PersonId, Moment)>,
    /// Accounts whose balance differs in this phone's ledger: what was signed, what is here.
    pub differs: Vec<(String, Fen, Fen)>,
}

/// What an account moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountPage {
    /// What it is, and what it has.
    pub account: Summed,
    /// What it moved, the newest quarter first.
    pub quarters: Vec<(Month, Total)>,
    /// The entries of the quarter that is open, the newest first.
    pub entries: Vec<EntryLine>,
    /// How many more there are.
    pub more: usize,
}

/// An entry, as the page of an account lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryLine {
    /// Its fact.
    pub fact: FactId,
    /// What happened.
    pub memo: Memo,
    /// When.
    pub day: Day,
    /// What it added to the account.
    pub amount: Fen,
    /// Whose home it is about, if it is about one.
    pub home: Option<UnitCode>,
}

/// An entry, with what shows that it is so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryPage {
    /// Its fact.
    pub fact: FactId,
    /// What happened.
    pub memo: Memo,
    /// When.
    pub when: Moment,
    /// Who signed it, if this phone knows the device.
    pub author: Option<PersonId>,
    /// What it added to accounts.
    pub sums: Vec<Summed>,
    /// The number of its paper: receipt, invoice, slip, reference.
    pub paper: Option<String>,
    /// Photos of it.
    pub proof: Vec<Attachment>,
}

/// Sums accounts up by their published names, in the order they come.
fn summed<'a>(sums: impl Iterator<Item = (&'a LedgerAccount, Fen)>) -> Option<Vec<Summed>> {
    let mut all: Vec<Summed> = Vec::new();
    let mut at: BTreeMap<String, usize> = BTreeMap::new();
    for (account, amount) in sums {
        let name = published(account);
        let below = amount.min(Fen::ZERO);
        let known = at.get(&name).and_then(|at| all.get_mut(*at));
        if let Some(sum) = known {
            sum.only &= sum.account == *account;
            sum.amount = sum.amount.plus(amount)?;
            sum.below = sum.below.plus(below)?;
        } else {
            at.insert(name.clone(), all.len());
            let account = account.clone();
            all.push(Summed { name, account, only: true, amount, below });
        }
    }
    Some(all)
}

impl Kept {
    fn balances(&self) -> Option<Vec<Summed>> {
        summed(self.ledger.balances(self.today)?.into_iter())
    }

    /// `None` for who does not hold all homes, or where a sum cannot be held.
    pub(super) fn ledger_page(&self) -> Option<LedgerPage> {
        let fees = self.fees.clone()?;
        let mut accounts = self.balances()?;
        accounts.retain(|sum| sum.amount != Fen::ZERO || sum.below != Fen::ZERO);
        let mut months = self
            .treasury
            .balances
            .values()
            .map(|signed| month_page(&self.ledger, signed))
            .collect::<Option<Vec<_>>>()?;
        months.sort_by_key(|page| std::cmp::Reverse((page.month, page.signed.1)));
        let (entries, problems) = (self.ledger.entries().len(), self.ledger.problems.clone());
        Some(LedgerPage { accounts, entries, problems, fees, months })
    }

    /// `None` for who does not hold all homes, or where there is no such account.
    pub(super) fn account_page(&self, name: &str, open: Option<Month>) -> Option<AccountPage> {
        self.fees.as_ref()?;
        let account = self.balances()?.into_iter().find(|sum| sum.name == name)?;
        let quarters = self.ledger.quarters(&Days::default())?.into_iter();
        let mut quarters: Vec<(Month, Total)> = quarters
            .filter(|((_, of), _)| of == name)
            .map(|((quarter, _), total)| (quarter, total))
            .collect();
        quarters.reverse();
        let behind = open.map(|quarter| self.ledger.behind(quarter, name).collect::<Vec<_>>());
        let behind = behind.unwrap_or_default();
        let shown = behind.iter().rev().take(ENTRIES_MAX);
        let entries = shown.map(|entry| {
            let postings = || self.ledger.postings(entry);
            let own = postings().filter(|(account, _)| published(account) == name);
            let mut homes = postings().filter_map(|(account, _)| account.home());
            let home = homes.next().cloned().filter(|home| homes.all(|other| other == home));
            let amount = Fen::sum(own.map(|(_, amount)| amount))?;
            Some(EntryLine { fact: entry.fact, memo: entry.memo, day: entry.day, amount, home })
        });
        let entries = entries.collect::<Option<Vec<_>>>()?;
        let more = behind.len().saturating_sub(entries.len());
        Some(AccountPage { account, quarters, entries, more })
    }

    /// What the entry of a fact says, without other people's homes.
    fn entry(&self, fact: &FactId) -> Option<(Memo, Moment, Vec<Summed>)> {
        // A bill that takes credit up has two: itself, and what of the credit went to lateness.
        let entries: Vec<_> = self.ledger.entries().iter().filter(|e| e.fact == *fact).collect();
        let entry = entries.first()?;
        let postings = entries.iter().flat_map(|entry| self.ledger.postings(entry));
        let sums = summed(postings.filter(|(account, _)| self.shows(account.home())))?;
        Some((entry.memo, entry.when, sums))
    }
}

fn month_page(ledger: &Ledger, signed: &Signed) -> Option<MonthPage> {
    let entered = &signed.entered;
    Some(MonthPage {
        id: entered.id,
        month: entered.fields.month,
        signed: (entered.author.person, entered.when),
        confirmed: signed.confirmed.map(|cosigned| (cosigned.by, cosigned.when)),
        differs: differences(ledger, &entered.fields)?,
    })
}

impl<S: Store> Replica<S> {
    /// Tells of an entry, if its fact lies here and its person may read it.
    pub(super) fn entry_page(
        &self,
        kept: &Kept,
        id: &FactId,
        now: Moment,
    ) -> Result<Option<EntryPage>, ReplicaError> {
        let Some((memo, when, sums)) = kept.entry(id) else { return Ok(None) };
        let Some(row) = self.store().get(Table::Fact, &id.0)? else { return Ok(None) };
        let fact = Fact::decode(&FactRow::decode(&row)?.bytes)?;
        let fields = Fields::of(&fact);
        let home = fields.as_ref().and_then(Fields::home);
        if !kept.shows(home) {
            return Ok(None);
        }
        let author = self.member()?.current.author(&fact.by, When::Now(now)).ok();
        Ok(Some(EntryPage {
            fact: *id,
            memo,
            when,
            author: author.map(|author| author.person),
            sums,
            paper: fields.and_then(|fields| fields.paper()),
            proof: linli_domain::payments::attachments(&fact),
        }))
    }
}
