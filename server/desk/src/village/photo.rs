//! A photo as a phone's camera makes it: with its maker and the place it was taken at.

use std::path::{Path, PathBuf};

use super::{Step, phone::Trouble};

/// What stands in the photo's EXIF, and must never be found elsewhere.
pub(super) const WHERE: &str = "GPS-30.2741N-120.1551E-48213";

/// What stands in the clear in every photo: only who may see the photo finds it.
pub(super) const SEEN: &str = "Bildpunkte-48213-";

/// Writes a photo into a folder and returns its file: grey, eight by eight pixels, with EXIF.
pub(super) fn take(folder: &Path, name: &str) -> Step<PathBuf> {
    let mut photo = vec![0xFF, 0xD8];
    // EXIF, big-endian, one directory with one entry: turned by a quarter.
    let tiff = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    segment(&mut photo, 0xE1, &[b"Exif\0\0", &tiff[..], WHERE.as_bytes()].concat());
    segment(&mut photo, 0xDB, &[&[0][..], &[16; 64]].concat());
    segment(&mut photo, 0xC0, &[8, 0, 8, 0, 8, 1, 1, 0x11, 0]);
    let table = |class: u8| [&[class, 0, 1][..], &[0; 14], &[0]].concat();
    segment(&mut photo, 0xC4, &table(0x00));
    segment(&mut photo, 0xC4, &table(0x10));
    segment(&mut photo, 0xDA, &[1, 1, 0, 0, 63, 0]);
    // The name makes each photo another one.
    photo.extend(SEEN.bytes());
    photo.extend(name.bytes().map(|byte| byte & 0x7F));
    photo.extend([0xFF, 0xD9]);
    let file = folder.join(format!("{name}.jpg"));
    std::fs::write(&file, photo).map_err(|error| Trouble::Other(error.to_string()))?;
    Ok(file)
}

fn segment(photo: &mut Vec<u8>, kind: u8, content: &[u8]) {
    let length = u16::try_from(content.len() + 2).unwrap_or(u16::MAX);
    photo.extend([0xFF, kind]);
    photo.extend(length.to_be_bytes());
    photo.extend(content);
}
