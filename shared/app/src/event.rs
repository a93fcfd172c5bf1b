//! What happens: what the shell sends, and what lanes answer.

use linli_domain::{
    kernel::AttachmentKind,
    registry::{self, Filled, RevokeReason, view::PeopleFilter},
    repairs,
};
use linli_replica::http::{HttpReply, Unreachable};
use linli_replica::{Kind, Lane, WhoApplies, blobs::Picture, money, repairs::Filter};
use linli_wire::{DeviceId, FactId, Hash, InviteId};

use crate::{
    operation::{ReplicaOut, Slot},
    slice::MoneyWanted,
    words::Language,
};

/// What a person does on the shell.
#[derive(Clone, Debug, PartialEq)]
pub enum UiEvent {
    /// The core is opened: the screens are read.
    Open {
        /// Milliseconds for which acts can be undone, where it is not for the app to say.
        undo_ms: Option<u32>,
    },
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
        /// The units, a line each: building, stair, room, use, area in m².
        roster: String,
    },
    /// Hand what this phone has for a founding to the share sheet: its signature, else its keys.
    ShareFounding,
    /// Give this phone's keys for a founding with others.
    GiveFounderKeys,
    /// Show a founding's draft.
    ReadDraft(String),
    /// Sign a founding's draft.
    SignDraft(String),
    /// Enter a community that others founded with this phone among its founders.
    EnterFounded(String),
    /// Join with a scanned or pasted invitation.
    Join {
        /// The invitation.
        invite: String,
        /// The name to show to the reviewer.
        name: String,
    },
    /// Give up the application that is not approved yet.
    StopJoining,
    /// Show another community.
    Switch(Slot),
    /// Make an invitation.
    Invite(Filled),
    /// Hand the invitation to the platform's share sheet.
    ShareInvitation,
    /// Put the invitation away.
    CloseInvitation,
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
    RegisterPerson(Filled),
    /// Something else about the registry: owners, representatives, ends, versions.
    Registry(Box<registry::Event>),
    /// Show a stretch of the people who fit, or none.
    People(Option<(PeopleFilter, u32)>),
    /// Something about a repair, or a new one; for some seconds it can be undone.
    Repair {
        /// The repair; none to report.
        about: Option<FactId>,
        /// What.
        event: repairs::Event,
        /// The draft that it was typed in: its photos go along, and it is done with.
        draft: Option<String>,
    },
    /// Something about money.
    Money(Box<money::Ask>),
    /// Show money: what is open of it, or nothing.
    ShowMoney(Option<MoneyWanted>),
    /// Undo the held act.
    Undo,
    /// Show how far what this phone wrote has come, or no longer.
    Sending(bool),
    /// Say a sentence once, by its word.
    Say(String),
    /// Show another stretch of the list.
    Window {
        /// Which repairs.
        filter: Filter,
        /// What to look for.
        search: String,
        /// The first row.
        offset: u32,
    },
    /// Show one repair in full, or none.
    Detail(Option<FactId>),
    /// Show open reports of a place and class, before one reports there; or none.
    Alike(Option<(repairs::Place, String)>),
    /// Put a photo or a voice note to a draft.
    Attach {
        /// The draft's name.
        draft: String,
        /// What it is.
        kind: AttachmentKind,
        /// The file, which the platform may remove once it is taken.
        file: String,
    },
    /// Take a photo or voice note away from a draft.
    Detach {
        /// The draft's name.
        draft: String,
        /// Which, counted from 0.
        number: u32,
    },
    /// Show a photo or voice note of the open repair or a draft, by its first part; or none.
    Look(Option<Hash>),
    /// Switch to the mode for elders, or back.
    Elder(bool),
    /// Keep a draft as typed.
    Draft {
        /// The draft's name.
        name: String,
        /// Its text.
        text: String,
    },
    /// Hand everything that is not handed over to another phone, as a file.
    ShareOutbox,
    /// Carry what another phone handed over.
    Carry {
        /// The file.
        file: String,
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
    /// A picture was read for a draft.
    Pictured(Slot, String, Result<Picture, String>),
    /// Something about founding with others was answered.
    Founding(ReplicaOut),
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
