mod clocks;
mod content;
mod order;
mod sla;
mod table;
mod views;

use super::{
    given::{Story, chen, fang, gao, lin, mei, stranger, wang, zhao},
    *,
};
use crate::{kernel::Author, law::RuleSet};

fn law() -> RuleSet {
    RuleSet::national().unwrap()
}

fn text() -> String {
    "一句话".to_owned()
}

fn people() -> [(char, Author); 8] {
    [
        ('m', mei()),
        ('l', lin()),
        ('g', gao()),
        ('c', chen()),
        ('w', wang()),
        ('f', fang()),
        ('z', zhao()),
        ('s', stranger()),
    ]
}

#[test]
fn stored_words_and_places_go_round() {
    for status in Status::ALL {
        let value = linli_wire::cbor::to_value("status", &status).unwrap();
        assert_eq!(value.as_text(), Some(status.word()));
        assert_eq!(linli_wire::cbor::from_value::<Status>("status", &value).unwrap(), status);
    }
    for text in ["home/3-2-501", "stair/3-2", "building/3", "community"] {
        assert_eq!(Place::parse(text).unwrap().to_string(), text);
    }
    assert_eq!(Place::parse("stair/3"), None);
    let words: std::collections::BTreeSet<_> = Refusal::ALL.iter().map(|r| r.word()).collect();
    assert_eq!(words.len(), Refusal::ALL.len());
}

#[test]
fn every_step_reads_back_as_it_was_written() {
    for status in Status::ALL {
        for step in Story::new().at(status).steps {
            let read = schema::read_step(&step.fact).unwrap();
            assert_eq!(schema::fields(&read), step.fact.fields);
        }
    }
}

#[test]
fn a_field_of_a_newer_app_is_not_read_away() {
    use linli_wire::cbor::Value;
    let mut step = Story::new().at(Status::Accepted).steps.remove(0).fact;
    let Value::Map(fields) = &mut step.fields else { panic!("a map") };
    fields.push((Value::Text("99".to_owned()), Value::Bool(true)));
    assert_eq!(schema::read_step(&step), None);
}
