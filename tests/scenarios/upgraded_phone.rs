//! A phone's folder that an older version wrote is opened by this one: nothing in it is lost, also
//! when the phone dies while its files are brought up to today's schema.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Command, Stdio},
};

use linli_domain::{
    registry::view::{DutyRow, DutyState, PeopleFilter},
    repairs::Status,
};
use linli_io::{SqliteStore, SystemChance, clock, folder};
use linli_replica::{
    Ask, Replica,
    repairs::Filter,
    store::{Query, Row, Store as _, Table},
    view::Phase,
};
use linli_tests::{NOON, report};

use crate::screens::{NO_RELAY, Phone};

/// The pack that the older version could not send.
const UNSENT: &str = "083ce32150fab0d7785104637a207a1a1dca11d00acff395e482bcaaba97e692";

/// Copies what the older version left behind on somebody's phone.
fn thaw(who: &str, to: &Path) {
    let frozen = Path::new(env!("CARGO_MANIFEST_DIR")).join("frozen/store-v1").join(who);
    fs::create_dir_all(to.join("keys")).unwrap();
    for file in ["phone.db", "community-0.db", "keys/0.key"] {
        fs::copy(frozen.join(file), to.join(file)).unwrap();
    }
}

fn opened(folder: &Path) -> Replica<SqliteStore> {
    folder::open(folder, 0, None).unwrap()
}

/// A duty in its stored words, if it holds now.
fn stands(row: &DutyRow) -> String {
    assert_eq!(row.state, DutyState::Stands);
    format!("{} {}", row.duty.role.word(), row.duty.scope)
}

/// What Mei had on her phone is there, as it was.
fn all_is_there(phone: &Replica<SqliteStore>) {
    assert_eq!(phone.audit().unwrap(), vec![]);
    let (total, rows) = phone.repairs(Filter::All, "", 0, 9, NOON).unwrap();
    let shown: Vec<_> = rows.iter().map(|r| (r.excerpt.as_str(), r.status, r.pending)).collect();
    let three = [
        ("二楼平台渗水", Status::Reported, true),
        ("厨房水龙头滴水", Status::Reported, false),
        ("主管接口漏水，水已经流到楼梯上", Status::Accepted, false),
    ];
    assert_eq!(total, 3);
    for one in three {
        assert!(shown.contains(&one), "{one:?}: {shown:?}");
    }
    let (found, _) = phone.repairs(Filter::All, "水龙头", 0, 9, NOON).unwrap();
    assert_eq!(found, 1, "found by its text");
    let people = phone.people(&PeopleFilter::default(), 0, 9, NOON);
    assert_eq!((people.total, phone.devices().len()), (5, 5));
    let mut duties: Vec<String> =
        people.rows.iter().flat_map(|row| &row.duties).map(stands).collect();
    duties.sort();
    let five = [
        "founder community",
        "head building/3",
        "owner unit/3-2-501",
        "property community",
        "resident unit/3-2-502",
    ];
    assert_eq!(duties, five);
    let standing = phone.standing().unwrap();
    assert_eq!((standing.phase, standing.name.as_str()), (Phase::Member, "和园里"));
    assert_eq!((standing.seq, standing.unsent, standing.quarantined), (25, 1, 0));
    let unsent: Vec<String> =
        phone.outbox().unwrap().iter().map(|pack| pack.hash().to_hex()).collect();
    assert_eq!(unsent, [UNSENT]);
    assert!(standing.held.is_some(), "what could still be undone can be undone");
}

/// Everything that the phone's store holds.
type Held = (Vec<(Table, Vec<u8>, Vec<u8>)>, Vec<Row>);

fn held(phone: &Replica<SqliteStore>) -> Held {
    let mut pairs = Vec::new();
    for table in Table::ALL {
        let of_table = phone.store().scan(table, &[], None, usize::MAX).unwrap();
        pairs.extend(of_table.into_iter().map(|(key, value)| (table, key, value)));
    }
    let room = linli_domain::shelf::Room::Repairs.code();
    let query = Query { room, limit: u32::MAX, ..Query::default() };
    (pairs, phone.store().window(&query).unwrap().rows)
}

