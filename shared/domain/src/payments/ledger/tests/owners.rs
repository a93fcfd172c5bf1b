//! The maintenance fund, common income, the committee, deposits.

use linli_wire::{DeviceId, FactId, Hash, PersonId};

use super::*;
use crate::{
    kernel::{Author, Duty, Month, Role, Scope},
    payments::{
        ApprovedFields, BalancesFields, CommonIncomeFields, CommonSource, CosignedFields,
        DepositFields, DepositReturnedFields, Emergency, EmergencyFields, ExpenseFields, Fields,
        FundPaidFields, ProjectFields, Refusal, SpentFields, SplitFields,
        treasury::{differences, summary},
    },
    repairs::{
        Place,
        given::{fang, mei, photo, wang},
    },
};

/// Guo, whom the owners named to watch over their money.
fn guo() -> Author {
    let duties = vec![Duty { role: Role::Auditor, scope: Scope::Community }];
    Author { device: DeviceId([16; 32]), person: PersonId([16; 16]), duties, ..fang() }
}

/// Shen, of the committee like Fang.
fn shen() -> Author {
    Author { device: DeviceId([18; 32]), person: PersonId([18; 16]), ..fang() }
}

/// Three homes of 78.90, 79.93 and 80.96 m².
struct Fund {
    street: Street,
    turn: i64,
}

impl Fund {
    /// Each home with its first deposit: 3,000.00, 4,000.00 and 1.00.
    fn new() -> Self {
        let mut fund = Self { street: Street::new(3, 1).unwrap(), turn: 0 };
        for (home, amount) in [(0, 300_000), (1, 400_000), (2, 100)] {
            fund.pay_in(home, amount, true);
        }
        fund
    }

    fn pay_in(&mut self, home: usize, fen: i64, first: bool) -> FactId {
        let unit = self.street.units[home].code.clone();
        let (amount, reference) = (Fen::new(fen), "0917".to_owned());
        let about = Account::id(&unit, 2026);
        let fields = Fields::FundPaid(FundPaidFields { unit, amount, first, reference });
        self.write(&wang(), Some(about), &fields)
    }

    fn write(&mut self, author: &Author, about: Option<FactId>, fields: &Fields) -> FactId {
        self.turn += 1;
        let at = Street::noon(self.street.months[0], 2).unwrap();
        let about = about.or(Some(Treasury::id()));
        self.street.write(author, about, fields, Moment(at.0 + self.turn * 60_000))
    }

    fn project(&mut self, place: Place, fen: i64) -> FactId {
        let units = u32::try_from(self.street.units.len()).unwrap();
        let roster = self.street.roster(units).unwrap().hash();
        let (purpose, repair, budget) = ("屋面防水".to_owned(), None, Fen::new(fen));
        let fields = ProjectFields { purpose, place, repair, budget, units, roster };
        self.write(&wang(), None, &Fields::Project(fields))
    }

    fn approve(&mut self, project: FactId, fen: i64) -> FactId {
        let (budget, decision) = (Fen::new(fen), Hash([9; 32]));
        let fields = ApprovedFields { project, budget, decision };
        self.write(&fang(), None, &Fields::Approved(fields))
    }

    fn cosign(&mut self, author: &Author, to: FactId) -> FactId {
        self.write(author, None, &Fields::Cosigned(CosignedFields { to }))
    }

    fn spend(&mut self, project: FactId, fen: i64) -> FactId {
        let (amount, invoice, proof) = (Fen::new(fen), "0917".to_owned(), vec![photo()]);
        let fields = SpentFields { project, amount, invoice, proof };
        self.write(&fang(), None, &Fields::Spent(fields))
    }

    fn earn(&mut self, fen: i64, cost: i64) -> FactId {
        let (amount, cost, voucher, proof) =
            (Fen::new(fen), Fen::new(cost), "0917".to_owned(), Vec::new());
        let (source, quarter) = (CommonSource::Parking, Month::parse("2026-01").unwrap());
        let fields = CommonIncomeFields { source, quarter, amount, cost, voucher, proof };
        self.write(&wang(), None, &Fields::Income(fields))
    }

    fn split(&mut self, to_fund: i64, to_committee: i64, low: bool) -> FactId {
        let units = u32::try_from(self.street.units.len()).unwrap();
        let fields = SplitFields {
            quarter: Month::parse("2026-01").unwrap(),
            to_fund: Fen::new(to_fund),
            to_committee: Fen::new(to_committee),
            low,
            decision: Hash([9; 32]),
            units,
            roster: self.street.roster(units).unwrap().hash(),
        };
        self.write(&fang(), None, &Fields::Split(fields))
    }

    /// Derives the ledger, and from the facts backwards the same one.
    fn told(&self) -> Ledger {
        let ledger = self.street.ledger(&self.street.facts).unwrap();
        assert_even(&ledger);
        let backwards: Vec<_> = self.street.facts.iter().rev().cloned().collect();
        assert_eq!(self.street.ledger(&backwards).unwrap(), ledger);
        ledger
    }

