//! What money costs: a receipt at the door as payments grow, a thousand of them that come at once, a year's
//! bills for a community.
//!
//! As many payments as are given after `--` are the many ones, ten years' being 240000 (some minutes).
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "a bench measures, prints, and may stop at once"
)]

use std::time::{Duration, Instant};

use linli_domain::{
    kernel::{AreaDm2, Fen, Moment, Month, UnitCode},
    law::RuleSet,
    payments::{
        Billed, Method, Span, UnitName, UnitUse,
        account::{Asked, ReceiptAsked},
        bill, tariff,
    },
    registry::{StairRegistered, Unit, UnitKind, UnitStatus},
};
use linli_io::SqliteStore;
use linli_replica::{Ask, Replica, money, store::MemoryStore};
use linli_seal::{DeviceKeys, chance::Seeded};
use linli_tests::{FirstDay, NOON};
use linli_wire::pack::Pack;

/// Stairs of building 3, and homes of a stair: two thousand homes, as a large community has.
const STAIRS: u16 = 20;
const HOMES: u16 = 100;

/// Turns in which few and many payments are measured, one after the other: what else the machine does falls
/// on both.
const TURNS: usize = 10;

/// Receipts of one turn.
const ROUNDS: usize = 50;

/// Receipts that come at once: what a building's collectors bring home from a day without a net.
const AT_ONCE: usize = 1_000;

/// Payments against which the few are held where none are given: a year of a large community.
const MANY: usize = 24_000;

/// Payments of a month, all homes together: a device's numbers last for 9,999.
const MONTH: usize = 2_000;

const MONTH_MS: i64 = 30 * 24 * 3600 * 1000;

fn stairs() -> Vec<StairRegistered> {
    let unit = |stair, room: u16| Unit {
        code: UnitCode::new("3", stair, &format!("{}", 100 + room)).unwrap(),
        kind: UnitKind::Home,
        area: AreaDm2(8_937),
        basis: "register".to_owned(),
        owners: Vec::new(),
        status: UnitStatus::default(),
    };
    let stair = |stair| StairRegistered {
        building: "3".to_owned(),
        stair,
        lift: false,
        units: (1..=HOMES).map(|room| unit(stair, room)).collect(),
    };
    (1..=STAIRS).map(stair).collect()
}

/// A collector who writes, and another phone of the same building that keeps it all in a file.
struct Ground {
    day: FirstDay,
    collector: Replica<MemoryStore>,
    phone: Replica<SqliteStore>,
    units: Vec<UnitCode>,
    chance: Seeded,
    handed: usize,
    paid: usize,
}

impl Ground {
    fn new(folder: &std::path::Path, payments: usize) -> Self {
        let mut chance = Seeded::new(5);
        let keys = [DeviceKeys::generate(&mut chance), DeviceKeys::generate(&mut chance)];
        let stairs = stairs();
        let units = stairs.iter().flat_map(|stair| &stair.units).map(|unit| unit.code.clone());
        let units = units.collect();
        let mut day = FirstDay::with_homes(&[&keys[0], &keys[1]], stairs);
        let collector = day.member(MemoryStore::default(), &keys[0]);
        let store = SqliteStore::open(&folder.join(format!("{payments}.db"))).unwrap();
        let phone = day.member(store, &keys[1]);
        let mut ground = Self { day, collector, phone, units, chance, handed: 0, paid: 0 };
        while ground.paid < payments {
            (0..500).for_each(|_| ground.collect(payments));
            let packs = ground.fresh();
            ground.show(&packs);
        }
        ground
    }

    /// The next payment: home by home, month by month, the last ones today.
    fn next(&mut self, payments: usize) -> (Ask, Moment) {
        let unit = self.units.get(self.paid % self.units.len()).unwrap().clone();
        let months = (payments.saturating_sub(self.paid + 1)) / MONTH;
        self.paid += 1;
        let asked = Asked::Receive(ReceiptAsked {
            amount: Fen::new(21_002),
            method: Method::Bank,
            choice: None,
            slip: None,
            reference: Some(format!("2026{:012}", self.paid)),
            reason: None,
            ahead: true,
        });
        let ask = Ask::Money(money::Ask::Home { unit, asked, round: None, draft: None });
        (ask, Moment(NOON.0 - i64::try_from(months).unwrap() * MONTH_MS))
    }

    fn collect(&mut self, payments: usize) {
        let (ask, now) = self.next(payments);
        self.collector.ask(&ask, 0, now, &mut self.chance).unwrap();
    }

