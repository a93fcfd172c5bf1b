//! Money between phones: bills that everybody computes, receipts at the door, counts and handovers.

use linli_domain::{
    kernel::{AttachmentKind, Day, Fen, Moment, Month, UnitCode},
    payments::{
        Delivery, Method, Notes, RoundFields, TariffFields, Visit,
        account::{self, ReceiptAsked},
        round::{self, Door},
    },
};
use linli_wire::{FactId, fact::Fact};

use super::given::{NOON, Phone, Village, sync};
use crate::{
    Ask, AskError, Done,
    blobs::Picture,
    money::{self, HomePage, Standing},
    store::{Store as _, Table},
    stored::FactRow,
};

const TARIFF: &str = "[[charge]]\nname = \"物业费\"\nkind = \"area\"\nrate = 2.35\n";

/// 89.37 m² at 2.35 yuan.
const BILL: Fen = Fen::new(21_002);

pub(super) fn home(text: &str) -> UnitCode {
    UnitCode::parse(text).unwrap()
}

pub(super) fn ask(
    phone: &mut Phone,
    ask: money::Ask,
    at: Moment,
    chance: &mut Seed,
) -> Result<FactId, String> {
    match phone.ask(&Ask::Money(ask), 0, at, chance) {
        Ok(Done::Written(id)) => Ok(id),
        Ok(Done::Held(_)) => panic!("nothing is held"),
        Err(AskError::Refused(word)) => Err(word),
        Err(error) => panic!("{error}"),
    }
}

pub(super) type Seed = linli_seal::chance::Seeded;

pub(super) fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

pub(super) fn cash(yuan: &str) -> ReceiptAsked {
    ReceiptAsked {
        amount: Fen::parse(yuan).unwrap(),
        method: Method::Cash,
        choice: None,
        slip: None,
        reference: None,
        reason: None,
        ahead: false,
    }
}

pub(super) fn receive(unit: &str, asked: ReceiptAsked, round: FactId) -> money::Ask {
    let asked = account::Asked::Receive(asked);
    money::Ask::Home { unit: home(unit), asked, round: Some(round), draft: None }
}

pub(super) fn of_home(unit: &str, asked: account::Asked) -> money::Ask {
    money::Ask::Home { unit: home(unit), asked, round: None, draft: None }
}

pub(super) fn of_round(round: FactId, asked: round::Asked) -> money::Ask {
    money::Ask::Round { round, asked, draft: None }
}

pub(super) fn page(phone: &Phone, unit: &str) -> HomePage {
    phone.home_money(&home(unit), NOON).unwrap()
}

/// A run of November, with the homes that are not as usual.
pub(super) fn november(homes: &str) -> money::Ask {
    bill("2026-11", homes)
}

pub(super) fn bill(month: &str, homes: &str) -> money::Ask {
    let month = Month::parse(month).unwrap();
    let (due, homes) = (day("2026-11-30"), homes.to_owned());
    let run = money::BillAsked { from: month, to: month, due, homes };
    money::Ask::Bill { run, draft: None }
}

/// Fang decides a tariff, Wang bills November.
pub(super) fn billed(seed: u64) -> Village {
    let mut village = Village::new(seed);
    let Village { relay, chance, fang, wang, .. } = &mut village;
    let fields = TariffFields { text: TARIFF.to_owned(), late_per_day: None, decision: None };
    ask(fang, money::Ask::Tariff { fields, draft: None }, NOON, chance).unwrap();
    sync(fang, relay, chance);
    sync(wang, relay, chance);
    ask(wang, november(""), NOON, chance).unwrap();
    village.sync_all();
    village
}

/// Wang gives Chen a round of both homes of building 3.
pub(super) fn on_a_round(seed: u64) -> (Village, FactId) {
    let mut village = billed(seed);
    let Village { chance, chen, wang, .. } = &mut village;
    let collector = chen.viewer(NOON).unwrap().person;
    let fields = RoundFields {
        building: Some("3".to_owned()),
        collector,
        units: vec![home("3-2-501"), home("3-2-502")],
        from: day("2026-11-01"),
        to: day("2026-12-31"),
    };
    let round =
        ask(wang, money::Ask::OpenRound(fields, money::Doors::Named), NOON, chance).unwrap();
    village.sync_all();
    (village, round)
}

