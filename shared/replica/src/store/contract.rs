//! What every keeper of the store must do; each keeper's tests call [`run`].
#![expect(clippy::unwrap_used, reason = "a contract suite is test code")]

use super::{Durability, FOUND_MAX, Listed, Query, Row, Store, Table, Write};

/// Runs the whole suite; `open` gives a new, empty store each time.
///
/// # Panics
/// If the store breaks the contract.
pub fn run<S: Store>(mut open: impl FnMut() -> S) {
    values_come_back(&mut open());
    scans_are_ordered_and_bounded(&mut open());
    the_last_of_a_prefix_is_found(&mut open());
    a_batch_is_applied_in_order(&mut open());
    rows_are_windowed_newest_first(&mut open());
    counts_follow_every_change(&mut open());
    rows_are_found_by_text(&mut open());
    a_changed_row_is_found_as_it_is_now(&mut open());
    rows_of_one_moment_stay_apart(&mut open());
    what_is_overdue_comes_by_its_clock(&mut open());
    tables_do_not_mix(&mut open());
}

fn put(table: Table, key: &[u8], value: &[u8]) -> Write {
    Write::Put(table, key.to_vec(), value.to_vec())
}

/// Builds a row for tests.
#[must_use]
pub fn row(number: u8, sort: i64, tags: &[&str], search: &str) -> Row {
    let tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
    Row {
        room: 2,
        id: [number; 16],
        circle: [9; 16],
        sort,
        due: None,
        tags,
        search: search.into(),
        body: vec![number; 3],
    }
}

/// Builds a query for all rows of the tests' room.
#[must_use]
pub fn all() -> Query {
    Query { room: 2, limit: 100, ..Query::default() }
}

fn tagged(tag: &str) -> Query {
    Query { listed: Listed::Tag(tag.to_owned()), ..all() }
}

/// Total and first bytes of the ids of a window.
fn numbers(store: &impl Store, query: &Query) -> (u32, Vec<u8>) {
    let window = store.window(query).unwrap();
    (window.total, window.rows.iter().map(|row| row.id.first().copied().unwrap()).collect())
}

fn values_come_back(store: &mut impl Store) {
    assert_eq!(store.get(Table::Meta, b"a").unwrap(), None);
    store.commit(&[put(Table::Meta, b"a", b"one")], Durability::Full).unwrap();
    assert_eq!(store.get(Table::Meta, b"a").unwrap().unwrap(), b"one");
    store.commit(&[put(Table::Meta, b"a", b"")], Durability::Normal).unwrap();
    assert_eq!(store.get(Table::Meta, b"a").unwrap().unwrap(), b"");
    store.commit(&[Write::Delete(Table::Meta, b"a".to_vec())], Durability::Full).unwrap();
    store.commit(&[Write::Delete(Table::Meta, b"a".to_vec())], Durability::Full).unwrap();
    assert_eq!(store.get(Table::Meta, b"a").unwrap(), None);
}

fn scans_are_ordered_and_bounded(store: &mut impl Store) {
    let keys: [&[u8]; 6] = [b"b\x00", b"a\xff\xff", b"a", b"a\x00", b"a\xff", b""];
    let batch: Vec<Write> = keys.iter().map(|key| put(Table::Log, key, key)).collect();
    store.commit(&batch, Durability::Normal).unwrap();
    let names = |prefix: &[u8], after: Option<&[u8]>, limit| -> Vec<Vec<u8>> {
        let pairs = store.scan(Table::Log, prefix, after, limit).unwrap();
        assert!(pairs.iter().all(|(key, value)| key == value));
        pairs.into_iter().map(|(key, _)| key).collect()
    };
    assert_eq!(names(b"", None, 99), [&b""[..], b"a", b"a\x00", b"a\xff", b"a\xff\xff", b"b\x00"]);
    assert_eq!(names(b"a", None, 99), [&b"a"[..], b"a\x00", b"a\xff", b"a\xff\xff"]);
    assert_eq!(names(b"a", Some(b"a\x00"), 99), [&b"a\xff"[..], b"a\xff\xff"]);
    assert_eq!(names(b"a\xff", None, 1), [&b"a\xff"[..]]);
    assert!(names(b"c", None, 99).is_empty());
    assert!(names(b"", None, 0).is_empty());
}