    fn fresh(&mut self) -> Vec<Pack> {
        let mut packs = self.collector.outbox().unwrap();
        packs.drain(..self.handed);
        self.handed += packs.len();
        packs
    }

    /// Shows packs to both phones in one page; returns how long the reading phone took.
    fn show(&mut self, packs: &[Pack]) -> Duration {
        let after = u64::try_from(self.day.log.entries.len()).unwrap();
        let page = self.day.log.append(packs);
        self.day.show(&mut self.collector, after, &page);
        self.handed = self.collector.outbox().unwrap().len();
        let begun = Instant::now();
        self.day.show(&mut self.phone, after, &page);
        begun.elapsed()
    }

    /// A thousand receipts in one page; in ms.
    fn at_once(&mut self) -> f64 {
        (0..AT_ONCE).for_each(|_| self.collect(0));
        let packs = self.fresh();
        self.show(&packs).as_secs_f64() * 1e3
    }

    /// A door until its page is read, and its receipt until it is durable; the means, in ms.
    fn at_the_door(&mut self) -> [f64; 2] {
        let mut sums = [Duration::ZERO; 2];
        for _ in 0..ROUNDS {
            let unit = self.units.get(self.paid % self.units.len()).unwrap().clone();
            let (ask, now) = self.next(0);
            let begun = Instant::now();
            self.phone.home_money(&unit, now).unwrap();
            let open = Instant::now();
            self.phone.ask(&ask, 0, now, &mut self.chance).unwrap();
            sums = [sums[0] + (open - begun), sums[1] + open.elapsed()];
        }
        sums.map(|sum| sum.as_secs_f64() * 1e3 / ROUNDS as f64)
    }
}

/// A year's bills of 1,936 units; the best of seven, in ms.
fn year() -> f64 {
    let text = "[[charge]]\nname = \"fee\"\nkind = \"area\"\nrate = 2.35\n";
    let tariff = tariff::read(text, &RuleSet::national().unwrap()).unwrap();
    let unit = |number: u64| Billed {
        unit: UnitName::parse(&format!("{}-{}-{}", 1 + number / 108, 1 + number % 3, 101 + number))
            .unwrap(),
        area: AreaDm2(6_000 + number * 7),
        kind: UnitUse::Home,
        bill_from: None,
        vacant_from: None,
        prepaid: 0,
    };
    let units: Vec<Billed> = (0..1_936).map(unit).collect();
    let month = |text| Month::parse(text).unwrap();
    let span = Span::new(month("2026-01"), month("2026-12")).unwrap();
    let times = (0..7).map(|_| {
        let begun = Instant::now();
        assert_eq!(bill(&units, &tariff, span).unwrap().units.len(), units.len());
        begun.elapsed().as_secs_f64() * 1e3
    });
    times.fold(f64::MAX, f64::min)
}

fn told(name: &str, figure: f64, aim: f64, unit: &str) {
    let word = if figure <= aim { "" } else { "  over its aim" };
    println!("{name:<52} {figure:>8.2} {unit}  (aim {aim}){word}");
}

fn main() {
    told("a year's bills of 1,936 units", year(), 50.0, "ms");
    let many = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(MANY);
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let mut grounds = [1_000, many].map(|payments| Ground::new(folder.path(), payments));
    let at_once = grounds.each_mut().map(Ground::at_once);
    let (mut doors, mut receipts) = ([0.0; 2], [0.0; 2]);
    for _ in 0..TURNS {
        let sums = doors.iter_mut().zip(&mut receipts);
        for (ground, (doors, receipts)) in grounds.iter_mut().zip(sums) {
            let [door, receipt] = ground.at_the_door();
            *doors += door / TURNS as f64;
            *receipts += receipt / TURNS as f64;
        }
    }
    let at_the_door = doors.iter().zip(receipts);
    for (payments, (at_once, (door, receipt))) in
        [1_000, many].iter().zip(at_once.iter().zip(at_the_door))
    {
        println!("{payments} payments:");
        told("  a thousand receipts that come at once", *at_once, 500.0, "ms");
        println!("  a door until its page is read: {door:.2} ms");
        println!("  its receipt until it is durable: {receipt:.2} ms");
    }
    let ratio = |[few, many]: [f64; 2]| many / few;
    told("a receipt with many payments against few", ratio(receipts), 1.2, "times");
    println!("a thousand that come at once, likewise: {:.2} times", ratio(at_once));
}
