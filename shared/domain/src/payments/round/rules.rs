//! What of a round counts: the checks that both doors share, and what each fact changes.

use std::collections::BTreeSet;

use linli_wire::FactId;

use super::{Banked, Count, Recount, Round, Taken, Visited};
use crate::{
    kernel::{Author, Day, Fen, Moment, Written},
    law::Money,
    payments::{
        BankedFields, CountFields, Fields, Notes, ReceiptFields, RecountFields, Refusal,
        RoundFields, TakenFields, VisitFields,
        account::{Elsewhere, check_proof, check_sum},
        check_text, rights,
    },
};

/// Most homes of a round: the tallest building has 208.
const UNITS_MAX: usize = 400;

/// Longest round in days: a quarter.
const DAYS_MAX: i64 = 92;

/// Most receipts of one count: a round's homes, some of which paid twice.
const RECEIPTS_MAX: usize = 600;

/// Most characters of a note.
const NOTE_CHARS_MAX: usize = 200;

/// Most characters of a slip's number.
const SLIP_CHARS_MAX: usize = 64;

/// What notes and coins are worth (fen), the largest first; the old fen coins are still money.
pub const WORTHS: [i64; 13] = [10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1];

/// Takes a fact about a round.
///
/// # Errors
/// [`Refusal::Unknown`] where something it builds on is not here yet, any other for good.
pub(super) fn take(round: &mut Round, fact: &Written, late_days: u32) -> Result<(), Refusal> {
    let author = &fact.author;
    let (id, by, place) = (fact.id, author.person, fact.place);
    let when = fact.when(round.when, late_days);
    match Fields::of(&fact.fact).ok_or(Refusal::Unreadable)? {
        Fields::Visited(fields) => {
            check_visit(round, author, &fields)?;
            let at = Moment(fact.fact.at);
            let VisitFields { unit, visit, note } = fields;
            let later = round.visits.get(&unit).is_some_and(|before| before.at > at);
            if !later {
                round.visits.insert(unit, Visited { visit, note, at });
            }
        }
        Fields::Counted(fields) => {
            let counted = check_count(round, author, &fields)?;
            let (recounts, taken, banked) = (Vec::new(), None, None);
            let count = Count { id, fields, by, when, place, counted, recounts, taken, banked };
            round.counts.insert(id, count);
        }
        Fields::Recounted(fields) => {
            let counted = check_recount(round, author, &fields)?;
            if let Some(count) = round.counts.get_mut(&fields.count) {
                count.recounts.push(Recount { id, fields, by, when, place, counted });
            }
        }
        Fields::Taken(fields) => {
            let (count, counted) = check_taken(round, author, &fields)?;
            if let Some(count) = round.counts.get_mut(&count) {
                count.taken = Some(Taken { id, fields, by, when, place, counted });
            }
        }
        Fields::Banked(fields) => {
            check_banked(round, author, &fields)?;
            if let Some(count) = round.counts.get_mut(&fields.count) {
                count.banked = Some(Banked { id, fields, by, when, place });
            }
        }
        Fields::Tariff(_)
        | Fields::Run(_)
        | Fields::Bill(_)
        | Fields::Receipt(_)
        | Fields::Void(_)
        | Fields::Refund(_)
        | Fields::Agreed(_)
        | Fields::Acknowledged(_)
        | Fields::Demand(_)
        | Fields::Credit(_)
        | Fields::Round(_)
        | Fields::FundPaid(_)
        | Fields::Deposit(_)
        | Fields::DepositReturned(_)
        | Fields::Project(_)
        | Fields::Approved(_)
        | Fields::Emergency(_)
        | Fields::Cosigned(_)
        | Fields::Spent(_)
        | Fields::Income(_)
        | Fields::Split(_)
        | Fields::Expense(_)
        | Fields::Balances(_)
        | Fields::BalancesConfirmed(_)
        | Fields::Withdrawal(_)
        | Fields::WithdrawalAgreed(_) => return Err(Refusal::Unreadable),
    }
    Ok(())
}

