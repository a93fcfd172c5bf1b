//! What screens are told, cut by rate of change. Rows are ready to draw; words are in the shell's
//! language already.

use std::sync::Arc;

use linli_domain::{
    kernel::{Attachment, Author, Fen, Moment, UnitCode},
    payments::view::RoundRow,
    registry::{
        Terms,
        roster::Totals,
        view::{PeopleFilter, PeopleWindow},
    },
    repairs::{Place, view::RepairRow},
};
use linli_replica::{
    money::{
        Book, BookOffers, BookPage, HomePage, HomesFound, MoneyOffers, RoundPage, RunPage, Scanned,
    },
    own::Own,
    repairs::{Attention, Filter, RepairPage},
    view::{Applicant, CommunityRow, Standing, Uncounted},
    ways::{Offers, Ways},
};
use linli_wire::{DeviceId, FactId, Hash};

use crate::words::Language;

/// Bits of the mask that says which slices moved.
pub mod mask {
    /// The frame.
    pub const FRAME: u32 = 1;
    /// The list of repairs.
    pub const REPAIRS: u32 = 2;
    /// The open repair.
    pub const DETAIL: u32 = 4;
    /// People and applications.
    pub const PEOPLE: u32 = 8;
    /// What waits for this person.
    pub const ATTENTION: u32 = 16;
    /// Drafts, and what is alike to what is being reported.
    pub const DRAFTS: u32 = 32;
    /// How far what this phone wrote has come.
    pub const SENDING: u32 = 64;
    /// Money.
    pub const MONEY: u32 = 128;
    /// All of them.
    pub const ALL: u32 = 255;
}

/// Which rows and which detail the shell shows now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Which community.
    pub slot: usize,
    /// Which repairs.
    pub filter: Filter,
    /// What to look for.
    pub search: String,
    /// The first row.
    pub offset: u32,
    /// The repair shown in full.
    pub detail: Option<FactId>,
    /// Where and what is being reported: what is alike is suggested.
    pub alike: Option<(Place, String)>,
    /// The photo or voice note that is shown, by its first part.
    pub picture: Option<Hash>,
    /// Whether the page about sending is looked at.
    pub sending: bool,
    /// Which people, from which row on; none while nobody looks at them.
    pub people: Option<(PeopleFilter, u32)>,
    /// What of money is open; none while nobody looks at it.
    pub money: Option<MoneyWanted>,
}

/// What of money is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MoneyWanted {
    /// The home whose money is shown in full.
    pub home: Option<UnitCode>,
    /// The round.
    pub round: Option<FactId>,
    /// The bill run.
    pub run: Option<FactId>,
    /// The receipt whose code is shown.
    pub receipt: Option<FactId>,
    /// A receipt that was scanned.
    pub scanned: Option<Vec<u8>>,
    /// The page of the books.
    pub book: Option<Book>,
    /// The homes that are looked for, as they were typed.
    pub find: String,
}

/// What is told of money wherever one is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MoneyLine {
    /// What this person's homes owe.
    pub owed: Fen,
    /// How many rounds this person is to walk or to count.
    pub rounds: u32,
    /// How many counts wait for somebody of the office to take them over.
    pub to_take: u32,
    /// How many homes paid something twice, for who keeps the books.
    pub twice: u32,
}

/// Money, while somebody looks at it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MoneyScreens {
    /// This person's homes.
    pub homes: Vec<HomePage>,
    /// The rounds this phone sees.
    pub rounds: Vec<RoundRow>,
    /// The bill runs.
    pub runs: Vec<RunPage>,
    /// The home that is open.
    pub home: Option<HomePage>,
    /// The round that is open.
    pub round: Option<RoundPage>,
    /// The receipt that is open, with its own bytes.
    pub receipt: Option<(FactId, Vec<u8>)>,
    /// The receipt that was scanned, or the word of why it is none.
    pub scanned: Option<Result<Scanned, String>>,
    /// What this person may do, thing by thing.
    pub offers: MoneyOffers,
    /// The books this person may open.
    pub books: Vec<Book>,
    /// The page of them that is open.
    pub book: Option<BookOpen>,
    /// The homes that were looked for; none for who looks for no home.
    pub found: Option<HomesFound>,
}

