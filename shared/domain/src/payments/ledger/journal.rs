//! The ledger as a journal that other programs read: `hledger` and `beancount`.
//!
//! Every account is opened and every entry names its fact. A journal that begins later than the ledger opens
//! with what was there, fund by fund. Each month ends with the balance of every account that moved in it, which
//! the other program sums up for itself: that is how two programs find out that they disagree.

use std::{
    collections::BTreeSet,
    fmt::{self, Write},
};

use super::{Entry, Ledger, LedgerAccount, Memo, Purse};
use crate::kernel::{Day, Fen, Month};

/// The program that reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `hledger`, 1.25 or later.
    Hledger,
    /// `beancount`, 3 or later.
    Beancount,
}

/// From a day to a day, both included; open where there is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Days {
    /// The first one.
    pub from: Option<Day>,
    /// The last one.
    pub to: Option<Day>,
}

impl Days {
    /// Tells whether a day is among them.
    #[must_use]
    pub fn has(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// What people read beside the stable names.
pub trait Words {
    /// What an account is called.
    fn account(&self, account: &LedgerAccount) -> String;
    /// What happened.
    fn memo(&self, memo: Memo) -> String;
    /// What the opening balances are called.
    fn opening(&self) -> String;
    /// What the balances of a month are called.
    fn month_end(&self) -> String;
}

/// Why nothing was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotWritten {
    /// A sum cannot be held.
    TooLarge,
    /// The writer failed.
    Writer,
}

impl From<fmt::Error> for NotWritten {
    fn from(_: fmt::Error) -> Self {
        Self::Writer
    }
}

/// Writes the entries of some days.
///
/// # Errors
/// [`NotWritten`].
pub fn journal(
    ledger: &Ledger,
    days: &Days,
    form: Form,
    words: &dyn Words,
    out: &mut impl Write,
) -> Result<(), NotWritten> {
    let names = ledger.chart.iter().map(|account| form.name(&account.name())).collect();
    let sums = vec![Fen::ZERO; ledger.chart.len()];
    let mut page = Page { ledger, form, words, names, sums, moved: BTreeSet::new(), out };
    let before = ledger.entries.iter().take_while(|entry| days.from.is_some_and(|d| entry.day < d));
    let skipped = before.clone().count();
    for entry in before {
        ledger.add(&mut page.sums, entry).ok_or(NotWritten::TooLarge)?;
    }
    let entries = ledger.entries.get(skipped..).unwrap_or_default();
    let some = entries.iter().take_while(|entry| days.to.is_none_or(|to| entry.day <= to)).count();
    let entries = entries.get(..some).unwrap_or_default();
    page.head(days, entries)?;
    page.opening(days)?;
    for of_month in entries.chunk_by(|one, other| Month::of(one.day) == Month::of(other.day)) {
        for entry in of_month {
            page.entry(entry)?;
            ledger.add(&mut page.sums, entry).ok_or(NotWritten::TooLarge)?;
            page.moved.extend(ledger.touched(entry));
        }
        page.month_end(of_month, days)?;
    }
    Ok(())
}

impl Form {
    /// Writes a stable name as the program wants it.
    fn name(self, name: &str) -> String {
        let capital = |part: &str| -> String {
            let first: String = part.chars().take(1).map(|c| c.to_ascii_uppercase()).collect();
            first.chars().chain(part.chars().skip(1)).collect()
        };
        match self {
            Self::Hledger => name.to_owned(),
            Self::Beancount => name.split(':').map(capital).collect::<Vec<_>>().join(":"),
        }
    }
}

/// A journal that is being written.
struct Page<'a, W> {
    ledger: &'a Ledger,
    form: Form,
    words: &'a dyn Words,
    /// The names of the chart.
    names: Vec<String>,
    /// What its accounts have.
    sums: Vec<Fen>,
    /// Accounts that moved in the month.
    moved: BTreeSet<usize>,
    out: &'a mut W,
}

