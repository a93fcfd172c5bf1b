//! `linli repairs assign`: hands a repair to somebody of the company.

use linli_domain::repairs::{Assignment, Event, Status};
use linli_io::SystemChance;
use linli_replica::Ask;

use super::Handing;
use crate::office::{
    Trouble,
    desk::{Desk, refused},
    sink,
    text::{Text, short},
};

pub(super) fn run(desk: &mut Desk, handing: &Handing, text: &Text) -> Result<(), Trouble> {
    let id = desk.find(&handing.id, text)?;
    let failed = |error: linli_replica::ReplicaError| Trouble::Failed(error.to_string());
    let workers = desk.replica.workers(desk.now).map_err(failed)?;
    let to = match (&handing.to, handing.how) {
        (Some(beginning), _) => Desk::person(&workers, beginning, text)?,
        (None, Assignment::Turn) => {
            let next = desk.replica.next_in_turn(desk.now).map_err(failed)?;
            let nobody = text.pick("物业还没有人员", "nobody of the property company is here yet");
            next.ok_or_else(|| Trouble::Failed(nobody.to_owned()))?
        }
        (None, Assignment::Hand | Assignment::Grab) => {
            return Err(Trouble::Usage("assign needs --to PERSON, or --how turn".to_owned()));
        }
    };
    let repair = desk.replica.folded(&id).map_err(failed)?;
    let reported = repair.is_some_and(|repair| repair.status() == Status::Reported);
    if reported && desk.replica.restored().is_none() {
        // The rule would say that it is the wrong order; this says what is missing.
        let said = text.pick(
            "还没有人受理：楼长或物业先受理，才能派单。",
            "Nobody has taken it up yet: a building head or the company has to accept it first.",
        );
        return Err(Trouble::Failed(said.to_owned()));
    }
    let event = Event::Dispatch { to, how: handing.how, slot: None };
    let asked = desk.replica.ask(&Ask::repair(Some(id), event), 0, desk.now, &mut SystemChance);
    asked.map_err(|error| refused(error, text))?;
    let how = text.word("assignment", handing.how.word());
    let next = text.pick("用 linli sync 送出", "linli sync sends it");
    let id: String = id.to_hex().chars().take(8).collect();
    Ok(sink::write(None, format!("{id}: {how} → {} ({next})\n", short(&to)))?)
}
