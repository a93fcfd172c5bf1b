//! The exported books, checked by the programs they are for.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use linli_domain::{
    kernel::{Attachment, AttachmentKind, BlobKey, Day, Fen, Month, Role, UnitCode},
    payments::{
        CommonIncomeFields, CommonSource, Emergency, ExpenseFields, Method, Notes, RoundFields,
        TariffFields,
        account::{Asked, ReceiptAsked},
        round, treasury,
    },
    repairs::Place,
};
use linli_io::{Member, SystemChance, clock};
use linli_replica::{Ask, Done, money};
use linli_wire::{FactId, Hash};

use super::given::{Office, done, refused};

const TARIFF: &str = "[[charge]]\nname = \"物业费\"\nkind = \"area\"\nrate = 2.35\n\
    [[charge]]\nname = \"电梯 费\"\nkind = \"fixed\"\nrate = 17.03\n";

fn home(text: &str) -> UnitCode {
    UnitCode::parse(text).unwrap()
}

#[expect(clippy::panic, reason = "a helper of tests")]
fn ask(phone: &mut Member, ask: money::Ask) -> FactId {
    let asked = phone.replica.ask(&Ask::Money(ask), 0, clock::now(), &mut SystemChance);
    match asked.unwrap() {
        Done::Written(id) => id,
        Done::Held(_) => panic!("nothing is held"),
    }
}

fn paid(yuan: &str, method: Method) -> ReceiptAsked {
    ReceiptAsked {
        amount: Fen::parse(yuan).unwrap(),
        method,
        choice: None,
        slip: None,
        reference: (method != Method::Cash).then(|| "2026112700017".to_owned()),
        reason: None,
        ahead: false,
    }
}

fn of_home(unit: &str, asked: Asked, round: Option<FactId>) -> money::Ask {
    money::Ask::Home { unit: home(unit), asked, round, draft: None }
}

fn of_round(round: FactId, asked: round::Asked) -> money::Ask {
    money::Ask::Round { round, asked, draft: None }
}

fn notes(list: &[(i64, u32)]) -> Vec<Notes> {
    let notes = |(worth, pieces): &(i64, u32)| Notes { worth: Fen::new(*worth), pieces: *pieces };
    list.iter().map(notes).collect()
}

fn today() -> Day {
    Day::of(clock::now(), 480).unwrap()
}

/// A bill, cash at the door counted short and banked, a second payment given back in part, a void.
fn traded(office: &mut Office) {
    let url = office.url().to_owned();
    let mut chen = office.phone("chen", Role::Head, "building/3");
    let fields = TariffFields { text: TARIFF.to_owned(), late_per_day: None, decision: None };
    ask(&mut office.founder, money::Ask::Tariff { fields, draft: None });
    office.talk();
    let mut desk = Member::open(Path::new(&office.path("desk"))).unwrap();
    desk.talk(&url).unwrap();
    let month = Month::of(today());
    let run = money::BillAsked { from: month, to: month, due: today(), homes: String::new() };
    ask(&mut desk, money::Ask::Bill { run, draft: None });
    let collector = chen.replica.viewer(clock::now()).unwrap().person;
    let units = vec![home("3-2-501"), home("3-2-502")];
    let (from, to) = (today(), today().in_days(9).unwrap());
    let fields = RoundFields { building: Some("3".to_owned()), collector, units, from, to };
    let round = ask(&mut desk, money::Ask::OpenRound(fields, money::Doors::Named));
    desk.talk(&url).unwrap();
    chen.talk(&url).unwrap();
    let receive = |unit: &str, asked| of_home(unit, Asked::Receive(asked), Some(round));
    ask(&mut chen, receive("3-2-501", paid("227.05", Method::Cash)));
    let wrong = ask(&mut chen, receive("3-2-502", paid("100", Method::Cash)));
    let reason = "写错了".to_owned();
    let void = ask(&mut chen, of_home("3-2-502", Asked::Void { receipt: wrong, reason }, None));
    chen.talk(&url).unwrap();
    desk.talk(&url).unwrap();
    ask(&mut desk, of_home("3-2-502", Asked::Agree { to: void }, None));
    let twice = ReceiptAsked { ahead: true, ..paid("227.05", Method::Wechat) };
    ask(&mut desk, of_home("3-2-501", Asked::Receive(twice), None));
    let back = Asked::Refund {
        amount: Fen::new(20_000),
        method: Method::Bank,
        reason: "重复缴费".to_owned(),
    };
    let back = ask(&mut desk, of_home("3-2-501", back, None));
    desk.talk(&url).unwrap();
    office.talk();
    ask(&mut office.founder, of_home("3-2-501", Asked::Agree { to: back }, None));
    office.talk();
    chen.talk(&url).unwrap();
    let notes = || notes(&[(10_000, 2), (2_000, 1), (500, 1), (200, 1)]);
    let count = round::Asked::Count { notes: notes(), reason: "找零少了五分".to_owned() };
    let count = ask(&mut chen, of_round(round, count));
    chen.talk(&url).unwrap();
    desk.talk(&url).unwrap();
    let recount = ask(&mut desk, of_round(round, round::Asked::Recount { count, notes: notes() }));
    let take = round::Asked::Take { recount, reason: String::new() };
    ask(&mut desk, of_round(round, take));
    let (amount, slip) = (Fen::new(22_700), "工行0917".to_owned());
    let bank = round::Asked::Bank { count, amount, slip, proof: Vec::new() };
    ask(&mut desk, of_round(round, bank));
    desk.talk(&url).unwrap();
}

