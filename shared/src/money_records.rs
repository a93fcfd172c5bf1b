//! What a shell draws of money: homes, bills, receipts, rounds, counts.

use crate::{
    book_records::{BookPage, BookRow},
    repair_records::Action,
    screen_records::{Chip, Choice},
};

/// A charge line of a bill.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct BillLine {
    /// What is charged.
    pub charge: String,
    /// The month.
    pub month: String,
    /// What is to be paid, in yuan.
    pub sum_text: String,
    /// Why it is that, as one sentence.
    pub why: String,
}

/// A bill of a home.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct BillCard {
    /// The bill.
    pub id: String,
    /// Its months, for people.
    pub title: String,
    /// When it is due, for people.
    pub due_text: String,
    /// What it is, in yuan.
    pub total_text: String,
    /// What is left of it, in yuan.
    pub left_text: String,
    /// How it stands.
    pub chip: Chip,
    /// What lateness has cost so far, for people.
    pub late_text: Option<String>,
    /// How often it was demanded and until when it can be enforced, for people.
    pub limitation_text: Option<String>,
    /// Why its run was withdrawn, for people.
    pub withdrawn_text: Option<String>,
    /// Its lines.
    pub lines: Vec<BillLine>,
}

/// A receipt, or a refund.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct PaperCard {
    /// The receipt or refund.
    pub id: String,
    /// What an act about it is sent for.
    pub subject: String,
    /// Its number; empty of a refund.
    pub number: String,
    /// The sum, in yuan; of a refund below zero.
    pub sum_text: String,
    /// How the money came or went, by whom and when, for people.
    pub how_text: String,
    /// How it stands.
    pub chip: Chip,
    /// What is said beside it: why it is void, what was paid twice, what it paid.
    pub notes: Vec<String>,
    /// How far an own entry has come.
    pub delivery_chip: Option<Chip>,
    /// What the person may do.
    pub actions: Vec<Action>,
}

/// The money of a home.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct HomeMoney {
    /// The home.
    pub unit: String,
    /// What an act about it is sent for.
    pub subject: String,
    /// What it owes, in fen.
    pub owed_fen: i64,
    /// The same in yuan.
    pub owed_text: String,
    /// The same in yuan, as it is typed.
    pub owed_plain: String,
    /// The same as a sentence to be read aloud.
    pub owed_said: String,
    /// What it has to its credit, for people.
    pub credit_text: Option<String>,
    /// What somebody has to settle: money was paid twice.
    pub twice_text: Option<String>,
    /// Its bills, the one due first first.
    pub bills: Vec<BillCard>,
    /// Its receipts and refunds, the newest first.
    pub papers: Vec<PaperCard>,
    /// The receipt that was just written here and is to be shown to the payer.
    pub fresh: Option<ReceiptCode>,
    /// What the person may do.
    pub actions: Vec<Action>,
    /// Sentences for entries that do not count.
    pub refused: Vec<String>,
}

/// A receipt to be scanned.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ReceiptCode {
    /// The receipt.
    pub id: String,
    /// The home.
    pub unit: String,
    /// Its number.
    pub number: String,
    /// The sum, in yuan.
    pub sum_text: String,
    /// The same in capital figures (大写), as a receipt has it.
    pub capitals_text: String,
    /// What its QR code says.
    pub code: String,
}

/// A round, or the office's counter.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct RoundLine {
    /// The round.
    pub id: String,
    /// Which building, for people.
    pub place_text: String,
    /// From when to when, for people.
    pub days_text: String,
    /// Who collects, for people.
    pub who_text: String,
    /// Whether it is this person's.
    pub own: bool,
    /// How many homes paid, for people.
    pub paid_text: String,
    /// How it stands.
    pub chip: Chip,
}

/// A door of a round.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct DoorLine {
    /// The home.
    pub unit: String,
    /// What an act about it is sent for.
    pub subject: String,
    /// Its stair, for people: a heading where it changes.
    pub stair_text: String,
    /// What is billed and not paid, in yuan; empty if nothing is.
    pub owed_text: String,
    /// How it stands.
    pub chip: Chip,
    /// When to come back, in the home's words.
    pub note: String,
    /// What the person may do.
    pub actions: Vec<Action>,
}

