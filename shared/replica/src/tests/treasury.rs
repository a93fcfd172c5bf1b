//! The owners' common money between phones: planned, approved by two, spent, shared out, signed.

use linli_domain::{
    kernel::{Fen, Month, Role, UnitCode},
    payments::{
        ApprovedFields, CommonIncomeFields, CommonSource, account::Asked as OfHome,
        ledger::LedgerProblem, treasury::Asked,
    },
    repairs::{Place, given::photo},
};
use linli_wire::{FactId, Hash};

use super::{
    given::{NOON, Phone, Village, join, sync},
    money::page,
};
use crate::{Ask, AskError, Done, money};

type Chance = linli_seal::chance::Seeded;

pub(super) fn ask(
    phone: &mut Phone,
    ask: money::Ask,
    chance: &mut Chance,
) -> Result<FactId, String> {
    match phone.ask(&Ask::Money(ask), 0, NOON, chance) {
        Ok(Done::Written(id)) => Ok(id),
        Ok(Done::Held(_)) => panic!("nothing is held"),
        Err(AskError::Refused(word)) => Err(word),
        Err(error) => panic!("{error}"),
    }
}

pub(super) fn common(
    phone: &mut Phone,
    asked: Asked,
    chance: &mut Chance,
) -> Result<FactId, String> {
    ask(phone, money::Ask::Treasury { asked, draft: None }, chance)
}

fn month() -> Month {
    Month::parse("2026-11").unwrap()
}

/// Two homes pay into the fund, a roof is planned, approved by Fang, audited by Guo, and paid; income comes in.
pub(super) fn roofed(village: &mut Village, guo: &mut Phone) -> FactId {
    let Village { relay, chance, fang, wang, .. } = village;
    for unit in ["3-2-501", "1-2-501"] {
        let (amount, first, reference) = (Fen::new(849_015), true, "0917".to_owned());
        let unit = UnitCode::parse(unit).unwrap();
        let asked = OfHome::PayFund { amount, first, reference };
        let home = money::Ask::Home { unit, asked, round: None, draft: None };
        ask(wang, home, chance).unwrap();
    }
    let plan = |repair| Asked::Plan {
        purpose: "屋面防水".to_owned(),
        place: Place::Building("3".to_owned()),
        repair,
        budget: Fen::new(300_001),
    };
    let unverified = common(wang, plan(Some(FactId([7; 16]))), chance);
    assert_eq!(unverified, Err("payments.place_not_verified".to_owned()));
    let project = common(wang, plan(None), chance).unwrap();
    let fields = ApprovedFields { project, budget: Fen::new(300_001), decision: Hash([9; 32]) };
    let not_his = common(wang, Asked::Approve(fields), chance);
    assert_eq!(not_his, Err("payments.not_yours".to_owned()));
    sync(wang, relay, chance);
    sync(fang, relay, chance);
    let approval = common(fang, Asked::Approve(fields), chance).unwrap();
    let own = common(fang, Asked::Cosign { to: approval }, chance);
    assert_eq!(own, Err("payments.not_yours".to_owned()), "an auditor signs as the second person");
    let spend = || Asked::Spend {
        project,
        amount: Fen::new(300_001),
        invoice: "发票17".to_owned(),
        proof: vec![photo()],
    };
    assert_eq!(common(fang, spend(), chance), Err("payments.not_approved".to_owned()));
    sync(fang, relay, chance);
    sync(guo, relay, chance);
    common(guo, Asked::Cosign { to: approval }, chance).unwrap();
    sync(guo, relay, chance);
    sync(fang, relay, chance);
    common(fang, spend(), chance).unwrap();
    assert_eq!(common(fang, spend(), chance), Err("payments.over_budget".to_owned()));
    let income = CommonIncomeFields {
        source: CommonSource::Parking,
        quarter: Month::parse("2026-10").unwrap(),
        amount: Fen::new(90_001),
        cost: Fen::new(10_000),
        voucher: "17".to_owned(),
        proof: Vec::new(),
    };
    common(fang, Asked::Earn(income), chance).unwrap();
    sync(fang, relay, chance);
    sync(wang, relay, chance);
    project
}