#[test]
fn every_phone_computes_the_bills_it_may_see_and_no_other_home_is_seen() {
    let village = billed(71);
    for phone in [&village.fang, &village.wang, &village.chen, &village.mei] {
        let page = page(phone, "3-2-501");
        assert_eq!((page.statement.owed, page.bills.len()), (BILL, 1));
        assert_eq!(&*page.bills[0].bill.lines[0].charge, "物业费");
    }
    assert_eq!(page(&village.mei, "3-2-502").bills, [], "a neighbour's bill");
    assert_eq!(page(&village.chen, "1-2-501").bills, [], "another building's");
    let seen = |phone: &Phone| {
        let id = phone.runs(None).unwrap()[0].id;
        phone.runs(Some(&id)).unwrap()[0].check.as_ref().unwrap().seen
    };
    assert_eq!([&village.fang, &village.chen, &village.mei].map(seen), [6, 2, 1]);
    let run = &village.mei.runs(None).unwrap()[0];
    assert_eq!((run.fields.total, run.fields.stairs.len()), (Fen::new(6 * 21_002), 3));
    village.assert_agree();
}

#[test]
fn a_round_from_the_door_to_the_bank() {
    let (mut village, round) = on_a_round(72);
    let Village { relay, chance, chen, wang, mei, .. } = &mut village;
    // No net from here on: Chen's phone knows all it needs.
    let visit = round::Asked::Visit {
        unit: home("3-2-502"),
        visit: Visit::ComeBack,
        note: "晚上七点".to_owned(),
    };
    ask(chen, of_round(round, visit), NOON, chance).unwrap();
    let receipt = ask(chen, receive("3-2-501", cash("210.02"), round), NOON, chance).unwrap();
    let bytes = chen.receipt_bytes(&receipt).unwrap().unwrap();
    assert!(bytes.len() <= 300, "{} bytes", bytes.len());
    // Mei's phone checks the receipt without a net, and keeps it.
    let scanned = mei.scan_receipt(&bytes, NOON).unwrap();
    assert_eq!((scanned.standing, scanned.own), (Standing::Good, true));
    let keep = account::Asked::Acknowledge { receipt: bytes };
    ask(mei, of_home("3-2-501", keep), NOON, chance).unwrap();
    assert_eq!(page(mei, "3-2-501").statement.owed, Fen::ZERO);
    // What is in hand is counted; another person counts it without having seen the sum.
    let notes = |list: &[(i64, u32)]| -> Vec<Notes> {
        let one = |(worth, pieces): &(i64, u32)| Notes { worth: Fen::new(*worth), pieces: *pieces };
        list.iter().map(one).collect()
    };
    let short =
        round::Asked::Count { notes: notes(&[(10_000, 2), (1_000, 1)]), reason: String::new() };
    let refused = ask(chen, of_round(round, short.clone()), NOON, chance);
    assert_eq!(refused, Err("payments.needs_reason".to_owned()), "short by 0.02");
    let round::Asked::Count { notes: counted, .. } = short else { panic!() };
    let count = round::Asked::Count { notes: counted, reason: "找零少了两分".to_owned() };
    let count = ask(chen, of_round(round, count), NOON, chance).unwrap();
    let again = round::Asked::Count { notes: notes(&[(100, 1)]), reason: "x".to_owned() };
    let again = ask(chen, of_round(round, again), NOON, chance);
    assert_eq!(again, Err("payments.wrong_receipts".to_owned()), "nothing is left to count");
    let recount = round::Asked::Recount { count, notes: notes(&[(10_000, 2), (1_000, 1)]) };
    let own = ask(chen, of_round(round, recount.clone()), NOON, chance);
    assert_eq!(own, Err("payments.not_yours".to_owned()), "nobody takes over from himself");
    sync(chen, relay, chance);
    sync(wang, relay, chance);
    let bank = |slip: &str| round::Asked::Bank {
        count,
        amount: Fen::new(21_000),
        slip: slip.to_owned(),
        proof: Vec::new(),
    };
    let early = ask(wang, of_round(round, bank("工行0917")), NOON, chance);
    assert_eq!(early, Err("payments.not_taken".to_owned()));
    let recount = ask(wang, of_round(round, recount), NOON, chance).unwrap();
    let take = round::Asked::Take { recount, reason: String::new() };
    ask(wang, of_round(round, take), NOON, chance).unwrap();
    ask(wang, of_round(round, bank("工行0917")), NOON, chance).unwrap();
    village.sync_all();
    for phone in [&village.fang, &village.wang, &village.chen] {
        let page = phone.round(&round, NOON).unwrap().unwrap();
        assert_eq!(page.row.in_hand, Fen::ZERO);
        let count = page.round.counts.values().next().unwrap();
        assert_eq!((count.difference(), count.counted), (Fen::new(-2), Fen::new(21_000)));
        assert_eq!(count.taken.as_ref().unwrap().counted, Fen::new(21_000));
        assert!(count.banked.is_some());
        let doors: Vec<&Door> = page.doors.iter().map(|(_, door, _)| door).collect();
        assert!(matches!(doors[..], [Door::Paid(_), Door::Visited(_)]), "{doors:?}");
    }
    assert_eq!(village.mei.round(&round, NOON).unwrap(), None, "a household sees no round");
    assert_eq!(village.lin.receipts("receipt", 60).unwrap().0, 0, "nor a neighbour's receipt");
    village.assert_agree();
}

