//! What a shell draws: plain data in the shell's language, with stable ids and stored words.

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
    /// How many communities this phone has.
    pub communities: u32,
    /// The community's name.
    pub community: String,
    /// Whether it is a trial with a single founder.
    pub trial: bool,
    /// Where this phone stands.
    pub phase: Phase,
    /// The same as a sentence; who has to update, if that keeps phone and relay apart.
    pub phase_text: String,
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
    /// The six digits to compare, once known.
    pub code: Option<String>,
    /// Whether this phone has decided.
    pub decided: bool,
}

/// A device of the registry.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Device {
    /// The device.
    pub device: String,
    /// Its person.
    pub person: String,
    /// Roles with scopes, as stored words.
    pub duties: Vec<String>,
    /// Whether it is this phone.
    pub own: bool,
    /// Whether it was revoked.
    pub ended: bool,
    /// Whether an approval is missing still.
    pub waiting: bool,
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

/// People, applications and what was set aside.
#[derive(Clone, Debug, Default, PartialEq, Eq, uniffi::Record)]
pub struct People {
    /// Applications to review.
    pub applicants: Vec<Applicant>,
    /// Devices of the registry.
    pub devices: Vec<Device>,
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
}