fn the_last_of_a_prefix_is_found(store: &mut impl Store) {
    assert_eq!(store.last(Table::Log, b"").unwrap(), None);
    let batch: Vec<Write> = [&b"a\x01"[..], b"a\x09", b"a\xff\xff\x07", b"b"]
        .iter()
        .map(|key| put(Table::Log, key, key))
        .collect();
    store.commit(&batch, Durability::Normal).unwrap();
    assert_eq!(store.last(Table::Log, b"a").unwrap().unwrap().0, b"a\xff\xff\x07");
    assert_eq!(store.last(Table::Log, b"").unwrap().unwrap().0, b"b");
    assert_eq!(store.last(Table::Log, b"c").unwrap(), None);
}

fn a_batch_is_applied_in_order(store: &mut impl Store) {
    let batch = [
        put(Table::Meta, b"k", b"1"),
        Write::Delete(Table::Meta, b"k".to_vec()),
        put(Table::Meta, b"k", b"2"),
        Write::PutRow(row(1, 5, &["a"], "one")),
        Write::ClearRows,
        Write::PutRow(row(2, 6, &["a"], "two")),
    ];
    store.commit(&batch, Durability::Full).unwrap();
    assert_eq!(store.get(Table::Meta, b"k").unwrap().unwrap(), b"2");
    assert_eq!(store.window(&all()).unwrap().rows, [row(2, 6, &["a"], "two")]);
    assert_eq!(store.count(2, None).unwrap(), 1);
}

fn rows_are_windowed_newest_first(store: &mut impl Store) {
    let tags = |n: u8| if n.is_multiple_of(2) { &["even"][..] } else { &["odd", "x/3"] };
    let batch: Vec<Write> =
        (1..=9).map(|n| Write::PutRow(row(n, i64::from(n % 4), tags(n), "x"))).collect();
    store.commit(&batch, Durability::Normal).unwrap();
    assert_eq!(numbers(store, &all()), (9, vec![7, 3, 6, 2, 9, 5, 1, 8, 4]));
    assert_eq!(numbers(store, &Query { offset: 2, limit: 3, ..all() }), (9, vec![6, 2, 9]));
    assert_eq!(numbers(store, &tagged("even")), (4, vec![6, 2, 8, 4]));
    assert_eq!(numbers(store, &tagged("x/3")), (5, vec![7, 3, 9, 5, 1]));
    assert_eq!(numbers(store, &tagged("none")), (0, vec![]));
    assert_eq!(numbers(store, &Query { room: 3, ..all() }), (0, vec![]));
    assert_eq!(numbers(store, &Query { offset: 99, ..all() }), (9, vec![]));
    assert_eq!(store.row(2, &[3; 16]).unwrap().unwrap(), row(3, 3, &["odd", "x/3"], "x"));
    assert_eq!(store.row(2, &[99; 16]).unwrap(), None);
}

fn counts_follow_every_change(store: &mut impl Store) {
    let put = |store: &mut dyn FnMut(&[Write]), row| store(&[Write::PutRow(row)]);
    let mut commit = |batch: &[Write]| store.commit(batch, Durability::Normal).unwrap();
    put(&mut commit, row(1, 1, &["open", "mine"], ""));
    put(&mut commit, row(2, 1, &["closed"], ""));
    let counts = |store: &dyn Store| {
        [None, Some("open"), Some("closed"), Some("mine")].map(|tag| store.count(2, tag).unwrap())
    };
    assert_eq!(counts(store), [2, 1, 1, 1]);
    store.commit(&[Write::PutRow(row(1, 4, &["closed"], ""))], Durability::Normal).unwrap();
    assert_eq!(counts(store), [2, 0, 2, 0]);
    let delete = Write::DeleteRow { room: 2, id: [2; 16] };
    store.commit(&[delete.clone(), delete], Durability::Normal).unwrap();
    assert_eq!(counts(store), [1, 0, 1, 0]);
    store.commit(&[Write::ClearRows], Durability::Normal).unwrap();
    assert_eq!(counts(store), [0, 0, 0, 0]);
}

fn rows_are_found_by_text(store: &mut impl Store) {
    let batch = [
        Write::PutRow(row(1, 1, &["a"], "3-2-501\n主管漏水 leak")),
        Write::PutRow(row(2, 2, &["b"], "3-2-502\n100% _x 水")),
        Write::PutRow(Row { room: 3, ..row(3, 3, &["a"], "3-2-501") }),
    ];
    store.commit(&batch, Durability::Normal).unwrap();
    let found = |text: &str| numbers(store, &Query { search: text.into(), ..all() }).1;
    for (text, rows) in [
        ("32501", vec![1]),
        ("３-２-５０１", vec![1]),
        ("漏水", vec![1]),
        ("水", vec![2, 1]),
        ("LEA", vec![1]),
        ("3-2-50", vec![2, 1]),
        ("漏水 3250", vec![1]),
        ("水漏", vec![]),
        ("1\n主", vec![1]),
        ("1主", vec![1]),
        ("501主", vec![1]),
        ("5", vec![2, 1]),
        ("502", vec![2]),
        ("01", vec![1]),
        ("100", vec![2]),
        ("x", vec![2]),
        ("%", vec![2, 1]),
        ("none", vec![]),
        ("\" OR \"", vec![]),
        ("NEAR(漏水)", vec![]),
    ] {
        assert_eq!(found(text), rows, "{text}");
    }
    let within =
        |tag: &str, text: &str| numbers(store, &Query { search: text.into(), ..tagged(tag) });
    assert_eq!(within("a", "水"), (1, vec![1]));
    assert_eq!(within("c", "水"), (0, vec![]));
}

