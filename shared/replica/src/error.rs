//! Why the replica could not do something; refusals of rules are apart from failures.

use linli_domain::payments;
use linli_seal::SealError;
use linli_wire::WireError;

use crate::{document::DocumentError, store::StoreError};

/// The machine could not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReplicaError {
    /// The store failed or is full.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A document failed.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// Bytes could not be read or written.
    #[error(transparent)]
    Wire(#[from] WireError),
    /// Something could not be sealed or opened.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// A row of this phone's own store is damaged.
    #[error("a row of table {row} is damaged")]
    Damaged {
        /// The table.
        row: &'static str,
    },
    /// An impossible state; the operation stops, nothing is written.
    #[error("broken inside: {invariant}")]
    Broken {
        /// What should have held.
        invariant: &'static str,
    },
}

/// A person's ask was not carried out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AskError {
    /// A rule says no; the word names the sentence for the screen.
    #[error("refused: {0}")]
    Refused(String),
    /// What was typed or pasted cannot be read: where, and what to do.
    #[error("{}", .0.en())]
    Misread(Box<payments::Problem>),
    /// The machine could not.
    #[error(transparent)]
    Failed(ReplicaError),
}

impl<E: Into<ReplicaError>> From<E> for AskError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}
