//! What a shell sends about repairs, with ids and stored words as text.

use linli_domain::{
    kernel::{Fen, Moment, PersonId, Role},
    repairs::{self, Assignment, Event, Place, Referral},
};

use crate::{
    LinliError,
    event::{bad, fact},
    repair_records::Slot,
};

/// A new repair, or a complaint.
#[derive(Clone, Debug, Default, PartialEq, Eq, uniffi::Record)]
pub struct Report {
    /// Where: `home/3-2-501`, `stair/3-2`, `building/3`, `community`.
    pub place: String,
    /// The class, a stored word.
    pub class: String,
    /// What is wrong.
    pub text: String,
    /// The person for whom a head reports.
    pub on_behalf: Option<String>,
    /// When somebody is at home.
    pub slots: Vec<Slot>,
    /// Whom a complaint is about: `property`, `committee`, `head`, `resident`; none for a repair.
    pub target: Option<String>,
}

/// What a person does about a repair.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum RepairAction {
    /// Take it up.
    Accept,
    /// Say that another report is of the same thing.
    Merge {
        /// The one that stays open.
        into: String,
    },
    /// Say no.
    Refuse {
        /// Why.
        reason: String,
    },
    /// Pass it on.
    Refer {
        /// To whom: `utility`, `developer`, `authority`.
        to: String,
        /// Why, with the case number if there is one.
        reason: String,
    },
    /// Say where it really is.
    VerifyPlace {
        /// Where.
        place: String,
    },
    /// Hand it to somebody, or take it.
    Dispatch {
        /// The person, as in the list of devices.
        person: String,
        /// How it comes to them: `grab`, `hand`, `turn`.
        how: String,
        /// The visit that was agreed, one of those offered.
        slot: Option<Slot>,
    },
    /// Say that one has come.
    Arrive,
    /// Propose a plan that costs money.
    ProposePlan {
        /// The plan.
        text: String,
        /// What it will cost, in fen.
        estimate_fen: i64,
    },
    /// Approve the plan.
    ApprovePlan {
        /// On what ground.
        reason: String,
    },
    /// Say that the owners have to vote.
    AwaitVote,
    /// Begin to work, or go on.
    Start,
    /// Stop for a while.
    Pause {
        /// Why.
        reason: String,
        /// Until when, in ms since 1970.
        until_ms: i64,
    },
    /// Say that it is done; the draft holds the photos.
    ClaimDone {
        /// What was done.
        note: String,
    },
    /// Agree that it is done; for somebody else, the draft holds their mark.
    Confirm,
    /// Say that it is not done.
    Reopen {
        /// What is still wrong.
        reason: String,
    },
    /// Rate it.
    Rate {
        /// One to five.
        stars: u8,
        /// In words, if any.
        text: String,
    },
    /// File it away.
    Archive,
    /// Take it back.
    Withdraw,
    /// Keep one of several versions.
    Settle {
        /// The step to keep.
        keep: String,
    },
    /// Say something about it.
    Comment {
        /// What.
        text: String,
    },
    /// Say that one has the same trouble.
    MeToo,
    /// Offer times for a visit.
    OfferSlots {
        /// When.
        slots: Vec<Slot>,
    },
}

fn person(text: &str) -> Result<PersonId, LinliError> {
    PersonId::from_hex(text).ok_or_else(|| bad("person"))
}

fn place(text: &str) -> Result<Place, LinliError> {
    Place::parse(text).ok_or_else(|| bad("place"))
}

const fn slot(slot: Slot) -> repairs::Slot {
    repairs::Slot { from: Moment(slot.from_ms), to: Moment(slot.to_ms) }
}

impl Report {
    /// Reads ids and words.
    pub(crate) fn read(self) -> Result<repairs::Report, LinliError> {
        let target = |word: String| Role::from_word(&word).ok_or_else(|| bad("target"));
        Ok(repairs::Report {
            on_behalf: self.on_behalf.map(|text| person(&text)).transpose()?,
            slots: self.slots.into_iter().map(slot).collect(),
            target: self.target.map(target).transpose()?,
            ..repairs::Report::new(place(&self.place)?, &self.class, &self.text)
        })
    }
}

impl RepairAction {
    /// Reads ids and words.
    pub(crate) fn read(self) -> Result<Event, LinliError> {
        Ok(match self {
            Self::Accept => Event::Accept,
            Self::Merge { into } => Event::Merge { into: fact(&into, "into")? },
            Self::Refuse { reason } => Event::Refuse { reason },
            Self::Refer { to, reason } => {
                Event::Refer { to: Referral::from_word(&to).ok_or_else(|| bad("to"))?, reason }
            }
            Self::VerifyPlace { place: text } => Event::VerifyPlace { place: place(&text)? },
            Self::Dispatch { person: text, how, slot: agreed } => Event::Dispatch {
                to: person(&text)?,
                how: Assignment::from_word(&how).ok_or_else(|| bad("how"))?,
                slot: agreed.map(slot),
            },
            Self::Arrive => Event::Arrive,
            Self::ProposePlan { text, estimate_fen } => {
                Event::ProposePlan { text, estimate: Fen::new(estimate_fen) }
            }
            Self::ApprovePlan { reason } => Event::ApprovePlan { reason },
            Self::AwaitVote => Event::AwaitVote,
            Self::Start => Event::Start,
            Self::Pause { reason, until_ms } => Event::Pause { reason, until: Moment(until_ms) },
            Self::ClaimDone { note } => Event::ClaimDone { note, photos: Vec::new() },
            Self::Confirm => Event::Confirm { mark: None },
            Self::Reopen { reason } => Event::Reopen { reason, photos: Vec::new() },
            Self::Rate { stars, text } => Event::Rate { stars, text },
            Self::Archive => Event::Archive,
            Self::Withdraw => Event::Withdraw,
            Self::Settle { keep } => Event::Settle { keep: fact(&keep, "keep")? },
            Self::Comment { text } => Event::Comment { text, attachments: Vec::new() },
            Self::MeToo => Event::MeToo,
            Self::OfferSlots { slots } => {
                Event::OfferSlots { slots: slots.into_iter().map(slot).collect() }
            }
        })
    }
}
