//! What a shell sends about money, with ids and stored words as text.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use linli_app::{event::UiEvent as Inner, slice::MoneyWanted};
use linli_domain::{
    kernel::{Day, Fen, Month, PersonId, UnitCode},
    law::Ratio,
    payments::{
        Delivery, Method, Notes, RoundFields, TariffFields, Visit,
        account::{self, ReceiptAsked},
        books, round,
    },
};
use linli_replica::money::{Ask, BillAsked, Book, Doable, Doors};
use linli_wire::FactId;

use crate::{
    LinliError, UiEvent, book_event,
    event::{bad, fact},
    money_subject::{Subject, id},
    present_round::Route,
    repair_event::Answer,
};

/// How the text of a receipt's QR code begins.
pub(crate) const RECEIPT: &str = "linli:receipt/";

/// Writes a receipt as its QR code says it.
pub(crate) fn receipt_code(bytes: &[u8]) -> String {
    format!("{RECEIPT}{}", BASE64.encode(bytes))
}

/// Reads what a QR code says; nothing if it is no receipt.
pub(crate) fn read_code(text: &str) -> Option<Vec<u8>> {
    BASE64.decode(text.trim().strip_prefix(RECEIPT)?).ok()
}

/// Reads so many notes of a kind: `10000x2` are two of a hundred yuan.
pub(crate) fn read_notes(text: &str) -> Option<(Fen, u32)> {
    let (worth, pieces) = text.split_once('x')?;
    Some((Fen::new(worth.parse().ok()?), pieces.parse().ok()?))
}

/// Why an act comes to nothing.
pub(crate) enum Wrong {
    /// The shell sent what it cannot have been given.
    Event(LinliError),
    /// Somebody typed what makes no sense: the sentence to say.
    Said(&'static str),
}

impl From<LinliError> for Wrong {
    fn from(error: LinliError) -> Self {
        Self::Event(error)
    }
}

/// The answers to what is asked for.
pub(crate) struct Answers<'a>(pub(crate) &'a [Answer]);

impl Answers<'_> {
    fn all(&self, word: &str) -> impl Iterator<Item = &str> {
        let given = self.0.iter().filter(move |answer| answer.word == word);
        given.map(|answer| answer.value.trim()).filter(|value| !value.is_empty())
    }

    pub(crate) fn one(&self, word: &str) -> Option<String> {
        self.all(word).next().map(str::to_owned)
    }

    pub(crate) fn text(&self) -> String {
        self.one("text").unwrap_or_default()
    }

    pub(crate) fn read<T>(
        &self,
        word: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<T, LinliError> {
        self.all(word).next().and_then(read).ok_or_else(|| bad(word))
    }

    /// Reads so many notes of each kind: `10000x2`; kinds of which there are none are left out.
    fn notes(&self) -> Result<Vec<Notes>, LinliError> {
        let one = |text| read_notes(text).map(|(worth, pieces)| Notes { worth, pieces });
        let notes = self.all("notes").flat_map(|text| text.split(' '));
        let notes = notes.map(|text| one(text).ok_or_else(|| bad("notes")));
        let mut notes: Vec<Notes> = notes.collect::<Result<_, _>>()?;
        notes.retain(|notes| notes.pieces > 0);
        notes.sort_by_key(|notes| std::cmp::Reverse(notes.worth));
        Ok(notes)
    }

    fn receipt(&self, amount: Fen, method: Method) -> Result<ReceiptAsked, LinliError> {
        let choice = self.one("bill").map(|bill| id(&bill).ok_or_else(|| bad("bill")));
        Ok(ReceiptAsked {
            amount,
            method,
            choice: choice.transpose()?,
            slip: self.one("slip"),
            reference: self.one("reference"),
            reason: self.one("text"),
            ahead: self.one("ahead").is_some(),
        })
    }
}

