//! Writes the Kotlin and Swift bindings into the shells' folders, or checks that they are fresh.
//!
//! `cargo run -p bindgen` writes; `cargo run -p bindgen -- --check` compares and ends with 1 if a
//! file differs. The bindings are read from the unstripped library of the crate `shared`.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program speaks to its user")]

use std::{
    env::consts::{DLL_PREFIX, DLL_SUFFIX},
    error::Error,
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use uniffi::{GenerateOptions, TargetLanguage};

/// Where each generated file belongs, by the end of its name.
const PLACES: [(&str, &str); 4] = [
    (".kt", "shell_android/core/src/main/kotlin/cn/linli/core"),
    (".swift", "shell_ios/LinliKit/Sources/Shared"),
    (".h", "shell_ios/LinliKit/Sources/sharedFFI"),
    (".modulemap", "shell_ios/LinliKit/Sources/sharedFFI"),
];

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
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
    let target = build(&root)?;
    let library = target.join("debug").join(format!("{DLL_PREFIX}shared{DLL_SUFFIX}"));
    let out = target.join("bindings");
    if out.exists() {
        fs::remove_dir_all(&out)?;
    }
    for language in [TargetLanguage::Kotlin, TargetLanguage::Swift] {
        uniffi::generate(GenerateOptions {
            languages: vec![language],
            source: library.to_string_lossy().into_owned().into(),
            out_dir: out.to_string_lossy().into_owned().into(),
            config_override: None,
            format: false,
            crate_filter: None,
            metadata_no_deps: false,
        })?;
    }
    let mut fresh = true;
    for file in files(&out)? {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Some((_, place)) = PLACES.iter().find(|(end, _)| name.ends_with(end)) else { continue };
        let name = if name.ends_with(".modulemap") { "module.modulemap" } else { &name };
        let place = root.join(place).join(name);
        let new = fs::read(&file)?;
        if fs::read(&place).is_ok_and(|old| old == new) {
            continue;
        }
        if check {
            fresh = false;
            println!("stale: {}; run `cargo run -p bindgen`", relative(&place, &root));
        } else {
            fs::create_dir_all(place.parent().unwrap_or(&root))?;
            fs::write(&place, new)?;
            println!("wrote {}", relative(&place, &root));
        }
    }
    Ok(fresh)
}

/// Builds the library that the bindings are read from; returns the target folder.
fn build(root: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let cargo = env!("CARGO");
    let built =
        Command::new(cargo).current_dir(root).args(["build", "--package", "shared"]).status()?;
    if !built.success() {
        return Err("the library could not be built".into());
    }
    let here = std::env::current_exe()?;
    let target = here.ancestors().nth(2).ok_or("the target folder is not known")?;
    Ok(target.to_owned())
}

fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn relative(path: &Path, root: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).display().to_string()
}