/// The fund pays for a lift that failed, after common income went to fund and committee; a deposit is held.
fn owned(office: &mut Office) {
    let url = office.url().to_owned();
    let mut desk = Member::open(Path::new(&office.path("desk"))).unwrap();
    desk.talk(&url).unwrap();
    let common = |asked| money::Ask::Treasury { asked, draft: None };
    let fen = Fen::new;
    let (first, reference) = (true, "0917".to_owned());
    ask(
        &mut desk,
        of_home("3-2-501", Asked::PayFund { amount: fen(849_015), first, reference }, None),
    );
    let (amount, purpose) = (fen(200_000), "装修押金".to_owned());
    ask(&mut desk, of_home("3-2-502", Asked::TakeDeposit { amount, purpose }, None));
    let quarter = Month::of(today()).quarter();
    let income = CommonIncomeFields {
        source: CommonSource::Parking,
        quarter,
        amount: fen(90_001),
        cost: fen(10_000),
        voucher: "17".to_owned(),
        proof: Vec::new(),
    };
    ask(&mut desk, common(treasury::Asked::Earn(income)));
    let (place, budget) = (Place::Building("3".to_owned()), fen(300_001));
    let plan = treasury::Asked::Plan { purpose: "电梯".to_owned(), place, repair: None, budget };
    let project = ask(&mut desk, common(plan));
    let urged = ask(&mut desk, common(treasury::Asked::Urge { project, cause: Emergency::Lift }));
    desk.talk(&url).unwrap();
    office.talk();
    let founder = &mut office.founder;
    let (to_fund, to_committee, decision) = (fen(40_001), fen(20_000), Hash([9; 32]));
    let share = treasury::Asked::Share { quarter, to_fund, to_committee, decision };
    ask(founder, common(share));
    ask(founder, common(treasury::Asked::Cosign { to: urged }));
    let invoice = || "发票17".to_owned();
    let (amount, proof) = (fen(300_001), vec![photo()]);
    let spend =
        treasury::Asked::Spend { project, amount, invoice: invoice(), proof: proof.clone() };
    ask(founder, common(spend));
    let (purpose, amount) = ("打印".to_owned(), fen(1_234));
    let pay = ExpenseFields { purpose, amount, invoice: invoice(), proof };
    ask(founder, common(treasury::Asked::Pay(pay)));
    office.talk();
    desk.talk(&url).unwrap();
}

/// A photo that was never taken.
fn photo() -> Attachment {
    let (kind, key, parts) = (AttachmentKind::Photo, BlobKey([7; 32]), vec![Hash([7; 32])]);
    Attachment { kind, key, parts, bytes: 1, turn: 1 }
}

/// Finds a program that `books.sh` got.
fn program(name: &str) -> PathBuf {
    let linli = Path::new(env!("CARGO_BIN_EXE_linli"));
    let books = linli.ancestors().nth(2).unwrap().join("books/bin").join(name);
    if books.exists() { books } else { PathBuf::from(name) }
}

/// Lets a program check a file, and returns what it says.
#[expect(clippy::panic, reason = "a test that cannot go on has to fail")]
fn checked(name: &str, arguments: &[&str]) -> (bool, String) {
    let output = Command::new(program(name)).env("LC_ALL", "C.UTF-8").args(arguments).output();
    let output = output.unwrap_or_else(|error| {
        panic!("{name}: {error}; server/desk/tests/books.sh gets it (cargo ci --only books)")
    });
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    (output.status.success(), said)
}

