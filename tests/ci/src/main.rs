//! `cargo ci`: everything that has to hold, step by step, with one closing count.
//!
//! No dependencies: it must build in a second on a fresh machine.
#![expect(clippy::print_stdout, reason = "a program speaks to its user")]

mod count;

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Command, ExitCode, Stdio},
    time::Instant,
};

use count::Count;

/// Lines of a failed step's log that are shown.
const TAIL_LINES: usize = 60;

const HELP: &str = "\
cargo ci: all checks of Linli, with one closing count.

Usage: cargo ci [--only STEP] [--list] [--help]
";

/// What a step runs and how its result is counted.
struct Step {
    name: &'static str,
    program: Program,
    arguments: &'static [&'static str],
    counts: Counts,
}

enum Program {
    Cargo,
    Linli,
}

enum Counts {
    /// One check: exit code 0.
    Success,
    /// Tests: every `test result:` line; none at all is a failure.
    Tests,
    /// A lying cable that was caught: exit code 3.
    Caught,
}

const STEPS: &[Step] = &[
    Step {
        name: "format",
        program: Program::Cargo,
        arguments: &["fmt", "--all", "--check"],
        counts: Counts::Success,
    },
    Step {
        name: "clippy",
        program: Program::Cargo,
        arguments: &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"],
        counts: Counts::Success,
    },
    Step {
        name: "tests",
        program: Program::Cargo,
        arguments: &["test", "--workspace", "--no-fail-fast"],
        counts: Counts::Tests,
    },
    Step {
        name: "bindings",
        program: Program::Cargo,
        arguments: &["run", "--quiet", "--package", "bindgen", "--", "--check"],
        counts: Counts::Success,
    },
    Step {
        name: "release",
        program: Program::Cargo,
        arguments: &["build", "--release", "--package", "linli-desk"],
        counts: Counts::Success,
    },
    Step {
        name: "village",
        program: Program::Linli,
        arguments: &["--lang", "en", "village"],
        counts: Counts::Success,
    },
    Step {
        name: "village-drop",
        program: Program::Linli,
        arguments: &["village", "--sabotage", "drop"],
        counts: Counts::Caught,
    },
    Step {
        name: "village-fork",
        program: Program::Linli,
        arguments: &["village", "--sabotage", "fork"],
        counts: Counts::Caught,
    },
    Step {
        name: "village-flip",
        program: Program::Linli,
        arguments: &["village", "--sabotage", "flip"],
        counts: Counts::Caught,
    },
    Step {
        name: "village-replay",
        program: Program::Linli,
        arguments: &["village", "--sabotage", "replay"],
        counts: Counts::Caught,
    },
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let only = match arguments.as_slice() {
        [] => None,
        ["--only", name] if STEPS.iter().any(|step| step.name == *name) => Some(*name),
        ["--list"] => {
            STEPS.iter().for_each(|step| println!("{}", step.name));
            return ExitCode::SUCCESS;
        }
        ["--help"] => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        _ => {
            print!("{HELP}");
            return ExitCode::from(2);
        }
    };
    let logs = target().join("ci");
    if let Err(error) = fs::create_dir_all(&logs) {
        println!("cannot write to {}: {error}", logs.display());
        return ExitCode::FAILURE;
    }
    let mut sum = Count::default();
    for step in STEPS.iter().filter(|step| only.is_none_or(|only| only == step.name)) {
        sum = sum.plus(run(step, &logs));
    }
    println!("{} passed, {} failed", sum.passed, sum.failed);
    if sum.failed == 0 && sum.passed > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

#[expect(clippy::disallowed_methods, reason = "where cargo was told to build")]
fn target() -> PathBuf {
    std::env::var("CARGO_TARGET_DIR").map_or_else(|_| PathBuf::from("target"), PathBuf::from)
}

#[expect(clippy::disallowed_methods, reason = "each step is timed for the one who waits")]
fn run(step: &Step, logs: &Path) -> Count {
    let begun = Instant::now();
    let log = logs.join(format!("{}.log", step.name));
    let count = match start(step, &log) {
        Ok(code) => counted(step, code, &log),
        Err(error) => {
            println!("{}: {error}", step.name);
            Count::FAILED
        }
    };
    let verdict = if count.failed == 0 { "ok" } else { "FAILED" };
    let seconds = begun.elapsed().as_secs();
    println!(
        "{:<16} {verdict:<7} {:>5} passed {:>3} failed  {seconds:>4} s",
        step.name, count.passed, count.failed
    );
    if count.failed > 0 {
        let text = fs::read_to_string(&log).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        let from = lines.len().saturating_sub(TAIL_LINES);
        lines.iter().skip(from).for_each(|line| println!("    {line}"));
    }
    count
}

fn start(step: &Step, log: &Path) -> std::io::Result<Option<i32>> {
    let output = File::create(log)?;
    let mut command = match step.program {
        Program::Cargo => Command::new(env!("CARGO")),
        Program::Linli => Command::new(target().join("release").join("linli")),
    };
    let status = command
        .args(step.arguments)
        .stdin(Stdio::null())
        .stderr(output.try_clone()?)
        .stdout(output)
        .status()?;
    Ok(status.code())
}

fn counted(step: &Step, code: Option<i32>, log: &Path) -> Count {
    let holds = |holds: bool| if holds { Count::PASSED } else { Count::FAILED };
    match step.counts {
        Counts::Success => holds(code == Some(0)),
        Counts::Caught => holds(code == Some(3)),
        Counts::Tests => {
            let text = fs::read_to_string(log).unwrap_or_default();
            let count = count::tests(&text);
            let broken = code != Some(0) && count.failed == 0;
            if broken || count.passed + count.failed == 0 {
                return count.plus(Count::FAILED);
            }
            count
        }
    }
}
