//! What a shell sends, with ids and stored words as text.

use linli_app::{event, words::Language};
use linli_domain::{
    kernel::{PersonId, Role, Scope},
    registry, repairs,
};
use linli_wire::{DeviceId, FactId, InviteId};

use crate::LinliError;

/// What a person does about a repair.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum RepairAction {
    /// Take it up.
    Accept,
    /// Say no.
    Refuse {
        /// Why.
        reason: String,
    },
    /// Hand it to somebody.
    Dispatch {
        /// The person, as in the list of devices.
        person: String,
    },
    /// Begin to work.
    Start,
    /// Say that it is done.
    ClaimDone {
        /// What was done.
        note: String,
    },
    /// Agree that it is done.
    Confirm,
    /// Say that it is not done.
    Reopen {
        /// What is still wrong.
        reason: String,
    },
    /// Take it back.
    Withdraw,
    /// Keep one of several versions.
    Settle {
        /// The step to keep.
        keep: String,
    },
}

/// Why a device is revoked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum RevokeReason {
    /// The phone was lost.
    Lost,
    /// The person left.
    Left,
    /// It was misused.
    Abuse,
    /// Anything else.
    Other,
}

/// What a person does on the shell.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum UiEvent {
    /// Switch the language: `zh` or `en`.
    Speak {
        /// The language.
        language: String,
    },
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
    /// Give this phone's keys for a founding with others; they appear in `founding`.
    GiveFounderKeys,
    /// Show a founding's draft; it appears in `founding`.
    ReadDraft {
        /// The draft's text.
        draft: String,
    },
    /// Sign a founding's draft; the signature appears in `founding`.
    SignDraft {
        /// The draft's text.
        draft: String,
    },
    /// Enter a community that others founded with this phone among its founders.
    EnterFounded {
        /// The signed charter's text.
        charter: String,
    },
    /// Join with a scanned or pasted invitation.
    Join {
        /// The invitation.
        invite: String,
        /// The name to show to the reviewer.
        name: String,
    },
    /// Show another community.
    Switch {
        /// Which, counted from 0.
        community: u32,
    },
    /// Make an invitation; it appears in the frame.
    Invite {
        /// The role, a stored word.
        role: String,
        /// What it is for: `community`, `building/3`, `unit/3-2-501`.
        scope: String,
    },
    /// Hand the invitation to the platform's share sheet.
    ShareInvitation,
    /// Approve an application whose code was compared.
    Approve {
        /// The application.
        invite: String,
        /// A device of the same person, where a lost phone is replaced.
        same_person_as: Option<String>,
    },
    /// Refuse an application.
    RefuseApplication {
        /// The application.
        invite: String,
    },
    /// Revoke a device.
    Revoke {
        /// The device.
        device: String,
        /// Why.
        reason: RevokeReason,
    },
    /// Make set-aside facts count.
    Adopt {
        /// The facts.
        facts: Vec<String>,
        /// Why.
        reason: String,
    },
    /// Report a repair.
    Report {
        /// Where: `home/3-2-501`, `stair/3-2`, `building/3`, `community`.
        place: String,
        /// The class, a stored word.
        class: String,
        /// What is wrong.
        text: String,
        /// The person for whom a head reports.
        on_behalf: Option<String>,
        /// Milliseconds in which it can be undone.
        hold_ms: u32,
    },
    /// Take a step of a repair.
    Repair {
        /// The repair.
        id: String,
        /// What.
        action: RepairAction,
        /// Milliseconds in which it can be undone.
        hold_ms: u32,
    },
    /// Undo the act that can still be undone.
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
    Detail {
        /// The repair.
        id: Option<String>,
    },
    /// Keep a draft as typed; empty text forgets it.
    KeepDraft {
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

fn bad(field: &str) -> LinliError {
    LinliError::BadEvent { field: field.to_owned() }
}

fn fact(text: &str, field: &str) -> Result<FactId, LinliError> {
    FactId::from_hex(text).ok_or_else(|| bad(field))
}

impl UiEvent {
    /// Reads ids and words.
    pub(crate) fn read(self) -> Result<event::UiEvent, LinliError> {
        use event::UiEvent as Inner;
        Ok(match self {
            Self::Speak { language } => Inner::Speak(match language.as_str() {
                "zh" => Language::Zh,
                "en" => Language::En,
                _ => return Err(bad("language")),
            }),
            Self::Found { name, relay, operator_token, roster } => {
                Inner::Found { name, relay, operator_token, roster }
            }
            Self::GiveFounderKeys => Inner::GiveFounderKeys,
            Self::ReadDraft { draft } => Inner::ReadDraft(draft),
            Self::SignDraft { draft } => Inner::SignDraft(draft),
            Self::EnterFounded { charter } => Inner::EnterFounded(charter),
            Self::Join { invite, name } => Inner::Join { invite, name },
            Self::Switch { community } => {
                Inner::Switch(usize::try_from(community).map_err(|_| bad("community"))?)
            }
            Self::Invite { role, scope } => Inner::Invite(
                Role::from_word(&role).ok_or_else(|| bad("role"))?,
                Scope::parse(&scope).ok_or_else(|| bad("scope"))?,
            ),
            Self::ShareInvitation => Inner::ShareInvitation,
            Self::Approve { invite, same_person_as } => Inner::Approve {
                invite: InviteId::from_hex(&invite).ok_or_else(|| bad("invite"))?,
                same_person_as: same_person_as
                    .map(|device| DeviceId::from_hex(&device).ok_or_else(|| bad("device")))
                    .transpose()?,
            },
            Self::RefuseApplication { invite } => {
                Inner::RefuseApplication(InviteId::from_hex(&invite).ok_or_else(|| bad("invite"))?)
            }
            Self::Revoke { device, reason } => Inner::Revoke(
                DeviceId::from_hex(&device).ok_or_else(|| bad("device"))?,
                reason.inner(),
            ),
            Self::Adopt { facts, reason } => {
                let facts: Result<_, _> = facts.iter().map(|text| fact(text, "facts")).collect();
                Inner::Adopt(facts?, reason)
            }
            Self::Report { place, class, text, on_behalf, hold_ms } => {
                let place = repairs::Place::parse(&place).ok_or_else(|| bad("place"))?;
                let on_behalf = on_behalf.map(|person| person_id(&person)).transpose()?;
                let report = repairs::Report { place, class, text, on_behalf };
                Inner::Repair { about: None, event: repairs::Event::Report(report), hold_ms }
            }
            Self::Repair { id, action, hold_ms } => {
                Inner::Repair { about: Some(fact(&id, "id")?), event: action.read()?, hold_ms }
            }
            Self::Undo => Inner::Undo,
            Self::Window { open, search, offset } => Inner::Window { open, search, offset },
            Self::Detail { id } => Inner::Detail(id.map(|id| fact(&id, "id")).transpose()?),
            Self::KeepDraft { name, text } => Inner::Draft { name, text },
            Self::SyncNow => Inner::SyncNow,
            Self::ToastRead => Inner::ToastRead,
        })
    }
}

fn person_id(text: &str) -> Result<PersonId, LinliError> {
    PersonId::from_hex(text).ok_or_else(|| bad("person"))
}

impl RepairAction {
    fn read(self) -> Result<repairs::Event, LinliError> {
        use repairs::Event;
        Ok(match self {
            Self::Accept => Event::Accept,
            Self::Refuse { reason } => Event::Refuse { reason },
            Self::Dispatch { person } => Event::Dispatch { to: person_id(&person)? },
            Self::Start => Event::Start,
            Self::ClaimDone { note } => Event::ClaimDone { note },
            Self::Confirm => Event::Confirm,
            Self::Reopen { reason } => Event::Reopen { reason },
            Self::Withdraw => Event::Withdraw,
            Self::Settle { keep } => Event::Settle { keep: fact(&keep, "keep")? },
        })
    }
}

impl RevokeReason {
    const fn inner(self) -> registry::RevokeReason {
        match self {
            Self::Lost => registry::RevokeReason::Lost,
            Self::Left => registry::RevokeReason::Left,
            Self::Abuse => registry::RevokeReason::Abuse,
            Self::Other => registry::RevokeReason::Other,
        }
    }
}
