use linli_replica::store::contract;

use super::*;

#[test]
fn the_sqlite_store_keeps_the_contract() {
    let folder = tempfile::tempdir().unwrap();
    let mut count = 0;
    contract::run(|| {
        count += 1;
        SqliteStore::open(&folder.path().join(format!("{count}.db"))).unwrap()
    });
}

#[test]
fn a_full_disk_is_refused_clearly_and_what_was_there_stays() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("full.db");
    let mut store = SqliteStore::open(&path).unwrap();
    let put = |n: u32| Write::Put(Table::Pack, n.to_be_bytes().to_vec(), vec![7; 4000]);
    store.commit(&[put(1)], Durability::Full).unwrap();
    store.limit_pages(200).unwrap();
    let batch: Vec<Write> = (2..400).map(put).collect();
    let refused = store.commit(&batch, Durability::Full).unwrap_err();
    assert_eq!(refused, StoreError::Full { step: "commit" });
    drop(store);
    let store = SqliteStore::open(&path).unwrap();
    assert_eq!(store.scan(Table::Pack, &[], None, 9).unwrap().len(), 1);
}

#[test]
fn a_damaged_file_is_an_error_and_no_panic() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bad.db");
    std::fs::write(&path, vec![b'x'; 8192]).unwrap();
    assert!(matches!(SqliteStore::open(&path), Err(StoreError::Failed { step: "open", .. })));
}

#[test]
fn a_file_of_another_version_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("newer.db");
    drop(SqliteStore::open(&path).unwrap());
    for unknown in [9, -1] {
        let connection = Connection::open(&path).unwrap();
        connection.pragma_update(None, "user_version", unknown).unwrap();
        drop(connection);
        let before = std::fs::read(&path).unwrap();
        let refused = SqliteStore::open(&path).unwrap_err().to_string();
        let said = format!("schema version {unknown}, this app writes 2");
        assert!(refused.contains(&said), "{refused}");
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }
}

#[test]
fn durability_is_what_was_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = SqliteStore::open(&folder.path().join("d.db")).unwrap();
    for (durability, number) in [(Durability::Normal, 1), (Durability::Full, 2)] {
        store.commit(&[], durability).unwrap();
        let set: i64 =
            store.connection.query_row("PRAGMA synchronous", [], |row| row.get(0)).unwrap();
        assert_eq!(set, number);
    }
}

#[test]
fn no_scan_walks_a_table_beyond_its_prefix() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("plan.db")).unwrap();
    let plan = |sql: &str| -> String {
        let mut statement = store.connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let nothing = [b"\x01".to_vec(), b"\x02".to_vec()];
        statement.query_row(nothing, |row| row.get("detail")).unwrap()
    };
    for table in Table::ALL {
        for after in [None, Some(&b"prefix-1"[..])] {
            let sql = Range::new(Home::of(table), b"prefix", after).sql("ORDER BY k", 1);
            let plan = plan(&sql);
            assert!(plan.starts_with("SEARCH") && plan.ends_with("(k>? AND k<?)"), "{sql}: {plan}");
        }
    }
}

#[test]
fn a_second_process_cannot_open_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("one.db");
    let mut store = SqliteStore::open(&path).unwrap();
    let put = [Write::Put(Table::Meta, b"a".to_vec(), b"1".to_vec())];
    store.commit(&put, Durability::Full).unwrap();
    let second = Connection::open(&path).unwrap();
    second.busy_timeout(std::time::Duration::ZERO).unwrap();
    let read = second.query_row("SELECT count(*) FROM t_small", [], |row| row.get::<_, i64>(0));
    assert_eq!(read.unwrap_err().sqlite_error_code(), Some(ErrorCode::DatabaseBusy));
}

#[test]
fn a_copy_of_an_open_store_holds_what_it_held_and_is_never_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let (path, copy) = (folder.path().join("one.db"), folder.path().join("copy.db"));
    let mut store = SqliteStore::open(&path).unwrap();
    let put = |value: &[u8]| [Write::Put(Table::Meta, b"a".to_vec(), value.to_vec())];
    store.commit(&put(b"1"), Durability::Full).unwrap();
    store.copy_to(&copy).unwrap();
    store.commit(&put(b"2"), Durability::Full).unwrap();
    let copied = SqliteStore::open(&copy).unwrap();
    assert_eq!(copied.get(Table::Meta, b"a").unwrap(), Some(b"1".to_vec()));
    drop(copied);
    assert!(matches!(store.copy_to(&copy), Err(StoreError::Failed { step: "copy", .. })));
}

/// Names and makings of everything in a file.
fn schema(store: &SqliteStore) -> Vec<(String, Option<String>)> {
    let sql = "SELECT name, replace(sql, ' ', '') FROM sqlite_master ORDER BY name";
    let mut statement = store.connection.prepare(sql).unwrap();
    let all = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    all.collect::<Result<_, _>>().unwrap()
}

#[test]
fn a_file_of_every_older_version_ends_with_the_schema_of_a_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let fresh = schema(&SqliteStore::open(&folder.path().join("new.db")).unwrap());
    for version in 1..SCHEMA_VERSION {
        let frozen = format!("../../tests/frozen/store-v{version}/mei/community-0.db");
        let path = folder.path().join(format!("{version}.db"));
        std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join(frozen), &path).unwrap();
        let store = SqliteStore::open(&path).unwrap();
        assert_eq!(schema(&store), fresh, "{version}");
        assert_eq!(store.get(Table::Meta, b"fold").unwrap(), None, "its rows are gone");
    }
}

#[test]
fn a_window_of_another_place_is_not_planned_anew() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("plan.db")).unwrap();
    let mut statement = store
        .connection
        .prepare("SELECT k FROM row_tag WHERE room = ?1 AND tag = ?2 ORDER BY k LIMIT ?3 OFFSET ?4")
        .unwrap();
    for place in 1..9 {
        let rows = statement.query_map(params![5, "", 60, place * 60], |row| row.get::<_, i64>(0));
        assert_eq!(rows.unwrap().count(), 0);
    }
    assert_eq!(statement.get_status(rusqlite::StatementStatus::RePrepare), 0);
}
