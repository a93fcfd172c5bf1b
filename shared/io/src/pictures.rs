//! Photos and voice notes from the platform: what is kept of them says nothing of where they were
//! taken, or with what.
//!
//! A photo is a JPEG, already made small by the platform's own decoders. Everything beside the
//! picture goes: EXIF with its position and thumbnail, comments, colour profiles that name a phone,
//! second pictures behind the first. Only how it has to be turned is read, and travels beside it.

use std::{fs::File, io::Read as _, path::Path};

use linli_domain::kernel::{ATTACHMENT_BYTES_MAX, AttachmentKind};
use linli_replica::blobs::Picture;

/// Most pixels of a photo: what a phone of 2 GB can decode beside everything else.
const PIXELS_MAX: u64 = 50_000_000;

/// Why something cannot be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// The platform's file cannot be read.
    #[error("the file cannot be read")]
    Unreadable,
    /// It is larger than any attachment, or has too many pixels.
    #[error("too large")]
    TooLarge,
    /// It is no JPEG, or no voice note in MPEG-4 or Ogg.
    #[error("not a photo or a voice note")]
    Foreign,
    /// It ends too early, or is broken inside.
    #[error("broken")]
    Broken,
}

impl PictureError {
    /// Returns the stable word; the screens' sentence is found by it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unreadable => "picture.unreadable",
            Self::TooLarge => "picture.too_large",
            Self::Foreign => "picture.foreign",
            Self::Broken => "picture.broken",
        }
    }
}

/// Reads a file of the platform and makes of it what is sealed.
///
/// # Errors
/// [`PictureError`].
pub fn read(kind: AttachmentKind, file: &Path) -> Result<Picture, PictureError> {
    let mut bytes = Vec::new();
    let file = File::open(file).map_err(|_| PictureError::Unreadable)?;
    // Beside the picture there may be as much again that is taken out.
    let most = 2 * ATTACHMENT_BYTES_MAX;
    file.take(most + 1).read_to_end(&mut bytes).map_err(|_| PictureError::Unreadable)?;
    if u64::try_from(bytes.len()).map_or(true, |length| length > most) {
        return Err(PictureError::TooLarge);
    }
    clean(kind, &bytes)
}

/// Makes of bytes what is sealed.
///
/// # Errors
/// [`PictureError`].
pub fn clean(kind: AttachmentKind, bytes: &[u8]) -> Result<Picture, PictureError> {
    let (bytes, turn) = match kind {
        AttachmentKind::Photo => clean_photo(bytes)?,
        AttachmentKind::Voice if is_voice(bytes) => (bytes.to_vec(), 1),
        AttachmentKind::Voice => return Err(PictureError::Foreign),
    };
    if u64::try_from(bytes.len()).map_or(true, |length| length > ATTACHMENT_BYTES_MAX) {
        return Err(PictureError::TooLarge);
    }
    Ok(Picture { kind, bytes, turn })
}

/// MPEG-4 (`ftyp`), as phones record, or Ogg.
fn is_voice(bytes: &[u8]) -> bool {
    bytes.get(4..8) == Some(b"ftyp") || bytes.starts_with(b"OggS")
}

/// Markers of JPEG (ITU T.81, table B.1).
mod marker {
    pub(super) const START: u8 = 0xD8;
    pub(super) const END: u8 = 0xD9;
    pub(super) const SCAN: u8 = 0xDA;
    pub(super) const FRAMES: std::ops::RangeInclusive<u8> = 0xC0..=0xCF;
    /// Within the range of frames, but tables.
    pub(super) const NOT_FRAMES: [u8; 3] = [0xC4, 0xC8, 0xCC];
    pub(super) const APPLICATION: std::ops::RangeInclusive<u8> = 0xE0..=0xEF;
    pub(super) const EXIF: u8 = 0xE1;
    /// Adobe's: says how colours are stored; without it some pictures turn green.
    pub(super) const ADOBE: u8 = 0xEE;
    pub(super) const COMMENT: u8 = 0xFE;
    pub(super) const RESTARTS: std::ops::RangeInclusive<u8> = 0xD0..=0xD7;
    /// Segments of colour tables, quantisation, restart and frame: what decoding needs.
    pub(super) const NEEDED: [u8; 4] = [0xC4, 0xDB, 0xDD, 0xDC];
}

