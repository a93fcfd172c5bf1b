//! What one phone's screens show, as the village reads it.

use serde::{Deserialize, Serialize};
use shared::LinliCore;

/// What the phone's screens show.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Screen {
    /// Grows whenever the phone shows something else.
    pub(crate) version: u64,
    pub(crate) phase: String,
    pub(crate) phase_text: String,
    pub(crate) community: String,
    pub(crate) device: Option<String>,
    pub(crate) code: Option<String>,
    pub(crate) seq: u64,
    pub(crate) unsent: u32,
    pub(crate) handed_over: u32,
    pub(crate) toast: Option<String>,
    pub(crate) refusal: Option<String>,
    pub(crate) invitation: Option<String>,
    /// Whether what was written before it came is still on its way.
    pub(crate) reading: bool,
    pub(crate) alarms: Vec<ScreenAlarm>,
    pub(crate) drafts: Vec<String>,
    /// How many photos the drafts hold.
    pub(crate) photos: usize,
    /// Open reports of what is about to be reported.
    pub(crate) alike: Vec<String>,
    /// The photo that is looked at, as hexadecimal digits.
    pub(crate) picture: Option<String>,
    /// The file that was handed to the share sheet last.
    pub(crate) shared: Option<String>,
    /// How many packs of others wait here for the relay.
    pub(crate) carried: u32,
    pub(crate) rows: Vec<ScreenRow>,
    pub(crate) detail: Option<ScreenDetail>,
    pub(crate) applicants: Vec<ScreenApplicant>,
    pub(crate) devices: Vec<ScreenDevice>,
    /// People without a phone, with what they are: the role and the home.
    pub(crate) without_phone: Vec<(String, String)>,
    pub(crate) set_aside: Vec<(String, String)>,
    pub(crate) money: ScreenMoney,
}

/// What an act asks for, and what can be chosen.
pub(crate) type ScreenAsk = (String, Vec<String>);

