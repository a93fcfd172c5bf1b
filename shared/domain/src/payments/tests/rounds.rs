//! Rounds, counts and handovers.

use linli_wire::{FactId, fact::Fact};

use super::{given::*, *};
use crate::{
    kernel::{Author, Moment, Written},
    payments::{
        account::Elsewhere,
        round::{Asked, Round, RoundReceipt},
    },
};

fn opening() -> Written {
    let fields = RoundFields {
        building: Some("3".to_owned()),
        collector: head().person,
        units: vec![code("3-2-501"), code("3-2-502")],
        from: day("2026-11-01"),
        to: day("2026-11-30"),
    };
    written(1, &finance(), &Fields::Round(fields), None)
}

fn receipt(byte: u8, unit: &str, amount: &str, void: bool) -> RoundReceipt {
    RoundReceipt {
        id: FactId([byte; 16]),
        unit: code(unit),
        number: format!("{byte}"),
        amount: yuan(amount),
        collector: head().person,
        at: NOON,
        void,
    }
}

fn round(later: &[Written], receipts: &[RoundReceipt]) -> Round {
    Round::fold(&opening(), later, receipts.to_vec(), 30).unwrap()
}

fn notes(list: &[(i64, u32)]) -> Vec<Notes> {
    list.iter().map(|(worth, pieces)| Notes { worth: Fen::new(*worth), pieces: *pieces }).collect()
}

/// Writes what somebody may do.
fn done(seq: u64, round: &Round, author: &Author, asked: &Asked) -> Result<Written, Refusal> {
    let draft = round.decide(author, asked)?;
    let fact = Fact {
        kind: draft.kind,
        by: author.device,
        at: 0,
        about: draft.about,
        fields: draft.fields,
        supersedes: Vec::new(),
        sig: None,
    };
    Ok(written(seq, author, &Fields::of(&fact).unwrap(), Some(round.id)))
}

/// 210.02 and 420.04, and a void 100.00.
fn b20() -> Vec<RoundReceipt> {
    vec![
        receipt(1, "3-2-501", "210.02", false),
        receipt(2, "3-2-502", "420.04", false),
        receipt(3, "3-2-501", "100", true),
    ]
}

#[test]
fn b20_a_count_that_is_short_does_not_close_silently() {
    let receipts = b20();
    let before = round(&[], &receipts);
    assert_eq!(before.cash_in_hand(), yuan("630.06"));
    let counted = notes(&[(10_000, 6), (1_000, 3)]);
    let silent = Asked::Count { notes: counted.clone(), reason: String::new() };
    assert_eq!(done(2, &before, &head(), &silent), Err(Refusal::NeedsReason));
    let told = Asked::Count { notes: counted.clone(), reason: "找零".to_owned() };
    for author in [deputy(), finance(), owner()] {
        assert_eq!(done(2, &before, &author, &told), Err(Refusal::NotYours));
    }
    let count = done(2, &before, &head(), &told).unwrap();
    let after = round(std::slice::from_ref(&count), &receipts);
    assert_eq!(after.counts[&count.id].difference(), yuan("-0.06"));
    assert_eq!(after.cash_in_hand(), Fen::ZERO);
    // Another person of the office counts it anew and takes it over; only then it is banked.
    let recount = Asked::Recount { count: count.id, notes: counted };
    let bank = Asked::Bank {
        count: count.id,
        amount: yuan("630"),
        slip: "0917".to_owned(),
        proof: Vec::new(),
    };
    assert_eq!(done(3, &after, &finance(), &bank), Err(Refusal::NotTaken));
    assert_eq!(done(3, &after, &deputy(), &recount), Err(Refusal::NotYours));
    let counted = done(3, &after, &finance(), &recount).unwrap();
    let after = round(&[count.clone(), counted.clone()], &receipts);
    assert_eq!(done(4, &after, &finance(), &bank), Err(Refusal::NotTaken), "counted is not taken");
    let taken = done(4, &after, &finance(), &take(&counted, "")).unwrap();
    let after = round(&[count.clone(), counted.clone(), taken.clone()], &receipts);
    assert_eq!(done(5, &after, &committee(), &recount), Err(Refusal::AlreadyTaken));
    let banked = done(5, &after, &finance(), &bank).unwrap();
    let after = round(&[banked, taken, counted, count.clone()], &receipts);
    let closed = &after.counts[&count.id];
    assert!(closed.taken.is_some() && closed.banked.is_some(), "in any order");
}

