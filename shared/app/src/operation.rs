//! What is asked of the lanes. A lane always answers, also on failure and at the end.

#![expect(missing_docs, reason = "the macro of Crux makes accessors without documentation")]

use crux_core::{capability::Operation, macros::effect, render::RenderOperation};
use linli_domain::{
    kernel::AttachmentKind,
    payments,
    registry::{self, Filled, RevokeReason, roster::Problem},
    repairs,
};
use linli_replica::{
    Call, Kind, Lane, Progress, WhoApplies,
    blobs::Picture,
    http::{HttpReply, Unreachable},
    money,
};
use linli_wire::{DeviceId, FactId, InviteId};

use crate::slice::{DraftPage, Invitation, Screens, Settings, Wanted};

/// Which community of this phone, counted from 0.
pub type Slot = usize;

/// Asked of the replica lane: one thread that owns SQLite and the documents.
#[derive(Clone, Debug, PartialEq)]
pub enum ReplicaOp {
    /// Found a trial community with this phone as its founder.
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
    /// Give this phone's keys for a founding with others.
    FounderKeys,
    /// Read a founding's draft.
    ReadDraft(String),
    /// Sign a founding's draft.
    SignDraft(String),
    /// Enter a community that others founded with this phone among its founders.
    Enter(String),
    /// Begin to join with an invitation.
    Join {
        /// The invitation's text.
        invite: String,
        /// The name to show to the reviewer.
        name: String,
    },
    /// Give up the application that is not approved yet.
    StopJoining {
        /// Where.
        slot: Slot,
    },
    /// Something this person does.
    Act {
        /// Where.
        slot: Slot,
        /// What.
        act: Act,
        /// Milliseconds for which it can be undone.
        hold_ms: u32,
    },
    /// Write held acts whose time is over.
    Tick {
        /// Where.
        slot: Slot,
    },
    /// Ask for the next call to the relay.
    NextCall {
        /// Where.
        slot: Slot,
        /// On which lane of the conversation.
        lane: Lane,
        /// Whether a new round begins.
        fresh: bool,
    },
    /// Take in the relay's answer.
    Answered {
        /// Where.
        slot: Slot,
        /// What the call was for.
        kind: Kind,
        /// The answer.
        reply: Result<HttpReply, Unreachable>,
    },
    /// Read what the screens show.
    Show(Box<Wanted>),
    /// Put a photo or a voice note to a draft.
    Attach {
        /// Where.
        slot: Slot,
        /// The draft's name.
        draft: String,
        /// What is sealed.
        picture: Picture,
    },
    /// Take a photo or voice note away from a draft.
    Detach {
        /// Where.
        slot: Slot,
        /// The draft's name.
        draft: String,
        /// Which, counted from 0.
        number: u32,
    },
    /// Fetch the photos and voice notes of a repair, or the photos of a voucher, that do not lie here.
    WantPictures {
        /// Where.
        slot: Slot,
        /// The repair; or the fact that the photos were put to.
        of: FactId,
    },
    /// Write everything that is not handed over into a file, for another phone to carry.
    ShareOutbox {
        /// Where.
        slot: Slot,
    },
    /// Take what another phone handed over, to carry it to the relay.
    Carry {
        /// Where.
        slot: Slot,
        /// The file.
        file: String,
    },
    /// Keep what was chosen.
    KeepSettings(Settings),
    /// Keep a draft as typed; empty text forgets it.
    KeepDraft {
        /// Where; before there is a community, on the phone itself.
        slot: Slot,
        /// The draft's name.
        name: String,
        /// Its text.
        text: String,
    },
}

/// What a person does.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Something about a repair, or a new one, with the draft that it was typed in.
    Repair(Option<FactId>, Box<repairs::Event>, Option<String>),
    /// Make an invitation.
    Invite(Filled),
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
    /// Something else about the registry.
    Registry(Box<registry::Event>),
    /// Something about money.
    Money(Box<money::Ask>),
    /// Undo the held act.
    Undo(u64),
}

/// The replica lane's answer.
#[derive(Clone, Debug, PartialEq)]
pub enum ReplicaOut {
    /// Done; something may look different now.
    Done,
    /// There was nothing to do.
    Nothing,
    /// An act is held; it is written at this moment (ms since 1970) unless undone.
    Held {
        /// Milliseconds from now.
        in_ms: u64,
    },
    /// An invitation was made.
    Invited(Box<Invitation>),
    /// A file was written for the share sheet.
    File(String),
    /// A new community stands at this slot.
    Slot(Slot),
    /// This phone's keys for a founding, kept at a slot.
    FounderKeys(Slot, String),
    /// A founding's draft, for its reader.
    DraftRead(Box<DraftPage>),
    /// The signature over a founding's draft.
    DraftSigned(String),
    /// The roster founds nothing: its first problem.
    BadRoster(Box<Problem>),
    /// What was typed or pasted cannot be read.
    Misread(Box<payments::Problem>),
    /// A rule says no: the word of the refusal.
    Refused(String),
    /// The next call, with where to send it.
    Call(Option<Box<(Call, Target)>>),
    /// What became of a call.
    Progress(Progress),
    /// What the screens show.
    Screens(Box<Screens>),
    /// The machine could not; the word of the sentence.
    Failed(String),
}

/// Where a relay is and how it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Target {
    /// The address, such as `https://relay.example`.
    pub relay: String,
    /// The pinned certificate in DER, if the relay has one of its own.
    pub pin: Option<Vec<u8>>,
}

impl Operation for ReplicaOp {
    type Output = ReplicaOut;
}

/// Asked of the net lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetOp {
    /// Where.
    pub target: Target,
    /// What.
    pub call: linli_replica::http::HttpCall,
}

impl Operation for NetOp {
    type Output = Result<HttpReply, Unreachable>;
}

/// Asked of the picture lane: read a file of the platform and make of it what is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureOp {
    /// What it is.
    pub kind: AttachmentKind,
    /// The file.
    pub file: String,
}

impl Operation for PictureOp {
    /// What is sealed, or the word of the refusal.
    type Output = Result<Picture, String>;
}

/// Asked of the clock lane: answer after so many milliseconds (with jitter, so that a thousand
/// phones do not come back at once).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClockOp {
    /// Milliseconds.
    pub after_ms: u64,
    /// Whether to spread it by chance between a half and the whole.
    pub jitter: bool,
}

impl Operation for ClockOp {
    type Output = ();
}

/// Asked of the shell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HostOp {
    /// Tell that a background round ended.
    JobDone {
        /// Its token.
        token: u64,
        /// Whether the relay was reached.
        ok: bool,
    },
    /// Show the platform's share sheet.
    Share {
        /// The text to share.
        text: String,
    },
    /// Show the platform's share sheet with a file.
    ShareFile {
        /// The file; it may be removed once it is shared.
        file: String,
    },
}

/// The shell's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostOut {
    /// It was done.
    Done,
    /// The person closed it, or the platform could not.
    Cancelled,
}

impl Operation for HostOp {
    type Output = HostOut;
}

/// Everything the app asks of others.
#[effect]
#[derive(Debug)]
pub enum Effect {
    /// Something may look different.
    Render(RenderOperation),
    /// The replica lane.
    Replica(ReplicaOp),
    /// The net lane.
    Net(NetOp),
    /// The clock lane.
    Clock(ClockOp),
    /// The picture lane.
    Picture(PictureOp),
    /// The shell.
    Host(HostOp),
}
