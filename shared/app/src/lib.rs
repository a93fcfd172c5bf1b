//! Crux, and only here: what people do, what is asked of the lanes, what screens are told.
//!
//! | look in | for |
//! |---|---|
//! | [`event`] | what the shell sends, and what lanes answer |
//! | [`operation`] | what is asked of the lanes |
//! | [`slice`] | what screens are told |
//! | [`explain`] | why a charge line is what it is, as a sentence |
//! | [`words`] | the words of the screens, in both languages |
//! | `model`, `update` | the machine between them; it waits on nothing |
//! | `conversation` | when each community's relay is asked: lanes, back-off, background rounds |

mod conversation;
pub mod event;
pub mod explain;
pub mod model;
pub mod operation;
pub mod slice;
#[cfg(test)]
mod tests;
mod update;
pub mod words;

pub use event::{Event, UiEvent};
pub use model::Model;
pub use operation::Effect;
pub use update::Linli;
