//! Makes one repair in full, with words in the shell's language.

use linli_app::model::View;
use linli_domain::{
    kernel::{self, Moment},
    repairs::{
        self, NoteKind, Slot,
        clock::ClockKind,
        view::{Action as Doable, Ask, NoteEntry, TimelineEntry},
    },
};
use linli_replica::repairs::{Delivery, RepairPage};

use crate::{
    choices,
    present_list::{Lines, attachment, delivery_chip, look_of, slot},
    repair_records::{Action, AskedFor, Clock, RepairDetail, Step},
    screen_records::{Choice, ClockBar, ClockMark, RepairVersion, Sign},
    telling::Telling,
};

/// How far a clock may be off before both times are shown (ms).
const CLOCK_OFF_MS: i64 = 5 * 60 * 1000;

/// The whole length of a bar.
const WHOLE: i64 = 1000;

struct Page<'a> {
    lines: Lines<'a>,
    page: &'a RepairPage,
}

/// Makes the detail of the repair that is open, if one is.
pub(crate) fn detail(view: &View) -> Option<RepairDetail> {
    let page = view.screens.detail.as_ref()?;
    Some(Page { lines: Lines::of(view), page }.detail())
}

impl Page<'_> {
    const fn telling(&self) -> &Telling {
        &self.lines.telling
    }

    fn detail(&self) -> RepairDetail {
        let (telling, detail) = (self.telling(), &self.page.detail);
        let refused = |refusal: &repairs::Refusal| telling.word("refusal", refusal.word());
        let text = |slot: &Slot| telling.span(slot.from, slot.to);
        RepairDetail {
            line: self.lines.line(&detail.row),
            text: detail.text.clone(),
            reported_text: self.reported(),
            behalf_text: detail.on_behalf.map(|person| telling.who(&person, None)),
            conflict: self.conflict(),
            clock_bar: self.clock_bar(),
            attachments: detail.attachments.iter().map(attachment).collect(),
            on_behalf: detail.on_behalf.map(|person| person.to_hex()),
            slots: detail.slots.iter().map(slot).collect(),
            slot_texts: detail.slots.iter().map(text).collect(),
            visit: detail.visit.as_ref().map(slot),
            visit_text: detail.visit.as_ref().map(text),
            steps: self.steps(),
            clocks: detail.clocks.iter().map(|clock| self.clock(clock)).collect(),
            actions: self.actions(),
            alike: self.lines.all(&self.page.alike),
            merged: self.lines.all(&self.page.merged),
            refused: detail.refused.iter().map(|(_, refusal)| refused(refusal)).collect(),
        }
    }

    fn reported(&self) -> String {
        let (telling, first) = (self.telling(), self.page.detail.timeline.first());
        first.map_or_else(String::new, |entry| {
            format!("{} · {}", telling.who(&entry.person, entry.role), telling.at(entry.when))
        })
    }

    fn conflict(&self) -> Vec<RepairVersion> {
        let (telling, detail) = (self.telling(), &self.page.detail);
        if !detail.row.conflict {
            return Vec::new();
        }
        let standing = detail.timeline.iter().filter(|entry| entry.tip);
        let version = |entry: &TimelineEntry| RepairVersion {
            id: entry.id.to_hex(),
            who_text: telling.who(&entry.person, entry.role),
            at_text: telling.at(entry.when),
            status_text: telling.word("status", entry.step.status.word()),
            note: entry.step.note.clone(),
        };
        standing.map(version).collect()
    }

    fn steps(&self) -> Vec<Step> {
        let page = self.page;
        let delivery = |id| page.deliveries.iter().find(|(known, _)| *known == id).map(|(_, d)| *d);
        let steps = page.detail.timeline.iter().map(|e| self.step(e, delivery(e.id)));
        let notes = page.detail.notes.iter().map(|note| self.note(note, delivery(note.id)));
        let mut all: Vec<Step> = steps.chain(notes).collect();
        // Steps are in order already: what was said at the same moment stands behind them.
        all.sort_by_key(|step| step.at_ms);
        all
    }

    fn step(&self, entry: &TimelineEntry, delivery: Option<Delivery>) -> Step {
        let (telling, step) = (self.telling(), &entry.step);
        let how = step.how.map(|how| ("assignment", how.word()));
        let referral = step.referral.map(|to| ("referral", to.word()));
        let off = entry.at.0.saturating_sub(entry.when.0).saturating_abs() > CLOCK_OFF_MS;
        Step {
            id: entry.id.to_hex(),
            status: step.status.word().to_owned(),
            status_text: telling.word("status", step.status.word()),
            sign: look_of(step.status).1,
            person: entry.person.to_hex(),
            who_text: telling.who(&entry.person, entry.role),
            device: entry.device.to_hex(),
            role_text: telling.word("role", entry.role.map_or("none", kernel::Role::word)),
            at_ms: entry.when.0,
            at_text: telling.at(entry.when),
            claimed_text: off.then(|| telling.at(entry.at)),
            note: step.note.clone().filter(|note| !note.is_empty()),
            assignee: step.assignee.map(|person| person.to_hex()),
            assignee_text: step
                .assignee
                .map(|person| telling.who(&person, Some(kernel::Role::Property))),
            how_text: how.or(referral).map(|(group, word)| telling.word(group, word)),
            place: step.place.as_ref().map(|place| telling.place(place)),
            until_text: step.until.map(|until| telling.by(until)),
            estimate_fen: step.estimate.map(kernel::Fen::get),
            estimate_text: step.estimate.map(|sum| format!("¥{sum}")),
            stars: step.stars,
            attachments: step.attachments.iter().chain(&step.mark).map(attachment).collect(),
            delivery: delivery.map(|delivery| delivery.word().to_owned()),
            delivery_chip: delivery.map(|delivery| delivery_chip(telling, delivery)),
            pending: entry.seq.is_none(),
            stands: entry.tip,
        }
    }

    fn note(&self, note: &NoteEntry, delivery: Option<Delivery>) -> Step {
        let telling = self.telling();
        let (word, action) = match note.kind {
            NoteKind::Comment => ("comment", "comment"),
            NoteKind::MeToo => ("me_too", "me_too"),
            NoteKind::Slots => ("slots", "offer_slots"),
        };
        Step {
            id: note.id.to_hex(),
            status: word.to_owned(),
            status_text: telling.word("action", action),
            sign: match note.kind {
                NoteKind::Comment => Sign::Comment,
                NoteKind::MeToo => Sign::People,
                NoteKind::Slots => Sign::Calendar,
            },
            person: note.person.to_hex(),
            who_text: telling.who(&note.person, note.role),
            device: String::new(),
            role_text: telling.word("role", note.role.map_or("none", kernel::Role::word)),
            at_ms: note.when.0,
            at_text: telling.at(note.when),
            claimed_text: None,
            note: (!note.text.is_empty()).then(|| note.text.clone()),
            assignee: None,
            assignee_text: None,
            how_text: None,
            place: None,
            until_text: None,
            estimate_fen: None,
            estimate_text: None,
            stars: None,
            attachments: note.attachments.iter().map(attachment).collect(),
            delivery: delivery.map(|delivery| delivery.word().to_owned()),
            delivery_chip: delivery.map(|delivery| delivery_chip(telling, delivery)),
            pending: note.seq.is_none(),
            stands: false,
        }
    }

    fn clock(&self, clock: &repairs::clock::Clock) -> Clock {
        let telling = self.telling();
        Clock {
            kind: clock.kind.word().to_owned(),
            kind_text: telling.word("clock", clock.kind.word()),
            from_ms: clock.from.0,
            due_ms: clock.due.0,
            ended_ms: clock.ended.map(|ended| ended.0),
            late: clock.is_late(telling.now),
        }
    }

    /// The bar of the last round of work, as long as it is open: from the report to the last clock.
    fn clock_bar(&self) -> Option<ClockBar> {
        let (telling, detail) = (self.telling(), &self.page.detail);
        let complaint = detail.row.target.is_some();
        let last = if complaint { ClockKind::Answer } else { ClockKind::Fix };
        let whole = detail.clocks.iter().rev().find(|clock| clock.kind == last)?;
        let next = detail.row.due.filter(|_| detail.row.open)?;
        let at = |moment: Moment| permille(whole.from, whole.due, moment);
        let mut marks =
            vec![ClockMark { text: telling.word("bar", "reported"), permille: 0, done: true }];
        let arrive = detail.clocks.iter().rev().find(|clock| clock.kind == ClockKind::Arrive);
        if let Some(arrive) = arrive.filter(|_| !complaint) {
            let text = telling.word("bar", "arrive");
            let done = arrive.met;
            marks.push(ClockMark { text, permille: at(arrive.ended.unwrap_or(arrive.due)), done });
        }
        let (text, done) = (telling.word("bar", last.word()), whole.met);
        marks.push(ClockMark { text, permille: permille(whole.from, whole.due, whole.due), done });
        let (kind, due) = next;
        Some(ClockBar {
            text: format!("{} · {}", telling.word("clock", kind.word()), telling.left(due)),
            due_text: telling.by(due),
            late: telling.now > due,
            permille: at(telling.now),
            marks,
        })
    }

    fn actions(&self) -> Vec<Action> {
        let doable = &self.page.detail.actions;
        let main = doable.iter().position(|(action, _)| is_main(*action));
        let button = |(index, (action, asks)): (usize, &(Doable, Vec<Ask>))| Action {
            word: action.word().to_owned(),
            text: self.telling().word("action", action.word()),
            main: Some(index) == main,
            asks: self.asks(*action, asks),
        };
        doable.iter().enumerate().map(button).collect()
    }

    /// What has to be asked, and what may be added.
    fn asks(&self, action: Doable, asks: &[Ask]) -> Vec<AskedFor> {
        let mut asked: Vec<AskedFor> = asks.iter().map(|ask| self.asked(*ask, false)).collect();
        let more: &[Ask] = match action {
            Doable::ClaimDone => &[Ask::Text, Ask::Photo],
            Doable::Rate => &[Ask::Text],
            Doable::Reopen | Doable::Comment => &[Ask::Photo],
            Doable::Dispatch | Doable::Grab if !self.page.detail.slots.is_empty() => &[Ask::Slots],
            _ => &[],
        };
        for ask in more.iter().filter(|ask| !asks.contains(ask)) {
            asked.push(self.asked(*ask, true));
        }
        // One visit is agreed, though several times were offered.
        if action != Doable::OfferSlots {
            for ask in &mut asked {
                if ask.word == Ask::Slots.word() {
                    ask.many = false;
                    ask.choices = self.offered();
                }
            }
        }
        asked
    }

    fn asked(&self, ask: Ask, optional: bool) -> AskedFor {
        AskedFor {
            word: ask.word().to_owned(),
            text: self.telling().word("ask", ask.word()),
            choices: self.choices(ask),
            typed: matches!(ask, Ask::Text | Ask::Sum | Ask::Place),
            many: ask == Ask::Slots,
            optional,
        }
    }

    fn offered(&self) -> Vec<Choice> {
        let offered = self.page.detail.slots.iter();
        offered.map(|slot| choices::slot(self.telling(), slot)).collect()
    }

    fn choices(&self, ask: Ask) -> Vec<Choice> {
        let (telling, page) = (self.telling(), self.page);
        match ask {
            Ask::Person => page.workers.iter().map(|p| choices::person(telling, p)).collect(),
            Ask::Place => choices::places_around(telling, &page.detail.row.place),
            Ask::Time => choices::pause_ends(telling),
            Ask::Slots => choices::visits(telling),
            Ask::Referral => choices::referrals(telling),
            Ask::Stars => (1..=5_u8)
                .map(|stars| stars.to_string())
                .map(|stars| Choice {
                    text: telling.words.fill("rating", "stars", &[("stars", &stars)]),
                    value: stars,
                })
                .collect(),
            Ask::Repair => {
                let alike = page.alike.iter().map(|row| Choice {
                    value: row.id.to_hex(),
                    text: format!("{} {}", telling.place(&row.place), row.excerpt),
                });
                alike.collect()
            }
            Ask::Version => {
                let versions = self.conflict().into_iter();
                versions.map(|v| Choice { value: v.id, text: v.status_text }).collect()
            }
            Ask::Text | Ask::Photo | Ask::Sum | Ask::Mark => Vec::new(),
        }
    }
}

/// What moves a repair on; the rest is said beside it or ends it early.
const fn is_main(action: Doable) -> bool {
    !matches!(
        action,
        Doable::Comment
            | Doable::MeToo
            | Doable::OfferSlots
            | Doable::Withdraw
            | Doable::Refuse
            | Doable::Refer
            | Doable::Merge
            | Doable::Archive
            | Doable::Reopen
            | Doable::Settle
            | Doable::ProposePlan
            | Doable::AwaitVote
    )
}

/// How much of the time between two moments is over, in thousandths.
fn permille(from: Moment, due: Moment, at: Moment) -> u32 {
    let whole = due.0.saturating_sub(from.0).max(1);
    let part = at.0.saturating_sub(from.0).clamp(0, whole);
    u32::try_from(part.saturating_mul(WHOLE) / whole).unwrap_or_default()
}
