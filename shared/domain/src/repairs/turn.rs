//! Whose turn it is (轮单): who is sent next where nobody is named.

use linli_wire::PersonId;

use crate::kernel::Moment;

/// What one person of the company has to do already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Load {
    /// Who.
    pub person: PersonId,
    /// How many open repairs are handed to them.
    pub open: u32,
    /// When something was handed to them last; none if that is not remembered.
    pub handed: Option<Moment>,
}

/// Returns who is next: the fewest open repairs, then whoever was sent longest ago, then by id.
///
/// The id has no meaning; it makes every phone name the same person.
#[must_use]
pub fn next(loads: &[Load]) -> Option<PersonId> {
    let first = loads.iter().min_by_key(|load| (load.open, load.handed, load.person))?;
    Some(first.person)
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn load(byte: u8, open: u32, handed: Option<i64>) -> Load {
        let handed = match handed {
            Some(ms) => Some(Moment(ms)),
            None => None,
        };
        Load { person: PersonId([byte; 16]), open, handed }
    }

    #[test]
    fn the_least_busy_is_next_then_who_was_sent_longest_ago_then_the_lower_id() {
        let next = |loads: &[Load]| next(loads).map(|person| person.0[0]);
        assert_eq!(next(&[load(1, 3, None), load(2, 1, Some(9)), load(3, 2, None)]), Some(2));
        assert_eq!(next(&[load(1, 1, Some(7)), load(2, 1, Some(5)), load(3, 1, Some(9))]), Some(2));
        assert_eq!(next(&[load(1, 1, Some(7)), load(3, 1, None), load(2, 1, None)]), Some(2));
        assert_eq!(next(&[]), None);
    }
}