fn take(recount: &Written, reason: &str) -> Asked {
    Asked::Take { recount: recount.id, reason: reason.to_owned() }
}

/// 630.06 in receipts, 630.00 by the collector's count.
fn counted() -> (Vec<RoundReceipt>, Written) {
    let receipts = b20();
    let notes = notes(&[(10_000, 6), (1_000, 3)]);
    let asked = Asked::Count { notes, reason: "找零".to_owned() };
    let count = done(2, &round(&[], &receipts), &head(), &asked).unwrap();
    (receipts, count)
}

fn recount(count: &Written, tens: u32) -> Asked {
    Asked::Recount { count: count.id, notes: notes(&[(10_000, 6), (1_000, tens)]) }
}

#[test]
fn the_receiver_counts_as_often_as_they_like_and_accepts_the_last_count() {
    let (receipts, count) = counted();
    let state = |later: &[&Written]| {
        let later: Vec<Written> = later.iter().copied().chain([&count]).cloned().collect();
        round(&later, &receipts)
    };
    let first = done(3, &state(&[]), &finance(), &recount(&count, 2)).unwrap();
    let again = done(4, &state(&[&first]), &finance(), &recount(&count, 4)).unwrap();
    let both = state(&[&again, &first]);
    let stands: Vec<Fen> = both.counts[&count.id].recounts.iter().map(|one| one.counted).collect();
    assert_eq!(stands, [yuan("620"), yuan("640")]);
    assert!(both.counts[&count.id].taken.is_none(), "nothing has changed hands");
    assert_eq!(both.carried(), yuan("630"));
    let may = |asked: &Asked| done(5, &both, &finance(), asked);
    assert_eq!(may(&take(&first, "少")).err(), Some(Refusal::CountedAgain));
    assert_eq!(may(&take(&again, "")).err(), Some(Refusal::CountsDiffer));
    assert_eq!(may(&take(&again, " ")).err(), Some(Refusal::CountsDiffer));
    let taken = may(&take(&again, "有一张夹着")).unwrap();
    let after = state(&[&taken, &again, &first]);
    let told = after.counts[&count.id].taken.as_ref().unwrap();
    assert_eq!((told.counted, told.by), (yuan("640"), finance().person));
    assert_eq!(after.carried(), Fen::ZERO);
}

#[test]
fn who_takes_over_has_counted_and_is_not_who_collected() {
    let (receipts, count) = counted();
    let after = round(std::slice::from_ref(&count), &receipts);
    // The head keeps books, too: no right makes two persons of one.
    let both = Author { duties: [head().duties, finance().duties].concat(), ..head() };
    let refused = |author: &Author, asked: &Asked| done(3, &after, author, asked).err();
    assert_eq!(refused(&both, &recount(&count, 3)), Some(Refusal::SamePerson));
    assert_eq!(refused(&owner(), &recount(&count, 3)), Some(Refusal::NotYours));
    let wrong = Asked::Recount { count: count.id, notes: notes(&[(300, 1)]) };
    assert_eq!(refused(&finance(), &wrong), Some(Refusal::BadNotes));
    let counted = done(3, &after, &finance(), &recount(&count, 3)).unwrap();
    let after = round(&[count, counted.clone()], &receipts);
    let by = |author: &Author| done(4, &after, author, &take(&counted, "")).err();
    assert_eq!(by(&committee()), Some(Refusal::NotRecounted), "what another counted");
    assert_eq!(by(&head()), Some(Refusal::NotYours));
    assert_eq!(by(&finance()), None);
}

