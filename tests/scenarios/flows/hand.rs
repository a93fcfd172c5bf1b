//! Carries out what a story says, on the lines that a phone shows.

use linli_tests::flows::{
    photo,
    story::{Step, Verb},
    tongue::Tongue,
};
use shared::UiEvent;

use super::{
    page::{Control, Line},
    phone::Phone,
    town::Town,
};

/// Takes a step; an error says what was in its way.
pub(super) fn act(town: &mut Town, tongue: &Tongue, step: &Step) -> Result<(), &'static str> {
    let mut words = step.words.iter().map(String::as_str);
    let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    match step.verb {
        Verb::Scan => {
            let code = town.phone(first).wait(|phone| {
                let money = &phone.slices.money;
                let fresh = money.home.as_ref().and_then(|home| home.fresh.as_ref());
                let receipt = money.receipt.as_ref().or(fresh).map(|receipt| receipt.code.clone());
                receipt.or_else(|| phone.slices.frame.invitation.clone())
            });
            town.phone(&step.who).code = Some(code.ok_or("there is no code to scan")?);
            return Ok(());
        }
        Verb::Photo => {
            let file = town.file("photo.jpg");
            std::fs::write(&file, photo()).unwrap();
            town.phone(&step.who).photo = Some(file);
            return Ok(());
        }
        Verb::Same => return same(town, &step.who, first),
        _ => {}
    }
    let phone = town.phone(&step.who);
    let said = Said(tongue.say(first).into_iter().collect());
    match step.verb {
        Verb::See => {
            phone.wait(|phone| said.find(phone, |_| true)).ok_or("it is not to be seen")?;
        }
        Verb::Gone => {
            let gone = |phone: &mut Phone| said.find(phone, |_| true).is_none().then_some(());
            phone.wait(gone).ok_or("it is still to be seen")?;
        }
        Verb::Tap => tap(phone, &said)?,
        Verb::Off => {
            phone.wait(|phone| said.control(phone, false)).ok_or("nothing so called is off")?;
        }
        Verb::Type => write(phone, first, &Said(tongue.say(second).into_iter().collect()))?,
        Verb::Rest => phone.rest(),
        Verb::Offline => phone.cable.cut(),
        Verb::Online => phone.cable.mend(),
        Verb::Sync => phone.send(UiEvent::SyncNow),
        Verb::Kill => phone.start(),
        Verb::Scan | Verb::Photo | Verb::Same => {}
    }
    Ok(())
}

fn tap(phone: &mut Phone, said: &Said) -> Result<(), &'static str> {
    let line = phone.wait(|phone| said.control(phone, true));
    let Some(Control::Tap { does, .. }) = line.and_then(|line| line.control) else {
        return Err("nothing so called can be tapped");
    };
    phone.carry_out(does);
    Ok(())
}

fn write(phone: &mut Phone, text: &str, field: &Said) -> Result<(), &'static str> {
    let is_field = |line: &Line| matches!(line.control, Some(Control::Field(_)));
    let line = phone.wait(|phone| field.find(phone, is_field));
    let Some(Control::Field(note)) = line.and_then(|line| line.control) else {
        return Err("there is no such field");
    };
    phone.write(&note, text);
    Ok(())
}

/// Two people hold their phones beside each other.
fn same(town: &mut Town, who: &str, other: &str) -> Result<(), &'static str> {
    let code = town.phone(who).wait(|phone| phone.slices.frame.code.clone());
    let code = code.ok_or("there are no digits")?;
    let there = |phone: &mut Phone| {
        let applicants = &phone.slices.people.applicants;
        applicants.iter().any(|one| one.code.as_ref() == Some(&code)).then_some(())
    };
    town.phone(other).wait(there).ok_or("the digits are others")
}

/// What something may be called on a screen.
struct Said(Vec<String>);

impl Said {
    /// What is exactly so called comes before what contains it.
    fn find(&self, phone: &mut Phone, is_it: impl Fn(&Line) -> bool) -> Option<Line> {
        let called = |line: &Line| {
            line.words.iter().any(|word| self.0.iter().any(|said| word.contains(said)))
        };
        let lines = phone.lines().into_iter().filter(|line| called(line) && is_it(line));
        lines.min_by_key(|line| line.words.join(", ").chars().count())
    }

    /// The control so called, if it is on, or off, as it has to be.
    fn control(&self, phone: &mut Phone, on: bool) -> Option<Line> {
        let is_control = |line: &Line| matches!(line.control, Some(Control::Tap { .. }));
        let is_so = |line: &Line| matches!(line.control, Some(Control::Tap { enabled, .. }) if enabled == on);
        self.find(phone, is_control).filter(is_so)
    }
}
