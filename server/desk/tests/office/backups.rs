//! A desk is lost: gone on from its backup, or replaced.

use linli_domain::{kernel::Role, repairs::Event};

use super::given::{Office, PASSPHRASE, ask, device, done, refused, report};

impl Office {
    fn passphrase(&self) -> String {
        self.path("passphrase")
    }

    fn backup(&self, desk: &str, file: &str) {
        let (desk, file) = (self.path(desk), self.path(file));
        let passphrase = self.passphrase();
        done(&["backup", "--desk", &desk, &file, "--passphrase-file", &passphrase]);
    }

    fn restore(&self, file: &str, desk: &str) {
        let (desk, file) = (self.path(desk), self.path(file));
        let passphrase = self.passphrase();
        let said = done(&["restore", "--desk", &desk, &file, "--passphrase-file", &passphrase]);
        assert!(said.contains("it can only be read for now. Run linli sync"), "{said}");
    }
}

fn count(desk: &str) -> usize {
    done(&["repairs", "list", "--desk", desk, "--filter", "all", "--csv"]).matches("\r\n").count()
        - 1
}

/// The company's desk accepts and hands out a repair.
fn accept(desk: &str, id: &linli_wire::FactId) {
    let mut desk = linli_io::Member::open(desk.as_ref()).unwrap();
    ask(&mut desk, Some(*id), Event::Accept);
}

fn assign(desk: &str, id: &linli_wire::FactId) -> String {
    done(&["repairs", "assign", "--desk", desk, &id.to_hex(), "--how", "turn"])
}

#[test]
fn a_desk_goes_on_from_its_backup_and_nothing_is_lost_or_written_twice() {
    let mut office = Office::new();
    let (desk, new) = (office.path("desk"), office.path("new"));
    let mut mei = office.phone("mei", Role::Resident, "unit/3-2-501");
    let lamp = ask(&mut mei, None, report("stair/3-2", "lighting", "灯坏了"));
    let road = ask(&mut mei, None, report("community", "road", "路面破损"));
    mei.talk(office.url()).unwrap();
    done(&["sync", "--desk", &desk]);
    accept(&desk, &lamp);
    office.backup("desk", "desk.backup");
    // After the backup: handed in, and written on.
    done(&["sync", "--desk", &desk]);
    accept(&desk, &road);
    assign(&desk, &lamp);
    done(&["sync", "--desk", &desk]);
    std::fs::remove_dir_all(&desk).unwrap();
    office.restore("desk.backup", "new");
    assert_eq!(count(&new), 2, "it can be read");
    let (_, why) = refused(&["repairs", "assign", "--desk", &new, &lamp.to_hex(), "--how", "turn"]);
    assert_eq!(
        why,
        "linli: This copy was restored from a backup. It can be read; before anything is written it \
         has to reach the relay.\n"
    );
    let said = done(&["sync", "--desk", &new]);
    assert!(
        said.starts_with("和园: Member, read to ") && said.ends_with(", 0 not sent\n"),
        "{said}"
    );
    // What was written after the backup is here, and it can be gone on with.
    let said = done(&["repairs", "list", "--desk", &new, "--filter", "for_me", "--csv"]);
    assert!(said.contains(&lamp.to_hex()) && said.contains("dispatched"), "{said}");
    assign(&new, &road);
    done(&["sync", "--desk", &new]);
    mei.talk(office.url()).unwrap();
    for id in [lamp, road] {
        let page = mei.replica.repair(&id, linli_io::clock::now()).unwrap().unwrap();
        assert_eq!(page.detail.row.status.word(), "dispatched");
        assert_eq!((page.detail.row.versions, page.detail.refused.len()), (1, 0));
    }
    assert_eq!(mei.replica.standing().unwrap().alarms, vec![]);
    assert_eq!(done(&["status", &new]).lines().count(), 1, "every row follows from its facts");
}

