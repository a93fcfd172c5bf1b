//! The end of the day: do all phones hold the same, and did anything leak?

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    time::Duration,
};

use linli_domain::{kernel::Fen, payments::ledger::Ledger};
use linli_io::{SqliteStore, clock, keys};
use linli_replica::{
    AskError, CircleDigest, Replica,
    store::{Store as _, Table},
};
use linli_wire::FactId;
use serde_json::json;

use super::{Step, day::CANARY, phone::Trouble, photo, teller::Teller};

/// How a phone refuses what only the office holds.
const NOT_YOURS: &str = "payments.not_yours";

fn other(error: impl ToString) -> Trouble {
    Trouble::Other(error.to_string())
}

/// Opens a phone's files after its process has ended.
pub(crate) fn open(folder: &Path) -> Result<Replica<SqliteStore>, String> {
    let (file, key) = (folder.join("community-0.db"), folder.join("keys/0.key"));
    // Looking must not make what is missing.
    if let Some(missing) = [&file, &key].into_iter().find(|path| !path.exists()) {
        return Err(format!("{}: no such file", missing.display()));
    }
    let keys = keys::open_or_make(&key, None).map_err(|error| error.to_string())?;
    let store = SqliteStore::open(&file).map_err(|error| error.to_string())?;
    Replica::open(store, keys).map_err(|error| error.to_string())
}

/// What comparing all phones came to.
pub(crate) struct Compared {
    /// Facts and rows that are not what they were written as, or do not follow, by phone.
    pub(crate) altered: BTreeMap<String, BTreeSet<FactId>>,
    /// Phones whose books are not the first one's.
    pub(crate) other_books: BTreeSet<String>,
    /// Whether all else is as it must be: circles, who holds books, what they sum to, no leak.
    pub(crate) rest: bool,
}

impl Compared {
    pub(crate) fn agree(&self) -> bool {
        self.rest && self.altered.is_empty() && self.other_books.is_empty()
    }
}

/// Compares all phones, circle by circle, and each with its own facts; the phones of the office, and no others,
/// hold the books.
pub(crate) fn tell(
    phones: &[(String, PathBuf)],
    office: &[String],
    (relay, wire): (&Path, &[u8]),
    took: Duration,
    teller: &mut Teller,
) -> Step<Compared> {
    let mut circles: BTreeMap<String, Vec<(String, CircleDigest)>> = BTreeMap::new();
    let (mut altered, mut facts, mut packs) = (BTreeMap::new(), 0, 0);
    let mut books: Vec<(String, Ledger)> = Vec::new();
    for (who, folder) in phones {
        let replica = open(folder).map_err(Trouble::Other)?;
        let (store, now) = (replica.store(), clock::now());
        facts = facts.max(store.scan(Table::Fact, &[], None, usize::MAX).map_err(other)?.len());
        packs = packs.max(store.scan(Table::Log, &[], None, usize::MAX).map_err(other)?.len());
        let differ: BTreeSet<FactId> = replica.audit().map_err(other)?.into_iter().collect();
        if !differ.is_empty() {
            altered.insert(who.clone(), differ);
        }
        match replica.ledger(now) {
            Ok(ledger) => books.push((who.clone(), ledger)),
            // Who is not of the office holds a part of the books only.
            Err(AskError::Refused(word)) if word == NOT_YOURS => {}
            Err(error) => return Err(other(error)),
        }
        for digest in replica.digests(now).map_err(other)? {
            circles.entry(digest.circle.clone()).or_default().push((who.clone(), digest));
        }
    }
    teller.line(teller.pick("\n== 小结", "\n== Summary"));
    let rows = altered.iter().flat_map(|(who, rows)| rows.iter().map(move |row| (who, row)));
    let told = rows.map(|(who, row)| {
        let (zh, en) = ("与事实不符", "does not follow from its facts");
        teller.pick(&format!("{who}：行 {row} {zh}"), &format!("{who}: row {row} {en}")).to_owned()
    });
    let told: Vec<String> = told.collect();
    for line in &told {
        teller.line(line);
    }
    let (data, same) = circles_agree(&circles, teller);
    let (even, other_books) = books_balance(&books, office, teller);
    let leaks = leaks(phones, relay, wire)?;
    for leak in &leaks {
        teller
            .say(&format!("泄漏：明文出现在 {leak}"), &format!("LEAK: a text was found in {leak}"));
    }
    let relay_bytes = size(relay);
    let (on_wire, at_relay, took_s) = (wire.len() / 1024, relay_bytes / 1024, took.as_secs_f64());
    teller.say(
        &format!(
            "  {facts} 条事实，{packs} 个包，网络上 {on_wire} KiB，中转服务 {at_relay} KiB，{took_s:.1} 秒"
        ),
        &format!(
            "  {facts} facts, {packs} packs, {on_wire} KiB on the wire, {at_relay} KiB at the relay, \
             {took_s:.1} s"
        ),
    );
    let compared = Compared { altered, other_books, rest: same && even && leaks.is_empty() };
    let agree = compared.agree();
    if agree {
        // The same words in every language: scripts look for them.
        teller.line(&format!("{} phones agree", phones.len()));
    }
    teller.summary(json!({
        "facts": facts, "packs": packs, "wire_bytes": wire.len(), "relay_bytes": relay_bytes,
        "seconds": took.as_secs_f64(), "digests": data, "altered": told, "leaks": leaks,
        "agree": agree, "phones": phones.len(),
    }));
    Ok(compared)
}

