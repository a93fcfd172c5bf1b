//! The few errors a shell may see. They hold nothing personal.

/// What can go wrong at the border. A rule that says no is no error: its sentence is in the frame.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum LinliError {
    /// The core could not start: the folder, a key or the database.
    #[error("the core could not start: {why}")]
    Start {
        /// What failed.
        why: String,
    },
    /// A field of an event cannot be read.
    #[error("the event's {field} cannot be read")]
    BadEvent {
        /// The field.
        field: String,
    },
    /// The core has ended.
    #[error("the core has ended")]
    Closed,
}
