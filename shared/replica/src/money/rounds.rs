//! Rounds: whom one may be given to; and what beside its home a receipt is judged by.

use linli_domain::{
    kernel::{Author, Day, Draft, Fen, Moment, Month, SUM_MAX, UnitCode, When},
    payments::{
        self, Method, Refusal, Round, RoundFields,
        account::{self, Elsewhere, ReceiptAsked},
        view::RoundRow,
    },
    registry::DeviceEntry,
    shelf::{self, Room, Shelf},
};
use linli_wire::{FactId, fact::Fact};

use super::{Doors, SharedRound, ask::refused};
use crate::{
    AskError, ReplicaError,
    memory::meta,
    replica::Replica,
    store::{Store, Table},
    stored::FactRow,
};

impl<S: Store> Replica<S> {
    /// Gives somebody a round, with exactly the homes that are meant as they stand now.
    pub(super) fn decide_round(
        &self,
        fields: &RoundFields,
        doors: Doors,
        author: &Author,
        now: Moment,
    ) -> Result<Draft, AskError> {
        let registry = &self.member()?.current;
        let known = |unit: &UnitCode| registry.unit(unit).is_some();
        let of = |entry: &DeviceEntry| registry.author(&entry.device, When::Now(now)).ok();
        let devices = registry.devices().filter_map(of);
        // One phone may have what another of the same person has not.
        let collector: Vec<Author> =
            devices.filter(|author| author.person == fields.collector).collect();
        if collector.is_empty() || !fields.units.iter().all(known) {
            return Err(refused(Refusal::Unknown));
        }
        let mut fields = fields.clone();
        let Some(building) = fields.building.clone() else {
            // Whoever has no home's money but some to take cannot read what is at the counter.
            if !collector.iter().any(payments::may_serve_counter) {
                return Err(refused(Refusal::NotYours));
            }
            return Round::open(author, &fields).map_err(refused);
        };
        let collects = |unit: &UnitCode| collector.iter().any(|a| payments::may_collect(a, unit));
        match doors {
            // Nobody is sent to a door where they may take nothing.
            Doors::Named if !fields.units.iter().all(collects) => {
                return Err(refused(Refusal::NotYours));
            }
            Doors::Named => {}
            Doors::Owing { stair } => {
                let all = self.doors_of(&building, stair, collects)?;
                let owing = self.owing(all, now)?.into_iter().filter(|(_, owed)| *owed > Fen::ZERO);
                fields.units = owing.map(|(unit, _)| unit).collect();
            }
            Doors::All { stair } => fields.units = self.doors_of(&building, stair, collects)?,
        }
        if fields.units.is_empty() {
            return Err(refused(Refusal::NoDoors));
        }
        Round::open(author, &fields).map_err(refused)
    }

    /// Returns the homes with a door of a building, or of one of its stairs, where somebody may collect.
    fn doors_of(
        &self,
        building: &str,
        stair: Option<u16>,
        collects: impl Fn(&UnitCode) -> bool,
    ) -> Result<Vec<UnitCode>, AskError> {
        let registry = &self.member()?.current;
        let doors = registry.units().filter(|unit| unit.kind.has_door()).map(|unit| &unit.code);
        let there = doors.filter(|unit| unit.building() == building).filter(|unit| collects(unit));
        let mut there = there.peekable();
        if there.peek().is_none() {
            return Err(refused(Refusal::NotYours));
        }
        let meant = |unit: &&UnitCode| stair.is_none_or(|stair| unit.stair() == stair);
        Ok(there.filter(meant).cloned().collect())
    }

    /// Returns the earlier rounds of others that have some homes of an open round on the same days.
    ///
    /// Two collectors at one door may be meant; the one who comes second is told.
    pub(super) fn shared_with(
        &self,
        round: &Round,
        now: Moment,
    ) -> Result<Vec<SharedRound>, ReplicaError> {
        let today = Day::of(now, self.member()?.current.law().utc_offset_minutes);
        let RoundFields { building, collector, units, from, to } = &round.fields;
        if building.is_none() || today.is_none_or(|today| today > *to) {
            return Ok(Vec::new());
        }
        let rows = self.rounds(false, now)?;
        let earlier = rows.into_iter().skip_while(|row| row.id != round.id).skip(1);
        let meets = |row: &RoundRow| {
            let open = today.is_some_and(|today| today <= row.to);
            let days = row.from <= *to && *from <= row.to;
            row.building == *building && row.collector != *collector && open && days
        };
        let mut shared = Vec::new();
        for row in earlier.filter(meets) {
            let Some(other) = self.round_state(&row.id)? else { continue };
            let both = other.fields.units.iter().filter(|unit| units.contains(unit)).count();
            if both > 0 {
                let homes = u32::try_from(both).unwrap_or(u32::MAX);
                shared.push(SharedRound { row, homes });
            }
        }
        Ok(shared)
    }

