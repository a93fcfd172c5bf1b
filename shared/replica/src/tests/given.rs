//! People with phones, for tests.

use linli_domain::{
    kernel::{AreaDm2, Circle, Moment, Role, Scope, UnitCode},
    registry::{StairRegistered, Terms, Unit, UnitKind, UnitStatus},
    repairs,
    shelf::{Room, Shelf},
};
use linli_seal::{DeviceKeys, chance::Seeded};
use linli_wire::{DeviceId, DocumentId, FactId, pack::Kind};

use super::relay::Relay;
use crate::{
    Ask, AskError, CircleDigest, Done, Lane, Plan, Progress, Replica, ReplicaError, WhoApplies,
    admit::{Piece, join_body},
    document::Writer,
    keyring::circle_id,
    store::{Durability, MemoryStore},
};

pub(crate) type Phone = Replica<MemoryStore>;

pub(crate) const NOON: Moment = Moment(1_795_500_000_000);

pub(crate) fn replica(chance: &mut Seeded) -> Phone {
    Replica::open(MemoryStore::default(), DeviceKeys::generate(chance)).unwrap()
}

/// The phone as it is after a restart: a new session, in which it asks for wraps once.
pub(crate) fn restarted(phone: &Phone) -> Phone {
    let keys = DeviceKeys::restore(phone.keys().secret()).unwrap();
    Replica::open(phone.store().clone(), keys).unwrap()
}

/// Buildings 1 to 3 with one stair of two homes each.
pub(crate) fn stairs() -> Vec<StairRegistered> {
    (1..=3)
        .map(|building| {
            let building = building.to_string();
            let unit = |room: &str| Unit {
                code: UnitCode::new(&building, 2, room).unwrap(),
                kind: UnitKind::Home,
                area: AreaDm2(8_937),
                basis: "register".to_owned(),
                owners: Vec::new(),
                status: UnitStatus::default(),
            };
            let units = vec![unit("501"), unit("502")];
            StairRegistered { building, stair: 2, lift: false, units }
        })
        .collect()
}

pub(crate) fn plan(founder: &Phone, chance: &mut Seeded) -> Plan {
    Plan::trial("和园里", 480, stairs(), "token".to_owned(), founder.keys(), chance).unwrap()
}

/// A village in memory: Fang founds, Chen heads building 3, Wang is of the company, Mei owns
/// 3-2-501, Lin lives in 3-2-502.
pub(crate) struct Village {
    pub(crate) relay: Relay,
    pub(crate) chance: Seeded,
    pub(crate) fang: Phone,
    pub(crate) chen: Phone,
    pub(crate) wang: Phone,
    pub(crate) mei: Phone,
    pub(crate) lin: Phone,
}

/// Talks to the relay until there is nothing more to say.
pub(crate) fn sync(phone: &mut Phone, relay: &mut Relay, chance: &mut Seeded) {
    phone.begin_round();
    for _ in 0..500 {
        let Some(call) = phone.next_call(Lane::Work).unwrap() else { return };
        let reply = relay.answer(&call.http);
        // As the app does: after a failure a lane waits, and then begins a new round.
        if phone.answered(&call.kind, Ok(reply), NOON, chance).unwrap() == Progress::Failed {
            return;
        }
    }
    panic!("the conversation does not end");
}

/// Joins somebody: invited by the first reviewer, approved by all of them.
pub(crate) fn join(
    reviewers: &mut [&mut Phone],
    role: Role,
    scope: &str,
    relay: &mut Relay,
    chance: &mut Seeded,
) -> Phone {
    let mut phone = replica(chance);
    let terms = Terms::of(role, Scope::parse(scope).unwrap());
    apply(&mut phone, reviewers, &terms, &WhoApplies::NewPerson, relay, chance);
    phone
}

/// Applies with a phone, new or a member's, and has it approved by all reviewers.
pub(crate) fn apply(
    phone: &mut Phone,
    reviewers: &mut [&mut Phone],
    terms: &Terms,
    who: &WhoApplies,
    relay: &mut Relay,
    chance: &mut Seeded,
) {
    let invite = reviewers[0].invite(terms, "http://relay", NOON, chance).unwrap();
    let invite = crate::invite::Invite::parse(&invite.to_text()).unwrap();
    phone.join(&invite, "somebody", chance).unwrap();
    sync(phone, relay, chance);
    for reviewer in reviewers.iter_mut() {
        sync(reviewer, relay, chance);
    }
    sync(phone, relay, chance);
    let code = phone.standing().unwrap().code.unwrap();
    let id = invite.certificate.invite;
    for reviewer in reviewers.iter_mut() {
        sync(reviewer, relay, chance);
        let applicants = reviewer.applicants(NOON).unwrap();
        let applicant = applicants.iter().find(|applicant| applicant.invite == id).unwrap();
        assert_eq!(applicant.code.as_ref(), Some(&code));
        reviewer.approve(&id, who, NOON, chance).unwrap();
        sync(reviewer, relay, chance);
    }
    sync(reviewers[0], relay, chance);
    sync(phone, relay, chance);
    sync(phone, relay, chance);
}

