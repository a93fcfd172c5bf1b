//! Names, texts and sums are found neither on the relay's disk nor on the wire nor in its log; the
//! same scan finds what a plain sealer sends.

use std::path::{Path, PathBuf};

use linli_domain::{
    kernel::{Circle, Day, Fen, Month, Role, Scope, UnitCode},
    payments::{
        Method, RoundFields, TariffFields,
        account::{Asked, ReceiptAsked},
    },
    registry::Terms,
    repairs::{Event, Report},
};
use linli_io::{SqliteStore, SystemChance, clock};
use linli_replica::{
    Ask, Done, FactRow, Replica, WhoApplies, circle_id,
    invite::Invite,
    money::{self, BillAsked},
    store::{Durability, MemoryStore, Store, Table, Write},
};
use linli_seal::{Chance as _, DeviceKeys, body};
use linli_tests::{
    COMMUNITY, FirstDay,
    cable::Cable,
    relay::{Phone, Relay},
    report, stairs, texts,
};
use linli_wire::{
    CircleId, FactId, Hash, cbor,
    pack::{Header, Kind, Seen},
};

/// A person's name, a text, a sum, and the name of the community.
const CANARIES: [&str; 4] = ["金丝雀·卡纳里", "Kanarienvogel im Steigrohr", "48213.07", COMMUNITY];

fn has(bytes: &[u8], canary: &[u8]) -> bool {
    bytes.windows(canary.len()).any(|part| part == canary)
}

/// All files in a folder and those below it.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// Where each canary is found: on the wire, in a file of the relay's folder, or in its log.
fn found(canary: &[u8], wire: &[u8], folder: &Path, log: &Path) -> Vec<String> {
    let files = files(folder).into_iter().chain([log.to_owned()]).map(|path| {
        (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(path).unwrap())
    });
    let places = files.chain([("wire".to_owned(), wire.to_vec())]);
    places.filter(|(_, bytes)| has(bytes, canary)).map(|(name, _)| name).collect()
}

/// Puts a pack of clear text into a phone's outbox, as an app without a sealer would.
fn send_plain(phone: &mut Replica<MemoryStore>, text: &[u8]) {
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
    let pack = body::sign(header, text, phone.keys()).unwrap();
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
        assert_eq!(
            found(canary.as_bytes(), &cable.passed(), &data, &log),
            Vec::<String>::new(),
            "{canary}"
        );
    }
    // The same scan over the same places finds what is not sealed.
    send_plain(&mut careless.replica, CANARIES.join(" ").as_bytes());
    careless.talk();
    for canary in CANARIES {
        let found = found(canary.as_bytes(), &cable.passed(), &data, &log);
        assert!(found.contains(&"wire".to_owned()), "{canary}: {found:?}");
        assert!(found.iter().any(|place| place.starts_with("relay.db")), "{canary}: {found:?}");
    }
}

/// Why a receipt was written off its round, its paper slip, a bank's reference.
const PAPERS: [&str; 3] = ["金丝雀代付", "KANARIE-SLIP-48213", "KANARIE-REF-0917"];

/// Sums that nothing else has: of a receipt, of a transfer, and of the bill of 89.37 m² at 234.57 yuan.
const SUMS: [Fen; 3] = [Fen::new(4_821_307), Fen::new(3_141_593), Fen::new(2_096_352)];

/// What must be found nowhere: the texts, and the sums as facts hold them (an integer of five bytes).
fn money_canaries() -> Vec<Vec<u8>> {
    let sums = SUMS.map(|sum| cbor::to_bytes("sum", &sum).unwrap());
    assert!(sums.iter().all(|sum| sum.len() == 5 && sum.first() == Some(&0x1A)), "{sums:?}");
    PAPERS.iter().map(|text| text.as_bytes().to_vec()).chain(sums).collect()
}

/// Somebody moves in with a phone of their own, and the head lets them in.
fn moves_in(
    head: &mut Phone<MemoryStore>,
    unit: &str,
    at: &Path,
    cable: &Cable,
) -> Phone<SqliteStore> {
    std::fs::create_dir(at).unwrap();
    let (now, chance) = (clock::now(), &mut SystemChance);
    let terms = Terms::of(Role::Resident, Scope::parse(&format!("unit/{unit}")).unwrap());
    let relay = format!("http://{}", cable.address);
    let invite = head.replica.invite(&terms, &relay, now, chance).unwrap();
    let store = SqliteStore::open(&at.join("phone.db")).unwrap();
    let phone = Replica::open(store, DeviceKeys::generate(chance)).unwrap();
    let mut phone = Phone::new(phone, cable.address);
    phone.replica.join(&Invite::parse(&invite.to_text()).unwrap(), "somebody", chance).unwrap();
    assert!(head.talk() && phone.talk() && head.talk());
    let id = invite.certificate.invite;
    head.replica.approve(&id, &WhoApplies::NewPerson, now, chance).unwrap();
    assert!(head.talk() && phone.talk() && head.talk() && phone.talk());
    phone
}

fn pays<S: Store>(phone: &mut Phone<S>, asked: money::Ask) -> FactId {
    let done = phone.replica.ask(&Ask::Money(asked), 0, clock::now(), &mut SystemChance);
    let Done::Written(id) = done.unwrap() else { unreachable!("nothing is held") };
    id
}

