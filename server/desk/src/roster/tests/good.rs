//! Good rosters, in every way they may be written.

use encoding_rs::GB18030;
use linli_domain::{
    kernel::UnitCode,
    registry::{
        UnitStatus,
        roster::{Roster, totals},
    },
};

use super::{
    super::{heyuan, read_bytes, show},
    SECRET,
    workbook::{
        Given::{Day, Number, Text},
        workbook,
    },
};
use linli_relay::settings::Language;

const TEXT: &str = "楼号,单元,房号,用途,面积,业主,状态\n\
    3号楼,2单元,501室,住宅,89.37㎡,样例甲、样例乙,出租\n\
    3,2,502,住宅,78.9,样例丙,\n\
    S,1,商铺S12,商铺,56,,未售\n";

fn read(bytes: &[u8]) -> Roster {
    read_bytes(bytes, &SECRET).unwrap()
}

fn codes(roster: &Roster) -> Vec<String> {
    roster.entries.iter().map(|entry| entry.unit.code.to_string()).collect()
}

#[test]
fn one_roster_in_every_encoding_and_cut_by_every_sign_is_the_same() {
    let plain = read(TEXT.as_bytes());
    assert_eq!(codes(&plain), ["3-2-501", "3-2-502", "S-1-S12"]);
    let areas: Vec<u64> = plain.entries.iter().map(|entry| entry.unit.area.0).collect();
    assert_eq!(areas, [8_937, 7_890, 5_600]);
    assert_eq!(plain.entries[0].unit.status, UnitStatus::Rented);
    assert_eq!(plain.entries[2].unit.status, UnitStatus::Unsold);
    let marked = format!("\u{FEFF}{TEXT}");
    let (gb18030, _, _) = GB18030.encode(TEXT);
    let utf16 =
        |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> { marked.encode_utf16().flat_map(bytes).collect() };
    for (bytes, how) in [
        (marked.as_bytes().to_vec(), "UTF-8 with its mark"),
        (gb18030.into_owned(), "GB18030"),
        (utf16(u16::to_le_bytes), "UTF-16, as Excel saves it"),
        (utf16(u16::to_be_bytes), "UTF-16, the other way round"),
        (TEXT.replace(',', ";").into_bytes(), "semicolons"),
        (TEXT.replace(',', "\t").into_bytes(), "tabs"),
        (TEXT.replace('\n', "\r\n").into_bytes(), "Windows line ends"),
        (TEXT.replace('\n', "\r").into_bytes(), "old Mac line ends"),
        (TEXT.replace("样例甲、样例乙", "\"样例甲\n样例乙\"").into_bytes(), "owners on two lines"),
    ] {
        let read = read(&bytes);
        let units = |roster: &Roster| -> Vec<_> {
            roster.entries.iter().map(|entry| entry.unit.clone()).collect()
        };
        assert_eq!(units(&read), units(&plain), "{how}");
    }
}

#[test]
fn a_workbook_is_read_as_it_was_typed() {
    let header =
        vec![Text("房号"), Text("use"), Text("专有面积（㎡）"), Text("计费起日"), Text("序号")];
    let rows = [
        header,
        vec![Text("3号楼2单元501"), Text("home"), Number("89.37"), Day("46082"), Number("1")],
        vec![Text("3-2-12A02"), Text("住宅"), Number("105.42"), Text("2026年3月1日"), Number("2")],
    ];
    let roster = read(&workbook(&[(&rows, &["A9:B10"]), (&[], &[])]));
    assert_eq!(codes(&roster), ["3-2-501", "3-2-1302"]);
    let from: Vec<_> = roster.entries.iter().map(|entry| entry.bill_from.as_deref()).collect();
    assert_eq!(from, [Some("2026-03-01"), Some("2026-03-01")]);
    assert_eq!(roster.entries[0].line, 2);
}

