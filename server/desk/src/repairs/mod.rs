//! `linli repairs`: lists, one repair in full, handing it out, exports.

mod assign;
mod export;
mod list;
mod open311;
mod record;
mod show;
mod xml;

use std::path::PathBuf;

use linli_domain::{kernel::Day, repairs::Assignment};
use linli_replica::repairs::Filter;

use crate::office::{Trouble, desk::Desk, flags::Flags, text::Text};

/// The desk that is meant.
#[derive(Debug)]
pub(crate) struct Of {
    pub(crate) desk: PathBuf,
    pub(crate) community: usize,
}

/// How records are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Table,
    Csv,
    Json,
}

/// Which repairs a list shows.
#[derive(Debug)]
struct Wanted {
    filter: Filter,
    search: String,
    building: Option<String>,
    class: Option<String>,
}

/// What is exported.
#[derive(Debug)]
struct Export {
    form: Exported,
    from: Option<Day>,
    to: Option<Day>,
    homes: bool,
    output: Option<PathBuf>,
}

/// The forms of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exported {
    Csv,
    Json,
    Open311(open311::Part),
}

/// Whom a repair is handed to.
#[derive(Debug)]
struct Handing {
    id: String,
    to: Option<String>,
    how: Assignment,
}

/// What is asked.
#[derive(Debug)]
pub(crate) struct Order {
    of: Of,
    what: What,
}

#[derive(Debug)]
enum What {
    List(Wanted, Form),
    Show(String),
    Assign(Handing),
    Export(Export),
}

impl Of {
    pub(crate) fn read(flags: &mut Flags) -> Result<Self, String> {
        Ok(Self { desk: flags.desk()?, community: flags.community()? })
    }

    pub(crate) fn open(&self, text: &Text) -> Result<Desk, Trouble> {
        Desk::open(&self.desk, self.community, text)
    }
}

impl Form {
    pub(crate) fn read(flags: &Flags) -> Result<Self, String> {
        match (flags.has("--csv"), flags.has("--json")) {
            (false, false) => Ok(Self::Table),
            (true, false) => Ok(Self::Csv),
            (false, true) => Ok(Self::Json),
            (true, true) => Err("choose one of --csv and --json".to_owned()),
        }
    }
}

impl Order {
    /// Reads the words after `repairs`.
    pub(crate) fn read(words: &[String]) -> Result<Self, String> {
        let usage = "repairs needs list, show, assign or export";
        let (word, rest) = words.split_first().ok_or(usage)?;
        match word.as_str() {
            "list" => Self::list(rest),
            "show" => {
                let mut flags = Flags::read(rest, &["--desk", "--community"], &[])?;
                Ok(Self { of: Of::read(&mut flags)?, what: What::Show(flags.only("repair")?) })
            }
            "assign" => Self::assign(rest),
            "export" => Self::export(rest),
            _ => Err(usage.to_owned()),
        }
    }

    fn list(words: &[String]) -> Result<Self, String> {
        let values = ["--desk", "--community", "--filter", "--search", "--building", "--class"];
        let mut flags = Flags::read(words, &values, &["--csv", "--json"])?;
        flags.none()?;
        let of = Of::read(&mut flags)?;
        let filter = flags.take("--filter").unwrap_or_else(|| Filter::Open.word().to_owned());
        let filter = Filter::from_word(&filter).ok_or_else(|| {
            let all: Vec<&str> = Filter::ALL.iter().map(|filter| filter.word()).collect();
            format!("--filter needs one of {}", all.join(", "))
        })?;
        let search = flags.take("--search").unwrap_or_default();
        if filter == Filter::Late && !search.is_empty() {
            return Err(
                "--search does not go with --filter late: it is ordered by clock".to_owned()
            );
        }
        let (building, class) = (flags.take("--building"), flags.take("--class"));
        let form = Form::read(&flags)?;
        Ok(Self { of, what: What::List(Wanted { filter, search, building, class }, form) })
    }

    fn assign(words: &[String]) -> Result<Self, String> {
        let mut flags = Flags::read(words, &["--desk", "--community", "--to", "--how"], &[])?;
        let of = Of::read(&mut flags)?;
        let how = flags.take("--how").unwrap_or_else(|| Assignment::Hand.word().to_owned());
        // Nobody takes something themselves through somebody else's hands.
        let how = Assignment::from_word(&how).filter(|how| *how != Assignment::Grab);
        let how = how.ok_or("--how needs hand or turn")?;
        let to = flags.take("--to");
        if to.is_none() && how == Assignment::Hand {
            return Err("assign needs --to PERSON, or --how turn".to_owned());
        }
        Ok(Self { of, what: What::Assign(Handing { id: flags.only("repair")?, to, how }) })
    }

    fn export(words: &[String]) -> Result<Self, String> {
        let values = ["--desk", "--community", "--open311", "--from", "--to", "--output"];
        let mut flags = Flags::read(words, &values, &["--csv", "--json", "--homes"])?;
        flags.none()?;
        let of = Of::read(&mut flags)?;
        let open311 = flags.take("--open311");
        let form = match (Form::read(&flags)?, open311) {
            (Form::Csv, None) => Exported::Csv,
            (Form::Json, None) => Exported::Json,
            (Form::Table, Some(part)) => {
                Exported::Open311(open311::Part::from_file(&part).ok_or_else(|| {
                    format!("--open311 needs one of {}", open311::FILES.join(", "))
                })?)
            }
            _ => return Err("export needs one of --csv, --json and --open311 FILE".to_owned()),
        };
        let day = |name: &str, text: Option<String>| {
            let read = text.map(|text| Day::parse(&text).ok_or(text));
            read.transpose()
                .map_err(|text| format!("{name} needs a day such as 2026-11-01, not {text:?}"))
        };
        let (from, to) = (day("--from", flags.take("--from"))?, day("--to", flags.take("--to"))?);
        let homes = flags.has("--homes");
        let output = flags.take("--output").map(PathBuf::from);
        Ok(Self { of, what: What::Export(Export { form, from, to, homes, output }) })
    }
}

/// Does what is asked.
pub(crate) fn run(order: &Order, text: &Text) -> Result<(), Trouble> {
    let mut desk = order.of.open(text)?;
    match &order.what {
        What::List(wanted, form) => list::run(&desk, wanted, *form, text),
        What::Show(id) => show::run(&desk, id, text),
        What::Assign(handing) => assign::run(&mut desk, handing, text),
        What::Export(wanted) => export::run(&desk, wanted, text),
    }
}
