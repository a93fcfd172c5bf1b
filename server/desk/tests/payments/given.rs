//! The program, and files to give to it.

use std::{
    path::PathBuf,
    process::{Command, Output},
};

pub(crate) const ROSTER: &str = "unit,area_m2,kind\n3-2-501,89.37,home\n";
pub(crate) const TARIFF: &str = "[[charge]]\nname = \"fee\"\nkind = \"area\"\nrate = 2.35\n";
pub(crate) const AREAS: &str = "unit,area_m2\n1-1-101,100\n1-1-102,100\n1-1-103,100\n";
pub(crate) const DEBTS: &str = "id,due,principal,late\nJan,2026-01-31,210.02,6.30\n";

/// Runs the program.
pub(crate) fn linli(language: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_linli"));
    command.args(["--lang", language]).args(arguments).output().unwrap()
}

/// What it says, if it is done.
pub(crate) fn done(arguments: &[&str]) -> String {
    let output = linli("en", arguments);
    let why = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{arguments:?}: {why}");
    String::from_utf8(output.stdout).unwrap()
}

/// Exit code and reason, if it is not done; then nothing is written.
pub(crate) fn refused(language: &str, arguments: &[&str]) -> (i32, String) {
    let output = linli(language, arguments);
    assert!(!output.status.success(), "{arguments:?}");
    assert!(output.stdout.is_empty(), "{arguments:?}: {output:?}");
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

/// Asserts that an order is asked wrongly, and that each language says why.
pub(crate) fn refused_in_both(arguments: &[&str], zh: &str, en: &str) {
    for (language, why) in [("zh", zh), ("en", en)] {
        let (code, said) = refused(language, arguments);
        assert_eq!(code, 2, "{arguments:?}: {said}");
        assert!(said.contains(why), "{arguments:?}: {said}");
    }
}

/// A folder of files.
pub(crate) struct Files(tempfile::TempDir);

impl Files {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().unwrap().to_owned()
    }

    /// Writes a file and returns where it is.
    pub(crate) fn with(&self, name: &str, text: impl AsRef<[u8]>) -> String {
        std::fs::write(self.path(name), text).unwrap();
        self.path(name)
    }
}

/// A sample that is shipped.
pub(crate) fn sample(name: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("samples/payments");
    folder.join(name).to_str().unwrap().to_owned()
}

/// The orders of the samples' README: their words, with the samples where they lie, and the file with
/// what each gives.
pub(crate) fn orders() -> Vec<(Vec<String>, String)> {
    let readme = std::fs::read_to_string(sample("README.md")).unwrap();
    let mut orders = Vec::new();
    for line in readme.lines().filter(|line| line.starts_with("| `linli ")) {
        let cells: Vec<&str> = line.split('`').collect();
        let words = cells[1].split(' ').skip(1).map(|word| {
            if word.contains(".csv") || word.contains(".toml") {
                sample(word)
            } else {
                word.to_owned()
            }
        });
        orders.push((words.collect(), cells[3].to_owned()));
    }
    orders
}
