//! Builders for tests: people with names, repairs with a history.
