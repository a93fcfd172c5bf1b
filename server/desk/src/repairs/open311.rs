//! Open311 GeoReport v2: what a city's portal reads, as files.
//!
//! The field names are those of the public specification (<https://wiki.open311.org/GeoReport_v2>);
//! a field that we have nothing for is there and empty, as the specification allows.
//!
//! *What leaves the community* is what any passer-by could report: repairs of common parts. Homes
//! are left out unless they are asked for, and then stand under their building, without unit;
//! complaints are about people and are always left out. No name and no pseudonym is written, photos
//! stay sealed. A report's own words are written: long numbers in them are struck out, since people
//! write their telephone number there; whoever publishes the file should still read it first.

use linli_domain::{
    law::RepairClass,
    repairs::{
        Place, Repair,
        clock::{ClockKind, clocks},
        sla::Period,
        view::RepairRow,
    },
};
use serde_json::{Map, Value};

use super::{export, xml};
use crate::office::{desk::Desk, sink::Sink, text::Text};

/// The files, named as the paths of the specification.
pub(super) const FILES: [&str; 4] =
    ["service_requests.json", "service_requests.xml", "services.json", "services.xml"];

/// Digits in a row from which a number may be somebody's telephone.
const NUMBER_DIGITS: usize = 7;

/// One of the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Requests(Form),
    Services(Form),
}

/// How it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Json,
    Xml,
}

/// In whose language, and what is shown.
pub(super) struct Whom<'a> {
    pub(super) text: &'a Text,
    pub(super) homes: bool,
    pub(super) period: &'a Period,
}

