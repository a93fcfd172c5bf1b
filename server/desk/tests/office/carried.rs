//! Somebody has no net for days: what they wrote goes to the relay in a file, by the desk.

use linli_domain::{
    kernel::{AttachmentKind, Role},
    repairs::Event,
};
use linli_io::{SystemChance, clock};
use linli_replica::{Ask, blobs::Picture};

use super::given::{Office, Phone, ask, done, refused, report};

fn listed(desk: &str) -> String {
    done(&["repairs", "list", "--desk", desk, "--filter", "all", "--csv"])
}

/// Last entry of the log that a desk has read.
fn read_to(said: &str) -> &str {
    said.split("read to ").nth(1).unwrap().split(',').next().unwrap()
}

#[test]
fn the_desk_carries_what_mei_could_not_send_and_it_counts_once_whichever_way_it_comes() {
    let mut office = Office::new();
    let (desk, file) = (office.path("desk"), office.path("mei.linli"));
    let mut mei = office.phone("mei", Role::Resident, "unit/3-2-501");
    let mut chen = office.phone("chen", Role::Head, "building/3");
    done(&["sync", "--desk", &desk]);
    ask(&mut mei, None, report("stair/3-2", "lighting", "楼道灯不亮"));
    with_photo(&mut mei, report("stair/3-2", "water", "二楼平台渗水"));
    drop(mei);
    // Her phone's folder is that of a desk: it writes the file that her app would share.
    listed_there(&office, "mei");
    let mei = office.path("mei");
    let said = done(&["share-outbox", "--desk", &mei, "-o", &file]);
    assert!(said.ends_with("mei.linli: packs 2, parts of photos and voice 2\n"), "{said}");
    let said = done(&["carry", &file, "--desk", &desk]);
    assert!(said.starts_with("taken to carry: packs 2, parts of photos and voice 2\n"), "{said}");
    assert!(said.ends_with("handed in for others: 2\n"), "{said}");
    let last = read_to(&said).to_owned();
    chen.talk(office.url()).unwrap();
    assert_eq!(chen.replica.count_repairs(None).unwrap(), 2, "others see it");
    assert_eq!(listed(&desk).matches("\r\n").count(), 3, "the desk, too");
    // Carried once more, then handed in by herself: the log grows by nothing.
    let said = done(&["carry", &file, "--desk", &desk]);
    assert!(said.starts_with("nothing in the file is new\n"), "{said}");
    assert!(said.ends_with("handed in for others: 0\n"), "{said}");
    let said = done(&["--lang", "zh", "carry", &file, "--desk", &desk]);
    assert!(said.starts_with("文件里没有新的内容\n") && said.ends_with("替人交出 0\n"), "{said}");
    let said = done(&["sync", "--desk", &mei]);
    assert_eq!((read_to(&said), said.contains("0 not sent")), (last.as_str(), true), "{said}");
    let (code, why) = refused(&["share-outbox", "--desk", &mei, "-o", &file]);
    assert_eq!(code, 1);
    assert!(why.contains("there is nothing to carry"), "{why}");
    let said = done(&["sync", "--desk", &desk]);
    assert_eq!(read_to(&said), last, "{said}");
}

/// Reports with a photo of two parts.
fn with_photo(phone: &mut Phone, event: Event) {
    let picture = Picture { kind: AttachmentKind::Photo, bytes: vec![7; 300_000], turn: 1 };
    let (now, draft) = (clock::now(), Some("report".to_owned()));
    phone.replica.attach("report", &picture, now, &mut SystemChance).unwrap();
    let asked = Ask::Repair { about: None, event, draft };
    phone.replica.ask(&asked, 0, now, &mut SystemChance).unwrap();
}

/// Puts a phone's community on its folder's list, as its app does.
fn listed_there(office: &Office, name: &str) {
    linli_io::Member::list(office.path(name).as_ref(), office.url()).unwrap();
}

