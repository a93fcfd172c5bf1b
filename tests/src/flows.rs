//! The stories of `tests/flows`, as every player reads them.

pub mod story;
pub mod tongue;

use std::{collections::BTreeMap, path::Path};

use story::Story;

/// Reads all stories, by the names of their files.
///
/// # Errors
/// What is wrong, and with which file.
pub fn read_all() -> Result<BTreeMap<String, Story>, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("flows");
    let files = folder.read_dir().map_err(|error| format!("{}: {error}", folder.display()))?;
    let read = |file: std::io::Result<std::fs::DirEntry>| {
        let path = file.map_err(|error| error.to_string())?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let told = std::fs::read_to_string(&path).map_err(|error| error.to_string());
        let story = told.and_then(|text| Story::read(&text));
        story.map(|story| (name.clone(), story)).map_err(|why| format!("{name}: {why}"))
    };
    files.map(read).collect()
}
