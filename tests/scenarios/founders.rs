//! Three founders with phones of their own: two of them sign, the third comes in later.

use std::path::Path;

use linli_domain::{
    kernel::{PersonId, Role, Scope},
    registry::FoundingTerms,
};
use linli_io::{SqliteStore, SystemChance, clock, keys};
use linli_replica::{
    AskError, CircleDigest, Plan, Replica,
    founding::{Draft, Entry, FounderText, Signed},
    store::MemoryStore,
    view::Phase,
};
use linli_seal::DeviceKeys;
use linli_tests::{
    COMMUNITY, TOKEN, grant,
    relay::{Phone, Relay},
    stairs,
};

fn open(folder: &Path, who: &str) -> Replica<SqliteStore> {
    let keys = keys::open_or_make(&folder.join(format!("{who}.key")), None).unwrap();
    Replica::open(SqliteStore::open(&folder.join(format!("{who}.db"))).unwrap(), keys).unwrap()
}

/// The word of a refusal; anything else fails the test.
fn refused<T>(result: Result<T, AskError>) -> String {
    let word = result.err().and_then(|error| match error {
        AskError::Refused(word) => Some(word),
        AskError::Misread(_) | AskError::Failed(_) => None,
    });
    word.unwrap()
}

/// What a phone gives to the one who drafts, as it travels.
fn terms(founders: &mut [&mut Replica<SqliteStore>]) -> FoundingTerms {
    let founders = founders.iter_mut().map(|phone| {
        let text = phone.founder_text().unwrap().to_text();
        FounderText::parse(&text).unwrap().keys
    });
    let (name, rules) = (COMMUNITY.to_owned(), "cn".to_owned());
    FoundingTerms { name, utc_offset_minutes: 480, rules, founders: founders.collect() }
}

fn sign(phone: &mut Replica<SqliteStore>, draft: &Draft) -> Signed {
    let draft = Draft::parse(&draft.to_text()).unwrap();
    Signed::parse(&phone.sign_draft(&draft).unwrap().to_text()).unwrap()
}

fn digests(phone: &Phone<SqliteStore>) -> Vec<CircleDigest> {
    phone.replica.digests(clock::now()).unwrap()
}

#[test]
fn two_of_three_found_and_the_third_comes_in_later_and_all_agree() {
    let folder = tempfile::tempdir().unwrap();
    let (data, log) = (folder.path().join("data"), folder.path().join("log"));
    let relay = Relay::start(env!("CARGO_BIN_EXE_relay"), &data, &log, &[]);
    let mut phones = ["fang", "guo", "he"].map(|who| open(folder.path(), who));
    let [fang, guo, he] = &mut phones;
    let draft = Draft::new(terms(&mut [fang, guo, he]), stairs(), 2, &mut SystemChance).unwrap();
    assert!(he.is_founding().unwrap(), "kept for the founding, also after a restart");
    let signatures = [sign(fang, &draft), sign(guo, &draft)];
    let plan = Plan::of(draft, &signatures, TOKEN.to_owned()).unwrap();
    fang.found(&plan, clock::now(), &mut SystemChance).unwrap();
    let entry = Entry {
        charter: plan.charter.clone(),
        relay: format!("http://{}", relay.address),
        pin: None,
    };
    let entry = Entry::parse(&entry.to_text()).unwrap();
    guo.enter(&entry.charter).unwrap();
    let [mut fang, mut guo, he] = phones.map(|phone| Phone::new(phone, relay.address));
    assert!(fang.talk() && guo.talk());
    assert_eq!(guo.replica.standing().unwrap().name, COMMUNITY);
    assert!(!guo.replica.standing().unwrap().trial);
    let_in(&mut guo, &DeviceKeys::generate(&mut SystemChance), Role::Property, Scope::Community);
    assert!(guo.talk() && fang.talk());
    assert_eq!(fang.replica.devices().len(), 4, "three founders and the company's");
    // The third signed nothing and was away all the time; its phone was restarted meanwhile.
    drop(he);
    let mut he = Phone::new(open(folder.path(), "he"), relay.address);
    assert!(he.replica.is_founding().unwrap());
    he.replica.enter(&entry.charter).unwrap();
    assert!(he.talk());
    assert_eq!(he.replica.standing().unwrap().phase, Phase::Member);
    let_in(&mut he, &DeviceKeys::generate(&mut SystemChance), Role::Property, Scope::Community);
    assert!(he.talk() && fang.talk() && guo.talk());
    assert_eq!(fang.replica.devices().len(), 5);
    let agreed = digests(&fang);
    let circles: Vec<&str> = agreed.iter().map(|circle| circle.circle.as_str()).collect();
    assert_eq!(circles, ["building/3", "community", "office"]);
    assert!(agreed.iter().all(|circle| !circle.documents.is_empty()), "each has its key fact");
    assert_eq!((digests(&guo), digests(&he)), (agreed.clone(), agreed));
    a_head_needs_two_keepers(&mut fang, &mut guo, &mut he);
}