/// The founder bills all homes; the head takes cash and a transfer from one.
fn money_moves(founder: &mut Phone<MemoryStore>, head: &mut Phone<MemoryStore>, unit: &UnitCode) {
    let text = "[[charge]]\nname = \"fee\"\nkind = \"area\"\nrate = 234.57\n".to_owned();
    let fields = TariffFields { text, late_per_day: None, decision: None };
    pays(founder, money::Ask::Tariff { fields, draft: None });
    let today = Day::of(clock::now(), 480).unwrap();
    let (from, due) = (Month::of(today), today.in_days(30).unwrap());
    let run = BillAsked { from, to: from, due, homes: String::new() };
    pays(founder, money::Ask::Bill { run, draft: None });
    let collector = head.replica.viewer(clock::now()).unwrap().person;
    // Not on this round: it takes a reason.
    let units = vec![UnitCode::parse("3-2-502").unwrap()];
    let fields =
        RoundFields { building: Some("3".to_owned()), collector, units, from: today, to: due };
    let round = pays(founder, money::Ask::OpenRound(fields, money::Doors::Named));
    assert!(founder.talk() && head.talk());
    let [why, slip, reference] = PAPERS.map(|text| Some(text.to_owned()));
    let cash = ReceiptAsked {
        amount: SUMS[0],
        method: Method::Cash,
        choice: None,
        slip,
        reference: None,
        reason: why,
        ahead: true,
    };
    let (amount, method) = (SUMS[1], Method::Bank);
    let bank = ReceiptAsked {
        amount,
        method,
        choice: None,
        slip: None,
        reference,
        reason: None,
        ahead: true,
    };
    for (asked, round) in [(cash, Some(round)), (bank, None)] {
        let asked = Asked::Receive(asked);
        pays(head, money::Ask::Home { unit: unit.clone(), asked, round, draft: None });
    }
    assert!(head.talk() && founder.talk());
}

#[test]
fn a_neighbour_and_the_relay_hold_nothing_of_a_homes_money() {
    let folder = tempfile::tempdir().unwrap();
    let (data, log) = (folder.path().join("data"), folder.path().join("log"));
    let relay = Relay::start(env!("CARGO_BIN_EXE_relay"), &data, &log, &[]);
    let cable = Cable::lay(relay.address).unwrap();
    let keys = [DeviceKeys::generate(&mut SystemChance), DeviceKeys::generate(&mut SystemChance)];
    // The neighbour's home is smaller, so that its bill is another one.
    let mut stairs = stairs();
    stairs[0].units[1].area = linli_domain::kernel::AreaDm2(7_003);
    let day = FirstDay::with_homes(&keys.each_ref(), stairs);
    let [mut head, mut careless] =
        keys.map(|keys| Phone::new(day.unread(MemoryStore::default(), &keys), cable.address));
    let mut founder = Phone::new(day.founder, cable.address);
    assert!(founder.talk() && head.talk());
    let [meis, lins] = ["mei", "lin"].map(|name| folder.path().join(name));
    let mut mei = moves_in(&mut head, "3-2-501", &meis, &cable);
    let mut lin = moves_in(&mut head, "3-2-502", &lins, &cable);
    let home = UnitCode::parse("3-2-501").unwrap();
    money_moves(&mut founder, &mut head, &home);
    assert!(mei.talk() && lin.talk());
    // What is looked for is there, and can be found: in the household's own files.
    let page = mei.replica.home_money(&home, clock::now()).unwrap();
    assert_eq!((page.receipts().len(), page.bills.len()), (2, 1));
    assert_eq!(page.bills[0].owed.total, SUMS[2]);
    for canary in money_canaries() {
        assert_ne!(found(&canary, &[], &meis, &log), Vec::<String>::new(), "{canary:?}");
    }
    // Neither relay nor wire nor the neighbour's files have any of it.
    for canary in money_canaries() {
        let nowhere = Vec::<String>::new();
        assert_eq!(found(&canary, &cable.passed(), &data, &log), nowhere, "{canary:?}");
        assert_eq!(found(&canary, &[], &lins, &log), nowhere, "{canary:?}");
    }
    let community = lin.replica.community().unwrap();
    let own = UnitCode::parse("3-2-502").unwrap();
    assert_eq!(lin.replica.home_money(&own, clock::now()).unwrap().bills.len(), 1);
    let circles = [Circle::Home(home), Circle::Keepers("3".to_owned()), Circle::Office];
    let foreign = circles.map(|circle| circle_id(&community, &circle));
    for (_, row) in lin.replica.store().scan(Table::Fact, &[], None, usize::MAX).unwrap() {
        assert!(!foreign.contains(&FactRow::decode(&row).unwrap().circle));
    }
    // The same scan finds what a plain sealer sends.
    send_plain(&mut careless.replica, &money_canaries().concat());
    careless.talk();
    for canary in money_canaries() {
        let found = found(&canary, &cable.passed(), &data, &log);
        assert!(found.contains(&"wire".to_owned()), "{canary:?}: {found:?}");
        assert!(found.iter().any(|place| place.starts_with("relay.db")), "{canary:?}: {found:?}");
    }
}
