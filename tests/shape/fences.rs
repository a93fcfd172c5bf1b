//! Fences over `cargo metadata`: direct dependencies, features, licences, the size of the tree.

use std::{
    collections::{BTreeMap, BTreeSet},
    process::Command,
    sync::OnceLock,
};

use serde_json::Value;

/// Who may name which crates of ours directly.
const OURS: &[(&str, &[&str])] = &[
    ("linli-wire", &[]),
    ("linli-seal", &["linli-wire"]),
    ("linli-domain", &["linli-wire"]),
    ("linli-replica", &["linli-wire", "linli-seal", "linli-domain"]),
    ("linli-app", &["linli-wire", "linli-domain", "linli-replica"]),
    ("linli-io", &["linli-wire", "linli-seal", "linli-domain", "linli-replica", "linli-app"]),
    ("shared", &["linli-wire", "linli-domain", "linli-replica", "linli-app", "linli-io"]),
    ("linli-relay", &["linli-wire"]),
    ("bindgen", &[]),
    ("linli-ci", &[]),
];

/// Which crates may name a library directly.
const LIBRARIES: &[(&str, &[&str])] = &[
    ("reqwest", &["linli-io"]),
    ("rusqlite", &["linli-io", "linli-relay"]),
    ("crux_core", &["linli-app", "shared"]),
    ("uniffi", &["shared", "bindgen"]),
    ("automerge", &["linli-replica"]),
    ("axum", &["linli-relay"]),
    ("pdf-writer", &["linli-desk"]),
    ("subsetter", &["linli-desk"]),
    ("ttf-parser", &["linli-desk"]),
];

const LICENCES: &[&str] = &[
    "MIT",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "MPL-2.0",
    "Unicode-3.0",
    "Zlib",
    "CDLA-Permissive-2.0",
    "CC0-1.0",
    "Unlicense",
    "BSL-1.0",
    "0BSD",
    "MIT-0",
];

/// Crates that must not be in the desk's tree: image codecs, a binding generator for C, a second
/// TLS stack.
const BANNED: &[&str] = &[
    "image",
    "png",
    "jpeg-decoder",
    "openssl-sys",
    "native-tls",
    "aws-lc-sys",
    "aws-lc-rs",
    "schannel",
];

/// Most packages of the desk's tree on the host; reading rosters takes twenty, QR codes ten, paper three.
const DESK_PACKAGES_MAX: usize = 310;

fn metadata(extra: &[&str]) -> Value {
    let mut command = Command::new(env!("CARGO"));
    command.args(["metadata", "--format-version", "1", "--locked"]).args(extra);
    let output = command.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn all() -> &'static Value {
    static ALL: OnceLock<Value> = OnceLock::new();
    ALL.get_or_init(|| metadata(&[]))
}

fn packages(data: &Value) -> &Vec<Value> {
    data["packages"].as_array().unwrap()
}

fn name(package: &Value) -> &str {
    package["name"].as_str().unwrap()
}

/// Normal and build dependencies of each of our crates, by name.
fn direct(data: &Value) -> BTreeMap<String, BTreeSet<String>> {
    let members: BTreeSet<&str> = data["workspace_members"]
        .as_array()
        .unwrap()
        .iter()
        .map(|id| id.as_str().unwrap())
        .collect();
    packages(data)
        .iter()
        .filter(|package| members.contains(package["id"].as_str().unwrap()))
        .map(|package| {
            let dependencies = package["dependencies"].as_array().unwrap().iter();
            let names = dependencies
                .filter(|dependency| dependency["kind"].as_str() != Some("dev"))
                .map(|dependency| dependency["name"].as_str().unwrap().to_owned());
            (name(package).to_owned(), names.collect())
        })
        .collect()
}

fn broken_fences(direct: &BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    let mut broken = Vec::new();
    let ours: BTreeSet<&str> = direct.keys().map(String::as_str).collect();
    for (owner, allowed) in OURS {
        for dependency in direct.get(*owner).into_iter().flatten() {
            if ours.contains(dependency.as_str()) && !allowed.contains(&dependency.as_str()) {
                broken.push(format!("{owner} names {dependency}"));
            }
        }
    }
    for (library, allowed) in LIBRARIES {
        for (owner, dependencies) in direct {
            if dependencies.contains(*library) && !allowed.contains(&owner.as_str()) {
                broken.push(format!("{owner} names {library}"));
            }
        }
    }
    broken
}

#[test]
fn everybody_names_only_what_they_may() {
    let direct = direct(all());
    assert_eq!(broken_fences(&direct), Vec::<String>::new());
    assert!(OURS.iter().all(|(owner, _)| direct.contains_key(*owner)), "a crate was renamed");
}