#[test]
fn two_collectors_take_money_for_one_bill_and_both_receipts_stand() {
    let (mut village, round) = on_a_round(73);
    let Village { chance, chen, wang, .. } = &mut village;
    ask(chen, receive("3-2-501", cash("210.02"), round), NOON, chance).unwrap();
    let transfer = ReceiptAsked {
        method: Method::Bank,
        reference: Some("2026112700017".to_owned()),
        ..cash("210.02")
    };
    let second =
        ask(wang, of_home("3-2-501", account::Asked::Receive(transfer)), NOON, chance).unwrap();
    village.sync_all();
    let mine = page(&village.mei, "3-2-501");
    assert_eq!((mine.statement.owed, mine.statement.credit), (Fen::ZERO, BILL));
    assert_eq!(mine.statement.twice.len(), 1, "somebody has to give it back");
    for phone in [&village.fang, &village.wang, &village.chen] {
        assert_eq!(page(phone, "3-2-501").statement, mine.statement);
    }
    // More than the credit is not given back, and it takes two people.
    let Village { relay, chance, fang, wang, .. } = &mut village;
    let refund = |amount| account::Asked::Refund {
        amount,
        method: Method::Bank,
        reason: "重复缴费".to_owned(),
    };
    let over = ask(wang, of_home("3-2-501", refund(Fen::new(21_003))), NOON, chance);
    assert_eq!(over, Err("payments.over_credit".to_owned()));
    let asked = ask(wang, of_home("3-2-501", refund(BILL)), NOON, chance).unwrap();
    let more = ask(wang, of_home("3-2-501", refund(Fen::new(1))), NOON, chance);
    assert_eq!(more, Err("payments.over_credit".to_owned()), "all of it is asked back already");
    let agree = || of_home("3-2-501", account::Asked::Agree { to: asked });
    let own = ask(wang, agree(), NOON, chance);
    assert_eq!(own, Err("payments.same_person".to_owned()));
    sync(wang, relay, chance);
    sync(fang, relay, chance);
    ask(fang, agree(), NOON, chance).unwrap();
    village.sync_all();
    let settled = page(&village.mei, "3-2-501").statement;
    assert_eq!((settled.credit, settled.twice), (Fen::ZERO, vec![]));
    assert!(page(&village.mei, "3-2-501").receipts().iter().any(|r| r.id == second));
    village.assert_agree();
}

