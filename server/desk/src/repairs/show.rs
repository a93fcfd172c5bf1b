//! `linli repairs show`: one repair in full.

use linli_domain::{
    kernel::{AttachmentKind, Role},
    repairs::{
        Step,
        clock::Clock,
        view::{NoteEntry, RepairDetail, TimelineEntry},
    },
};
use linli_wire::PersonId;

use crate::office::{
    Trouble,
    desk::Desk,
    sink,
    table::Table,
    text::{Text, day_and_time, short},
};

pub(super) fn run(desk: &Desk, id: &str, text: &Text) -> Result<(), Trouble> {
    let id = desk.find(id, text)?;
    let page = desk.replica.repair(&id, desk.now).map_err(|error| error.to_string())?;
    let unknown = || Trouble::Failed(text.refusal("repairs.unknown"));
    let page = page.ok_or_else(unknown)?;
    let mut said = head(desk, &page.detail, text);
    said.push_str(&clocks(desk, &page.detail.clocks, text));
    said.push_str(&timeline(desk, &page.detail, text));
    for (label, rows) in [
        (text.pick("可能是同一件事", "May be the same thing"), &page.alike),
        (text.pick("并入本条", "Merged into this one"), &page.merged),
    ] {
        for row in rows {
            let id: String = row.id.to_hex().chars().take(8).collect();
            said.push_str(&format!("{label}: {id} {}\n", row.excerpt));
        }
    }
    Ok(sink::write(None, said)?)
}

fn who(role: Option<Role>, person: &PersonId, text: &Text) -> String {
    format!("{} {}", text.role(role), short(person))
}

fn head(desk: &Desk, detail: &RepairDetail, text: &Text) -> String {
    let row = &detail.row;
    let mut table = Table::default();
    let mut line = |zh: &str, en: &str, value: String| {
        table.row(vec![text.pick(zh, en).to_owned(), value]);
    };
    line("编号", "Id", row.id.to_hex());
    line("状态", "Status", text.word("status", row.status.word()).to_owned());
    line("类别", "Class", text.word("class", &row.class).to_owned());
    line("位置", "Place", text.place(&row.place));
    if detail.reported_at != row.place {
        line("报修位置", "Reported at", text.place(&detail.reported_at));
    }
    line("报修时间", "Reported", day_and_time(row.at, desk.offset));
    let role = desk.replica.role_of(&row.reporter, desk.now).unwrap_or_default();
    line("报修人", "By", who(role, &row.reporter, text));
    if let Some(target) = row.target {
        line("投诉对象", "About", text.role(Some(target)).to_owned());
    }
    if let Some(assignee) = &row.assignee {
        let role = desk.replica.role_of(assignee, desk.now).unwrap_or_default();
        line("经手人", "For", who(role, assignee, text));
    }
    let photo = |kind| detail.pictures().iter().filter(|picture| picture.kind == kind).count();
    line("照片", "Photos", photo(AttachmentKind::Photo).to_string());
    if let Some(stars) = row.stars {
        line("评价", "Stars", stars.to_string());
    }
    if row.me_too > 0 {
        line("同样受影响", "Me too", row.me_too.to_string());
    }
    line("内容", "What", detail.text.clone());
    table.text()
}

fn clocks(desk: &Desk, clocks: &[Clock], text: &Text) -> String {
    let mut table = Table::new(&[
        text.pick("时限", "Clock"),
        text.pick("到期", "Due"),
        text.pick("完成", "Met"),
        text.pick("结果", "Result"),
    ]);
    for clock in clocks {
        let result = match (clock.ended, clock.met, clock.is_late(desk.now)) {
            (Some(_), true, false) => text.pick("按时", "in time"),
            (Some(_), true, true) => text.pick("迟了", "late"),
            (Some(_), false, _) => text.pick("不再需要", "no longer needed"),
            (None, _, true) => text.pick("已超时", "overdue"),
            (None, _, false) => text.pick("进行中", "running"),
        };
        let ended = clock.ended.filter(|_| clock.met).map(|at| day_and_time(at, desk.offset));
        table.row(vec![
            text.word("clock", clock.kind.word()).to_owned(),
            day_and_time(clock.due, desk.offset),
            ended.unwrap_or_default(),
            result.to_owned(),
        ]);
    }
    format!("\n{}\n", table.text())
}

fn timeline(desk: &Desk, detail: &RepairDetail, text: &Text) -> String {
    let mut lines: Vec<(linli_domain::kernel::Moment, Vec<String>)> =
        detail.timeline.iter().map(|entry| (entry.when, step(desk, entry, text))).collect();
    lines.extend(detail.notes.iter().map(|note| (note.when, said(desk, note, text))));
    lines.sort_by_key(|(when, _)| *when);
    let mut table = Table::default();
    for (_, line) in lines {
        table.row(line);
    }
    table.text()
}

fn step(desk: &Desk, entry: &TimelineEntry, text: &Text) -> Vec<String> {
    vec![
        day_and_time(entry.when, desk.offset),
        text.word("status", entry.step.status.word()).to_owned(),
        who(entry.role, &entry.person, text),
        words(desk, &entry.step, text),
    ]
}

fn said(desk: &Desk, note: &NoteEntry, text: &Text) -> Vec<String> {
    use linli_domain::repairs::NoteKind;
    let kind = match note.kind {
        NoteKind::Comment => "comment",
        NoteKind::MeToo => "me_too",
        NoteKind::Slots => "offer_slots",
    };
    vec![
        day_and_time(note.when, desk.offset),
        text.word("action", kind).to_owned(),
        who(note.role, &note.person, text),
        note.text.clone(),
    ]
}

/// What a step says, in one line.
fn words(desk: &Desk, step: &Step, text: &Text) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(step.how.map(|how| text.word("assignment", how.word()).to_owned()));
    parts.extend(step.assignee.as_ref().map(|person| format!("→ {}", short(person))));
    parts.extend(step.place.as_ref().map(|place| text.place(place)));
    parts.extend(step.referral.map(|to| text.word("referral", to.word()).to_owned()));
    parts.extend(step.until.map(|until| day_and_time(until, desk.offset)));
    parts.extend(step.stars.map(|stars| format!("{stars}/5")));
    parts.extend(step.note.clone());
    parts.join(" ")
}