#[test]
fn a_relay_that_names_the_business_would_be_noticed() {
    let mut direct = direct(all());
    direct.get_mut("linli-relay").unwrap().insert("linli-domain".to_owned());
    direct.get_mut("linli-domain").unwrap().insert("rusqlite".to_owned());
    let broken = broken_fences(&direct);
    assert_eq!(broken, ["linli-relay names linli-domain", "linli-domain names rusqlite"]);
}

/// Everything that a package pulls in, by package id, over normal and build dependencies.
fn tree(data: &Value, root: &str) -> BTreeSet<String> {
    let nodes = data["resolve"]["nodes"].as_array().unwrap();
    let by_id: BTreeMap<&str, &Value> =
        nodes.iter().map(|node| (node["id"].as_str().unwrap(), node)).collect();
    let root = packages(data).iter().find(|package| name(package) == root).unwrap();
    let mut seen = BTreeSet::new();
    let mut left = vec![root["id"].as_str().unwrap().to_owned()];
    while let Some(id) = left.pop() {
        if !seen.insert(id.clone()) {
            continue;
        }
        for dependency in by_id[id.as_str()]["deps"].as_array().unwrap() {
            let kinds = dependency["dep_kinds"].as_array().unwrap();
            if kinds.iter().any(|kind| kind["kind"].as_str() != Some("dev")) {
                left.push(dependency["pkg"].as_str().unwrap().to_owned());
            }
        }
    }
    seen
}

fn names(data: &Value, ids: &BTreeSet<String>) -> BTreeSet<String> {
    let package =
        |id: &String| packages(data).iter().find(|p| p["id"].as_str() == Some(id)).unwrap();
    ids.iter().map(|id| name(package(id)).to_owned()).collect()
}

#[test]
fn the_relays_whole_tree_knows_no_business() {
    let names = names(all(), &tree(all(), "linli-relay"));
    for crate_of_ours in
        ["linli-seal", "linli-domain", "linli-replica", "linli-app", "linli-io", "shared"]
    {
        assert!(!names.contains(crate_of_ours), "{crate_of_ours}");
    }
    assert!(names.contains("linli-wire"));
}

#[test]
fn the_desks_tree_is_small_and_without_what_is_banned() {
    let host = Command::new("rustc").arg("-vV").output().unwrap();
    let host = String::from_utf8(host.stdout).unwrap();
    let host = host.lines().find_map(|line| line.strip_prefix("host: ")).unwrap().to_owned();
    let data = metadata(&["--filter-platform", &host]);
    let ids = tree(&data, "linli-desk");
    assert!(ids.len() < DESK_PACKAGES_MAX, "{} packages", ids.len());
    let names = names(&data, &ids);
    let banned: Vec<&&str> = BANNED.iter().filter(|banned| names.contains(**banned)).collect();
    assert_eq!(banned, Vec::<&&str>::new());
    let c_bindings = |p: &&Value| name(p) == "bindgen" && p["source"].is_string();
    assert!(
        !packages(&data)
            .iter()
            .filter(|p| ids.contains(p["id"].as_str().unwrap()))
            .any(|p| c_bindings(&p))
    );
}

#[test]
fn nobody_turns_on_the_clock_of_chrono() {
    let nodes = all()["resolve"]["nodes"].as_array().unwrap();
    let chrono = nodes.iter().filter(|node| node["id"].as_str().unwrap().contains("chrono@"));
    let mut found = 0;
    for node in chrono {
        found += 1;
        let features: Vec<&str> =
            node["features"].as_array().unwrap().iter().map(|f| f.as_str().unwrap()).collect();
        for clock in ["clock", "now", "wasmbind"] {
            assert!(!features.contains(&clock), "{features:?}");
        }
    }
    assert_eq!(found, 1);
}

fn is_allowed(licence: &str) -> bool {
    // `OR` gives a choice, `AND` does not; a slash is the old way to write OR.
    let licence = licence.replace('/', " OR ").replace(['(', ')'], " ");
    licence.split(" OR ").any(|choice| {
        choice.split(" AND ").all(|one| {
            let one = one.trim().split(" WITH ").next().unwrap_or_default();
            LICENCES.contains(&one)
        })
    })
}

#[test]
fn every_licence_is_on_the_list() {
    for package in packages(all()) {
        let licence = package["license"].as_str().unwrap_or("none");
        assert!(is_allowed(licence), "{}: {licence}", name(package));
    }
    assert!(!is_allowed("GPL-3.0"));
    assert!(!is_allowed("MIT AND GPL-3.0"));
    assert!(is_allowed("GPL-2.0 OR MIT"));
}