#[test]
fn credit_that_a_bill_took_up_is_not_given_back() {
    let (mut village, round) = on_a_round(79);
    let Village { relay, chance, fang, wang, chen, .. } = &mut village;
    let ahead = ReceiptAsked { ahead: true, ..cash("420.04") };
    ask(chen, receive("3-2-501", ahead, round), NOON, chance).unwrap();
    sync(chen, relay, chance);
    sync(wang, relay, chance);
    let refund =
        account::Asked::Refund { amount: BILL, method: Method::Bank, reason: "搬家".to_owned() };
    let asked = ask(wang, of_home("3-2-501", refund), NOON, chance).unwrap();
    ask(wang, bill("2026-12", ""), NOON, chance).unwrap();
    sync(wang, relay, chance);
    sync(fang, relay, chance);
    let agreed = ask(fang, of_home("3-2-501", account::Asked::Agree { to: asked }), NOON, chance);
    assert_eq!(agreed, Err("payments.over_credit".to_owned()));
}

#[test]
fn what_a_code_cannot_hold_is_not_written_on_a_receipt() {
    let (mut village, round) = on_a_round(80);
    let Village { chance, chen, .. } = &mut village;
    let long = ReceiptAsked { reason: Some("字".repeat(100)), ..cash("210.02") };
    let refused = ask(chen, receive("3-2-501", long, round), NOON, chance);
    assert_eq!(refused, Err("payments.bad_text".to_owned()));
    let fits = ReceiptAsked { reason: Some("楼道里遇到".to_owned()), ..cash("210.02") };
    let fits = ask(chen, receive("3-2-501", fits, round), NOON, chance).unwrap();
    assert!(chen.receipt_bytes(&fits).unwrap().unwrap().len() <= 300);
}

#[test]
fn a_receipt_that_its_payer_scanned_stands_though_its_collector_never_sends_it() {
    let (mut village, round) = on_a_round(74);
    let Village { chance, chen, mei, .. } = &mut village;
    let receipt = ask(chen, receive("3-2-501", cash("210.02"), round), NOON, chance).unwrap();
    let bytes = chen.receipt_bytes(&receipt).unwrap().unwrap();
    let keep = account::Asked::Acknowledge { receipt: bytes.clone() };
    assert!(!mei.scan_receipt(&bytes, NOON).unwrap().kept);
    ask(mei, of_home("3-2-501", keep), NOON, chance).unwrap();
    assert!(mei.scan_receipt(&bytes, NOON).unwrap().kept, "so that she keeps it once");
    for _ in 0..2 {
        let Village { relay, chance, fang, wang, mei, .. } = &mut village;
        for phone in [fang, wang, mei] {
            sync(phone, relay, chance);
        }
    }
    let seen = page(&village.wang, "3-2-501");
    assert_eq!(seen.statement.owed, Fen::ZERO);
    assert!(seen.receipts()[0].scanned_only);
    // Who knows it by the scan alone can ask that it be made void as well.
    let Village { chance, wang, .. } = &mut village;
    let void = account::Asked::Void { receipt, reason: "收错了".to_owned() };
    ask(wang, of_home("3-2-501", void), NOON, chance).unwrap();
    assert!(page(wang, "3-2-501").receipts()[0].void.is_some());
    // A receipt that somebody made up is none.
    let mut forged = Fact::decode(&bytes).unwrap();
    forged.at += 1;
    let Village { chance, mei, .. } = &mut village;
    let forged = account::Asked::Acknowledge { receipt: forged.encode() };
    let refused = ask(mei, of_home("3-2-501", forged), NOON, chance);
    assert_eq!(refused, Err("payments.unreadable".to_owned()));
    // Late, it still counts from when the payer had it: nobody pays for a collector who keeps it back.
    let kept = seen.receipts()[0].when;
    village.relay.now.0 += 60 * 24 * 3600 * 1000;
    village.sync_all();
    let came = page(&village.wang, "3-2-501");
    assert!(!came.receipts()[0].scanned_only, "it came after all");
    assert_eq!(came.receipts()[0].when, kept);
    village.assert_agree();
}