#[test]
fn a_phone_of_the_first_schema_goes_on_with_everything_it_had() {
    let folder = tempfile::tempdir().unwrap();
    thaw("mei", folder.path());
    let phone = opened(folder.path());
    all_is_there(&phone);
    let first = held(&phone);
    drop(phone);
    let phone = opened(folder.path());
    all_is_there(&phone);
    assert!(held(&phone) == first, "a second start changes nothing");
    let mut phone = phone;
    phone.ask(&Ask::repair(None, report(4)), 0, clock::now(), &mut SystemChance).unwrap();
    assert_eq!(phone.outbox().unwrap().len(), 3, "she goes on, and stands by what she held");
    let (held, _) = phone.repairs(Filter::All, "门口积水", 0, 9, NOON).unwrap();
    assert_eq!((held, phone.audit().unwrap()), (1, vec![]));
}

/// Begins to bring a file up in a process of its own, and kills it before its COMMIT.
fn kill_in_the_middle(file: &Path) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_upgrader"))
        .arg(file)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert_eq!(lines.next().unwrap().unwrap(), "paused");
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(lines.next().is_none(), "it did not commit");
}

/// Reads the version of a file's schema, where the header has it.
fn schema_version(file: &Path) -> u8 {
    *fs::read(file).unwrap().get(63).unwrap()
}

#[test]
fn a_phone_that_dies_while_it_is_brought_up_has_its_old_file_and_is_brought_up_next_time() {
    let folder = tempfile::tempdir().unwrap();
    thaw("mei", folder.path());
    for file in ["community-0.db", "phone.db"] {
        let file = folder.path().join(file);
        let before = fs::read(&file).unwrap();
        for _ in 0..3 {
            kill_in_the_middle(&file);
            assert!(fs::read(&file).unwrap() == before, "the old file is as it was");
        }
        assert_eq!(schema_version(&file), 1);
    }
    all_is_there(&opened(folder.path()));
    assert_eq!(folder::communities(folder.path()).unwrap().len(), 1);
    for file in ["community-0.db", "phone.db"] {
        let file = folder.path().join(file);
        SqliteStore::open(&file).unwrap().checkpoint().unwrap();
        assert_eq!(schema_version(&file), 2);
    }
}

#[test]
fn the_screens_of_such_a_phone_show_its_community_and_the_draft_that_was_being_written() {
    let folder = tempfile::tempdir().unwrap();
    thaw("mei", folder.path());
    for _ in 0..2 {
        let phone = Phone::open(folder.path(), Some(NO_RELAY));
        phone.wait("the draft", |core| {
            let drafts = core.drafts().drafts;
            drafts.iter().any(|draft| draft.text == "三楼楼道的灯又不亮了").then_some(())
        });
        // What she held is written when its time is over.
        let listed = phone.wait("the list", |core| {
            Some(core.repairs().total).filter(|total| (3..=4).contains(total))
        });
        let frame = phone.core.frame();
        assert_eq!((frame.communities.len(), frame.community.as_str()), (1, "和园里"));
        assert_eq!((frame.seq, frame.unsent >= 1, listed >= 3), (25, true, true));
    }
}

#[test]
fn applications_of_the_first_schema_stop_neither_reviewer_nor_newcomer() {
    let folder = tempfile::tempdir().unwrap();
    thaw("chen", folder.path());
    let chen = opened(folder.path());
    assert_eq!(chen.applicants(NOON).unwrap(), vec![]);
    assert_eq!((chen.audit().unwrap(), chen.count_repairs(None).unwrap()), (vec![], 2));
    assert_eq!(chen.standing().unwrap().phase, Phase::Member);

    let folder = tempfile::tempdir().unwrap();
    thaw("newcomer", folder.path());
    let newcomer = opened(folder.path());
    assert_eq!(newcomer.standing().unwrap().phase, Phase::Fresh, "to be invited once more");
}
