//! Where a repair stands.

use serde::{Deserialize, Serialize};

/// Where a repair stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Reported, nobody has taken it up.
    Reported,
    /// Another report of the same thing stays open in its place.
    Merged,
    /// Taken up.
    Accepted,
    /// Somebody saw where it really is.
    PlaceVerified,
    /// Handed to somebody.
    Dispatched,
    /// Somebody has come.
    OnSite,
    /// A plan that costs money waits for approval.
    PlanProposed,
    /// The owners have to vote on the plan.
    VotePending,
    /// The plan is approved.
    Approved,
    /// Being worked on.
    Working,
    /// Stopped for a while, with a reason and an end.
    Paused,
    /// Said to be done.
    DoneClaimed,
    /// Agreed to be done.
    Confirmed,
    /// Not done after all.
    Reopened,
    /// Rated by who reported it.
    Rated,
    /// Filed away.
    Archived,
    /// Refused, with a reason.
    Refused,
    /// Taken back.
    Withdrawn,
    /// Passed on to who is responsible.
    Referred,
}

impl Status {
    /// All states.
    pub const ALL: [Self; 19] = [
        Self::Reported,
        Self::Merged,
        Self::Accepted,
        Self::PlaceVerified,
        Self::Dispatched,
        Self::OnSite,
        Self::PlanProposed,
        Self::VotePending,
        Self::Approved,
        Self::Working,
        Self::Paused,
        Self::DoneClaimed,
        Self::Confirmed,
        Self::Reopened,
        Self::Rated,
        Self::Archived,
        Self::Refused,
        Self::Withdrawn,
        Self::Referred,
    ];

    /// Returns the stored word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::Merged => "merged",
            Self::Accepted => "accepted",
            Self::PlaceVerified => "place_verified",
            Self::Dispatched => "dispatched",
            Self::OnSite => "on_site",
            Self::PlanProposed => "plan_proposed",
            Self::VotePending => "vote_pending",
            Self::Approved => "approved",
            Self::Working => "working",
            Self::Paused => "paused",
            Self::DoneClaimed => "done_claimed",
            Self::Confirmed => "confirmed",
            Self::Reopened => "reopened",
            Self::Rated => "rated",
            Self::Archived => "archived",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
            Self::Referred => "referred",
        }
    }

    /// Tells whether somebody still has to do something.
    #[must_use]
    pub const fn is_open(self) -> bool {
        match self {
            Self::Reported
            | Self::Accepted
            | Self::PlaceVerified
            | Self::Dispatched
            | Self::OnSite
            | Self::PlanProposed
            | Self::VotePending
            | Self::Approved
            | Self::Working
            | Self::Paused
            | Self::DoneClaimed
            | Self::Reopened => true,
            Self::Merged
            | Self::Confirmed
            | Self::Rated
            | Self::Archived
            | Self::Refused
            | Self::Withdrawn
            | Self::Referred => false,
        }
    }

    /// Tells whether this step closes what was reported: a complaint's target may not take it.
    #[must_use]
    pub const fn closes(self) -> bool {
        match self {
            Self::Merged
            | Self::Confirmed
            | Self::Rated
            | Self::Archived
            | Self::Refused
            | Self::Referred => true,
            Self::Reported
            | Self::Accepted
            | Self::PlaceVerified
            | Self::Dispatched
            | Self::OnSite
            | Self::PlanProposed
            | Self::VotePending
            | Self::Approved
            | Self::Working
            | Self::Paused
            | Self::DoneClaimed
            | Self::Reopened
            // Only who reported it takes it back.
            | Self::Withdrawn => false,
        }
    }

    /// Tells whether work has not begun yet, so that the report may be taken back.
    #[must_use]
    pub const fn is_before_work(self) -> bool {
        match self {
            Self::Reported
            | Self::Accepted
            | Self::PlaceVerified
            | Self::Dispatched
            | Self::OnSite
            | Self::PlanProposed
            | Self::VotePending
            | Self::Approved => true,
            Self::Merged
            | Self::Working
            | Self::Paused
            | Self::DoneClaimed
            | Self::Confirmed
            | Self::Reopened
            | Self::Rated
            | Self::Archived
            | Self::Refused
            | Self::Withdrawn
            | Self::Referred => false,
        }
    }
}

/// Returns the states that follow from a state.
#[must_use]
pub(super) const fn follows(from: Status) -> &'static [Status] {
    use Status::{
        Accepted, Approved, Archived, Confirmed, Dispatched, DoneClaimed, Merged, OnSite, Paused,
        PlaceVerified, PlanProposed, Rated, Referred, Refused, Reopened, Reported, VotePending,
        Withdrawn, Working,
    };
    match from {
        Reported => &[Accepted, Merged, Refused, Referred, Withdrawn],
        Accepted => &[PlaceVerified, Dispatched, Merged, Refused, Referred, Withdrawn],
        // A place that was seen may turn out to be another.
        PlaceVerified => &[PlaceVerified, Dispatched, Merged, Refused, Referred, Withdrawn],
        // Handed to somebody else; the place corrected before anybody goes there.
        Dispatched => &[Dispatched, OnSite, Merged, Referred, Withdrawn],
        OnSite => &[OnSite, PlanProposed, Working, Dispatched, Merged, Referred, Withdrawn],
        PlanProposed => &[PlanProposed, Approved, VotePending, Refused, Withdrawn],
        VotePending => &[PlanProposed, Approved, Refused, Withdrawn],
        Approved => &[Dispatched, Working, Withdrawn],
        Working => &[Working, Paused, DoneClaimed, Referred],
        Paused => &[Working],
        DoneClaimed => &[Confirmed, Reopened],
        Reopened => &[Dispatched, OnSite, Working],
        Confirmed => &[Rated, Archived],
        Rated | Referred => &[Archived],
        // A merge by mistake is taken back by taking the report up.
        Merged => &[Accepted],
        Archived | Refused | Withdrawn => &[],
    }
}
