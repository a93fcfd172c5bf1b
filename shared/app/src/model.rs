//! What the app remembers between events: little, and nothing that the store does not know.

use crate::{
    slice::{Screens, Wanted},
    words::Language,
};

/// One lane of one community's conversation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Talk {
    /// A call is under way or planned.
    pub(crate) busy: bool,
    /// Something happened meanwhile: go on when it is done.
    pub(crate) again: bool,
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
    /// Background rounds that wait for the end of the work lane.
    pub(crate) rounds: Vec<u64>,
}

/// The app's model.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    pub(crate) language: Language,
    pub(crate) active: bool,
    pub(crate) wanted: Wanted,
    pub(crate) conversations: Vec<Conversation>,
    pub(crate) screens: Screens,
    /// A reading of the screens is under way.
    pub(crate) showing: bool,
    /// Something moved meanwhile: read once more.
    pub(crate) show_again: bool,
    /// The sentence to show once.
    pub(crate) toast: Option<String>,
    /// The word of the refusal behind it.
    pub(crate) refusal: Option<String>,
    /// The newest invitation.
    pub(crate) invitation: Option<String>,
    /// Rises with every change of what screens show.
    pub(crate) version: u64,
}

/// All slices at once; the border hands out each on its own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    /// Rises with every change.
    pub version: u64,
    /// The language of the words.
    pub language: Language,
    /// What the replica lane read.
    pub screens: Screens,
    /// The window asked for.
    pub wanted: Wanted,
    /// The sentence to show once.
    pub toast: Option<String>,
    /// The word of the refusal behind it.
    pub refusal: Option<String>,
    /// The newest invitation.
    pub invitation: Option<String>,
}
