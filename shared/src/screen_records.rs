//! Small things that many screens draw: choices, chips, bars.

/// Something to choose from.
#[derive(Clone, Debug, Default, PartialEq, Eq, uniffi::Record)]
pub struct Choice {
    /// What is given back.
    pub value: String,
    /// What people read.
    pub text: String,
}

/// What a colour says; it never says it alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, uniffi::Enum)]
pub enum Tone {
    /// Nothing in particular.
    #[default]
    Plain,
    /// Done, valid.
    Good,
    /// It is this person's turn, or a deadline is near.
    Warn,
    /// Overdue, refused, failed.
    Bad,
    /// Not sent yet.
    Pending,
    /// Versions that differ.
    Conflict,
    /// Under way.
    Accent,
}

/// What a small picture shows; each shell has its own drawing of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, uniffi::Enum)]
#[expect(missing_docs, reason = "each is named by what it shows")]
pub enum Sign {
    Water,
    Drain,
    Power,
    Light,
    Lift,
    Fire,
    Gas,
    Door,
    Roof,
    Facade,
    Road,
    Green,
    Clean,
    Heating,
    Parking,
    Noise,
    Telecom,
    Pest,
    Charging,
    Camera,
    Complaint,
    Question,
    #[default]
    Repair,
    Phone,
    Outbox,
    Waits,
    Versions,
    Late,
    Clock,
    Worker,
    Walk,
    Pause,
    Done,
    Check,
    Blocked,
    Merged,
    Handed,
    Comment,
    People,
    Star,
    Archive,
    Money,
    Vote,
    Calendar,
    Newer,
}

/// One word about how something stands: text, picture and colour say the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, uniffi::Record)]
pub struct Chip {
    /// Its colour.
    pub tone: Tone,
    /// Its picture.
    pub sign: Sign,
    /// Its word.
    pub text: String,
}

/// A point on the bar of a clock.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ClockMark {
    /// What it is.
    pub text: String,
    /// Where on the bar, in thousandths.
    pub permille: u32,
    /// Whether it is behind us.
    pub done: bool,
}

/// The bar of the clock that matters: words first, then how much of the time is over.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ClockBar {
    /// What is left, or by how much it is late.
    pub text: String,
    /// Until when.
    pub due_text: String,
    /// Whether it has run out.
    pub late: bool,
    /// How much of the time is over, in thousandths, at most 1000.
    pub permille: u32,
    /// Its points.
    pub marks: Vec<ClockMark>,
}

/// One of the versions that stand side by side.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct RepairVersion {
    /// The step; it is what settling keeps.
    pub id: String,
    /// Whose it is.
    pub who_text: String,
    /// When it was said.
    pub at_text: String,
    /// What it says.
    pub status_text: String,
    /// The words that go with it.
    pub note: Option<String>,
}

/// A class of repairs to choose from.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ClassChoice {
    /// The stored word.
    pub class: String,
    /// What people read.
    pub text: String,
    /// Its picture.
    pub sign: Sign,
    /// Whether it is shown at once; the others follow on demand.
    pub usual: bool,
    /// Whether it comes first, at any hour.
    pub emergency: bool,
    /// Whether it is a complaint or a question: it asks whom it is about.
    pub complaint: bool,
}

/// A person for whom one may report.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct BehalfChoice {
    /// The person.
    pub person: String,
    /// Who it is, for people.
    pub text: String,
    /// Their home, as a place of a report.
    pub place: String,
}

/// Something that is on this phone only.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct SendingLine {
    /// Its picture.
    pub sign: Sign,
    /// What it is.
    pub text: String,
    /// How long ago it was written.
    pub ago_text: String,
}

/// How far the newest entries of this phone have come.
#[derive(Clone, Debug, Default, PartialEq, Eq, uniffi::Record)]
pub struct Sending {
    /// How many are on this phone only.
    pub saved_here: u32,
    /// How many the relay has.
    pub handed_over: u32,
    /// How many another phone has.
    pub seen: u32,
    /// How many another phone has, and they count.
    pub accepted: u32,
    /// Those that are on this phone only, the oldest first; the first twenty.
    pub here: Vec<SendingLine>,
}
