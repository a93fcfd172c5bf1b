//! The ledger: what each fact moves, what has to be looked into, and that no order of arrival matters.

mod facts;
mod journals;
mod owners;
mod published;
mod random;

use super::*;
use crate::payments::given::Street;

/// What an account has in the end, by its name.
fn balance(ledger: &Ledger, name: &str) -> i64 {
    let last = ledger.entries().last().unwrap().day;
    let balances = ledger.balances(last).unwrap();
    let found = balances.iter().filter(|(account, _)| account.name().contains(name));
    found.map(|(_, sum)| sum.get()).sum()
}

/// Every entry sums to zero, in each fund.
fn assert_even(ledger: &Ledger) {
    for entry in ledger.entries() {
        for purse in Purse::ALL {
            let of_purse = ledger.postings(entry).filter(|(account, _)| account.purse() == purse);
            let sum = Fen::sum(of_purse.map(|(_, amount)| amount));
            assert_eq!(sum, Some(Fen::ZERO), "{entry:?}");
        }
    }
}
