//! The sample community 和园: how its roster is made.
//!
//! `linli roster make heyuan FILE` writes it; no chance is in it, so that everybody gets the same
//! bytes. Its figures:
//!
//! | buildings | floors × stairs × homes | areas in m² | lift |
//! |---|---|---|---|
//! | 1–6 | 6 × 3 × 2 | 78.90, 89.37 | no |
//! | 7–14 | 18 × 2 × 3 | 89.37, 105.42, 120.05 | yes |
//! | 15–18 | 26 × 2 × 4 | 62.35, 89.37, 105.42, 143.88 | yes |
//! | S | 24 shops | 56.40 each | no |
//!
//! The shops are a building of their own, `S`, with one stair: 商铺S1 to S24 along the street.
//! Together 1,912 homes with 192,259.24 m² and 24 shops, 193,612.84 m² in all.
//!
//! *Owners.* Every fiftieth home, 38 of them, is the developer's: unsold and sold but not handed over
//! in turns. The other 1,898 units have 1,833 different sets of owners: 9 own three units each, 47 own
//! two. With the developer these are 1,834 heads. Three sets in five have two or three owners. Nobody
//! here exists: names are numbers, and the hashes are of those names. An ID hash stands where somebody
//! owns more than one unit, as only then it is needed to tell that they are one.

use linli_wire::{ids, sha256};

/// Homes of 和园 that are the developer's.
const DEVELOPERS: usize = 38;

/// Which homes are: every fiftieth.
const DEVELOPERS_EVERY: usize = 50;

/// Sets of owners beside the developer.
const SETS: usize = 1_833;

/// Sets of owners with three units.
const SETS_OF_THREE: usize = 9;

/// Shops, and the area of each.
const SHOPS: usize = 24;
const SHOP_AREA: &str = "56.40";

const HEADER: &str =
    "楼号,单元,房号,用途,专有面积,面积依据,业主,证件哈希,份额,状态,交付,计费起日,电梯";

/// Buildings of one kind.
struct Kind {
    buildings: std::ops::RangeInclusive<u32>,
    floors: u32,
    stairs: u32,
    areas: &'static [&'static str],
    lift: &'static str,
    handed_over: &'static str,
}

const KINDS: [Kind; 3] = [
    Kind {
        buildings: 1..=6,
        floors: 6,
        stairs: 3,
        areas: &["78.90", "89.37"],
        lift: "无",
        handed_over: "2009-07-01",
    },
    Kind {
        buildings: 7..=14,
        floors: 18,
        stairs: 2,
        areas: &["89.37", "105.42", "120.05"],
        lift: "有",
        handed_over: "2016-07-01",
    },
    Kind {
        buildings: 15..=18,
        floors: 26,
        stairs: 2,
        areas: &["62.35", "89.37", "105.42", "143.88"],
        lift: "有",
        handed_over: "2021-07-01",
    },
];

/// A unit before it has owners.
struct Place {
    building: String,
    stair: u32,
    room: String,
    kind: &'static str,
    area: &'static str,
    lift: &'static str,
    handed_over: &'static str,
}

/// Writes the roster: UTF-8 with a byte order mark, as spreadsheets expect it.
pub(super) fn csv() -> String {
    let mut text = format!("\u{FEFF}{HEADER}\n");
    let mut sold = 0;
    for (at, place) in places().iter().enumerate() {
        let turn = at / DEVELOPERS_EVERY;
        let row = if at % DEVELOPERS_EVERY == DEVELOPERS_EVERY - 1 && turn < DEVELOPERS {
            developers(place, turn)
        } else {
            sold += 1;
            owned(place, sold - 1)
        };
        text.push_str(&row);
        text.push('\n');
    }
    text
}

fn places() -> Vec<Place> {
    let mut places = Vec::new();
    for kind in KINDS {
        for building in kind.buildings {
            for stair in 1..=kind.stairs {
                for floor in 1..=kind.floors {
                    for (door, area) in (1..).zip(kind.areas) {
                        places.push(Place {
                            building: building.to_string(),
                            stair,
                            room: format!("{floor}{door:02}"),
                            kind: "住宅",
                            area,
                            lift: kind.lift,
                            handed_over: kind.handed_over,
                        });
                    }
                }
            }
        }
    }
    places.extend((1..=SHOPS).map(|number| Place {
        building: "S".to_owned(),
        stair: 1,
        room: format!("S{number}"),
        kind: "商铺",
        area: SHOP_AREA,
        lift: "无",
        handed_over: "2009-07-01",
    }));
    places
}

/// A unit that counts as the developer's.
fn developers(place: &Place, turn: usize) -> String {
    let (owner, status) = if turn.is_multiple_of(2) {
        ("样例开发公司".to_owned(), "未售")
    } else {
        (format!("样例买受人{turn:02}"), "未交付")
    };
    let Place { building, stair, room, kind, area, lift, .. } = place;
    format!("{building},{stair},{room},{kind},{area},合同,{owner},,,{status},否,,{lift}")
}

/// A unit with owners: first every set has one, then some have more.
fn owned(place: &Place, number: usize) -> String {
    let set = match number.checked_sub(SETS) {
        None => number,
        Some(more) if more < 2 * SETS_OF_THREE => more % SETS_OF_THREE,
        Some(more) => more - SETS_OF_THREE,
    };
    let (names, shares) = owners(set);
    let several = set < SETS_OF_THREE + 47;
    let hashes: Vec<String> = names.iter().filter(|_| several).map(|name| id_hash(name)).collect();
    // A step that shares no divisor with a hundred: neighbours stand differently.
    let status = match number * 37 % 100 {
        0..25 => "出租",
        25..37 => "空置",
        37..42 => "装修中",
        42..47 => "未入住",
        47..52 => "已交付",
        _ => "已入住",
    };
    let basis = if number.is_multiple_of(20) { "测绘" } else { "登记" };
    let Place { building, stair, room, kind, area, lift, handed_over } = place;
    let (names, hashes) = (names.join("、"), hashes.join("、"));
    format!(
        "{building},{stair},{room},{kind},{area},{basis},{names},{hashes},{shares},{status},是,\
         {handed_over},{lift}"
    )
}

/// Names a set of owners, and how they share.
fn owners(set: usize) -> (Vec<String>, &'static str) {
    let name = |letter: &str| format!("样例{set:04}{letter}");
    match (set % 5, set % 40) {
        (_, 0) => (vec![name("甲"), name("乙"), name("丙")], "1/3、1/3、1/3"),
        (0, _) => (vec![name("甲"), name("乙")], "共同"),
        (1, _) => (vec![name("甲"), name("乙")], "1/2、1/2"),
        (2, _) => (vec![name("甲"), name("乙")], "70%、30%"),
        _ => (vec![name("甲")], ""),
    }
}

fn id_hash(name: &str) -> String {
    ids::hex(&sha256(&[b"linli/sample/heyuan/1\0", name.as_bytes()]))
}