impl Village {
    pub(crate) fn new(seed: u64) -> Self {
        let (mut chance, mut relay) = (Seeded::new(seed), Relay::new());
        let mut fang = replica(&mut chance);
        let plan = plan(&fang, &mut chance);
        fang.found(&plan, NOON, &mut chance).unwrap();
        sync(&mut fang, &mut relay, &mut chance);
        let (r, c) = (&mut relay, &mut chance);
        let mut chen = join(&mut [&mut fang], Role::Head, "building/3", r, c);
        let wang = join(&mut [&mut fang], Role::Property, "community", r, c);
        let mei = join(&mut [&mut chen, &mut fang], Role::Owner, "unit/3-2-501", r, c);
        let lin = join(&mut [&mut chen], Role::Resident, "unit/3-2-502", r, c);
        let mut village = Self { relay, chance, fang, chen, wang, mei, lin };
        village.sync_all();
        village
    }

    pub(crate) fn sync_all(&mut self) {
        for _ in 0..2 {
            let Self { relay, chance, fang, chen, wang, mei, lin } = self;
            for phone in [fang, chen, wang, mei, lin] {
                sync(phone, relay, chance);
            }
        }
    }

    pub(crate) fn phones(&self) -> [&Phone; 5] {
        [&self.fang, &self.chen, &self.wang, &self.mei, &self.lin]
    }

    /// Every phone holds the same in each circle, and nothing but what follows from its facts.
    pub(crate) fn assert_agree(&self) {
        let mut seen: std::collections::BTreeMap<String, CircleDigest> = Default::default();
        for phone in self.phones() {
            assert_eq!(phone.audit().unwrap(), vec![]);
            for digest in phone.digests(NOON).unwrap() {
                let known = seen.entry(digest.circle.clone()).or_insert_with(|| digest.clone());
                assert_eq!(*known, digest);
            }
        }
    }
}

pub(crate) fn ask(
    phone: &mut Phone,
    about: Option<FactId>,
    event: repairs::Event,
    chance: &mut Seeded,
) -> Result<FactId, AskError> {
    match phone.ask(&Ask::repair(about, event), 0, NOON, chance)? {
        Done::Written(id) => Ok(id),
        Done::Held(_) => panic!("nothing is held"),
    }
}

/// Puts a properly sealed pack into a phone's outbox that no honest app would write: any change,
/// anywhere, made after the phone's last one.
pub(crate) fn smuggle(
    phone: &mut Phone,
    shelf: &Shelf,
    change: impl FnOnce(&DeviceId, &DocumentId, &Writer) -> Vec<u8>,
    chance: &mut Seeded,
) -> Result<(), ReplicaError> {
    phone.work(Durability::Full, |work| {
        let (me, community) = (work.me(), work.memory.community);
        let circle = circle_id(&community, &shelf.circle);
        let document = DocumentId::of(&community, &circle, shelf.room.code(), shelf.period);
        let key =
            work.memory.ring.current(&community, &work.memory.current, &shelf.circle).unwrap();
        let raw = change(&me, &document, &work.writer(&document, &me)?);
        let (room, period) = (shelf.room.code(), shelf.period);
        let body = join_body(&[Piece { room, period, raw: &raw }]);
        let header = work.header(Kind::Change, circle, key.epoch(), NOON, chance)?;
        let pack = linli_seal::body::seal(header, &body, &key, work.keys)?;
        work.send(&pack, Vec::new());
        Ok(())
    })
}

/// Where repairs of building 3 are filed at noon.
pub(crate) fn repairs_of_building_3() -> Shelf {
    Shelf { circle: Circle::Building("3".to_owned()), room: Room::Repairs, period: 20_264 }
}

pub(crate) fn leak() -> repairs::Event {
    repairs::Event::Report(repairs::given::leak())
}

/// No emergency: it can be undone.
pub(crate) fn drain() -> repairs::Event {
    let report = repairs::given::leak();
    repairs::Event::Report(repairs::Report { class: "drain".to_owned(), ..report })
}