/// The office holds the books, nobody else does, and they sum to zero; names whose are not the first one's.
fn books_balance(
    books: &[(String, Ledger)],
    office: &[String],
    teller: &Teller,
) -> (bool, BTreeSet<String>) {
    let holders = books.iter().map(|(who, _)| who.as_str()).collect::<Vec<_>>().join(" ");
    let Some(((_, first), others)) = books.split_first() else {
        teller.say("没有一部手机有账册", "no phone holds the books");
        return (false, BTreeSet::new());
    };
    let sum_of = |ledger: &Ledger| {
        let sums = ledger.entries().iter().flat_map(|entry| ledger.postings(entry));
        Fen::sum(sums.map(|(_, amount)| amount))
    };
    let even = books.iter().all(|(_, ledger)| sum_of(ledger) == Some(Fen::ZERO));
    let differ = others.iter().filter(|(_, ledger)| ledger != first);
    let differ: BTreeSet<String> = differ.map(|(who, _)| who.clone()).collect();
    let (entries, open) = (first.entries().len(), first.problems.len());
    let right = holders == office.join(" ");
    if !right {
        let office = office.join(" ");
        teller.say(
            &format!("有账册的应是 {office}，实际是 {holders}"),
            &format!("the books are held by {holders}, not by {office}"),
        );
    }
    if even && differ.is_empty() {
        teller.say(
            &format!("  账册 {entries} 笔分录，合计 0.00，{open} 件待办  {holders}"),
            &format!("  books: {entries} entries that sum to 0.00, {open} to look into  {holders}"),
        );
    } else {
        let sum = sum_of(first);
        teller.say(
            &format!("账册不平或不一致：合计 {sum:?}，{holders}"),
            &format!("the books do not balance or differ: they sum to {sum:?}, {holders}"),
        );
    }
    (even && right, differ)
}

/// Tells of every circle who holds what; returns the same as data, and whether all agree.
fn circles_agree(
    circles: &BTreeMap<String, Vec<(String, CircleDigest)>>,
    teller: &Teller,
) -> (Vec<serde_json::Value>, bool) {
    let mut agree = true;
    let (mut data, mut homes) = (Vec::new(), BTreeMap::new());
    for (circle, digests) in circles {
        // One line for those who hold the same.
        let mut same: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for (who, digest) in digests {
            same.entry(digest.hash().to_string()).or_default().push(who);
        }
        // Homes are many: those that agree are told by who keeps them.
        match same.iter().next() {
            Some((_, who)) if same.len() == 1 && circle.starts_with("home/") => {
                let count = homes.entry(who.join(" ")).or_insert(0_usize);
                *count = count.saturating_add(1);
            }
            _ => {
                for (hash, who) in same {
                    teller.line(&format!("  {circle:<14} {hash}  {}", who.join(" ")));
                }
            }
        }
        for (who, digest) in digests {
            data.push(json!({ "circle": circle, "phone": who, "hash": digest.hash().to_hex() }));
        }
        agree &= compare(circle, digests, teller);
    }
    for (who, count) in homes {
        teller.say(
            &format!("  {count} 户的账目一致  {who}"),
            &format!("  {count} homes agree  {who}"),
        );
    }
    (data, agree)
}

/// Names what differs between the first phone of a circle and each other one.
fn compare(circle: &str, digests: &[(String, CircleDigest)], teller: &Teller) -> bool {
    let Some(((first, reference), others)) = digests.split_first() else { return true };
    let mut agree = true;
    for (who, digest) in others {
        if digest == reference {
            continue;
        }
        agree = false;
        if digest.head != reference.head {
            teller.say(
                &format!("{circle}：{first}和{who}的日志头不同"),
                &format!("{circle}: the log heads of {first} and {who} differ"),
            );
        }
        if digest.documents != reference.documents {
            teller.say(
                &format!("{circle}：{first}和{who}的文档不同"),
                &format!("{circle}: the documents of {first} and {who} differ"),
            );
        }
        let ids = reference.rows.keys().chain(digest.rows.keys());
        for id in ids.filter(|id| reference.rows.get(id) != digest.rows.get(id)) {
            teller.say(
                &format!("{circle}：{first}和{who}的行 {id} 不同"),
                &format!("{circle}: row {id} of {first} and {who} differs"),
            );
        }
    }
    agree
}

/// Looks for what nobody may find: the canary and what is seen on photos, at the relay and on the
/// wire; where a photo was taken, on the phones' disks as well.
fn leaks(phones: &[(String, PathBuf)], relay: &Path, wire: &[u8]) -> Step<Vec<String>> {
    let secret = [CANARY, photo::SEEN, photo::WHERE];
    let has = |bytes: &[u8], needle: &str| {
        bytes.windows(needle.len()).any(|part| part == needle.as_bytes())
    };
    let mut leaks = Vec::new();
    if secret.iter().any(|needle| has(wire, needle)) {
        leaks.push("wire".to_owned());
    }
    let mut look = |folder: &Path, needles: &[&str]| -> Step {
        for path in files(folder)? {
            let bytes = std::fs::read(&path)?;
            if needles.iter().any(|needle| has(&bytes, needle)) {
                leaks.push(path.display().to_string());
            }
        }
        Ok(())
    };
    look(relay, &secret)?;
    for (_, folder) in phones {
        look(folder, &[photo::SEEN, photo::WHERE])?;
    }
    Ok(leaks)
}

/// Lists the files in a folder and in those below it.
fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    Ok(found)
}

fn size(folder: &Path) -> u64 {
    let files = files(folder).unwrap_or_default().into_iter();
    files.filter_map(|path| path.metadata().ok()).map(|data| data.len()).sum()
}
