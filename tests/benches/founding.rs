//! What founding a large community costs on its desk, from the roster's text to the last durable byte.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::float_arithmetic,
    reason = "a bench measures, prints, and may stop at once"
)]

use std::{path::Path, time::Instant};

use linli_domain::{
    kernel::UnitCode,
    registry::{
        StairRegistered,
        roster::{Secret, read_plain, totals},
    },
};
use linli_io::SqliteStore;
use linli_replica::{
    Plan, Replica,
    store::{Durability, Store, Table, Write},
};
use linli_seal::{DeviceKeys, chance::Seeded};
use linli_tests::{NOON, TOKEN};
use linli_wire::sign::{self, Purpose};

/// The sample community, as `linli roster make heyuan` writes it.
const HEYUAN: &str = include_str!("../../server/desk/samples/heyuan/roster.csv");

/// Founding is measured so often; the middle one counts.
const ROUNDS: usize = 5;

/// Longest that founding 和园 may take, in seconds.
const AIM_S: f64 = 3.0;

fn timed<T>(job: impl FnOnce() -> T) -> (f64, T) {
    let begun = Instant::now();
    let value = job();
    (begun.elapsed().as_secs_f64(), value)
}

fn middle(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.into_iter().nth(ROUNDS / 2).unwrap()
}

fn read() -> Vec<StairRegistered> {
    let text = HEYUAN.trim_start_matches('\u{FEFF}');
    read_plain(text, &Secret([7; 32])).unwrap().stairs()
}

/// The same buildings once more, under other names.
fn again(stairs: &[StairRegistered]) -> Vec<StairRegistered> {
    let mut again = stairs.to_vec();
    for stair in &mut again {
        stair.building = format!("Z{}", stair.building);
        for unit in &mut stair.units {
            unit.code = UnitCode::new(&stair.building, stair.stair, unit.code.room()).unwrap();
        }
    }
    again
}

/// Founds on a new file; returns the seconds, the packs written and their bytes.
fn found(folder: &Path, stairs: &[StairRegistered]) -> (f64, usize, usize) {
    let mut chance = Seeded::new(7);
    let keys = DeviceKeys::generate(&mut chance);
    let store = SqliteStore::open(&folder.join("community.db")).unwrap();
    let mut desk = Replica::open(store, keys).unwrap();
    let (took, ()) = timed(|| {
        let (stairs, token) = (stairs.to_vec(), TOKEN.to_owned());
        let plan = Plan::trial("和园", 480, stairs, token, desk.keys(), &mut chance).unwrap();
        desk.found(&plan, NOON, &mut chance).unwrap();
    });
    let packs = desk.outbox().unwrap();
    (took, packs.len(), packs.iter().map(|pack| pack.bytes().len()).sum())
}

/// What founding cannot avoid: a signature and its check for each pack, and one durable commit of
/// their bytes.
fn least(folder: &Path, packs: usize, bytes: usize) -> f64 {
    let keys = DeviceKeys::generate(&mut Seeded::new(9));
    let mut store = SqliteStore::open(&folder.join("plain.db")).unwrap();
    let part = vec![7; bytes / packs];
    timed(|| {
        for _ in 0..packs {
            let signature = keys.sign(Purpose::Pack, &[&part]);
            sign::verify(&keys.id().0, Purpose::Pack, &[&part], &signature).unwrap();
        }
        let batch: Vec<Write> = (0..packs)
            .map(|at| Write::Put(Table::Pack, at.to_be_bytes().to_vec(), part.clone()))
            .collect();
        store.commit(&batch, Durability::Full).unwrap();
    })
    .0
}

fn in_new_folders<T>(job: impl Fn(&Path) -> T) -> Vec<T> {
    (0..ROUNDS)
        .map(|_| {
            let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
            job(folder.path())
        })
        .collect()
}

fn main() {
    let reading = middle((0..ROUNDS).map(|_| timed(read).0).collect());
    let stairs = read();
    let units = totals(&stairs).homes + totals(&stairs).shops;
    let founded = in_new_folders(|folder| found(folder, &stairs));
    let (_, packs, bytes) = *founded.first().unwrap();
    let founding = middle(founded.into_iter().map(|(took, ..)| took).collect());
    let least = middle(in_new_folders(|folder| least(folder, packs, bytes)));
    let double = [stairs.clone(), again(&stairs)].concat();
    let twice = middle(in_new_folders(|folder| found(folder, &double).0));
    println!("和园: {units} units, {packs} packs, {} KiB", bytes / 1024);
    println!("reading the roster                        {:>8.1} ms", reading * 1_000.0);
    println!("founding                                  {:>8.1} ms", founding * 1_000.0);
    println!("signatures, checks and one FULL commit    {:>8.1} ms", least * 1_000.0);
    println!("founding ÷ what it cannot avoid           {:>8.2}", founding / least);
    println!("founding twice as many units ÷ once       {:>8.2}  (aim 2.2)", twice / founding);
    let whole = reading + founding;
    let word = if whole <= AIM_S { "" } else { "  over its aim" };
    println!("roster to durable                         {whole:>8.3} s  (aim {AIM_S}){word}");
}
