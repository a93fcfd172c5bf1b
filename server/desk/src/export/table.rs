//! The ledger as a table: a line for each posting.

use linli_domain::payments::ledger::{Ledger, journal::Days};

use crate::office::csv::{self, Cell};

const COLUMNS: [&str; 7] = ["day", "entry", "fact", "fund", "class", "account", "amount"];

pub(super) fn write(ledger: &Ledger, days: &Days) -> String {
    let mut out = csv::header(&COLUMNS);
    for entry in ledger.entries().iter().filter(|entry| days.has(entry.day)) {
        for (account, amount) in ledger.postings(entry) {
            out.push_str(&csv::line(&vec![
                ("day", Cell::text(entry.day.to_string())),
                ("entry", Cell::text(entry.memo.word())),
                ("fact", Cell::text(entry.fact.to_hex())),
                ("fund", Cell::text(account.purse().word())),
                ("class", Cell::text(account.class().word())),
                ("account", Cell::text(account.name())),
                ("amount", Cell::Sum(amount)),
            ]));
        }
    }
    out
}