    fn refused(&self) -> Vec<Refusal> {
        let treasury = self.street.treasury(&self.street.facts);
        treasury.refused.iter().map(|(_, refusal)| *refusal).collect()
    }

    fn waiting(&self) -> usize {
        self.street.treasury(&self.street.facts).waiting.len()
    }
}

fn words(ledger: &Ledger) -> Vec<&'static str> {
    ledger.problems.iter().map(LedgerProblem::word).collect()
}

#[test]
fn works_are_shared_by_area_and_what_a_sub_account_lacks_is_owed() {
    let mut fund = Fund::new();
    let project = fund.project(Place::Building("3".to_owned()), 100_000);
    let approval = fund.approve(project, 100_000);
    fund.cosign(&guo(), approval);
    fund.spend(project, 100_000);
    let ledger = fund.told();
    // 1,000.00 × 7890, 7993, 8096 of 23979: .03, .33 and .62 of a fen are left; the last gets the odd one.
    assert_eq!(balance(&ledger, "liabilities:fund:unit:3-2-101"), -(300_000 - 32_904));
    assert_eq!(balance(&ledger, "liabilities:fund:unit:3-2-102"), -(400_000 - 33_333));
    assert_eq!(balance(&ledger, "liabilities:fund:unit:3-2-103"), 0);
    assert_eq!(balance(&ledger, "assets:fund:owed:3-2-103"), 33_763 - 100);
    assert_eq!(balance(&ledger, "assets:fund:bank"), 700_100 - 100_000);
    let units: Vec<&UnitCode> = ledger.sub_accounts.keys().collect();
    let third = ledger.sub_accounts[units[2]];
    assert_eq!((third.balance, third.owed), (Fen::ZERO, Fen::new(33_663)));
    assert_eq!(words(&ledger), ["provisional"], "nobody here recomputes the vote");
    // What is paid settles what is owed first.
    fund.pay_in(2, 40_000, false);
    let ledger = fund.told();
    assert_eq!(balance(&ledger, "assets:fund:owed:3-2-103"), 0);
    assert_eq!(balance(&ledger, "liabilities:fund:unit:3-2-103"), -6_337);
}

#[test]
fn nothing_is_spent_before_two_have_approved_it_nor_far_beyond() {
    let mut fund = Fund::new();
    let project = fund.project(Place::Community, 100_000);
    fund.spend(project, 50_000);
    assert_eq!((fund.waiting(), fund.refused()), (1, vec![]), "nobody has approved it");
    let approval = fund.approve(project, 100_000);
    fund.cosign(&fang(), approval);
    fund.cosign(&mei(), approval);
    fund.cosign(&shen(), approval);
    assert_eq!(fund.refused().len(), 3, "the same person, a resident, and no auditor");
    fund.spend(project, 50_000);
    assert_eq!(fund.waiting(), 2, "one person alone");
    fund.cosign(&guo(), approval);
    assert_eq!(fund.waiting(), 2, "what was spent before stays uncounted");
    fund.spend(project, 110_000);
    assert_eq!(balance(&fund.told(), "assets:fund:bank"), 700_100 - 110_000, "10 % over");
    fund.spend(project, 1);
    assert!(fund.refused().contains(&Refusal::OverBudget));
    let more = fund.approve(project, 110_001);
    fund.cosign(&guo(), more);
    fund.spend(project, 1);
    assert_eq!(balance(&fund.told(), "assets:fund:bank"), 700_100 - 110_001);
}

#[test]
fn an_emergency_takes_the_committee_and_another_person() {
    let mut fund = Fund::new();
    let project = fund.project(Place::Stair { building: "3".to_owned(), stair: 2 }, 7_000);
    let urge = |author: &Author, fund: &mut Fund| {
        let fields = EmergencyFields { project, cause: Emergency::Lift };
        fund.write(author, None, &Fields::Emergency(fields))
    };
    let urged = urge(&wang(), &mut fund);
    let zhou = Author { device: DeviceId([17; 32]), person: PersonId([17; 16]), ..wang() };
    fund.cosign(&zhou, urged);
    fund.spend(project, 7_000);
    fund.cosign(&guo(), urged);
    assert_eq!(
        fund.waiting(),
        1,
        "two of the company are not enough, nor one of them and an auditor"
    );
    fund.cosign(&shen(), urged);
    fund.spend(project, 7_000);
    let ledger = fund.told();
    assert_eq!(balance(&ledger, "assets:fund:bank"), 700_100 - 7_000);
    assert!(ledger.problems.is_empty(), "{:?}", ledger.problems);
    let treasury = fund.street.treasury(&fund.street.facts);
    let project = &treasury.projects[&project];
    let mut law = fund.street.law.clone();
    assert!(project.needs_audit(&law), "no city says that small works may skip it");
    law.money.small_audit_yuan = 70;
    assert!(!project.needs_audit(&law), "up to 70 yuan");
    let inside = fund.project(Place::Home(fund.street.units[0].code.clone()), 7_000);
    assert!(fund.refused().contains(&Refusal::PlaceNotVerified), "{inside:?}: no common part");
}

