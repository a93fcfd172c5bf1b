//! One honest log, read in any pieces, gives one answer.

use std::collections::BTreeSet;

use linli_domain::{
    kernel::When,
    repairs::{Event, view::attempts},
};
use linli_seal::{Chance as _, DeviceKeys};
use linli_wire::FactId;
use proptest::prelude::*;

use super::given::{NOON, Phone, Village, ask, leak, restarted, sync};
use crate::{
    CircleDigest, Replica,
    repairs::Filter,
    store::{Durability, MemoryStore, Store as _, Table, Write},
};

const NOW: When = When::Now(NOON);

/// A village day with rivals: people act on what they have seen so far, some without signal.
fn day(seed: u64, choices: &[(u8, u8, bool)]) -> Village {
    let mut village = Village::new(seed);
    let id = ask(&mut village.mei, None, leak(), &mut village.chance).unwrap();
    let other = ask(&mut village.lin, None, leak(), &mut village.chance).unwrap();
    village.sync_all();
    for (who, what, talks) in choices {
        let Village { relay, chance, fang, chen, wang, mei, lin } = &mut village;
        let phone = match who % 5 {
            0 => fang,
            1 => chen,
            2 => wang,
            3 => mei,
            _ => lin,
        };
        // One of the buttons on this person's screen, if there is any.
        let actions = phone.repair(&id, NOON).unwrap().map_or(vec![], |page| page.detail.actions);
        if let Some((action, _)) = actions.get(usize::from(*what) % actions.len().max(1)) {
            let viewer = phone.member().unwrap().current.author(&phone.keys().id(), NOW).unwrap();
            let attempts = attempts(&phone.repair_state(&id).unwrap().unwrap(), &viewer, NOON);
            let event = match attempts.into_iter().find(|(known, _)| known == action).unwrap() {
                (_, Event::Merge { .. }) => Event::Merge { into: other },
                (_, event) => event,
            };
            ask(phone, Some(id), event, chance).unwrap();
        }
        if *talks {
            sync(phone, relay, chance);
        }
    }
    village.sync_all();
    village
}

/// Lin's phone as it was on the first day: keys and charter, nothing read. It knows that it is a copy:
/// it will meet packs of its own.
pub(super) fn unread(lin: &Phone) -> Phone {
    let mut store = MemoryStore::default();
    let keep = |table: Table, prefix: &[u8]| {
        let pairs = lin.store().scan(table, prefix, None, usize::MAX).unwrap();
        pairs.into_iter().map(|(key, value)| Write::Put(table, key, value)).collect::<Vec<_>>()
    };
    store.commit(&keep(Table::Meta, b"charter"), Durability::Full).unwrap();
    store.commit(&keep(Table::Key, b""), Durability::Full).unwrap();
    let keys = DeviceKeys::restore(lin.keys().secret()).unwrap();
    let mut phone = Replica::open(store, keys).unwrap();
    phone.mark_restored().unwrap();
    phone
}

fn answer(phone: &Phone) -> (Vec<CircleDigest>, Vec<FactId>, usize) {
    let uncounted = phone.uncounted().unwrap().into_iter().map(|fact| fact.id).collect();
    (phone.digests(NOON).unwrap(), uncounted, phone.standing().unwrap().alarms.len())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn any_cutting_overlap_and_restart_gives_the_same_heads_rows_and_refused_set(
        seed in any::<u64>(),
        choices in prop::collection::vec((0_u8..5, 0_u8..7, prop::bool::weighted(0.25)), 4..14),
        cuts in prop::collection::vec((1_usize..9, 0_usize..4, any::<bool>()), 40),
    ) {
        let mut village = day(seed, &choices);
        village.assert_agree();
        let expected = answer(&village.lin);
        let device = village.lin.keys().id();
        let mut phone = unread(&village.lin);
        let mut at = 0;
        for (count, back, restart) in cuts.iter().cycle().take(400) {
            let after = at - (*back).min(at);
            let page = village.relay.page(&device, after, back + count);
            at = after + page.entries.len();
            let body = page.encode().unwrap();
            let kind = crate::Kind::Pull(u64::try_from(after).unwrap());
            let reply = crate::http::HttpReply { status: 200, body };
            phone.answered(&kind, Ok(reply), NOON, &mut village.chance).unwrap();
            if *restart {
                phone = restarted(&phone);
            }
            if at == village.relay.packs.len() {
                break;
            }
        }
        prop_assert_eq!(at, village.relay.packs.len());
        prop_assert_eq!(&answer(&phone), &expected);
        prop_assert_eq!(phone.audit().unwrap(), vec![]);
        // Rows of other folds, and none of some: rebuilt from the facts at the next start.
        let old = [Write::ClearRows, Write::Put(Table::Meta, b"fold".to_vec(), vec![0])];
        phone.store_mut().commit(&old, Durability::Full).unwrap();
        prop_assert_ne!(phone.audit().unwrap(), vec![]);
        prop_assert_eq!(answer(&restarted(&phone)), expected);
    }

    #[test]
    fn a_relay_restored_at_any_point_is_given_the_rest_and_everybody_agrees(
        seed in any::<u64>(),
        choices in prop::collection::vec((0_u8..5, 0_u8..7, prop::bool::weighted(0.3)), 3..10),
        lost in 1_usize..25,
    ) {
        let mut village = day(seed, &choices);
        let hashes = |village: &Village| {
            village.relay.packs.iter().map(linli_wire::pack::Pack::hash).collect::<BTreeSet<_>>()
        };
        let before = hashes(&village);
        // At least the founder is listed in what is left.
        let kept = village.relay.packs.len().saturating_sub(lost).max(14);
        village.relay.restore(kept);
        for _ in 0..4 {
            village.sync_all();
        }
        prop_assert_eq!(hashes(&village), before);
        village.assert_agree();
        for phone in village.phones() {
            let standing = phone.standing().unwrap();
            prop_assert_eq!((standing.unsent, standing.handed_over), (0, 0));
            prop_assert!(standing.alarms.is_empty(), "{:?}", standing.alarms);
        }
    }
}

#[test]
fn a_third_of_such_days_has_rivals() {
    let mut rivals = 0;
    let mut chance = linli_seal::chance::Seeded::new(42);
    for seed in 0..12 {
        let choices: Vec<(u8, u8, bool)> = (0..8)
            .map(|_| {
                let [who, what, talks] = chance.draw();
                (who, what, talks % 4 == 0)
            })
            .collect();
        let village = day(seed, &choices);
        let (_, rows) = village.mei.repairs(Filter::All, "", 0, 9, NOON).unwrap();
        let rival = |id: &FactId| {
            let repair = village.mei.repair_state(id).unwrap().unwrap();
            let seen: Vec<_> =
                repair.versions.values().flat_map(|v| v.supersedes.clone()).collect();
            let twice = |id: &FactId| seen.iter().filter(|other| *other == id).count() > 1;
            repair.versions.keys().any(twice)
        };
        rivals += usize::from(rows.iter().any(|row| rival(&row.id)));
    }
    assert!(rivals >= 4, "{rivals} of 12");
}
