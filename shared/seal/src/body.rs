//! Sealing and opening the body of a pack: raw DEFLATE, then XChaCha20-Poly1305 with the header as
//! associated data, then the author's signature.

use std::io::{Read as _, Write as _};

use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use linli_wire::{
    limits,
    pack::{Header, Kind, Pack, body_len},
    sign::Purpose,
};

use crate::{CircleKey, DeviceKeys, SealError};

const PART: &str = "body";

/// Bytes that the seal adds to its content.
const TAG_LEN: usize = 16;

/// Deflates and seals a body under the circle's key, and signs the pack.
///
/// # Errors
/// [`SealError::TooLarge`] if the body or the pack is over its limit.
pub fn seal(
    header: Header,
    body: &[u8],
    key: &CircleKey,
    device: &DeviceKeys,
) -> Result<Pack, SealError> {
    if body.len() > limits::BODY_BYTES_MAX {
        return Err(SealError::TooLarge { part: PART, max: limits::BODY_BYTES_MAX });
    }
    let content = deflate(body)?;
    let sealed_len = u32::try_from(content.len() + TAG_LEN)
        .map_err(|_| SealError::TooLarge { part: PART, max: limits::PACK_BYTES_MAX })?;
    let bound = header.encode(sealed_len);
    let sealed = key.seal(&header.nonce, &bound, &content)?;
    sign(header, &sealed, device)
}

/// Signs a pack whose body stays clear, such as an access record.
///
/// # Errors
/// [`SealError::TooLarge`].
pub fn sign(header: Header, body: &[u8], device: &DeviceKeys) -> Result<Pack, SealError> {
    let too_large = |_| SealError::TooLarge { part: PART, max: limits::PACK_BYTES_MAX };
    let bound = header.encode(body_len(body).map_err(too_large)?);
    let signature = device.sign(Purpose::Pack, &[&bound, body]);
    Pack::join(header, body, &signature).map_err(too_large)
}

/// Opens and inflates the body of a sealed pack. The signature is checked elsewhere.
///
/// # Errors
/// [`SealError::DoesNotOpen`] with a wrong key, [`SealError::TooLarge`] for a bomb,
/// [`SealError::Malformed`] if the content is not DEFLATE or the pack is not sealed.
pub fn open(pack: &Pack, key: &CircleKey) -> Result<Vec<u8>, SealError> {
    if pack.header.kind != Kind::Change {
        return Err(SealError::Malformed { part: PART });
    }
    let sealed = pack.body();
    let sealed_len = body_len(sealed).map_err(|_| SealError::Malformed { part: PART })?;
    let bound = pack.header.encode(sealed_len);
    let content = key.open(PART, &pack.header.nonce, &bound, sealed)?;
    inflate(&content)
}

fn deflate(bytes: &[u8]) -> Result<Vec<u8>, SealError> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
    encoder
        .write_all(bytes)
        .and_then(|()| encoder.finish())
        .map_err(|_| SealError::Malformed { part: PART })
}

/// Inflates at most [`limits::BODY_BYTES_MAX`] bytes: a hundred bytes can claim gigabytes.
fn inflate(bytes: &[u8]) -> Result<Vec<u8>, SealError> {
    let most = limits::BODY_BYTES_MAX as u64;
    let mut body = Vec::new();
    let mut decoder = DeflateDecoder::new(bytes).take(most + 1);
    decoder.read_to_end(&mut body).map_err(|_| SealError::Malformed { part: PART })?;
    if body.len() > limits::BODY_BYTES_MAX {
        return Err(SealError::TooLarge { part: PART, max: limits::BODY_BYTES_MAX });
    }
    // One body, one form: bytes after the end of the stream would travel unseen.
    if decoder.into_inner().total_in() != bytes.len() as u64 {
        return Err(SealError::Malformed { part: PART });
    }
    Ok(body)
}
