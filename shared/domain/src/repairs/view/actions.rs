//! What a viewer may do about a repair, and what each action asks for.

use linli_wire::{FactId, Hash};

use crate::{
    kernel::{Attachment, AttachmentKind, Author, BlobKey, Fen, Moment},
    law::RuleSet,
    repairs::{Assignment, Event, Referral, Repair, Slot, decide},
};

/// What a viewer may do; the shell shows a button for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// Take it up.
    Accept,
    /// Say where it really is.
    VerifyPlace,
    /// Take it oneself.
    Grab,
    /// Hand it to somebody.
    Dispatch,
    /// Say that one has come.
    Arrive,
    /// Begin to work, or go on.
    Start,
    /// Stop for a while.
    Pause,
    /// Say that it is done.
    ClaimDone,
    /// Agree that it is done.
    Confirm,
    /// Say that it is not done.
    Reopen,
    /// Rate it.
    Rate,
    /// Propose a plan that costs money.
    ProposePlan,
    /// Approve the plan.
    ApprovePlan,
    /// Say that the owners have to vote.
    AwaitVote,
    /// Say that another report is of the same thing.
    Merge,
    /// Pass it on.
    Refer,
    /// Say no.
    Refuse,
    /// Take it back.
    Withdraw,
    /// File it away.
    Archive,
    /// Keep one of several versions.
    Settle,
    /// Say something about it.
    Comment,
    /// Say that one has the same trouble.
    MeToo,
    /// Offer times for a visit.
    OfferSlots,
}

/// What an action asks for before it can be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ask {
    /// A text.
    Text,
    /// At least one photo.
    Photo,
    /// A person of the company.
    Person,
    /// A place.
    Place,
    /// A moment.
    Time,
    /// One to five stars.
    Stars,
    /// A sum of money.
    Sum,
    /// Another repair.
    Repair,
    /// Utility, developer or authority.
    Referral,
    /// One of the versions.
    Version,
    /// Times for a visit.
    Slots,
    /// Signature or voice of the person it is done for.
    Mark,
}

impl Action {
    /// Returns what has to be asked for.
    fn asks(self, repair: &Repair, law: &RuleSet) -> Vec<Ask> {
        let repaired = repair.target().is_none();
        match self {
            Self::Refuse | Self::Reopen | Self::ApprovePlan | Self::Comment => vec![Ask::Text],
            Self::VerifyPlace => vec![Ask::Place],
            Self::Dispatch => vec![Ask::Person],
            Self::Pause => vec![Ask::Text, Ask::Time],
            Self::ClaimDone if repaired && law.repairs.done_needs_photo => vec![Ask::Photo],
            Self::ClaimDone if !repaired => vec![Ask::Text],
            Self::Rate => vec![Ask::Stars],
            Self::ProposePlan => vec![Ask::Text, Ask::Sum],
            Self::Merge => vec![Ask::Repair],
            Self::Refer => vec![Ask::Referral, Ask::Text],
            Self::Settle => vec![Ask::Version],
            Self::OfferSlots => vec![Ask::Slots],
            Self::Accept
            | Self::Grab
            | Self::Arrive
            | Self::Start
            | Self::ClaimDone
            | Self::Confirm
            | Self::AwaitVote
            | Self::Withdraw
            | Self::Archive
            | Self::MeToo => Vec::new(),
        }
    }
}

/// An attachment that any check lets through: what it shows is asked for later.
fn any_photo() -> Attachment {
    Attachment {
        kind: AttachmentKind::Photo,
        key: BlobKey([0; 32]),
        parts: vec![Hash::ZERO],
        bytes: 1,
        turn: 1,
    }
}

/// Lists what a viewer may do: where `decide` would say yes.
pub(super) fn actions(
    repair: &Repair,
    viewer: &Author,
    now: Moment,
    law: &RuleSet,
) -> Vec<(Action, Vec<Ask>)> {
    let alone = Event::Confirm { mark: None };
    let needs_mark = decide(Some(repair), viewer, &alone, now, law).is_err();
    attempts(repair, viewer, now)
        .into_iter()
        .filter(|(_, event)| decide(Some(repair), viewer, event, now, law).is_ok())
        .map(|(action, _)| {
            let marked = action == Action::Confirm && needs_mark;
            (action, if marked { vec![Ask::Mark] } else { action.asks(repair, law) })
        })
        .collect()
}

