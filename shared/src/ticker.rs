//! Tells the shell that something moved: at most once in 16 ms, from one long-lived thread.

use std::{
    sync::{Arc, Weak, mpsc},
    time::{Duration, Instant},
};

use linli_app::{model::View, slice::mask};
use linli_replica::repairs::Filter;

use crate::{core::Shell, routes::Router};

/// One frame of a screen that draws 60 times a second.
const FRAME: Duration = Duration::from_millis(16);

/// Starts the thread; it ends when the last sender is gone.
pub(crate) fn start(
    router: Weak<Router>,
    shell: Arc<dyn Shell>,
) -> std::io::Result<mpsc::Sender<()>> {
    let (sender, receiver) = mpsc::channel();
    std::thread::Builder::new()
        .name("linli-shell".to_owned())
        .spawn(move || run(&router, &*shell, &receiver))?;
    Ok(sender)
}

#[expect(clippy::disallowed_methods, reason = "the length of a screen's frame is measured")]
fn run(router: &Weak<Router>, shell: &dyn Shell, receiver: &mpsc::Receiver<()>) {
    let mut last = View::default();
    while receiver.recv().is_ok() {
        let until = Instant::now() + FRAME;
        // What moves within this frame is told together.
        while let Some(left) = until.checked_duration_since(Instant::now()) {
            if receiver.recv_timeout(left).is_err() {
                break;
            }
        }
        let Some(router) = router.upgrade() else { return };
        let view = router.view();
        drop(router);
        let moved = moved(&last, &view);
        last = view;
        if moved != 0 {
            shell.changed(moved);
        }
    }
}

/// What stands around the rows of the list.
fn list(view: &View) -> (u32, u32, Filter, &str, u32) {
    let (screens, wanted) = (&view.screens, &view.wanted);
    (screens.total, screens.open_count, wanted.filter, &wanted.search, wanted.offset)
}

/// Which slices differ. What they are made from is compared, so that nothing is made for it.
fn moved(last: &View, view: &View) -> u32 {
    let (old, new) = (&last.screens, &view.screens);
    let spoken = last.settings.language != view.settings.language;
    // A phone that found nothing in its files looks as before it read them: who waits for that is told.
    let read = last.version == 0 && view.version > 0;
    let frame = read
        || old.standing != new.standing
        || old.communities != new.communities
        || last.wanted.slot != view.wanted.slot
        || last.settings != view.settings
        || old.attention.total != new.attention.total
        || old.own != new.own
        || old.viewer != new.viewer
        || old.money_line != new.money_line
        || last.said != view.said
        || last.toast != view.toast
        || last.refusal != view.refusal
        || last.invitation != view.invitation
        || last.founding != view.founding;
    let repairs = list(last) != list(view) || old.rows != new.rows;
    let drafts = old.drafts != new.drafts || old.alike != new.alike || old.ways != new.ways;
    let people = old.applicants != new.applicants
        || old.offers != new.offers
        || old.people != new.people
        || old.uncounted != new.uncounted;
    // The door where one goes on, and what counted notes sum to, are kept as drafts.
    let money = old.money != new.money || new.money.is_some() && old.drafts != new.drafts;
    [
        (frame, mask::FRAME),
        (repairs, mask::REPAIRS),
        (old.detail != new.detail || old.picture != new.picture, mask::DETAIL),
        (people, mask::PEOPLE),
        (old.attention != new.attention, mask::ATTENTION),
        (drafts, mask::DRAFTS),
        (old.sending != new.sending, mask::SENDING),
        (money, mask::MONEY),
    ]
    .into_iter()
    .filter(|(moved, _)| spoken || *moved)
    .fold(0, |bits, (_, bit)| bits | bit)
}

#[cfg(test)]
mod tests {
    use linli_app::slice::{DraftKept, MoneyScreens, Screens};

    use super::*;

    #[test]
    fn the_first_reading_is_told_even_if_it_found_nothing() {
        let read = View { version: 1, ..View::default() };
        assert_eq!(moved(&View::default(), &read), mask::FRAME);
        assert_eq!(moved(&read, &View { version: 2, ..View::default() }), 0);
    }

    #[test]
    fn a_draft_moves_money_while_somebody_looks_at_it() {
        let typed = |money: Option<MoneyScreens>, text: &str| {
            let name = "notes/x".to_owned();
            let draft = DraftKept { name, text: text.to_owned(), attachments: Vec::new() };
            let screens = Screens { drafts: vec![draft], money, ..Screens::default() };
            View { screens, ..View::default() }
        };
        let looked = Some(MoneyScreens::default());
        let moves = moved(&typed(looked.clone(), "10000x1"), &typed(looked, "10000x2"));
        assert_eq!(moves, mask::DRAFTS | mask::MONEY);
        assert_eq!(moved(&typed(None, "10000x1"), &typed(None, "10000x2")), mask::DRAFTS);
    }
}