/// What a person's act asks of the room of payments; `today` by the community's clock.
///
/// # Errors
/// [`Wrong`] if subject or act is unknown, or an answer cannot be read.
pub(crate) fn act(
    subject: &str,
    word: &str,
    answers: &[Answer],
    draft: Option<String>,
    today: Option<Day>,
) -> Result<Ask, Wrong> {
    let answers = Answers(answers);
    let subject = Subject::read(subject).ok_or_else(|| bad("subject"))?;
    let doable = Doable::from_word(word).ok_or_else(|| bad("action"))?;
    let sum = || answers.all("sum").next().and_then(Fen::parse);
    if asks_sum(doable) && sum().is_none() {
        return Err(Wrong::Said("app.bad_sum"));
    }
    let amount = sum().unwrap_or_default();
    Ok(match subject {
        Subject::Home(unit, round) => {
            let asked = of_home(doable, amount, &answers)?;
            Ask::Home { unit, asked, round, draft }
        }
        Subject::Paper(unit, paper, void) => {
            let asked = of_paper(doable, paper, void, amount, &answers)?;
            Ask::Home { unit, asked, round: None, draft }
        }
        Subject::Scanned(unit, receipt) => {
            let asked = account::Asked::Acknowledge { receipt };
            Ask::Home { unit, asked, round: None, draft }
        }
        Subject::Run(run, asked) => Ask::Run(of_run(doable, run, asked, &answers)?),
        Subject::Round(round) | Subject::Count(round, ..) | Subject::Door(round, _) => {
            let asked = of_round(doable, &subject, amount, &answers)?;
            Ask::Round { round, asked, draft }
        }
        Subject::All => match doable {
            Doable::OpenRound => new_round(&answers, today)?,
            Doable::Tariff => {
                let rate = answers.one("late_rate").map(|rate| Ratio::percent(&rate));
                let Some(late_per_day) = rate.map_or(Some(None), |rate| rate.map(Some)) else {
                    return Err(Wrong::Said("app.bad_rate"));
                };
                let text = answers.one("tariff").unwrap_or_default();
                let fields =
                    TariffFields { text, late_per_day, decision: book_event::decided(&answers) };
                Ask::Tariff { fields, draft }
            }
            Doable::Bill => Ask::Bill { run: new_run(&answers)?, draft },
            _ => return Err(bad("action").into()),
        },
        Subject::Books => {
            Ask::Treasury { asked: book_event::of_all(doable, amount, &answers)?, draft }
        }
        Subject::Fact(fact) => {
            Ask::Treasury { asked: book_event::of_fact(doable, fact, amount, &answers)?, draft }
        }
    })
}

/// Sums that have to be above zero; others may be left out.
const fn asks_sum(doable: Doable) -> bool {
    matches!(
        doable,
        Doable::Collect
            | Doable::Record
            | Doable::Refund
            | Doable::Bank
            | Doable::PayFund
            | Doable::TakeDeposit
            | Doable::ReturnDeposit
            | Doable::Plan
            | Doable::Approve
            | Doable::Spend
            | Doable::Earn
            | Doable::Expense
    )
}

fn of_home(
    doable: Doable,
    amount: Fen,
    answers: &Answers<'_>,
) -> Result<account::Asked, LinliError> {
    let method = |answers: &Answers<'_>| answers.read("method", Method::from_word);
    Ok(match doable {
        Doable::Collect => account::Asked::Receive(answers.receipt(amount, Method::Cash)?),
        Doable::Record => account::Asked::Receive(answers.receipt(amount, method(answers)?)?),
        Doable::Refund => {
            account::Asked::Refund { amount, method: method(answers)?, reason: answers.text() }
        }
        Doable::PayFund => account::Asked::PayFund {
            amount,
            first: answers.one("first").is_some(),
            reference: answers.one("reference").unwrap_or_default(),
        },
        Doable::TakeDeposit => account::Asked::TakeDeposit { amount, purpose: answers.text() },
        Doable::Demand => account::Asked::Demand {
            bills: answers
                .all("bill")
                .map(|bill| id(bill).ok_or_else(|| bad("bill")))
                .collect::<Result<_, _>>()?,
            delivery: answers.read("delivery", Delivery::from_word)?,
            proof: Vec::new(),
        },
        _ => return Err(bad("action")),
    })
}

fn of_paper(
    doable: Doable,
    paper: FactId,
    void: Option<FactId>,
    amount: Fen,
    answers: &Answers<'_>,
) -> Result<account::Asked, LinliError> {
    Ok(match doable {
        Doable::Void => account::Asked::Void { receipt: paper, reason: answers.text() },
        Doable::AgreeVoid => account::Asked::Agree { to: void.ok_or_else(|| bad("subject"))? },
        Doable::AgreeRefund => account::Asked::Agree { to: paper },
        Doable::KeepCredit => account::Asked::KeepCredit { receipt: paper },
        Doable::ReturnDeposit => account::Asked::ReturnDeposit { deposit: paper, amount },
        _ => return Err(bad("action")),
    })
}

fn of_run(
    doable: Doable,
    run: FactId,
    asked: Option<FactId>,
    answers: &Answers<'_>,
) -> Result<books::Asked, LinliError> {
    Ok(match doable {
        Doable::WithdrawRun => books::Asked::Withdraw { run, reason: answers.text() },
        Doable::AgreeWithdrawal => books::Asked::Agree { to: asked.ok_or_else(|| bad("subject"))? },
        _ => return Err(bad("action")),
    })
}

