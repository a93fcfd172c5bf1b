//! What happens: what the shell sends, and what lanes answer.

use linli_domain::{
    registry::{self, RevokeReason, Terms, view::PeopleFilter},
    repairs,
};
use linli_replica::http::{HttpReply, Unreachable};
use linli_replica::{Kind, Lane, WhoApplies};
use linli_wire::{DeviceId, FactId, InviteId};

use crate::{
    operation::{ReplicaOut, Slot},
    words::Language,
};

/// What a person does on the shell.
#[derive(Clone, Debug, PartialEq)]
pub enum UiEvent {
    /// The core is opened: the screens are read.
    Open,
    /// The app comes to the front.
    Resume,
    /// The app goes to the back.
    Pause,
    /// Switch the language.
    Speak(Language),
    /// Found a trial community.
    Found {
        /// Its name.
        name: String,
        /// Where the relay is.
        relay: String,
        /// What the relay's operator gave.
        operator_token: String,
        /// The units, a line each: building, stair, room, kind, area in m².
        roster: String,
    },
    /// Join with a scanned or pasted invitation.
    Join {
        /// The invitation.
        invite: String,
        /// The name to show to the reviewer.
        name: String,
    },
    /// Show another community.
    Switch(Slot),
    /// Make an invitation.
    Invite(Terms),
    /// Hand the invitation to the platform's share sheet.
    ShareInvitation,
    /// Approve an application whose code was compared.
    Approve {
        /// The application.
        invite: InviteId,
        /// Whose phone it is.
        who: WhoApplies,
    },
    /// Refuse an application.
    RefuseApplication(InviteId),
    /// Revoke a device.
    Revoke(DeviceId, RevokeReason),
    /// Make set-aside facts count.
    Adopt(Vec<FactId>, String),
    /// Register a person of a home who has no phone.
    RegisterPerson(Terms),
    /// Something else about the registry: owners, representatives, ends, versions.
    Registry(Box<registry::Event>),
    /// Show a stretch of the people who fit, or none.
    People(Option<(PeopleFilter, u32)>),
    /// Something about a repair, or a new one; it can be undone for `hold_ms`.
    Repair {
        /// The repair; none to report.
        about: Option<FactId>,
        /// What.
        event: repairs::Event,
        /// Milliseconds for undo; 0 writes at once.
        hold_ms: u32,
    },
    /// Undo the held act.
    Undo,
    /// Show another stretch of the list.
    Window {
        /// Only open or closed repairs, or all.
        open: Option<bool>,
        /// What to look for.
        search: String,
        /// The first row.
        offset: u32,
    },
    /// Show one repair in full, or none.
    Detail(Option<FactId>),
    /// Keep a draft as typed.
    Draft {
        /// The draft's name.
        name: String,
        /// Its text.
        text: String,
    },
    /// Talk to the relay now.
    SyncNow,
    /// The toast was read.
    ToastRead,
}

/// Everything that happens.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The shell.
    Ui(UiEvent),
    /// A background round begins.
    Round(u64),
    /// An act was answered.
    Acted(Slot, ReplicaOut),
    /// Founding or joining was answered.
    Began(ReplicaOut),
    /// A held act may be due.
    Due(Slot),
    /// The next call is known.
    Next(Slot, Lane, ReplicaOut),
    /// A call came back.
    Replied(Slot, Lane, Kind, Result<HttpReply, Unreachable>),
    /// The replica took the answer in.
    Took(Slot, Lane, ReplicaOut),
    /// The wait after so many failures in a row is over.
    Retry(Slot, Lane, u32),
    /// Time to look for applications, answers and wraps.
    Poll(Slot),
    /// The screens were read.
    Shown(ReplicaOut),
    /// Nothing more to do.
    Nothing,
}
