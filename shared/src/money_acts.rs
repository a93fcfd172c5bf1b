//! What can be done with money, and what has to be asked for.

use linli_domain::{
    kernel::{Fen, Scope},
    payments::{Delivery, Method, Visit, round::WORTHS},
};
use linli_replica::money::{Doable, HomePage};

use crate::{
    choices,
    present_money::{Pages, yuan},
    present_round,
    repair_records::{Action, AskedFor},
    screen_records::Choice,
};

/// What is photographed.
const PHOTO: &str = "photo";

/// What is typed; what is not here is chosen.
const TYPED: [&str; 14] = [
    "sum",
    "text",
    "slip",
    "reference",
    "tariff",
    "homes",
    "late_rate",
    "invoice",
    "voucher",
    "decision",
    "cost",
    "to_fund",
    "to_committee",
    "place",
];

/// What one came for, where it is offered.
const fn is_main(doable: Doable) -> bool {
    matches!(
        doable,
        Doable::Collect
            | Doable::Count
            | Doable::Recount
            | Doable::Take
            | Doable::Acknowledge
            | Doable::Bank
    )
}

/// What an act asks for, and whether that may be left out.
const fn asks_of(doable: Doable) -> &'static [(&'static str, bool)] {
    match doable {
        Doable::Collect => {
            &[("sum", false), ("bill", true), ("slip", true), ("ahead", true), ("text", true)]
        }
        Doable::Record => &[
            ("sum", false),
            ("method", false),
            ("reference", false),
            ("bill", true),
            ("ahead", true),
        ],
        Doable::Refund => &[("sum", false), ("method", false), ("text", false)],
        Doable::Demand => &[("bill", false), ("delivery", false), ("photo", true)],
        Doable::Void | Doable::WithdrawRun => &[("text", false)],
        Doable::Visit => &[("visit", false), ("text", true)],
        Doable::Count => &[("notes", false), ("text", true)],
        Doable::Recount => &[("notes", false)],
        Doable::Bank => &[("sum", false), ("slip", false), ("photo", true)],
        Doable::OpenRound => {
            &[("collector", false), ("route", true), ("doors", true), ("until", false)]
        }
        Doable::Tariff => &[("tariff", false), ("late_rate", true), ("decision", true)],
        Doable::Bill => &[("months", false), ("due", false), ("homes", true)],
        Doable::PayFund => &[("sum", false), ("reference", false), ("first", true)],
        Doable::TakeDeposit => &[("sum", false), ("text", false)],
        Doable::ReturnDeposit => &[("sum", false)],
        Doable::Plan => &[("text", false), ("sum", false), ("repair", true), ("place", true)],
        Doable::Approve => &[("sum", false), ("decision", false)],
        Doable::Urge => &[("cause", false)],
        Doable::Spend => &[("sum", false), ("invoice", false), ("photo", false)],
        Doable::Earn => &[
            ("source", false),
            ("quarter", false),
            ("sum", false),
            ("cost", true),
            ("voucher", false),
            ("photo", true),
        ],
        Doable::Share => {
            &[("quarter", false), ("to_fund", false), ("to_committee", true), ("decision", false)]
        }
        Doable::Expense => &[("text", false), ("sum", false), ("invoice", false), ("photo", false)],
        Doable::SignMonth => &[("month", false)],
        Doable::AgreeVoid
        | Doable::AgreeRefund
        | Doable::AgreeWithdrawal
        | Doable::KeepCredit
        | Doable::Take
        | Doable::Acknowledge
        | Doable::Cosign
        | Doable::ConfirmMonth => &[],
    }
}

impl Pages<'_> {
    /// A button, with what has to be asked for.
    pub(crate) fn action(&self, doable: Doable, home: Option<&HomePage>) -> Action {
        Action {
            word: doable.word().to_owned(),
            text: self.telling.word("money_act", doable.word()),
            main: is_main(doable),
            asks: asks_of(doable)
                .iter()
                .map(|(word, optional)| self.asked(doable, word, *optional, home))
                .filter(|ask| {
                    !ask.optional || ask.typed || !ask.choices.is_empty() || ask.word == PHOTO
                })
                .collect(),
        }
    }

    pub(crate) fn asked(
        &self,
        doable: Doable,
        word: &str,
        optional: bool,
        home: Option<&HomePage>,
    ) -> AskedFor {
        let choices = match word {
            "bill" => self.bills_to_choose(home),
            "method" => {
                let all =
                    Method::ALL.iter().filter(|m| doable == Doable::Refund || **m != Method::Cash);
                all.map(|method| choices::word(&self.telling, "method", method.word())).collect()
            }
            "delivery" => Delivery::ALL
                .iter()
                .map(|way| choices::word(&self.telling, "delivery", way.word()))
                .collect(),
            "visit" => Visit::ALL
                .iter()
                .map(|visit| choices::word(&self.telling, "visit", visit.word()))
                .collect(),
            "ahead" => vec![choices::word(&self.telling, "money", "ahead")],
            "notes" => WORTHS.iter().map(|worth| self.note_of(*worth)).collect(),
            "collector" => self.collectors(),
            "route" => present_round::routes(self),
            "doors" => ["owing", "all"]
                .iter()
                .map(|which| choices::word(&self.telling, "round_doors", which))
                .collect(),
            "until" => present_round::last_days(self),
            "months" => present_round::months(self),
            "due" => present_round::due_days(self),
            _ => self.book_choices(doable, word),
        };
        let typed = TYPED.contains(&word);
        let many = word == "notes" || word == "bill" && doable == Doable::Demand;
        let asked =
            if (doable, word) == (Doable::Refund, "method") { "refund_method" } else { word };
        let text = self.telling.word("money_ask", asked);
        AskedFor { word: word.to_owned(), text, choices, typed, many, optional }
    }

    fn bills_to_choose(&self, home: Option<&HomePage>) -> Vec<Choice> {
        let open = home.into_iter().flat_map(|page| page.statement.open());
        open.map(|owed| Choice {
            value: owed.bill.to_hex(),
            text: format!("{} {}", self.months(owed.from, owed.to), yuan(owed.left)),
        })
        .collect()
    }

    fn note_of(&self, worth: i64) -> Choice {
        let text = if worth >= 100 {
            self.say("note_yuan", &[("n", &(worth / 100).to_string())])
        } else {
            self.say("note_small", &[("n", &Fen::new(worth).to_string())])
        };
        Choice { value: worth.to_string(), text }
    }

    fn collectors(&self) -> Vec<Choice> {
        let all = self.screens.offers.collectors.iter();
        all.map(|(building, person, role)| {
            let scope = Scope::Building(building.clone());
            let (place, who) = (self.telling.scope(&scope), self.telling.who(person, Some(*role)));
            Choice {
                value: format!("{building}/{}", person.to_hex()),
                text: format!("{place} · {who}"),
            }
        })
        .collect()
    }
}
