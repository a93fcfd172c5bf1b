//! A phone core that writes reports, and a receipt after each, until it is killed: for the kill tests.
//!
//! Usage: `writer FOLDER COUNT [PAUSE_AT [receipt]]`. Prints `done N` after each report that is durable,
//! `receipt N` after each receipt, and `paused` when it stands between the writes and the COMMIT of report
//! `PAUSE_AT`, or of the receipt after it.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a program of the tests")]

use std::{
    io::{Read as _, Write as _},
    path::Path,
};

use linli_domain::{
    kernel::{Day, Fen, PersonId, Role, Scope, UnitCode},
    payments::{
        Method, RoundFields,
        account::{Asked, ReceiptAsked},
    },
};
use linli_io::{SqliteStore, SystemChance, clock, keys};
use linli_replica::{Ask, Done, Replica, money};
use linli_seal::DeviceKeys;
use linli_tests::{FirstDay, NOON, grant, report};
use linli_wire::FactId;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = Path::new(arguments.first().unwrap());
    let count: u32 = arguments.get(1).unwrap().parse().unwrap();
    let pause_at: Option<u32> = arguments.get(2).map(|at| at.parse().unwrap());
    let keys = keys::open_or_make(&folder.join("writer.key"), None).unwrap();
    let file = folder.join("writer.db");
    let mut replica = if file.exists() {
        Replica::open(SqliteStore::open(&file).unwrap(), keys).unwrap()
    } else {
        first_day(&keys).member(SqliteStore::open(&file).unwrap(), &keys)
    };
    let round = round(&mut replica);
    let receipts_paused = arguments.get(3).is_some_and(|word| word == "receipt");
    let written = replica.count_repairs(None).unwrap();
    say("ready");
    for number in written..written + count {
        let is_paused = pause_at == Some(number - written);
        if is_paused && !receipts_paused {
            pause(&mut replica);
        }
        let ask = Ask::repair(None, report(number));
        replica.ask(&ask, 0, clock::now(), &mut SystemChance).unwrap();
        say(&format!("done {number}"));
        if is_paused && receipts_paused {
            pause(&mut replica);
        }
        receive(&mut replica, round, number);
        say(&format!("receipt {number}"));
    }
}

/// The writer is head of its building, and of the company, so that it gives itself a round.
fn first_day(keys: &DeviceKeys) -> FirstDay {
    let mut day = FirstDay::new(&[keys]);
    let before = day.founder.outbox().unwrap().len();
    let ask = grant(keys, PersonId([1; 16]), Role::Property, Scope::Community);
    day.founder.ask(&ask, 0, NOON, &mut SystemChance).unwrap();
    let packs = day.founder.outbox().unwrap();
    day.log.append(packs.get(before..).unwrap());
    day
}

/// The round that was opened, or a new one.
fn round(replica: &mut Replica<SqliteStore>) -> FactId {
    let now = clock::now();
    if let Some(round) = replica.rounds(true, now).unwrap().first() {
        return round.id;
    }
    let today = Day::of(now, 480).unwrap();
    let collector = replica.viewer(now).unwrap().person;
    let (building, units) = (Some("3".to_owned()), vec![home()]);
    let (from, to) = (today, today.in_days(3).unwrap());
    let fields = RoundFields { building, collector, units, from, to };
    write(replica, money::Ask::OpenRound(fields, money::Doors::Named))
}

fn home() -> UnitCode {
    UnitCode::parse("3-2-501").unwrap()
}

fn receive(replica: &mut Replica<SqliteStore>, round: FactId, number: u32) {
    let asked = ReceiptAsked {
        amount: Fen::new(i64::from(number) + 1),
        method: Method::Cash,
        choice: None,
        slip: None,
        reference: None,
        reason: None,
        ahead: true,
    };
    let (asked, round) = (Asked::Receive(asked), Some(round));
    write(replica, money::Ask::Home { unit: home(), asked, round, draft: None });
}

fn write(replica: &mut Replica<SqliteStore>, asked: money::Ask) -> FactId {
    let done = replica.ask(&Ask::Money(asked), 0, clock::now(), &mut SystemChance).unwrap();
    let Done::Written(id) = done else { unreachable!("nothing is held") };
    id
}

fn pause(replica: &mut Replica<SqliteStore>) {
    replica.store_mut().set_pause(Some(Box::new(|| {
        say("paused");
        let _ = std::io::stdin().read(&mut [0]);
    })));
}

fn say(line: &str) {
    println!("{line}");
    std::io::stdout().flush().unwrap();
}