#[test]
fn hledger_and_beancount_accept_the_books_and_notice_a_changed_figure() {
    let mut office = Office::new();
    let desk = office.path("desk");
    traded(&mut office);
    owned(&mut office);
    let (journal, beans) = (office.path("books.journal"), office.path("books.beancount"));
    let year = today().year().to_string();
    for more in [&[][..], &["--year", &year], &["--from", "2099-01-01"]] {
        let export = |form, file| {
            done(&[&["export", form, "--at", &desk, "--out", file][..], more].concat());
        };
        export("hledger", &journal);
        export("beancount", &beans);
        let (good, said) = checked("hledger", &["check", "--strict", "-f", &journal]);
        assert!(good, "{more:?}: {said}");
        let (good, said) = checked("hledger", &["check", "ordereddates", "-f", &journal]);
        assert!(good, "{more:?}: {said}");
        let (good, said) = checked("bean-check", &[&beans]);
        assert!(good, "{more:?}: {said}");
    }
    done(&["export", "hledger", "--at", &desk, "--out", &journal]);
    done(&["--lang", "zh", "export", "beancount", "--at", &desk, "--out", &beans]);
    let (_, said) =
        checked("hledger", &["balance", "--flat", "-N", "-f", &journal, "fees", "not:home"]);
    let lines: Vec<&str> = said.lines().map(str::trim).collect();
    assert_eq!(
        lines,
        [
            "27.00 CNY  assets:fees:bank",
            "227.05 CNY  assets:fees:wechat",
            "0.05 CNY  expenses:fees:short-over",
            "-395.44 CNY  income:fees:charge:物业费",
            "-34.06 CNY  income:fees:charge:电梯-费-11114d",
        ]
    );
    let (_, said) = checked("hledger", &["balance", "--flat", "-N", "-f", &journal, "home"]);
    let lines: Vec<&str> = said.lines().map(str::trim).collect();
    assert_eq!(
        lines,
        ["-27.05 CNY  assets:fees:home:3-2-501", "202.45 CNY  assets:fees:home:3-2-502"]
    );
    let (_, said) = checked("hledger", &["balance", "--flat", "-N", "-f", &journal, "not:fees"]);
    let lines: Vec<&str> = said.lines().map(str::trim).collect();
    assert_eq!(
        lines,
        [
            "187.66 CNY  assets:committee:money",
            "200.00 CNY  assets:common:money",
            "2000.00 CNY  assets:deposits:money",
            "5890.15 CNY  assets:fund:bank",
            "1219.11 CNY  assets:fund:owed:3-2-502",
            "12.34 CNY  expenses:committee:spent",
            "600.01 CNY  expenses:common:shared",
            "100.00 CNY  expenses:common:source:parking",
            "-200.00 CNY  income:committee:got",
            "-900.01 CNY  income:common:source:parking",
            "-2000.00 CNY  liabilities:deposits:unit:3-2-502",
            "-7109.26 CNY  liabilities:fund:unit:3-2-501",
        ]
    );
    // A program that sums up for itself sees a figure that somebody changed.
    for (file, name, arguments) in [
        (&journal, "hledger", vec!["check", "--strict", "-f", &journal]),
        (&beans, "bean-check", vec![beans.as_str()]),
    ] {
        let text = std::fs::read_to_string(file).unwrap();
        let changed = text.replacen("  227.05 CNY", "  226.05 CNY", 1);
        assert_ne!(changed, text);
        std::fs::write(file, changed).unwrap();
        assert!(!checked(name, &arguments).0, "{name} has to see it");
    }
}

#[test]
fn the_table_has_stable_names_and_only_the_office_gets_the_books() {
    let mut office = Office::new();
    let (desk, file) = (office.path("desk"), office.path("books.csv"));
    traded(&mut office);
    done(&["--lang", "zh", "export", "csv", "--at", &desk, "--out", &file]);
    let table = std::fs::read_to_string(&file).unwrap();
    let mut lines = table.split("\r\n").filter(|line| !line.is_empty());
    assert_eq!(lines.next().unwrap(), "\u{feff}day,entry,fact,fund,class,account,amount");
    let sum = |line: &str| Fen::parse_signed(line.rsplit(',').next().unwrap()).unwrap();
    assert_eq!(Fen::sum(lines.map(sum)), Some(Fen::ZERO));
    let words = ["bill", "receipt", "void", "refund", "count", "handover", "banked"];
    assert!(words.iter().all(|word| table.contains(&format!(",{word},"))), "{table}");
    assert_eq!(table.matches("\r\n").count(), 1 + 2 * 3 + 3 * 2 + 2 + 2 + 3 + 2 + 2);
    let figures = office.path("figures.csv");
    let wanted = ["export", "csv", "--what", "disclosure", "--at", &desk, "--out", &figures];
    done(&wanted);
    let figures = std::fs::read_to_string(&figures).unwrap();
    assert!(figures.starts_with("\u{feff}figure,period,subject,amount,of,count\r\n"), "{figures}");
    assert!(figures.contains("assets:fees:wechat,227.05,,1\r\n"), "{figures}");
    assert!(figures.contains(",building/3,227.05,429.50,\r\n"), "{figures}");
    assert!(!figures.contains("3-2-50"), "{figures}");
    let (code, why) = refused(&["export", "pdf", "--at", &desk, "--out", &file]);
    assert_eq!((code, why.contains("hledger, beancount or csv")), (2, true), "{why}");
    let both = ["export", "csv", "--at", &desk, "--out", &file, "--year", "2026", "--to"];
    let (code, _) = refused(&[&both[..], &["2026-11-01"]].concat());
    assert_eq!(code, 2);
    let chen = office.path("chen");
    Member::list(Path::new(&chen), office.url()).unwrap();
    let (code, why) = refused(&["export", "csv", "--at", &chen, "--out", &file]);
    assert_eq!((code, why.starts_with("linli: ")), (1, true), "{why}");
    let later = std::fs::read_to_string(&file).unwrap();
    assert_eq!(later, table, "what was refused leaves the file as it was");
}
