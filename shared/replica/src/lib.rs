//! This phone's checked copy of a community, as a machine without I/O.
pub mod document;
pub mod http;
pub mod store;
