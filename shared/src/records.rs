//! What a shell draws: plain data in the shell's language, with stable ids and stored words.

use crate::{people::WhoApplies, repair_records::AskedFor};

/// Where this phone stands with its community.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, uniffi::Enum)]
pub enum Phase {
    /// Nothing founded or joined.
    #[default]
    Fresh,
    /// Kept for a founding: others have to sign, or this phone to enter.
    Founding,
    /// The application is on its way.
    Applying,
    /// A reviewer has to open it.
    WaitingForReviewer,
    /// The six digits are compared.
    Comparing,
    /// The application was refused.
    Refused,
    /// Approved, and nothing read yet; where two have to approve, it takes until the second.
    Approved,
    /// A member.
    Member,
    /// Access has ended.
    Ended,
}

/// What a relay was caught at.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct AlarmLine {
    /// The stored word.
    pub word: String,
    /// The sentence for people.
    pub sentence: String,
    /// The place in the log.
    pub seq: u64,
    /// The device whose pack shows it, where one does.
    pub device: Option<String>,
    /// One sentence for experts.
    pub detail: String,
}

/// What every screen shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, uniffi::Record)]
pub struct Frame {
    /// Rises with every change.
    pub version: u64,
    /// This phone's communities.
    pub communities: Vec<CommunityLine>,
    /// The community's name.
    pub community: String,
    /// Whether it is a trial with a single founder.
    pub trial: bool,
    /// Where this phone stands.
    pub phase: Phase,
    /// The same as a sentence; who has to update, if that keeps phone and relay apart.
    pub phase_text: String,
    /// Where a member's application for a further home or role stands, as a sentence.
    pub further_text: Option<String>,
    /// Whether this person can still give up an application: the one for the community that is
    /// shown, or a member's for a further home or role.
    pub may_stop_joining: bool,
    /// Whether the community asks for a newer version of the app before it writes.
    pub needs_update: bool,
    /// Whether what was written before this phone came is still on its way.
    pub reading: bool,
    /// This phone's own device.
    pub device: Option<String>,
    /// The language of the screens: `zh` or `en`.
    pub language: String,
    /// Today, with its weekday.
    pub today_text: String,
    /// How much waits for this person, as a sentence.
    pub waits_text: String,
    /// What this person is here, the weightiest first.
    pub duties: Vec<OwnDuty>,
    /// Whether all that was done here is sent, as a sentence.
    pub sync_text: String,
    /// Whether something waits to be sent.
    pub sync_waits: bool,
    /// When the relay last answered, for people.
    pub contact_text: String,
    /// The six digits to compare, while joining.
    pub code: Option<String>,
    /// The last log entry read.
    pub seq: u64,
    /// How many own packs are not handed over.
    pub unsent: u32,
    /// When the oldest of them was written, in ms since 1970.
    pub oldest_unsent_ms: Option<i64>,
    /// How many are handed over but not yet seen in the log.
    pub handed_over: u32,
    /// When the relay last answered, in ms since 1970.
    pub contact_ms: Option<i64>,
    /// What a relay was caught at.
    pub alarms: Vec<AlarmLine>,
    /// How many parts of photos and voice notes are not handed over.
    pub pictures_unsent: u32,
    /// How many packs of others this phone carries to the relay.
    pub carried: u32,
    /// Whether everything is handed over, so that a borrowed phone may be handed back.
    pub safe_to_hand_back: bool,
    /// The same as a sentence.
    pub safe_text: String,
    /// Until when the last act can be undone, in ms since 1970.
    pub undo_until_ms: Option<i64>,
    /// What there is to do with money, as a sentence; none where there is nothing.
    pub money_text: Option<String>,
    /// How many things wait for this person, for the badge.
    pub badge: u32,
    /// Whether it is the mode for elders.
    pub elder: bool,
    /// The sentence to show once.
    pub toast: Option<String>,
    /// The word of the refusal behind it.
    pub refusal: Option<String>,
    /// The newest invitation, for a QR.
    pub invitation: Option<String>,
    /// For whom it is and how long it holds, for people.
    pub invitation_text: Option<String>,
}

/// One of this phone's communities.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct CommunityLine {
    /// Which, to switch to it.
    pub index: u32,
    /// Its name.
    pub name: String,
    /// The weightiest role that this phone's person holds there, for people; empty before that.
    pub role_text: String,
    /// Whether it is the one that is shown.
    pub shown: bool,
    /// Where this phone stands with it, for people.
    pub phase_text: String,
}

/// What this phone's person is.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct OwnDuty {
    /// The role, for people.
    pub role_text: String,
    /// What it is for, for people.
    pub scope_text: String,
    /// Whether that is a door with a number.
    pub door: bool,
}

