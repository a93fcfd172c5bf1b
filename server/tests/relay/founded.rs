//! Who may found, and how often whoever may call.

use linli_wire::call::{ErrorAnswer, SessionAsk, code, path};

use crate::given::{Relay, TOKEN, charter_of, found, refused};

#[test]
fn a_one_time_token_founds_one_community_also_over_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let tokens = folder.path().join("tokens");
    std::fs::write(&tokens, "# handed out in spring\n").unwrap();
    let setting = ["--operator-tokens", tokens.to_str().unwrap()];
    let relay = Relay::start(folder.path(), &setting);
    let once = "one-time-for-heyuanli";
    let (one, other) = (charter_of(1), charter_of(2));
    let put = |relay: &Relay, (community, body): &(_, Vec<u8>), token: &str| {
        relay.call("PUT", &path::community(community), token, body).unwrap()
    };
    let unknown = (401, code::NO_SESSION.to_owned());
    assert_eq!(refused(put(&relay, &one, once)), unknown);
    // A token that is added holds at once.
    std::fs::write(&tokens, format!("once {once}\n")).unwrap();
    assert_eq!(put(&relay, &one, once).0, 201);
    assert_eq!(put(&relay, &one, once).0, 200, "an answer that was lost is given again");
    assert_eq!(refused(put(&relay, &other, once)), unknown);
    relay.kill();
    let relay = Relay::start(folder.path(), &setting);
    assert_eq!(refused(put(&relay, &other, once)), unknown);
    assert_eq!(put(&relay, &other, TOKEN).0, 201, "the general one goes on");
    std::fs::write(&tokens, "broken\n").unwrap();
    assert_eq!(put(&relay, &charter_of(3), TOKEN).0, 500, "and a broken file is told of");
}

#[test]
fn one_address_opens_so_many_sessions_a_minute_and_another_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let relay = Relay::start(folder.path(), &["--sessions-minute", "3"]);
    let phone = found(&relay);
    let ask = SessionAsk::new(phone.community, phone.device(), None).encode().unwrap();
    // Two minutes at most are met, whenever this begins.
    let ask_as = |address: &str| {
        let head = format!("x-forwarded-for: 203.0.113.1, {address}\r\n");
        relay.ask_with("POST", path::SESSION, &head, &ask).unwrap()
    };
    let taken = (0..99).take_while(|_| ask_as("198.51.100.7").0 == 200).count();
    assert!((3..=6).contains(&taken), "{taken}");
    let (status, head, body) = ask_as("198.51.100.7");
    assert_eq!((status, ErrorAnswer::decode(&body).unwrap().code.as_str()), (429, code::QUOTA));
    assert!(head.contains("retry-after: "), "{head}");
    assert_eq!(ask_as("198.51.100.8").0, 200);
    let through_a_proxy = "x-forwarded-for: 198.51.100.8\r\n";
    let (status, _, figures) = relay.ask_with("GET", "/metrics", through_a_proxy, b"").unwrap();
    assert_eq!((status, figures.len()), (404, 0), "figures are the operator's");
    let figure = "linli_relay_refused_total{reason=\"quota\"}";
    assert!(relay.figure(figure) >= 1);
}

#[test]
fn a_device_hands_in_so_many_packs_a_minute() {
    let folder = tempfile::tempdir().unwrap();
    let relay = Relay::start(folder.path(), &["--device-packs-minute", "5"]);
    let mut phone = found(&relay);
    let token = phone.session(&relay).unwrap();
    let mut taken = 0;
    let (status, head) = loop {
        let pack = phone.pack(phone.n + 1, phone.prev, "one");
        let log = path::log(&phone.community);
        let body = linli_wire::call::join_packs([pack.bytes()]).unwrap();
        let (status, head, _) = relay.ask("POST", &log, &token, &body).unwrap();
        if status != 200 {
            break (status, head);
        }
        (phone.n, phone.prev) = (pack.header.n, pack.hash());
        taken += 1;
    };
    assert_eq!(status, 429);
    assert!((5..=10).contains(&taken), "{taken}");
    let after = head.lines().find_map(|line| line.strip_prefix("retry-after: ")).unwrap();
    assert!((1..=60).contains(&after.parse::<u32>().unwrap()), "{after}");
    // What stands already is answered all the same.
    let last = phone.pack(1, linli_wire::Hash::ZERO, "one");
    assert_eq!(phone.append(&relay, &token, &[last]).unwrap().0, 200);
}
