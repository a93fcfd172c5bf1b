//! What one phone carries for another.

use linli_domain::repairs::{Event, Status};

use super::given::{NOON, Village, ask, drain, leak, restarted, sync};
use crate::{AskError, carry::Brought, tests::status};

#[test]
fn what_lin_carries_for_mei_counts_once_however_it_comes() {
    let mut village = Village::new(61);
    // Mei has no net; she hands her outbox to Lin as a file.
    ask(&mut village.mei, None, leak(), &mut village.chance).unwrap();
    ask(&mut village.mei, None, drain(), &mut village.chance).unwrap();
    let file = village.mei.share_outbox().unwrap();
    let brought = village.lin.carry(&file).unwrap();
    assert_eq!(brought, Brought { packs: 2, parts: 0 });
    village.lin = restarted(&village.lin);
    assert_eq!(village.lin.standing().unwrap().carried, 2, "kept through a kill");
    let Village { relay, chance, mei, lin, chen, .. } = &mut village;
    sync(lin, relay, chance);
    assert_eq!(lin.standing().unwrap().carried, 0);
    sync(chen, relay, chance);
    assert_eq!(status(chen).len(), 2);
    // Chen carries it as well, then Mei reaches the relay herself, and Lin carries it again.
    let before = relay.packs.len();
    assert_eq!(chen.carry(&file).unwrap(), Brought::default(), "they stand in the log");
    sync(mei, relay, chance);
    lin.carry(&file).unwrap();
    sync(lin, relay, chance);
    assert_eq!(relay.packs.len(), before);
    assert_eq!(mei.share_outbox(), Err(AskError::Refused("carry.nothing".to_owned())));
    village.sync_all();
    village.assert_agree();
    assert!(status(&village.mei).iter().all(|status| *status == Status::Reported));
}

#[test]
fn a_load_that_comes_beside_the_direct_way_counts_once() {
    let mut village = Village::new(62);
    let id = ask(&mut village.mei, None, leak(), &mut village.chance).unwrap();
    let file = village.mei.share_outbox().unwrap();
    village.lin.carry(&file).unwrap();
    village.sync_all();
    let before = village.relay.packs.len();
    village.sync_all();
    assert_eq!(village.relay.packs.len(), before);
    ask(&mut village.chen, Some(id), Event::Accept, &mut village.chance).unwrap();
    village.sync_all();
    village.assert_agree();
    assert_eq!(status(&village.mei), [Status::Accepted]);
}

#[test]
fn a_gap_of_one_author_holds_nobody_else_back() {
    let mut village = Village::new(63);
    ask(&mut village.mei, None, leak(), &mut village.chance).unwrap();
    let first = village.mei.share_outbox().unwrap();
    ask(&mut village.mei, None, drain(), &mut village.chance).unwrap();
    let both = village.mei.share_outbox().unwrap();
    // Only the second pack reaches Lin.
    let mut load = linli_wire::load::Load::decode(&both).unwrap();
    load.packs.remove(0);
    village.lin.carry(&load.encode().unwrap()).unwrap();
    village.relay.refuses_gaps = true;
    let Village { relay, chance, lin, .. } = &mut village;
    ask(lin, None, drain(), chance).unwrap();
    sync(lin, relay, chance);
    let standing = lin.standing().unwrap();
    assert_eq!((standing.unsent, standing.carried), (0, 1), "her own went, Mei's waits");
    lin.carry(&first).unwrap();
    sync(lin, relay, chance);
    assert_eq!(lin.standing().unwrap().carried, 0);
    village.sync_all();
    village.assert_agree();
    assert_eq!(status(&village.chen).len(), 3);
}

#[test]
fn a_load_carries_the_photos_as_well() {
    let mut village = Village::new(64);
    let picture = crate::blobs::Picture {
        kind: linli_domain::kernel::AttachmentKind::Photo,
        bytes: vec![7; 300_000],
        turn: 1,
    };
    let Village { mei, chance, .. } = &mut village;
    mei.attach("report", &picture, NOON, chance).unwrap();
    let draft = Some("report".to_owned());
    let asked = crate::Ask::Repair { about: None, event: leak(), draft };
    mei.ask(&asked, 0, NOON, chance).unwrap();
    let file = mei.share_outbox().unwrap();
    assert_eq!(village.lin.carry(&file).unwrap(), Brought { packs: 1, parts: 2 });
    let Village { relay, chance, lin, .. } = &mut village;
    sync(lin, relay, chance);
    assert_eq!(relay.blobs.len(), 2);
}

#[test]
fn what_is_no_load_of_this_community_is_refused() {
    let mut village = Village::new(65);
    let mut elsewhere = Village::new(66);
    ask(&mut village.mei, None, leak(), &mut village.chance).unwrap();
    let file = village.mei.share_outbox().unwrap();
    let refused = |word: &str| Err(AskError::Refused(word.to_owned()));
    assert_eq!(elsewhere.lin.carry(&file), refused("carry.foreign"));
    assert_eq!(village.lin.carry(b"a photo"), refused("carry.damaged"));
    for at in [0, 20, 60, file.len() / 2, file.len() - 6] {
        let mut altered = file.clone();
        altered[at] ^= 1;
        assert!(village.lin.carry(&altered).is_err(), "byte {at}");
    }
    assert_eq!(village.lin.standing().unwrap().carried, 0);
}
