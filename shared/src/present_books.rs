//! The books as a shell draws them: the ledger, an account, an entry.

use linli_app::{explain, slice::BookOpen};
use linli_domain::{
    kernel::{Fen, Month, PersonId, UnitCode},
    payments::ledger::{Class, LedgerAccount, LedgerProblem, Purse},
};
use linli_replica::money::{
    AccountPage, Book, BookPage as Inner, EntryLine, EntryPage, LedgerPage, MonthPage, Summed,
};
use linli_wire::FactId;

use crate::{
    book_records::{BookPage, BookPart, BookRow},
    money_subject::Subject,
    present_list::attachment,
    present_money::{Pages, yuan},
    repair_records::Action,
    screen_records::{Chip, Sign, Tone},
};

/// Writes a sum with its sign before the currency.
pub(crate) fn signed(sum: Fen) -> String {
    let positive = Fen::new(sum.get().saturating_abs());
    if sum < Fen::ZERO { format!("-{}", yuan(positive)) } else { yuan(sum) }
}

/// A row without a sum.
pub(crate) fn plain(id: String, title: String, text: String) -> BookRow {
    BookRow {
        id,
        opens: None,
        home: None,
        title,
        text,
        sum_text: String::new(),
        chip: None,
        subject: String::new(),
        actions: Vec::new(),
    }
}

/// A row with a sum.
pub(crate) fn row(id: String, title: String, text: String, sum: Fen) -> BookRow {
    BookRow { sum_text: signed(sum), ..plain(id, title, text) }
}

/// Makes parts of rows; empty ones are left out.
pub(crate) fn part(title: String, rows: Vec<BookRow>) -> Option<BookPart> {
    (!rows.is_empty()).then_some(BookPart { title, rows })
}

impl BookRow {
    pub(crate) fn opening(self, book: &Book) -> Self {
        Self { opens: Some(book.name()), ..self }
    }
}

