//! What a shell sends about the books.

use linli_domain::{
    kernel::{Fen, Month},
    payments::{
        ApprovedFields, CommonIncomeFields, CommonSource, Emergency, ExpenseFields, treasury::Asked,
    },
    repairs::Place,
};
use linli_replica::money::Doable;
use linli_wire::{FactId, Hash};

use crate::{
    LinliError,
    event::{bad, fact},
    money_event::{Answers, Wrong},
};

/// What is asked about the books as a whole.
pub(crate) fn of_all(doable: Doable, amount: Fen, answers: &Answers<'_>) -> Result<Asked, Wrong> {
    Ok(match doable {
        Doable::Plan => {
            let (repair, place) = place_of(answers)?;
            Asked::Plan { purpose: answers.text(), place, repair, budget: amount }
        }
        Doable::Earn => Asked::Earn(CommonIncomeFields {
            source: answers.read("source", CommonSource::from_word)?,
            quarter: answers.read("quarter", Month::parse)?,
            amount,
            cost: sum(answers, "cost")?,
            voucher: answers.one("voucher").unwrap_or_default(),
            proof: Vec::new(),
        }),
        Doable::Share => Asked::Share {
            quarter: answers.read("quarter", Month::parse)?,
            to_fund: sum(answers, "to_fund")?,
            to_committee: sum(answers, "to_committee")?,
            decision: decision(answers)?,
        },
        Doable::Expense => Asked::Pay(ExpenseFields {
            purpose: answers.text(),
            amount,
            invoice: answers.one("invoice").unwrap_or_default(),
            proof: Vec::new(),
        }),
        Doable::SignMonth => Asked::SignMonth { month: answers.read("month", Month::parse)? },
        _ => return Err(bad("action").into()),
    })
}

/// What is asked about a fact of the books.
pub(crate) fn of_fact(
    doable: Doable,
    to: FactId,
    amount: Fen,
    answers: &Answers<'_>,
) -> Result<Asked, Wrong> {
    Ok(match doable {
        Doable::Approve => {
            let decision = decision(answers)?;
            Asked::Approve(ApprovedFields { project: to, budget: amount, decision })
        }
        Doable::Urge => {
            Asked::Urge { project: to, cause: answers.read("cause", Emergency::from_word)? }
        }
        Doable::Cosign => Asked::Cosign { to },
        Doable::Spend => Asked::Spend {
            project: to,
            amount,
            invoice: answers.one("invoice").unwrap_or_default(),
            proof: Vec::new(),
        },
        Doable::ConfirmMonth => Asked::ConfirmMonth { to },
        _ => return Err(bad("action").into()),
    })
}

/// A sum that may be left out.
fn sum(answers: &Answers<'_>, word: &str) -> Result<Fen, Wrong> {
    let read = |text: String| Fen::parse(&text).ok_or(Wrong::Said("app.bad_sum"));
    Ok(answers.one(word).map(read).transpose()?.unwrap_or_default())
}

fn decision(answers: &Answers<'_>) -> Result<Hash, LinliError> {
    decided(answers).ok_or_else(|| bad("decision"))
}

/// The hash of a decision: as it is given in 64 digits, or of its text; none if nothing is said of it.
pub(crate) fn decided(answers: &Answers<'_>) -> Option<Hash> {
    let text = answers.one("decision")?;
    Some(Hash::from_hex(&text).unwrap_or_else(|| Hash::of(text.as_bytes())))
}

/// The place: of the repair whose place was verified, as `repair@place`, or as it was chosen or typed (`3`,
/// `3-2`).
fn place_of(answers: &Answers<'_>) -> Result<(Option<FactId>, Place), Wrong> {
    if let Some(chosen) = answers.one("repair") {
        let (repair, place) = chosen.split_once('@').ok_or_else(|| bad("repair"))?;
        let place = Place::parse(place).ok_or_else(|| bad("repair"))?;
        return Ok((Some(fact(repair, "repair")?), place));
    }
    let text = answers.one("place").ok_or(Wrong::Said("app.bad_place"))?;
    let typed = |kind: &str| Place::parse(&format!("{kind}/{text}"));
    let place = Place::parse(&text).or_else(|| typed("stair")).or_else(|| typed("building"));
    Ok((None, place.ok_or(Wrong::Said("app.bad_place"))?))
}