#[test]
fn a_void_takes_two_and_the_number_stays_used() {
    let (mut village, round) = on_a_round(75);
    let Village { relay, chance, chen, mei, .. } = &mut village;
    let wrong = ask(chen, receive("3-2-501", cash("200"), round), NOON, chance).unwrap();
    let void = account::Asked::Void { receipt: wrong, reason: "金额写错".to_owned() };
    let void = ask(chen, of_home("3-2-501", void), NOON, chance).unwrap();
    let agree = || of_home("3-2-501", account::Asked::Agree { to: void });
    assert_eq!(ask(chen, agree(), NOON, chance), Err("payments.same_person".to_owned()));
    sync(chen, relay, chance);
    sync(mei, relay, chance);
    ask(mei, agree(), NOON, chance).unwrap();
    sync(mei, relay, chance);
    sync(chen, relay, chance);
    assert_eq!(page(chen, "3-2-501").statement.owed, BILL);
    ask(chen, receive("3-2-501", cash("210.02"), round), NOON, chance).unwrap();
    let page = page(chen, "3-2-501");
    let numbers: Vec<u16> = page.receipts().iter().map(|r| r.fields.number.count()).collect();
    assert_eq!(
        {
            let mut n = numbers;
            n.sort_unstable();
            n
        },
        [1, 2]
    );
    assert_eq!(chen.round(&round, NOON).unwrap().unwrap().row.in_hand, BILL);
    village.sync_all();
    village.assert_agree();
}

#[test]
fn a_demand_takes_the_photos_of_its_draft_along() {
    let mut village = billed(47);
    let Village { chance, wang, .. } = &mut village;
    let photo = Picture { kind: AttachmentKind::Photo, bytes: vec![7; 900], turn: 1 };
    wang.attach("act", &photo, NOON, chance).unwrap();
    let bills = page(wang, "3-2-501").bills.iter().map(|bill| bill.owed.bill).collect();
    let asked = account::Asked::Demand { bills, delivery: Delivery::Paper, proof: Vec::new() };
    let draft = Some("act".to_owned());
    let demand = money::Ask::Home { unit: home("3-2-501"), asked, round: None, draft };
    let id = ask(wang, demand, NOON, chance).unwrap();
    let row = wang.store().get(Table::Fact, &id.0).unwrap().unwrap();
    let fact = Fact::decode(&FactRow::decode(&row).unwrap().bytes).unwrap();
    assert_eq!(linli_domain::shelf::attachments(&fact).len(), 1);
    assert_eq!(wang.drafts().unwrap(), [], "the draft is done with");
}

#[test]
fn nobody_takes_money_or_bills_who_may_not() {
    let (mut village, round) = on_a_round(76);
    let Village { chance, chen, wang, mei, lin, .. } = &mut village;
    let taken = ask(lin, receive("3-2-502", cash("1"), round), NOON, chance);
    assert_eq!(taken, Err("payments.not_yours".to_owned()));
    let taken = ask(mei, receive("3-2-501", cash("210.02"), round), NOON, chance);
    assert_eq!(taken, Err("payments.not_yours".to_owned()));
    let off = ask(wang, receive("3-2-501", cash("210.02"), round), NOON, chance);
    assert_eq!(off, Err("payments.not_yours".to_owned()), "another's round");
    let off = ask(chen, of_home("3-2-501", account::Asked::Receive(cash("1"))), NOON, chance);
    assert_eq!(off, Err("payments.needs_round".to_owned()));
    let much = ask(chen, receive("3-2-501", cash("210.03"), round), NOON, chance);
    assert_eq!(much, Err("payments.more_than_owed".to_owned()));
    let fields = TariffFields { text: TARIFF.to_owned(), late_per_day: None, decision: None };
    let tariff = ask(wang, money::Ask::Tariff { fields, draft: None }, NOON, chance);
    assert_eq!(tariff, Err("payments.not_yours".to_owned()));
    let ahead = ReceiptAsked { ahead: true, ..cash("6000") };
    ask(chen, receive("3-2-501", ahead, round), NOON, chance).unwrap();
    let ceiling = ask(chen, receive("3-2-502", cash("210.02"), round), NOON, chance);
    assert_eq!(ceiling, Err("payments.too_much_cash".to_owned()));
}