impl Pages<'_> {
    pub(crate) fn book_word(&self, key: &str) -> String {
        self.telling.word("book", key)
    }

    pub(crate) fn book_say(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.telling.words.fill("book", key, values)
    }

    pub(crate) fn book_chip(&self, tone: Tone, sign: Sign, key: &str) -> Chip {
        Chip { tone, sign, text: self.book_word(key) }
    }

    /// The books that can be opened.
    pub(crate) fn books(&self) -> Vec<BookRow> {
        let row = |book: &Book| {
            let (name, text) = (self.book_title(book), format!("{}_text", book.name()));
            plain(book.name(), name, self.book_word(&text)).opening(book)
        };
        self.screens.books.iter().map(row).collect()
    }

    fn book_title(&self, book: &Book) -> String {
        self.book_word(&book.name())
    }

    /// An empty page of a name.
    pub(crate) fn empty_page(&self, book: &Book, title: String) -> BookPage {
        BookPage {
            name: book.name(),
            title,
            figure_text: String::new(),
            figure_label: String::new(),
            lines: Vec::new(),
            chip: None,
            parts: Vec::new(),
            pictures: Vec::new(),
            subject: Subject::Books.text(),
            actions: self.book_actions(),
        }
    }

    fn book_actions(&self) -> Vec<Action> {
        let offers = self.screens.book.iter().flat_map(|open| &open.offers.page);
        offers.map(|doable| self.action(*doable, None)).collect()
    }

    /// What may be done with a fact on the page.
    pub(crate) fn fact_actions(&self, fact: &FactId) -> Vec<Action> {
        let offers = self.screens.book.iter().flat_map(|open| &open.offers.facts);
        offers.filter(|(of, _)| of == fact).map(|(_, act)| self.action(*act, None)).collect()
    }

    /// The page that is open.
    pub(crate) fn book(&self) -> Option<BookPage> {
        let BookOpen { book: open, page, .. } = self.screens.book.as_ref()?;
        Some(match page {
            Inner::Ledger(page) => self.ledger(open, page),
            Inner::Account(page) => self.account(open, page),
            Inner::Entry(page) => self.entry(open, page),
            Inner::Fund(page) => self.fund(open, page),
            Inner::Units(page) => self.units(open, page),
            Inner::Project(page) => self.project(open, page),
            Inner::Common(page) => self.common(open, page),
            Inner::Committee(page) => self.committee(open, page),
        })
    }

    fn ledger(&self, open: &Book, page: &LedgerPage) -> BookPage {
        let is_cash = |sum: &&Summed| {
            sum.account.purse() == Purse::Fees
                && sum.account.class() == Class::Assets
                && !matches!(sum.account, LedgerAccount::Home(_))
        };
        let cash = Fen::sum(page.accounts.iter().filter(is_cash).map(|sum| sum.amount));
        let entries = page.entries.to_string();
        let purse = |purse: &Purse| {
            let of = page.accounts.iter().filter(|sum| sum.account.purse() == *purse);
            let rows = of.flat_map(|sum| self.balance(sum)).collect();
            part(self.telling.word("purse", purse.word()), rows)
        };
        let mut parts: Vec<BookPart> = Purse::ALL.iter().filter_map(purse).collect();
        let first = parts.len().min(1);
        parts.splice(first..first, self.fee_parts(page));
        let months = page.months.iter().map(|month| self.month(month)).collect();
        parts.splice(0..0, part(self.book_word("problems"), self.problems(page)));
        parts.extend(part(self.book_word("months"), months));
        BookPage {
            figure_text: cash.map(signed).unwrap_or_default(),
            figure_label: self.book_word("cash"),
            lines: vec![self.book_say("entries", &[("n", &entries)])],
            chip: Some(self.book_chip(Tone::Good, Sign::Check, "balanced")),
            parts,
            ..self.empty_page(open, self.book_title(&Book::Ledger))
        }
    }

    /// What homes owe and what they have to their credit are two things; others are one.
    fn balance(&self, sum: &Summed) -> Vec<BookRow> {
        let book = Book::Account(sum.name.clone(), None);
        let named = |id: &str, title, amount| {
            row(format!("{}{id}", sum.name), title, String::new(), amount).opening(&book)
        };
        if !matches!(sum.account, LedgerAccount::Home(_)) {
            return vec![named("", self.summed(sum), natural(sum.account.class(), sum.amount))];
        }
        let credit = Fen::ZERO.minus(sum.below).unwrap_or_default();
        let owed = sum.amount.plus(credit).unwrap_or_default();
        let both = [("homes_owe", owed), ("homes_credit", credit)];
        let some = both.into_iter().filter(|(_, amount)| *amount > Fen::ZERO);
        some.map(|(key, amount)| named(key, self.book_word(key), amount)).collect()
    }

    fn summed(&self, sum: &Summed) -> String {
        if sum.only {
            let who = |person: &PersonId| self.keeper(person);
            explain::account(&sum.account, &who, self.telling.words)
        } else {
            explain::account_kind(&sum.account, self.telling.words)
        }
    }

    /// How fees come in: building by building, and what is owed, by age.
    fn fee_parts(&self, page: &LedgerPage) -> Vec<BookPart> {
        let collected = page.fees.collected.iter().map(|(building, of)| {
            let scope = linli_domain::kernel::Scope::Building(building.clone());
            let (paid, billed) = (of.paid.to_string(), of.billed.to_string());
            let text = self.book_say("paid_of", &[("paid", &paid), ("billed", &billed)]);
            let row = plain(format!("rate/{building}"), self.telling.scope(&scope), text);
            BookRow { sum_text: rate(of.paid, of.billed), ..row }
        });
        let arrears = page.fees.arrears.iter().map(|(age, of)| {
            let text = self.book_say("bills", &[("n", &of.bills.to_string())]);
            row(format!("age/{}", age.word()), self.telling.word("age", age.word()), text, of.left)
        });
        let (collected, arrears) = (collected.collect(), arrears.collect());
        let parts = [("collected", collected), ("arrears", arrears)];
        parts.into_iter().filter_map(|(key, rows)| part(self.book_word(key), rows)).collect()
    }

    fn month(&self, month: &MonthPage) -> BookRow {
        let signed_by = |(person, when): &(PersonId, _)| {
            format!("{} · {}", self.keeper(person), self.telling.stamp(*when))
        };
        let mut lines = vec![signed_by(&month.signed)];
        lines.extend(month.confirmed.iter().map(signed_by));
        for (name, signed, here) in &month.differs {
            let (signed, here) = (signed.to_string(), here.to_string());
            let values = [("name", name.as_str()), ("signed", &*signed), ("here", &*here)];
            lines.push(self.book_say("differs", &values));
        }
        let chip = match (&month.confirmed, month.differs.is_empty()) {
            (_, false) => self.book_chip(Tone::Bad, Sign::Blocked, "month_differs"),
            (Some(_), true) => self.book_chip(Tone::Good, Sign::Done, "month_signed"),
            (None, true) => self.book_chip(Tone::Warn, Sign::Waits, "month_waits"),
        };
        BookRow {
            chip: Some(chip),
            subject: Subject::Fact(month.id).text(),
            actions: self.fact_actions(&month.id),
            ..plain(month.id.to_hex(), month.month.to_string(), lines.join("\n"))
        }
    }

    fn problems(&self, page: &LedgerPage) -> Vec<BookRow> {
        let problems = page.problems.iter().enumerate();
        let rows = problems.map(|(at, problem)| {
            let (text, home, fact) = told(problem);
            let title = self.telling.word("ledger_problem", problem.word());
            let row = plain(format!("problem/{at}"), title, text);
            let home = home.map(ToString::to_string);
            BookRow { opens: fact.map(|fact| Book::Entry(fact).name()), home, ..row }
        });
        rows.collect()
    }

    fn account(&self, open: &Book, page: &AccountPage) -> BookPage {
        let name = &page.account.name;
        // As in the list that led here.
        let shown = |amount| natural(page.account.account.class(), amount);
        let quarters = page.quarters.iter().map(|(quarter, total)| {
            let text = self.book_say("moved", &[("n", &total.entries.to_string())]);
            let book = Book::Account(name.clone(), Some(*quarter));
            row(quarter.to_string(), self.quarter(*quarter), text, shown(total.amount))
                .opening(&book)
        });
        let is_open = matches!(open, Book::Account(_, Some(_)));
        let title = self.summed(&page.account);
        let parts = if is_open {
            let entries = page.entries.iter().enumerate();
            part(
                self.book_word("entries_of"),
                entries
                    .map(|(at, entry)| self.entry_line(at, entry, shown(entry.amount)))
                    .collect(),
            )
        } else {
            part(self.book_word("by_quarter"), quarters.collect())
        };
        let more = (page.more > 0).then(|| self.book_say("more", &[("n", &page.more.to_string())]));
        let (figure, label) = match open {
            Book::Account(_, Some(quarter)) => {
                let total = page.quarters.iter().find(|(of, _)| of == quarter);
                let amount = total.map(|(_, total)| total.amount).unwrap_or_default();
                (amount, self.quarter(*quarter))
            }
            _ => (page.account.amount, self.book_word("balance")),
        };
        BookPage {
            figure_text: signed(shown(figure)),
            figure_label: label,
            lines: more.into_iter().collect(),
            parts: parts.into_iter().collect(),
            ..self.empty_page(open, title)
        }
    }

    pub(crate) fn quarter(&self, quarter: Month) -> String {
        self.months(quarter, quarter.plus(2).unwrap_or(quarter))
    }

    fn entry_line(&self, at: usize, entry: &EntryLine, amount: Fen) -> BookRow {
        let memo = self.telling.word("memo", entry.memo.word());
        let title = entry.home.as_ref().map_or_else(|| memo.clone(), |at| format!("{memo} {at}"));
        let id = format!("{at}/{}", entry.fact.to_hex());
        row(id, title, self.day(entry.day), amount).opening(&Book::Entry(entry.fact))
    }

    fn entry(&self, open: &Book, page: &EntryPage) -> BookPage {
        let author = page.author.map(|person| self.keeper(&person));
        let paper = page.paper.as_ref().map(|text| self.book_say("paper", &[("text", text)]));
        let mut lines = vec![self.telling.stamp(page.when)];
        lines.extend(author.map(|who| self.book_say("signed_by", &[("who", &who)])));
        lines.extend(paper);
        let sums = page.sums.iter();
        let rows = sums
            .map(|sum| row(sum.name.clone(), self.summed(sum), String::new(), sum.amount))
            .collect();
        BookPage {
            lines,
            parts: part(self.book_word("postings"), rows).into_iter().collect(),
            pictures: page.proof.iter().map(attachment).collect(),
            ..self.empty_page(open, self.telling.word("memo", page.memo.word()))
        }
    }
}