#[test]
fn a_handover_waits_for_its_recount_and_a_second_one_is_named() {
    let (receipts, count) = counted();
    let after = round(std::slice::from_ref(&count), &receipts);
    // Two people of the office count without a net, and each takes it over.
    let handed = |seq: u64, author: &Author| {
        let counted = done(seq, &after, author, &recount(&count, 3)).unwrap();
        let seen = round(&[count.clone(), counted.clone()], &receipts);
        let taken = done(seq + 1, &seen, author, &take(&counted, "")).unwrap();
        [counted, taken]
    };
    let ([one, first], [two, second]) = (handed(3, &finance()), handed(5, &committee()));
    let early = round(&[first.clone(), count.clone()], &receipts);
    assert_eq!((&early.waiting[..], &early.refused[..]), (&[first.id][..], &[][..]));
    assert!(early.counts[&count.id].taken.is_none());
    let all = [second.clone(), first.clone(), two, one, count.clone()];
    let mut turned = all.to_vec();
    for _ in 0..all.len() {
        turned.rotate_left(1);
        let after = round(&turned, &receipts);
        assert_eq!(after.counts[&count.id].taken.as_ref().unwrap().id, first.id);
        assert_eq!(after.refused, [(second.id, Refusal::AlreadyTaken)]);
        assert!(after.waiting.is_empty());
    }
}

#[test]
fn nobody_puts_cash_into_the_hand_of_another() {
    let stray =
        RoundReceipt { collector: deputy().person, ..receipt(9, "3-2-501", "210.02", false) };
    let round = round(&[], &[stray]);
    assert_eq!((round.receipts.len(), round.cash_in_hand()), (0, Fen::ZERO));
}

#[test]
fn a_receipt_is_in_exactly_one_count() {
    let receipts = b20();
    let before = round(&[], &receipts);
    let count = |seq, reason: &str| {
        let asked = Asked::Count { notes: notes(&[(10_000, 6)]), reason: reason.to_owned() };
        done(seq, &before, &head(), &asked).unwrap()
    };
    // Two phones of one collector count the same receipts without a net.
    let (first, second) = (count(5, "甲"), count(6, "乙"));
    let after = round(&[second.clone(), first.clone()], &receipts);
    assert_eq!(after.counts.keys().collect::<Vec<_>>(), [&first.id]);
    assert_eq!(after.refused, [(second.id, Refusal::AlreadyCounted)]);
    // A count waits for receipts that are not here yet.
    let early = round(std::slice::from_ref(&first), &receipts[..1]);
    assert_eq!(early.waiting, [first.id]);
    let nothing = Asked::Count { notes: notes(&[(100, 1)]), reason: "x".to_owned() };
    assert_eq!(done(7, &after, &head(), &nothing), Err(Refusal::WrongReceipts));
}

#[test]
fn notes_are_notes() {
    for wrong in [&[(300, 1)][..], &[(100, 0)], &[(100, 1), (10_000, 1)], &[(100, 1), (100, 1)]] {
        assert_eq!(round::sum_of(&notes(wrong)), Err(Refusal::BadNotes), "{wrong:?}");
    }
    assert_eq!(round::sum_of(&[]), Ok(Fen::ZERO));
    let all: Vec<(i64, u32)> = round::WORTHS.iter().map(|worth| (*worth, 1)).collect();
    assert_eq!(round::sum_of(&notes(&all)), Ok(yuan("188.88")));
}

