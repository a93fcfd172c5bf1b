//! A duty as it is held: from an approval to an end, from a day to a day.

use linli_wire::{DeviceId, InviteId, PersonId};

use super::{Grant, Proof};
use crate::kernel::{Duty, Moment, Position, StaffDuty, When};

/// A duty with the places where it begins and ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenure {
    /// Role and scope.
    pub duty: Duty,
    /// Who approved it, with the place of each approval.
    pub approvals: Vec<(DeviceId, PersonId, When)>,
    /// Where it begins; none while an approval is missing.
    pub begins: Option<When>,
    /// First moment by the relay's stamp.
    pub from: Option<Moment>,
    /// Last moment by the relay's stamp.
    pub to: Option<Moment>,
    /// What the person is charged with in the office, ascending.
    pub staff: Vec<StaffDuty>,
    /// How many have to agree.
    pub proof: Proof,
    /// The invitation that it was applied for with.
    pub invite: Option<InviteId>,
    /// Where it was ended, on its own; a device that is revoked ends all of its duties.
    pub ended: Option<When>,
}

impl Tenure {
    /// A duty that nobody has approved, at once and without end.
    pub(super) const fn proposed(duty: Duty) -> Self {
        Self {
            duty,
            approvals: Vec::new(),
            begins: None,
            from: None,
            to: None,
            staff: Vec::new(),
            proof: Proof::Usual,
            invite: None,
            ended: None,
        }
    }

    /// Tells whether a grant asks for just this: one with other dates is another proposal.
    pub(super) fn is_asked_by(&self, grant: &Grant) -> bool {
        let same = (self.duty.role, &self.duty.scope) == (grant.role, &grant.scope)
            && (self.from, self.to, &self.staff) == (grant.from, grant.to, &grant.staff);
        same && self.ended.is_none()
    }

    /// Tells whether its last moment is over, and nobody has ended it.
    #[must_use]
    pub fn is_over(&self, now: Moment) -> bool {
        let over = self.to.is_some_and(|to| to < now);
        over && self.begins.is_some() && self.ended.is_none()
    }

    /// Where it ended before a place, or the moment that was its last.
    pub(super) fn end_before(&self, at: When) -> Option<Position> {
        if let Some(ended) = self.ended.filter(|ended| ended.is_before(at)) {
            return Some(position(ended));
        }
        let (seq, index) = at.order();
        let over = self.to.filter(|to| *to < at.moment());
        over.map(|stamp| Position { seq, index, stamp })
    }

    pub(super) fn holds(&self, at: When) -> bool {
        let begun = self.begins.is_some_and(|begins| begins.is_before(at));
        let moment = at.moment();
        begun
            && self.from.is_none_or(|from| from <= moment)
            && self.to.is_none_or(|to| moment <= to)
            && !self.ended.is_some_and(|ended| ended.is_before(at))
    }
}

/// Returns the place of something; what is not in the log has the last one.
pub(super) fn position(when: When) -> Position {
    match when {
        When::Placed(place) => place,
        When::Now(now) => Position { seq: u64::MAX, index: u16::MAX, stamp: now },
    }
}
