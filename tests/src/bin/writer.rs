//! A phone core that writes reports until it is killed: for the kill tests.
//!
//! Usage: `writer FOLDER COUNT [PAUSE_AT]`. Prints `done N` after each report that is durable, and
//! `paused` when it stands between the writes and the COMMIT of report `PAUSE_AT`.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a program of the tests")]

use std::{
    io::{Read as _, Write as _},
    path::Path,
};

use linli_io::{SqliteStore, SystemChance, clock, keys};
use linli_replica::{Ask, Replica};
use linli_tests::{FirstDay, report};

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
        FirstDay::new(&[&keys]).member(SqliteStore::open(&file).unwrap(), &keys)
    };
    let written = replica.count_repairs(None).unwrap();
    say("ready");
    for number in written..written + count {
        if pause_at == Some(number - written) {
            replica.store_mut().set_pause(Some(Box::new(|| {
                say("paused");
                let _ = std::io::stdin().read(&mut [0]);
            })));
        }
        let ask = Ask::repair(None, report(number));
        replica.ask(&ask, 0, clock::now(), &mut SystemChance).unwrap();
        say(&format!("done {number}"));
    }
}

fn say(line: &str) {
    println!("{line}");
    std::io::stdout().flush().unwrap();
}
