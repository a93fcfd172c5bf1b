//! The shape of the code, as tests: who may name whom, what is in the tree, how files look.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that cannot read its sources has to fail"
)]

mod fences;
mod ios;
mod shells;
mod sources;
mod twins;
