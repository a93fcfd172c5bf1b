//! The files for a city's portal, against the field list of the specification.

use std::collections::BTreeSet;

use linli_domain::{
    kernel::Role,
    repairs::{Event, Report},
};
use serde_json::Value;

use super::given::{Office, ask, done, report};

/// The fields of a request in Open311 GeoReport v2, and whether they may be empty here: "GET service
/// requests" at <https://wiki.open311.org/GeoReport_v2>.
const REQUEST: [(&str, bool); 17] = [
    ("service_request_id", false),
    ("status", false),
    ("status_notes", false),
    ("service_name", false),
    ("service_code", false),
    ("description", false),
    ("agency_responsible", false),
    ("service_notice", true),
    ("requested_datetime", false),
    ("updated_datetime", false),
    ("expected_datetime", false),
    ("address", false),
    ("address_id", false),
    ("zipcode", true),
    ("lat", true),
    ("long", true),
    ("media_url", true),
];

/// The fields of a service: "GET service list" at the same place.
const SERVICE: [&str; 7] =
    ["service_code", "service_name", "description", "metadata", "type", "keywords", "group"];

fn object_names(object: &Value) -> BTreeSet<&str> {
    object.as_object().unwrap().keys().map(String::as_str).collect()
}

/// The names of the elements within the first element of a name, in their order.
fn element_names<'a>(xml: &'a str, within: &str) -> Vec<&'a str> {
    let inner = xml.split(&format!("<{within}>")).nth(1).unwrap();
    let inner = inner.split(&format!("</{within}>")).next().unwrap();
    let begins = inner.lines().filter_map(|line| line.trim().strip_prefix('<'));
    begins.map(|rest| rest.split(['>', '/']).next().unwrap()).collect()
}

#[test]
fn the_fields_are_those_of_the_specification_and_homes_and_people_stay_at_home() {
    let mut office = Office::new();
    let desk = office.path("desk");
    let mut mei = office.phone("mei", Role::Resident, "unit/3-2-501");
    let text = "灯<坏>了 & \"闪\"，电话13800138000";
    let lamp = ask(&mut mei, None, report("stair/3-2", "lighting", text));
    ask(&mut mei, None, report("home/3-2-501", "water", "厨房漏水"));
    let complaint = Report {
        target: Some(Role::Property),
        ..Report::new("community".to_owned().try_into().unwrap(), "complaint_service", "没人扫地")
    };
    ask(&mut mei, None, Event::Report(complaint));
    mei.talk(office.url()).unwrap();
    done(&["sync", "--desk", &desk]);
    let file = |name: &str, more: &[&str]| {
        let words = ["repairs", "export", "--desk", &desk, "--open311", name];
        done(&[&words[..], more].concat())
    };
    let json = file("service_requests.json", &[]);
    let requests: Value = serde_json::from_str(&json).unwrap();
    let requests = requests.as_array().unwrap();
    assert_eq!(requests.len(), 1, "the home and the complaint are left out");
    let request = &requests[0];
    assert_eq!(object_names(request), REQUEST.map(|(name, _)| name).into());
    for (name, may_be_empty) in REQUEST {
        assert_eq!(request[name].is_null(), may_be_empty, "{name}");
    }
    assert_eq!(request["service_request_id"], lamp.to_hex());
    assert_eq!(request["status"], "open");
    assert_eq!(request["address"], "和园 Stair 3-2");
    assert_eq!(request["description"], "灯<坏>了 & \"闪\"，电话***");
    let person = mei.replica.viewer(linli_io::clock::now()).unwrap().person;
    assert!(!json.contains(&person.to_hex()) && !json.contains(&person.short()));

    let xml = file("service_requests.xml", &[]);
    assert!(xml.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<service_requests>\n"));
    assert_eq!(element_names(&xml, "request"), REQUEST.map(|(name, _)| name));
    assert!(
        xml.contains("<description>灯&lt;坏&gt;了 &amp; &quot;闪&quot;，电话***</description>")
    );
    assert!(xml.ends_with("</request>\n</service_requests>\n"));

    let homes = file("service_requests.json", &["--homes"]);
    assert!(homes.contains("\"address_id\":\"building/3\"") && !homes.contains("501"), "{homes}");
    assert!(!homes.contains("没人扫地"));

    let services: Value = serde_json::from_str(&file("services.json", &[])).unwrap();
    let services = services.as_array().unwrap();
    assert!(services.len() > 20);
    for service in services {
        assert_eq!(object_names(service), SERVICE.into());
        assert!(["realtime", "batch", "blackbox"].contains(&service["type"].as_str().unwrap()));
        assert!(service["metadata"].is_boolean());
        assert!(!service["service_code"].as_str().unwrap().starts_with("complaint"));
    }
    assert!(services.iter().any(|service| service["service_code"] == request["service_code"]));
    assert_eq!(element_names(&file("services.xml", &[]), "service"), SERVICE);
}
