//! People and facts of money, for tests.

use std::collections::BTreeMap;

use linli_wire::{DeviceId, DocumentId, FactId, PersonId, fact::Fact};

use super::*;
use crate::{
    kernel::{Author, Duty, Moment, Position, Role, Scope, StaffDuty, UnitCode, Written},
    payments::account::{Account, Context},
    registry::{Registry, StairRegistered, Unit, UnitKind, UnitStatus, given::with_stairs},
};

/// Noon of 27 November 2026 in China.
pub(super) const NOON: Moment = Moment(1_795_752_000_000);

pub(super) const DAY: i64 = 24 * 3600 * 1000;

pub(super) const TARIFF: &str = "[[charge]]\nname = \"fee\"\nkind = \"area\"\nrate = 2.35\n";

pub(super) fn code(text: &str) -> UnitCode {
    UnitCode::parse(text).unwrap()
}

pub(super) fn author(byte: u8, role: Role, scope: &str) -> Author {
    Author {
        device: DeviceId([byte; 32]),
        person: PersonId([byte; 16]),
        duties: vec![Duty { role, scope: Scope::parse(scope).unwrap() }],
        staff: Vec::new(),
    }
}

pub(super) fn committee() -> Author {
    author(1, Role::Committee, "community")
}

pub(super) fn finance() -> Author {
    Author { staff: vec![StaffDuty::Finance], ..author(2, Role::Property, "community") }
}

pub(super) fn worker() -> Author {
    Author { staff: vec![StaffDuty::RepairWorker], ..author(3, Role::Property, "community") }
}

pub(super) fn head() -> Author {
    author(4, Role::Head, "building/3")
}

pub(super) fn deputy() -> Author {
    author(5, Role::DeputyHead, "building/3")
}

pub(super) fn other_head() -> Author {
    author(6, Role::Head, "building/4")
}

pub(super) fn owner() -> Author {
    author(7, Role::Owner, "unit/3-2-501")
}

/// Two buildings of one stair with two homes of 89.37 m² each.
pub(super) fn registry() -> Registry {
    with_stairs(["3", "4"].map(|building| {
        let unit = |room: &str| Unit {
            code: UnitCode::new(building, 2, room).unwrap(),
            kind: UnitKind::Home,
            area: AreaDm2(8_937),
            basis: "register".to_owned(),
            owners: Vec::new(),
            status: UnitStatus::default(),
        };
        let units = vec![unit("501"), unit("502")];
        StairRegistered { building: building.to_owned(), stair: 2, lift: false, units }
    }))
}

/// Writes a fact as the `seq`th of the log, at that many minutes after noon.
pub(super) fn written(
    seq: u64,
    author: &Author,
    fields: &Fields,
    about: Option<FactId>,
) -> Written {
    let at = Moment(NOON.0 + i64::try_from(seq).unwrap() * 60_000);
    written_at(seq, at, author, fields, about)
}

pub(super) fn written_at(
    seq: u64,
    at: Moment,
    author: &Author,
    fields: &Fields,
    about: Option<FactId>,
) -> Written {
    let fact = Fact {
        kind: fields.kind(),
        by: author.device,
        at: at.0,
        about,
        fields: fields.value(),
        supersedes: Vec::new(),
        sig: None,
    };
    let place = Position { seq, index: 0, stamp: Moment(at.0 + 1_000) };
    let id = fact.id(&DocumentId([3; 16]));
    Written { id, fact, author: author.clone(), place: Some(place) }
}

pub(super) fn tariff_fact() -> Written {
    let fields = TariffFields {
        text: TARIFF.to_owned(),
        late_per_day: Ratio::percent("0.05"),
        decision: None,
    };
    written(1, &committee(), &Fields::Tariff(fields), Some(Books::id()))
}

pub(super) fn run_asked(tariff: FactId, month: &str, due: &str) -> RunAsked {
    let (from, to) = (super::month(month), super::month(month));
    RunAsked { tariff, from, to, due: day(due), conditions: BTreeMap::new() }
}

/// A tariff, and a run of each of the months, due on its last day but one.
pub(super) fn books(months: &[&str]) -> (Books, Vec<Written>) {
    let registry = registry();
    let mut facts = vec![tariff_fact()];
    for (seq, month) in (2..).zip(months) {
        let books = Books::fold(&facts, &registry);
        let asked = run_asked(facts[0].id, month, &format!("{month}-28"));
        let run = Fields::Run(books.compute(&asked, &registry).unwrap().header);
        facts.push(written(seq, &finance(), &run, Some(Books::id())));
    }
    (Books::fold(&facts, &registry), facts)
}

/// The bill of 3-2-501 in a run, as the office writes it.
pub(super) fn bill_fact(seq: u64, run: FactId, total: Fen) -> Written {
    let conditions = Conditions::default();
    let fields = BillFields { unit: code("3-2-501"), run, conditions, total };
    written(seq, &finance(), &Fields::Bill(fields), Some(account_id()))
}

pub(super) fn account_id() -> FactId {
    Account::id(&code("3-2-501"), 2026)
}

pub(super) fn receipt_fields(author: &Author, count: u16, amount: Fen) -> ReceiptFields {
    ReceiptFields {
        unit: code("3-2-501"),
        amount,
        method: Method::Cash,
        number: ReceiptNumber::new(&author.device, month("2026-11"), count).unwrap(),
        choice: None,
        round: Some(FactId([8; 16])),
        slip: None,
        reference: None,
        reason: None,
        ahead: false,
    }
}

pub(super) fn receipt_fact(seq: u64, author: &Author, count: u16, amount: Fen) -> Written {
    let fields = receipt_fields(author, count, amount);
    written(seq, author, &Fields::Receipt(fields), Some(account_id()))
}

/// Folds the money of 3-2-501.
pub(super) fn fold(facts: &[Written], books: &Books) -> Account {
    fold_year(2026, facts, books)
}

/// The same of another year.
pub(super) fn fold_year(year: i32, facts: &[Written], books: &Books) -> Account {
    let author_of = |device: &DeviceId, _, _| {
        let known = [committee(), finance(), head(), deputy(), owner()];
        let author = known.into_iter().find(|author| author.device == *device);
        author.unwrap_or_else(|| Author::nobody(*device))
    };
    let context = Context {
        community: linli_wire::CommunityId([9; 32]),
        books,
        late_sync_days_max: 30,
        utc_offset_minutes: 480,
        document: DocumentId([3; 16]),
        author_of: &author_of,
    };
    Account::fold(&Account::id(&code("3-2-501"), year), facts, &context).unwrap()
}

pub(super) fn said(account: &Account, books: &Books, today: &str) -> Statement {
    let law = RuleSet::national().unwrap();
    statement(std::slice::from_ref(account), books, day(today), &law).unwrap()
}