    /// Returns the counter that somebody serves today, the newest of them.
    pub(super) fn own_counter(
        &self,
        author: &Author,
        now: Moment,
    ) -> Result<Option<FactId>, ReplicaError> {
        let today = Day::of(now, self.member()?.current.law().utc_offset_minutes);
        let open = |row: &RoundRow| today.is_some_and(|day| (row.from..=row.to).contains(&day));
        let rows = self.rounds_of(&author.person)?.into_iter();
        Ok(rows.filter(open).find(|row| row.building.is_none()).map(|row| row.id))
    }

    /// Returns the cash that the author carries from other rounds, where a receipt for cash is asked for.
    pub(super) fn elsewhere(
        &self,
        asked: &account::Asked,
        author: &Author,
        round: Option<&Round>,
    ) -> Result<Elsewhere, ReplicaError> {
        let mut elsewhere = Elsewhere::default();
        let account::Asked::Receive(ReceiptAsked { method: Method::Cash, .. }) = asked else {
            return Ok(elsewhere);
        };
        for row in self.rounds_of(&author.person)? {
            let other = round.is_some_and(|round| round.id != row.id);
            if !other || row.in_hand <= Fen::ZERO && row.to_take == 0 {
                continue;
            }
            let Some(round) = self.round_state(&row.id)? else { continue };
            elsewhere.cash = elsewhere.cash.plus(round.carried()).unwrap_or(SUM_MAX);
            let oldest = round.oldest_in_hand();
            elsewhere.oldest = elsewhere.oldest.into_iter().chain(oldest).min();
        }
        Ok(elsewhere)
    }

    /// Tells whether this phone holds a receipt, of any home, for what came by that way under that reference, or with
    /// that slip.
    pub(super) fn used(&self, asked: &account::Asked) -> Result<Option<Refusal>, ReplicaError> {
        let account::Asked::Receive(ReceiptAsked { method, reference, slip, .. }) = asked else {
            return Ok(None);
        };
        let reference = reference.as_ref().map(|text| payments::view::reference_tag(*method, text));
        let slip = slip.as_ref().map(|text| payments::view::slip_tag(text));
        let papers = [(reference, Refusal::ReferenceTwice), (slip, Refusal::SlipTwice)];
        for (tag, why) in papers {
            let Some(tag) = tag else { continue };
            if self.store().count(Room::Payments.code(), Some(&tag))? > 0 {
                return Ok(Some(why));
            }
        }
        Ok(None)
    }

    /// Returns the count that this phone's next receipt of the month has.
    pub(super) fn next_receipt(&self, now: Moment) -> Result<u16, ReplicaError> {
        let offset = self.member()?.current.law().utc_offset_minutes;
        let month = Day::of(now, offset).map(|day| Month::of(day).to_string()).unwrap_or_default();
        let key = [meta::RECEIPTS, month.as_bytes()].concat();
        let last = self.store().get(Table::Meta, &key)?.and_then(|last| last.try_into().ok());
        Ok(last.map_or(0, u16::from_be_bytes).saturating_add(1))
    }

    pub(crate) fn round_state(&self, id: &FactId) -> Result<Option<Round>, ReplicaError> {
        Ok(self.reading()?.fold_round(id)?.map(|(_, round)| round))
    }

    pub(super) fn shelf_of_round(&self, round: &Round) -> Result<Shelf, ReplicaError> {
        let row = self.store().get(Table::Fact, &round.id.0)?;
        let row = FactRow::decode(&row.ok_or(ReplicaError::Damaged { row: "round" })?)?;
        Ok(shelf::shelf_of_round(round, Moment(Fact::decode(&row.bytes)?.at)))
    }
}
