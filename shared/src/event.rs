//! What a shell sends, with ids and stored words as text.

use linli_app::{event, words::Language};
use linli_domain::{
    kernel::{AttachmentKind, Day, PersonId},
    registry::NotAPlace,
    repairs,
};
use linli_replica::repairs::Filter;
use linli_wire::{FactId, Hash};

use crate::{
    EndReason, LinliError, RevokeReason, WhoApplies, choices,
    repair_event::{self, Answer, Report, Taken},
};

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
    /// Hand what this phone has for a founding to the platform's share sheet: its signature, else its
    /// keys.
    ShareFounding,
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
    /// Give up this phone's application that is not approved yet.
    StopJoining,
    /// Show another community.
    Switch {
        /// Which: the index of its line.
        community: u32,
    },
    /// Take an offer of `People.inviting`: an invitation is made and appears in the frame.
    InviteAs {
        /// The offer's word: a role.
        role: String,
        /// Answers to what the offer asks for.
        answers: Vec<Answer>,
    },
    /// Put the invitation away.
    CloseInvitation,
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
    /// Take an offer of `People.registering`: a person of a home who has no phone is registered.
    RegisterAs {
        /// The offer's word: a role.
        role: String,
        /// Answers to what the offer asks for.
        answers: Vec<Answer>,
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
    /// Report a repair, or complain.
    Report {
        /// What.
        report: Report,
        /// The draft it was typed in: its photos go along, and it is done with.
        draft: Option<String>,
    },
    /// Take a step of a repair.
    Repair {
        /// The repair.
        id: String,
        /// What: the word of one of its actions.
        action: String,
        /// Answers to what the action asks for.
        answers: Vec<Answer>,
        /// The draft whose photos go along.
        draft: Option<String>,
    },
    /// Do something about money.
    MoneyAct {
        /// What it is for, as a slice said it.
        subject: String,
        /// What: the word of one of its actions.
        action: String,
        /// Answers to what the action asks for.
        answers: Vec<Answer>,
        /// The draft whose photos go along.
        draft: Option<String>,
    },
    /// Show money.
    ShowMoney {
        /// The home to show in full.
        home: Option<String>,
        /// The round to show in full.
        round: Option<String>,
        /// The bill run to check.
        run: Option<String>,
        /// The receipt whose code is to be shown.
        receipt: Option<String>,
        /// What was scanned.
        scanned: Option<String>,
        /// The page of the books, by its name.
        book: Option<String>,
        /// The homes that are looked for, as they were typed.
        find: Option<String>,
    },
    /// Nobody looks at money any more.
    HideMoney,
    /// Undo the act that can still be undone.
    Undo,
    /// Show how far what this phone wrote has come, or no longer.
    Sending {
        /// Whether it is looked at.
        on: bool,
    },
    /// Show another stretch of the list.
    Window {
        /// Which: `all`, `open`, `closed`, `mine`, `for_me`, `complaints`, `late`.
        filter: String,
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
    /// Show open reports of a place and class, before one reports there; without them, none.
    Alike {
        /// Where.
        place: Option<String>,
        /// The class.
        class: String,
    },
    /// Put a photo (JPEG) or a voice note (MPEG-4, Ogg) to a draft.
    Attach {
        /// The draft's name.
        draft: String,
        /// Whether it is a voice note.
        voice: bool,
        /// The file; it may be removed once the draft shows it.
        file: String,
    },
    /// Take a photo or voice note away from a draft.
    Detach {
        /// The draft's name.
        draft: String,
        /// Which, counted from 0.
        number: u32,
    },
    /// Look at a photo or voice note of the open repair or a draft, or at none.
    Look {
        /// Its name.
        attachment: Option<String>,
    },
    /// Switch to the mode for elders, or back.
    Elder {
        /// Whether it is on.
        on: bool,
    },
    /// Keep a draft as typed; empty text forgets it.
    KeepDraft {
        /// The draft's name.
        name: String,
        /// Its text.
        text: String,
    },
    /// Hand everything that is not handed over to another phone: a file for the share sheet.
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

pub(crate) fn bad(field: &str) -> LinliError {
    LinliError::BadEvent { field: field.to_owned() }
}

fn spoken(text: &str) -> Result<Language, LinliError> {
    match text {
        "zh" => Ok(Language::Zh),
        "en" => Ok(Language::En),
        _ => Err(bad("language")),
    }
}

pub(crate) fn fact(text: &str, field: &str) -> Result<FactId, LinliError> {
    FactId::from_hex(text).ok_or_else(|| bad(field))
}

impl UiEvent {
    /// Reads ids and words; `me` is this phone's person, once it is one's, `today` the day by the
    /// community's clock.
    pub(crate) fn read(
        self,
        me: Option<PersonId>,
        today: Option<Day>,
    ) -> Result<event::UiEvent, LinliError> {
        use event::UiEvent as Inner;
        Ok(match self {
            Self::Speak { language } => Inner::Speak(spoken(&language)?),
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
            Self::StopJoining => Inner::StopJoining,
            Self::ShareFounding => Inner::ShareFounding,
            Self::ShareInvitation => Inner::ShareInvitation,
            Self::CloseInvitation => Inner::CloseInvitation,
            event @ (Self::InviteAs { .. }
            | Self::Approve { .. }
            | Self::RegisterAs { .. }
            | Self::EndDuty { .. }
            | Self::ChangeOwners { .. }
            | Self::ChooseRepresentative { .. }
            | Self::SetMinVersion { .. }
            | Self::People { .. }
            | Self::HidePeople
            | Self::RefuseApplication { .. }
            | Self::Revoke { .. }
            | Self::Adopt { .. }) => event.read_people()?,
            Self::Report { report, draft } => match report.read()? {
                Some(report) => {
                    Inner::Repair { about: None, event: repairs::Event::Report(report), draft }
                }
                None => Inner::Say(NotAPlace::Door.word().to_owned()),
            },
            Self::Repair { id, action, answers, draft } => {
                let about = Some(fact(&id, "id")?);
                match repair_event::action(&action, &answers, me)? {
                    Taken::Event(event) => Inner::Repair { about, event: *event, draft },
                    Taken::Say(word) => Inner::Say(word.to_owned()),
                }
            }
            event @ (Self::MoneyAct { .. } | Self::ShowMoney { .. } | Self::HideMoney) => {
                event.read_money(today)?
            }
            Self::Undo => Inner::Undo,
            Self::Sending { on } => Inner::Sending(on),
            event @ (Self::Window { .. }
            | Self::Detail { .. }
            | Self::Alike { .. }
            | Self::Look { .. }) => event.read_look()?,
            Self::Attach { draft, voice, file } => {
                let kind = if voice { AttachmentKind::Voice } else { AttachmentKind::Photo };
                Inner::Attach { draft, kind, file }
            }
            Self::Detach { draft, number } => Inner::Detach { draft, number },
            Self::Elder { on } => Inner::Elder(on),
            Self::KeepDraft { name, text } => Inner::Draft { name, text },
            Self::ShareOutbox => Inner::ShareOutbox,
            Self::Carry { file } => Inner::Carry { file },
            Self::SyncNow => Inner::SyncNow,
            Self::ToastRead => Inner::ToastRead,
        })
    }

    /// Reads what somebody wants to see.
    fn read_look(self) -> Result<event::UiEvent, LinliError> {
        use event::UiEvent as Inner;
        Ok(match self {
            Self::Window { filter, search, offset } => {
                let filter = Filter::from_word(&filter).ok_or_else(|| bad("filter"))?;
                Inner::Window { filter, search, offset }
            }
            Self::Detail { id } => Inner::Detail(id.map(|id| fact(&id, "id")).transpose()?),
            Self::Alike { place, class } => {
                let place = place.and_then(|place| choices::read_place(&place));
                Inner::Alike(place.map(|place| (place, class)))
            }
            Self::Look { attachment } => {
                let read = |name: String| Hash::from_hex(&name).ok_or_else(|| bad("attachment"));
                Inner::Look(attachment.map(read).transpose()?)
            }
            _ => return Err(bad("event")),
        })
    }
}
