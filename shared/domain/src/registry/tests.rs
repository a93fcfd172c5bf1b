use linli_wire::{
    CommunityId, DeviceId, DocumentId, FactId, Hash, PersonId,
    charter::{Charter, FounderSignature, SignedCharter},
    fact::Fact,
    sign::Purpose,
};

use super::*;
use crate::kernel::{
    AreaDm2, Author, Circle, Duty, Moment, Position, Role, Scope, StaffDuty, UnitCode, When,
};

mod offers;
mod owners;
mod phones;
mod table;
mod versions;
mod windows;

const NOW: Moment = Moment(1_000);

/// A person with a real signing key, so that keys are sound.
struct Person {
    key: ed25519_zebra::SigningKey,
    person: PersonId,
}

fn who(byte: u8) -> Person {
    Person { key: ed25519_zebra::SigningKey::from([byte; 32]), person: PersonId([byte; 16]) }
}

impl Person {
    fn device(&self) -> DeviceId {
        DeviceId(self.key.verification_key().into())
    }
}

struct Community {
    registry: Registry,
    seq: u64,
}

fn at(seq: u64) -> When {
    When::Placed(Position { seq, index: 0, stamp: Moment(i64::try_from(seq).unwrap()) })
}

fn units() -> StairRegistered {
    let unit = |room: &str| Unit {
        code: UnitCode::new("3", 2, room).unwrap(),
        kind: UnitKind::Home,
        area: AreaDm2(8_937),
        basis: "register".to_owned(),
        owners: Vec::new(),
        status: UnitStatus::default(),
    };
    StairRegistered {
        building: "3".to_owned(),
        stair: 2,
        lift: false,
        units: vec![unit("501"), unit("502")],
    }
}

fn terms() -> FoundingTerms {
    let (name, rules) = ("和园里".to_owned(), "cn-hangzhou".to_owned());
    FoundingTerms { name, utc_offset_minutes: 480, rules, founders: Vec::new() }
}

impl Community {
    /// Founded by Fang (and Guo, unless it is a trial).
    fn new(trial: bool) -> Self {
        let mut founders: Vec<DeviceId> = vec![who(1).device()];
        if !trial {
            founders.push(who(2).device());
        }
        founders.sort();
        let charter = Charter {
            version: Charter::VERSION,
            founders: founders.clone(),
            threshold: if trial { 1 } else { 2 },
            trial,
            register: register_hash(&terms(), &[units()]),
            salt: Hash([7; 32]),
        };
        let id = charter.id().unwrap();
        let people = if trial { vec![who(1)] } else { vec![who(1), who(2)] };
        let signatures = people
            .iter()
            .map(|person| {
                let signature = person.key.sign(&Purpose::Charter.message(&[&id.0]));
                FounderSignature {
                    device: person.device(),
                    signature: linli_wire::Signature(signature.into()),
                }
            })
            .collect();
        let signed = SignedCharter { charter, signatures };
        let mut community = Self { registry: Registry::new(id), seq: 0 };
        let found = Event::Found {
            name: "和园里".to_owned(),
            utc_offset_minutes: 480,
            rules: "cn-hangzhou".to_owned(),
            charter: signed.encode().unwrap(),
            founders: Vec::new(),
        };
        let author = community.registry.founder(&who(1).device());
        community.write_as(&author, &found).unwrap();
        community.write(&who(1), &Event::RegisterStair(units())).unwrap();
        community
    }

    fn write(&mut self, person: &Person, event: &Event) -> Result<(), Refusal> {
        let author =
            self.registry.author(&person.device(), When::Now(NOW)).map_err(Refusal::NoRight)?;
        self.write_as(&author, event)
    }

    /// Decides, and takes in what was decided at the next place: one rule, two doors.
    fn write_as(&mut self, author: &Author, event: &Event) -> Result<(), Refusal> {
        let draft = decide(&self.registry, author, event, NOW)?;
        self.seq += 1;
        let fact = Fact {
            kind: draft.kind,
            by: author.device,
            at: NOW.0,
            about: None,
            fields: draft.fields,
            supersedes: vec![],
            sig: None,
        };
        let id = fact.id(&DocumentId([0; 16]));
        let taken = self.registry.apply(id, &fact, at(self.seq));
        assert_eq!(taken, Ok(()), "what decide wrote is let in");
        Ok(())
    }

    fn author(&self, person: &Person) -> Author {
        self.registry.author(&person.device(), When::Now(NOW)).unwrap()
    }