#[test]
fn common_income_is_shared_out_as_far_as_it_came_in_and_a_low_fund_gets_its_least_share() {
    let mut fund = Fund::new();
    // Drawn below 30 % of the first deposits, 7,001.00.
    let project = fund.project(Place::Community, 900_000);
    let approval = fund.approve(project, 900_000);
    fund.cosign(&guo(), approval);
    fund.spend(project, 900_000);
    assert_eq!(words(&fund.told()), ["overdrawn", "provisional"]);
    assert_eq!(fund.told().fund_is_low(&fund.street.law.money), Some(true));
    fund.split(1, 0, true);
    assert_eq!(fund.waiting(), 1, "nothing came in");
    fund.earn(90_001, 10_000);
    let mut greedy = Fund { street: Street::new(3, 1).unwrap(), turn: 0 };
    greedy.earn(90_001, 10_000);
    greedy.split(40_000, 0, true);
    assert_eq!(greedy.refused(), [Refusal::TooLittleToFund], "half of 800.01 is 400.005");
    greedy.split(40_001, 40_001, true);
    assert_eq!(greedy.waiting(), 1, "more than came in");
    greedy.split(40_001, 30_000, true);
    assert_eq!(greedy.waiting(), 1, "still more than came in");
    greedy.split(0, 10_000, true);
    greedy.split(1, 0, true);
    let refused = greedy.refused();
    let already = refused.iter().filter(|refusal| **refusal == Refusal::AlreadySplit).count();
    assert_eq!((refused.len(), already), (3, 2), "nothing is left, also for the one that waited");
    let spend = ExpenseFields {
        purpose: "打印".to_owned(),
        amount: Fen::new(1_234),
        invoice: "17".to_owned(),
        proof: vec![photo()],
    };
    greedy.write(&fang(), None, &Fields::Expense(spend));
    let ledger = greedy.told();
    assert_eq!(balance(&ledger, "assets:common:money"), 0);
    assert_eq!(balance(&ledger, "expenses:common:source:parking"), 10_000);
    assert_eq!(balance(&ledger, "assets:committee:money"), 40_000 - 1_234);
    assert_eq!(balance(&ledger, "liabilities:fund:unit:"), -40_001);
    assert_eq!(words(&ledger), ["other_low"; 2], "there never was a deposit to be low of");
}

#[test]
fn a_deposit_is_held_apart_and_no_more_of_it_is_given_back() {
    let mut fund = Fund::new();
    let unit = fund.street.units[1].code.clone();
    let about = Some(Account::id(&unit, 2026));
    let fields =
        DepositFields { unit: unit.clone(), amount: Fen::new(2_000), purpose: "装修".into() };
    let deposit = fund.write(&wang(), about, &Fields::Deposit(fields));
    for amount in [700, 1_301, 1_300] {
        let amount = Fen::new(amount);
        let fields = DepositReturnedFields { unit: unit.clone(), deposit, amount };
        fund.write(&wang(), about, &Fields::DepositReturned(fields));
    }
    let ledger = fund.told();
    assert_eq!(balance(&ledger, "assets:deposits:money"), 0);
    let (accounts, _) = fund.street.folded(&fund.street.facts);
    let account = accounts.iter().find(|account| account.unit == unit).unwrap();
    assert_eq!(account.refused.len(), 1, "13.01 of 13.00");
}

#[test]
fn signed_balances_are_recomputed_and_a_fen_more_is_seen() {
    let mut fund = Fund::new();
    fund.earn(5_000, 100);
    let month = Month::parse("2026-01").unwrap();
    let balances = summary(&fund.told(), month).unwrap();
    let names: Vec<&str> = balances.iter().map(|balance| balance.account.as_str()).collect();
    assert_eq!(
        names,
        [
            "assets:common:money",
            "assets:fund:bank",
            "expenses:common:source:parking",
            "income:common:source:parking",
            "liabilities:fund:unit"
        ]
    );
    let signed = BalancesFields { month, balances };
    let first = fund.write(&wang(), None, &Fields::Balances(signed.clone()));
    fund.write(&wang(), None, &Fields::BalancesConfirmed(CosignedFields { to: first }));
    fund.write(&fang(), None, &Fields::BalancesConfirmed(CosignedFields { to: first }));
    let treasury = fund.street.treasury(&fund.street.facts);
    assert_eq!(treasury.refused.len(), 1, "nobody confirms himself");
    assert_eq!(treasury.balances[&first].confirmed.unwrap().by, fang().person);
    assert_eq!(differences(&fund.told(), &signed), Some(vec![]));
    fund.pay_in(0, 1, false);
    let bank =
        |signed, computed| ("assets:fund:bank".to_owned(), Fen::new(signed), Fen::new(computed));
    let found = differences(&fund.told(), &signed).unwrap();
    assert_eq!(found[0], bank(700_100, 700_101));
    assert_eq!(found.len(), 2, "the bank, and the sub-accounts");
    let uneven = BalancesFields { balances: signed.balances[1..].to_vec(), ..signed };
    fund.write(&wang(), None, &Fields::Balances(uneven));
    assert_eq!(fund.refused().len(), 2, "what is signed sums to zero");
}
