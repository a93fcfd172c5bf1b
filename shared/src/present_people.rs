//! Makes the page of people, with words in the shell's language.

use linli_app::{model::View, words::Words};
use linli_domain::{
    kernel::{Moment, Role, Scope},
    registry::{
        Offer as Offered, OfferedPlace,
        view::{DutyRow, PersonRow, PhoneRow, UnitRow},
    },
};
use linli_replica::{Verdict, WhoApplies as Applies, WhoChoice as Named};
use linli_wire::DeviceId;

use crate::{
    choices,
    people::{WhoApplies, ask},
    records::{Applicant, Device, DutyLine, Offer, People, Person, SetAside, UnitPage, WhoChoice},
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
        applicants: screens.applicants.iter().map(|a| applicant(a, &telling)).collect(),
        total: window.map_or(0, |window| window.total),
        offset: window.map_or(0, |window| window.offset),
        people: rows.iter().map(|row| person(row, screens.own, &telling)).collect(),
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

fn applicant(applicant: &linli_replica::view::Applicant, telling: &Telling) -> Applicant {
    let (words, asked) = (telling.words, &applicant.asked);
    let scope = Scope::parse(&asked.scope);
    let role = Role::from_word(&asked.role);
    Applicant {
        invite: applicant.invite.to_hex(),
        name: applicant.name.clone(),
        role_text: words.get("role", &asked.role).to_owned(),
        scope_text: scope.map_or_else(|| asked.scope.clone(), |scope| telling.scope(&scope)),
        scope: asked.scope.clone(),
        from_ms: asked.from,
        to_ms: asked.to,
        until_text: asked.to.map(|to| telling.until(Moment(to))),
        staff_texts: asked.staff.iter().map(|word| words.get("staff", word).to_owned()).collect(),
        who: applicant.who.iter().map(|choice| who_choice(choice, role, telling)).collect(),
        may_decide: applicant.may_decide,
        device: applicant.device.to_hex(),
        code: applicant.code.clone(),
        decided: applicant.decided,
    }
}

fn who_choice(choice: &Named, role: Option<Role>, telling: &Telling) -> WhoChoice {
    let mut known = choice.person.map(|person| telling.who(&person, role)).unwrap_or_default();
    if let Some(phone) = choice.phone {
        let values = [("who", &*known), ("phone", &telling.phone(phone))];
        known = telling.words.fill("applies", "with_phone", &values);
    }
    let say = |key: &str| telling.words.fill("applies", key, &[("who", &known)]);
    let text = match choice.who {
        Applies::NewPerson if choice.person.is_none() => say("new"),
        Applies::NewPerson => say("known"),
        Applies::CoOwner(number) => {
            telling.words.fill("applies", "co_owner", &[("number", &number.to_string())])
        }
        Applies::SecondPhoneOf(_) => say("second"),
        Applies::LostPhoneOf(_) => say("lost"),
        Applies::Registered(_) => say("registered"),
    };
    WhoChoice { who: WhoApplies::of(&choice.who), text }
}

/// How many characters of a pseudonym tell people apart on a screen: one in four thousand million.
const SHORT_CHARS: usize = 8;

fn person(row: &PersonRow, own: Option<DeviceId>, telling: &Telling) -> Person {
    let id = row.person.to_hex();
    let device = |(number, phone): (u32, &PhoneRow)| Device {
        device: phone.device.to_hex(),
        number_text: telling.phone(number),
        own: Some(phone.device) == own,
        ended: phone.ended,
        may_revoke: phone.may_revoke,
    };
    Person {
        short: id.chars().take(SHORT_CHARS).collect(),
        person: id,
        own: row.phones.iter().any(|phone| Some(phone.device) == own),
        duties: row.duties.iter().map(|duty| duty_line(duty, telling)).collect(),
        devices: (1..).zip(&row.phones).map(device).collect(),
    }
}

fn duty_line(row: &DutyRow, telling: &Telling) -> DutyLine {
    let words = telling.words;
    let role = row.duty.role.word();
    let state = row.state.word();
    DutyLine {
        role: role.to_owned(),
        role_text: words.get("role", role).to_owned(),
        scope: row.duty.scope.to_string(),
        scope_text: telling.scope(&row.duty.scope),
        from_ms: row.from.map(|moment| moment.0),
        to_ms: row.to.map(|moment| moment.0),
        until_text: row.to.map(|to| telling.until(to)),
        staff_texts: row
            .staff
            .iter()
            .map(|duty| words.get("staff", duty.word()).to_owned())
            .collect(),
        state: state.to_owned(),
        state_text: words.get("duty", state).to_owned(),
        approvals: row.approvals,
        may_end: row.may_end,
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

#[cfg(test)]
mod tests {
    use linli_app::words::Language;
    use linli_wire::PersonId;

    use super::*;

    #[test]
    fn whose_phone_it_may_be_is_said_in_both_languages() {
        let device = DeviceId([7; 32]);
        let person = Some(PersonId([0xab; 16]));
        let table = [
            (Applies::NewPerson, None, "新人", "A new person"),
            (Applies::CoOwner(1), person, "第 1 位业主", "Owner no. 1"),
            (
                Applies::SecondPhoneOf(device),
                person,
                "又一部手机：业主 abab",
                "Another phone of Owner abab",
            ),
            (
                Applies::LostPhoneOf(device),
                person,
                "丢了手机：业主 abab，第 2 部手机",
                "Lost a phone: Owner abab, Phone 2",
            ),
        ];
        for (who, person, in_zh, in_en) in table {
            let phone = matches!(who, Applies::LostPhoneOf(_)).then_some(2);
            let mut view = View::default();
            for (language, expected) in [(Language::Zh, in_zh), (Language::En, in_en)] {
                view.settings.language = language;
                let telling = Telling::of(&view);
                let choice = who_choice(&Named { who, person, phone }, Some(Role::Owner), &telling);
                assert_eq!(choice.text, expected);
            }
        }
    }
}
