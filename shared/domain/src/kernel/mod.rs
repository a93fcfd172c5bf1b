//! Words that all rooms use.

mod attachment;
mod author;
mod circle;
mod money;
mod month;
mod problem;
mod role;
mod time;
mod unit;
mod wall_time;

pub use attachment::{ATTACHMENT_BYTES_MAX, Attachment, AttachmentKind, BlobKey, PART_BYTES};
pub use author::{Author, Draft, Duty, OnBehalf, Scope, Written, order_of};
pub use circle::Circle;
pub use linli_wire::PersonId;
pub use money::{AreaDm2, Fen, NotAnArea, SUM_MAX, shares};
pub use month::Month;
pub(crate) use problem::faults;
pub use problem::{Fault, Problem};
pub use role::{Role, StaffDuty};
pub use time::{Day, Moment, Position, When};
pub(crate) use unit::plain;
pub use unit::{UnitCode, parse_part};
pub use wall_time::WallTime;

#[cfg(test)]
mod tests;
