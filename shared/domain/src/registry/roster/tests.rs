use super::*;
use crate::registry::{FoundingTerms, UnitStatus, register_hash};

const SECRET: Secret = Secret([7; 32]);

fn read_text(text: &str) -> Roster {
    read_plain(text, &SECRET).unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn owners(roster: &Roster, code: &str) -> Vec<PersonId> {
    let mut entries = roster.entries.iter();
    entries.find(|entry| entry.unit.code.to_string() == code).unwrap().unit.owners.clone()
}

#[test]
fn five_plain_columns_need_no_header_and_a_header_may_name_others() {
    let plain = read_text("3,2,501,home,89.37\n\n3,2,502,shop,78.90\n");
    let named = read_text("面积，用途，房号\n89.37，home，3-2-501\n78.90，shop，3号楼2单元502\n");
    assert_eq!(plain.stairs(), named.stairs());
    let problems = read_plain("3,2,501,home,large\n", &SECRET).unwrap_err();
    assert_eq!(problems[0].zh(), "第 1 行第 5 列（area）：面积“large”不是数字。请写成 89.37。");
    assert_eq!(read_plain("", &SECRET).unwrap_err()[0].fault, Fault::FileEmpty);
}

#[test]
fn an_owner_has_one_pseudonym_in_all_their_units_and_namesakes_have_two() {
    let (one, other) = ("ab".repeat(32), "cd".repeat(32));
    let text = format!(
        "unit,use,area,owners,id-hash,phone\n\
         3-2-501,home,89.37,样例甲,{one},\n\
         3-2-502,home,89.37,样例甲,{one},13800000000\n\
         3-2-601,home,89.37,样例甲,{other},\n\
         3-2-602,home,89.37,样例乙,,13800000001\n\
         3-2-701,home,89.37,样例乙,,138 0000 0001\n\
         3-2-702,home,89.37,样例丙,,\n\
         3-2-801,home,89.37,样例丙,,\n"
    );
    let roster = read_text(&text);
    let of = |code| owners(&roster, code);
    assert_eq!(of("3-2-501"), of("3-2-502"), "one ID hash");
    assert_ne!(of("3-2-501"), of("3-2-601"), "one name, two IDs");
    assert_eq!(of("3-2-602"), of("3-2-701"), "one name with one phone");
    assert_ne!(of("3-2-702"), of("3-2-801"), "a name alone tells nothing beyond its unit");
    assert_eq!(totals(&roster.stairs()).heads, 5);
    let other = read_plain(&text, &Secret([8; 32])).unwrap();
    assert_ne!(owners(&other, "3-2-501"), of("3-2-501"), "another desk, another pseudonym");
    assert_eq!(format!("{:?}", Secret([8; 32])), "Secret");
}

#[test]
fn co_owners_keep_the_order_of_the_roster_and_their_shares() {
    let text = "unit,use,area,owners,share\n3-2-501,home,89.37,样例乙；样例甲,70%；3/10\n";
    let roster = read_text(text);
    let entry = &roster.entries[0];
    let names: Vec<&str> = entry.owners.iter().map(|owner| owner.name.as_str()).collect();
    assert_eq!(names, ["样例乙", "样例甲"]);
    assert_eq!(
        (entry.owners[0].share, entry.owners[1].share),
        (Some((7_000, 10_000)), Some((3, 10)))
    );
    let persons: Vec<PersonId> = entry.owners.iter().map(|owner| owner.person).collect();
    assert_eq!(entry.unit.owners, persons);
}

#[test]
fn heads_are_sets_of_owners_and_the_developer_is_one() {
    let (a, b) = ("ab".repeat(32), "cd".repeat(32));
    let roster = read_text(&format!(
        "unit,use,area,owners,id-hash,status\n\
         3-2-501,home,89.37,样例甲;样例乙,{a};{b},\n\
         3-2-502,home,89.37,样例乙;样例甲,{b};{a},rented\n\
         3-2-601,home,89.37,样例甲,{a},\n\
         3-2-602,home,89.37,,,unsold\n\
         3-2-701,home,89.37,样例丙,,undelivered\n\
         3-2-702,home,89.37,,,empty\n"
    ));
    // Both together, one alone, the developer, and a unit whose owner nobody has named.
    assert_eq!(totals(&roster.stairs()).heads, 4);
}

#[test]
fn a_stair_too_large_for_one_fact_comes_in_several_that_all_fit() {
    let mut text = String::from("unit,use,area,owners\n");
    for room in 1..=400 {
        text.push_str(&format!("S-1-S{room},shop,56.40,样例甲;样例乙\n"));
    }
    let stairs = read_text(&text).stairs();
    assert!(stairs.len() > 1);
    assert_eq!(stairs.iter().map(|stair| stair.units.len()).sum::<usize>(), 400);
    for stair in &stairs {
        let bytes = cbor::to_bytes("stair", stair).unwrap();
        assert!(bytes.len() < limits::FACT_BYTES_MAX - 1024, "{}", bytes.len());
    }
    let totals = totals(&stairs);
    assert_eq!((totals.buildings[0].stairs, totals.shops), (1, 400));
}

#[test]
fn what_is_private_is_in_no_fact() {
    let hash = "ab".repeat(32);
    let roster = read_text(&format!(
        "unit,use,area,owners,id-hash,phone\n3-2-501,home,89.37,样例甲,{hash},13800000000\n"
    ));
    let bytes = cbor::to_bytes("stair", &roster.stairs()[0]).unwrap();
    for private in ["样例甲", hash.as_str(), "13800000000"] {
        assert!(!bytes.windows(private.len()).any(|part| part == private.as_bytes()), "{private}");
    }
    assert!(bytes.windows(16).any(|part| part == roster.entries[0].unit.owners[0].0));
}

#[test]
fn the_order_of_lines_changes_nothing_that_is_agreed_on() {
    let one = read_text("10,1,101,home,89.37\n2,1,101,home,78.90\n2,1,1101,home,78.90\n");
    let other = read_text("2,1,1101,home,78.90\n2,1,101,home,78.90\n10,1,101,home,89.37\n");
    assert_eq!(one.stairs(), other.stairs());
    let terms = FoundingTerms::default();
    assert_eq!(register_hash(&terms, &one.stairs()), register_hash(&terms, &other.stairs()));
    let buildings = totals(&one.stairs()).buildings;
    let names: Vec<&str> = buildings.iter().map(|building| building.building.as_str()).collect();
    assert_eq!(names, ["2", "10"]);
}

#[test]
fn a_status_follows_from_whether_it_was_handed_over() {
    let roster = read_text(
        "unit,use,area,delivered\n3-2-501,home,89.37,no\n3-2-502,home,89.37,2021-07-01\n3-2-503,home,1,\n",
    );
    let statuses: Vec<UnitStatus> = roster.entries.iter().map(|entry| entry.unit.status).collect();
    assert_eq!(statuses, [UnitStatus::Undelivered, UnitStatus::Delivered, UnitStatus::Delivered]);
}

#[test]
fn a_cell_that_took_in_whole_rows_is_refused_and_two_lines_are_not() {
    let header = Line::of(1, &["unit", "use", "area", "owners", "remark"]);
    let read_one = |owners: &str, remark: &str| {
        let row = Line::of(2, &["3-2-501", "home", "89.37", owners, remark]);
        read(&[header.clone(), row], &SECRET)
    };
    let read_well = read_one("样例甲\n样例乙", "call first,\nthen come").unwrap();
    assert_eq!(read_well.entries[0].owners.len(), 2);
    let row = "\n3-2-502,home,89.37,样例丙,y\n";
    for (owners, remark, column) in [("样例甲", row, 5), (row, "", 4)] {
        let problems = read_one(owners, remark).unwrap_err();
        let found: Vec<_> =
            problems.iter().map(|problem| (problem.fault, problem.line, problem.column)).collect();
        assert_eq!(found, [(Fault::CellSwallows, 2, column)]);
        assert!(!problems[0].en().contains("样例丙"), "what is private is not repeated");
    }
}

#[test]
fn every_fault_has_its_own_word_and_both_sentences() {
    let words: std::collections::BTreeSet<&str> =
        Fault::ALL.iter().map(|fault| fault.word()).collect();
    assert_eq!(words.len(), Fault::ALL.len());
    for fault in Fault::ALL {
        let problem = Problem::of_file(*fault, "this").with("that".to_owned());
        for text in [problem.zh(), problem.en()] {
            assert!(text.len() > 20 && !text.contains('{'), "{text}");
        }
    }
}