/// A count of cash, and its handover.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct CountCard {
    /// The count.
    pub id: String,
    /// What an act about it is sent for.
    pub subject: String,
    /// How many receipts it is of, who counted and when, for people.
    pub text: String,
    /// What the receipts say; not told to who is to count it without having seen it.
    pub expected_text: Option<String>,
    /// What was counted; likewise.
    pub counted_text: Option<String>,
    /// What was short or over, for people; likewise.
    pub difference_text: Option<String>,
    /// What others counted of it and nobody has taken over by, each with who and when, and by how much it differs
    /// from the first count; likewise.
    pub recount_texts: Vec<String>,
    /// What the receiver counted, who and when, for people.
    pub taken_text: Option<String>,
    /// The bank's slip, for people.
    pub banked_text: Option<String>,
    /// How it stands.
    pub chip: Chip,
    /// What the person may do.
    pub actions: Vec<Action>,
}

/// A round in full.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct RoundDetail {
    /// What the list shows.
    pub line: RoundLine,
    /// What an act about it is sent for.
    pub subject: String,
    /// What else is to be known: homes that another round has as well.
    pub notes: Vec<String>,
    /// Until when it has to be counted, for people.
    pub count_due_text: Option<String>,
    /// The homes in the order of their doors.
    pub doors: Vec<DoorLine>,
    /// Where the person was last: the door to go on at.
    pub at: Option<String>,
    /// Its counts, the newest first.
    pub counts: Vec<CountCard>,
    /// What the person may do.
    pub actions: Vec<Action>,
}

/// A bill run.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct RunLine {
    /// The run.
    pub id: String,
    /// Its months, for people.
    pub title: String,
    /// What an act about it is sent for.
    pub subject: String,
    /// When it is due and how many bills it has, for people.
    pub text: String,
    /// What it sums to, in yuan.
    pub total_text: String,
    /// Whether it recomputes; none but of the run that is open.
    pub chip: Option<Chip>,
    /// That it is withdrawn, or is to be; none of one that stands.
    pub withdrawal_chip: Option<Chip>,
    /// Why that is so, who asked and who agreed.
    pub notes: Vec<String>,
    /// What its stairs are billed, each in yuan; none but of the run that is open.
    pub stairs: Vec<Choice>,
    /// What the person may do.
    pub actions: Vec<Action>,
}

/// A receipt that was scanned.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ScannedReceipt {
    /// What an act about it is sent for.
    pub subject: String,
    /// The home; empty of what is no receipt.
    pub unit: String,
    /// Its number.
    pub number: String,
    /// The sum, in yuan.
    pub sum_text: String,
    /// Who took it and when, for people.
    pub how_text: String,
    /// How it stands, as a sentence.
    pub chip: Chip,
    /// What the person may do.
    pub actions: Vec<Action>,
}

/// Money, while somebody looks at it.
#[derive(Clone, Debug, Default, PartialEq, Eq, uniffi::Record)]
pub struct Money {
    /// Rises with every change.
    pub version: u64,
    /// This person's homes.
    pub homes: Vec<HomeMoney>,
    /// Rounds, the newest first.
    pub rounds: Vec<RoundLine>,
    /// Bill runs, the one due last first.
    pub runs: Vec<RunLine>,
    /// The home that is open.
    pub home: Option<HomeMoney>,
    /// The round that is open.
    pub round: Option<RoundDetail>,
    /// The receipt that is open.
    pub receipt: Option<ReceiptCode>,
    /// The receipt that was scanned.
    pub scanned: Option<ScannedReceipt>,
    /// The books this person may open.
    pub books: Vec<BookRow>,
    /// The page of them that is open.
    pub book: Option<BookPage>,
    /// What waits for who keeps the books, each with the page that a tap opens.
    pub tasks: Vec<BookRow>,
    /// Whether this person may look for a home.
    pub finds: bool,
    /// The homes that were found, each with what it owes.
    pub found: Vec<Choice>,
    /// That none was found, or how many more there are.
    pub found_text: Option<String>,
    /// What notes that are being counted sum to: the draft's name, and the sum in yuan.
    pub tallies: Vec<Choice>,
    /// What an act about all of it is sent for.
    pub subject: String,
    /// What the person may do.
    pub actions: Vec<Action>,
}
