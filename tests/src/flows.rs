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

/// Returns a photo as a camera gives it: grey, eight by eight pixels.
#[must_use]
pub fn photo() -> Vec<u8> {
    let table = |class: u8| [&[class, 0, 1][..], &[0; 14], &[0]].concat();
    let segments = [
        (0xDB, [&[0][..], &[16; 64]].concat()),
        (0xC0, vec![8, 0, 8, 0, 8, 1, 1, 0x11, 0]),
        (0xC4, table(0x00)),
        (0xC4, table(0x10)),
        (0xDA, vec![1, 1, 0, 0, 63, 0]),
    ];
    let mut photo = vec![0xFF, 0xD8];
    for (kind, content) in segments {
        photo.extend([0xFF, kind]);
        // Each is far shorter than its length can say.
        let length = u16::try_from(content.len() + 2).unwrap_or(u16::MAX);
        photo.extend(length.to_be_bytes());
        photo.extend(content);
    }
    photo.extend([0x2A, 0x7F, 0xFF, 0xD9]);
    photo
}
