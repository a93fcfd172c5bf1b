//! The end of the day: do all phones hold the same, and did anything leak?

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    time::Duration,
};

use linli_io::{SqliteStore, clock, keys};
use linli_replica::{
    CircleDigest, Replica,
    store::{Store as _, Table},
};
use serde_json::json;

use super::{
    Step,
    day::{CANARY, End},
    phone::Trouble,
    photo,
    teller::Teller,
};

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

/// Compares all phones, circle by circle, and each with its own facts.
pub(crate) fn tell(
    phones: Vec<(String, PathBuf)>,
    relay: &Path,
    wire: &[u8],
    took: Duration,
    teller: &mut Teller,
) -> Step<End> {
    let mut circles: BTreeMap<String, Vec<(String, CircleDigest)>> = BTreeMap::new();
    let (mut altered, mut facts, mut packs) = (Vec::new(), 0, 0);
    for (who, folder) in &phones {
        let replica = open(folder).map_err(Trouble::Other)?;
        let (store, now) = (replica.store(), clock::now());
        facts = facts.max(store.scan(Table::Fact, &[], None, usize::MAX).map_err(other)?.len());
        packs = packs.max(store.scan(Table::Log, &[], None, usize::MAX).map_err(other)?.len());
        for row in replica.audit().map_err(other)? {
            altered.push(
                teller
                    .pick(
                        &format!("{who}：行 {row} 与事实不符"),
                        &format!("{who}: row {row} does not follow from its facts"),
                    )
                    .to_owned(),
            );
        }
        for digest in replica.digests(now).map_err(other)? {
            circles.entry(digest.circle.clone()).or_default().push((who.clone(), digest));
        }
    }
    teller.line(teller.pick("\n== 小结", "\n== Summary"));
    let mut agree = altered.is_empty();
    for line in &altered {
        teller.line(line);
    }
    let (mut data, mut homes) = (Vec::new(), BTreeMap::new());
    for (circle, digests) in &circles {
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
    let leaks = leaks(&phones, relay, wire)?;
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
    if agree && leaks.is_empty() {
        // The same words in every language: scripts look for them.
        teller.line(&format!("{} phones agree", phones.len()));
    }
    teller.summary(json!({
        "facts": facts, "packs": packs, "wire_bytes": wire.len(), "relay_bytes": relay_bytes,
        "seconds": took.as_secs_f64(), "digests": data, "altered": altered, "leaks": leaks,
        "agree": agree, "phones": phones.len(),
    }));
    Ok(if agree && leaks.is_empty() { End::Agreed } else { End::Disagreed })
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