/// An application to review.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Applicant {
    /// The application.
    pub invite: String,
    /// The name given.
    pub name: String,
    /// The role asked for, for people.
    pub role_text: String,
    /// What the role is for.
    pub scope: String,
    /// The same for people.
    pub scope_text: String,
    /// First moment, in ms since 1970.
    pub from_ms: Option<i64>,
    /// Last moment, in ms since 1970.
    pub to_ms: Option<i64>,
    /// The same for people; none without an end.
    pub until_text: Option<String>,
    /// What the person is to be charged with in the office, for people.
    pub staff_texts: Vec<String>,
    /// Whose phone it may be. One of several has to be chosen; a single one needs no question; of
    /// none this person cannot approve it.
    pub who: Vec<WhoChoice>,
    /// Whether this person may say yes or no now: the digits are known, and nothing was said yet.
    pub may_decide: bool,
    /// The device that applies.
    pub device: String,
    /// The six digits to compare, once known.
    pub code: Option<String>,
    /// Whether this phone has decided.
    pub decided: bool,
}

/// A person whose phone it may be that applies.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct WhoChoice {
    /// Whose phone it is, to approve with.
    pub who: WhoApplies,
    /// The same for people.
    pub text: String,
}

/// A phone of a person.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Device {
    /// The device.
    pub device: String,
    /// Which of the person's phones it is, for people.
    pub number_text: String,
    /// Whether it is this phone.
    pub own: bool,
    /// Whether it was revoked.
    pub ended: bool,
    /// Whether this person may revoke it.
    pub may_revoke: bool,
}

/// What a person is.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct DutyLine {
    /// The role, the stored word.
    pub role: String,
    /// The same for people.
    pub role_text: String,
    /// What it is for.
    pub scope: String,
    /// The same for people.
    pub scope_text: String,
    /// First moment, in ms since 1970.
    pub from_ms: Option<i64>,
    /// Last moment, in ms since 1970.
    pub to_ms: Option<i64>,
    /// The same for people; none without an end.
    pub until_text: Option<String>,
    /// What the person is charged with in the office, for people.
    pub staff_texts: Vec<String>,
    /// How it stands: `stands`, `waiting`, `ahead` or `over`.
    pub state: String,
    /// The same for people.
    pub state_text: String,
    /// How many people approved it.
    pub approvals: u32,
    /// Whether this person may end it.
    pub may_end: bool,
}

/// A person of the registry.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Person {
    /// The person, by pseudonym.
    pub person: String,
    /// Its beginning, to tell people apart on a screen.
    pub short: String,
    /// Whether it is this phone's person.
    pub own: bool,
    /// What they are, the weightiest first.
    pub duties: Vec<DutyLine>,
    /// Their phones; none for a person for whom others act.
    pub devices: Vec<Device>,
}

/// One unit, where exactly one was looked for.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct UnitPage {
    /// The unit.
    pub unit: String,
    /// How it stands, the stored word.
    pub status: String,
    /// The same for people.
    pub status_text: String,
    /// The owners that the register names, the first co-owner first.
    pub owners: Vec<String>,
    /// Who stands for it.
    pub representative: Option<String>,
    /// How many people hold something in it now.
    pub occupants: u32,
}

/// A fact that was set aside.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct SetAside {
    /// The fact.
    pub id: String,
    /// Why: `quarantined`, `refused` or `newer`.
    pub verdict: String,
    /// The device that wrote it.
    pub device: String,
    /// Its place in the log.
    pub seq: u64,
}

/// A role that this person may bring somebody in with.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Offer {
    /// The stored word: a role.
    pub word: String,
    /// The same for people.
    pub text: String,
    /// What has to be asked for.
    pub asks: Vec<AskedFor>,
}

/// People, applications and what was set aside.
#[derive(Clone, Debug, Default, PartialEq, Eq, uniffi::Record)]
pub struct People {
    /// As what this person may invite somebody, the weightiest first.
    pub inviting: Vec<Offer>,
    /// As what this person may register somebody without a phone.
    pub registering: Vec<Offer>,
    /// Applications to review.
    pub applicants: Vec<Applicant>,
    /// How many people fit what was looked for.
    pub total: u32,
    /// The first row.
    pub offset: u32,
    /// The rows, about three screens of them; none while nobody looks at them.
    pub people: Vec<Person>,
    /// The unit, where exactly one was looked for.
    pub unit: Option<UnitPage>,
    /// Facts set aside for review.
    pub set_aside: Vec<SetAside>,
}

/// What this phone has to do with a founding by several.
#[derive(Clone, Debug, Default, PartialEq, Eq, uniffi::Record)]
pub struct Founding {
    /// This phone's keys, as the text to hand to who drafts.
    pub keys: Option<String>,
    /// The draft that was read last.
    pub draft: Option<FoundingDraft>,
    /// The signature over it, as the text to hand back.
    pub signature: Option<String>,
}

/// A founding's draft, as its founders read it before they sign.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct FoundingDraft {
    /// The community's name.
    pub name: String,
    /// The rules that hold from the first day.
    pub rules: String,
    /// How many founders have to sign.
    pub threshold: u32,
    /// The founders' devices.
    pub founders: Vec<String>,
    /// Whether this phone is one of them.
    pub own: bool,
    /// How many buildings.
    pub buildings: u32,
    /// How many homes.
    pub homes: u32,
    /// How many shops.
    pub shops: u32,
    /// The area of all, in hundredths of a square metre.
    pub area_dm2: u64,
    /// How many heads vote.
    pub heads: u32,
    /// All of it for people, a sentence a line.
    pub lines: Vec<String>,
}