/// Every action with an event to try it: texts, people and times are asked for later, here any
/// that fits will do.
#[must_use]
pub fn attempts(repair: &Repair, viewer: &Author, now: Moment) -> Vec<(Action, Event)> {
    let text = || "…".to_owned();
    let soon = Moment(now.0.saturating_add(60_000));
    let first = repair.tip().map_or(repair.id, |tip| tip.id);
    let mark = repair.report.on_behalf.map(|_| any_photo());
    let to_oneself = |how| Event::Dispatch { to: viewer.person, how, slot: None };
    let place = repair.place().clone();
    vec![
        (Action::Accept, Event::Accept),
        (Action::VerifyPlace, Event::VerifyPlace { place }),
        (Action::Grab, to_oneself(Assignment::Grab)),
        (Action::Dispatch, to_oneself(Assignment::Hand)),
        (Action::Arrive, Event::Arrive),
        (Action::Start, Event::Start),
        (Action::Pause, Event::Pause { reason: text(), until: soon }),
        (Action::ClaimDone, Event::ClaimDone { note: text(), photos: vec![any_photo()] }),
        (Action::Confirm, Event::Confirm { mark }),
        (Action::Reopen, Event::Reopen { reason: text(), photos: Vec::new() }),
        (Action::Rate, Event::Rate { stars: 5, text: String::new() }),
        (Action::ProposePlan, Event::ProposePlan { text: text(), estimate: Fen::ZERO }),
        (Action::ApprovePlan, Event::ApprovePlan { reason: text() }),
        (Action::AwaitVote, Event::AwaitVote),
        (Action::Merge, Event::Merge { into: FactId([0; 16]) }),
        (Action::Refer, Event::Refer { to: Referral::Utility, reason: text() }),
        (Action::Refuse, Event::Refuse { reason: text() }),
        (Action::Withdraw, Event::Withdraw),
        (Action::Archive, Event::Archive),
        (Action::Settle, Event::Settle { keep: first }),
        (Action::Comment, Event::Comment { text: text(), attachments: Vec::new() }),
        (Action::MeToo, Event::MeToo),
        (Action::OfferSlots, Event::OfferSlots { slots: vec![Slot { from: now, to: soon }] }),
    ]
}

impl Action {
    /// All actions, in the order of the screens.
    pub const ALL: [Self; 23] = [
        Self::Accept,
        Self::VerifyPlace,
        Self::Grab,
        Self::Dispatch,
        Self::Arrive,
        Self::Start,
        Self::Pause,
        Self::ClaimDone,
        Self::Confirm,
        Self::Reopen,
        Self::Rate,
        Self::ProposePlan,
        Self::ApprovePlan,
        Self::AwaitVote,
        Self::Merge,
        Self::Refer,
        Self::Refuse,
        Self::Withdraw,
        Self::Archive,
        Self::Settle,
        Self::Comment,
        Self::MeToo,
        Self::OfferSlots,
    ];

    /// Returns the stable word; the button's text is found by it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::VerifyPlace => "verify_place",
            Self::Grab => "grab",
            Self::Dispatch => "dispatch",
            Self::Arrive => "arrive",
            Self::Start => "start",
            Self::Pause => "pause",
            Self::ClaimDone => "claim_done",
            Self::Confirm => "confirm",
            Self::Reopen => "reopen",
            Self::Rate => "rate",
            Self::ProposePlan => "propose_plan",
            Self::ApprovePlan => "approve_plan",
            Self::AwaitVote => "await_vote",
            Self::Merge => "merge",
            Self::Refer => "refer",
            Self::Refuse => "refuse",
            Self::Withdraw => "withdraw",
            Self::Archive => "archive",
            Self::Settle => "settle",
            Self::Comment => "comment",
            Self::MeToo => "me_too",
            Self::OfferSlots => "offer_slots",
        }
    }
}

impl Ask {
    /// Returns the stable word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Photo => "photo",
            Self::Person => "person",
            Self::Place => "place",
            Self::Time => "time",
            Self::Stars => "stars",
            Self::Sum => "sum",
            Self::Repair => "repair",
            Self::Referral => "referral",
            Self::Version => "version",
            Self::Slots => "slots",
            Self::Mark => "mark",
        }
    }
}
