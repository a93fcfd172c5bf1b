//! What is said where a file or a flag is wrong: where, what, and what to do.

use std::path::Path;

use linli_domain::{
    kernel::{self, Fen},
    payments::{Fault, Problem, sheet},
};

use crate::{
    office::{
        Trouble,
        text::{Text, unread},
    },
    roster::NotRead,
};

/// Says all problems of a file.
pub(crate) fn problems<F: kernel::Fault>(
    path: &Path,
    problems: &[kernel::Problem<F>],
    text: &Text,
) -> Trouble {
    let count = problems.len();
    let (zh, en) = match count {
        1 => ("1 个问题，什么也没有写出".to_owned(), "1 problem; nothing was written".to_owned()),
        _ => (
            format!("{count} 个问题，什么也没有写出"),
            format!("{count} problems; nothing was written"),
        ),
    };
    let mut said = format!("{}: {}", path.display(), text.pick(&zh, &en));
    for problem in problems {
        said.push_str("\n  ");
        said.push_str(text.pick(&problem.zh(), &problem.en()));
    }
    Trouble::Failed(said)
}

/// Says why a file was not read.
pub(crate) fn not_read(path: &Path, why: &NotRead, text: &Text) -> Trouble {
    match why {
        NotRead::System(error) => Trouble::Usage(unread(path, error, text)),
        NotRead::Problems(found) => problems(path, found, text),
    }
}

/// Says what is wrong with the value of a flag.
pub(crate) fn flag(name: &str, fault: Fault, value: &str, other: &str, text: &Text) -> Trouble {
    let problem = Problem::new(0, 0, name, fault, value).with(other.to_owned());
    let reason = text.pick(&problem.reason_zh(), &problem.reason_en()).to_owned();
    Trouble::Usage(format!("{name}{}{reason}", text.pick("：", ": ")))
}

/// Reads a flag's sum that is not below zero.
pub(crate) fn sum_flag(name: &str, value: &str, text: &Text) -> Result<Fen, Trouble> {
    sheet::sum(value).map_err(|(fault, other)| flag(name, fault, value, &other, text))
}

/// Says of the file as a whole what came of it.
pub(crate) fn whole(path: &Path, fault: Fault, value: &str, other: &str, text: &Text) -> Trouble {
    problems(path, &[Problem::of_file(fault, value).with(other.to_owned())], text)
}
