//! Cash that another person counts before they take it over.

use linli_domain::{
    kernel::{Fen, Moment},
    payments::{
        Notes, account,
        ledger::{LedgerAccount, LedgerProblem},
        round,
    },
};
use linli_wire::FactId;

use super::{
    given::{NOON, Phone, Village, sync},
    money::{ask, cash, day, home, of_home, of_round, on_a_round, page, receive},
};
use crate::money::Doable;

fn hundreds(pieces: u32) -> Vec<Notes> {
    vec![Notes { worth: Fen::new(10_000), pieces }]
}

fn offered(phone: &Phone, round: &FactId) -> Vec<Doable> {
    let state = phone.round_state(round).unwrap();
    let offers = phone.money_offers(None, state.as_ref(), NOON).unwrap();
    offers.counts.into_iter().map(|(_, doable)| doable).collect()
}

#[test]
fn who_has_counted_it_themselves_may_take_it_over_or_count_again() {
    let (mut village, round) = on_a_round(74);
    let Village { relay, chance, fang, chen, wang, .. } = &mut village;
    ask(chen, receive("3-2-501", cash("200"), round), NOON, chance).unwrap();
    let count = round::Asked::Count { notes: hundreds(2), reason: String::new() };
    let count = ask(chen, of_round(round, count), NOON, chance).unwrap();
    for phone in [&mut *chen, &mut *wang, &mut *fang] {
        sync(phone, relay, chance);
    }
    let recount = |pieces| round::Asked::Recount { count, notes: hundreds(pieces) };
    let take = |recount| round::Asked::Take { recount, reason: String::new() };
    assert_eq!(offered(chen, &round), []);
    assert_eq!(offered(wang, &round), [Doable::Recount]);
    let first = ask(wang, of_round(round, recount(1)), NOON, chance).unwrap();
    assert_eq!(offered(wang, &round), [Doable::Take, Doable::Recount]);
    let differs = ask(wang, of_round(round, take(first)), NOON, chance);
    assert_eq!(differs, Err("payments.counts_differ".to_owned()));
    // Two counts of one millisecond have no order but that of their hashes.
    let later = Moment(NOON.0 + 60_000);
    let last = ask(wang, of_round(round, recount(2)), later, chance).unwrap();
    let before = ask(wang, of_round(round, take(first)), later, chance);
    assert_eq!(before, Err("payments.counted_again".to_owned()));
    sync(wang, relay, chance);
    sync(fang, relay, chance);
    // What Wang counted is no reason for Fang to take it over.
    assert_eq!(offered(fang, &round), [Doable::Recount]);
    let other = ask(fang, of_round(round, take(last)), NOON, chance);
    assert_eq!(other, Err("payments.not_recounted".to_owned()));
    ask(wang, of_round(round, take(last)), later, chance).unwrap();
    assert_eq!(offered(wang, &round), [Doable::Bank]);
    village.sync_all();
    assert_eq!(offered(&village.fang, &round), [Doable::Bank]);
    village.assert_agree();
}

#[test]
fn a_receipt_for_the_wrong_home_is_made_void_after_the_count_and_its_cash_is_over() {
    let (mut village, round) = on_a_round(81);
    let Village { chance, chen, .. } = &mut village;
    let receipt = ask(chen, receive("3-2-501", cash("200"), round), NOON, chance).unwrap();
    let count = round::Asked::Count { notes: hundreds(2), reason: String::new() };
    ask(chen, of_round(round, count), NOON, chance).unwrap();
    let void = account::Asked::Void { receipt, reason: "是隔壁缴的".to_owned() };
    let void = ask(chen, of_home("3-2-501", void), NOON, chance).unwrap();
    village.sync_all();
    let Village { chance, wang, .. } = &mut village;
    ask(wang, of_home("3-2-501", account::Asked::Agree { to: void }), NOON, chance).unwrap();
    village.sync_all();
    let (unit, owed) = (home("3-2-501"), Fen::new(21_002));
    for phone in [&village.wang, &village.fang, &village.chen, &village.mei] {
        assert_eq!(page(phone, "3-2-501").statement.owed, owed);
    }
    let ledger = village.fang.ledger(NOON).unwrap();
    let balances = ledger.balances(day("2026-12-31")).unwrap();
    let of = |account| balances.iter().find(|(one, _)| **one == account).map(|(_, sum)| *sum);
    assert_eq!(of(LedgerAccount::Home(unit.clone())), Some(owed), "as its own page says");
    assert_eq!(of(LedgerAccount::ShortOver), Some(Fen::new(-20_000)));
    assert_eq!(ledger.problems, [LedgerProblem::VoidAfterCount { unit, receipt }]);
    village.assert_agree();
}
