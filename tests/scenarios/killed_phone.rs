//! A phone core is killed while it writes: what was acknowledged is there, once; what was not
//! committed is not.

use std::{
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Command, Stdio},
};

use linli_domain::{
    kernel::{Fen, UnitCode},
    payments::ledger::LedgerAccount,
};
use linli_io::{SqliteStore, clock, keys};
use linli_replica::Replica;
use linli_tests::texts;

/// Runs the writer until it has said `after` lines that begin with a word, or until it pauses (at a receipt, if
/// the word is of receipts), and kills it. Returns the numbers it acknowledged and whether it paused.
fn run_and_kill(
    folder: &Path,
    after: usize,
    pause_at: Option<u32>,
    word: &str,
) -> (Vec<u32>, bool) {
    let number = |line: &str| {
        let (said, number) = line.split_once(' ')?;
        (said == word).then(|| number.parse::<u32>().unwrap())
    };
    let mut command = Command::new(env!("CARGO_BIN_EXE_writer"));
    command.arg(folder).arg("1000");
    if let Some(at) = pause_at {
        command.args([&at.to_string(), word]);
    }
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
        done.extend(number(&line));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    // What it said before it died counts as acknowledged, too.
    for line in lines.map_while(Result::ok) {
        done.extend(number(&line));
    }
    (done, paused)
}

fn opened(folder: &Path) -> Replica<SqliteStore> {
    let keys = keys::open_or_make(&folder.join("writer.key"), None).unwrap();
    let store = SqliteStore::open(&folder.join("writer.db")).unwrap();
    let replica = Replica::open(store, keys).unwrap();
    assert_eq!(replica.audit().unwrap(), vec![]);
    replica
}

fn reopened(folder: &Path) -> Vec<String> {
    texts(&opened(folder))
}

#[test]
fn fifty_kills_lose_nothing_acknowledged_and_double_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut acknowledged = Vec::new();
    for round in 0..50_u32 {
        let pause_at = (round % 5 < 2).then_some(round % 3);
        let after = usize::try_from(round % 4 + 4).unwrap();
        let (done, paused) = run_and_kill(folder.path(), after, pause_at, "done");
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

#[test]
fn receipts_of_a_killed_phone_have_all_numbers_once_and_the_ledger_is_even() {
    let folder = tempfile::tempdir().unwrap();
    let home = UnitCode::parse("3-2-501").unwrap();
    let (mut acknowledged, mut kills) = (0, 0);
    for run in 0..20_u32 {
        let pause_at = (run % 2 == 0).then_some(run % 3);
        let after = usize::try_from(run % 3 + 2).unwrap();
        let (done, paused) = run_and_kill(folder.path(), after, pause_at, "receipt");
        assert_eq!(paused, pause_at.is_some_and(|at| usize::try_from(at).unwrap() < after));
        (acknowledged, kills) = (acknowledged + done.len(), kills + usize::from(!paused));
        let phone = opened(folder.path());
        let page = phone.home_money(&home, clock::now()).unwrap();
        let receipts = page.receipts();
        // What was said to be there is there; a kill between the commit and its word leaves at most one more.
        let most = acknowledged + kills;
        assert!((acknowledged..=most).contains(&receipts.len()), "{} of {most}", receipts.len());
        let mut numbers: Vec<u16> = receipts.iter().map(|one| one.fields.number.count()).collect();
        numbers.sort_unstable();
        assert!(
            numbers.iter().copied().eq(1..=u16::try_from(receipts.len()).unwrap()),
            "{numbers:?}"
        );
        let ledger = phone.ledger(clock::now()).unwrap();
        let mut in_hand = Fen::ZERO;
        for entry in ledger.entries() {
            let sum = Fen::sum(ledger.postings(entry).map(|(_, amount)| amount));
            assert_eq!(sum, Some(Fen::ZERO));
            let cash = ledger
                .postings(entry)
                .filter(|(account, _)| matches!(account, LedgerAccount::InHand(_)));
            in_hand =
                Fen::sum(cash.map(|(_, amount)| amount)).and_then(|sum| in_hand.plus(sum)).unwrap();
        }
        let taken = Fen::sum(receipts.iter().map(|receipt| receipt.fields.amount));
        assert_eq!((Some(in_hand), ledger.problems), (taken, vec![]));
    }
    assert!(acknowledged >= 30, "{acknowledged}");
}
