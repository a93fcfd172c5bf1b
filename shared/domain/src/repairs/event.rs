//! What people ask about repairs and complaints.

use linli_wire::{FactId, PersonId};
use serde::{Deserialize, Serialize};

use super::Place;
use crate::kernel::{Attachment, Fen, Moment, Role};

/// A stretch of time for a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slot {
    /// Its beginning.
    #[serde(rename = "1")]
    pub from: Moment,
    /// Its end.
    #[serde(rename = "2")]
    pub to: Moment,
}

/// A new repair, or a complaint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// Where.
    #[serde(rename = "1")]
    pub place: Place,
    /// The class: a word of the RuleSet.
    #[serde(rename = "2")]
    pub class: String,
    /// What is wrong, in the reporter's words.
    #[serde(rename = "3")]
    pub text: String,
    /// The person for whom a head reports.
    #[serde(rename = "4", default, skip_serializing_if = "Option::is_none")]
    pub on_behalf: Option<PersonId>,
    /// Photos and a voice note.
    #[serde(rename = "5", default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// When somebody is at home.
    #[serde(rename = "6", default, skip_serializing_if = "Vec::is_empty")]
    pub slots: Vec<Slot>,
    /// Whom a complaint is about; none for a repair.
    #[serde(rename = "7", default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Role>,
    /// Signature or voice of the person for whom a head reports.
    #[serde(rename = "8", default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Attachment>,
}

impl Report {
    /// A report of a place, a class and a text, and nothing else.
    #[must_use]
    pub fn new(place: Place, class: &str, text: &str) -> Self {
        Self {
            place,
            class: class.to_owned(),
            text: text.to_owned(),
            on_behalf: None,
            attachments: Vec::new(),
            slots: Vec::new(),
            target: None,
            mark: None,
        }
    }
}

/// How a repair comes to who does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Assignment {
    /// They took it themselves (抢单).
    Grab,
    /// Somebody handed it to them (派单).
    Hand,
    /// It was their turn (轮单).
    Turn,
}

/// Who else it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Referral {
    /// Water, power, gas, telecom works.
    Utility,
    /// The developer, within its warranty.
    Developer,
    /// An authority.
    Authority,
}

impl Assignment {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Grab, Self::Hand, Self::Turn];

    /// Returns the stored word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Grab => "grab",
            Self::Hand => "hand",
            Self::Turn => "turn",
        }
    }

    /// Reads a stored word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|how| how.word() == word)
    }
}

impl Referral {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Utility, Self::Developer, Self::Authority];

    /// Returns the stored word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Utility => "utility",
            Self::Developer => "developer",
            Self::Authority => "authority",
        }
    }

    /// Reads a stored word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|to| to.word() == word)
    }
}

/// What people ask about a repair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Report something broken, or complain.
    Report(Report),
    /// Take it up.
    Accept,
    /// Say that another report is of the same thing.
    Merge {
        /// The one that stays open.
        into: FactId,
    },
    /// Say no, with the reason.
    Refuse {
        /// Why.
        reason: String,
    },
    /// Pass it on to who is responsible.
    Refer {
        /// To whom.
        to: Referral,
        /// Why, with the case number if there is one.
        reason: String,
    },
    /// Say where it really is, seen on site.
    VerifyPlace {
        /// Where.
        place: Place,
    },
    /// Hand it to somebody of the property company.
    Dispatch {
        /// Who.
        to: PersonId,
        /// How it came to them.
        how: Assignment,
        /// The visit that was agreed, one of those offered.
        slot: Option<Slot>,
    },
    /// Say that somebody has come.
    Arrive,
    /// Propose a plan that costs money.
    ProposePlan {
        /// The plan.
        text: String,
        /// What it will cost.
        estimate: Fen,
    },
    /// Approve the plan.
    ApprovePlan {
        /// On what ground.
        reason: String,
    },
    /// Say that the owners have to vote on the plan.
    AwaitVote,
    /// Begin to work, or go on.
    Start,
    /// Stop for a while.
    Pause {
        /// Why.
        reason: String,
        /// Until when.
        until: Moment,
    },
    /// Say that it is done.
    ClaimDone {
        /// What was done.
        note: String,
        /// What it looks like now.
        photos: Vec<Attachment>,
    },
    /// Agree that it is done.
    Confirm {
        /// Signature or voice of the person for whom a head agrees.
        mark: Option<Attachment>,
    },
    /// Say that it is not done.
    Reopen {
        /// What is still wrong.
        reason: String,
        /// What it looks like.
        photos: Vec<Attachment>,
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
    /// Take the report back before work begins.
    Withdraw,
    /// Keep one of several versions.
    Settle {
        /// The version to keep.
        keep: FactId,
    },
    /// Say something about it.
    Comment {
        /// What.
        text: String,
        /// Photos and a voice note.
        attachments: Vec<Attachment>,
    },
    /// Say that one has the same trouble.
    MeToo,
    /// Offer other times for a visit.
    OfferSlots {
        /// When.
        slots: Vec<Slot>,
    },
}

impl Event {
    /// Puts photos and voice to what is asked; where there is no place for them, nothing changes.
    #[must_use]
    pub fn with_attachments(mut self, given: Vec<Attachment>) -> Self {
        match &mut self {
            Self::Report(report) => report.attachments = given,
            Self::ClaimDone { photos, .. } | Self::Reopen { photos, .. } => *photos = given,
            Self::Comment { attachments, .. } => *attachments = given,
            Self::Confirm { mark } => *mark = given.into_iter().next(),
            Self::Accept
            | Self::Merge { .. }
            | Self::Refuse { .. }
            | Self::Refer { .. }
            | Self::VerifyPlace { .. }
            | Self::Dispatch { .. }
            | Self::Arrive
            | Self::ProposePlan { .. }
            | Self::ApprovePlan { .. }
            | Self::AwaitVote
            | Self::Start
            | Self::Pause { .. }
            | Self::Rate { .. }
            | Self::Archive
            | Self::Withdraw
            | Self::Settle { .. }
            | Self::MeToo
            | Self::OfferSlots { .. } => {}
        }
        self
    }
}
