//! What the app remembers between events: little, and nothing that the store does not know.

use std::collections::BTreeSet;

use linli_replica::Lane;

use crate::{
    operation::Slot,
    slice::{Founding, Invitation, Screens, Settings, Wanted},
};

/// What a lane is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum State {
    /// Nothing.
    #[default]
    Resting,
    /// A call is under way.
    Busy,
    /// Waits after a failure.
    BackingOff,
}

/// How a lane sets out, from the least to the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stride {
    /// Goes on where it is.
    Onward,
    /// Goes on where it is, without waiting out a back-off: somebody did something.
    AtOnce,
    /// Asks for everything once more, without waiting out a back-off.
    Anew,
}

/// One lane of one community's conversation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Talk {
    pub(crate) state: State,
    /// Something happened meanwhile: go on when it is done.
    pub(crate) again: Option<Stride>,
    /// Failures in a row.
    pub(crate) failures: u32,
}

/// A community's conversation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Conversation {
    pub(crate) work: Talk,
    pub(crate) live: Talk,
    /// Whether the next look for news is planned.
    pub(crate) polling: bool,
}

/// A background round that is under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Round {
    pub(crate) token: u64,
    /// Communities whose work lane has not come to its end.
    pub(crate) waits: BTreeSet<Slot>,
    /// Whether none has failed so far.
    pub(crate) ok: bool,
}

/// The app's model.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    pub(crate) settings: Settings,
    /// Milliseconds for which acts can be undone, where it is not for the app to say.
    pub(crate) undo_ms: Option<u32>,
    /// Whether the app is in front.
    pub(crate) active: bool,
    /// Whether the screens were read once, so that the communities are known.
    pub(crate) opened: bool,
    pub(crate) wanted: Wanted,
    pub(crate) conversations: Vec<Conversation>,
    /// Tokens of background rounds that are asked for and not begun.
    pub(crate) rounds_asked: Vec<u64>,
    pub(crate) rounds: Vec<Round>,
    pub(crate) screens: Screens,
    /// A reading of the screens is under way.
    pub(crate) showing: bool,
    /// Something moved meanwhile: read once more.
    pub(crate) show_again: bool,
    /// Rises with every sentence, so that the same one said again is told again.
    pub(crate) said: u64,
    /// The sentence to show once.
    pub(crate) toast: Option<String>,
    /// The word of the refusal behind it.
    pub(crate) refusal: Option<String>,
    /// The newest invitation.
    pub(crate) invitation: Option<Invitation>,
    /// What this phone has to do with a founding by several.
    pub(crate) founding: Founding,
    /// Rises with every change of what screens show.
    pub(crate) version: u64,
}

/// Milliseconds for which an act can be undone: time to see what one has tapped.
const UNDO_MS: u32 = 6_000;

/// The same for elders.
const UNDO_ELDER_MS: u32 = 10_000;

impl Model {
    /// Returns for how long acts can be undone.
    pub(crate) fn hold_ms(&self) -> u32 {
        let usual = if self.settings.elder { UNDO_ELDER_MS } else { UNDO_MS };
        self.undo_ms.unwrap_or(usual)
    }

    /// Tells whether a lane may call the relay: in front, or within a background round.
    pub(crate) fn may_talk(&self, slot: Slot, lane: Lane) -> bool {
        let in_round = self.rounds.iter().any(|round| round.waits.contains(&slot));
        self.active || lane == Lane::Work && in_round
    }
}

/// All slices at once; the border hands out each on its own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    /// Rises with every change.
    pub version: u64,
    /// What was chosen.
    pub settings: Settings,
    /// What the replica lane read.
    pub screens: Screens,
    /// The window asked for.
    pub wanted: Wanted,
    /// Rises with every sentence.
    pub said: u64,
    /// The sentence to show once.
    pub toast: Option<String>,
    /// The word of the refusal behind it.
    pub refusal: Option<String>,
    /// The newest invitation.
    pub invitation: Option<Invitation>,
    /// What this phone has to do with a founding by several.
    pub founding: Founding,
}
