//! What a shell sends about repairs, with ids and stored words as text.

use linli_domain::{
    kernel::{Fen, Moment, PersonId, Role},
    repairs::{
        self, Assignment, Event, Referral,
        view::{Action, Ask},
    },
};
use linli_wire::FactId;

use crate::{LinliError, choices, event::bad, repair_records::Slot};

/// A new repair, or a complaint.
#[derive(Clone, Debug, Default, PartialEq, Eq, uniffi::Record)]
pub struct Report {
    /// Where: `home/3-2-501`, `stair/3-2`, `building/3`, `community`, or a door as people write
    /// it: `3-2-501`, `3号楼2单元501`.
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

/// An answer to something that an action asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, uniffi::Record)]
pub struct Answer {
    /// What was asked for, the stored word.
    pub word: String,
    /// The answer: what was typed, or the value of a choice.
    pub value: String,
}

fn person(text: &str) -> Result<PersonId, LinliError> {
    PersonId::from_hex(text).ok_or_else(|| bad("person"))
}

const fn slot(slot: Slot) -> repairs::Slot {
    repairs::Slot { from: Moment(slot.from_ms), to: Moment(slot.to_ms) }
}

impl Report {
    /// Reads ids and words; nothing comes of a place that people typed and that cannot be read.
    pub(crate) fn read(self) -> Result<Option<repairs::Report>, LinliError> {
        let target = |word: String| Role::from_word(&word).ok_or_else(|| bad("target"));
        let Some(place) = choices::read_place(&self.place) else { return Ok(None) };
        Ok(Some(repairs::Report {
            on_behalf: self.on_behalf.map(|text| person(&text)).transpose()?,
            slots: self.slots.into_iter().map(slot).collect(),
            target: self.target.map(target).transpose()?,
            ..repairs::Report::new(place, &self.class, &self.text)
        }))
    }
}

/// What an action comes to.
pub(crate) enum Taken {
    /// A step to be tried.
    Event(Box<Event>),
    /// An answer makes no sense: the sentence to say.
    Say(&'static str),
}

/// The answers to what an action asks for.
struct Answers<'a>(&'a [Answer]);

impl Answers<'_> {
    fn all(&self, ask: Ask) -> impl Iterator<Item = &str> {
        let given = self.0.iter().filter(move |answer| answer.word == ask.word());
        given.map(|answer| answer.value.as_str())
    }

    fn text(&self) -> String {
        self.all(Ask::Text).next().unwrap_or_default().to_owned()
    }

    /// Reads an answer that has to be there and to make sense.
    fn read<T>(&self, ask: Ask, read: impl Fn(&str) -> Option<T>) -> Result<T, LinliError> {
        self.all(ask).next().and_then(read).ok_or_else(|| bad(ask.word()))
    }

    fn slots(&self) -> Result<Vec<repairs::Slot>, LinliError> {
        self.all(Ask::Slots).map(|s| choices::read_slot(s).ok_or_else(|| bad("slots"))).collect()
    }

    fn dispatch(&self, how: Assignment, to: PersonId) -> Result<Event, LinliError> {
        Ok(Event::Dispatch { to, how, slot: self.slots()?.first().copied() })
    }
}

/// What a person's action asks of the room of repairs; `me` is this phone's person.
///
/// # Errors
/// [`LinliError::BadEvent`] if the action is unknown or an answer cannot be read.
pub(crate) fn action(
    word: &str,
    answers: &[Answer],
    me: Option<PersonId>,
) -> Result<Taken, LinliError> {
    let answers = Answers(answers);
    let action = Action::ALL.into_iter().find(|action| action.word() == word);
    let text = || answers.text();
    Ok(Taken::Event(Box::new(match action.ok_or_else(|| bad("action"))? {
        Action::Grab => answers.dispatch(Assignment::Grab, me.ok_or_else(|| bad("action"))?)?,
        Action::Accept => Event::Accept,
        Action::VerifyPlace => {
            Event::VerifyPlace { place: answers.read(Ask::Place, choices::read_place)? }
        }
        Action::Dispatch => {
            let to = answers.read(Ask::Person, PersonId::from_hex)?;
            answers.dispatch(Assignment::Hand, to)?
        }
        Action::Arrive => Event::Arrive,
        Action::Start => Event::Start,
        Action::Pause => {
            let until = answers.read(Ask::Time, |ms| Some(Moment(ms.parse().ok()?)))?;
            Event::Pause { reason: text(), until }
        }
        Action::ClaimDone => Event::ClaimDone { note: text(), photos: Vec::new() },
        Action::Confirm => Event::Confirm { mark: None },
        Action::Reopen => Event::Reopen { reason: text(), photos: Vec::new() },
        Action::Rate => {
            let stars = answers.read(Ask::Stars, |stars| stars.parse().ok())?;
            Event::Rate { stars, text: text() }
        }
        Action::ProposePlan => {
            let Some(estimate) = answers.all(Ask::Sum).next().and_then(Fen::parse) else {
                return Ok(Taken::Say("app.bad_sum"));
            };
            Event::ProposePlan { text: text(), estimate }
        }
        Action::ApprovePlan => Event::ApprovePlan { reason: text() },
        Action::AwaitVote => Event::AwaitVote,
        Action::Merge => Event::Merge { into: answers.read(Ask::Repair, FactId::from_hex)? },
        Action::Refer => {
            let to = answers.read(Ask::Referral, Referral::from_word)?;
            Event::Refer { to, reason: text() }
        }
        Action::Refuse => Event::Refuse { reason: text() },
        Action::Withdraw => Event::Withdraw,
        Action::Archive => Event::Archive,
        Action::Settle => Event::Settle { keep: answers.read(Ask::Version, FactId::from_hex)? },
        Action::Comment => Event::Comment { text: text(), attachments: Vec::new() },
        Action::MeToo => Event::MeToo,
        Action::OfferSlots => Event::OfferSlots { slots: answers.slots()? },
    })))
}
