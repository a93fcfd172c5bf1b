//! The Kotlin and Swift bindings, read from the unstripped library of the crate `shared`.

use std::{
    env::consts::{DLL_PREFIX, DLL_SUFFIX},
    error::Error,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use uniffi::{GenerateOptions, TargetLanguage};

use crate::Generated;

/// Where each generated file belongs, by the end of its name.
const PLACES: [(&str, &str); 3] = [
    (".kt", "shell_android/core/src/main/kotlin/cn/linli/core"),
    (".swift", "shell_ios/LinliKit/Sources/Shared"),
    (".h", "shell_ios/LinliKit/Sources/sharedFFI"),
];

/// How Swift finds the library; the one that UniFFI writes is for Apple's systems alone.
const MODULE_MAP: &str = "\
module sharedFFI {
    header \"sharedFFI.h\"
    link \"shared\"
    export *
}
";

/// Builds the library and generates its bindings.
pub(crate) fn generate(root: &Path) -> Result<Vec<Generated>, Box<dyn Error>> {
    let target = build(root)?;
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
    let mut generated = Vec::new();
    for file in files(&out)? {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Some((_, place)) = PLACES.iter().find(|(end, _)| name.ends_with(end)) else { continue };
        generated.push(Generated { path: format!("{place}/{name}"), content: fs::read(&file)? });
    }
    let path = "shell_ios/LinliKit/Sources/sharedFFI/module.modulemap".to_owned();
    generated.push(Generated { path, content: MODULE_MAP.as_bytes().to_vec() });
    Ok(generated)
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