#[test]
fn where_the_old_desk_lives_on_whoever_comes_second_is_told_and_rewrites_with_new_keys() {
    let mut office = Office::new();
    let (desk, copy) = (office.path("desk"), office.path("copy"));
    let mut mei = office.phone("mei", Role::Resident, "unit/3-2-501");
    let mut chen = office.phone("chen", Role::Head, "building/3");
    let lamp = ask(&mut mei, None, report("stair/3-2", "lighting", "灯坏了"));
    let road = ask(&mut mei, None, report("community", "road", "路面破损"));
    mei.talk(office.url()).unwrap();
    done(&["sync", "--desk", &desk]);
    office.backup("desk", "desk.backup");
    office.restore("desk.backup", "copy");
    // Both write: the copy first.
    accept(&desk, &lamp);
    assign(&desk, &lamp);
    done(&["sync", "--desk", &copy]);
    accept(&copy, &road);
    done(&["sync", "--desk", &copy]);
    let (code, said) = refused(&["sync", "--desk", &desk]);
    assert_eq!(code, 1);
    assert!(said.contains("! This phone was restored from a copy and needs new keys ("), "{said}");
    assert!(said.contains(", 2 not sent"), "{said}");
    assert!(said.contains(&device(&desk).short()), "the device is named: {said}");
    // New keys for the same person; what could not be sent is asked anew.
    office.issue_anew("new", device(&desk), &mut chen);
    let new = office.path("new");
    let said = done(&["rewrite", "--from", &desk, "--desk", &new]);
    assert_eq!(said.matches(": written anew as ").count(), 2, "{said}");
    let again = done(&["rewrite", "--from", &desk, "--desk", &new]);
    assert_eq!(again.matches(": is there already").count(), 2, "{again}");
    done(&["sync", "--desk", &new]);
    mei.talk(office.url()).unwrap();
    let page = mei.replica.repair(&lamp, linli_io::clock::now()).unwrap().unwrap();
    assert_eq!(page.detail.row.status.word(), "dispatched");
}

#[test]
fn without_key_and_backup_the_desk_is_issued_anew_and_reads_everything() {
    let mut office = Office::new();
    let desk = office.path("desk");
    let mut mei = office.phone("mei", Role::Resident, "unit/3-2-501");
    let mut chen = office.phone("chen", Role::Head, "building/3");
    let lamp = ask(&mut mei, None, report("home/3-2-501", "water", "漏水"));
    mei.talk(office.url()).unwrap();
    done(&["sync", "--desk", &desk]);
    accept(&desk, &lamp);
    done(&["sync", "--desk", &desk]);
    let lost = device(&desk);
    let old = office.path("lost");
    std::fs::rename(&desk, &old).unwrap();
    std::fs::remove_file(format!("{old}/keys/0.key")).unwrap();
    let (_, why) = refused(&["repairs", "list", "--desk", &old]);
    assert!(why.contains("0.key: no such file"), "{why}");
    assert!(!std::path::Path::new(&format!("{old}/keys/0.key")).exists(), "looking makes nothing");
    office.issue_anew("desk", lost, &mut chen);
    assert_eq!(count(&desk), 1);
    let said = done(&["repairs", "show", "--desk", &desk, &lamp.to_hex()]);
    assert!(said.contains("漏水") && said.contains("Accepted"), "{said}");
    let said = assign(&desk, &lamp);
    assert!(said.contains("By turn"), "{said}");
    done(&["sync", "--desk", &desk]);
    mei.talk(office.url()).unwrap();
    let page = mei.replica.repair(&lamp, linli_io::clock::now()).unwrap().unwrap();
    assert_eq!(page.detail.row.status.word(), "dispatched");
    // The same person as before: what was theirs is theirs.
    let before = page.detail.timeline.iter().find(|step| step.device == lost).unwrap().person;
    assert_eq!(page.detail.row.assignee, Some(before));
}

#[test]
fn a_backup_opens_with_its_passphrase_only_and_overwrites_nothing() {
    let office = Office::new();
    let desk = office.path("desk");
    office.backup("desk", "desk.backup");
    let file = office.path("desk.backup");
    let bytes = std::fs::read(&file).unwrap();
    let key = std::fs::read(format!("{desk}/keys/0.key")).unwrap();
    let holds = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    assert!(!holds(&key[..16]) && !holds("和园".as_bytes()) && !holds(b"SQLite format"));
    assert!(!std::path::Path::new(&format!("{desk}/backup.new")).exists());
    let given = office.passphrase();
    let (code, said) = refused(&["backup", "--desk", &desk, &file, "--passphrase-file", &given]);
    assert!(code == 2 && said.contains("is not written over"), "{said}");
    let wrong = office.path("wrong");
    std::fs::write(&wrong, PASSPHRASE.replace('三', "四")).unwrap();
    let new = office.path("new");
    let (code, said) = refused(&["restore", "--desk", &new, &file, "--passphrase-file", &wrong]);
    assert!(code == 1 && said.contains("the passphrase is another one"), "{said}");
    let (code, said) = refused(&["restore", "--desk", &desk, &file, "--passphrase-file", &given]);
    assert!(code == 2 && said.contains("is not empty"), "{said}");
    std::fs::write(&file, &bytes[..bytes.len() - 100]).unwrap();
    let (_, said) = refused(&["restore", "--desk", &new, &file, "--passphrase-file", &given]);
    assert!(said.contains("damaged"), "{said}");
    assert!(!std::path::Path::new(&new).exists(), "nothing half restored is left");
    std::fs::write(&wrong, "short").unwrap();
    let other = office.path("other.backup");
    let (code, said) = refused(&["backup", "--desk", &desk, &other, "--passphrase-file", &wrong]);
    assert!(code == 2 && said.contains("twelve characters"), "{said}");
}