    fn holds(&self, person: &Person, role: Role) -> bool {
        let author = self.registry.author(&person.device(), When::Now(NOW));
        author.is_ok_and(|author| author.duties.iter().any(|duty| duty.role == role))
    }
}

/// A grant by the usual way: at once, without end.
fn granted(to: &Person, role: Role, scope: &str) -> Grant {
    Grant {
        person: to.person,
        device: to.device(),
        exchange: Hash([3; 32]),
        ballot: Hash(to.device().0),
        role,
        scope: Scope::parse(scope).unwrap(),
        from: None,
        to: None,
        invite: None,
        staff: Vec::new(),
        replaces: None,
    }
}

fn grant(to: &Person, role: Role, scope: &str) -> Event {
    Event::Grant(granted(to, role, scope))
}

fn dated(to: &Person, role: Role, scope: &str, from: i64, until: i64) -> Event {
    let (from, to_day) = (Some(Moment(from)), Some(Moment(until)));
    Event::Grant(Grant { from, to: to_day, ..granted(to, role, scope) })
}

fn charged(to: &Person, role: Role, staff: &[StaffDuty]) -> Event {
    Event::Grant(Grant { staff: staff.to_vec(), ..granted(to, role, "community") })
}

fn unit_501() -> UnitCode {
    UnitCode::new("3", 2, "501").unwrap()
}

/// Fang founds a trial; Chen heads building 3, Wang is of the company.
fn trial() -> Community {
    let mut community = Community::new(true);
    community.write(&who(1), &grant(&who(3), Role::Head, "building/3")).unwrap();
    community.write(&who(1), &grant(&who(4), Role::Property, "community")).unwrap();
    community
}

#[test]
fn an_owner_needs_two_different_people_one_of_them_from_the_committee() {
    let mut community = trial();
    let mei = who(5);
    let owner = grant(&mei, Role::Owner, "unit/3-2-501");
    community.write(&who(3), &owner).unwrap();
    assert!(!community.holds(&mei, Role::Owner), "one approval is not enough");
    assert_eq!(community.registry.author(&mei.device(), When::Now(NOW)), Err(NoRight::NotYet));
    assert_eq!(community.write(&who(3), &owner), Err(Refusal::ApprovedAlready));
    community.write(&who(4), &owner).unwrap();
    assert!(!community.holds(&mei, Role::Owner), "head and company are not the committee");
    community.write(&who(1), &owner).unwrap();
    assert!(community.holds(&mei, Role::Owner));
    let circles = community.registry.circles_of(&mei.device(), When::Now(NOW));
    let home = Circle::Home(UnitCode::parse("3-2-501").unwrap());
    assert_eq!(circles, [Circle::Community, Circle::Building("3".into()), home]);
}

#[test]
fn outside_a_trial_a_head_needs_two_of_the_founders() {
    let mut community = Community::new(false);
    let head = grant(&who(3), Role::Head, "building/3");
    community.write(&who(1), &head).unwrap();
    assert!(!community.holds(&who(3), Role::Head));
    community.write(&who(2), &head).unwrap();
    assert!(community.holds(&who(3), Role::Head));
}

#[test]
fn what_may_not_be_granted_is_refused_in_order() {
    let mut community = trial();
    let mut refused = |by: &Person, event: &Event| community.write(by, event).unwrap_err();
    let mei = who(5);
    assert_eq!(refused(&who(1), &grant(&mei, Role::Owner, "community")), Refusal::WrongScope);
    assert_eq!(refused(&who(1), &grant(&mei, Role::Founder, "community")), Refusal::WrongScope);
    assert_eq!(refused(&who(1), &grant(&mei, Role::Owner, "unit/9-9-9")), Refusal::UnknownPlace);
    assert_eq!(refused(&who(1), &grant(&mei, Role::Head, "building/9")), Refusal::UnknownPlace);
    assert_eq!(refused(&who(3), &grant(&mei, Role::Property, "community")), Refusal::NotYours);
    assert_eq!(refused(&who(4), &grant(&mei, Role::Head, "building/3")), Refusal::NotYours);
    let own = Person { person: who(3).person, ..who(6) };
    assert_eq!(refused(&who(3), &grant(&own, Role::Resident, "unit/3-2-501")), Refusal::OwnPerson);
    let other = Person { person: PersonId([99; 16]), ..who(4) };
    let known = grant(&other, Role::Resident, "unit/3-2-501");
    assert_eq!(refused(&who(1), &known), Refusal::OtherDevice);
    let stair = Event::RegisterStair(units());
    assert_eq!(refused(&who(1), &stair), Refusal::Registered);
    assert_eq!(refused(&who(4), &stair), Refusal::NotYours);
    let resident = granted(&mei, Role::Resident, "unit/3-2-501");
    let unsound = Event::Grant(Grant { device: DeviceId([0; 32]), ..resident });
    assert_eq!(refused(&who(1), &unsound), Refusal::OtherDevice);
    let stranger = community.write(&who(8), &grant(&mei, Role::Resident, "unit/3-2-501"));
    assert_eq!(stranger, Err(Refusal::NoRight(NoRight::Unknown)));
}

