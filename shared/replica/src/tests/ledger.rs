//! The books of several phones: whatever people do, and whenever they talk, they have one ledger.

use linli_domain::{
    kernel::{Fen, UnitCode},
    payments::{
        Method, Notes, RoundFields,
        account::{Asked, ReceiptAsked},
        ledger::{Ledger, LedgerAccount},
        round::{self, WORTHS},
    },
};
use linli_wire::FactId;
use proptest::prelude::*;

use super::{
    given::{NOON, Phone, Village, sync},
    money::billed,
};
use crate::{Ask, AskError, Done, money};

type Chance = linli_seal::chance::Seeded;

/// Asks; what is refused is not done, as on a screen.
fn ask(phone: &mut Phone, ask: money::Ask, chance: &mut Chance) -> Option<FactId> {
    match phone.ask(&Ask::Money(ask), 0, NOON, chance) {
        Ok(Done::Written(id)) => Some(id),
        Ok(Done::Held(_)) => panic!("nothing is held"),
        Err(AskError::Refused(_)) => None,
        Err(error) => panic!("{error}"),
    }
}

fn homes() -> [UnitCode; 2] {
    ["3-2-501", "3-2-502"].map(|text| UnitCode::parse(text).unwrap())
}

fn notes(mut fen: i64) -> Vec<Notes> {
    let mut notes = Vec::new();
    for worth in WORTHS {
        let pieces = u32::try_from(fen / worth).unwrap();
        fen %= worth;
        notes.push(Notes { worth: Fen::new(worth), pieces });
    }
    notes.retain(|notes| notes.pieces > 0);
    notes
}

/// One act of somebody, on what this phone has seen.
fn act(phone: &mut Phone, round: FactId, what: u8, sum: u16, chance: &mut Chance) {
    let [one, other] = homes();
    let unit = if sum.is_multiple_of(2) { one } else { other };
    let of_home = |asked, round| money::Ask::Home { unit: unit.clone(), asked, round, draft: None };
    let receive = |method| {
        let reference = (method != Method::Cash).then(|| "0917".to_owned());
        let (amount, slip, reason) = (Fen::new(i64::from(sum) + 1), None, None);
        ReceiptAsked { amount, method, choice: None, slip, reference, reason, ahead: true }
    };
    let state = phone.round_state(&round).unwrap();
    let counts: Vec<_> = state.iter().flat_map(|round| round.counts.values().cloned()).collect();
    let count = counts.get(usize::from(sum) % counts.len().max(1));
    let page = phone.home_money(&unit, NOON).unwrap();
    let receipts = page.receipts();
    let receipt = receipts.get(usize::from(sum) % receipts.len().max(1)).map(|r| r.id);
    let voids = receipts.iter().filter_map(|r| r.void.as_ref()).filter(|v| v.agreed.is_none());
    let refunds = page.accounts.iter().flat_map(|account| account.refunds.values());
    let refunds = refunds.filter(|refund| refund.agreed.is_none()).map(|refund| refund.id);
    let open: Option<FactId> = voids.map(|void| void.id).chain(refunds).next();
    let reason = || "随便".to_owned();
    let asked = match what % 9 {
        0 | 1 => Some(of_home(Asked::Receive(receive(Method::Cash)), Some(round))),
        2 => Some(of_home(Asked::Receive(receive(Method::Wechat)), None)),
        3 => receipt.map(|receipt| of_home(Asked::Void { receipt, reason: reason() }, None)),
        4 => {
            let (amount, method) = (Fen::new(i64::from(sum) / 3 + 1), Method::Bank);
            Some(of_home(Asked::Refund { amount, method, reason: reason() }, None))
        }
        5 => open.map(|to| of_home(Asked::Agree { to }, None)),
        6 => state
            .map(|state| {
                let notes = notes(state.cash_in_hand().get() + i64::from(sum % 3));
                round::Asked::Count { notes, reason: reason() }
            })
            .map(|asked| money::Ask::Round { round, asked, draft: None }),
        7 => count.map(|count| {
            let asked = round::Asked::Take { count: count.id, notes: notes(count.counted.get()) };
            money::Ask::Round { round, asked, draft: None }
        }),
        _ => count.map(|count| {
            let (count, amount, slip) = (count.id, count.counted.max(Fen::new(1)), reason());
            let asked = round::Asked::Bank { count, amount, slip, proof: Vec::new() };
            money::Ask::Round { round, asked, draft: None }
        }),
    };
    if let Some(asked) = asked {
        ask(phone, asked, chance);
    }
}

fn assert_even(ledger: &Ledger) {
    for entry in ledger.entries() {
        let sum = Fen::sum(ledger.postings(entry).map(|(_, amount)| amount));
        assert_eq!(sum, Some(Fen::ZERO), "{entry:?}");
    }
}

fn in_hand(ledger: &Ledger) -> i64 {
    let postings = ledger.entries().iter().flat_map(|entry| ledger.postings(entry));
    let cash = postings.filter(|(account, _)| matches!(account, LedgerAccount::InHand(_)));
    cash.map(|(_, amount)| amount.get()).sum()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..Default::default() })]
    #[test]
    fn the_books_of_the_office_are_one_whoever_acted_without_a_net(
        seed in any::<u64>(),
        acts in prop::collection::vec((0_u8..4, any::<u8>(), 0_u16..30_000, prop::bool::weighted(0.2)), 4..24),
    ) {
        let mut village = billed(seed);
        let Village { chance, chen, wang, .. } = &mut village;
        let collector = chen.viewer(NOON).unwrap().person;
        let day = |text| linli_domain::kernel::Day::parse(text).unwrap();
        let (building, units) = (Some("3".to_owned()), homes().to_vec());
        let (from, to) = (day("2026-11-01"), day("2026-12-31"));
        let fields = RoundFields { building, collector, units, from, to };
        let round = ask(wang, money::Ask::OpenRound(fields), chance).unwrap();
        village.sync_all();
        for (who, what, sum, talks) in acts {
            let Village { relay, chance, fang, chen, wang, mei, .. } = &mut village;
            let phone = [chen, wang, fang, mei].into_iter().nth(usize::from(who)).unwrap();
            act(phone, round, what, sum, chance);
            if talks {
                sync(phone, relay, chance);
            }
        }
        village.sync_all();
        village.assert_agree();
        let ledger = village.wang.ledger(NOON).unwrap();
        assert_even(&ledger);
        prop_assert_eq!(&village.fang.ledger(NOON).unwrap(), &ledger);
        let page = village.wang.round(&round, NOON).unwrap().unwrap();
        prop_assert_eq!(page.row.in_hand.get(), in_hand(&ledger));
        let counts = page.round.counts.values();
        let counted: Vec<FactId> = counts.flat_map(|count| count.fields.receipts.clone()).collect();
        let once: std::collections::BTreeSet<_> = counted.iter().collect();
        prop_assert_eq!(once.len(), counted.len(), "one handover for a receipt");
        let refused = village.mei.ledger(NOON).unwrap_err();
        prop_assert!(matches!(refused, AskError::Refused(word) if word == "payments.not_yours"));
    }
}
