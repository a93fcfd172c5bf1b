//! Law is data: one versioned RuleSet per community.
//!
//! National default, then the city's overlay, then the assembly's own rules. Every figure that a
//! rule needs stands here; what was decided stores the hash of the RuleSet it used.

mod money;
mod ratio;
mod rounding;
mod ruleset;
#[cfg(test)]
mod tests;

pub use money::{HandoverMonth, Money, SettleOrder};
pub use ratio::Ratio;
pub use rounding::Rounding;
pub use ruleset::{LawError, RepairClass, Repairs, RuleSet, RuleSetId};

/// The version of this app, as communities ask for it: it rises when an older app would read
/// something wrongly.
pub const APP: u32 = 1;