impl<W: Write> Page<'_, W> {
    /// Opens the accounts that occur.
    fn head(&mut self, days: &Days, entries: &[Entry]) -> Result<(), NotWritten> {
        let used: BTreeSet<usize> =
            entries.iter().flat_map(|entry| self.ledger.touched(entry)).collect();
        let opened = days.from.or_else(|| entries.first().map(|entry| entry.day));
        let Some(opened) = opened else { return Ok(()) };
        match self.form {
            Form::Hledger => writeln!(self.out, "commodity 1000.00 CNY\n")?,
            Form::Beancount => {
                writeln!(self.out, "option \"operating_currency\" \"CNY\"\n")?;
                writeln!(self.out, "{opened} commodity CNY")?;
            }
        }
        for (at, account) in self.ledger.chart.iter().enumerate() {
            let carried = account.class().is_carried() && self.sum(at) != Fen::ZERO;
            if used.contains(&at) || carried {
                let (name, said) = (self.name(at).to_owned(), self.words.account(account));
                self.open(opened, &name, &said)?;
            }
        }
        let opened_with = |purse: &Purse| days.from.is_some() && !self.carried(*purse).is_empty();
        let purses: Vec<Purse> = Purse::ALL.into_iter().filter(opened_with).collect();
        for purse in purses {
            let (name, said) = (self.form.name(&opening_name(purse)), self.words.opening());
            self.open(opened, &name, &said)?;
        }
        writeln!(self.out)?;
        Ok(())
    }

    fn open(&mut self, day: Day, name: &str, said: &str) -> Result<(), NotWritten> {
        let said = tame(said);
        match self.form {
            Form::Hledger => writeln!(self.out, "account {name}  ; {said}")?,
            Form::Beancount => writeln!(self.out, "{day} open {name} CNY ; {said}")?,
        }
        Ok(())
    }

    /// The accounts of a fund that have something, and whose balance goes on.
    fn carried(&self, purse: Purse) -> Vec<usize> {
        let chart = self.ledger.chart.iter().enumerate();
        let of = |account: &LedgerAccount| account.purse() == purse && account.class().is_carried();
        let some = |at: &usize| self.sum(*at) != Fen::ZERO;
        chart.filter(|(_, account)| of(account)).map(|(at, _)| at).filter(some).collect()
    }

    /// Tells what was there; income and expenses of earlier days are in the fund's opening balance.
    fn opening(&mut self, days: &Days) -> Result<(), NotWritten> {
        let Some(day) = days.from else { return Ok(()) };
        for purse in Purse::ALL {
            let carried = self.carried(purse);
            if carried.is_empty() {
                continue;
            }
            let said = self.words.opening();
            self.title(day, "opening", &said, None)?;
            for at in &carried {
                self.posting(*at)?;
            }
            let sum = Fen::sum(carried.iter().map(|at| self.sum(*at)));
            let rest = sum.and_then(|sum| Fen::ZERO.minus(sum)).ok_or(NotWritten::TooLarge)?;
            let name = self.form.name(&opening_name(purse));
            writeln!(self.out, "    {name}  {rest} CNY\n")?;
        }
        // Income and expenses begin anew.
        for (at, account) in self.ledger.chart.iter().enumerate() {
            if let Some(sum) = self.sums.get_mut(at).filter(|_| !account.class().is_carried()) {
                *sum = Fen::ZERO;
            }
        }
        Ok(())
    }

    fn title(
        &mut self,
        day: Day,
        word: &str,
        said: &str,
        entry: Option<&Entry>,
    ) -> Result<(), NotWritten> {
        let said = tame(said);
        match self.form {
            Form::Hledger => {
                write!(self.out, "{day} * {word} | {said}")?;
                if let Some(entry) = entry {
                    write!(self.out, "  ; fact:{}", entry.fact.to_hex())?;
                }
                writeln!(self.out)?;
            }
            Form::Beancount => {
                writeln!(self.out, "{day} * \"{word}\" \"{said}\"")?;
                if let Some(entry) = entry {
                    writeln!(self.out, "    fact: \"{}\"", entry.fact.to_hex())?;
                }
            }
        }
        Ok(())
    }

    fn entry(&mut self, entry: &Entry) -> Result<(), NotWritten> {
        let said = self.words.memo(entry.memo);
        self.title(entry.day, entry.memo.word(), &said, Some(entry))?;
        for (at, amount) in self.ledger.touched(entry).zip(self.ledger.raw(entry)) {
            let name = self.names.get(at).map_or("", String::as_str);
            writeln!(self.out, "    {name}  {} CNY", amount.amount)?;
        }
        writeln!(self.out)?;
        Ok(())
    }

    /// Writes what an account has.
    fn posting(&mut self, at: usize) -> Result<(), NotWritten> {
        let (name, sum) = (self.name(at).to_owned(), self.sum(at));
        writeln!(self.out, "    {name}  {sum} CNY")?;
        Ok(())
    }

    /// Asserts the balances of what moved, on the last day of the month or of the journal.
    fn month_end(&mut self, of_month: &[Entry], days: &Days) -> Result<(), NotWritten> {
        let moved = std::mem::take(&mut self.moved);
        let Some(last) = of_month.last().and_then(|entry| last_day(Month::of(entry.day))) else {
            return Err(NotWritten::TooLarge);
        };
        let last = days.to.map_or(last, |to| to.min(last));
        if self.form == Form::Hledger {
            let said = self.words.month_end();
            self.title(last, "balance", &said, None)?;
        }
        let next = last.next().ok_or(NotWritten::TooLarge)?;
        for at in moved {
            let (name, sum) = (self.name(at).to_owned(), self.sum(at));
            match self.form {
                Form::Hledger => writeln!(self.out, "    {name}  0.00 CNY = {sum} CNY")?,
                // What a balance says holds at the beginning of its day.
                Form::Beancount => writeln!(self.out, "{next} balance {name} {sum} CNY")?,
            }
        }
        writeln!(self.out)?;
        Ok(())
    }

    fn name(&self, at: usize) -> &str {
        self.names.get(at).map_or("", String::as_str)
    }

    fn sum(&self, at: usize) -> Fen {
        self.sums.get(at).copied().unwrap_or_default()
    }
}

fn opening_name(purse: Purse) -> String {
    format!("equity:{}:opening", purse.word())
}

fn last_day(month: Month) -> Option<Day> {
    month.first()?.in_days(u64::from(month.days()?.checked_sub(1)?))
}

/// Takes out what would end a comment, a description or a quotation.
fn tame(text: &str) -> String {
    let tame =
        |c: char| if c.is_control() || matches!(c, ';' | '"' | '|' | '\\') { ' ' } else { c };
    text.chars().map(tame).collect()
}
