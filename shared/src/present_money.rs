//! Money as a shell draws it: homes, bills with their reasons, receipts.

use linli_app::{
    explain,
    model::View,
    slice::{DraftKept, MoneyLine, MoneyScreens},
};
use linli_domain::{
    kernel::{Day, Fen, Moment, Month},
    payments::{
        Method, Owed, Visit,
        account::{Account, Receipt, Refund},
        round::WORTHS,
    },
};
use linli_replica::money::{BillPage, Doable, HomePage, RunPage, Scanned, Standing};
use linli_wire::FactId;

use crate::{
    choices,
    money_event::{Subject, read_notes, receipt_code},
    money_records::{
        BillCard, BillLine, HomeMoney, Money, PaperCard, ReceiptCode, RunLine, ScannedReceipt,
    },
    present_list::delivery_chip,
    present_round,
    repair_records::{Action, AskedFor},
    screen_records::{Chip, Choice, Sign, Tone},
    telling::Telling,
};

/// How long a receipt that was just written is shown to be scanned (ms): until the next door.
const FRESH_MS: i64 = 10 * 60 * 1000;

/// What is needed to tell of money.
pub(crate) struct Pages<'a> {
    pub(crate) telling: Telling,
    pub(crate) screens: &'a MoneyScreens,
}

