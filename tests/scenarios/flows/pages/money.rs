//! Money: own homes, rounds, bill runs; a home's bills and receipts; a scanned receipt.

use shared::{Action, BillCard, HomeMoney, PaperCard, ReceiptCode, UiEvent};

use super::{act, asks::Answered, books};
use crate::flows::page::{At, Do, Lines, Page, Route, choose, turn};

/// What was scanned.
const SCANNED: &str = "scanned";

/// The home that is looked for.
const FIND: &str = "find";

/// The run that is unfolded.
const RUN: &str = "run";

pub(super) fn is_of_money(route: &Route) -> bool {
    matches!(
        route,
        Route::Money
            | Route::HomeMoney(..)
            | Route::Round(_)
            | Route::Collect(..)
            | Route::Count(..)
            | Route::MoneyAct(..)
            | Route::ScanReceipt
            | Route::Book(_)
    )
}

/// What a page of money asks the core to show.
pub(super) fn shown(at: &At<'_>, route: &Route) -> Option<UiEvent> {
    let show = |home: Option<&String>, round: Option<&String>| UiEvent::ShowMoney {
        home: home.cloned(),
        round: round.cloned(),
        run: at.notes.one(RUN),
        receipt: at.notes.one("code"),
        scanned: Some(at.notes.typed(SCANNED).trim().to_owned()).filter(|text| !text.is_empty()),
        book: None,
        find: Some(at.notes.typed(FIND).to_owned()).filter(|text| !text.is_empty()),
    };
    match route {
        Route::Money | Route::ScanReceipt => Some(show(None, None)),
        Route::HomeMoney(unit, round) | Route::Collect(unit, round) => {
            Some(show(Some(unit), round.as_ref()))
        }
        Route::Round(id) | Route::Count(_, _, id) => Some(show(None, Some(id))),
        Route::Book(name) => {
            let mut event = show(None, None);
            if let UiEvent::ShowMoney { book, .. } = &mut event {
                *book = Some(name.clone());
            }
            Some(event)
        }
        Route::MoneyAct(_, _, over) => shown(at, over),
        _ => None,
    }
}

/// What a home owes, or that it owes nothing.
fn owed(home: &HomeMoney) -> &str {
    if home.owed_fen > 0 { &home.owed_text } else { &home.owed_said }
}

pub(super) fn page(at: &At<'_>) -> Page {
    let mut page = Page::default();
    let lines = &mut page.content;
    let money = &at.slices.money;
    lines.top(at.say("screen_money.title"), Some((at, vec![Do::Back])));
    if money.homes.is_empty() && money.rounds.is_empty() && money.runs.is_empty() {
        lines.text(at.say("screen_money.nothing"));
    }
    money.tasks.iter().for_each(|row| books::row(lines, row, &Route::Money));
    for home in &money.homes {
        let title = format!("{} {}", at.say("screen_money.own"), home.unit);
        let words = [title, owed(home).to_owned(), home.credit_text.clone().unwrap_or_default()];
        let open = Do::Open(Route::HomeMoney(home.unit.clone(), None));
        lines.line(words.into_iter().filter(|word| !word.is_empty()).collect(), vec![open]);
    }
    if money.finds {
        lines.field(FIND, at.say("screen_money.find"), at.notes.typed(FIND));
    }
    for home in &money.found {
        let open = Do::Open(Route::HomeMoney(home.value.clone(), None));
        lines.line(vec![home.value.clone(), home.text.clone()], vec![open]);
    }
    lines.texts(&money.found_text);
    if !money.rounds.is_empty() {
        lines.section(at.say("screen_money.rounds"), String::new());
    }
    for round in money
        .rounds
        .iter()
        .filter(|round| round.own)
        .chain(money.rounds.iter().filter(|round| !round.own))
    {
        let words = [
            &round.place_text,
            &round.who_text,
            &round.days_text,
            &round.paid_text,
            &round.chip.text,
        ];
        let open = Do::Open(Route::Round(round.id.clone()));
        lines.line(words.into_iter().cloned().collect(), vec![open]);
    }
    if !money.runs.is_empty() {
        lines.section(at.say("screen_money.runs"), String::new());
    }
    for run in &money.runs {
        let words = vec![run.title.clone(), run.text.clone(), run.total_text.clone()];
        lines.line(words, vec![choose(RUN, Some(&run.id))]);
        lines.texts(run.withdrawal_chip.as_ref().map(|chip| chip.text.clone()));
        lines.texts(&run.notes);
        if let Some(chip) = &run.chip {
            lines.text(&chip.text);
            run.stairs
                .iter()
                .for_each(|stair| lines.row([stair.text.clone(), stair.value.clone()]));
            actions(lines, &run.subject, &run.actions, &Route::Money);
        }
    }
    if !money.books.is_empty() {
        lines.section(at.say("screen_money.books"), String::new());
    }
    money.books.iter().for_each(|row| books::row(lines, row, &Route::Money));
    lines.tap(at.say("screen_money.scan"), vec![Do::Open(Route::ScanReceipt)]);
    actions(lines, &money.subject, &money.actions, &Route::Money);
    page
}

