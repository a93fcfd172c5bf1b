//! What a shell sends, with ids and stored words as text.

use linli_app::{event, words::Language};
use linli_domain::{
    kernel::{Moment, PersonId, Role, Scope, StaffDuty},
    registry::{self, Terms, view::PeopleFilter},
    repairs,
};
use linli_wire::{DeviceId, FactId, InviteId};

use crate::{EndReason, LinliError, WhoApplies};

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
    Switch {
        /// Which, counted from 0.
        community: u32,
    },
    /// Make an invitation; it appears in the frame.
    Invite {
        /// The role, a stored word.
        role: String,
        /// What it is for: `community`, `building/3`, `stair/3-2`, `unit/3-2-501`.
        scope: String,
        /// First moment, in ms since 1970; a deputy needs one.
        from_ms: Option<i64>,
        /// Last moment, in ms since 1970; a deputy and a tenant need one.
        to_ms: Option<i64>,
        /// What the person is charged with in the office, stored words.
        staff: Vec<String>,
    },
    /// Hand the invitation to the platform's share sheet.
    ShareInvitation,
    /// Approve an application whose code was compared.
    Approve {
        /// The application.
        invite: String,
        /// Whose phone it is.
        who: WhoApplies,
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
    /// Register a person of a home who has no phone.
    RegisterPerson {
        /// As what: owner, resident or tenant.
        role: String,
        /// The home: `unit/3-2-501`.
        scope: String,
        /// Last moment, in ms since 1970; a tenant needs one.
        to_ms: Option<i64>,
    },
    /// End a person's duty, on all their phones.
    EndDuty {
        /// The person.
        person: String,
        /// The role, a stored word.
        role: String,
        /// What it was for.
        scope: String,
        /// Why.
        reason: EndReason,
    },
    /// Say who owns a unit from now on.
    ChangeOwners {
        /// The unit.
        unit: String,
        /// The owners, the first co-owner first.
        owners: Vec<String>,
        /// How the unit stands, a stored word.
        status: String,
        /// First moment, in ms since 1970; none for at once.
        from_ms: Option<i64>,
    },
    /// Choose who stands for a unit.
    ChooseRepresentative {
        /// The unit.
        unit: String,
        /// One of its owners.
        person: String,
    },
    /// Say which version of the app is the oldest that may write.
    SetMinVersion {
        /// The version.
        version: u32,
    },
    /// Show a stretch of the people who fit.
    People {
        /// A unit, the beginning of one, or of a person's id; empty for all.
        search: String,
        /// Only those of a role, a stored word.
        role: Option<String>,
        /// The first row.
        offset: u32,
    },
    /// Nobody looks at people any more.
    HidePeople,
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

pub(crate) fn bad(field: &str) -> LinliError {
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
            Self::Join { invite, name } => Inner::Join { invite, name },
            Self::Switch { community } => {
                Inner::Switch(usize::try_from(community).map_err(|_| bad("community"))?)
            }
            Self::Invite { role, scope, from_ms, to_ms, staff } => {
                let duties: Option<Vec<StaffDuty>> =
                    staff.iter().map(|word| StaffDuty::from_word(word)).collect();
                let mut staff = duties.ok_or_else(|| bad("staff"))?;
                staff.sort();
                let (from, to) = (from_ms.map(Moment), to_ms.map(Moment));
                Inner::Invite(Terms { from, to, staff, ..terms(&role, &scope)? })
            }
            Self::ShareInvitation => Inner::ShareInvitation,
            Self::Approve { invite, who } => Inner::Approve {
                invite: InviteId::from_hex(&invite).ok_or_else(|| bad("invite"))?,
                who: who.read()?,
            },
            Self::RegisterPerson { role, scope, to_ms } => {
                Inner::RegisterPerson(Terms { to: to_ms.map(Moment), ..terms(&role, &scope)? })
            }
            event @ (Self::EndDuty { .. }
            | Self::ChangeOwners { .. }
            | Self::ChooseRepresentative { .. }
            | Self::SetMinVersion { .. }) => Inner::Registry(Box::new(event.read_registry()?)),
            Self::People { search, role, offset } => {
                let role = role.map(|word| Role::from_word(&word).ok_or_else(|| bad("role")));
                Inner::People(Some((PeopleFilter { search, role: role.transpose()? }, offset)))
            }
            Self::HidePeople => Inner::People(None),
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

pub(crate) fn terms(role: &str, scope: &str) -> Result<Terms, LinliError> {
    let role = Role::from_word(role).ok_or_else(|| bad("role"))?;
    Ok(Terms::of(role, Scope::parse(scope).ok_or_else(|| bad("scope"))?))
}

pub(crate) fn person_id(text: &str) -> Result<PersonId, LinliError> {
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
