//! What this person may do with money: a button stands where the rules would say yes.

use std::collections::{BTreeMap, BTreeSet};

use linli_domain::{
    kernel::{Author, Fen, Moment, PersonId, Role, When},
    payments::{
        self, Account, Method, Round,
        account::{self, DEMANDED_MAX, ReceiptAsked},
        books,
        round::{self, Count},
    },
    registry::DeviceEntry,
};
use linli_wire::FactId;

use super::{Doable, HomePage, ask::Home};
use crate::{ReplicaError, replica::Replica, store::Store};

/// What this person may do, thing by thing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MoneyOffers {
    /// With the home that is open.
    pub home: Vec<Doable>,
    /// With its receipts and refunds.
    pub papers: Vec<(FactId, Doable)>,
    /// With the round that is open.
    pub round: Vec<Doable>,
    /// With its counts.
    pub counts: Vec<(FactId, Doable)>,
    /// With bill runs.
    pub runs: Vec<(FactId, Doable)>,
    /// With what concerns all homes.
    pub all: Vec<Doable>,
    /// The tariff that came last.
    pub tariff: Option<FactId>,
    /// What those are now who keep, collect or audit the money.
    pub roles: BTreeMap<PersonId, Role>,
    /// Buildings and people for a new round; empty for who gives none.
    pub collectors: Vec<(String, PersonId, Role)>,
    /// The stairs that their buildings have.
    pub stairs: BTreeSet<u16>,
    /// Whether one of them may be given the office's counter.
    pub counter: bool,
    /// The round of the counter on which this person takes cash for the home that is open.
    pub at_counter: Option<FactId>,
}

/// A reason that no screen shows: only whether the rules would say yes is asked.
const SOME: &str = "…";

