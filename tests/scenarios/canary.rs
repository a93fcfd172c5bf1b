//! Names, texts and sums are found neither on the relay's disk nor on the wire nor in its log; the
//! same scan finds what a plain sealer sends.

use std::path::{Path, PathBuf};

use linli_domain::{
    kernel::{Role, Scope},
    registry::Terms,
    repairs::{Event, Report},
};
use linli_io::{SystemChance, clock};
use linli_replica::{
    Ask, Replica,
    invite::Invite,
    store::{Durability, MemoryStore, Store as _, Table, Write},
};
use linli_seal::{Chance as _, DeviceKeys, body};
use linli_tests::{
    COMMUNITY, FirstDay,
    cable::Cable,
    relay::{Phone, Relay},
    report, texts,
};
use linli_wire::{
    CircleId, Hash,
    pack::{Header, Kind, Seen},
};

/// A person's name, a text, a sum, and the name of the community.
const CANARIES: [&str; 4] = ["金丝雀·卡纳里", "Kanarienvogel im Steigrohr", "48213.07", COMMUNITY];

fn has(bytes: &[u8], canary: &str) -> bool {
    bytes.windows(canary.len()).any(|part| part == canary.as_bytes())
}

/// All files in a folder and those below it.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// Where each canary is found: on the wire, in a file of the relay's folder, or in its log.
fn found(canary: &str, wire: &[u8], folder: &Path, log: &Path) -> Vec<String> {
    let files = files(folder).into_iter().chain([log.to_owned()]).map(|path| {
        (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(path).unwrap())
    });
    let places = files.chain([("wire".to_owned(), wire.to_vec())]);
    places.filter(|(_, bytes)| has(bytes, canary)).map(|(name, _)| name).collect()
}

/// Puts a pack of clear text into a phone's outbox, as an app without a sealer would.
fn send_plain(phone: &mut Replica<MemoryStore>, text: &str) {
    let community = phone.community().unwrap();
    let header = Header {
        kind: Kind::Change,
        community,
        circle: CircleId::named(&community, "building/3"),
        key_epoch: linli_wire::KeyEpoch([1; 8]),
        device: phone.keys().id(),
        n: 1,
        prev: Hash::ZERO,
        cn: 1,
        cprev: Hash::ZERO,
        seen: Seen::NOTHING,
        time: 0,
        nonce: SystemChance.draw(),
    };
    let pack = body::sign(header, text.as_bytes(), phone.keys()).unwrap();
    // Rows as the replica writes them: a pack without a place in the log and with no facts taken
    // from it, not handed over yet.
    let (hash, no_place, no_facts, not_yet) = (pack.hash().0, [0; 16], [0, 0], [0]);
    let row = [&no_place[..], &no_facts, pack.bytes()].concat();
    let batch = [
        Write::Put(Table::Pack, hash.to_vec(), row),
        Write::Put(Table::Outbox, 1_u64.to_be_bytes().to_vec(), [&hash[..], &not_yet].concat()),
    ];
    phone.store_mut().commit(&batch, Durability::Full).unwrap();
}

#[test]
fn the_relay_and_the_wire_see_no_name_no_text_and_no_sum() {
    let folder = tempfile::tempdir().unwrap();
    let (data, log) = (folder.path().join("data"), folder.path().join("log"));
    let relay = Relay::start(env!("CARGO_BIN_EXE_relay"), &data, &log, &[]);
    let cable = Cable::lay(relay.address).unwrap();
    let keys = [DeviceKeys::generate(&mut SystemChance), DeviceKeys::generate(&mut SystemChance)];
    let day = FirstDay::new(&keys.each_ref());
    let [mut head, mut careless] =
        keys.map(|keys| Phone::new(day.unread(MemoryStore::default(), &keys), cable.address));
    let mut founder = Phone::new(day.founder, cable.address);
    assert!(founder.talk());
    // A person's name in an application, a text and a sum in a report.
    let [name, text, sum, _] = CANARIES;
    let scope = Scope::parse("unit/3-2-501").unwrap();
    let at = format!("http://{}", cable.address);
    let (now, chance) = (clock::now(), &mut SystemChance);
    let invite =
        founder.replica.invite(&Terms::of(Role::Resident, scope), &at, now, chance).unwrap();
    assert!(founder.talk());
    let newcomer = Replica::open(MemoryStore::default(), DeviceKeys::generate(chance)).unwrap();
    let mut newcomer = Phone::new(newcomer, cable.address);
    let invite = Invite::parse(&invite.to_text()).unwrap();
    newcomer.replica.join(&invite, name, chance).unwrap();
    assert!(newcomer.talk() && founder.talk());
    assert_eq!(founder.replica.applicants(now).unwrap()[0].name, name);
    let Event::Report(canary) = report(0) else { panic!("a report") };
    let event = Event::Report(Report { text: format!("{text}, {sum} 元"), ..canary });
    let ask = Ask::repair(None, event);
    assert!(head.talk());
    head.replica.ask(&ask, 0, now, chance).unwrap();
    assert!(head.talk() && founder.talk());
    assert!(texts(&founder.replica)[0].starts_with(text), "it arrived, and can be read there");
    assert_eq!(head.replica.standing().unwrap().name, COMMUNITY);
    for canary in CANARIES {
        assert_eq!(found(canary, &cable.passed(), &data, &log), Vec::<String>::new(), "{canary}");
    }
    // The same scan over the same places finds what is not sealed.
    send_plain(&mut careless.replica, &CANARIES.join(" "));
    careless.talk();
    for canary in CANARIES {
        let found = found(canary, &cable.passed(), &data, &log);
        assert!(found.contains(&"wire".to_owned()), "{canary}: {found:?}");
        assert!(found.iter().any(|place| place.starts_with("relay.db")), "{canary}: {found:?}");
    }
}