/// What is shown of money.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct ScreenMoney {
    /// What can be done about all of it, with what can be chosen.
    pub(crate) acts: Vec<(String, Vec<ScreenAsk>)>,
    /// How many bill runs there are.
    pub(crate) runs: usize,
    /// The rounds: whether it is this person's, and which.
    pub(crate) rounds: Vec<(bool, String)>,
    pub(crate) home: Option<ScreenHome>,
    pub(crate) round: Option<ScreenRound>,
    /// What a scanned receipt comes to: whose it is, how it stands, what can be done.
    pub(crate) scanned: Option<(String, String, Vec<String>)>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct ScreenHome {
    pub(crate) unit: String,
    pub(crate) subject: String,
    pub(crate) owed: String,
    pub(crate) twice: bool,
    /// The receipts and refunds: whose it is, the sum, how it stands, what can be done.
    pub(crate) papers: Vec<(String, String, String, Vec<String>)>,
    /// What the code of the receipt says that was just written.
    pub(crate) code: Option<String>,
    pub(crate) acts: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct ScreenRound {
    pub(crate) id: String,
    pub(crate) subject: String,
    /// How its cash stands, in words and figures.
    pub(crate) cash: String,
    pub(crate) doors: Vec<String>,
    /// Where the person was last.
    pub(crate) at: Option<String>,
    pub(crate) counts: Vec<ScreenCount>,
    pub(crate) acts: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct ScreenCount {
    pub(crate) subject: String,
    /// What was short or over.
    pub(crate) short: Option<String>,
    /// The bank's slip.
    pub(crate) banked: Option<String>,
    pub(crate) acts: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct ScreenAlarm {
    pub(crate) word: String,
    pub(crate) sentence: String,
    pub(crate) seq: u64,
    pub(crate) device: Option<String>,
    pub(crate) detail: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct ScreenRow {
    pub(crate) id: String,
    pub(crate) place: String,
    pub(crate) class: String,
    pub(crate) excerpt: String,
    pub(crate) status: String,
    pub(crate) status_text: String,
    pub(crate) versions: u32,
    pub(crate) conflict: bool,
    pub(crate) pending: bool,
    pub(crate) late: bool,
    /// How many photos there are.
    pub(crate) photos: u32,
    pub(crate) merged_into: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct ScreenDetail {
    pub(crate) id: String,
    /// For whom it was reported.
    pub(crate) on_behalf: Option<String>,
    /// The names of its photos.
    pub(crate) photos: Vec<String>,
    /// The reports that were merged into it.
    pub(crate) merged: Vec<String>,
    pub(crate) steps: Vec<ScreenStep>,
    pub(crate) actions: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct ScreenStep {
    pub(crate) id: String,
    pub(crate) status: String,
    pub(crate) status_text: String,
    pub(crate) role_text: String,
    pub(crate) note: Option<String>,
    pub(crate) at_ms: i64,
    pub(crate) pending: bool,
    pub(crate) stands: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct ScreenApplicant {
    pub(crate) invite: String,
    pub(crate) name: String,
    pub(crate) code: Option<String>,
    pub(crate) decided: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct ScreenDevice {
    pub(crate) device: String,
    pub(crate) person: String,
    pub(crate) duties: Vec<String>,
    pub(crate) own: bool,
    pub(crate) ended: bool,
}

/// Reads what all screens show at one moment: nobody concludes from a list that is newer than the count of
/// what is unsent.
pub(super) fn look(core: &LinliCore, shared: Option<&str>) -> Screen {
    loop {
        let screen = read(core, shared.map(str::to_owned));
        if screen.version == core.frame().version {
            return screen;
        }
    }
}

fn read(core: &LinliCore, shared: Option<String>) -> Screen {
    let (frame, list, people) = (core.frame(), core.repairs(), core.people());
    let shared::Drafts { drafts, alike, .. } = core.drafts();
    Screen {
        version: frame.version,
        phase: format!("{:?}", frame.phase),
        phase_text: frame.phase_text,
        community: frame.community,
        device: frame.device,
        code: frame.code,
        seq: frame.seq,
        unsent: frame.unsent,
        handed_over: frame.handed_over,
        toast: frame.toast,
        refusal: frame.refusal,
        invitation: frame.invitation,
        reading: frame.reading,
        alarms: frame.alarms.into_iter().map(alarm).collect(),
        drafts: drafts.iter().map(|draft| draft.text.clone()).collect(),
        photos: drafts.iter().map(|draft| draft.attachments.len()).sum(),
        alike: alike.into_iter().map(|line| line.id).collect(),
        picture: core.picture().map(|bytes| linli_wire::ids::hex(&bytes)),
        shared,
        carried: frame.carried,
        rows: list.rows.into_iter().map(row).collect(),
        detail: core.detail().map(detail),
        applicants: people
            .applicants
            .into_iter()
            .map(|applicant| ScreenApplicant {
                invite: applicant.invite,
                name: applicant.name,
                code: applicant.code,
                decided: applicant.decided,
            })
            .collect(),
        without_phone: people.people.iter().filter_map(without_phone).collect(),
        devices: people.people.into_iter().flat_map(devices).collect(),
        set_aside: people.set_aside.into_iter().map(|fact| (fact.id, fact.verdict)).collect(),
        money: money(core.money()),
    }
}

fn money(money: shared::Money) -> ScreenMoney {
    let words = |acts: &[shared::Action]| acts.iter().map(|act| act.word.clone()).collect();
    let ask = |ask: &shared::AskedFor| {
        (ask.word.clone(), ask.choices.iter().map(|choice| choice.value.clone()).collect())
    };
    let asks = |act: &shared::Action| (act.word.clone(), act.asks.iter().map(ask).collect());
    let paper = |paper: &shared::PaperCard| {
        let (subject, sum, how) = (&paper.subject, &paper.sum_text, &paper.chip.text);
        (subject.clone(), sum.clone(), how.clone(), words(&paper.actions))
    };
    let count = |count: &shared::CountCard| ScreenCount {
        subject: count.subject.clone(),
        short: count.difference_text.clone(),
        banked: count.banked_text.clone(),
        acts: words(&count.actions),
    };
    ScreenMoney {
        acts: money.actions.iter().map(asks).collect(),
        runs: money.runs.len(),
        rounds: money.rounds.iter().map(|round| (round.own, round.id.clone())).collect(),
        home: money.home.map(|home| ScreenHome {
            papers: home.papers.iter().map(paper).collect(),
            acts: words(&home.actions),
            code: home.fresh.map(|fresh| fresh.code),
            twice: home.twice_text.is_some(),
            unit: home.unit,
            subject: home.subject,
            owed: home.owed_plain,
        }),
        round: money.round.map(|round| ScreenRound {
            doors: round.doors.iter().map(|door| door.unit.clone()).collect(),
            counts: round.counts.iter().map(count).collect(),
            acts: words(&round.actions),
            cash: round.line.chip.text,
            id: round.line.id,
            subject: round.subject,
            at: round.at,
        }),
        scanned: money.scanned.map(|it| (it.subject, it.chip.text, words(&it.actions))),
    }
}

fn alarm(alarm: shared::AlarmLine) -> ScreenAlarm {
    ScreenAlarm {
        word: alarm.word,
        sentence: alarm.sentence,
        seq: alarm.seq,
        device: alarm.device,
        detail: alarm.detail,
    }
}

fn detail(detail: shared::RepairDetail) -> ScreenDetail {
    let steps = detail.steps.iter().flat_map(|step| &step.attachments);
    let photos = detail.attachments.iter().chain(steps).filter(|attachment| !attachment.voice);
    ScreenDetail {
        id: detail.line.id,
        on_behalf: detail.on_behalf,
        photos: photos.map(|photo| photo.id.clone()).collect(),
        merged: detail.merged.into_iter().map(|line| line.id).collect(),
        steps: detail.steps.into_iter().map(step).collect(),
        actions: detail.actions.into_iter().map(|action| action.word).collect(),
    }
}

fn without_phone(person: &shared::Person) -> Option<(String, String)> {
    let duty = person.duties.iter().find(|duty| duty.state == "stands")?;
    let held = format!("{} {}", duty.role, duty.scope);
    person.devices.is_empty().then(|| (person.person.clone(), held))
}

fn devices(person: shared::Person) -> impl Iterator<Item = ScreenDevice> {
    let duty = |duty: &shared::DutyLine| format!("{} {}", duty.role, duty.scope);
    let duties: Vec<String> = person.duties.iter().map(duty).collect();
    person.devices.into_iter().map(move |device| ScreenDevice {
        device: device.device,
        person: person.person.clone(),
        duties: duties.clone(),
        own: device.own,
        ended: device.ended,
    })
}

fn row(line: shared::RepairLine) -> ScreenRow {
    ScreenRow {
        id: line.id,
        place: line.place,
        class: line.class,
        excerpt: line.excerpt,
        status: line.status,
        status_text: line.status_text,
        versions: line.versions,
        conflict: line.conflict,
        pending: line.pending,
        late: line.late,
        photos: line.attachments,
        merged_into: line.merged_into,
    }
}

fn step(step: shared::Step) -> ScreenStep {
    ScreenStep {
        id: step.id,
        status: step.status,
        status_text: step.status_text,
        role_text: step.role_text,
        note: step.note,
        at_ms: step.at_ms,
        pending: step.pending,
        stands: step.stands,
    }
}
