//! Who is shown what: listed circles, ended devices, applications, wraps, a full disk.

use linli_wire::{
    CircleId, InviteId, KeyEpoch,
    access::Access,
    call::{Applications, Content, Page, Wraps, code, path},
    cbor::Bytes,
    invite::{ApplicationPost, Certificate},
    limits,
    sign::Purpose,
};

use crate::given::{Phone, Relay, access, first_day, read, refused, stranger};

#[test]
fn a_pack_is_shown_whole_to_readers_of_its_circle_only() {
    let folder = tempfile::tempdir().unwrap();
    let relay = Relay::start(folder.path(), &[]);
    let (mut founder, token, member, members) = first_day(&relay);
    let other = stranger(&founder, 9);
    let elsewhere = CircleId::named(&founder.community, "building/3");
    assert_eq!(founder.list(&relay, &token, &access(other.device(), vec![elsewhere])), 200);
    let pack = founder.pack(founder.n + 1, founder.prev, "sealed");
    assert_eq!(founder.put(&relay, &token, &pack), 200);
    let last = |token: &str| {
        let path = path::pull(&founder.community, 0);
        let page = Page::decode(&relay.call("GET", &path, token, b"").unwrap().1).unwrap();
        assert_eq!(page.entries.len(), 3);
        assert!(matches!(page.entries[0].content, Content::Whole(_)), "access records are clear");
        page.entries[2].content.clone()
    };
    assert_eq!(last(&members), Content::Whole(pack.bytes().to_vec()));
    let others = other.session(&relay).unwrap();
    assert_eq!(last(&others), Content::Foreign(pack.hash()));
    let path = path::pull_circle(&founder.community, 0, &elsewhere);
    let answer = relay.call("GET", &path, &members, b"").unwrap();
    assert_eq!(refused(answer), (403, code::NOT_ALLOWED.to_owned()));
    assert_eq!(read(&relay, &member, &members).1.len(), 3, "two records and the pack");
}

#[test]
fn an_ended_device_reads_nothing_and_appends_a_little() {
    let folder = tempfile::tempdir().unwrap();
    let relay = Relay::start(folder.path(), &[]);
    let (mut founder, token, mut member, members) = first_day(&relay);
    let ended = Access { serial: 2, ended: true, ..access(member.device(), vec![]) };
    assert_eq!(founder.list(&relay, &token, &ended), 200);
    let word = |code: &str, status: u16| (status, code.to_owned());
    let community = member.community;
    for path in [path::pull(&community, 0), path::live(&community, 0, 0), path::wraps(&community)] {
        let answer = relay.call("GET", &path, &members, b"").unwrap();
        assert_eq!(refused(answer), word(code::NOT_ALLOWED, 403), "{path}");
    }
    let members = member.session(&relay).unwrap();
    let large = "a".repeat(200 * 1024);
    let mut taken = 0_u64;
    let refusal = loop {
        let pack = member.pack(member.n + 1, member.prev, &large);
        let answer = member.append(&relay, &members, std::slice::from_ref(&pack)).unwrap();
        if answer.0 != 200 {
            break refused(answer);
        }
        taken += u64::try_from(pack.bytes().len()).unwrap();
        (member.n, member.prev) = (pack.header.n, pack.hash());
    };
    assert_eq!(refusal, word(code::QUOTA, 429));
    assert!(taken > limits::REVOKED_BYTES_PER_DAY - 210 * 1024, "{taken} bytes");
    assert!(taken <= limits::REVOKED_BYTES_PER_DAY);
}

#[test]
fn who_may_not_list_lists_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let relay = Relay::start(folder.path(), &[]);
    let (_, _, mut member, members) = first_day(&relay);
    let friend = stranger(&member, 9);
    let record = access(friend.device(), vec![]);
    // It stands in the log, so that its author's count has no hole, and has no effect.
    assert_eq!(member.list(&relay, &members, &record), 200);
    assert!(friend.session(&relay).is_none());
}

fn application(issuer: &Phone, until: i64, sealed: &[u8]) -> ApplicationPost {
    let invited = stranger(issuer, 77);
    let invite = InviteId(invited.device().0);
    let message = Certificate::message(&issuer.community, &invite, &issuer.device(), until);
    let certificate = Certificate {
        community: issuer.community,
        invite,
        issuer: issuer.device(),
        until,
        signature: issuer.sign(Purpose::Invite, &[&message]),
    };
    let signature = invited.sign(Purpose::Application, &[&issuer.community.0, sealed]);
    ApplicationPost { certificate, sealed: Bytes(sealed.to_vec()), signature }
}

