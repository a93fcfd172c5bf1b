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
    /// The program `linli` as it is released.
    Linli,
    /// A script of the repository, by its shell; it uses what cargo built for tests.
    Script(&'static str),
}

enum Counts {
    /// One check: exit code 0.
    Success,
    /// Tests: every `test result:` line; none at all is a failure.
    Tests,
    /// Tests of the JVM: Surefire's closing lines; none at all is a failure, exit code 77 is a
    /// machine without Java.
    Surefire,
    /// Tests in Swift: the line that each of them ends with; none at all is a failure, exit code 77 is
    /// a machine that cannot run Swift.
    Swift,
    /// A lying cable that was caught: exit code 3.
    Caught,
}

/// What a script ends with if the machine lacks something that it needs.
const LACKING: i32 = 77;

/// How such a script says what.
const LACKING_MARK: &str = "not run: ";

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
        name: "relay-program",
        program: Program::Cargo,
        arguments: &["build", "--package", "linli-desk"],
        counts: Counts::Success,
    },
    Step {
        // After `bindings`, which built the library, and `relay-program`.
        name: "android",
        program: Program::Script("sh"),
        arguments: &["shell_android/test.sh"],
        counts: Counts::Surefire,
    },
    Step {
        // After `tests`, which built the stage.
        name: "ios",
        program: Program::Script("bash"),
        arguments: &["shell_ios/test.sh", "kit"],
        counts: Counts::Swift,
    },
    Step {
        name: "ios-app",
        program: Program::Script("bash"),
        arguments: &["shell_ios/test.sh", "app", "test", "--disable-xctest"],
        counts: Counts::Swift,
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
    Step {
        name: "village-fen",
        program: Program::Linli,
        arguments: &["village", "--sabotage", "fen"],
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
    let not_run = match sum.not_run {
        0 => String::new(),
        steps => format!(", {steps} not run"),
    };
    println!("{} passed, {} failed{not_run}", sum.passed, sum.failed);
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
    let verdict = match count {
        Count { failed: 1.., .. } => "FAILED",
        Count { not_run: 1.., .. } => "not run",
        _ => "ok",
    };
    let seconds = begun.elapsed().as_secs();
    println!(
        "{:<16} {verdict:<7} {:>5} passed {:>3} failed  {seconds:>4} s",
        step.name, count.passed, count.failed
    );
    let text = read(&log);
    if count.not_run > 0 {
        let why = text.lines().filter_map(|line| line.strip_prefix(LACKING_MARK));
        why.for_each(|why| println!("    {why}"));
    }
    if count.failed > 0 {
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
        Program::Script(shell) => {
            let mut command = Command::new(shell);
            command.env("CARGO_TARGET_DIR", fs::canonicalize(target())?);
            command
        }
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
        Counts::Surefire | Counts::Swift if code == Some(LACKING) => Count::NOT_RUN,
        Counts::Tests => whole(code, count::tests(&read(log))),
        Counts::Surefire => whole(code, count::surefire(&read(log))),
        Counts::Swift => whole(code, count::swift(&read(log))),
    }
}

fn read(log: &Path) -> String {
    fs::read_to_string(log).unwrap_or_default()
}

/// Adds a failure where the run broke off outside its tests, or found none.
const fn whole(code: Option<i32>, count: Count) -> Count {
    let broken = !matches!(code, Some(0)) && count.failed == 0;
    if broken || count.passed + count.failed == 0 { count.plus(Count::FAILED) } else { count }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_without_tests_or_that_broke_off_is_a_failure() {
        let three = Count { passed: 3, ..Count::default() };
        assert_eq!(whole(Some(0), three), three);
        assert_eq!(whole(Some(0), Count::default()), Count::FAILED);
        assert_eq!(whole(Some(1), three), three.plus(Count::FAILED));
    }

    #[test]
    fn a_machine_without_java_is_told_apart_from_a_failure() {
        let step = STEPS.iter().find(|step| step.name == "android").unwrap();
        assert_eq!(counted(step, Some(LACKING), Path::new("none")), Count::NOT_RUN);
        assert_eq!(counted(step, Some(1), Path::new("none")), Count::FAILED);
    }
}
