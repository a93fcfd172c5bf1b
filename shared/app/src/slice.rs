//! What screens are told, cut by rate of change. Rows are ready to draw; words are in the shell's
//! language already.

use linli_domain::{
    registry::view::{PeopleFilter, PeopleWindow},
    repairs::view::{RepairDetail, RepairRow},
};
use linli_replica::view::{Applicant, Standing, Uncounted};
use linli_wire::{DeviceId, FactId};

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
    /// All of them.
    pub const ALL: u32 = 15;
}

/// Which rows and which detail the shell shows now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Which community.
    pub slot: usize,
    /// Only open or closed repairs, or all.
    pub open: Option<bool>,
    /// What to look for.
    pub search: String,
    /// The first row.
    pub offset: u32,
    /// The repair shown in full.
    pub detail: Option<FactId>,
    /// Which people, from which row on; none while nobody looks at them.
    pub people: Option<(PeopleFilter, u32)>,
}

/// What the replica lane read for the screens.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Screens {
    /// How many communities this phone has.
    pub communities: u32,
    /// Where this phone stands with the community shown.
    pub standing: Option<Standing>,
    /// How many repairs fit, and the rows of the window.
    pub total: u32,
    /// The rows.
    pub rows: Vec<RepairRow>,
    /// How many repairs are open.
    pub open_count: u32,
    /// The repair shown in full.
    pub detail: Option<RepairDetail>,
    /// Applications to review.
    pub applicants: Vec<Applicant>,
    /// This phone's own device.
    pub own: Option<DeviceId>,
    /// The people asked for.
    pub people: Option<PeopleWindow>,
    /// Facts set aside.
    pub uncounted: Vec<Uncounted>,
    /// Drafts kept as typed.
    pub drafts: Vec<(String, String)>,
}
