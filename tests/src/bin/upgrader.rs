//! A phone core that is killed while it brings an older file up to today's schema.
//!
//! Usage: `upgrader FILE`. Prints `paused` when it stands between the last change and the COMMIT,
//! and waits there.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a program of the tests")]

use std::{
    io::{Read as _, Write as _},
    path::PathBuf,
};

use linli_io::SqliteStore;

fn main() {
    let file = PathBuf::from(std::env::args_os().nth(1).unwrap());
    let pause = || {
        println!("paused");
        std::io::stdout().flush().unwrap();
        let _ = std::io::stdin().read(&mut [0]);
    };
    SqliteStore::open_pausing(&file, Some(Box::new(pause))).unwrap();
    println!("opened");
}
