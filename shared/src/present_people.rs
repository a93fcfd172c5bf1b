//! Makes the page of people, with words in the shell's language.

use linli_app::{model::View, words::Words};
use linli_domain::{
    kernel::Scope,
    registry::{
        Offer as Offered, OfferedPlace,
        view::{DutyRow, PersonRow, UnitRow},
    },
};
use linli_replica::Verdict;
use linli_wire::DeviceId;

use crate::{
    choices,
    people::ask,
    records::{Applicant, Device, DutyLine, Offer, People, Person, SetAside, UnitPage},
    repair_records::AskedFor,
    screen_records::Choice,
    telling::Telling,
};

/// Makes the page of people.
pub(crate) fn people(view: &View) -> People {
    let telling = Telling::of(view);
    let words = telling.words;
    let screens = &view.screens;
    let window = screens.people.as_ref();
    let rows = window.map(|window| window.rows.as_slice()).unwrap_or_default();
    let offers = |offers: &[Offered]| offers.iter().map(|one| offer(one, &telling)).collect();
    People {
        inviting: offers(&screens.offers.inviting),
        registering: offers(&screens.offers.registering),
        applicants: screens.applicants.iter().map(|a| applicant(a, words)).collect(),
        total: window.map_or(0, |window| window.total),
        offset: window.map_or(0, |window| window.offset),
        people: rows.iter().map(|row| person(row, screens.own, words)).collect(),
        unit: window.and_then(|window| window.unit.as_ref()).map(|unit| unit_page(unit, words)),
        set_aside: screens
            .uncounted
            .iter()
            .map(|fact| SetAside {
                id: fact.id.to_hex(),
                verdict: match fact.verdict {
                    Verdict::Quarantined => "quarantined",
                    Verdict::Newer => "newer",
                    Verdict::Refused | Verdict::Pending | Verdict::Counted | Verdict::Adopted => {
                        "refused"
                    }
                }
                .to_owned(),
                device: fact.by.to_hex(),
                seq: fact.seq,
            })
            .collect(),
    }
}

fn applicant(applicant: &linli_replica::view::Applicant, words: &Words) -> Applicant {
    let asked = &applicant.asked;
    Applicant {
        invite: applicant.invite.to_hex(),
        name: applicant.name.clone(),
        role_text: words.get("role", &asked.role).to_owned(),
        scope: asked.scope.clone(),
        from_ms: asked.from,
        to_ms: asked.to,
        staff_texts: asked.staff.iter().map(|word| words.get("staff", word).to_owned()).collect(),
        owners: applicant.owners,
        device: applicant.device.to_hex(),
        code: applicant.code.clone(),
        decided: applicant.decided,
    }
}

/// How many characters of a pseudonym tell people apart on a screen: one in four thousand million.
const SHORT_CHARS: usize = 8;

fn person(row: &PersonRow, own: Option<DeviceId>, words: &Words) -> Person {
    let id = row.person.to_hex();
    Person {
        short: id.chars().take(SHORT_CHARS).collect(),
        person: id,
        own: row.phones.iter().any(|phone| Some(phone.device) == own),
        duties: row.duties.iter().map(|duty| duty_line(duty, words)).collect(),
        devices: row
            .phones
            .iter()
            .map(|phone| Device {
                device: phone.device.to_hex(),
                own: Some(phone.device) == own,
                ended: phone.ended,
            })
            .collect(),
    }
}

fn duty_line(row: &DutyRow, words: &Words) -> DutyLine {
    let role = row.duty.role.word();
    let state = row.state.word();
    DutyLine {
        role: role.to_owned(),
        role_text: words.get("role", role).to_owned(),
        scope: row.duty.scope.to_string(),
        from_ms: row.from.map(|moment| moment.0),
        to_ms: row.to.map(|moment| moment.0),
        staff_texts: row
            .staff
            .iter()
            .map(|duty| words.get("staff", duty.word()).to_owned())
            .collect(),
        state: state.to_owned(),
        state_text: words.get("duty", state).to_owned(),
        approvals: row.approvals,
    }
}

fn unit_page(row: &UnitRow, words: &Words) -> UnitPage {
    UnitPage {
        unit: row.unit.to_string(),
        status: row.status.word().to_owned(),
        status_text: words.get("unit_status", row.status.word()).to_owned(),
        owners: row.owners.iter().map(|person| person.to_hex()).collect(),
        representative: row.representative.map(|person| person.to_hex()),
        occupants: row.occupants,
    }
}

/// An offer, with what it asks for.
fn offer(offer: &Offered, telling: &Telling) -> Offer {
    let asked = |word: &str, text: &str, choices: Vec<Choice>| AskedFor {
        word: word.to_owned(),
        text: telling.word("ask", text),
        choices,
        typed: word == ask::PLACE,
        many: word == ask::STAFF,
        optional: word == ask::STAFF,
    };
    let mut asks = Vec::new();
    match &offer.place {
        OfferedPlace::Community => {}
        OfferedPlace::Door => asks.push(asked(ask::PLACE, "door", Vec::new())),
        OfferedPlace::Parts(parts) => {
            let part =
                |scope: &Scope| Choice { value: scope.to_string(), text: telling.scope(scope) };
            asks.push(asked(ask::PLACE, "part", parts.iter().map(part).collect()));
        }
    }
    if offer.ends {
        asks.push(asked(ask::UNTIL, "until", choices::last_days(telling)));
    }
    if !offer.staff.is_empty() {
        let staff = offer.staff.iter().map(|duty| choices::word(telling, "staff", duty.word()));
        asks.push(asked(ask::STAFF, "staff", staff.collect()));
    }
    let word = offer.role.word();
    Offer { word: word.to_owned(), text: telling.word("role", word), asks }
}
