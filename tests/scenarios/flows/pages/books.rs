//! The books: every page of them is drawn alike.

use shared::{Action, BookRow, Money};

use super::{attachments, money};
use crate::flows::page::{At, Do, Lines, Page, Route};

pub(super) fn page(at: &At<'_>, name: &str) -> Page {
    let mut page = Page::default();
    let lines = &mut page.content;
    let book = at.slices.money.book.as_ref().filter(|book| book.name == name);
    let title = book.map(|book| book.title.clone()).unwrap_or_default();
    lines.top(title, Some((at, vec![Do::Back])));
    let Some(book) = book else { return page };
    let here = Route::Book(name.to_owned());
    if !book.figure_text.is_empty() {
        lines.row([book.figure_label.clone(), book.figure_text.clone()]);
    }
    lines.texts(book.chip.as_ref().map(|chip| chip.text.clone()));
    lines.texts(&book.lines);
    if !book.pictures.is_empty() {
        lines.section(at.say("screen_detail.photos"), String::new());
    }
    attachments::all(at, lines, &book.pictures, name);
    for part in &book.parts {
        lines.section(part.title.clone(), String::new());
        part.rows.iter().for_each(|one| row(lines, one, &here));
    }
    money::actions(lines, &book.subject, &book.actions, &here);
    page
}

pub(super) fn row(lines: &mut Lines, row: &BookRow, here: &Route) {
    let chip = row.chip.as_ref().map(|chip| chip.text.clone()).unwrap_or_default();
    let words = [row.title.clone(), row.text.clone(), row.sum_text.clone(), chip];
    let words = words.into_iter().filter(|word| !word.is_empty()).collect();
    match (&row.home, &row.opens) {
        (Some(unit), _) => {
            lines.line(words, vec![Do::Open(Route::HomeMoney(unit.clone(), None))]);
        }
        (None, Some(name)) => lines.line(words, vec![Do::Open(Route::Book(name.clone()))]),
        (None, None) => lines.words(words),
    }
    money::actions(lines, &row.subject, &row.actions, here);
}

/// What can be done on the page that is open.
pub(super) fn acts(money: &Money) -> impl Iterator<Item = (&String, &Vec<Action>)> {
    let rows = money.book.iter().flat_map(|book| &book.parts).flat_map(|part| &part.rows);
    let page = money.book.iter().map(|book| (&book.subject, &book.actions));
    page.chain(rows.map(|row| (&row.subject, &row.actions)))
}