#[test]
fn a_round_is_given_by_the_books_for_homes_of_one_building() {
    let Some(Fields::Round(fields)) = Fields::of(&opening().fact) else { panic!() };
    for author in [head(), worker(), owner()] {
        assert_eq!(Round::open(&author, &fields), Err(Refusal::NotYours));
    }
    let open = |fields: RoundFields| Round::open(&committee(), &fields).err();
    assert_eq!(open(fields.clone()), None);
    let stranger = RoundFields { units: vec![code("4-2-501")], ..fields.clone() };
    assert_eq!(open(stranger), Some(Refusal::Unreadable));
    let twice = RoundFields { units: vec![code("3-2-501"); 2], ..fields.clone() };
    assert_eq!(open(twice), Some(Refusal::Unreadable));
    let backwards = RoundFields { to: day("2026-10-31"), ..fields.clone() };
    assert_eq!(open(backwards), Some(Refusal::BadTime));
    let long = RoundFields { to: day("2027-11-01"), ..fields };
    assert_eq!(open(long), Some(Refusal::BadTime));
}

#[test]
fn a_visit_is_noted_by_the_collector_for_a_home_of_the_round() {
    let round = round(&[], &[]);
    let visit = |unit: &str, note: &str| Asked::Visit {
        unit: code(unit),
        visit: Visit::ComeBack,
        note: note.to_owned(),
    };
    assert!(done(2, &round, &head(), &visit("3-2-501", "七点")).is_ok());
    assert_eq!(done(2, &round, &deputy(), &visit("3-2-501", "")), Err(Refusal::NotYours));
    assert_eq!(done(2, &round, &head(), &visit("3-1-101", "")), Err(Refusal::OffTheRound));
    let long = "字".repeat(201);
    assert_eq!(done(2, &round, &head(), &visit("3-2-501", &long)), Err(Refusal::BadText));
}

fn check_with(
    round: &Round,
    amount: &str,
    hours: i64,
    elsewhere: Elsewhere,
) -> Result<(), Refusal> {
    let rules = RuleSet::national().unwrap().money;
    let fields = receipt_fields(&head(), 1, yuan(amount));
    let now = Moment(NOON.0 + hours * 3_600_000);
    round.check_receipt(&head(), &fields, (now, day("2026-11-27")), elsewhere, &rules)
}

#[test]
fn cash_has_a_ceiling_and_a_time() {
    let check = |round: &Round, amount: &str, hours: i64| {
        check_with(round, amount, hours, Elsewhere::default())
    };
    let other = Elsewhere { cash: yuan("4900"), oldest: Some(Moment(NOON.0 - 3_600_000)) };
    let empty = round(&[], &[]);
    assert_eq!(check_with(&empty, "100", 1, other), Ok(()));
    assert_eq!(check_with(&empty, "100.01", 1, other), Err(Refusal::TooMuchCash));
    assert_eq!(check_with(&empty, "1", 48, other), Err(Refusal::CountIsDue), "of another round");
    let carrying = round(&[], &[receipt(1, "3-2-501", "4900", false)]);
    assert_eq!(check(&carrying, "100", 1), Ok(()));
    assert_eq!(check(&carrying, "100.01", 1), Err(Refusal::TooMuchCash));
    assert_eq!(check(&round(&[], &[]), "9000", 1), Ok(()), "one payment may be large");
    assert_eq!(check(&carrying, "1", 48), Ok(()));
    assert_eq!(check(&carrying, "1", 49), Err(Refusal::CountIsDue));
}

#[test]
fn off_the_round_a_receipt_takes_a_reason() {
    let rules = RuleSet::national().unwrap().money;
    let round = round(&[], &[]);
    let check = |unit: &str, reason: Option<&str>, today: &str| {
        let mut fields = receipt_fields(&head(), 1, yuan("1"));
        (fields.unit, fields.reason) = (code(unit), reason.map(str::to_owned));
        round.check_receipt(&head(), &fields, (NOON, day(today)), Elsewhere::default(), &rules)
    };
    assert_eq!(check("3-2-501", None, "2026-11-30"), Ok(()));
    assert_eq!(check("3-2-501", None, "2026-12-01"), Err(Refusal::OffTheRound));
    assert_eq!(check("3-1-101", None, "2026-11-27"), Err(Refusal::OffTheRound));
    assert_eq!(check("3-1-101", Some("路上遇到"), "2026-11-27"), Ok(()));
}
