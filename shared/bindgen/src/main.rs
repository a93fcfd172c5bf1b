//! Writes what both shells are given, or checks that it is fresh: the bindings of `shared`, and the
//! colours, sizes and words of `shared/look` and `shared/i18n`.
//!
//! `cargo run -p bindgen` writes; `cargo run -p bindgen -- --check` compares and ends with 1 if a
//! file differs.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program speaks to its user")]

use std::{
    error::Error,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

mod assets;
mod bindings;
mod contrast;
mod kotlin;
mod look;
mod names;
mod resources;
mod swift;
mod tokens;
mod words;

/// A file that is generated.
struct Generated {
    /// Where it belongs, from the root of the repository.
    path: String,
    content: Vec<u8>,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let check = match arguments.as_slice() {
        [] => false,
        [flag] if flag == "--check" => true,
        _ => {
            eprintln!("usage: cargo run -p bindgen [-- --check]");
            return ExitCode::from(2);
        }
    };
    match run(check) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("bindgen: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Generates and compares or writes; returns whether the files in the folders are fresh now.
fn run(check: bool) -> Result<bool, Box<dyn Error>> {
    let root = root()?;
    // Words and colours first: what is wrong with them is told without building the library.
    let mut files = look::generate(&root)?;
    files.extend(bindings::generate(&root)?);
    let mut fresh = true;
    for file in files {
        let place = root.join(&file.path);
        if fs::read(&place).is_ok_and(|old| old == file.content) {
            continue;
        }
        if check {
            fresh = false;
            println!("stale: {}; run `cargo run -p bindgen`", file.path);
        } else {
            fs::create_dir_all(place.parent().unwrap_or(&root))?;
            fs::write(&place, file.content)?;
            println!("wrote {}", file.path);
        }
    }
    Ok(fresh)
}

fn root() -> std::io::Result<PathBuf> {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()
}
