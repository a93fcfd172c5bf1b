//! What the books of ten years cost: derived from 240,000 payments, and a year written for another program.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    reason = "a bench measures, prints, and may stop at once"
)]

use std::{collections::BTreeSet, hint::black_box, time::Instant};

use linli_domain::{
    kernel::{Fen, Month, Position},
    payments::{
        Account, BillFields, Conditions, Method, ReceiptFields, ReceiptNumber, Treasury,
        account::{Bill, Receipt},
        books::given::run_of,
        given::{Plain, Street},
        ledger::{
            Ledger, Sources,
            journal::{Days, Form, journal},
            ledger,
        },
    },
    repairs::given::wang,
};
use linli_wire::{DeviceId, FactId};

/// Times that each thing is measured; the middle one is told.
const ROUNDS: usize = 7;

fn id(number: u64) -> FactId {
    let hash = linli_wire::sha256(&[&number.to_be_bytes()]);
    FactId(std::array::from_fn(|at| hash[at]))
}

/// Homes that are billed each month and pay by bank in the next one, some of them late, a few too much.
fn accounts(street: &Street) -> Vec<Account> {
    let mut accounts: Vec<Account> = Vec::new();
    let mut number = 0_u64;
    let mut next = || {
        number += 1;
        number
    };
    for (home, unit) in street.units.iter().enumerate() {
        for (turn, month) in street.months.iter().enumerate() {
            let at = Street::noon(*month, 3).unwrap();
            let year = Account::year_of(at);
            if accounts.last().is_none_or(|last| last.unit != unit.code || last.year != year) {
                accounts.push(Account::new(unit.code.clone(), year));
            }
            let account = accounts.last_mut().unwrap();
            let run = run_of(*month);
            let bill = street.books.run(&run).unwrap();
            let bill = bill.bill(&unit.code, &Conditions::default()).unwrap();
            let (total, charges) = (bill.total, bill.by_charge().unwrap());
            let fields = BillFields {
                unit: unit.code.clone(),
                run,
                conditions: Conditions::default(),
                total,
            };
            let seq = next();
            let place = Some(Position { seq, index: 0, stamp: at });
            let id_of_bill = id(seq);
            let bill = Bill { id: id_of_bill, fields, charges, when: at, place };
            account.bills.insert(id_of_bill, bill);
            // One home in five pays on the last day of the next month, which is late; the year stays.
            let day = if home % 5 == 0 { 28 } else { 9 };
            let at = Street::noon(*month, day).unwrap();
            let more = if (home + turn) % 97 == 0 { 1_234 } else { 0 };
            let seq = next();
            let device = DeviceId([u8::try_from(home % 40).unwrap(); 32]);
            let count = u16::try_from(home / 40 + 1).unwrap();
            let receipt = Receipt {
                id: id(seq),
                fields: ReceiptFields {
                    unit: unit.code.clone(),
                    amount: Fen::new(total.get() + more - i64::from(home % 5 == 0)),
                    method: Method::Bank,
                    number: ReceiptNumber::new(&device, *month, count).unwrap(),
                    choice: None,
                    round: None,
                    slip: None,
                    reference: Some(format!("2026{seq:012}")),
                    reason: None,
                    ahead: true,
                },
                author: wang(),
                at,
                when: at,
                place: Some(Position { seq, index: 0, stamp: at }),
                acknowledged: BTreeSet::new(),
                scanned_only: false,
                void: None,
                credit_kept: false,
            };
            account.receipts.insert(receipt.id, receipt);
        }
    }
    accounts
}

/// The middle of some runs, in ms.
fn middle(mut run: impl FnMut()) -> f64 {
    let mut times: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let begun = Instant::now();
            run();
            begun.elapsed().as_secs_f64() * 1_000.0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times.get(ROUNDS / 2).copied().unwrap()
}

fn derived(street: &Street, accounts: &[Account]) -> Ledger {
    let (books, law, treasury) = (&street.books, &street.law, &Treasury::default());
    ledger(&Sources { accounts, rounds: &[], books, treasury, law }).unwrap()
}

fn main() {
    let (few, many) = (Street::new(100, 10).unwrap(), Street::new(2_000, 120).unwrap());
    let (small, large) = (accounts(&few), accounts(&many));
    let of_few = middle(|| {
        // As many payments as one large run has a fiftieth of, so that the clock can tell.
        for _ in 0..5 {
            black_box(derived(&few, &small));
        }
    });
    let of_many = middle(|| {
        black_box(derived(&many, &large));
    });
    let (each_few, each_many) = (of_few / 5.0 / 1_000.0, of_many / 240_000.0);
    println!("derive 240,000 payments and bills: {of_many:.0} ms");
    println!("a payment among 1,000: {:.2} us", each_few * 1_000.0);
    println!(
        "a payment among 240,000: {:.2} us, ratio {:.2}",
        each_many * 1_000.0,
        each_many / each_few
    );
    let books = derived(&many, &large);
    let year = many.months.get(108).copied().unwrap();
    let days = Days {
        from: year.first(),
        to: year.plus(11).and_then(Month::first).and_then(|day| day.in_days(30)),
    };
    for (name, form) in [("hledger", Form::Hledger), ("beancount", Form::Beancount)] {
        let mut bytes = 0;
        let time = middle(|| {
            let mut out = String::new();
            journal(&books, &days, form, &Plain, &mut out).unwrap();
            bytes = out.len();
        });
        println!("the tenth year for {name}: {time:.0} ms, {} KiB", bytes / 1_024);
    }
}
