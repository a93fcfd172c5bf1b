//! Cash after the door: counts, handovers, the bank.

use linli_wire::FactId;

use super::{LedgerAccount, LedgerProblem, Memo, build::Build};
use crate::{
    kernel::{Fen, Moment},
    payments::{Refusal, Round, round::Count},
};

/// Returns the receipts that some count of a round names, and when it was made.
pub(super) fn counted(round: &Round) -> impl Iterator<Item = (FactId, Moment)> {
    round
        .counts
        .values()
        .flat_map(|count| count.fields.receipts.iter().map(|receipt| (*receipt, count.when)))
}

/// Takes the counts of a round.
pub(super) fn take(build: &mut Build, round: &Round) -> Option<()> {
    for count in round.counts.values() {
        take_count(build, count)?;
    }
    for (fact, refusal) in &round.refused {
        if *refusal == Refusal::AlreadyCounted {
            build.problem(LedgerProblem::CountedTwice { count: *fact });
        }
        if *refusal == Refusal::AlreadyTaken {
            build.problem(LedgerProblem::TakenTwice { fact: *fact });
        }
    }
    Some(())
}

fn take_count(build: &mut Build, count: &Count) -> Option<()> {
    let in_hand = build.account(LedgerAccount::InHand(count.by))?;
    let waiting = build.account(LedgerAccount::Counted(count.by))?;
    let short = build.account(LedgerAccount::ShortOver)?;
    let expected = count.fields.expected;
    let postings = moved(in_hand, waiting, short, expected, count.counted)?;
    build.enter(count.id, count.when, Memo::Counted, &postings)?;
    if count.counted != expected {
        build.problem(LedgerProblem::Differs { fact: count.id });
    }
    let Some(taken) = &count.taken else { return Some(()) };
    let office = build.account(LedgerAccount::Office)?;
    let postings = moved(waiting, office, short, count.counted, taken.counted)?;
    build.enter(taken.id, taken.when, Memo::TakenOver, &postings)?;
    if taken.counted != count.counted {
        build.problem(LedgerProblem::Differs { fact: taken.id });
    }
    let Some(banked) = &count.banked else { return Some(()) };
    let (bank, amount) = (build.account(LedgerAccount::Bank)?, banked.fields.amount);
    // What was not paid in stays in the office until somebody says where it is.
    let postings = [(office, Fen::ZERO.minus(amount)?), (bank, amount)];
    build.enter(banked.id, banked.when, Memo::Banked, &postings)?;
    if amount != taken.counted {
        build.problem(LedgerProblem::OtherSlip { fact: banked.id });
    }
    Some(())
}

/// What was said to be there goes out, what was counted comes in, the rest is short or over.
fn moved(from: u32, to: u32, short: u32, said: Fen, counted: Fen) -> Option<[(u32, Fen); 3]> {
    Some([(from, Fen::ZERO.minus(said)?), (to, counted), (short, said.minus(counted)?)])
}