impl<S: Store> Replica<S> {
    /// Tells what this person may do with what is open.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn money_offers(
        &self,
        home: Option<&HomePage>,
        round: Option<&Round>,
        now: Moment,
    ) -> Result<MoneyOffers, ReplicaError> {
        let author = self.viewer(now)?;
        let mut offers = MoneyOffers::default();
        if let Some(page) = home {
            if round.is_none() {
                offers.at_counter = self.own_counter(&author, now)?;
            }
            let cash_on = round.map(|round| round.id).or(offers.at_counter);
            offers.home = self.offers_of_home(page, round, cash_on, &author, now)?;
            for account in &page.accounts {
                self.offer_papers(account, page, &author, now, &mut offers.papers)?;
            }
        }
        if let Some(round) = round {
            let unit = round.fields.units.first().cloned();
            let visit = |unit| round::Asked::Visit {
                unit,
                visit: payments::Visit::NobodyIn,
                note: String::new(),
            };
            if unit.is_some_and(|unit| round.decide(&author, &visit(unit)).is_ok()) {
                offers.round.push(Doable::Visit);
            }
            let count = round::Asked::Count { notes: Vec::new(), reason: SOME.to_owned() };
            if round.decide(&author, &count).is_ok() {
                offers.round.push(Doable::Count);
            }
            for count in round.counts.values() {
                let doable = next(round, count, &author);
                offers.counts.extend(doable.into_iter().map(|doable| (count.id, doable)));
            }
        }
        offers.runs = self.offers_of_runs(&author)?;
        offers.roles = self.keepers(now)?;
        offers.tariff = self.member()?.books.tariffs().first().map(|tariff| tariff.id);
        if books::may_bill(&author) {
            self.offer_collectors(now, &mut offers)?;
            if !offers.collectors.is_empty() {
                offers.all.push(Doable::OpenRound);
            }
            if offers.tariff.is_some() {
                offers.all.push(Doable::Bill);
            }
        }
        if books::may_decide(&author) {
            offers.all.push(Doable::Tariff);
        }
        Ok(offers)
    }

    fn offers_of_home(
        &self,
        page: &HomePage,
        round: Option<&Round>,
        cash_on: Option<FactId>,
        author: &Author,
        now: Moment,
    ) -> Result<Vec<Doable>, ReplicaError> {
        let owed = page.statement.owed;
        let fen = Fen::new(1);
        let receipt = |method, reference: Option<String>| {
            account::Asked::Receive(ReceiptAsked {
                amount: fen,
                method,
                choice: None,
                slip: None,
                reference,
                reason: Some(SOME.to_owned()),
                ahead: true,
            })
        };
        let bills = page.statement.open().map(|owed| owed.bill).take(DEMANDED_MAX).collect();
        let asked = [
            (Doable::Collect, receipt(Method::Cash, None)),
            (Doable::Record, receipt(Method::Bank, Some(SOME.to_owned()))),
            (
                Doable::Refund,
                account::Asked::Refund {
                    amount: fen,
                    method: Method::Cash,
                    reason: SOME.to_owned(),
                },
            ),
            (
                Doable::Demand,
                account::Asked::Demand {
                    bills,
                    delivery: payments::Delivery::Paper,
                    proof: Vec::new(),
                },
            ),
            (
                Doable::PayFund,
                account::Asked::PayFund { amount: fen, first: false, reference: SOME.to_owned() },
            ),
            (
                Doable::TakeDeposit,
                account::Asked::TakeDeposit { amount: fen, purpose: SOME.to_owned() },
            ),
        ];
        let mut offers = Vec::new();
        for (doable, asked) in asked {
            let wanted = match doable {
                Doable::Demand => owed > Fen::ZERO,
                // At a door there is money to be collected, and nothing else.
                Doable::PayFund | Doable::TakeDeposit => round.is_none(),
                _ => true,
            };
            if wanted && self.would(page, &asked, cash_on, author, now)? {
                offers.push(doable);
            }
        }
        Ok(offers)
    }

    fn offers_of_runs(&self, author: &Author) -> Result<Vec<(FactId, Doable)>, ReplicaError> {
        let books = &self.member()?.books;
        let offer = |run: &&payments::BillRun| {
            let (doable, asked) = match &run.withdrawal {
                None => {
                    let (run, reason) = (run.id, SOME.to_owned());
                    (Doable::WithdrawRun, books::Asked::Withdraw { run, reason })
                }
                Some(asked) if asked.agreed.is_none() => {
                    (Doable::AgreeWithdrawal, books::Asked::Agree { to: asked.id })
                }
                Some(_) => return None,
            };
            books.decide_run(author, &asked).is_ok().then_some((run.id, doable))
        };
        Ok(books.runs().iter().filter_map(offer).collect())
    }

    fn offer_papers(
        &self,
        account: &Account,
        page: &HomePage,
        author: &Author,
        now: Moment,
        offers: &mut Vec<(FactId, Doable)>,
    ) -> Result<(), ReplicaError> {
        let agree = |to| account::Asked::Agree { to };
        let would = |asked: &account::Asked| self.would(page, asked, None, author, now);
        for receipt in account.receipts.values() {
            let id = receipt.id;
            match &receipt.void {
                None => {
                    let reason = SOME.to_owned();
                    if would(&account::Asked::Void { receipt: id, reason })? {
                        offers.push((id, Doable::Void));
                    }
                }
                Some(void) if void.agreed.is_none() && would(&agree(void.id))? => {
                    offers.push((id, Doable::AgreeVoid));
                }
                Some(_) => {}
            }
            let twice = page.statement.twice.contains(&id);
            if twice && would(&account::Asked::KeepCredit { receipt: id })? {
                offers.push((id, Doable::KeepCredit));
            }
        }
        for deposit in account.deposits.values() {
            let amount = Fen::new(1);
            if would(&account::Asked::ReturnDeposit { deposit: deposit.id, amount })? {
                offers.push((deposit.id, Doable::ReturnDeposit));
            }
        }
        for refund in account.refunds.values().filter(|refund| refund.agreed.is_none()) {
            if would(&agree(refund.id))? {
                offers.push((refund.id, Doable::AgreeRefund));
            }
        }
        Ok(())
    }

    /// Tells whether the rules would say yes.
    fn would(
        &self,
        page: &HomePage,
        asked: &account::Asked,
        round: Option<FactId>,
        author: &Author,
        now: Moment,
    ) -> Result<bool, ReplicaError> {
        let HomePage { unit, accounts, statement: said, .. } = page;
        match self.decide_on(&Home { unit, accounts, said }, asked, round, author, now) {
            Ok(_) => Ok(true),
            Err(crate::AskError::Refused(_) | crate::AskError::Misread(_)) => Ok(false),
            Err(crate::AskError::Failed(error)) => Err(error),
        }
    }

    /// Returns the people of the office and the heads, each with their weightiest role.
    fn keepers(&self, now: Moment) -> Result<BTreeMap<PersonId, Role>, ReplicaError> {
        let registry = &self.member()?.current;
        let mut roles: BTreeMap<PersonId, Role> = BTreeMap::new();
        let keeps = |role: &Role| role.is_office() || role.is_head();
        // Most phones are households': their rights are not asked for.
        let ever = |entry: &&DeviceEntry| entry.tenures.iter().any(|t| keeps(&t.duty.role));
        for entry in registry.devices().filter(ever) {
            let Ok(author) = registry.author(&entry.device, When::Now(now)) else { continue };
            if let Some(role) = author.duties.iter().map(|duty| duty.role).filter(keeps).min() {
                let known = roles.entry(author.person).or_insert(role);
                *known = role.min(*known);
            }
        }
        Ok(roles)
    }

    /// Tells who can be given a round of which building: whoever may take money for a home there.
    fn offer_collectors(&self, now: Moment, offers: &mut MoneyOffers) -> Result<(), ReplicaError> {
        let registry = &self.member()?.current;
        let found = &mut offers.collectors;
        let takes = |role: Role| role.is_head() || role == Role::Property;
        let ever = |entry: &&DeviceEntry| entry.tenures.iter().any(|t| takes(t.duty.role));
        for entry in registry.devices().filter(ever) {
            let Ok(author) = registry.author(&entry.device, When::Now(now)) else { continue };
            let units = registry.units().map(|unit| &unit.code);
            let units = units.filter(|unit| payments::may_collect(&author, unit));
            let mut buildings: BTreeSet<&str> = BTreeSet::new();
            for unit in units {
                buildings.insert(unit.building());
                offers.stairs.insert(unit.stair());
            }
            offers.counter |= payments::may_serve_counter(&author);
            for role in author.duties.iter().map(|duty| duty.role).filter(|role| takes(*role)) {
                let of = |building: &&str| ((*building).to_owned(), author.person, role);
                found.extend(buildings.iter().map(of));
            }
        }
        found.sort();
        found.dedup();
        Ok(())
    }
}

/// What this person may do next with a count: take it over, once they have counted it themselves.
fn next(round: &Round, count: &Count, author: &Author) -> Vec<Doable> {
    let take = count.last_recount(&author.person).map(|last| {
        let asked = round::Asked::Take { recount: last.id, reason: SOME.to_owned() };
        (Doable::Take, asked)
    });
    let recount = round::Asked::Recount { count: count.id, notes: Vec::new() };
    let bank = round::Asked::Bank {
        count: count.id,
        amount: Fen::new(1),
        slip: SOME.to_owned(),
        proof: Vec::new(),
    };
    take.into_iter()
        .chain([(Doable::Recount, recount), (Doable::Bank, bank)])
        .filter(|(_, asked)| round.decide(author, asked).is_ok())
        .map(|(doable, _)| doable)
        .collect()
}
