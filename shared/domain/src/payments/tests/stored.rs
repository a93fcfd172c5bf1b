//! What is stored is read again, word for word.

use linli_wire::{
    DeviceId, DocumentId, FactId, Hash, PersonId,
    cbor::{Bytes, Value},
    fact::Fact,
};

use super::*;
use crate::{
    kernel::{Circle, Day, Draft, UnitCode},
    repairs::{Place, given::photo},
    shelf::{self, Room},
};

fn unit() -> UnitCode {
    UnitCode::parse("3-2-501").unwrap()
}

const ID: FactId = FactId([5; 16]);
const HASH: Hash = Hash([6; 32]);

/// One of each kind of a home, with every field that may be left out.
fn of_homes() -> Vec<Fields> {
    let (unit, reason, amount) = (unit(), "写错了".to_owned(), Fen::new(21_003));
    let conditions = Conditions {
        bill_from: Day::parse("2026-01-02"),
        vacant_from: Day::parse("2026-01-03"),
        prepaid: 7,
    };
    let number = ReceiptNumber::new(&DeviceId([3; 32]), month("2026-11"), 17).unwrap();
    let some = |text: &str| Some(text.to_owned());
    let receipt = ReceiptFields {
        unit: unit.clone(),
        amount,
        method: Method::Alipay,
        number,
        choice: Some(ID),
        round: Some(FactId([8; 16])),
        slip: some("A17"),
        reference: some("0917"),
        reason: some("不在名单"),
        ahead: true,
    };
    let demand = DemandFields {
        unit: unit.clone(),
        bills: vec![ID],
        delivery: Delivery::Registered,
        proof: vec![photo()],
    };
    vec![
        Fields::Bill(BillFields { unit: unit.clone(), run: ID, conditions, total: amount }),
        Fields::Receipt(receipt),
        Fields::Void(VoidFields { unit: unit.clone(), receipt: ID, reason: reason.clone() }),
        Fields::Refund(RefundFields { unit: unit.clone(), amount, method: Method::Bank, reason }),
        Fields::Agreed(AgreedFields { unit: unit.clone(), to: ID }),
        Fields::Acknowledged(AcknowledgedFields { unit: unit.clone(), receipt: Bytes(vec![1, 2]) }),
        Fields::Demand(demand),
        Fields::Credit(CreditFields { unit: unit.clone(), receipt: ID }),
        Fields::FundPaid(FundPaidFields {
            unit: unit.clone(),
            amount,
            first: true,
            reference: "0917".to_owned(),
        }),
        Fields::Deposit(DepositFields { unit: unit.clone(), amount, purpose: "装修".to_owned() }),
        Fields::DepositReturned(DepositReturnedFields { unit, deposit: ID, amount }),
    ]
}

/// One of each kind of rounds.
fn of_rounds() -> Vec<Fields> {
    let notes = vec![Notes { worth: Fen::new(10_000), pieces: 3 }];
    let round = RoundFields {
        building: Some("3".to_owned()),
        collector: PersonId([4; 16]),
        units: vec![unit()],
        from: day("2026-11-01"),
        to: day("2026-11-30"),
    };
    let (visit, note) = (Visit::ComeBack, "七点".to_owned());
    let count = CountFields {
        receipts: vec![ID],
        notes: notes.clone(),
        expected: Fen::new(30_001),
        reason: "少一分".to_owned(),
    };
    let (amount, slip, proof) = (Fen::new(30_000), "工行".to_owned(), vec![photo()]);
    vec![
        Fields::Round(round),
        Fields::Visited(VisitFields { unit: unit(), visit, note }),
        Fields::Counted(count),
        Fields::Recounted(RecountFields { count: ID, notes }),
        Fields::Taken(TakenFields { recount: ID, reason: "重点两遍".to_owned() }),
        Fields::Banked(BankedFields { count: ID, amount, slip, proof }),
    ]
}

