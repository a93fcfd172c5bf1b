//! What lists and searches cost with 1,000 and with 50,000 repairs: they must not grow.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    reason = "a bench measures, prints, and may stop at once"
)]

use std::{path::Path, time::Instant};

use linli_io::SqliteStore;
use linli_replica::store::{Durability, FOUND_MAX, Listed, Query, Row, Store as _, Write};

/// Calls of one measurement.
const ROUNDS: u32 = 400;

/// The room of repairs, as rows know it.
const ROOM: u8 = 2;

/// What people write; one in fifty says something rarer.
const TEXTS: [&str; 5] = [
    "主管接口漏水，水已经流到楼梯上",
    "楼道灯不亮",
    "单元门关不上",
    "电梯有异响",
    "下水道堵塞返味",
];

/// A row as the room writes it: of one of 1,936 units, about one in ten open.
fn row(number: u32) -> Row {
    let (building, stair, floor, door) =
        (1 + number % 18, 1 + number / 18 % 2, 1 + number / 36 % 26, 1 + number / 936 % 4);
    // One unit with six reports, however many rows there are.
    let place = match number {
        0..6 => "77-7-701".to_owned(),
        _ => format!("{building}-{stair}-{floor}0{door}"),
    };
    let text = TEXTS[usize::try_from(number).unwrap() % TEXTS.len()];
    // The same number of rare ones, however many rows there are.
    let text = if number < 40 { format!("{text} 顶楼露台积水") } else { text.to_owned() };
    let open = number.is_multiple_of(10);
    let mut id = [0; 16];
    id[..4].copy_from_slice(&number.wrapping_mul(2_654_435_761).to_be_bytes());
    id[12..].copy_from_slice(&number.wrapping_mul(40_503).to_be_bytes());
    let state = if open { "open" } else { "closed" };
    let person = format!("by/{:032x}", number % 1_900);
    let mut tags = vec![person, state.to_owned()];
    if open {
        tags.push(format!("at/stair/{building}-{stair}/water"));
        tags.push(format!("wait/keepers/building/{building}"));
    }
    Row {
        room: ROOM,
        id,
        circle: [7; 16],
        sort: 1_700_000_000_000 + i64::from(number) * 1_000_000,
        due: open.then_some(1_700_000_000_000 + i64::from(number) * 1_000_000),
        tags,
        search: format!("{place}\n{place}\nwater\n{text}\n"),
        body: vec![0xA5; 220],
    }
}

fn store(folder: &Path, rows: u32) -> SqliteStore {
    let mut store = SqliteStore::open(&folder.join(format!("{rows}.db"))).unwrap();
    let numbers: Vec<u32> = (0..rows).collect();
    for numbers in numbers.chunks(64) {
        let batch: Vec<Write> = numbers.iter().map(|n| Write::PutRow(row(*n))).collect();
        store.commit(&batch, Durability::Normal).unwrap();
    }
    // As when the app goes to the back, a few times.
    (0..8).for_each(|_| store.checkpoint().unwrap());
    store
}

/// Which question, and how many rows answer it at least.
fn questions() -> [(&'static str, Query, usize); 7] {
    let query = |listed: Listed, search: &str| Query {
        room: ROOM,
        listed,
        search: search.to_owned(),
        offset: 0,
        limit: 60,
    };
    let tag = |tag: &str| Listed::Tag(tag.to_owned());
    let few = |listed: Listed| Query { limit: 5, ..query(listed, "") };
    [
        ("the newest sixty", query(Listed::All, ""), 60),
        ("the newest sixty that are open", query(tag("open"), ""), 60),
        ("the first five that wait for a head", few(tag("wait/keepers/building/1")), 5),
        ("what is overdue", query(Listed::Overdue(i64::MAX), ""), 60),
        ("two rare characters (露台)", query(Listed::All, "露台"), 40),
        ("two common characters (漏水), the first 200 counted", query(Listed::All, "漏水"), 60),
        ("a unit by its short form (77701)", query(Listed::All, "77701"), 6),
    ]
}

/// The mean of a question in µs, and how many rows answered it.
fn ask(store: &SqliteStore, query: &Query) -> (f64, usize, u32) {
    let started = Instant::now();
    let mut answer = store.window(query).unwrap();
    for _ in 1..ROUNDS {
        answer = store.window(query).unwrap();
    }
    let mean = started.elapsed().as_secs_f64() * 1e6 / f64::from(ROUNDS);
    (mean, answer.rows.len(), answer.total)
}

fn main() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let (small, large) = (store(folder.path(), 1_000), store(folder.path(), 50_000));
    println!("{:<54} {:>8} {:>8}", "µs with so many repairs", "1,000", "50,000");
    for (name, query, least) in questions() {
        // In turns, so that both meet the same machine.
        ask(&small, &query);
        let (few, found, _) = ask(&small, &query);
        ask(&large, &query);
        let (many, more, total) = ask(&large, &query);
        assert!(found >= least && more >= least, "{name}: {found}, {more}");
        assert!(query.search.is_empty() || total <= FOUND_MAX);
        let ratio = many / few;
        let word = if many <= 1_000.0 { "" } else { "  over a millisecond" };
        let word = if ratio <= 1.2 { word } else { "  grows" };
        println!("{name:<54} {few:>8.0} {many:>8.0}  = {ratio:.2}{word}  ({found}, {more} rows)");
    }
}
