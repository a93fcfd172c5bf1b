//! The conversation with the relay as plain data: what to send next, and what its answer means.
//!
//! Two lanes run side by side: `Work` hands in and catches up, `Live` waits for news. Both feed the
//! same page reader, which skips what it has.

mod answers;
mod blobs;
mod next;

use std::collections::BTreeSet;

use linli_domain::kernel::Moment;
use linli_wire::{CircleId, DeviceId, Hash, InviteId, KeyEpoch};

use crate::http::HttpCall;

/// The two lanes of the conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Hands in and catches up.
    Work,
    /// Waits for news.
    Live,
}

/// What a call is for: it comes back with the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Founds the community at the relay.
    Found,
    /// Hands in an application.
    Apply,
    /// Asks whether the application was answered.
    AskAnswer,
    /// Ends this phone's application, which is of no more use.
    EndApplication,
    /// Ends an application that this person gave up.
    EndStopped(InviteId),
    /// Fetches the charter.
    Charter,
    /// Asks for a challenge.
    Challenge,
    /// Answers the challenge.
    Session,
    /// Hands in a wrapped key.
    PutWrap(CircleId, KeyEpoch, DeviceId),
    /// Fetches the wraps for this device.
    Wraps,
    /// Hands in packs.
    Append,
    /// Reads on in the log, after an entry.
    Pull(u64),
    /// Waits for news, after an entry.
    Live(u64),
    /// Reads the whole packs of one circle again, after an entry.
    Backfill(CircleId, u64),
    /// Fetches the applications to review.
    Applications,
    /// Fetches the issuer's answer to an application, for its nonce.
    Nonce(InviteId),
    /// Hands in the answer to an application.
    PutAnswer(InviteId),
    /// Hands in packs of another author, which this phone carries.
    AppendCarried,
    /// Asks which parts of photos and voice the relay lacks.
    MissingParts,
    /// Hands over a part.
    PutPart(Hash),
    /// Fetches a part.
    GetPart(Hash),
}

/// One call to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// What it is for.
    pub kind: Kind,
    /// What to send.
    pub http: HttpCall,
}

/// What became of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Something moved: ask for the next call at once.
    Moved,
    /// Nothing to do for now.
    Idle,
    /// The relay was not reached or could not: try again later.
    Failed,
}

/// Who has to be updated before the phone and its relay understand each other again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Update {
    /// This app: it does not ask this relay again before it is started anew.
    App,
    /// The relay: it is asked again in the next round.
    Relay,
}

impl Update {
    /// Returns the stored word of the sentence for people.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::App => "app.too_old",
            Self::Relay => "app.relay_is_old",
        }
    }
}

/// What is remembered between calls and forgotten at the end of the process.
#[derive(Debug, Default)]
pub(crate) struct Conversation {
    pub(super) token: Option<String>,
    pub(super) challenge: Option<Vec<u8>>,
    /// Whether the relay may have more than this phone.
    pub(crate) caught_up: bool,
    pub(super) wraps_fetched: bool,
    /// Whether wraps are asked for even if nothing is locked: once in a session, as a household's
    /// new key is announced by nothing else.
    pub(super) wraps_due: bool,
    pub(super) applications_fetched: bool,
    pub(super) answer_fetched: bool,
    /// Whether the answer to this phone's own application was asked for.
    pub(super) own_answer_fetched: bool,
    pub(super) backfill: Option<(CircleId, u64)>,
    /// Authors whose carried packs the relay would not take in this round.
    pub(crate) carry_paused: Vec<Vec<u8>>,
    /// Parts that the relay said it lacks.
    pub(super) to_put: Vec<Hash>,
    /// The relay would not take a part: no more are handed over in this round.
    pub(super) uploads_paused: bool,
    /// Parts that the relay did not have in this round.
    pub(super) absent: BTreeSet<Hash>,
    /// The stamp up to which first and last days of rights were followed.
    pub(crate) followed: Option<Moment>,
    /// The relay refused this device: not listed, or ended.
    pub(crate) refused: bool,
    /// The relay and this app speak different protocols.
    pub(crate) update: Option<Update>,
    /// When the relay last answered.
    pub(crate) contact: Option<Moment>,
}
