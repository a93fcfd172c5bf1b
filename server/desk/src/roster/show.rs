//! How a check is shown: as a table, or as data.

use linli_domain::registry::roster::{Problem, Roster, Totals, totals as add_up};
use linli_relay::settings::Language;
use serde_json::{Value, json};

/// Shows what a register adds up to.
pub(crate) fn totals(totals: &Totals, language: Language) -> String {
    let (mut stairs, mut rows) = (0, Vec::new());
    for building in &totals.buildings {
        stairs += building.stairs;
        rows.push([
            building.building.clone(),
            building.stairs.to_string(),
            building.homes.to_string(),
            building.shops.to_string(),
            building.area.to_string(),
        ]);
    }
    let all = match language {
        Language::Zh => "合计",
        Language::En => "all",
    };
    let last = [
        all.to_owned(),
        stairs.to_string(),
        totals.homes.to_string(),
        totals.shops.to_string(),
        totals.area.to_string(),
    ];
    rows.push(last);
    let header = match language {
        Language::Zh => ["楼", "单元", "住宅", "商铺", "面积（㎡）"],
        Language::En => ["building", "stairs", "homes", "shops", "area (m²)"],
    };
    let mut text = table(&header, &rows);
    let (homes, heads) = (totals.homes_area.to_string(), totals.heads);
    text.push_str(&match language {
        Language::Zh => format!("住宅面积 {homes} ㎡；业主人数 {heads}\n"),
        Language::En => format!("homes {homes} m²; heads {heads}\n"),
    });
    text
}

/// Shows everything that is wrong.
pub(super) fn problems(problems: &[Problem], language: Language) -> String {
    let mut text = String::new();
    for problem in problems {
        text.push_str(&match language {
            Language::Zh => problem.zh(),
            Language::En => problem.en(),
        });
        text.push('\n');
    }
    let count = problems.len();
    text.push_str(&match language {
        Language::Zh => format!("{count} 个问题；什么也没有建立。\n"),
        Language::En if count == 1 => "1 problem; nothing was founded.\n".to_owned(),
        Language::En => format!("{count} problems; nothing was founded.\n"),
    });
    text
}

/// Gives the totals as data; areas as text, exactly.
pub(super) fn totals_as_data(roster: &Roster) -> Value {
    let totals = add_up(&roster.stairs());
    let buildings: Vec<Value> = totals
        .buildings
        .iter()
        .map(|building| {
            json!({
                "building": building.building, "stairs": building.stairs, "homes": building.homes,
                "shops": building.shops, "area": building.area.to_string(),
            })
        })
        .collect();
    json!({
        "ok": true, "buildings": buildings, "homes": totals.homes, "shops": totals.shops,
        "homes_area": totals.homes_area.to_string(), "area": totals.area.to_string(), "heads": totals.heads,
    })
}

/// Gives the problems as data.
pub(super) fn problems_as_data(problems: &[Problem]) -> Value {
    let problems: Vec<Value> = problems
        .iter()
        .map(|problem| {
            json!({
                "line": problem.line, "column": problem.column, "header": problem.header,
                "word": problem.fault.word(), "zh": problem.reason_zh(), "en": problem.reason_en(),
            })
        })
        .collect();
    json!({ "ok": false, "problems": problems })
}

/// Puts rows under a header, numbers to the right.
fn table(header: &[&str; 5], rows: &[[String; 5]]) -> String {
    let mut widths = header.map(width);
    for row in rows {
        for (most, cell) in widths.iter_mut().zip(row) {
            *most = (*most).max(width(cell));
        }
    }
    let mut text = String::new();
    for row in std::iter::once(&header.map(str::to_owned)).chain(rows) {
        let cells: Vec<String> = row
            .iter()
            .zip(widths)
            .map(|(cell, most)| format!("{}{cell}", " ".repeat(most.saturating_sub(width(cell)))))
            .collect();
        text.push_str(&cells.join("  "));
        text.push('\n');
    }
    text
}

/// Columns of a terminal that a text takes: two for each Chinese character.
fn width(text: &str) -> usize {
    text.chars().map(|char| if u32::from(char) > 0x2E7F { 2 } else { 1 }).sum()
}