/// The fields of one element, in the order of the specification.
type Fields = Vec<(&'static str, Option<String>)>;

impl Part {
    pub(super) fn from_file(name: &str) -> Option<Self> {
        Some(match name {
            "service_requests.json" => Self::Requests(Form::Json),
            "service_requests.xml" => Self::Requests(Form::Xml),
            "services.json" => Self::Services(Form::Json),
            "services.xml" => Self::Services(Form::Xml),
            _ => return None,
        })
    }

    /// The names of the list and of one element in XML.
    const fn elements(self) -> (&'static str, &'static str) {
        match self {
            Self::Requests(_) => ("service_requests", "request"),
            Self::Services(_) => ("services", "service"),
        }
    }

    const fn form(self) -> Form {
        match self {
            Self::Requests(form) | Self::Services(form) => form,
        }
    }
}

pub(super) fn write(
    desk: &Desk,
    part: Part,
    whom: &Whom<'_>,
    sink: &mut Sink,
) -> Result<(), String> {
    let (list, element) = part.elements();
    let mut between = "\n";
    match part.form() {
        Form::Json => sink.write("[")?,
        Form::Xml => sink.write(format!("{}<{list}>\n", xml::DECLARATION))?,
    }
    let mut put = |fields: Fields| match part.form() {
        Form::Json => {
            let object = json(fields);
            sink.write(format!("{}{object}", std::mem::replace(&mut between, ",\n")))
        }
        Form::Xml => {
            let inner: String =
                fields.iter().map(|(name, text)| xml::element(name, text.as_deref())).collect();
            sink.write(format!("  <{element}>\n{inner}  </{element}>\n"))
        }
    };
    match part {
        Part::Requests(_) => {
            let name = desk.standing()?.name;
            export::each(desk, whom.period, |row, repair| match address(row, repair, whom) {
                Some(place) => put(request(desk, &name, (row, repair), &place, whom)?),
                None => Ok(()),
            })?;
        }
        Part::Services(_) => {
            let law = desk.replica.law().map_err(|error| error.to_string())?;
            for class in law.repairs.classes.iter().filter(|class| !class.complaint) {
                put(service(class, whom.text))?;
            }
        }
    }
    match part.form() {
        Form::Json => sink.write("\n]\n"),
        Form::Xml => sink.write(format!("</{list}>\n")),
    }
}

/// `metadata` is the one field that is no text in JSON.
fn json(fields: Fields) -> Value {
    let value = |name: &str, text: Option<String>| match text {
        Some(text) if name == "metadata" => Value::Bool(text == "true"),
        Some(text) => Value::String(text),
        None => Value::Null,
    };
    let fields = fields.into_iter().map(|(name, text)| (name.to_owned(), value(name, text)));
    Value::Object(fields.collect::<Map<_, _>>())
}

/// Returns the place under which a repair is shown; none if it is not.
fn address(row: &RepairRow, repair: &Repair, whom: &Whom<'_>) -> Option<Place> {
    // Reported in a home and found in the riser, the words are still those from the home.
    let home = [&row.place, &repair.report.place].into_iter().find_map(|place| match place {
        Place::Home(unit) => Some(unit.building().to_owned()),
        _ => None,
    });
    match home {
        _ if row.target.is_some() => None,
        Some(building) => whom.homes.then_some(Place::Building(building)),
        None => Some(row.place.clone()),
    }
}

fn request(
    desk: &Desk,
    community: &str,
    (row, repair): (&RepairRow, &Repair),
    place: &Place,
    whom: &Whom<'_>,
) -> Result<Fields, String> {
    let law = desk.replica.law().map_err(|error| error.to_string())?;
    let text = whom.text;
    let fix = clocks(repair, law).into_iter().rev().find(|clock| clock.kind == ClockKind::Fix);
    let status = if row.open { "open" } else { "closed" };
    Ok(vec![
        ("service_request_id", Some(row.id.to_hex())),
        ("status", Some(status.to_owned())),
        ("status_notes", Some(text.word("status", row.status.word()).to_owned())),
        ("service_name", Some(text.word("class", &row.class).to_owned())),
        ("service_code", Some(row.class.clone())),
        ("description", Some(strike(&repair.report.text))),
        ("agency_responsible", Some(text.word("role", "property").to_owned())),
        ("service_notice", None),
        ("requested_datetime", Some(desk.stamp(row.at))),
        ("updated_datetime", Some(desk.stamp(row.changed_at))),
        ("expected_datetime", fix.map(|clock| desk.stamp(clock.due))),
        ("address", Some(format!("{community} {}", text.place(place)))),
        ("address_id", Some(place.to_string())),
        ("zipcode", None),
        ("lat", None),
        ("long", None),
        ("media_url", None),
    ])
}

fn service(class: &RepairClass, text: &Text) -> Fields {
    let name = text.word("class", &class.word).to_owned();
    let urgent = text.word("urgency", "emergency");
    let group = if class.emergency { urgent } else { text.pick("报修", "Repairs") };
    vec![
        ("service_code", Some(class.word.clone())),
        ("service_name", Some(name.clone())),
        ("description", Some(name)),
        ("metadata", Some("false".to_owned())),
        // Files, brought over now and then: no request is answered at once.
        ("type", Some("batch".to_owned())),
        ("keywords", Some(class.word.replace('_', ","))),
        ("group", Some(group.to_owned())),
    ]
}

/// Strikes out numbers that may be telephones; spaces and dashes within do not hide one.
fn strike(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut kept = String::new();
    let mut at = 0;
    while let Some(rest) = chars.get(at..).filter(|rest| !rest.is_empty()) {
        let run = rest.iter().take_while(|c| c.is_numeric() || matches!(c, ' ' | '-')).count();
        let digits = rest.iter().take(run).filter(|c| c.is_numeric()).count();
        let begins = rest.first().is_some_and(|c| c.is_numeric());
        let taken = if begins { run } else { 1 };
        if begins && digits >= NUMBER_DIGITS {
            kept.push_str("***");
        } else {
            kept.extend(rest.iter().take(taken));
        }
        at += taken;
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telephone_number_is_struck_out_and_a_room_is_not() {
        assert_eq!(strike("3-2单元漏水，电话138 0013-8000，急"), "3-2单元漏水，电话***，急");
        assert_eq!(strike("１３８００１３８０００"), "***");
        assert_eq!(strike("2026-11 断电 2 次"), "2026-11 断电 2 次");
        assert_eq!(strike(""), "");
    }
}