pub(super) fn check_round(author: &Author, fields: &RoundFields) -> Result<(), Refusal> {
    if !rights::keeps_books(author) {
        return Err(Refusal::NotYours);
    }
    let units: BTreeSet<_> = fields.units.iter().collect();
    let few = units.len() == fields.units.len() && units.len() <= UNITS_MAX;
    let within = match &fields.building {
        Some(building) => !units.is_empty() && units.iter().all(|unit| unit.building() == building),
        None => true,
    };
    if !few || !within {
        return Err(Refusal::Unreadable);
    }
    let days = fields.to.days_since(fields.from);
    if (0..DAYS_MAX).contains(&days) { Ok(()) } else { Err(Refusal::BadTime) }
}

pub(super) fn check_visit(
    round: &Round,
    author: &Author,
    fields: &VisitFields,
) -> Result<(), Refusal> {
    check_collector(round, author)?;
    if !round.fields.units.contains(&fields.unit) {
        return Err(Refusal::OffTheRound);
    }
    let short = fields.note.chars().count() <= NOTE_CHARS_MAX;
    if short { Ok(()) } else { Err(Refusal::BadText) }
}

fn check_collector(round: &Round, author: &Author) -> Result<(), Refusal> {
    let holds = author.person == round.fields.collector && !author.duties.is_empty();
    if holds { Ok(()) } else { Err(Refusal::NotYours) }
}

/// Checks a count, and returns what was counted.
pub(super) fn check_count(
    round: &Round,
    author: &Author,
    fields: &CountFields,
) -> Result<Fen, Refusal> {
    check_collector(round, author)?;
    let ascending =
        fields.receipts.windows(2).all(|pair| matches!(pair, [one, next] if one < next));
    if !ascending || fields.receipts.is_empty() || fields.receipts.len() > RECEIPTS_MAX {
        return Err(Refusal::WrongReceipts);
    }
    let counted = round.counted();
    let mut expected = Fen::ZERO;
    for id in &fields.receipts {
        if counted.contains(id) {
            return Err(Refusal::AlreadyCounted);
        }
        let receipt = round.receipts.get(id).ok_or(Refusal::Unknown)?;
        expected = expected.plus(receipt.amount).ok_or(Refusal::BadSum)?;
    }
    if expected != fields.expected {
        return Err(Refusal::WrongReceipts);
    }
    let sum = sum_of(&fields.notes)?;
    if sum != expected {
        check_text(&fields.reason).map_err(|_| Refusal::NeedsReason)?;
    } else if fields.reason.chars().count() > NOTE_CHARS_MAX {
        return Err(Refusal::BadText);
    }
    Ok(sum)
}

/// Checks another person's count, and returns what was counted.
///
/// One that was made elsewhere while somebody took the cash over is let in: the handover that follows it has
/// to find it, to be named as the second one.
pub(super) fn check_recount(
    round: &Round,
    author: &Author,
    fields: &RecountFields,
) -> Result<Fen, Refusal> {
    let count = round.counts.get(&fields.count).ok_or(Refusal::Unknown)?;
    if !rights::takes_over(author) {
        return Err(Refusal::NotYours);
    }
    if author.person == count.by || author.person == round.fields.collector {
        return Err(Refusal::SamePerson);
    }
    sum_of(&fields.notes)
}

/// Whoever recounted takes it, once, by their last recount; returns the collector's count and what was
/// counted anew.
pub(super) fn check_taken(
    round: &Round,
    author: &Author,
    fields: &TakenFields,
) -> Result<(FactId, Fen), Refusal> {
    let recount_of = |count: &Count| {
        let mut all = count.recounts.iter();
        all.find(|recount| recount.id == fields.recount).cloned()
    };
    let mut found = round.counts.values().filter_map(|count| Some((count, recount_of(count)?)));
    let (count, recount) = found.next().ok_or(Refusal::Unknown)?;
    if !rights::takes_over(author) {
        return Err(Refusal::NotYours);
    }
    if author.person != recount.by {
        return Err(Refusal::NotRecounted);
    }
    if count.taken.is_some() {
        return Err(Refusal::AlreadyTaken);
    }
    if count.last_recount(&author.person).is_some_and(|last| last.id != recount.id) {
        return Err(Refusal::CountedAgain);
    }
    if recount.counted != count.counted {
        check_text(&fields.reason).map_err(|_| Refusal::CountsDiffer)?;
    } else if fields.reason.chars().count() > NOTE_CHARS_MAX {
        return Err(Refusal::BadText);
    }
    Ok((count.id, recount.counted))
}

