//! One community of a desk, opened to be read or written.

use std::path::Path;

use linli_domain::kernel::{Moment, PersonId};
use linli_domain::repairs::view::RepairRow;
use linli_io::{SqliteStore, clock, folder, folder::FolderError};
use linli_replica::{AskError, Replica, repairs::Filter, store::StoreError, view::Standing};
use linli_wire::FactId;

use super::{Trouble, text::Text};

/// Rows that are read at a time: however many repairs there are, so many lie in memory.
const WINDOW: u32 = 240;

/// One community of a desk.
#[derive(Debug)]
pub(crate) struct Desk {
    pub(crate) replica: Replica<SqliteStore>,
    pub(crate) now: Moment,
    /// Minutes ahead of UTC, of the RuleSet.
    pub(crate) offset: i32,
}

impl Desk {
    pub(crate) fn open(path: &Path, community: usize, text: &Text) -> Result<Self, Trouble> {
        let replica = folder::open(path, community, None).map_err(|error| refuse(&error, text))?;
        let law = replica.law().map_err(|_| Trouble::Failed(text.refusal("app.no_community")))?;
        let offset = law.utc_offset_minutes;
        Ok(Self { replica, now: clock::now(), offset })
    }

    /// Writes a moment for a machine.
    pub(crate) fn stamp(&self, moment: Moment) -> String {
        moment.rfc3339(self.offset).unwrap_or_default()
    }

    /// Visits the rows of a list, window by window.
    pub(crate) fn each_row(
        &self,
        filter: Filter,
        search: &str,
        mut visit: impl FnMut(RepairRow) -> Result<(), String>,
    ) -> Result<(), String> {
        let mut offset = 0_u32;
        loop {
            let window = self.replica.repairs(filter, search, offset, WINDOW, self.now);
            let (_, rows) = window.map_err(|error| error.to_string())?;
            let read = u32::try_from(rows.len()).unwrap_or(u32::MAX);
            rows.into_iter().try_for_each(&mut visit)?;
            if read < WINDOW {
                return Ok(());
            }
            offset = offset.saturating_add(read);
        }
    }

    /// Finds the repair that the beginning of an id means.
    pub(crate) fn find(&self, id: &str, text: &Text) -> Result<FactId, Trouble> {
        let found = self.replica.repairs_by_id(id).map_err(|error| error.to_string())?;
        match found.as_slice() {
            [one] => Ok(*one),
            [] => Err(Trouble::Failed(text.refusal("repairs.unknown"))),
            several => {
                let ids: Vec<String> = several.iter().map(FactId::to_hex).collect();
                let said = text.pick("这个编号不止一条", "more than one repair begins so");
                Err(Trouble::Failed(format!("{said}: {}", ids.join(", "))))
            }
        }
    }

    /// Finds the person that the beginning of a pseudonym means, among some.
    pub(crate) fn person(
        among: &[PersonId],
        beginning: &str,
        text: &Text,
    ) -> Result<PersonId, Trouble> {
        let beginning = beginning.to_ascii_lowercase();
        let fits = |person: &&PersonId| person.to_hex().starts_with(&beginning);
        let found: Vec<&PersonId> = among.iter().filter(fits).collect();
        match found.as_slice() {
            [one] if !beginning.is_empty() => Ok(**one),
            _ => {
                let all: Vec<String> = among.iter().map(super::text::short).collect();
                let said = text
                    .pick("物业人员中没有唯一的这个人", "nobody, or more than one of the company");
                Err(Trouble::Failed(format!("{said}: {beginning:?} ({})", all.join(", "))))
            }
        }
    }

    pub(crate) fn standing(&self) -> Result<Standing, String> {
        self.replica.standing().map_err(|error| error.to_string())
    }
}

/// Says why a desk could not be opened.
fn refuse(error: &FolderError, text: &Text) -> Trouble {
    let held = matches!(error, FolderError::Store(StoreError::Failed { why, .. }) if why.contains("locked"));
    if held {
        let said = text.pick("另一个程序正开着这张办公桌", "another program has this desk open");
        return Trouble::Failed(said.to_owned());
    }
    Trouble::Failed(error.to_string())
}

/// Says why something asked for was not done.
pub(crate) fn refused(error: AskError, text: &Text) -> Trouble {
    Trouble::Failed(match error {
        AskError::Refused(word) => text.refusal(&word),
        AskError::Misread(problem) => text.pick(&problem.zh(), &problem.en()).to_owned(),
        AskError::Failed(error) => error.to_string(),
    })
}
