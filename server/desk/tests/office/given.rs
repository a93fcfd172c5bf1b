//! A real relay, a committee's phone, and the company's desk with the program `linli`.

use std::{
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Command, Output, Stdio},
};

use linli_domain::{
    kernel::{Role, Scope},
    registry::Terms,
    repairs::{Event, Place, Report},
};
use linli_io::{Member, SystemChance, clock};
use linli_replica::{Ask, Done, WhoApplies, invite::Invite};
use linli_wire::{DeviceId, FactId};

const TOKEN: &str = "an-operators-token";
const ROSTER: &str =
    "楼号,单元,房号,用途,面积,业主\n3,2,501,住宅,89.37,样例甲\n3,2,502,住宅,78.90,样例乙\n";

pub(crate) const PASSPHRASE: &str = "三号楼门口的桂花";

pub(crate) fn linli(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_linli"));
    command.args(["--lang", "en"]).args(arguments).output().unwrap()
}

/// What is said, if it is done.
pub(crate) fn done(arguments: &[&str]) -> String {
    let output = linli(arguments);
    let said = String::from_utf8(output.stdout).unwrap();
    let why = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{arguments:?}: {said}{why}");
    said
}

/// What is said, if it is not done, with the exit code.
pub(crate) fn refused(arguments: &[&str]) -> (i32, String) {
    let output = linli(arguments);
    assert!(!output.status.success(), "{arguments:?}: {output:?}");
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    (output.status.code().unwrap(), said)
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

/// A community: a founder (by library), the company's desk (by program), and more phones.
pub(crate) struct Office {
    folder: tempfile::TempDir,
    relay: Relay,
    pub(crate) founder: Member,
}

/// Somebody with a phone.
pub(crate) type Phone = Member;

impl Office {
    /// Founds a community and lets the company's desk in.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let relay = Relay::start(&folder.path().join("relay"));
        let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
        std::fs::write(path("roster.csv"), ROSTER).unwrap();
        std::fs::write(path("passphrase"), format!("{PASSPHRASE}\n")).unwrap();
        done(&[
            "found",
            "--roster",
            &path("roster.csv"),
            "--name",
            "和园",
            "--desk",
            &path("founder"),
            "--trial",
            "--relay",
            &relay.url,
            "--operator-token",
            TOKEN,
        ]);
        let founder = Member::open(&folder.path().join("founder")).unwrap();
        let mut office = Self { folder, relay, founder };
        office.let_in("desk", Role::Property, "community");
        office
    }

    pub(crate) fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    pub(crate) fn url(&self) -> &str {
        &self.relay.url
    }

    pub(crate) fn invite(&self, role: Role, scope: &str) -> Invite {
        let terms = Terms::of(role, Scope::parse(scope).unwrap());
        let (now, chance) = (clock::now(), &mut SystemChance);
        self.founder.replica.invite(&terms, &self.relay.url, now, chance).unwrap()
    }

    /// Lets a desk in with `linli join`: invited, compared, approved by the founder.
    pub(crate) fn let_in(&mut self, name: &str, role: Role, scope: &str) {
        let (invite, code) = self.apply(name, role, scope);
        self.talk();
        approve(&mut self.founder, &invite, &code, &WhoApplies::NewPerson);
        self.talk();
        self.begins(name);
    }

    /// Gives new keys to whom a desk was lost: two people approve, and the old device ends.
    pub(crate) fn issue_anew(&mut self, name: &str, lost: DeviceId, second: &mut Phone) {
        let (invite, code) = self.apply(name, Role::Property, "community");
        let who = WhoApplies::LostPhoneOf(lost);
        self.talk();
        approve(&mut self.founder, &invite, &code, &who);
        self.talk();
        second.talk(self.url()).unwrap();
        approve(second, &invite, &code, &who);
        second.talk(self.url()).unwrap();
        self.talk();
        let devices = self.founder.replica.devices();
        assert!(devices.iter().any(|entry| entry.device == lost && entry.ended.is_some()));
        self.begins(name);
    }

    /// A desk applies, and shows the six digits once the founder has opened the application.
    fn apply(&mut self, name: &str, role: Role, scope: &str) -> (Invite, String) {
        let (desk, invite) = (self.path(name), self.invite(role, scope));
        let said = done(&["join", "--desk", &desk, "--name", "物业", &invite.to_text()]);
        assert!(said.contains("A reviewer has to open"), "{said}");
        self.talk();
        let said = done(&["sync", "--desk", &desk]);
        let code = said.lines().nth(1).unwrap().to_owned();
        (invite, code)
    }

    /// Once approved, the desk reads everything.
    fn begins(&self, name: &str) {
        let desk = self.path(name);
        let said = done(&["sync", "--desk", &desk]);
        assert!(said.starts_with("和园: Member, read to "), "{said}");
        done(&["sync", "--desk", &desk]);
    }

    /// A phone that joins.
    pub(crate) fn phone(&mut self, name: &str, role: Role, scope: &str) -> Phone {
        let mut phone = Member::open(&self.folder.path().join(name)).unwrap();
        let invite = self.invite(role, scope);
        phone.replica.join(&invite, name, &mut SystemChance).unwrap();
        phone.talk(self.url()).unwrap();
        self.talk();
        phone.talk(self.url()).unwrap();
        let code = phone.replica.standing().unwrap().code.unwrap();
        approve(&mut self.founder, &invite, &code, &WhoApplies::NewPerson);
        self.talk();
        phone.talk(self.url()).unwrap();
        phone.talk(self.url()).unwrap();
        phone
    }

    /// The founder talks to the relay.
    pub(crate) fn talk(&mut self) {
        let url = self.relay.url.clone();
        self.founder.talk(&url).unwrap();
    }
}

/// A reviewer compares the digits and approves.
fn approve(reviewer: &mut Phone, invite: &Invite, code: &str, who: &WhoApplies) {
    let (id, now, chance) = (invite.certificate.invite, clock::now(), &mut SystemChance);
    let applicants = reviewer.replica.applicants(now).unwrap();
    let applicant = applicants.iter().find(|applicant| applicant.invite == id).unwrap();
    assert_eq!(applicant.code.as_deref(), Some(code));
    reviewer.replica.approve(&id, who, now, chance).unwrap();
}

/// A person does something.
#[expect(clippy::panic, reason = "a helper of tests")]
pub(crate) fn ask(phone: &mut Phone, about: Option<FactId>, event: Event) -> FactId {
    let asked = phone.replica.ask(&Ask::repair(about, event), 0, clock::now(), &mut SystemChance);
    match asked.unwrap() {
        Done::Written(id) => id,
        Done::Held(_) => panic!("nothing is held"),
    }
}

/// A report at a place.
pub(crate) fn report(place: &str, class: &str, text: &str) -> Event {
    Event::Report(Report::new(Place::parse(place).unwrap(), class, text))
}

/// The device of a desk.
pub(crate) fn device(desk: &str) -> DeviceId {
    linli_io::folder::open(Path::new(desk), 0, None).unwrap().keys().id()
}