#[test]
fn the_sample_is_what_its_generator_makes() {
    let made = heyuan::csv();
    let kept = include_bytes!("../../../samples/heyuan/roster.csv");
    assert!(
        made.as_bytes() == kept,
        "linli roster make heyuan server/desk/samples/heyuan/roster.csv"
    );
}

#[test]
fn heyuan_has_exactly_its_figures() {
    let roster = read(heyuan::csv().as_bytes());
    let totals = totals(&roster.stairs());
    assert_eq!((totals.homes, totals.shops), (1_912, 24));
    assert_eq!((totals.homes_area.0, totals.area.0), (19_225_924, 19_361_284));
    assert_eq!((totals.buildings.len(), totals.heads), (19, 1_834));
    // At 2.35 yuan a month and m², half up to the fen, home by home.
    let homes = roster.entries.iter().filter(|entry| entry.unit.code.building() != "S");
    let bill: u64 = homes.map(|entry| (entry.unit.area.0 * 235 + 50) / 100).sum();
    assert_eq!(bill, 45_181_216);
    let developers = roster.entries.iter().filter(|entry| entry.unit.status.is_developers());
    assert_eq!(developers.count(), 38);
    let mut sets = std::collections::BTreeMap::new();
    for entry in roster.entries.iter().filter(|entry| !entry.unit.status.is_developers()) {
        *sets.entry(entry.unit.owners.clone()).or_insert(0) += 1;
    }
    let owning = |units: i32| sets.values().filter(|count| **count == units).count();
    assert_eq!((owning(1), owning(2), owning(3), sets.len()), (1_777, 47, 9, 1_833));
    let shared = sets.keys().filter(|owners| owners.len() > 1).count();
    assert_eq!(shared * 100 / sets.len(), 60, "co-owned in a hundred");
    assert!(roster.entries.iter().filter(|entry| entry.lift == Some(true)).count() == 864 + 832);
    let unit = UnitCode::parse("18号楼2单元2604").unwrap();
    assert!(
        roster.entries.iter().any(|entry| entry.unit.code == unit && entry.unit.area.0 == 14_388)
    );
}

#[test]
fn a_check_is_shown_as_a_table_and_as_data() {
    let roster = read(TEXT.as_bytes());
    assert_eq!(
        show::totals(&totals(&roster.stairs()), Language::En),
        "building  stairs  homes  shops  area (m²)
       3       1      2      0     168.27
       S       1      0      1      56.00
     all       2      2      1     224.27
homes 168.27 m²; heads 3
"
    );
    assert_eq!(
        show::totals(&totals(&roster.stairs()), Language::Zh),
        "  楼  单元  住宅  商铺  面积（㎡）
   3     1     2     0      168.27
   S     1     0     1       56.00
合计     2     2     1      224.27
住宅面积 168.27 ㎡；业主人数 3
"
    );
    assert_eq!(
        show::totals_as_data(&roster).to_string(),
        r#"{"area":"224.27","buildings":[{"area":"168.27","building":"3","homes":2,"shops":0,"stairs":1},{"area":"56.00","building":"S","homes":0,"shops":1,"stairs":1}],"heads":3,"homes":2,"homes_area":"168.27","ok":true,"shops":1}"#
    );
    let problems = read_bytes(TEXT.replace("78.9", "\"7,8.9\"").as_bytes(), &SECRET).unwrap_err();
    assert_eq!(
        show::problems(&problems, Language::Zh),
        "第 3 行第 5 列（面积）：面积“7,8.9”里有逗号。请写成 89.37，不要千位分隔符。\n\
         1 个问题；什么也没有建立。\n"
    );
    assert_eq!(
        show::problems_as_data(&problems).to_string(),
        r#"{"ok":false,"problems":[{"column":5,"en":"the area “7,8.9” has a comma; write it as 89.37, without separators of thousands.","header":"面积","line":3,"word":"area.separator","zh":"面积“7,8.9”里有逗号。请写成 89.37，不要千位分隔符。"}]}"#
    );
}
