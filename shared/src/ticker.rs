//! Tells the shell that something moved: at most once in 16 ms, from one long-lived thread.

use std::{
    sync::{Arc, Weak, mpsc},
    time::{Duration, Instant},
};

use linli_app::{model::View, slice::mask};

use crate::{
    core::Shell,
    present::{detail, frame, people, repairs},
    routes::Router,
};

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

fn moved(last: &View, view: &View) -> u32 {
    let mut bits = 0;
    let plain = |view: &View| View { version: 0, ..view.clone() };
    let (last, view) = (&plain(last), &plain(view));
    if frame(last) != frame(view) || last.screens.drafts != view.screens.drafts {
        bits |= mask::FRAME;
    }
    if repairs(last) != repairs(view) {
        bits |= mask::REPAIRS;
    }
    if detail(last) != detail(view) {
        bits |= mask::DETAIL;
    }
    if people(last) != people(view) {
        bits |= mask::PEOPLE;
    }
    bits
}
