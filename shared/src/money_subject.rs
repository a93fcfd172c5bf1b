//! What an act about money is for, as a text that a shell hands back.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use linli_domain::kernel::UnitCode;
use linli_wire::FactId;

/// What an act about money is for. Shells hand it back as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// A home, on a round if one is walked.
    Home(UnitCode, Option<FactId>),
    /// A receipt or refund of a home, with the void that waits for somebody.
    Paper(UnitCode, FactId, Option<FactId>),
    /// A bill run, with the withdrawal that waits for somebody.
    Run(FactId, Option<FactId>),
    /// A round.
    Round(FactId),
    /// A count of a round, with what this person counted of it last: who takes it over means that.
    Count(FactId, FactId, Option<FactId>),
    /// A door of a round.
    Door(FactId, UnitCode),
    /// A scanned receipt of a home.
    Scanned(UnitCode, Vec<u8>),
    /// A fact of the books: a project, an approval, the balances of a month.
    Fact(FactId),
    /// The books as a whole.
    Books,
    /// All of it.
    All,
}

impl Subject {
    pub(crate) fn text(&self) -> String {
        match self {
            Self::Home(unit, None) => format!("home/{unit}"),
            Self::Home(unit, Some(round)) => format!("home/{unit}/{}", round.to_hex()),
            Self::Paper(unit, paper, None) => format!("paper/{unit}/{}", paper.to_hex()),
            Self::Paper(unit, paper, Some(void)) => {
                format!("paper/{unit}/{}/{}", paper.to_hex(), void.to_hex())
            }
            Self::Run(run, None) => format!("run/{}", run.to_hex()),
            Self::Run(run, Some(asked)) => format!("run/{}/{}", run.to_hex(), asked.to_hex()),
            Self::Round(round) => format!("round/{}", round.to_hex()),
            Self::Count(round, count, None) => {
                format!("count/{}/{}", round.to_hex(), count.to_hex())
            }
            Self::Count(round, count, Some(recount)) => {
                format!("count/{}/{}/{}", round.to_hex(), count.to_hex(), recount.to_hex())
            }
            Self::Door(round, unit) => format!("door/{}/{unit}", round.to_hex()),
            Self::Scanned(unit, bytes) => format!("scanned/{unit}/{}", BASE64.encode(bytes)),
            Self::Fact(fact) => format!("fact/{}", fact.to_hex()),
            Self::Books => "books".to_owned(),
            Self::All => "money".to_owned(),
        }
    }

    pub(crate) fn read(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split('/').collect();
        Some(match parts.as_slice() {
            ["home", unit] => Self::Home(UnitCode::parse(unit)?, None),
            ["home", unit, round] => Self::Home(UnitCode::parse(unit)?, Some(id(round)?)),
            ["paper", unit, paper] => Self::Paper(UnitCode::parse(unit)?, id(paper)?, None),
            ["paper", unit, paper, void] => {
                Self::Paper(UnitCode::parse(unit)?, id(paper)?, Some(id(void)?))
            }
            ["run", run] => Self::Run(id(run)?, None),
            ["run", run, asked] => Self::Run(id(run)?, Some(id(asked)?)),
            ["round", round] => Self::Round(id(round)?),
            ["count", round, count] => Self::Count(id(round)?, id(count)?, None),
            ["count", round, count, recount] => {
                Self::Count(id(round)?, id(count)?, Some(id(recount)?))
            }
            ["door", round, unit] => Self::Door(id(round)?, UnitCode::parse(unit)?),
            ["scanned", unit, bytes] => {
                Self::Scanned(UnitCode::parse(unit)?, BASE64.decode(bytes).ok()?)
            }
            ["fact", fact] => Self::Fact(id(fact)?),
            ["books"] => Self::Books,
            ["money"] => Self::All,
            _ => return None,
        })
    }
}

/// Reads an id.
pub(crate) fn id(text: &str) -> Option<FactId> {
    FactId::from_hex(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_act_is_for_comes_back_as_it_was_given() {
        let (unit, one, two) =
            (UnitCode::parse("3-2-501").unwrap(), FactId([7; 16]), FactId([8; 16]));
        let subjects = [
            Subject::Home(unit.clone(), None),
            Subject::Home(unit.clone(), Some(one)),
            Subject::Paper(unit.clone(), one, None),
            Subject::Paper(unit.clone(), one, Some(two)),
            Subject::Run(one, None),
            Subject::Run(one, Some(two)),
            Subject::Round(one),
            Subject::Count(one, two, None),
            Subject::Count(one, two, Some(one)),
            Subject::Door(one, unit.clone()),
            Subject::Scanned(unit, vec![0, 255, 62]),
            Subject::Fact(one),
            Subject::Books,
            Subject::All,
        ];
        for subject in subjects {
            assert_eq!(Subject::read(&subject.text()), Some(subject));
        }
        for wrong in ["", "home", "home/x/y/z/w", "round/zz", "count/1"] {
            assert_eq!(Subject::read(wrong), None, "{wrong}");
        }
    }
}