fn a_changed_row_is_found_as_it_is_now(store: &mut impl Store) {
    let found = |store: &dyn Fn(&Query) -> Vec<u8>, text: &str| {
        store(&Query { search: text.into(), ..all() })
    };
    for (sort, text) in [(5, "漏水"), (5, "漏水 已修"), (9, "漏水 已修"), (9, "停电")] {
        store.commit(&[Write::PutRow(row(1, sort, &["a"], text))], Durability::Normal).unwrap();
        let window = |query: &Query| numbers(store, query).1;
        let wanted = |has: bool| if has { vec![1] } else { vec![] };
        assert_eq!(found(&window, "漏水"), wanted(text.contains("漏水")), "{sort} {text}");
        assert_eq!(found(&window, "已修"), wanted(text.contains("已修")), "{sort} {text}");
        assert_eq!(found(&window, "停电"), wanted(text.contains("停电")), "{sort} {text}");
        assert_eq!(window(&tagged("a")), [1]);
        assert_eq!(store.row(2, &[1; 16]).unwrap().unwrap(), row(1, sort, &["a"], text));
    }
    let delete = Write::DeleteRow { room: 2, id: [1; 16] };
    store.commit(&[delete], Durability::Normal).unwrap();
    assert_eq!(numbers(store, &Query { search: "停电".into(), ..all() }), (0, vec![]));
    assert_eq!(numbers(store, &tagged("a")), (0, vec![]));
}

fn rows_of_one_moment_stay_apart(store: &mut impl Store) {
    // Ids that end alike, reported in the same millisecond.
    let same = |n: u16| {
        let [high, low] = n.to_be_bytes();
        let mut id = [0; 16];
        (id[0], id[1]) = (high, low);
        Row { id, ..row(1, 1_795_500_000_000, &["a"], "漏水") }
    };
    let batch: Vec<Write> = (0..300).map(|n| Write::PutRow(same(n))).collect();
    store.commit(&batch, Durability::Normal).unwrap();
    store.commit(&batch, Durability::Normal).unwrap();
    assert_eq!(store.count(2, None).unwrap(), 300);
    assert_eq!(store.window(&tagged("a")).unwrap().total, 300);
    let found = store.window(&Query { search: "漏水".into(), ..all() }).unwrap();
    assert_eq!((found.total, found.rows.len()), (FOUND_MAX, 100));
    assert_eq!(store.row(2, &same(299).id).unwrap().unwrap(), same(299));
}

fn what_is_overdue_comes_by_its_clock(store: &mut impl Store) {
    let due = |n, due| Row { due, ..row(n, i64::from(n), &["a"], "x") };
    let rows = [due(1, Some(50)), due(2, None), due(3, Some(30)), due(4, Some(70))];
    store.commit(&rows.map(Write::PutRow), Durability::Normal).unwrap();
    let overdue = |now| Query { listed: Listed::Overdue(now), ..all() };
    assert_eq!(numbers(store, &overdue(60)), (2, vec![3, 1]));
    assert_eq!(numbers(store, &overdue(50)), (1, vec![3]));
    store.commit(&[Write::PutRow(due(3, None))], Durability::Normal).unwrap();
    assert_eq!(numbers(store, &overdue(60)), (1, vec![1]));
}

fn tables_do_not_mix(store: &mut impl Store) {
    for (at, table) in Table::ALL.into_iter().enumerate() {
        let value = u8::try_from(at).unwrap();
        store.commit(&[put(table, b"same", &[value])], Durability::Normal).unwrap();
    }
    for (at, table) in Table::ALL.into_iter().enumerate() {
        let value = u8::try_from(at).unwrap();
        assert_eq!(store.get(table, b"same").unwrap().unwrap(), [value]);
        assert_eq!(store.scan(table, b"", None, 9).unwrap().len(), 1);
    }
}
