//! What every keeper of the store must do; each keeper's tests call [`run`].
#![expect(clippy::unwrap_used, reason = "a contract suite is test code")]

use super::{Durability, Query, Row, Store, Table, Write};

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
    tables_do_not_mix(&mut open());
}

fn put(table: Table, key: &[u8], value: &[u8]) -> Write {
    Write::Put(table, key.to_vec(), value.to_vec())
}

/// Builds a row for tests.
#[must_use]
pub fn row(number: u8, sort: i64, open: bool, search: &str) -> Row {
    let body = vec![number; 3];
    Row { room: 2, id: [number; 16], circle: [9; 16], sort, open, search: search.into(), body }
}

/// Builds a query for all rows of the tests' room.
#[must_use]
pub fn all() -> Query {
    Query { room: 2, open: None, search: String::new(), offset: 0, limit: 100 }
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
        Write::PutRow(row(1, 5, true, "one")),
        Write::ClearRows,
        Write::PutRow(row(2, 6, true, "two")),
    ];
    store.commit(&batch, Durability::Full).unwrap();
    assert_eq!(store.get(Table::Meta, b"k").unwrap().unwrap(), b"2");
    assert_eq!(store.window(&all()).unwrap().rows, [row(2, 6, true, "two")]);
    assert_eq!(store.count(2, None).unwrap(), 1);
}

fn rows_are_windowed_newest_first(store: &mut impl Store) {
    let batch: Vec<Write> =
        (1..=9).map(|n| Write::PutRow(row(n, i64::from(n % 4), n % 2 == 0, "x"))).collect();
    store.commit(&batch, Durability::Normal).unwrap();
    let numbers = |query: &Query| -> (u32, Vec<u8>) {
        let window = store.window(query).unwrap();
        (window.total, window.rows.iter().map(|row| row.id.first().copied().unwrap()).collect())
    };
    assert_eq!(numbers(&all()), (9, vec![7, 3, 6, 2, 9, 5, 1, 8, 4]));
    assert_eq!(numbers(&Query { offset: 2, limit: 3, ..all() }), (9, vec![6, 2, 9]));
    assert_eq!(numbers(&Query { open: Some(true), ..all() }), (4, vec![6, 2, 8, 4]));
    assert_eq!(numbers(&Query { room: 3, ..all() }), (0, vec![]));
    assert_eq!(numbers(&Query { offset: 99, ..all() }), (9, vec![]));
    assert_eq!(store.row(2, &[3; 16]).unwrap().unwrap(), row(3, 3, false, "x"));
    assert_eq!(store.row(2, &[99; 16]).unwrap(), None);
}

fn counts_follow_every_change(store: &mut impl Store) {
    let counts =
        |store: &dyn Fn(Option<bool>) -> u32| (store(None), store(Some(true)), store(Some(false)));
    let put_rows = [Write::PutRow(row(1, 1, true, "")), Write::PutRow(row(2, 1, false, ""))];
    store.commit(&put_rows, Durability::Normal).unwrap();
    assert_eq!(counts(&|open| store.count(2, open).unwrap()), (2, 1, 1));
    store.commit(&[Write::PutRow(row(1, 4, false, ""))], Durability::Normal).unwrap();
    assert_eq!(counts(&|open| store.count(2, open).unwrap()), (2, 0, 2));
    let delete = Write::DeleteRow { room: 2, id: [2; 16] };
    store.commit(&[delete.clone(), delete], Durability::Normal).unwrap();
    assert_eq!(counts(&|open| store.count(2, open).unwrap()), (1, 0, 1));
    store.commit(&[Write::ClearRows], Durability::Normal).unwrap();
    assert_eq!(counts(&|open| store.count(2, open).unwrap()), (0, 0, 0));
}

fn rows_are_found_by_text(store: &mut impl Store) {
    let batch = [
        Write::PutRow(row(1, 1, true, "3-2-501 32501 漏水 leak")),
        Write::PutRow(row(2, 2, true, "3-2-502 32502 100% _x")),
    ];
    store.commit(&batch, Durability::Normal).unwrap();
    let found = |text: &str| store.window(&Query { search: text.into(), ..all() }).unwrap().total;
    assert_eq!(found("32501"), 1);
    assert_eq!(found("漏水"), 1);
    assert_eq!(found("3-2-50"), 2);
    assert_eq!(found("%"), 1, "a percent sign is text, not a wildcard");
    assert_eq!(found("_x"), 1, "an underscore is text, not a wildcard");
    assert_eq!(found("none"), 0);
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
