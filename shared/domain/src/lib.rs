//! The business of Linli, room by room: pure functions without disk, net, clock or chance.
//!
//! Rooms look left only: `kernel · law · registry · repairs · payments`.
//!
//! | room | holds |
//! |---|---|
//! | [`kernel`] | words that all rooms use: money, area, moments, places, authors |
//! | [`law`] | the RuleSet: thresholds, terms, times and classes as data |
//! | [`registry`] | buildings, units, devices, roles, keys: who is who, by log position |
//! | [`repairs`] | a repair from report to confirmation |
//! | [`payments`] | charges, shares, late fees and who is paid first: sums in whole fen |
//! | [`shelf`] | which document and circle a fact lives in |

// A new state, role or event has to break the build in each place that must think about it.
#![warn(clippy::wildcard_enum_match_arm)]

pub mod kernel;
pub mod law;
pub mod payments;
pub mod registry;
pub mod repairs;
pub mod shelf;
