//! Founding from a roster with real desks and a real relay.
#![expect(clippy::unwrap_used, reason = "test code")]

use std::{
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};

const TOKEN: &str = "an-operators-token";
const HEYUAN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/heyuan/roster.csv");
const ROSTER: &str =
    "楼号,单元,房号,用途,面积,业主\n3,2,501,住宅,89.37,样例甲\n3,2,502,住宅,78.90,样例乙\n";

fn linli(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_linli"));
    command.args(["--lang", "en"]).args(arguments).output().unwrap()
}

/// What a step says, if it is done.
fn done(arguments: &[&str]) -> String {
    let output = linli(arguments);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let why = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{arguments:?}: {said}{why}");
    said
}

/// What a step says, if it is not done.
fn refused(arguments: &[&str]) -> String {
    let output = linli(arguments);
    assert!(!output.status.success(), "{arguments:?}");
    String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
}

struct Relay {
    child: Child,
    url: String,
}

impl Relay {
    fn start(data: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_linli"))
            .args(["relay", "--operator-token", TOKEN, "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.trim().rsplit(' ').next().unwrap().to_owned();
        Self { child, url }
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct Ground {
    folder: tempfile::TempDir,
    relay: Relay,
}

impl Ground {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let relay = Relay::start(&folder.path().join("relay"));
        Self { folder, relay }
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    /// Writes a file and names it.
    fn file(&self, name: &str, text: &str) -> String {
        let path = self.path(name);
        std::fs::write(&path, text).unwrap();
        path
    }
}

/// Files below a folder that hold a text.
fn holding(folder: &Path, text: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(holding(&path, text));
        } else if std::fs::read(&path)
            .unwrap()
            .windows(text.len())
            .any(|part| part == text.as_bytes())
        {
            found.push(path);
        }
    }
    found
}

#[test]
fn heyuan_is_founded_and_who_its_owners_are_stays_in_one_file() {
    let ground = Ground::new();
    let desk = ground.path("desk");
    let begin = ["found", "--roster", HEYUAN, "--name", "和园", "--desk", &desk, "--trial"];
    let relay = ["--relay", &ground.relay.url, "--operator-token", TOKEN];
    let said = done(&[&begin[..], &relay].concat());
    assert!(said.starts_with("Founded: "), "{said}");
    let status = done(&["status", &desk]);
    assert!(status.contains("desk: 和园, seq ") && status.contains(" 0 not sent"), "{status}");
    let register = Path::new(&desk).join("register.json");
    assert_eq!(holding(ground.folder.path(), "样例0001甲"), std::slice::from_ref(&register));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&register).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let again = refused(&[&begin[..], &relay].concat());
    assert!(again.contains("in a community already"), "{again}");
}

#[test]
fn a_bad_roster_founds_nothing_and_leaves_nothing_behind() {
    let ground = Ground::new();
    let desk = ground.path("desk");
    let roster = ground.file("roster.csv", &ROSTER.replace("89.37", "893700"));
    let begin = ["found", "--roster", &roster, "--name", "和园", "--desk", &desk, "--trial"];
    let relay = ["--relay", &ground.relay.url, "--operator-token", TOKEN];
    let said = refused(&[&begin[..], &relay].concat());
    assert_eq!(
        said,
        "line 2, column 5 (面积): the area “893700” is too large (at most 100000 m²); is the decimal \
         point missing?\n1 problem; nothing was founded.\n"
    );
    assert!(!Path::new(&desk).exists());
    // The relay says no: the community waits for a better token.
    let good = ground.file("roster.csv", ROSTER);
    assert_eq!(good, roster);
    let wrong = ["--relay", &ground.relay.url, "--operator-token", "another"];
    let waiting = refused(&[&begin[..], &wrong].concat());
    assert!(waiting.contains("the relay said no") && waiting.contains("go on with"), "{waiting}");
    done(&[&["found", "finish", "--desk", &desk][..], &relay].concat());
    assert!(done(&["status", &desk]).contains(" 0 not sent"));
}

#[test]
fn two_of_three_desks_sign_and_the_third_comes_in() {
    let ground = Ground::new();
    let roster = ground.file("roster.csv", ROSTER);
    let [one, two, three] = ["one", "two", "three"].map(|desk| ground.path(desk));
    let keys_two = ground.file("two.keys", &done(&["found", "keys", "--desk", &two]));
    let keys_three = ground.file("three.keys", &done(&["found", "keys", "--desk", &three]));
    let begin =
        ["found", "--roster", &roster, "--name", "和园", "--desk", &one, "--founders", "2/3"];
    let few = refused(&[&begin[..], &["--keys", &keys_two]].concat());
    assert!(few.contains("3 founders are named, but there are keys of 2"), "{few}");
    let drafted = done(&[&begin[..], &["--keys", &keys_two, "--keys", &keys_three]].concat());
    assert!(drafted.contains("when 2 of 3 have"), "{drafted}");
    let draft = ground.path("one/draft.txt");
    let signed = linli(&["found", "sign", &draft, "--desk", &two]);
    let shown = String::from_utf8(signed.stderr).unwrap();
    for part in ["和园  rules: cn", "founders who sign: 2/3", "(this desk)", "168.27", "heads 2"]
    {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let signature = ground.file("two.signature", &String::from_utf8(signed.stdout).unwrap());
    let finish = [
        "found",
        "finish",
        "--desk",
        &one,
        "--relay",
        &ground.relay.url,
        "--operator-token",
        TOKEN,
    ];
    assert!(refused(&finish).contains("Too few founders have signed."));
    // The draft is drawn up anew from a corrected roster: the signature is over another one.
    let old = std::fs::read_to_string(&draft).unwrap();
    ground.file("roster.csv", &ROSTER.replace("78.90", "79.80"));
    done(&[&begin[..], &["--keys", &keys_two, "--keys", &keys_three]].concat());
    let other = refused(&[&finish[..], &["--signature", &signature]].concat());
    assert!(other.contains("signed for another draft"), "{other}");
    std::fs::write(&draft, old).unwrap();
    done(&[&finish[..], &["--signature", &signature]].concat());
    let charter = ground.path("one/charter.txt");
    for desk in [&two, &three] {
        let entered = done(&["found", "enter", &charter, "--desk", desk]);
        assert!(entered.contains("Entered 和园"), "{entered}");
    }
    // Telling the relay again changes nothing.
    done(&[&finish[..], &["--signature", &signature]].concat());
    for desk in [&one, &two, &three] {
        let status = done(&["status", desk]);
        assert!(status.contains("和园") && status.contains(" 0 not sent"), "{status}");
    }
    let register = Path::new(&one).join("register.json");
    assert_eq!(holding(ground.folder.path(), "样例甲").len(), 2, "the roster and the register");
    assert!(holding(ground.folder.path(), "样例甲").contains(&register));
}
