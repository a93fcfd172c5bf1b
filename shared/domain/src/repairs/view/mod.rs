//! What a screen is told: rows for lists, what waits for whom, and the whole of one repair for one
//! viewer.

mod actions;
mod detail;
mod row;
mod waiting;

pub use actions::{Action, Ask, attempts};
pub use detail::{NoteEntry, RepairDetail, TimelineEntry, detail};
pub use row::{RepairRow, row, search_text, sort, tag, tags};
pub use waiting::{Urgency, keys_of, urgency};
