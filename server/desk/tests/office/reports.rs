//! The report of a month.

use linli_domain::{kernel::Role, repairs::Event};
use linli_io::clock;

use super::given::{Office, ask, done, linli, report};

/// What people read; – is where there is nothing to say.
const TABLE: &str = "                  \
    Reported  Open  Overdue  Reopened  Answered in time  Minutes avg/med  \
    Came in time  Minutes avg/med  Fixed in time  Minutes avg/med  Stars
All               2         2     0        0         1/1 100%          0 / 0            \
    –             –                –              –                –
By class
Lighting          1         1     0        0         1/1 100%          0 / 0            \
    –             –                –              –                –
Road              1         1     0        0         –                 –                \
    –             –                –              –                –
By building
Whole area        1         1     0        0         –                 –                \
    –             –                –              –                –
Building 3        1         1     0        0         1/1 100%          0 / 0            \
    –             –                –              –                –
By worker
Handed to nobody  2         2     0        0         1/1 100%          0 / 0            \
    –             –                –              –                –
";

#[test]
fn a_months_report_is_the_same_for_people_and_for_programs() {
    let mut office = Office::new();
    let desk = office.path("desk");
    let mut mei = office.phone("mei", Role::Resident, "unit/3-2-501");
    let mut wang = office.phone("wang", Role::Property, "community");
    let id = ask(&mut mei, None, report("stair/3-2", "lighting", "灯坏了"));
    ask(&mut mei, None, report("community", "road", "路面<b>破损"));
    mei.talk(office.url()).unwrap();
    wang.talk(office.url()).unwrap();
    ask(&mut wang, Some(id), Event::Accept);
    wang.talk(office.url()).unwrap();
    done(&["sync", "--desk", &desk]);
    let month = clock::now().rfc3339(480).unwrap()[..7].to_owned();
    let words = ["report", "sla", "--desk", &desk, "--month", &month];
    let with = |more: &[&str]| done(&[&words[..], more].concat());
    assert_eq!(with(&[]), TABLE);
    let json: serde_json::Value = serde_json::from_str(&with(&["--json"])).unwrap();
    assert_eq!(json["month"], month);
    assert_eq!(json["lines"].as_array().unwrap().len(), 6);
    let all = &json["lines"][0];
    let figures = ["reported", "answer_in_time", "fix_running"].map(|name| all[name].as_i64());
    assert_eq!(figures, [Some(2), Some(1), Some(2)]);
    let csv = with(&["--csv"]);
    let header = csv.trim_start_matches('\u{feff}').lines().next().unwrap();
    assert!(header.starts_with("group,key,reported,open,overdue,reopened,answer_in_time,"));
    assert!(header.ends_with(",fix_average_min,fix_median_min,ratings,stars_tenths"));
    assert_eq!(csv.matches("\r\n").count(), 7);
    let before = done(&["report", "sla", "--desk", &desk, "--month", "2020-02", "--json"]);
    let before: serde_json::Value = serde_json::from_str(&before).unwrap();
    assert_eq!(before["lines"].as_array().unwrap().len(), 1);
    assert_eq!(before["lines"][0]["reported"], 0);
}

#[test]
fn the_page_to_print_stands_for_itself_in_both_languages() {
    let mut office = Office::new();
    let desk = office.path("desk");
    let mut mei = office.phone("mei", Role::Resident, "unit/3-2-501");
    ask(&mut mei, None, report("stair/3-2", "lighting", "灯坏了"));
    mei.talk(office.url()).unwrap();
    done(&["sync", "--desk", &desk]);
    let month = clock::now().rfc3339(480).unwrap()[..7].to_owned();
    for (language, title, class) in
        [("zh", "报修时限报告", "照明"), ("en", "repairs: promises kept", "Lighting")]
    {
        let file = office.path(&format!("{language}.html"));
        let words = ["report", "sla", "--desk", &desk, "--month", &month, "--html"];
        let output = linli(&[&words[..], &["-o", &file, "--lang", language]].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let page = std::fs::read_to_string(&file).unwrap();
        assert!(page.contains(&format!("<h1>和园 {month} {title}</h1>")), "{page}");
        assert!(page.contains(&format!("<tr><td>{class}</td><td>1</td>")), "{page}");
        // Nothing runs and nothing is fetched.
        for foreign in ["<script", "http:", "https:", "url(", "@import", "src=", "<link"] {
            assert!(!page.contains(foreign), "{foreign}");
        }
        // Whatever is opened is closed, in order.
        let mut open: Vec<&str> = Vec::new();
        for tag in page.split('<').skip(2).map(|rest| rest.split('>').next().unwrap()) {
            let name = tag.split(' ').next().unwrap();
            match name.strip_prefix('/') {
                Some(name) => assert_eq!(open.pop(), Some(name)),
                None if name == "meta" => {}
                None => open.push(name),
            }
        }
        assert_eq!(open, Vec::<&str>::new());
        assert!(page.contains("@page { size: A4 landscape"));
        assert_eq!(page.matches("<table>").count(), 4);
    }
}