pub(super) fn check_banked(
    round: &Round,
    author: &Author,
    fields: &BankedFields,
) -> Result<(), Refusal> {
    let count = round.counts.get(&fields.count).ok_or(Refusal::Unknown)?;
    if !rights::keeps_books(author) {
        return Err(Refusal::NotYours);
    }
    if count.taken.is_none() {
        return Err(Refusal::Unknown);
    }
    if count.banked.is_some() {
        return Err(Refusal::AlreadyTaken);
    }
    check_sum(fields.amount)?;
    let length = fields.slip.trim().chars().count();
    if length == 0 || length > SLIP_CHARS_MAX {
        return Err(Refusal::NeedsReference);
    }
    check_proof(&fields.proof)
}

/// Sums notes and coins up: each kind once, the largest first, none of them none.
pub fn sum_of(notes: &[Notes]) -> Result<Fen, Refusal> {
    let known = |notes: &Notes| notes.pieces > 0 && WORTHS.contains(&notes.worth.get());
    let falling =
        notes.windows(2).all(|pair| matches!(pair, [one, next] if one.worth > next.worth));
    if !falling || !notes.iter().all(known) {
        return Err(Refusal::BadNotes);
    }
    let worth =
        |notes: &Notes| notes.worth.get().checked_mul(i64::from(notes.pieces)).map(Fen::new);
    let sums = notes.iter().map(worth).collect::<Option<Vec<_>>>().ok_or(Refusal::BadSum)?;
    Fen::sum(sums).ok_or(Refusal::BadSum)
}

impl Round {
    /// Checks a receipt before it is written on this round.
    ///
    /// # Errors
    /// [`Refusal`].
    pub(in crate::payments) fn check_receipt(
        &self,
        author: &Author,
        fields: &ReceiptFields,
        (now, today): (Moment, Day),
        elsewhere: Elsewhere,
        rules: &Money,
    ) -> Result<(), Refusal> {
        check_collector(self, author)?;
        let on_it = self.fields.units.contains(&fields.unit) || self.fields.building.is_none();
        let in_time = (self.fields.from..=self.fields.to).contains(&today);
        if fields.reason.is_none() && !(on_it && in_time) {
            return Err(Refusal::OffTheRound);
        }
        let ceiling = Fen::new(i64::from(rules.cash_ceiling_yuan).saturating_mul(100));
        // The ceiling is of what a person carries, on however many rounds, counted or not.
        let before = self.carried().plus(elsewhere.cash).ok_or(Refusal::BadSum)?;
        let after = before.plus(fields.amount).ok_or(Refusal::BadSum)?;
        if after > ceiling && before > Fen::ZERO {
            return Err(Refusal::TooMuchCash);
        }
        let own = self.oldest_in_hand();
        let oldest = own.into_iter().chain(elsewhere.oldest).min();
        match oldest.map(|oldest| count_by(oldest, rules)) {
            Some(due) if now > due => Err(Refusal::CountIsDue),
            Some(_) | None => Ok(()),
        }
    }

    /// Returns until when the cash in hand has to be counted; nothing while there is none.
    #[must_use]
    pub fn count_due(&self, rules: &Money) -> Option<Moment> {
        Some(count_by(self.oldest_in_hand()?, rules))
    }

    /// Returns when the first of the cash in hand was taken.
    #[must_use]
    pub fn oldest_in_hand(&self) -> Option<Moment> {
        self.in_hand().iter().map(|receipt| receipt.at).min()
    }
}

/// Cash that was taken then has to be counted by the moment that is returned.
fn count_by(taken: Moment, rules: &Money) -> Moment {
    let hours = i64::from(rules.count_within_hours).saturating_mul(3_600_000);
    Moment(taken.0.saturating_add(hours))
}