/// Returns a balance as people read it: what came in and what is held for others is above zero.
fn natural(class: Class, amount: Fen) -> Fen {
    match class {
        Class::Assets | Class::Expenses => amount,
        Class::Liabilities | Class::Income => Fen::ZERO.minus(amount).unwrap_or_default(),
    }
}

/// Writes what was paid of what fell due as per cent with one digit, never rounded up to all of it.
fn rate(paid: Fen, billed: Fen) -> String {
    let per_mille = i128::from(paid.get()).saturating_mul(1000).checked_div(billed.get().into());
    let per_mille = per_mille.unwrap_or_default();
    format!("{}.{} %", per_mille / 10, per_mille % 10)
}

/// Tells what a problem is about, and the home or the fact to look at.
fn told(problem: &LedgerProblem) -> (String, Option<&UnitCode>, Option<FactId>) {
    match problem {
        LedgerProblem::VoidAfterCount { unit, receipt }
        | LedgerProblem::PaidTwice { unit, receipt }
        | LedgerProblem::ScannedOnly { unit, receipt } => {
            (unit.to_string(), Some(unit), Some(*receipt))
        }
        LedgerProblem::OverRefund { unit, refund } => (unit.to_string(), Some(unit), Some(*refund)),
        LedgerProblem::NumberTwice { number, receipts } => {
            (number.to_string(), None, receipts.first().copied())
        }
        LedgerProblem::ReferenceTwice { reference: text, receipts, .. }
        | LedgerProblem::SlipTwice { slip: text, receipts } => {
            let homes = receipts.iter().map(|(unit, _)| format!(" · {unit}")).collect::<String>();
            let (unit, last) = receipts.last().map(|(unit, id)| (unit, *id)).unzip();
            (format!("{text}{homes}"), unit, last)
        }
        LedgerProblem::Gap { prefix, month, from, to } => {
            (format!("{prefix} {month} {from}–{to}"), None, None)
        }
        LedgerProblem::CountedTwice { count } => (String::new(), None, Some(*count)),
        LedgerProblem::TakenTwice { fact }
        | LedgerProblem::OtherSlip { fact }
        | LedgerProblem::Differs { fact }
        | LedgerProblem::Overdrawn { fact }
        | LedgerProblem::Provisional { fact }
        | LedgerProblem::OtherLow { fact } => (String::new(), None, Some(*fact)),
    }
}