#[test]
fn a_file_that_is_damaged_foreign_or_missing_is_refused_with_its_sentence_and_changes_nothing() {
    let mut office = Office::new();
    let (desk, file) = (office.path("desk"), office.path("mei.linli"));
    let mut mei = office.phone("mei", Role::Resident, "unit/3-2-501");
    done(&["sync", "--desk", &desk]);
    ask(&mut mei, None, report("stair/3-2", "lighting", "楼道灯不亮"));
    std::fs::write(&file, mei.replica.share_outbox().unwrap()).unwrap();
    let before = listed(&desk);
    let carry = |file: &str, desk: &str| refused(&["carry", file, "--desk", desk]);
    let whole = std::fs::read(&file).unwrap();
    let damaged = office.path("damaged.linli");
    for at in [0, 20, whole.len() / 2, whole.len() - 1] {
        let mut bytes = whole.clone();
        *bytes.get_mut(at).unwrap() ^= 1;
        std::fs::write(&damaged, bytes).unwrap();
        let (code, why) = carry(&damaged, &desk);
        let foreign = why.contains("This file belongs to another community.");
        let said = why.contains("This file is damaged, or not from Linli.");
        assert!(code == 1 && (said || foreign && at == 20), "{at}: {why}");
    }
    std::fs::write(&damaged, &whole[..whole.len() / 2]).unwrap();
    assert!(carry(&damaged, &desk).1.contains("This file is damaged"));
    let elsewhere = Office::new();
    let (code, why) = carry(&file, &elsewhere.path("desk"));
    assert_eq!(code, 1);
    assert!(why.contains("This file belongs to another community."), "{why}");
    let (code, why) = carry(&office.path("none.linli"), &desk);
    assert!(code == 1 && why.contains("The file cannot be read."), "{why}");
    assert_eq!(refused(&["carry", "--desk", &desk]).0, 2);
    assert_eq!(refused(&["share-outbox", "--desk", &desk]).0, 2);
    let opened = linli_io::folder::open(desk.as_ref(), 0, None).unwrap();
    assert_eq!(opened.standing().unwrap().carried, 0);
    drop(opened);
    assert_eq!(listed(&desk), before);
}

/// Copies a phone's folder, as a restored backup of the whole phone would.
fn copy(from: &str, to: &str) {
    std::fs::create_dir_all(format!("{to}/keys")).unwrap();
    for file in ["community-0.db", "keys/0.key"] {
        std::fs::copy(format!("{from}/{file}"), format!("{to}/{file}")).unwrap();
    }
}

#[test]
fn what_the_relay_will_not_take_is_said_and_what_waits_is_kept() {
    let mut office = Office::new();
    let (desk, both, first) =
        (office.path("desk"), office.path("both.linli"), office.path("first.linli"));
    let mut mei = office.phone("mei", Role::Resident, "unit/3-2-501");
    done(&["sync", "--desk", &desk]);
    ask(&mut mei, None, report("stair/3-2", "lighting", "楼道灯不亮"));
    std::fs::write(&first, mei.replica.share_outbox().unwrap()).unwrap();
    ask(&mut mei, None, report("stair/3-2", "water", "二楼平台渗水"));
    let mut load = linli_wire::load::Load::decode(&mei.replica.share_outbox().unwrap()).unwrap();
    load.packs.remove(0);
    std::fs::write(&both, load.encode().unwrap()).unwrap();
    // Only the second pack comes: it waits for the first.
    let (code, said) = refused(&["carry", &both, "--desk", &desk]);
    assert_eq!(code, 1);
    assert!(said.contains("handed in for others: 0, still kept: 1\n! Something that"), "{said}");
    let said = done(&["carry", &first, "--desk", &desk]);
    assert!(said.ends_with("handed in for others: 2\n"), "{said}");
    // Her phone stands on an old copy, and its number is taken: the relay says no for good.
    mei.talk(office.url()).unwrap();
    let (now, then) = (office.path("mei"), office.path("then"));
    drop(mei);
    copy(&now, &then);
    let mut mei = Phone::open(now.as_ref()).unwrap();
    ask(&mut mei, None, report("community", "road", "门口路面破损"));
    mei.talk(office.url()).unwrap();
    let mut old = Phone::open(then.as_ref()).unwrap();
    ask(&mut old, None, report("community", "road", "后门路面破损"));
    std::fs::write(&both, old.replica.share_outbox().unwrap()).unwrap();
    let (code, said) = refused(&["carry", &both, "--desk", &desk]);
    assert_eq!(code, 1);
    assert!(
        said.contains("handed in for others: 0, not taken by the relay: 1\n! The same"),
        "{said}"
    );
    // The relay stays away: what was taken is kept for the next time.
    let mut lin = office.phone("lin", Role::Resident, "unit/3-2-502");
    ask(&mut lin, None, report("stair/3-2", "lighting", "还是不亮"));
    std::fs::write(&first, lin.replica.share_outbox().unwrap()).unwrap();
    let nowhere = ["carry", &first, "--desk", &desk, "--relay", "http://127.0.0.1:9"];
    let (code, said) = refused(&nowhere);
    assert!(code == 1 && said.contains("the relay was not reached"), "{said}");
    assert!(said.contains("handed in for others: 0, still kept: 1"), "{said}");
    done(&["sync", "--desk", &desk]);
    lin.talk(office.url()).unwrap();
    assert!(lin.replica.standing().unwrap().is_safe());
}