#[test]
fn a_roof_is_paid_from_the_sub_accounts_of_its_building_and_the_month_is_signed_by_two() {
    let mut village = Village::new(91);
    let Village { relay, chance, fang, .. } = &mut village;
    let mut guo = join(&mut [fang], Role::Auditor, "community", relay, chance);
    village.sync_all();
    let project = roofed(&mut village, &mut guo);
    let Village { relay, chance, fang, wang, mei, .. } = &mut village;
    // The month is signed by finance, recomputed and signed by the committee.
    let signed = common(wang, Asked::SignMonth { month: month() }, chance).unwrap();
    let own = common(wang, Asked::ConfirmMonth { to: signed }, chance);
    assert_eq!(own, Err("payments.not_yours".to_owned()), "one of the two is of the committee");
    let reads = common(mei, Asked::SignMonth { month: month() }, chance);
    assert_eq!(reads, Err("payments.not_yours".to_owned()));
    for _ in 0..2 {
        sync(wang, relay, chance);
        sync(fang, relay, chance);
    }
    common(fang, Asked::ConfirmMonth { to: signed }, chance).unwrap();
    village.sync_all();
    let Village { relay, chance, fang, wang, mei, .. } = &mut village;
    sync(&mut guo, relay, chance);
    let ledger = wang.ledger(NOON).unwrap();
    for phone in [&*fang, &guo] {
        assert_eq!(phone.ledger(NOON).unwrap(), ledger);
    }
    let subs: Vec<(i64, i64)> =
        ledger.sub_accounts.values().map(|sub| (sub.balance.get(), sub.owed.get())).collect();
    // Two homes of building 3 pay 1,500.01 and 1,500.00; the second one has nothing.
    assert_eq!(subs, [(849_015, 0), (849_015 - 150_001, 0), (0, 150_000)]);
    assert!(matches!(ledger.problems[..], [LedgerProblem::Provisional { .. }]));
    // What is beyond its sub-account stands among a home's bills, with the works that it is for.
    let bill = page(wang, "3-2-502").fund.unwrap();
    let works: Vec<_> = bill.works.iter().map(|(_, _, share, payers)| (*share, *payers)).collect();
    assert_eq!((bill.owed, works), (Fen::new(150_000), vec![(Fen::new(150_000), 2)]));
    assert_eq!(page(mei, "3-2-501").fund, None, "her sub-account had enough");
    let treasury = mei.treasury().unwrap();
    assert_eq!(treasury.projects[&project].spent.len(), 1, "owners read what was spent");
    assert!(treasury.balances.is_empty(), "not the office's balances");
    let signed = &wang.treasury().unwrap().balances[&signed];
    assert_eq!(signed.confirmed.unwrap().by, fang.viewer(NOON).unwrap().person);
    village.assert_agree();
}

#[test]
fn a_month_that_came_out_otherwise_is_not_signed() {
    let mut village = Village::new(92);
    let Village { relay, chance, fang, wang, .. } = &mut village;
    let signed = common(wang, Asked::SignMonth { month: month() }, chance).unwrap();
    for _ in 0..2 {
        sync(wang, relay, chance);
        sync(fang, relay, chance);
    }
    let (amount, purpose) = (Fen::new(2_000), "装修".to_owned());
    let asked = OfHome::TakeDeposit { amount, purpose };
    let unit = UnitCode::parse("3-2-501").unwrap();
    ask(fang, money::Ask::Home { unit, asked, round: None, draft: None }, chance).unwrap();
    let differs = common(fang, Asked::ConfirmMonth { to: signed }, chance);
    assert_eq!(differs, Err("payments.does_not_recompute".to_owned()));
}