/// One of each kind that the community or the office reads.
fn of_all() -> Vec<Fields> {
    let text = || "一句话".to_owned();
    let (amount, quarter, proof) = (Fen::new(21_003), month("2026-10"), vec![photo()]);
    let stairs = vec![StairTotal { building: "3".to_owned(), stair: 2, bills: 7, total: amount }];
    let run = RunFields {
        tariff: ID,
        from: month("2026-11"),
        to: month("2026-12"),
        due: day("2026-12-31"),
        law: HASH,
        units: 7,
        roster: HASH,
        stairs,
        total: amount,
    };
    let tariff =
        TariffFields { text: text(), late_per_day: Some(percent("0.05")), decision: Some(HASH) };
    let project = ProjectFields {
        purpose: text(),
        place: Place::Building("3".to_owned()),
        repair: Some(ID),
        budget: amount,
        units: 7,
        roster: HASH,
    };
    let income = CommonIncomeFields {
        source: CommonSource::Machines,
        quarter,
        amount,
        cost: Fen::new(101),
        voucher: text(),
        proof: proof.clone(),
    };
    let split = SplitFields {
        quarter,
        to_fund: amount,
        to_committee: Fen::new(11),
        low: true,
        decision: HASH,
        units: 7,
        roster: HASH,
    };
    let balances = vec![Balance { account: "assets:fees:bank".to_owned(), amount }];
    vec![
        Fields::Tariff(tariff),
        Fields::Run(run),
        Fields::Project(project),
        Fields::Approved(ApprovedFields { project: ID, budget: amount, decision: HASH }),
        Fields::Emergency(EmergencyFields { project: ID, cause: Emergency::FireEquipment }),
        Fields::Cosigned(CosignedFields { to: ID }),
        Fields::Spent(SpentFields { project: ID, amount, invoice: text(), proof: proof.clone() }),
        Fields::Income(income),
        Fields::Split(split),
        Fields::Expense(ExpenseFields { purpose: text(), amount, invoice: text(), proof }),
        Fields::Balances(BalancesFields { month: month("2026-11"), balances }),
        Fields::BalancesConfirmed(CosignedFields { to: ID }),
        Fields::Withdrawal(WithdrawalFields { run: ID, reason: text() }),
        Fields::WithdrawalAgreed(CosignedFields { to: ID }),
    ]
}

fn stored(fields: &Fields) -> Fact {
    let draft = draft_of(fields, Some(ID));
    let (by, at, supersedes, sig) = (DeviceId([3; 32]), 1_795_500_000_000, Vec::new(), None);
    let Draft { kind, about, fields, .. } = draft;
    Fact { kind, by, at, about, fields, supersedes, sig }
}

#[test]
fn every_kind_is_read_as_it_was_written_and_stands_in_this_room() {
    let all = [of_homes(), of_rounds(), of_all()].concat();
    let mut kinds: Vec<u16> = all.iter().map(Fields::kind).collect();
    kinds.sort_unstable();
    assert_eq!(kinds, (kind::TARIFF..=kind::RECOUNTED).collect::<Vec<_>>());
    for fields in all {
        let fact = stored(&fields);
        let bytes = fact.encode();
        let again = Fact::decode(&bytes).unwrap();
        assert_eq!(Fields::of(&again), Some(fields.clone()), "{fields:?}");
        assert_eq!(shelf::room_of(fact.kind), Some(Room::Payments));
        // A word that is not known is not guessed.
        let wrong = Fact { kind: 39, ..fact };
        assert_eq!(Fields::of(&wrong), None);
        assert_ne!(FactId::of(&DocumentId([1; 16]), &bytes), ID);
    }
}

#[test]
fn a_field_that_this_app_does_not_know_makes_a_fact_unreadable() {
    for fields in [of_homes(), of_rounds(), of_all()].concat() {
        let mut fact = stored(&fields);
        if let Value::Map(entries) = &mut fact.fields {
            entries.push((Value::from(99), Value::from(1)));
        }
        assert_eq!(Fields::of(&fact), None, "{}", fact.kind);
    }
}

#[test]
fn words_go_round() {
    for method in Method::ALL {
        assert_eq!(Method::from_word(method.word()), Some(method));
    }
    for way in Delivery::ALL {
        assert_eq!(Delivery::from_word(way.word()), Some(way));
    }
    for visit in Visit::ALL {
        assert_eq!(Visit::from_word(visit.word()), Some(visit));
    }
    for cause in Emergency::ALL {
        assert_eq!(Emergency::from_word(cause.word()), Some(cause));
    }
    for source in CommonSource::ALL {
        assert_eq!(CommonSource::from_word(source.word()), Some(source));
    }
}

#[test]
fn the_owners_read_what_their_money_did_and_the_office_alone_its_balances() {
    for fields in of_all() {
        let office = matches!(fields, Fields::Balances(_) | Fields::BalancesConfirmed(_));
        let expected = if office { Circle::Office } else { Circle::Community };
        let shelf = shelf::shelf_of(&stored(&fields)).unwrap();
        assert_eq!((shelf.circle, shelf.period), (expected, 2026), "{fields:?}");
    }
    for fields in of_homes() {
        assert_eq!(circle_of(&stored(&fields)), Some(Circle::Home(unit())));
    }
    assert!(
        is_legal(kind::SPENT)
            && is_legal(kind::BALANCES)
            && is_legal(kind::WITHDRAWAL_ASKED)
            && !is_legal(kind::BILL)
    );
}
