//! The oldest app that may write, and what this app does not know.

use linli_wire::cbor::Value;

use super::*;
use crate::law::APP;

#[test]
fn an_app_that_is_too_old_takes_rights_away_and_writes_nothing_else() {
    let mut community = Community::new(false);
    let newer = Event::SetMinVersion { version: APP + 1 };
    community.write(&who(1), &newer).unwrap();
    assert!(!community.registry.needs_newer_app(APP), "nobody stops everybody alone");
    assert_eq!(community.write(&who(1), &newer), Err(Refusal::ApprovedAlready));
    community.write(&who(2), &newer).unwrap();
    assert!(community.registry.needs_newer_app(APP));
    assert!(!community.registry.needs_newer_app(APP + 1));
    let head = grant(&who(3), Role::Head, "building/3");
    assert_eq!(community.write(&who(1), &head), Err(Refusal::Update));
    let left = Event::Revoke { device: who(2).device(), reason: RevokeReason::Lost };
    let author = community.author(&who(1));
    assert!(decide(&community.registry, &author, &left, NOW).is_ok());
    // Asked for by mistake: both take it back.
    for by in [who(1), who(2)] {
        community.write(&by, &Event::SetMinVersion { version: APP }).unwrap();
    }
    community.write(&who(1), &head).unwrap();
}

fn fact(draft: crate::kernel::Draft) -> Fact {
    Fact {
        kind: draft.kind,
        by: who(1).device(),
        at: NOW.0,
        about: None,
        fields: draft.fields,
        supersedes: vec![],
        sig: None,
    }
}

#[test]
fn a_further_field_or_an_unknown_word_is_left_to_a_newer_app() {
    let community = Community::new(true);
    let author = community.author(&who(1));
    let event = grant(&who(3), Role::Head, "building/3");
    let known = fact(decide(&community.registry, &author, &event, NOW).unwrap());
    assert!(!is_newer(&known));
    let mut further = known.clone();
    let Value::Map(fields) = &mut further.fields else { panic!("a map") };
    fields.push((Value::from(12), Value::from(1)));
    assert!(is_newer(&further));
    let mut word = known;
    let Value::Map(fields) = &mut word.fields else { panic!("a map") };
    let role = fields.iter_mut().find(|(key, _)| *key == Value::from(5)).unwrap();
    role.1 = Value::from("captain");
    assert!(is_newer(&word));
    let unknown = Fact { kind: 9_999, ..word };
    assert!(is_newer(&unknown));
}

/// Every stored word of every new fact is read back as it was written.
#[test]
fn what_is_written_is_read_again() {
    let mut community = Community::new(true);
    let unit = unit_501();
    let scope = Scope::Unit(unit.clone());
    let all = StaffDuty::ALL.into_iter().filter(|duty| duty.goes_with(Role::Property));
    let grant = Grant {
        from: Some(Moment(1)),
        to: Some(Moment(9_999)),
        staff: all.collect(),
        ..granted(&who(4), Role::Property, "community")
    };
    community.write(&who(1), &Event::Grant(grant.clone())).unwrap();
    let known = community.registry.device(&who(4).device()).unwrap();
    assert_eq!(known.tenures[0].staff, grant.staff);
    assert_eq!((known.tenures[0].from, known.tenures[0].to), (grant.from, grant.to));
    for status in UnitStatus::ALL {
        let owners = if status == UnitStatus::Unsold { vec![] } else { vec![PersonId([9; 16])] };
        let from = None;
        let change = OwnersChanged { unit: unit.clone(), owners, status, from };
        community.write(&who(1), &Event::ChangeOwners(change)).unwrap();
        assert_eq!(community.registry.unit_status(&unit, When::Now(NOW)), status);
    }
    let person = PersonId([9; 16]);
    let role = Role::Resident;
    for reason in [EndReason::Expired, EndReason::MovedOut, EndReason::Relieved, EndReason::Other] {
        let to = Some(Moment(0));
        let registered = PersonRegistered { person, role, scope: scope.clone(), to };
        community.write(&who(1), &Event::RegisterPerson(registered)).unwrap();
        let ended = DutyEnded { person, role, scope: scope.clone(), reason };
        community.write(&who(1), &Event::EndDuty(ended)).unwrap();
    }
    let on_behalf = crate::kernel::OnBehalf { person, witness: Some(Hash([5; 32])) };
    let value = linli_wire::cbor::to_value("test", &on_behalf).unwrap();
    assert_eq!(linli_wire::cbor::from_value("test", &value), Ok(on_behalf));
}
