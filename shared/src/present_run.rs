//! Bill runs as a shell draws them.

use linli_domain::{
    kernel::{Moment, PersonId, Scope},
    payments::{StairTotal, Withdrawal},
};
use linli_replica::money::RunPage;

use crate::{
    money_records::RunLine,
    money_subject::Subject,
    present_money::{Pages, yuan},
    screen_records::{Chip, Choice, Sign, Tone},
};

impl Pages<'_> {
    pub(crate) fn run(&self, run: &RunPage) -> RunLine {
        let fields = &run.fields;
        let bills = fields.stairs.iter().fold(0_u32, |sum, stair| sum.saturating_add(stair.bills));
        let (due, bills) = (self.day(fields.due), bills.to_string());
        let chip = run.check.as_ref().map(|check| match (&check.differs, &check.stair_differs) {
            (Some(unit), _) => self.differs(&unit.to_string()),
            (None, Some((building, stair))) => self.differs(&format!("{building}-{stair}")),
            (None, None) => {
                let seen = self.say("recomputed", &[("n", &check.seen.to_string())]);
                Chip { tone: Tone::Good, sign: Sign::Check, text: seen }
            }
        });
        let stair = |stair: &StairTotal| Choice {
            value: yuan(stair.total),
            text: self
                .telling
                .scope(&Scope::Stair { building: stair.building.clone(), stair: stair.stair }),
        };
        let offers = self.screens.offers.runs.iter().filter(|(of, _)| *of == run.id);
        let withdrawal = run.withdrawal.as_ref();
        let waits = withdrawal.filter(|withdrawal| withdrawal.agreed.is_none());
        RunLine {
            id: run.id.to_hex(),
            title: self.months(fields.from, fields.to),
            subject: Subject::Run(run.id, waits.map(|withdrawal| withdrawal.id)).text(),
            text: self.say("run", &[("date", &due), ("n", &bills)]),
            total_text: yuan(fields.total),
            stairs: if chip.is_some() { fields.stairs.iter().map(stair).collect() } else { vec![] },
            chip,
            withdrawal_chip: withdrawal.map(|withdrawal| match withdrawal.agreed {
                Some(_) => self.chip(Tone::Plain, Sign::Blocked, "run_withdrawn"),
                None => self.chip(Tone::Warn, Sign::Waits, "run_withdrawal_asked"),
            }),
            notes: withdrawal
                .map(|withdrawal| self.withdrawal_notes(withdrawal))
                .unwrap_or_default(),
            actions: offers.map(|(_, doable)| self.action(*doable, None)).collect(),
        }
    }

    fn withdrawal_notes(&self, withdrawal: &Withdrawal) -> Vec<String> {
        let said = |key: &str, person: &PersonId, when: Moment| {
            self.say(key, &[("who", &self.keeper(person)), ("time", &self.telling.at(when))])
        };
        let asked = said("withdrawal_asked", &withdrawal.by, withdrawal.when);
        let agreed = withdrawal.agreed.as_ref();
        let agreed = agreed.map(|agreed| said("withdrawal_agreed", &agreed.by, agreed.when));
        [self.why_withdrawn(withdrawal), asked].into_iter().chain(agreed).collect()
    }

    pub(crate) fn why_withdrawn(&self, withdrawal: &Withdrawal) -> String {
        self.say("withdrawal_why", &[("reason", &withdrawal.reason)])
    }

    fn differs(&self, which: &str) -> Chip {
        let text = self.say("differs", &[("which", which)]);
        Chip { tone: Tone::Bad, sign: Sign::Blocked, text }
    }
}
