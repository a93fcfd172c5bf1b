//! Finds fonts for Chinese where computers keep them.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Beginnings of the file names of fonts for simplified Chinese, best first: what reads well on paper
/// and may be embedded comes before what is only there.
const KNOWN: &[&str] = &[
    "notosanscjk",
    "notosanssc",
    "sourcehansans",
    "pingfang",
    "hiragino sans gb",
    "msyh",
    "wqy-microhei",
    "wqy-zenhei",
    "droidsansfallback",
    "notoserifcjk",
    "notoserifsc",
    "sourcehanserif",
    "stheiti",
    "songti",
    "simhei",
    "simsun",
    "arial unicode",
];

/// Endings of font files.
const ENDINGS: &[&str] = &["ttf", "otf", "ttc", "otc"];

/// Deepest folder within a folder of fonts that is looked into.
const DEPTH_MAX: usize = 6;

/// Folders of fonts of this system, then the user's own.
pub(in crate::print) fn folders() -> Vec<PathBuf> {
    let (all, own): (&[&str], &[&str]) = match std::env::consts::OS {
        "windows" => (&["C:/Windows/Fonts"], &["AppData/Local/Microsoft/Windows/Fonts"]),
        "macos" => (&["/System/Library/Fonts", "/Library/Fonts"], &["Library/Fonts"]),
        _ => (&["/usr/share/fonts", "/usr/local/share/fonts"], &[".local/share/fonts", ".fonts"]),
    };
    let home = std::env::home_dir();
    let own = own.iter().filter_map(|folder| home.as_ref().map(|home| home.join(folder)));
    all.iter().map(PathBuf::from).chain(own).collect()
}

/// Returns the fonts for Chinese within folders, best first.
pub(in crate::print) fn fonts(folders: &[PathBuf]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    folders.iter().for_each(|folder| look(folder, 0, &mut found));
    found.sort();
    found.into_iter().map(|(_, path)| path).collect()
}

fn look(folder: &Path, depth: usize, found: &mut Vec<((usize, usize), PathBuf)>) {
    // A folder that is not there, or is not ours to read, holds no font for us.
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            if depth < DEPTH_MAX {
                look(&path, depth + 1, found);
            }
        } else if let Some(rank) = rank(&path) {
            found.push((rank, path));
        }
    }
}

/// Ranks a file: which font it is, then whether it is of the regular weight.
fn rank(path: &Path) -> Option<(usize, usize)> {
    let ending = path.extension()?.to_str()?.to_lowercase();
    let name = path.file_stem()?.to_str()?.to_lowercase();
    let place = KNOWN.iter().position(|known| name.starts_with(known))?;
    let heavy = ["bold", "black", "heavy", "medium", "light", "thin", "bd", "vf"];
    let other = heavy.iter().any(|weight| name.ends_with(weight));
    let fits = ENDINGS.contains(&ending.as_str());
    fits.then_some((place, usize::from(other)))
}
