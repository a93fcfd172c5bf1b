//! Putting entries together, and in their order.

use std::collections::BTreeMap;

use linli_wire::FactId;

use super::{Entry, Ledger, LedgerAccount, LedgerProblem, Memo, Posting, SubAccount};
use crate::{
    kernel::{Day, Fen, Moment, UnitCode},
    law::RuleSet,
};

/// Postings of most entries: a receipt has two or three, a bill one more than charges.
const USUAL_POSTINGS: usize = 3;

/// A ledger that is being derived.
pub(super) struct Build {
    /// Minutes ahead of UTC at which a day begins.
    offset: i32,
    accounts: BTreeMap<LedgerAccount, u32>,
    /// Charges by name: there are few, and every bill asks for them.
    charges: BTreeMap<String, u32>,
    chart: Vec<LedgerAccount>,
    entries: Vec<Entry>,
    postings: Vec<Posting>,
    problems: Vec<LedgerProblem>,
    pub(super) sub_accounts: BTreeMap<UnitCode, SubAccount>,
}

impl Build {
    /// Begins, with room for so many entries.
    pub(super) fn new(law: &RuleSet, entries: usize) -> Self {
        Self {
            offset: law.utc_offset_minutes,
            accounts: BTreeMap::new(),
            charges: BTreeMap::new(),
            chart: Vec::new(),
            entries: Vec::with_capacity(entries),
            postings: Vec::with_capacity(entries.saturating_mul(USUAL_POSTINGS)),
            problems: Vec::new(),
            sub_accounts: BTreeMap::new(),
        }
    }

    /// Returns the account's place, and gives it one if it has none.
    pub(super) fn account(&mut self, account: LedgerAccount) -> Option<u32> {
        if let Some(at) = self.accounts.get(&account) {
            return Some(*at);
        }
        let at = u32::try_from(self.chart.len()).ok()?;
        self.chart.push(account.clone());
        self.accounts.insert(account, at);
        Some(at)
    }

    pub(super) fn charge(&mut self, name: &str) -> Option<u32> {
        if let Some(at) = self.charges.get(name) {
            return Some(*at);
        }
        let at = self.account(LedgerAccount::Charge(name.to_owned()))?;
        self.charges.insert(name.to_owned(), at);
        Some(at)
    }

    /// Writes an entry; sums of nothing are left out, and so is an entry without any.
    pub(super) fn enter(
        &mut self,
        fact: FactId,
        when: Moment,
        memo: Memo,
        postings: &[(u32, Fen)],
    ) -> Option<()> {
        let from = self.postings.len();
        let moved = postings.iter().filter(|(_, amount)| *amount != Fen::ZERO);
        self.postings
            .extend(moved.map(|(account, amount)| Posting { account: *account, amount: *amount }));
        if self.postings.len() > from {
            let day = Day::of(when, self.offset)?;
            let postings = from..self.postings.len();
            self.entries.push(Entry { fact, when, day, memo, postings });
        }
        Some(())
    }

    pub(super) fn problem(&mut self, problem: LedgerProblem) {
        self.problems.push(problem);
    }

    /// Puts accounts, entries and problems in order, which follows from them alone. `None` if an entry does
    /// not sum to zero: then something here is broken, and nothing is told rather than something wrong.
    pub(super) fn finish(mut self) -> Option<Ledger> {
        // A fact is entered once for each memo, so nothing ties. As numbers ids have the order of their bytes.
        let order = |entry: &Entry| (entry.when, entry.memo, u128::from_be_bytes(entry.fact.0));
        self.entries.sort_unstable_by_key(order);
        let mut places = vec![0_u32; self.chart.len()];
        for (new, old) in self.accounts.values().enumerate() {
            *places.get_mut(usize::try_from(*old).ok()?)? = u32::try_from(new).ok()?;
        }
        let mut postings = Vec::with_capacity(self.postings.len());
        for entry in &mut self.entries {
            let from = postings.len();
            let mut sum = Fen::ZERO;
            for posting in self.postings.get(entry.postings.clone())? {
                let account = *places.get(usize::try_from(posting.account).ok()?)?;
                sum = sum.plus(posting.amount)?;
                postings.push(Posting { account, amount: posting.amount });
            }
            entry.postings = from..postings.len();
            if sum != Fen::ZERO {
                return None;
            }
        }
        self.problems.sort();
        self.problems.dedup();
        let Self { accounts, entries, problems, sub_accounts, .. } = self;
        let chart = accounts.into_keys().collect();
        Some(Ledger { chart, entries, postings, problems, sub_accounts })
    }
}
