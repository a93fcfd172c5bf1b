//! What rows, timelines and buttons tell.

use super::{
    super::{
        given::{NOON, grievance, later, leak, photo},
        view::{Action, Ask, Urgency, detail, keys_of, row, search_text, sort, tag, tags, urgency},
    },
    *,
};

fn waiting(repair: &Repair, who: &Author) -> bool {
    let listed = tags(repair, &row(repair, &law()), &law());
    keys_of(who).iter().any(|key| listed.contains(key))
}

#[test]
fn a_row_is_found_by_its_place_its_text_and_what_was_said() {
    let place = Place::parse("home/3-2-501").unwrap();
    let said = Event::Comment { text: "水表下面".to_owned(), attachments: Vec::new() };
    let story = Story::begins(&mei(), Report { place, ..leak() }).then(&mei(), &said);
    let text = search_text(&story.repair());
    assert!(text.contains("3-2-501") && text.contains("漏水") && text.contains("水表下面"));
}

#[test]
fn open_emergencies_stand_above_what_is_newer() {
    let calm = Report { class: "lighting".to_owned(), ..leak() };
    let newer = row(&Story::begins(&mei(), calm).repair(), &law());
    let burst = row(&Story::new().repair(), &law());
    assert!(sort(&burst) > sort(&newer));
    let closed = row(&Story::new().at(Status::Withdrawn).repair(), &law());
    assert_eq!(sort(&closed), NOON.0);
}

#[test]
fn it_waits_for_who_has_to_act_next() {
    // m Mei who reported, c Chen the head, w Wang of the company, f Fang of the committee.
    for (status, who) in [
        (Status::Reported, "cw"),
        (Status::Accepted, "w"),
        (Status::Dispatched, "w"),
        (Status::OnSite, "w"),
        (Status::PlanProposed, "f"),
        (Status::VotePending, "f"),
        (Status::Approved, "w"),
        (Status::Working, "w"),
        (Status::Paused, "w"),
        (Status::DoneClaimed, "m"),
        (Status::Reopened, "w"),
        (Status::Confirmed, ""),
        (Status::Withdrawn, ""),
    ] {
        let repair = Story::new().at(status).repair();
        for (letter, person) in people() {
            assert_eq!(waiting(&repair, &person), who.contains(letter), "{letter}: {status:?}");
        }
    }
    let complaint = Story::begins(&lin(), grievance()).repair();
    assert!(waiting(&complaint, &fang()) && waiting(&complaint, &chen()));
    let for_grandmother = Report { on_behalf: Some(lin().person), ..leak() };
    let done = Story::begins(&chen(), for_grandmother).at_done();
    assert!(waiting(&done, &chen()) && waiting(&done, &lin()) && !waiting(&done, &mei()));
}

impl Story {
    fn at_done(self) -> Repair {
        self.then(&chen(), &Event::Accept)
            .then(
                &wang(),
                &Event::Dispatch { to: wang().person, how: Assignment::Hand, slot: None },
            )
            .then(&wang(), &Event::Arrive)
            .then(&wang(), &Event::Start)
            .then(&wang(), &Event::ClaimDone { note: text(), photos: vec![photo()] })
            .repair()
    }
}

#[test]
fn what_hurries_comes_first() {
    let urgency_at = |status, minutes| {
        let report = Report { class: "drain".to_owned(), ..leak() };
        let story = Story::begins(&mei(), report).at(status);
        urgency(&row(&story.repair(), &law()), later(minutes))
    };
    let burst = urgency(&row(&Story::new().repair(), &law()), NOON);
    assert_eq!(burst, Urgency::Emergency);
    assert_eq!(urgency_at(Status::Reported, 1), Urgency::Due);
    assert_eq!(urgency_at(Status::Reported, 31), Urgency::Late);
    assert_eq!(urgency_at(Status::DoneClaimed, 1), Urgency::Calm);
    assert!(Urgency::Emergency < Urgency::Late && Urgency::Late < Urgency::Due);
}

#[test]
fn open_reports_of_one_place_and_class_are_listed_together() {
    let listed = |story: Story| {
        let repair = story.repair();
        tags(&repair, &row(&repair, &law()), &law())
    };
    let alike = tag::at(&leak().place, "burst_pipe");
    assert!(listed(Story::new()).contains(&alike));
    assert!(!listed(Story::new().at(Status::Withdrawn)).contains(&alike));
    let merged = listed(Story::new().at(Status::Merged));
    assert!(!merged.contains(&alike));
    assert!(merged.contains(&tag::into(&linli_wire::FactId([9; 16]))));
}

#[test]
fn a_button_is_there_where_decide_says_yes_and_asks_for_what_is_missing() {
    let actions = |repair: &Repair, who: &Author| detail(repair, who, NOON, &law()).actions;
    let working = Story::new().at(Status::Working).repair();
    assert_eq!(
        actions(&working, &wang()),
        [
            (Action::VerifyPlace, vec![Ask::Place]),
            (Action::Pause, vec![Ask::Text, Ask::Time]),
            (Action::ClaimDone, vec![Ask::Photo]),
            (Action::Refer, vec![Ask::Referral, Ask::Text]),
            (Action::Comment, vec![Ask::Text]),
        ]
    );
    assert_eq!(
        actions(&working, &lin()),
        [(Action::Comment, vec![Ask::Text]), (Action::MeToo, vec![]),]
    );
    assert_eq!(actions(&working, &stranger()), []);
    let done = Story::begins(&chen(), Report { on_behalf: Some(lin().person), ..leak() }).at_done();
    assert!(actions(&done, &chen()).contains(&(Action::Confirm, vec![Ask::Mark])));
    assert!(actions(&done, &lin()).contains(&(Action::Confirm, vec![])));
    let words: std::collections::BTreeSet<_> = Action::ALL.iter().map(|a| a.word()).collect();
    assert_eq!(words.len(), Action::ALL.len());
}