fn of_round(
    doable: Doable,
    subject: &Subject,
    amount: Fen,
    answers: &Answers<'_>,
) -> Result<round::Asked, LinliError> {
    Ok(match (doable, subject) {
        (Doable::Count, Subject::Round(_)) => {
            round::Asked::Count { notes: answers.notes()?, reason: answers.text() }
        }
        (Doable::Recount, Subject::Count(_, count, _)) => {
            round::Asked::Recount { count: *count, notes: answers.notes()? }
        }
        (Doable::Take, Subject::Count(.., Some(recount))) => {
            round::Asked::Take { recount: *recount, reason: answers.text() }
        }
        (Doable::Bank, Subject::Count(_, count, _)) => {
            let slip = answers.one("slip").unwrap_or_default();
            round::Asked::Bank { count: *count, amount, slip, proof: Vec::new() }
        }
        (Doable::Visit, Subject::Door(_, unit)) => round::Asked::Visit {
            unit: unit.clone(),
            visit: answers.read("visit", Visit::from_word)?,
            note: answers.text(),
        },
        _ => return Err(bad("action")),
    })
}

/// All homes, by the tariff that came last; some of them as they were typed.
fn new_run(answers: &Answers<'_>) -> Result<BillAsked, LinliError> {
    let (from, to) = answers.read("months", |value| {
        let (from, to) = value.split_once('/')?;
        Some((Month::parse(from)?, Month::parse(to)?))
    })?;
    let homes = answers.one("homes").unwrap_or_default();
    Ok(BillAsked { from, to, due: answers.read("due", Day::parse)?, homes })
}

/// From today on: homes of the collector's building, or the office's counter.
fn new_round(answers: &Answers<'_>, today: Option<Day>) -> Result<Ask, LinliError> {
    let (building, collector) = answers.read("collector", |value| {
        let (building, person) = value.split_once('/')?;
        Some((building.to_owned(), PersonId::from_hex(person)?))
    })?;
    let route = match answers.one("route") {
        None => Route::Building,
        Some(route) => Route::read(&route).ok_or_else(|| bad("route"))?,
    };
    let stair = match route {
        Route::Stair(stair) => Some(stair),
        Route::Building | Route::Counter => None,
    };
    let doors = match answers.one("doors").as_deref() {
        _ if route == Route::Counter => Doors::Named,
        None | Some("owing") => Doors::Owing { stair },
        Some("all") => Doors::All { stair },
        Some(_) => return Err(bad("doors")),
    };
    let fields = RoundFields {
        collector,
        units: Vec::new(),
        building: Some(building).filter(|_| route != Route::Counter),
        from: today.ok_or_else(|| bad("until"))?,
        to: answers.read("until", Day::parse)?,
    };
    Ok(Ask::OpenRound(fields, doors))
}

impl UiEvent {
    /// Reads what is about money.
    pub(crate) fn read_money(self, today: Option<Day>) -> Result<Inner, LinliError> {
        Ok(match self {
            Self::MoneyAct { subject, action, answers, draft } => {
                match act(&subject, &action, &answers, draft, today) {
                    Ok(ask) => Inner::Money(Box::new(ask)),
                    Err(Wrong::Said(word)) => Inner::Say(word.to_owned()),
                    Err(Wrong::Event(error)) => return Err(error),
                }
            }
            Self::ShowMoney { home, round, run, receipt, scanned, book, find } => {
                let unit = |home: String| UnitCode::parse(&home).ok_or_else(|| bad("home"));
                Inner::ShowMoney(Some(MoneyWanted {
                    home: home.map(unit).transpose()?,
                    round: round.map(|id| fact(&id, "round")).transpose()?,
                    run: run.map(|id| fact(&id, "run")).transpose()?,
                    receipt: receipt.map(|id| fact(&id, "receipt")).transpose()?,
                    // What is no receipt is told as one that cannot be read.
                    scanned: scanned.map(|text| read_code(&text).unwrap_or_default()),
                    book: book
                        .map(|name| Book::parse(&name).ok_or_else(|| bad("book")))
                        .transpose()?,
                    find: find.unwrap_or_default(),
                }))
            }
            _ => Inner::ShowMoney(None),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_that_is_no_receipt_is_none() {
        assert_eq!(read_code(&receipt_code(&[1, 2, 3])), Some(vec![1, 2, 3]));
        assert_eq!(read_code("linli:invite/AAAA"), None);
        assert_eq!(read_code("linli:receipt/?"), None);
    }
}