pub(super) fn home(at: &At<'_>, unit: &str, round: Option<&str>) -> Page {
    let mut page = Page::default();
    let here = Route::HomeMoney(unit.to_owned(), round.map(str::to_owned));
    let money = &at.slices.money;
    let lines = &mut page.content;
    let title =
        if round.is_some() { at.say("screen_money.door") } else { at.say("screen_money.title") };
    lines.top(format!("{title} {unit}"), Some((at, vec![Do::Back])));
    let Some(home) = money.home.as_ref().filter(|home| home.unit == unit) else { return page };
    lines.text(owed(home));
    lines.tap(at.say("screen_money.read_aloud"), Vec::new());
    lines.texts(&home.credit_text);
    lines.texts(&home.twice_text);
    if let Some(fresh) = &home.fresh {
        code(at, lines, fresh);
    }
    if let Some(collect) = home.actions.iter().find(|action| action.word == "collect") {
        let open = Route::Collect(unit.to_owned(), round.map(str::to_owned));
        page.bottom.main(collect.text.clone(), true, vec![Do::Open(open)]);
    }
    if let Some(round) = round {
        door(at, &mut page, home, round, &here);
    }
    let lines = &mut page.content;
    for action in home.actions.iter().filter(|action| action.word != "collect") {
        one(lines, &home.subject, action, &here);
    }
    lines.section(at.say("screen_money.bills"), String::new());
    if home.bills.is_empty() {
        lines.text(at.say("screen_money.no_bills"));
    }
    home.bills.iter().for_each(|card| bill(at, lines, card));
    lines.section(at.say("screen_money.papers"), String::new());
    if home.papers.is_empty() {
        lines.text(at.say("screen_money.no_papers"));
    }
    home.papers.iter().for_each(|card| paper(at, lines, card, &here));
    lines.texts(&home.refused);
    page
}

/// At the door: note that there was no money, and go on.
fn door(at: &At<'_>, page: &mut Page, home: &HomeMoney, round: &str, here: &Route) {
    let detail = at.slices.money.round.as_ref().filter(|detail| detail.line.id == round);
    let Some(detail) = detail else { return };
    let number = detail.doors.iter().position(|door| door.unit == home.unit);
    if let Some(door) = number.and_then(|number| detail.doors.get(number)) {
        actions(&mut page.content, &door.subject, &door.actions, here);
    }
    if let Some(next) = number.and_then(|number| detail.doors.get(number + 1)) {
        let does = open_door(&next.unit, round);
        page.bottom.tap(at.say("screen_money.next_door"), [vec![Do::Back], does].concat());
    }
}

/// Opens a door, and keeps where one is.
pub(super) fn open_door(unit: &str, round: &str) -> Vec<Do> {
    let keep = UiEvent::KeepDraft { name: format!("round/{round}"), text: unit.to_owned() };
    let open = Route::HomeMoney(unit.to_owned(), Some(round.to_owned()));
    vec![Do::Send(keep), Do::Open(open)]
}

fn bill(at: &At<'_>, lines: &mut Lines, card: &BillCard) {
    lines.row([card.title.clone(), card.total_text.clone(), card.chip.text.clone()]);
    lines.row([card.due_text.clone(), card.left_text.clone()]);
    lines.texts(&card.late_text);
    lines.texts(&card.limitation_text);
    lines.texts(&card.withdrawn_text);
    let note = format!("why/{}", card.id);
    let open = at.notes.is_on(&note);
    lines.tap(at.say("screen_money.why"), vec![turn(&note, !open)]);
    for line in card.lines.iter().filter(|_| open) {
        lines.row([
            line.charge.clone(),
            line.month.clone(),
            line.sum_text.clone(),
            line.why.clone(),
        ]);
    }
}

