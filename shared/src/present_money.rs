//! Money as a shell draws it: homes, bills with their reasons, receipts.

use linli_app::{
    explain,
    model::View,
    slice::{DraftKept, MoneyLine, MoneyScreens},
};
use linli_domain::{
    kernel::{Day, Fen, Month, UnitCode},
    payments::{Owed, Refusal},
};
use linli_replica::money::{BillPage, Book, Doable, FundBill, HomePage, Scanned, Standing};

use crate::{
    book_records::BookRow,
    money_event::read_notes,
    money_records::{BillCard, BillLine, HomeMoney, Money, ScannedReceipt},
    money_subject::Subject,
    present_books::plain,
    repair_records::Action,
    screen_records::{Chip, Choice, Sign, Tone},
    telling::Telling,
};

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
        (line.twice > 0).then(|| said("line_twice", line.twice.to_string())),
        (line.owed > Fen::ZERO).then(|| said("line_owed", line.owed.to_string())),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

pub(crate) fn money(view: &View) -> Money {
    let Some(screens) = &view.screens.money else { return Money::default() };
    let pages = Pages { telling: Telling::of(view), screens };
    let draft = |name: String| view.screens.drafts.iter().find(|draft| draft.name == name);
    Money {
        version: view.version,
        homes: screens.homes.iter().map(|page| pages.home(page, false)).collect(),
        rounds: screens.rounds.iter().map(|row| pages.round_line(row)).collect(),
        runs: screens.runs.iter().map(|run| pages.run(run)).collect(),
        home: screens.home.as_ref().map(|page| pages.home(page, true)),
        round: screens.round.as_ref().map(|page| {
            let subject = Subject::Round(page.round.id).text();
            let counted = draft(format!("notes/{subject}")).and_then(tallied);
            let at = draft(subject).map(|draft| draft.text.clone());
            pages.round(page, at.filter(|text| !text.is_empty()), counted)
        }),
        receipt: pages.open_receipt(),
        scanned: view.wanted.money.as_ref().and_then(|open| {
            let bytes = open.scanned.as_deref()?;
            Some(pages.scanned(screens.scanned.as_ref()?, bytes))
        }),
        books: pages.books(),
        book: pages.book(),
        tasks: pages.tasks(view.screens.money_line.twice),
        finds: screens.found.is_some(),
        found: pages.found(),
        found_text: pages
            .found_text(view.wanted.money.as_ref().is_some_and(|open| open.find.trim().is_empty())),
        tallies: view.screens.drafts.iter().filter_map(tally).collect(),
        subject: Subject::All.text(),
        actions: pages.actions_of_all(),
    }
}

fn tally(draft: &DraftKept) -> Option<Choice> {
    Some(Choice { value: draft.name.clone(), text: yuan(tallied(draft)?) })
}