/// Takes out of a JPEG everything but the picture. Returns it and how it has to be turned.
fn clean_photo(bytes: &[u8]) -> Result<(Vec<u8>, u8), PictureError> {
    let start = [0xFF, marker::START];
    let mut rest = bytes.strip_prefix(&start).ok_or(PictureError::Foreign)?;
    let mut kept = start.to_vec();
    let (mut turn, mut framed) = (1, false);
    loop {
        let (kind, after) = next_marker(rest)?;
        if kind == marker::END {
            // What lies behind the end is another picture, with an EXIF of its own.
            kept.extend_from_slice(&[0xFF, marker::END]);
            return if framed { Ok((kept, turn)) } else { Err(PictureError::Broken) };
        }
        let length = after.first_chunk::<2>().ok_or(PictureError::Broken)?;
        let length = usize::from(u16::from_be_bytes(*length));
        let (segment, behind) = after.split_at_checked(length).ok_or(PictureError::Broken)?;
        let content = segment.get(2..).ok_or(PictureError::Broken)?;
        rest = behind;
        let frame = marker::FRAMES.contains(&kind) && !marker::NOT_FRAMES.contains(&kind);
        if frame {
            check_size(content)?;
            framed = true;
        }
        if kind == marker::EXIF {
            turn = orientation(content).unwrap_or(turn);
        }
        let needed = frame
            || marker::NEEDED.contains(&kind)
            || kind == marker::SCAN
            || kind == marker::ADOBE && content.starts_with(b"Adobe") && content.len() == 12;
        let known = needed || marker::APPLICATION.contains(&kind) || kind == marker::COMMENT;
        if !known {
            return Err(PictureError::Broken);
        }
        if needed {
            kept.extend_from_slice(&[0xFF, kind]);
            kept.extend_from_slice(segment);
        }
        if kind == marker::SCAN {
            let (data, behind) = rest.split_at(scan_length(rest)?);
            kept.extend_from_slice(data);
            rest = behind;
        }
    }
}

/// Reads the next marker; padding before it is allowed.
fn next_marker(bytes: &[u8]) -> Result<(u8, &[u8]), PictureError> {
    let padded = bytes.strip_prefix(&[0xFF]).ok_or(PictureError::Broken)?;
    let at = padded.iter().position(|byte| *byte != 0xFF).ok_or(PictureError::Broken)?;
    let (kind, rest) =
        padded.get(at..).and_then(<[u8]>::split_first).ok_or(PictureError::Broken)?;
    Ok((*kind, rest))
}

/// Measures the data of a scan: up to the next marker that is no restart.
fn scan_length(bytes: &[u8]) -> Result<usize, PictureError> {
    let ends = |pair: &[u8]| matches!(pair, [0xFF, kind] if *kind != 0 && *kind != 0xFF && !marker::RESTARTS.contains(kind));
    bytes.windows(2).position(ends).ok_or(PictureError::Broken)
}

/// Checks height and width of a frame.
fn check_size(frame: &[u8]) -> Result<(), PictureError> {
    let number = |at: usize| -> Option<u64> {
        let bytes: [u8; 2] = frame.get(at..at + 2)?.try_into().ok()?;
        Some(u64::from(u16::from_be_bytes(bytes)))
    };
    let (height, width) = number(1).zip(number(3)).ok_or(PictureError::Broken)?;
    match height.checked_mul(width) {
        Some(0) | None => Err(PictureError::Broken),
        Some(pixels) if pixels > PIXELS_MAX => Err(PictureError::TooLarge),
        Some(_) => Ok(()),
    }
}

/// Reads how a photo has to be turned from its EXIF (tag 0x0112 of the first directory).
fn orientation(exif: &[u8]) -> Option<u8> {
    let tiff = exif.strip_prefix(b"Exif\0\0")?;
    let little = match tiff.get(..4)? {
        [b'I', b'I', 42, 0] => true,
        [b'M', b'M', 0, 42] => false,
        _ => return None,
    };
    let short = |at: usize| -> Option<u16> {
        let bytes: [u8; 2] = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let long = |at: usize| -> Option<u32> {
        let bytes: [u8; 4] = tiff.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    };
    let directory = usize::try_from(long(4)?).ok()?;
    for entry in 0..usize::from(short(directory)?) {
        let at = directory.checked_add(2)?.checked_add(entry.checked_mul(12)?)?;
        if short(at)? == 0x0112 {
            return u8::try_from(short(at.checked_add(8)?)?).ok().filter(|t| (1..=8).contains(t));
        }
    }
    None
}

#[cfg(test)]
mod tests;