/// A page of the books that is open.
#[derive(Clone, Debug, PartialEq)]
pub struct BookOpen {
    /// Which.
    pub book: Book,
    /// What it shows.
    pub page: BookPage,
    /// What may be done there.
    pub offers: BookOffers,
}

/// What this phone's person has chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The language.
    pub language: Language,
    /// Whether it is the mode for elders (长辈版).
    pub elder: bool,
}

/// A photo or voice note that is shown: its first part, and its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Its first part.
    pub part: Hash,
    /// Its bytes.
    pub bytes: Arc<Vec<u8>>,
}

/// A draft as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftKept {
    /// Its name.
    pub name: String,
    /// Its text.
    pub text: String,
    /// Its photos and voice notes.
    pub attachments: Vec<Attachment>,
}

/// What the replica lane read for the screens.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Screens {
    /// This phone's communities, by their slots.
    pub communities: Vec<CommunityRow>,
    /// Where this phone stands with the community shown.
    pub standing: Option<Standing>,
    /// How many repairs fit, and the rows of the window.
    pub total: u32,
    /// The rows.
    pub rows: Vec<RepairRow>,
    /// How many repairs are open.
    pub open_count: u32,
    /// The repair shown in full.
    pub detail: Option<RepairPage>,
    /// What waits for this person.
    pub attention: Attention,
    /// The photo or voice note that is shown, once it is here.
    pub picture: Option<Shown>,
    /// Open reports of the place and class that is being reported.
    pub alike: Vec<RepairRow>,
    /// What was chosen; none before it was read or chosen.
    pub settings: Option<Settings>,
    /// When all of this was read.
    pub now: Moment,
    /// Applications to review.
    pub applicants: Vec<Applicant>,
    /// This phone's own device.
    pub own: Option<DeviceId>,
    /// Whom this person may bring in.
    pub offers: Offers,
    /// The people asked for.
    pub people: Option<PeopleWindow>,
    /// Facts set aside.
    pub uncounted: Vec<Uncounted>,
    /// Drafts kept as typed.
    pub drafts: Vec<DraftKept>,
    /// This phone's person with the rights held now; none before there is a community.
    pub viewer: Option<Author>,
    /// How far the community's clock is ahead of UTC (min).
    pub utc_offset_minutes: i32,
    /// What can be reported.
    pub ways: Ways,
    /// How far what this phone wrote has come; none while nobody looks at it.
    pub sending: Option<Own>,
    /// What is told of money wherever one is.
    pub money_line: MoneyLine,
    /// Money; none while nobody looks at it.
    pub money: Option<MoneyScreens>,
}

/// An invitation that is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Its text, for a QR.
    pub text: String,
    /// What is offered.
    pub terms: Terms,
    /// Last moment at which it can be used.
    pub until: Moment,
}

/// What this phone has to do with a founding by several.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Founding {
    /// This phone's keys, as the text to hand to who drafts.
    pub keys: Option<String>,
    /// The draft that was read last.
    pub draft: Option<DraftPage>,
    /// The signature over it, as the text to hand back.
    pub signature: Option<String>,
}

/// A founding's draft, as its founders read it before they sign.
#[derive(Clone, Debug, PartialEq)]
pub struct DraftPage {
    /// The community's name.
    pub name: String,
    /// The RuleSet that holds from the first day.
    pub rules: String,
    /// How many founders have to sign.
    pub threshold: u8,
    /// The founders' devices; whether each is this phone.
    pub founders: Vec<(DeviceId, bool)>,
    /// What the register adds up to.
    pub totals: Totals,
}