/// What there is to do with money, as a sentence.
pub(crate) fn line(telling: &Telling, line: &MoneyLine) -> Option<String> {
    let said = |key: &str, value: String| telling.words.fill("money", key, &[("n", &value)]);
    let parts = [
        (line.rounds > 0).then(|| said("line_rounds", line.rounds.to_string())),
        (line.to_take > 0).then(|| said("line_to_take", line.to_take.to_string())),
        (line.owed > Fen::ZERO).then(|| said("line_owed", line.owed.to_string())),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

pub(crate) fn money(view: &View) -> Money {
    let Some(screens) = &view.screens.money else { return Money::default() };
    let pages = Pages { telling: Telling::of(view), screens };
    let at = |round: FactId| {
        let name = format!("round/{}", round.to_hex());
        let draft = view.screens.drafts.iter().find(|draft| draft.name == name);
        draft.map(|draft| draft.text.clone()).filter(|text| !text.is_empty())
    };
    Money {
        version: view.version,
        homes: screens.homes.iter().map(|page| pages.home(page, false)).collect(),
        rounds: screens.rounds.iter().map(|row| pages.round_line(row)).collect(),
        runs: screens.runs.iter().map(|run| pages.run(run)).collect(),
        home: screens.home.as_ref().map(|page| pages.home(page, true)),
        round: screens.round.as_ref().map(|page| pages.round(page, at(page.round.id))),
        receipt: pages.open_receipt(),
        scanned: view.wanted.money.as_ref().and_then(|open| {
            let bytes = open.scanned.as_deref()?;
            Some(pages.scanned(screens.scanned.as_ref()?, bytes))
        }),
        tallies: view.screens.drafts.iter().filter_map(tally).collect(),
        subject: Subject::All.text(),
        actions: pages.actions_of_all(),
    }
}

/// What notes that are being counted sum to: a draft `notes/…` with `10000x2 1000x1`.
fn tally(draft: &DraftKept) -> Option<Choice> {
    draft.name.strip_prefix("notes/")?;
    let notes = draft.text.split(' ').filter_map(read_notes).collect::<Vec<_>>();
    let worth =
        |(worth, pieces): &(Fen, u32)| Some(Fen::new(worth.get().checked_mul(i64::from(*pieces))?));
    let sums = notes.iter().map(worth).collect::<Option<Vec<_>>>()?;
    Some(Choice { value: draft.name.clone(), text: yuan(Fen::sum(sums)?) })
}

pub(crate) fn yuan(sum: Fen) -> String {
    format!("¥{sum}")
}

impl Pages<'_> {
    pub(crate) fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.telling.words.fill("money", key, values)
    }

    pub(crate) fn chip(&self, tone: Tone, sign: Sign, key: &str) -> Chip {
        Chip { tone, sign, text: self.telling.word("money", key) }
    }

    pub(crate) fn day(&self, day: Day) -> String {
        day.begins(self.telling.offset).map(|at| self.telling.date(at)).unwrap_or_default()
    }

    pub(crate) fn months(&self, from: Month, to: Month) -> String {
        let (from, to) = (from.to_string(), to.to_string());
        if from == to { from } else { self.say("months", &[("from", &from), ("to", &to)]) }
    }

    fn home(&self, page: &HomePage, open: bool) -> HomeMoney {
        let said = &page.statement;
        let offers = &self.screens.offers;
        let round = self.screens.round.as_ref().map(|page| page.round.id).filter(|_| open);
        let credit = said.credit > Fen::ZERO;
        let doable = if open { offers.home.as_slice() } else { &[] };
        let words = |refusal: &linli_domain::payments::Refusal| {
            self.telling.word("refusal", refusal.word())
        };
        HomeMoney {
            unit: page.unit.to_string(),
            subject: Subject::Home(page.unit.clone(), round).text(),
            owed_fen: said.owed.get(),
            owed_text: yuan(said.owed),
            owed_plain: said.owed.to_string(),
            owed_said: self.say(
                if said.owed > Fen::ZERO { "owed_said" } else { "nothing_owed" },
                &[("unit", &page.unit.to_string()), ("sum", &said.owed.to_string())],
            ),
            credit_text: credit.then(|| self.say("credit", &[("sum", &said.credit.to_string())])),
            twice_text: (!said.twice.is_empty()).then(|| self.say("twice", &[])),
            bills: page.bills.iter().map(|bill| self.bill(bill)).collect(),
            papers: self.papers(page, open),
            fresh: self.fresh(page).filter(|_| open),
            actions: doable.iter().map(|doable| self.action(*doable, Some(page))).collect(),
            refused: page.refused.iter().map(|(_, refusal)| words(refusal)).collect(),
        }
    }

    fn bill(&self, page: &BillPage) -> BillCard {
        let owed = &page.owed;
        let lines = page.bill.lines.iter().map(|line| BillLine {
            charge: line.charge.clone(),
            month: line.month.to_string(),
            sum_text: yuan(line.amount),
            why: explain::line(line, self.telling.words),
        });
        let late = owed.late.plus(owed.late_paid).unwrap_or(owed.late);
        BillCard {
            id: owed.bill.to_hex(),
            title: self.months(owed.from, owed.to),
            due_text: self.say("due", &[("date", &self.day(owed.due))]),
            total_text: yuan(owed.total),
            left_text: yuan(owed.left),
            chip: self.bill_chip(owed),
            late_text: (late > Fen::ZERO).then(|| self.say("late", &[("sum", &late.to_string())])),
            limitation_text: owed.limitation.as_ref().filter(|l| l.demands > 0).map(|limit| {
                let (demands, last) = (limit.demands.to_string(), self.day(limit.last));
                self.say("limitation", &[("demands", &demands), ("date", &last)])
            }),
            lines: lines.collect(),
        }
    }

    fn bill_chip(&self, owed: &Owed) -> Chip {
        let today = Day::of(self.telling.now, self.telling.offset);
        let over = today.is_some_and(|today| today > owed.due);
        if owed.left == Fen::ZERO && owed.late == Fen::ZERO {
            self.chip(Tone::Good, Sign::Done, "paid")
        } else if over {
            self.chip(Tone::Bad, Sign::Late, "overdue")
        } else if owed.left < owed.total {
            self.chip(Tone::Warn, Sign::Money, "part_paid")
        } else {
            self.chip(Tone::Accent, Sign::Money, "to_pay")
        }
    }

    fn papers(&self, page: &HomePage, open: bool) -> Vec<PaperCard> {
        let mut papers: Vec<(Moment, PaperCard)> = Vec::new();
        for account in &page.accounts {
            let receipts = account.receipts.values();
            papers.extend(receipts.map(|r| (r.when, self.receipt(r, page, open))));
            let refunds = account.refunds.values();
            papers.extend(refunds.map(|refund| (refund.when, self.refund(refund, account, open))));
        }
        papers.sort_by(|(one, card), (two, other)| (two, &other.id).cmp(&(one, &card.id)));
        papers.into_iter().map(|(_, card)| card).collect()
    }

    fn receipt(&self, receipt: &Receipt, page: &HomePage, open: bool) -> PaperCard {
        let fields = &receipt.fields;
        let waits = receipt.void.as_ref().filter(|void| void.agreed.is_none()).map(|void| void.id);
        let mut notes = Vec::new();
        let applied = page.statement.applied.iter().find(|applied| applied.receipt == receipt.id);
        for (bill, principal, late) in applied.iter().flat_map(|applied| &applied.parts) {
            let Some(owed) = page.statement.bills.iter().find(|owed| owed.bill == *bill) else {
                continue;
            };
            let months = self.months(owed.from, owed.to);
            let sum = principal.plus(*late).unwrap_or(*principal).to_string();
            notes.push(self.say("paid_for", &[("months", &months), ("sum", &sum)]));
        }
        if let Some(credit) = applied.map(|a| a.credit).filter(|credit| *credit > Fen::ZERO) {
            notes.push(self.say("left_over", &[("sum", &credit.to_string())]));
        }
        if let Some(void) = &receipt.void {
            notes.push(self.say("void_why", &[("reason", &void.reason)]));
        }
        let said =
            |key, text: &Option<String>| text.as_ref().map(|text| self.say(key, &[("text", text)]));
        notes.extend(said("slip", &fields.slip));
        notes.extend(said("reference", &fields.reference));
        notes.extend(said("off_the_round", &fields.reason));
        let delivery = page.deliveries.iter().find(|(id, _)| *id == receipt.id);
        PaperCard {
            id: receipt.id.to_hex(),
            subject: Subject::Paper(fields.unit.clone(), receipt.id, waits).text(),
            number: fields.number.to_string(),
            sum_text: yuan(fields.amount),
            how_text: self.how(
                fields.method,
                &receipt.author.person,
                receipt.author.role(),
                receipt.at,
            ),
            chip: self.receipt_chip(receipt, page),
            notes,
            delivery_chip: delivery.map(|(_, delivery)| delivery_chip(&self.telling, *delivery)),
            actions: self.paper_actions(&receipt.id, open),
        }
    }

    fn how(
        &self,
        method: Method,
        person: &linli_domain::kernel::PersonId,
        role: Option<linli_domain::kernel::Role>,
        at: Moment,
    ) -> String {
        let (who, at) = (self.telling.who(person, role), self.telling.at(at));
        format!("{} · {who} · {at}", self.telling.word("method", method.word()))
    }

    fn receipt_chip(&self, receipt: &Receipt, page: &HomePage) -> Chip {
        if receipt.is_void() {
            self.chip(Tone::Plain, Sign::Blocked, "void")
        } else if receipt.void.is_some() {
            self.chip(Tone::Warn, Sign::Waits, "void_asked")
        } else if page.statement.twice.contains(&receipt.id) {
            self.chip(Tone::Conflict, Sign::Versions, "paid_twice")
        } else if receipt.scanned_only {
            self.chip(Tone::Pending, Sign::Waits, "scanned_only")
        } else if receipt.acknowledged.is_empty() {
            self.chip(Tone::Accent, Sign::Money, "given")
        } else {
            self.chip(Tone::Good, Sign::Check, "acknowledged")
        }
    }

    fn refund(&self, refund: &Refund, account: &Account, open: bool) -> PaperCard {
        let agreed = refund.agreed.is_some();
        PaperCard {
            id: refund.id.to_hex(),
            subject: Subject::Paper(account.unit.clone(), refund.id, None).text(),
            number: String::new(),
            sum_text: format!("-{}", yuan(refund.fields.amount)),
            how_text: self.how(refund.fields.method, &refund.by, None, refund.when),
            chip: match agreed {
                true => self.chip(Tone::Good, Sign::Done, "refunded"),
                false => self.chip(Tone::Warn, Sign::Waits, "refund_asked"),
            },
            notes: vec![refund.fields.reason.clone()],
            delivery_chip: None,
            actions: self.paper_actions(&refund.id, open),
        }
    }

    fn paper_actions(&self, id: &FactId, open: bool) -> Vec<Action> {
        let offers = self.screens.offers.papers.iter().filter(|(of, _)| open && of == id);
        offers.map(|(_, doable)| self.action(*doable, None)).collect()
    }

    /// The receipt that this phone wrote last at this home, while its payer has not kept it.
    fn fresh(&self, page: &HomePage) -> Option<ReceiptCode> {
        let (id, bytes) = self.screens.receipt.as_ref()?;
        let receipt = page.receipts().into_iter().find(|receipt| receipt.id == *id)?;
        let age = self.telling.now.0.saturating_sub(receipt.at.0);
        let shown = receipt.void.is_none() && receipt.acknowledged.is_empty() && age < FRESH_MS;
        shown.then(|| code(receipt, bytes))
    }

    fn open_receipt(&self) -> Option<ReceiptCode> {
        let (id, bytes) = self.screens.receipt.as_ref()?;
        let pages = self.screens.home.iter().chain(&self.screens.homes);
        let mut receipts = pages.flat_map(HomePage::receipts);
        receipts.find(|receipt| receipt.id == *id).map(|receipt| code(receipt, bytes))
    }

    fn run(&self, run: &RunPage) -> RunLine {
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
        let stair = |stair: &linli_domain::payments::StairTotal| Choice {
            value: yuan(stair.total),
            text: self.telling.scope(&linli_domain::kernel::Scope::Stair {
                building: stair.building.clone(),
                stair: stair.stair,
            }),
        };
        RunLine {
            id: run.id.to_hex(),
            title: self.months(fields.from, fields.to),
            text: self.say("run", &[("date", &due), ("n", &bills)]),
            total_text: yuan(fields.total),
            stairs: if chip.is_some() { fields.stairs.iter().map(stair).collect() } else { vec![] },
            chip,
        }
    }

    fn differs(&self, which: &str) -> Chip {
        let text = self.say("differs", &[("which", which)]);
        Chip { tone: Tone::Bad, sign: Sign::Blocked, text }
    }

    fn scanned(&self, scanned: &Result<Scanned, String>, bytes: &[u8]) -> ScannedReceipt {
        let scanned = match scanned {
            Ok(scanned) => scanned,
            Err(word) => {
                let text = self.telling.word("refusal", word);
                return ScannedReceipt {
                    subject: String::new(),
                    unit: String::new(),
                    number: String::new(),
                    sum_text: String::new(),
                    how_text: String::new(),
                    chip: Chip { tone: Tone::Bad, sign: Sign::Blocked, text },
                    actions: Vec::new(),
                };
            }
        };
        let fields = &scanned.fields;
        let (tone, sign, key) = match scanned.standing {
            Standing::Good if scanned.kept => (Tone::Good, Sign::Done, "scan_kept"),
            Standing::Good => (Tone::Good, Sign::Check, "scan_good"),
            Standing::UnknownCollector => (Tone::Warn, Sign::Waits, "scan_unknown"),
            Standing::NotACollector => (Tone::Bad, Sign::Blocked, "scan_not_a_collector"),
            Standing::Void => (Tone::Bad, Sign::Blocked, "scan_void"),
        };
        let who = scanned.collector.map(|person| self.telling.who(&person, scanned.role));
        let who = who.unwrap_or_else(|| self.telling.word("money", "somebody"));
        let method = self.telling.word("method", fields.method.word());
        let keeps = scanned.own && !scanned.kept && matches!(tone, Tone::Good | Tone::Warn);
        ScannedReceipt {
            subject: Subject::Scanned(fields.unit.clone(), bytes.to_vec()).text(),
            unit: fields.unit.to_string(),
            number: fields.number.to_string(),
            sum_text: yuan(fields.amount),
            how_text: format!("{method} · {who} · {}", self.telling.at(scanned.at)),
            chip: self.chip(tone, sign, key),
            actions: if keeps { vec![self.action(Doable::Acknowledge, None)] } else { vec![] },
        }
    }

    fn actions_of_all(&self) -> Vec<Action> {
        self.screens.offers.all.iter().map(|doable| self.action(*doable, None)).collect()
    }

    /// A button, with what has to be asked for.
    pub(crate) fn action(&self, doable: Doable, home: Option<&HomePage>) -> Action {
        let asks: &[(&str, bool)] = match doable {
            Doable::Collect => {
                &[("sum", false), ("bill", true), ("slip", true), ("ahead", true), ("text", true)]
            }
            Doable::Record => {
                &[("sum", false), ("method", false), ("reference", false), ("ahead", true)]
            }
            Doable::Refund => &[("sum", false), ("method", false), ("text", false)],
            Doable::Demand => &[("bill", false), ("delivery", false), ("photo", true)],
            Doable::Void => &[("text", false)],
            Doable::Visit => &[("visit", false), ("text", true)],
            Doable::Count => &[("notes", false), ("text", true)],
            Doable::Take => &[("notes", false)],
            Doable::Bank => &[("sum", false), ("slip", false), ("photo", true)],
            Doable::OpenRound => &[("collector", false), ("until", false)],
            Doable::Tariff => &[("tariff", false), ("late_rate", true)],
            Doable::Bill => &[("months", false), ("due", false)],
            Doable::AgreeVoid | Doable::AgreeRefund | Doable::KeepCredit | Doable::Acknowledge => {
                &[]
            }
        };
        let main = matches!(
            doable,
            Doable::Collect | Doable::Count | Doable::Take | Doable::Acknowledge | Doable::Bank
        );
        Action {
            word: doable.word().to_owned(),
            text: self.telling.word("money_act", doable.word()),
            main,
            asks: asks
                .iter()
                .map(|(word, optional)| self.asked(doable, word, *optional, home))
                .collect(),
        }
    }

    fn asked(
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
            "delivery" => linli_domain::payments::Delivery::ALL
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
            "until" => present_round::last_days(self),
            "months" => present_round::months(self),
            "due" => present_round::due_days(self),
            _ => Vec::new(),
        };
        let typed = matches!(word, "sum" | "text" | "slip" | "reference" | "tariff" | "late_rate");
        let many = word == "notes" || word == "bill" && doable == Doable::Demand;
        let text = self.telling.word("money_ask", word);
        AskedFor { word: word.to_owned(), text, choices, typed, many, optional }
    }

    fn bills_to_choose(&self, home: Option<&HomePage>) -> Vec<Choice> {
        let bills = home.into_iter().flat_map(|page| &page.statement.bills);
        let open = bills.filter(|owed| owed.left > Fen::ZERO || owed.late > Fen::ZERO);
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
            let scope = linli_domain::kernel::Scope::Building(building.clone());
            let (place, who) = (self.telling.scope(&scope), self.telling.who(person, Some(*role)));
            Choice {
                value: format!("{building}/{}", person.to_hex()),
                text: format!("{place} · {who}"),
            }
        })
        .collect()
    }
}

fn code(receipt: &Receipt, bytes: &[u8]) -> ReceiptCode {
    ReceiptCode {
        id: receipt.id.to_hex(),
        unit: receipt.fields.unit.to_string(),
        number: receipt.fields.number.to_string(),
        sum_text: yuan(receipt.fields.amount),
        code: receipt_code(bytes),
    }
}
