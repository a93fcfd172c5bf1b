//! What a shell draws of the books: every page of them is one kind of record.

use crate::{
    repair_records::{Action, Attachment},
    screen_records::Chip,
};

/// A row of a page.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct BookRow {
    /// Tells it from the other rows of its page.
    pub id: String,
    /// The page that a tap opens, by its name.
    pub opens: Option<String>,
    /// The home whose money a tap opens instead.
    pub home: Option<String>,
    /// What it is.
    pub title: String,
    /// More of it, for people; may be empty.
    pub text: String,
    /// The sum in yuan, or a share; empty if it has none.
    pub sum_text: String,
    /// How it stands.
    pub chip: Option<Chip>,
    /// What an act about it is sent for.
    pub subject: String,
    /// What the person may do with it.
    pub actions: Vec<Action>,
}

/// Rows under a heading.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct BookPart {
    /// The heading.
    pub title: String,
    /// The rows.
    pub rows: Vec<BookRow>,
}

/// A page of the books.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct BookPage {
    /// Its name.
    pub name: String,
    /// What is written above it.
    pub title: String,
    /// The sum that matters most, in yuan; empty if there is none.
    pub figure_text: String,
    /// What that sum is, for people; may be empty.
    pub figure_label: String,
    /// Sentences about the whole.
    pub lines: Vec<String>,
    /// How it stands.
    pub chip: Option<Chip>,
    /// What it lists.
    pub parts: Vec<BookPart>,
    /// Photos that show that it is so.
    pub pictures: Vec<Attachment>,
    /// What an act about it is sent for.
    pub subject: String,
    /// What the person may do.
    pub actions: Vec<Action>,
}
