//! `linli import bank`: a statement is read and put beside what is expected; every line of it counts once.
//!
//! Reading and matching are the room's ([`linli_domain::payments::bank`]), which is handed what was
//! imported before and does not know where that is kept: here in a plain file ([`known`]).
//!
//! | look in | for |
//! |---|---|
//! | [`expected`] | the table of what is expected |
//! | [`known`] | the file of what was imported before |
//! | [`show`] | what is told, to people and to programs |

mod expected;
mod known;
mod show;

use std::path::{Path, PathBuf};

use linli_domain::{
    payments::{
        Fault,
        bank::{self, Account, Expected, Matched, Statement, match_lines},
    },
    registry::roster as table,
};

use super::{Written, said};
use crate::{
    office::{Trouble, flags::Flags, text::Text},
    roster::{self, NotRead},
};

/// Flags with a value.
pub(super) const FLAGS: &[&str] = &["--expected", "--known", "--account"];

/// Flags without one.
pub(super) const SWITCHES: &[&str] = &["--dry-run"];

/// What is asked.
#[derive(Debug)]
pub(super) struct Order {
    file: PathBuf,
    expected: Option<PathBuf>,
    known: Option<PathBuf>,
    account: Account,
    dry_run: bool,
}

/// What came of a statement, with what it was made of.
struct Import {
    statement: Statement,
    expected: Vec<Expected>,
    matched: Matched,
    /// What an earlier import knew already.
    already: bank::Already,
    kept: Kept,
}

/// What is written down about it, and where.
enum Kept {
    /// No file is named.
    Nowhere,
    /// It was only tried.
    Tried(known::Added),
    /// It is in the file, or will be before it is told.
    There(known::Added),
}

/// The list of what was imported, with what came in now, to be written before it is told.
pub(super) struct Keep {
    rows: known::Kept,
    path: PathBuf,
}

impl Keep {
    pub(super) fn write(&self) -> Result<(), Trouble> {
        self.rows.write(&self.path)
    }
}

impl Order {
    pub(super) fn inputs(&self) -> Vec<&Path> {
        let more = self.expected.iter().chain(&self.known);
        std::iter::once(&self.file).chain(more).map(PathBuf::as_path).collect()
    }

    pub(super) fn read(flags: &mut Flags) -> Result<Self, String> {
        let [what, file] = flags.alone() else {
            return Err("import needs what and its file: import bank FILE".to_owned());
        };
        if what != "bank" {
            return Err(format!("import reads statements: bank FILE, not {what:?}"));
        }
        let file = file.into();
        let expected = flags.take("--expected").map(PathBuf::from);
        let known = flags.take("--known").map(PathBuf::from);
        let account = match flags.take("--account") {
            None => Account::default(),
            Some(name) => Account::new(&name)
                .ok_or("--account needs a name of letters and digits, at most twenty")?,
        };
        Ok(Self { file, expected, known, account, dry_run: flags.has("--dry-run") })
    }
}

/// Reads everything and says what came of it; nothing is written down before [`Keep::write`].
pub(super) fn run(order: &Order, text: &Text) -> Result<(Written, Option<Keep>), Trouble> {
    let statement = statement(&order.file, text)?;
    // Without it every line of income is an open task.
    let expected = order.expected.as_deref();
    let expected = expected.map_or_else(|| Ok(Vec::new()), |path| expected::read(path, text))?;
    let known = order.known.as_deref();
    let mut kept =
        known.map_or_else(|| Ok(known::Kept::default()), |path| known::read(path, text))?;
    let already = kept.already();
    let matched = match_lines(&order.account, &statement.lines, &expected, &already);
    let added = kept.add(&statement.lines, &expected, &matched);
    let (kept, keep) = match known {
        None => (Kept::Nowhere, None),
        Some(_) if order.dry_run => (Kept::Tried(added), None),
        Some(path) => {
            let any = added.lines + added.matched > 0;
            (Kept::There(added), any.then(|| Keep { rows: kept, path: path.to_owned() }))
        }
    };
    let import = Import { statement, expected, matched, already, kept };
    let written = Written { table: show::table(&import, text), json: show::data(&import) };
    Ok((written, keep))
}

fn statement(path: &Path, text: &Text) -> Result<Statement, Trouble> {
    let rows = roster::lines_under(path, bank::is_header).map_err(|why| match why {
        // The roster's sentence tells to keep the roster.
        NotRead::Problems(found)
            if found.iter().any(|one| one.fault == table::Fault::FileLarge) =>
        {
            let most = found.first().map(|problem| problem.other.clone()).unwrap_or_default();
            said::whole(path, Fault::FileLarge, "", &most, text)
        }
        NotRead::Problems(_) | NotRead::System(_) => said::not_read(path, &why, text),
    })?;
    bank::read(&rows).map_err(|problems| said::problems(path, &problems, text))
}