/// What notes that are being counted sum to: a draft `notes/…` with `10000x2 1000x1`.
fn tallied(draft: &DraftKept) -> Option<Fen> {
    draft.name.strip_prefix("notes/")?;
    let notes = draft.text.split(' ').filter_map(read_notes).collect::<Vec<_>>();
    let worth =
        |(worth, pieces): &(Fen, u32)| Some(Fen::new(worth.get().checked_mul(i64::from(*pieces))?));
    let sums = notes.iter().map(worth).collect::<Option<Vec<_>>>()?;
    Fen::sum(sums)
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
        let walked = self.screens.round.as_ref().map(|page| page.round.id);
        let round = walked.or(offers.at_counter).filter(|_| open);
        let credit = said.credit > Fen::ZERO;
        let doable = if open { offers.home.as_slice() } else { &[] };
        let words = |refusal: &Refusal| self.telling.word("refusal", refusal.word());
        // What was withdrawn stands among the bills, with its reason.
        let told = |refusal: &&Refusal| **refusal != Refusal::RunWithdrawn;
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
            bills: page
                .bills
                .iter()
                .map(|bill| self.bill(bill))
                .chain(page.fund.iter().map(|bill| self.fund_bill(bill)))
                .collect(),
            papers: self.papers(page, open),
            fresh: self.fresh(page).filter(|_| open),
            actions: doable.iter().map(|doable| self.action(*doable, Some(page))).collect(),
            refused: page.refused.iter().map(|(_, r)| r).filter(told).map(words).collect(),
        }
    }

    /// It is paid into the fund's own account, never together with fees.
    fn fund_bill(&self, bill: &FundBill) -> BillCard {
        let lines = bill.works.iter().map(|(purpose, month, share, payers)| BillLine {
            charge: purpose.clone(),
            month: month.to_string(),
            sum_text: yuan(*share),
            why: self.book_say("payers", &[("n", &payers.to_string())]),
        });
        BillCard {
            id: Book::Fund.name(),
            title: self.book_word("fund_bill"),
            due_text: self.book_word("fund_bill_text"),
            total_text: yuan(bill.owed),
            left_text: yuan(bill.owed),
            chip: self.chip(Tone::Accent, Sign::Money, "to_pay"),
            late_text: None,
            limitation_text: None,
            withdrawn_text: None,
            lines: lines.collect(),
        }
    }

    fn bill(&self, page: &BillPage) -> BillCard {
        let owed = &page.owed;
        let lines = page.bill.lines.iter().map(|line| BillLine {
            charge: line.charge.to_string(),
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
            late_text: (late > Fen::ZERO).then(|| {
                let key = if owed.late_capped { "late_capped" } else { "late" };
                self.say(key, &[("sum", &late.to_string())])
            }),
            limitation_text: owed.limitation.as_ref().filter(|_| self.is_overdue(owed)).map(
                |limit| {
                    let (demands, last) = (limit.demands.to_string(), self.day(limit.last));
                    let key = if limit.demands > 0 { "limitation" } else { "not_demanded" };
                    self.say(key, &[("demands", &demands), ("date", &last)])
                },
            ),
            withdrawn_text: page
                .withdrawal
                .as_ref()
                .map(|withdrawal| self.why_withdrawn(withdrawal)),
            lines: lines.collect(),
        }
    }

    fn is_overdue(&self, owed: &Owed) -> bool {
        let today = Day::of(self.telling.now, self.telling.offset);
        let open = owed.is_open();
        open && today.is_some_and(|today| today > owed.due)
    }

    fn bill_chip(&self, owed: &Owed) -> Chip {
        if owed.withdrawn {
            self.chip(Tone::Plain, Sign::Blocked, "run_withdrawn")
        } else if !owed.is_open() {
            self.chip(Tone::Good, Sign::Done, "paid")
        } else if self.is_overdue(owed) {
            self.chip(Tone::Bad, Sign::Late, "overdue")
        } else if owed.left < owed.total {
            self.chip(Tone::Warn, Sign::Money, "part_paid")
        } else {
            self.chip(Tone::Accent, Sign::Money, "to_pay")
        }
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

    /// What waits for who keeps the books: the ledger tells which homes.
    fn tasks(&self, twice: u32) -> Vec<BookRow> {
        let text = self.say("line_twice", &[("n", &twice.to_string())]);
        let task = plain("twice".to_owned(), text, self.book_word("problems"));
        (twice > 0).then(|| task.opening(&Book::Ledger)).into_iter().collect()
    }

    fn found(&self) -> Vec<Choice> {
        let homes = self.screens.found.iter().flat_map(|found| &found.homes);
        let choice =
            |(unit, owed): &(UnitCode, Fen)| Choice { value: unit.to_string(), text: yuan(*owed) };
        homes.map(choice).collect()
    }

    fn found_text(&self, nothing_typed: bool) -> Option<String> {
        let found = self.screens.found.as_ref().filter(|_| !nothing_typed)?;
        match (found.homes.is_empty(), found.more) {
            (true, _) => Some(self.say("found_none", &[])),
            (false, 0) => None,
            (false, more) => Some(self.say("found_more", &[("n", &more.to_string())])),
        }
    }

    fn actions_of_all(&self) -> Vec<Action> {
        self.screens.offers.all.iter().map(|doable| self.action(*doable, None)).collect()
    }
}