#[test]
fn a_right_ends_at_the_place_of_its_revocation_and_not_before() {
    let mut community = trial();
    let mei = who(5);
    community.write(&who(3), &grant(&mei, Role::Resident, "unit/3-2-501")).unwrap();
    let granted = community.seq;
    let revoke = Event::Revoke { device: mei.device(), reason: RevokeReason::Lost };
    assert_eq!(community.write(&who(4), &revoke), Err(Refusal::NotYours));
    community.write(&who(3), &revoke).unwrap();
    let ended = community.seq;
    let author = |seq| community.registry.author(&mei.device(), at(seq));
    assert_eq!(author(granted), Err(NoRight::NotYet));
    assert!(author(granted + 1).is_ok());
    assert!(author(ended).is_ok(), "what stood before the revocation counts");
    assert!(matches!(author(ended + 1), Err(NoRight::Ended { .. })));
    let again = grant(&mei, Role::Resident, "unit/3-2-501");
    assert_eq!(community.write(&who(3), &again), Err(Refusal::Revoked));
    assert_eq!(community.registry.occupancy(&UnitCode::parse("3-2-501").unwrap()), 1);
    let last = Event::Revoke { device: who(1).device(), reason: RevokeReason::Left };
    assert_eq!(community.write(&who(1), &last), Err(Refusal::LastKeeper));
}

#[test]
fn a_right_with_dates_holds_by_the_relays_stamp() {
    let mut community = trial();
    let device = who(5).device();
    let tenant = dated(&who(5), Role::Tenant, "unit/3-2-501", 10, 20);
    community.write(&who(3), &tenant).unwrap();
    let author = |seq| community.registry.author(&device, at(seq));
    assert_eq!(author(9), Err(NoRight::NotYet));
    assert!(author(10).is_ok());
    assert!(author(20).is_ok());
    assert!(matches!(author(21), Err(NoRight::Ended { .. })));
}

#[test]
fn the_registers_hash_and_the_citys_rules_come_with_the_charter() {
    let community = Community::new(true);
    assert!(community.registry.is_trial());
    assert!(community.registry.is_register_complete());
    assert_eq!(community.registry.law().assembly.notice_days_extraordinary, 7);
    assert_eq!(community.registry.law().utc_offset_minutes, 480);
    assert_eq!(community.registry.name(), "和园里");
    let one_unit_less = StairRegistered { units: units().units[..1].to_vec(), ..units() };
    let other_rules = FoundingTerms { rules: "cn".to_owned(), ..terms() };
    let agreed = register_hash(&terms(), &[units()]);
    assert_ne!(register_hash(&terms(), &[one_unit_less]), agreed);
    assert_ne!(register_hash(&other_rules, &[units()]), agreed);
}

#[test]
fn an_adoption_needs_somebody_else_than_the_author() {
    let mut community = trial();
    let (own, others) = (FactId([1; 16]), FactId([2; 16]));
    let adopt = Event::Adopt { facts: vec![own, others], reason: "补录".to_owned() };
    community.write(&who(3), &adopt).unwrap();
    assert!(!community.registry.is_adopted(&own, &who(3).device()));
    assert!(community.registry.is_adopted(&others, &who(4).device()));
    assert!(!community.registry.is_adopted(&FactId([3; 16]), &who(4).device()));
    let empty = Event::Adopt { facts: vec![], reason: " ".to_owned() };
    assert_eq!(community.write(&who(3), &empty), Err(Refusal::BadText));
}

#[test]
fn another_communitys_charter_is_refused() {
    let mut community = Community::new(true);
    community.registry = Registry::new(CommunityId([5; 32]));
    let charter = Event::Found {
        name: "别处".to_owned(),
        utc_offset_minutes: 480,
        rules: "cn".to_owned(),
        charter: vec![1, 2, 3],
        founders: Vec::new(),
    };
    let author = community.registry.founder(&who(1).device());
    let refused = decide(&community.registry, &author, &charter, NOW);
    assert_eq!(refused, Err(Refusal::NotTheCharter));
}