#[test]
fn one_invitation_carries_one_application() {
    let folder = tempfile::tempdir().unwrap();
    let relay = Relay::start(folder.path(), &[]);
    let (founder, token, member, members) = first_day(&relay);
    let path = path::applications(&founder.community);
    let post =
        |post: &ApplicationPost| relay.call("POST", &path, "", &post.encode().unwrap()).unwrap();
    let asked = application(&founder, i64::MAX, b"sealed");
    assert_eq!(post(&asked).0, 201);
    assert_eq!(post(&asked).0, 200, "the same again");
    let word = |code: &str, status: u16| (status, code.to_owned());
    let second = application(&founder, i64::MAX, b"another");
    assert_eq!(refused(post(&second)), word(code::CONFLICT, 409));
    let late = application(&founder, 1, b"late");
    assert_eq!(refused(post(&late)), word(code::NOT_ALLOWED, 403));
    let by_member = application(&member, i64::MAX, b"sealed");
    assert_eq!(refused(post(&by_member)), word(code::NOT_ALLOWED, 403));
    let answer = relay.call("GET", &path, &members, b"").unwrap();
    assert_eq!(refused(answer), word(code::NOT_ALLOWED, 403));
    let (status, body) = relay.call("GET", &path, &token, b"").unwrap();
    assert_eq!((status, Applications::decode(&body).unwrap().waiting.len()), (200, 1));
    let path = path::application(&founder.community, &asked.certificate.invite);
    assert_eq!(relay.call("GET", &path, "", b"").unwrap().0, 404);
    let by_member = relay.call("PUT", &path, &members, b"forged").unwrap();
    assert_eq!(refused(by_member), word(code::NOT_ALLOWED, 403));
    assert_eq!(relay.call("PUT", &path, &token, b"answer").unwrap().0, 200);
    assert_eq!(relay.call("GET", &path, "", b"").unwrap(), (200, b"answer".to_vec()));
    assert_eq!(relay.call("DELETE", &path, &token, b"").unwrap().0, 200);
    assert_eq!(relay.call("GET", &path, "", b"").unwrap().0, 404);
    // The newcomer ends it with the invitation's key, and with nothing else.
    assert_eq!(post(&asked).0, 201);
    let by = |phone: &Phone, purpose| phone.sign(purpose, &[&founder.community.0]).0;
    let invited = stranger(&founder, 77);
    for body in [by(&member, Purpose::EndApplication), by(&invited, Purpose::Application)] {
        assert_eq!(relay.call("DELETE", &path, "", &body).unwrap().0, 401);
    }
    let signature = by(&invited, Purpose::EndApplication);
    assert_eq!(relay.call("DELETE", &path, "", &signature).unwrap().0, 200);
    assert_eq!(post(&second).0, 201, "its place is free");
}

#[test]
fn a_wrap_lies_for_its_device_and_a_member_takes_nobodys_place() {
    let folder = tempfile::tempdir().unwrap();
    let relay = Relay::start(folder.path(), &[]);
    let (founder, token, member, members) = first_day(&relay);
    let (community, circle) = (founder.community, CircleId([1; 16]));
    let at = |epoch: u8, device: &Phone| {
        path::wrap(&community, &circle, &KeyEpoch([epoch; 8]), &device.device())
    };
    let word = |code: &str, status: u16| (status, code.to_owned());
    let put = |path: &str, token: &str, body: &[u8]| relay.call("PUT", path, token, body).unwrap();
    assert_eq!(put(&at(1, &member), &token, b"honest").0, 200);
    let answer = put(&at(1, &member), &members, b"junk");
    assert_eq!(refused(answer), word(code::CONFLICT, 409));
    assert_eq!(put(&at(2, &member), &members, b"second").0, 200);
    let mine = |token: &str| {
        let (status, body) = relay.call("GET", &path::wraps(&community), token, b"").unwrap();
        assert_eq!(status, 200);
        Wraps::decode(&body).unwrap().wraps.len()
    };
    assert_eq!((mine(&members), mine(&token)), (2, 0));
    let answer = relay.call("GET", &at(1, &member), &token, b"").unwrap();
    assert_eq!(refused(answer), word(code::NOT_ALLOWED, 403));
    assert_eq!(
        relay.call("GET", &at(1, &member), &members, b"").unwrap(),
        (200, b"honest".to_vec())
    );
    assert_eq!(put(&at(3, &member), &token, b"newest").0, 200);
    assert_eq!(mine(&members), 1, "the newest takes the place of older ones");
    let large = vec![0; limits::WRAP_BYTES_MAX + 1];
    assert_eq!(put(&at(4, &member), &token, &large).0, 413);
    assert_eq!(relay.call("DELETE", &at(3, &member), &members, b"").unwrap().0, 200);
    assert_eq!(mine(&members), 0);
}

#[test]
fn a_full_disk_is_said_and_what_stands_can_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let relay = Relay::start(folder.path(), &["--max-mib", "1"]);
    let (mut founder, token, member, members) = first_day(&relay);
    let large = "a".repeat(100 * 1024);
    let refusal = loop {
        let pack = founder.pack(founder.n + 1, founder.prev, &large);
        let answer = founder.append(&relay, &token, std::slice::from_ref(&pack)).unwrap();
        if answer.0 != 200 {
            break refused(answer);
        }
        (founder.n, founder.prev) = (pack.header.n, pack.hash());
        assert!(founder.n < 20, "the limit is kept");
    };
    assert_eq!(refusal, (507, code::DISK_FULL.to_owned()));
    let count = u64::try_from(read(&relay, &member, &members).1.len()).unwrap();
    assert_eq!(count, founder.n);
    // With more room it goes on where it was.
    relay.kill();
    let relay = Relay::start(folder.path(), &["--max-mib", "8"]);
    let token = founder.session(&relay).unwrap();
    let pack = founder.pack(founder.n + 1, founder.prev, &large);
    assert_eq!(founder.put(&relay, &token, &pack), 200);
}
