//! `linli status`: is every row of a phone what follows from its facts?

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use linli_relay::settings::Language;

use crate::village::open_phone;

/// Checks the phones of a kept village, or one phone's folder.
#[expect(clippy::print_stdout, clippy::print_stderr, reason = "a program speaks to its user")]
pub(crate) fn run(folder: &Path, language: Language) -> ExitCode {
    let phones = match phones(folder) {
        Ok(phones) if !phones.is_empty() => phones,
        Ok(_) => {
            eprintln!("linli status: {}: no phone lies here", folder.display());
            return ExitCode::from(crate::USAGE);
        }
        Err(error) => {
            eprintln!("linli status: {}: {error}", folder.display());
            return ExitCode::from(crate::USAGE);
        }
    };
    let zh = language == Language::Zh;
    let mut code = ExitCode::SUCCESS;
    for phone in phones {
        let name = phone.file_name().map(|name| name.to_string_lossy().into_owned());
        let name = name.unwrap_or_default();
        let checked = open_phone(&phone).and_then(|replica| {
            let standing = replica.standing().map_err(|error| error.to_string())?;
            let audit = replica.audit().map_err(|error| error.to_string())?;
            Ok((standing, audit))
        });
        match checked {
            Ok((standing, altered)) => {
                println!(
                    "{name}: {}, seq {}, {} {}",
                    standing.name,
                    standing.seq,
                    standing.unsent,
                    if zh { "条未送出" } else { "not sent" }
                );
                for row in altered {
                    code = ExitCode::FAILURE;
                    if zh {
                        println!("{name}：行 {row} 与事实不符");
                    } else {
                        println!("{name}: row {row} does not follow from its facts");
                    }
                }
            }
            Err(why) => {
                code = ExitCode::FAILURE;
                println!("{name}: {why}");
            }
        }
    }
    code
}

fn phones(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    if folder.join("community-0.db").exists() {
        return Ok(vec![folder.to_owned()]);
    }
    let mut phones = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.join("community-0.db").exists() {
            phones.push(path);
        }
    }
    phones.sort();
    Ok(phones)
}
