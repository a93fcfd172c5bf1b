//! Stories across crates and processes, each in its own file.
#![expect(clippy::unwrap_used, reason = "a scenario that cannot go on has to fail")]

mod canary;
mod flows;
mod founders;
mod full_phone;
mod killed_phone;
mod killed_relay;
mod newer_app;
mod restored_relay;
mod screens;
mod secure_relay;
mod several_communities;
mod upgraded_phone;
