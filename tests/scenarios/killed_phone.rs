//! A phone core is killed while it writes: what was acknowledged is there, once; what was not
//! committed is not.

use std::{
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Command, Stdio},
};

use linli_io::{SqliteStore, keys};
use linli_replica::Replica;
use linli_tests::texts;

/// Runs the writer until it has said `after` lines that begin with `done`, or until it pauses, and
/// kills it. Returns the numbers it acknowledged and whether it paused.
fn run_and_kill(folder: &Path, after: usize, pause_at: Option<u32>) -> (Vec<u32>, bool) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_writer"));
    command.arg(folder).arg("1000");
    command.args(pause_at.map(|at| at.to_string()));
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let (mut done, mut paused) = (Vec::new(), false);
    let output = child.stdout.take().unwrap();
    let mut lines = BufReader::new(output).lines();
    while done.len() < after {
        let line = lines.next().unwrap().unwrap();
        if line == "paused" {
            paused = true;
            break;
        }
        done.extend(line.strip_prefix("done ").map(|number| number.parse::<u32>().unwrap()));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    // What it said before it died counts as acknowledged, too.
    for line in lines.map_while(Result::ok) {
        done.extend(line.strip_prefix("done ").map(|number| number.parse::<u32>().unwrap()));
    }
    (done, paused)
}

fn reopened(folder: &Path) -> Vec<String> {
    let keys = keys::open_or_make(&folder.join("writer.key"), None).unwrap();
    let store = SqliteStore::open(&folder.join("writer.db")).unwrap();
    let replica = Replica::open(store, keys).unwrap();
    assert_eq!(replica.audit().unwrap(), vec![]);
    texts(&replica)
}

#[test]
fn fifty_kills_lose_nothing_acknowledged_and_double_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut acknowledged = Vec::new();
    for round in 0..50_u32 {
        let pause_at = (round % 5 < 2).then_some(round % 3);
        let after = usize::try_from(round % 4 + 4).unwrap();
        let (done, paused) = run_and_kill(folder.path(), after, pause_at);
        assert_eq!(paused, pause_at.is_some());
        acknowledged.extend(&done);
        let texts = reopened(folder.path());
        for number in &acknowledged {
            let text = format!("路面第 {number} 处破损");
            assert_eq!(texts.iter().filter(|known| **known == text).count(), 1, "{text}");
        }
        let extra = texts.len() - acknowledged.len();
        if paused {
            let count = u32::try_from(acknowledged.len()).unwrap();
            let absent = format!("路面第 {count} 处破损");
            assert!(!texts.contains(&absent), "not committed, so not there");
            assert_eq!(extra, 0);
        } else {
            // Killed between the commit and its word to the parent: at most that one.
            assert!(extra <= 1, "{extra}");
            let next = u32::try_from(acknowledged.len()).unwrap();
            acknowledged.extend((extra == 1).then_some(next));
        }
    }
    assert!(acknowledged.len() > 100);
}