fn paper(at: &At<'_>, lines: &mut Lines, card: &PaperCard, here: &Route) {
    lines.row([
        card.number.clone(),
        card.sum_text.clone(),
        card.how_text.clone(),
        card.chip.text.clone(),
    ]);
    lines.texts(&card.notes);
    lines.texts(card.delivery_chip.as_ref().map(|chip| chip.text.clone()));
    if !card.number.is_empty() {
        lines.tap(at.say("screen_money.show_code"), vec![choose("code", Some(&card.id))]);
        let shown = at.notes.one("code").as_ref() == Some(&card.id);
        let shown = at.slices.money.receipt.as_ref().filter(|code| shown && code.id == card.id);
        if let Some(receipt) = shown {
            code(at, lines, receipt);
        }
    }
    actions(lines, &card.subject, &card.actions, here);
}

fn code(at: &At<'_>, lines: &mut Lines, code: &ReceiptCode) {
    lines.text(at.say("screen_money.keep_code"));
    lines.row([code.number.clone(), code.sum_text.clone()]);
}

pub(super) fn actions(lines: &mut Lines, subject: &str, actions: &[Action], here: &Route) {
    actions.iter().for_each(|action| one(lines, subject, action, here));
}

/// What asks for nothing is done at once.
fn one(lines: &mut Lines, subject: &str, action: &Action, here: &Route) {
    let does = if action.asks.is_empty() {
        Do::Send(sent(subject, &action.word, Vec::new()))
    } else {
        let (subject, word) = (subject.to_owned(), action.word.clone());
        Do::Open(Route::MoneyAct(subject, word, Box::new(here.clone())))
    };
    lines.tap(action.text.clone(), vec![does]);
}

pub(super) fn sent(subject: &str, action: &str, answers: Vec<shared::Answer>) -> UiEvent {
    let (subject, action) = (subject.to_owned(), action.to_owned());
    UiEvent::MoneyAct { subject, action, answers, draft: None }
}

/// Finds an action by whose it is.
pub(super) fn find<'a>(at: &'a At<'_>, subject: &str, word: &str) -> Option<&'a Action> {
    let money = &at.slices.money;
    let home = money.home.iter();
    let papers = money.home.iter().flat_map(|home| &home.papers);
    let round = money.round.iter();
    let doors = money.round.iter().flat_map(|round| &round.doors);
    let counts = money.round.iter().flat_map(|round| &round.counts);
    let all = [(&money.subject, &money.actions)]
        .into_iter()
        .chain(home.map(|home| (&home.subject, &home.actions)))
        .chain(money.runs.iter().map(|run| (&run.subject, &run.actions)))
        .chain(papers.map(|paper| (&paper.subject, &paper.actions)))
        .chain(round.map(|round| (&round.subject, &round.actions)))
        .chain(doors.map(|door| (&door.subject, &door.actions)))
        .chain(counts.map(|count| (&count.subject, &count.actions)))
        .chain(books::acts(money));
    let of = all.filter(|(of, _)| *of == subject).flat_map(|(_, actions)| actions);
    of.into_iter().find(|action| action.word == word)
}

/// It was done, or somebody else was faster.
pub(super) fn is_over(at: &At<'_>, subject: &str, word: &str) -> bool {
    at.notes.is_on("asked") && find(at, subject, word).is_none()
}

/// What an act about money asks for.
pub(super) fn act(at: &At<'_>, subject: &str, word: &str, _: &Route) -> Page {
    let mut page = Page::default();
    let Some(action) = find(at, subject, word) else { return page };
    let name = format!("act/{subject}/{word}");
    page.content.top(action.text.clone(), Some((at, vec![Do::Back])));
    let answered = Answered::new(at, subject);
    let ready = act::form(at, &mut page.content, action, &answered, &name);
    let send = UiEvent::MoneyAct {
        subject: subject.to_owned(),
        action: word.to_owned(),
        answers: answered.answers(&action.asks),
        draft: act::is_any_attached(action).then_some(name),
    };
    page.bottom.main(action.text.clone(), ready, vec![Do::Send(send), Do::Back]);
    page
}

pub(super) fn scan(at: &At<'_>) -> Page {
    let mut page = Page::default();
    let lines = &mut page.content;
    lines.top(at.say("screen_money.scanned"), Some((at, vec![Do::Back])));
    lines.tap(at.say("screen_money.scan"), vec![Do::Scan(SCANNED)]);
    lines.field(SCANNED, at.say("screen_money.paste"), at.notes.typed(SCANNED));
    let Some(scanned) = &at.slices.money.scanned else { return page };
    lines.row([scanned.unit.clone(), scanned.number.clone(), scanned.sum_text.clone()]);
    lines.text(&scanned.how_text);
    lines.text(&scanned.chip.text);
    for action in &scanned.actions {
        let keep = Do::Send(sent(&scanned.subject, &action.word, Vec::new()));
        page.bottom.main(action.text.clone(), true, vec![keep, Do::Back]);
    }
    page
}
