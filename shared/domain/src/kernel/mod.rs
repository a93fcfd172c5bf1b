//! Words that all rooms use.

mod author;
mod circle;
mod money;
mod time;
mod unit;

pub use author::{Author, Draft, Duty, OnBehalf, Role, Scope, StaffDuty, Written};
pub use circle::Circle;
pub use linli_wire::PersonId;
pub use money::{AreaDm2, Fen, shares};
pub use time::{Day, Moment, Position, When};
pub use unit::UnitCode;

#[cfg(test)]
mod tests;