fn let_in(phone: &mut Phone<SqliteStore>, keys: &DeviceKeys, role: Role, scope: Scope) {
    let ask = grant(keys, PersonId([4; 16]), role, scope);
    phone.replica.ask(&ask, 0, clock::now(), &mut SystemChance).unwrap();
}

fn a_head_needs_two_keepers(
    fang: &mut Phone<SqliteStore>,
    guo: &mut Phone<SqliteStore>,
    he: &mut Phone<SqliteStore>,
) {
    let chen = DeviceKeys::generate(&mut SystemChance);
    for (phone, begun) in [(&mut *fang, false), (guo, true)] {
        let_in(phone, &chen, Role::Head, Scope::Building("3".to_owned()));
        assert!(phone.talk() && he.talk());
        let head = he.replica.devices().into_iter().find(|entry| entry.device == chen.id());
        assert_eq!(head.unwrap().tenures.first().unwrap().begins.is_some(), begun);
    }
    assert!(fang.talk());
    assert_eq!(digests(fang), digests(he));
}

#[test]
fn too_few_signatures_and_those_over_something_else_found_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let chance = &mut SystemChance;
    let mut phones = ["fang", "guo", "he"].map(|who| open(folder.path(), who));
    let [fang, guo, he] = &mut phones;
    let agreed = terms(&mut [fang, guo, he]);
    let draft = Draft::new(agreed.clone(), stairs(), 2, chance).unwrap();
    let one = sign(fang, &draft);
    let few = draft.signed(std::slice::from_ref(&one));
    assert_eq!(refused(few), "registry.too_few_signatures");
    let twice = draft.signed(&[one.clone(), one.clone()]);
    assert_eq!(refused(twice), "registry.too_few_signatures", "one founder twice is one");
    // Another register of the same founders.
    let mut smaller = stairs();
    smaller[0].units.pop();
    let other = Draft::new(agreed.clone(), smaller.clone(), 2, chance).unwrap();
    let over_other = sign(guo, &other);
    assert_eq!(refused(draft.signed(&[one.clone(), over_other.clone()])), "registry.other_draft");
    let mut relabelled = over_other;
    relabelled.community = one.community;
    assert_eq!(refused(draft.signed(&[one.clone(), relabelled])), "registry.founding_damaged");
    // A draft whose register was exchanged under its charter, or its rules.
    let exchanged = Draft { stairs: smaller, ..draft.clone() };
    assert_eq!(refused(Draft::parse(&exchanged.to_text())), "registry.register_differs");
    let mut exchanged = draft.clone();
    exchanged.terms.rules = "cn-hangzhou".to_owned();
    assert_eq!(refused(Draft::parse(&exchanged.to_text())), "registry.register_differs");
    // Somebody whose keys are not in the draft.
    let mut stranger = open(folder.path(), "stranger");
    assert_eq!(refused(stranger.sign_draft(&draft)), "registry.not_a_founder");
    let charter = draft.signed(&[one, sign(he, &draft)]).unwrap();
    assert_eq!(refused(stranger.enter(&charter)), "registry.not_a_founder");
    assert_eq!(
        refused(guo.enter(&charter)),
        "registry.other_draft",
        "it signed another draft last"
    );
    sign(guo, &draft);
    guo.enter(&charter).unwrap();
    assert_eq!(refused(guo.founder_text()), "registry.founded_already");
    // One founder alone is a trial; two of whom one may sign alone are nothing.
    let [first, second, _] = agreed.founders.as_slice() else { panic!("three founders") };
    let two = FoundingTerms { founders: vec![first.clone(), second.clone()], ..agreed.clone() };
    assert_eq!(refused(Draft::new(two, stairs(), 1, chance)), "registry.bad_founders");
    let doubled = FoundingTerms { founders: vec![first.clone(), first.clone()], ..agreed };
    assert_eq!(refused(Draft::new(doubled, stairs(), 2, chance)), "registry.bad_founders");
}

#[test]
fn texts_that_are_something_else_or_damaged_are_told_apart() {
    let keys = DeviceKeys::generate(&mut SystemChance);
    let mut phone = Replica::open(MemoryStore::default(), keys).unwrap();
    let text = phone.founder_text().unwrap().to_text();
    assert!(text.len() < 400, "it fits a QR: {}", text.len());
    assert_eq!(FounderText::parse(&format!(" {text}\n")).unwrap().to_text(), text);
    assert_eq!(refused(Draft::parse(&text)), "registry.founding_foreign");
    assert_eq!(refused(FounderText::parse("hello")), "registry.founding_foreign");
    let cut: String = text.chars().take(text.len() - 4).collect();
    assert_eq!(refused(FounderText::parse(&cut)), "registry.founding_damaged");
    // Somebody else's exchange key under this device.
    let mut forged = FounderText::parse(&text).unwrap();
    forged.keys.exchange.0[0] ^= 1;
    assert_eq!(refused(FounderText::parse(&forged.to_text())), "registry.founding_damaged");
}
