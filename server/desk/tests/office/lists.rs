//! Lists, one repair, handing out, exports.

use linli_domain::{kernel::Role, repairs::Event};

use super::given::{Office, ask, device, done, linli, refused, report};

/// Takes out what differs from run to run: ids, pseudonyms, times.
fn tame(text: &str) -> String {
    let word = |word: &str| -> String {
        let hex = |c: char| c.is_ascii_hexdigit() && !c.is_ascii_uppercase();
        let digits = word.chars().filter(char::is_ascii_digit).count();
        match word {
            _ if word.len() == 32 && word.chars().all(hex) => "<id>".to_owned(),
            _ if word.len() == 8 && word.chars().all(hex) => "<short>".to_owned(),
            _ if digits == 8 && word.split('-').count() == 3 => "<day>".to_owned(),
            _ if digits == 4 && word.split(':').count() == 2 => "<time>".to_owned(),
            other => other.to_owned(),
        }
    };
    let line = |line: &str| {
        let words: Vec<String> = line.split(' ').map(word).filter(|w| !w.is_empty()).collect();
        words.join(" ")
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_repair_goes_from_the_list_to_the_worker_whose_turn_it_is() {
    let mut office = Office::new();
    let desk = office.path("desk");
    let mut mei = office.phone("mei", Role::Resident, "unit/3-2-501");
    let mut chen = office.phone("chen", Role::Head, "building/3");
    let id = ask(&mut mei, None, report("stair/3-2", "lighting", "楼道灯不亮"));
    ask(&mut mei, None, report("home/3-2-501", "water", "厨房水管\n漏水"));
    mei.talk(office.url()).unwrap();
    done(&["sync", "--desk", &desk]);
    assert_eq!(
        tame(&done(&["repairs", "list", "--desk", &desk])),
        "Id Status Class Place Reported Due For What\n\
         <short> Reported Water Home 3-2-501 <day> <time> Answer by <day> <time> 厨房水管 漏水\n\
         <short> Reported Lighting Stair 3-2 <day> <time> Answer by <day> <time> 楼道灯不亮"
    );
    let short = &id.to_hex()[..6];
    let (code, why) = refused(&["repairs", "assign", "--desk", &desk, short, "--how", "turn"]);
    assert_eq!(
        (code, why.as_str()),
        (
            1,
            "linli: Nobody has taken it up yet: a building head or the company has to accept it \
             first.\n"
        )
    );
    chen.talk(office.url()).unwrap();
    ask(&mut chen, Some(id), Event::Accept);
    chen.talk(office.url()).unwrap();
    done(&["sync", "--desk", &desk]);
    let (_, why) = refused(&["repairs", "assign", "--desk", &desk, short, "--to", "zz"]);
    assert!(why.starts_with("linli: nobody, or more than one of the company: \"zz\""), "{why}");
    let said = done(&["repairs", "assign", "--desk", &desk, short, "--how", "turn"]);
    assert!(said.contains(": By turn → ") && said.ends_with(" (linli sync sends it)\n"), "{said}");
    done(&["sync", "--desk", &desk]);
    mei.talk(office.url()).unwrap();
    let page = mei.replica.repair(&id, linli_io::clock::now()).unwrap().unwrap();
    let worker = page.detail.row.assignee.unwrap();
    assert_eq!(
        tame(&done(&["repairs", "show", "--desk", &desk, short])),
        "Id <id>\nStatus Dispatched\nClass Lighting\nPlace Stair 3-2\nReported <day> <time>\n\
         By Resident <short>\nFor Property company <short>\nPhotos 0\nWhat 楼道灯不亮\n\n\
         Clock Due Met Result\nAnswer by <day> <time> <day> <time> in time\n\
         Come by <day> <time> running\nFix by <day> <time> running\n\n\
         <day> <time> Reported Resident <short>\n<day> <time> Accepted Building head <short>\n\
         <day> <time> Dispatched Property company <short> By turn → <short>"
    );
    let mine = done(&["repairs", "list", "--desk", &desk, "--filter", "for_me", "--json"]);
    let mine: serde_json::Value = serde_json::from_str(&mine).unwrap();
    assert_eq!(mine.as_array().unwrap().len(), 1);
    assert_eq!(mine[0]["id"], id.to_hex());
    assert_eq!(mine[0]["status"], "dispatched");
    assert_eq!(mine[0]["assignee"], worker.to_hex());
}

#[test]
fn exports_have_stable_names_the_days_that_were_asked_for_and_run_nothing() {
    let mut office = Office::new();
    let desk = office.path("desk");
    let mut mei = office.phone("mei", Role::Resident, "unit/3-2-501");
    ask(&mut mei, None, report("stair/3-2", "lighting", "=1+1, \"坏\"了"));
    ask(&mut mei, None, report("building/3", "roof_leak", "屋面漏"));
    mei.talk(office.url()).unwrap();
    done(&["sync", "--desk", &desk]);
    let file = office.path("repairs.csv");
    done(&["repairs", "export", "--desk", &desk, "--csv", "-o", &file]);
    let csv = std::fs::read_to_string(&file).unwrap();
    let mut lines = csv.split("\r\n");
    assert_eq!(
        lines.next().unwrap(),
        "\u{feff}id,status,open,late,class,emergency,place,building,reported_at,changed_at,due_kind,\
         due_at,reporter,assignee,complaint_about,merged_into,conflict,not_yet_in_log,attachments,\
         comments,me_too,stars,answered_at,arrived_at,done_at,confirmed_at,reopened,reported_place,\
         text"
    );
    assert!(lines.next().unwrap().ends_with(",building/3,屋面漏"));
    assert!(lines.next().unwrap().ends_with(",stair/3-2,\"'=1+1, \"\"坏\"\"了\""));
    assert_eq!((lines.next(), lines.next()), (Some(""), None));
    let json = done(&["repairs", "export", "--desk", &desk, "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["community"], "和园");
    assert_eq!(json["repairs"].as_array().unwrap().len(), 2);
    assert_eq!(json["repairs"][1]["text"], "=1+1, \"坏\"了");
    let at = json["repairs"][0]["reported_at"].as_str().unwrap();
    assert!(at.len() == 25 && at.ends_with("+08:00"), "{at}");
    let day = &at[..10];
    let count = |more: &[&str]| {
        let all = [&["repairs", "export", "--desk", &desk, "--csv"][..], more].concat();
        done(&all).matches("\r\n").count() - 1
    };
    assert_eq!(count(&["--from", day, "--to", day]), 2, "the last day is included");
    assert_eq!((count(&["--to", "2020-01-01"]), count(&["--from", "2099-01-01"])), (0, 0));
    let list = done(&["repairs", "list", "--desk", &desk, "--csv", "--building", "4"]);
    assert_eq!(list.matches("\r\n").count(), 1, "nothing but the header");
    let found = done(&["repairs", "list", "--desk", &desk, "--csv", "--search", "屋面"]);
    assert_eq!(found.matches("\r\n").count(), 2);
    let class = done(&["repairs", "list", "--desk", &desk, "--csv", "--class", "lighting"]);
    assert_eq!(class.matches("\r\n").count(), 2);
}

#[test]
fn a_long_list_is_told_whole_and_once() {
    let office = Office::new();
    let desk = office.path("desk");
    let mut member = linli_io::Member::open(desk.as_ref()).unwrap();
    // One more than two windows.
    let mut ids: Vec<String> = (0..481)
        .map(|n| {
            ask(&mut member, None, report("community", "road", &format!("第 {n} 处"))).to_hex()
        })
        .collect();
    drop(member);
    let listed = |words: &[&str]| -> Vec<String> {
        let csv = done(&[words, &["--desk", &desk, "--csv"]].concat());
        let mut listed: Vec<String> = csv
            .split("\r\n")
            .skip(1)
            .filter(|line| !line.is_empty())
            .map(|l| l[..32].into())
            .collect();
        listed.sort();
        listed
    };
    ids.sort();
    assert_eq!(listed(&["repairs", "list"]), ids);
    assert_eq!(listed(&["repairs", "export"]), ids);
    let month = linli_io::clock::now().rfc3339(480).unwrap()[..7].to_owned();
    let report = done(&["report", "sla", "--desk", &desk, "--month", &month, "--json"]);
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    assert_eq!(report["lines"][0]["reported"], 481);
}

#[test]
fn what_is_asked_wrongly_is_said_with_what_to_do() {
    for (words, why) in [
        (&["repairs"][..], "list, show, assign or export"),
        (&["repairs", "list"], "--desk needs"),
        (&["repairs", "list", "--desk", "d", "--filter", "x"], "one of all, open, closed"),
        (&["repairs", "list", "--desk", "d", "--csv", "--json"], "choose one"),
        (&["repairs", "assign", "--desk", "d", "ab12"], "--to PERSON, or --how turn"),
        (&["repairs", "assign", "--desk", "d", "ab12", "--how", "grab"], "hand or turn"),
        (&["repairs", "export", "--desk", "d"], "one of --csv, --json and --open311"),
        (&["repairs", "export", "--desk", "d", "--csv", "--from", "today"], "a day such as"),
        (&["report", "sla", "--desk", "d", "--month", "11"], "--month, such as 2026-11"),
        (&["sync"], "--desk needs"),
        (&["backup", "--desk", "d"], "exactly one file"),
    ] {
        let (code, said) = refused(words);
        assert_eq!(code, 2, "{words:?}");
        assert!(said.contains(why), "{words:?}: {said}");
    }
    // Looking makes nothing that is missing.
    let folder = tempfile::tempdir().unwrap();
    let desk = folder.path().join("none");
    let output = linli(&["repairs", "list", "--desk", desk.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(!desk.exists());
    let office = Office::new();
    let held = linli_io::folder::open(office.path("desk").as_ref(), 0, None).unwrap();
    let (_, said) = refused(&["repairs", "list", "--desk", &office.path("desk")]);
    assert_eq!(said, "linli: another program has this desk open\n");
    drop(held);
    assert_ne!(device(&office.path("desk")), office.founder.replica.keys().id());
}
