//! A sealed stream: mark, salt, cost, then parts of a mebibyte, each sealed for itself, so that a
//! desk of any size passes through little memory.
//!
//! In front of each part's clear bytes stands its number and whether it is the last, so that no part
//! can be left out, moved or cut off. The parts of one file stay with it: its salt makes its key.

use std::io::{self, Read, Write};

use linli_io::SystemChance;
use linli_seal::{Chance as _, CircleKey, vault};
use zeroize::Zeroizing;

use super::passphrase::{COST, Cost, key};
use crate::office::text::Text;

/// How a backup begins.
const MARK: &[u8; 16] = b"linli-backup/1\r\n";

/// Clear bytes of one part.
const PART_BYTES: usize = 1 << 20;

/// Number and end of a part.
const HEAD_BYTES: usize = 9;

/// What sealing adds to a part: nonce and tag.
const SEALED_MORE: usize = 24 + 16;

/// Why a backup does not open.
#[derive(Debug)]
pub(super) enum Fault {
    /// It is none, or of a newer kind.
    Foreign,
    /// The passphrase is another one, or the first part is damaged.
    DoesNotOpen,
    /// A part is missing, moved, cut off or altered.
    Damaged,
    Disk(io::Error),
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Self::Damaged,
            _ => Self::Disk(error),
        }
    }
}

impl Fault {
    pub(super) fn say(&self, text: &Text) -> String {
        match self {
            Self::Foreign => {
                text.pick("这不是邻里的备份", "this is not a backup of Linli").to_owned()
            }
            Self::DoesNotOpen => text
                .pick(
                    "口令不对，或备份已损坏",
                    "the passphrase is another one, or the backup is damaged",
                )
                .to_owned(),
            Self::Damaged => {
                text.pick("备份已损坏或不完整", "the backup is damaged or incomplete").to_owned()
            }
            Self::Disk(error) => error.to_string(),
        }
    }
}

/// Writes a sealed stream.
pub(super) struct Sealer<W> {
    output: W,
    key: CircleKey,
    number: u64,
    part: Zeroizing<Vec<u8>>,
}

impl<W: Write> Sealer<W> {
    pub(super) fn new(output: W, passphrase: &str) -> Result<Self, String> {
        Self::with(output, passphrase, COST)
    }

    fn with(mut output: W, passphrase: &str, cost: Cost) -> Result<Self, String> {
        let mut salt = [0; 16];
        SystemChance.fill(&mut salt);
        let key = key(passphrase, &salt, cost).ok_or("no key can be made of this passphrase")?;
        let numbers = [cost.memory_kib, cost.passes, cost.lanes].map(u32::to_be_bytes).concat();
        let head = [&MARK[..], &salt, &numbers].concat();
        output.write_all(&head).map_err(|error| error.to_string())?;
        Ok(Self { output, key, number: 0, part: Zeroizing::new(Vec::new()) })
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), String> {
        self.write_all(bytes).map_err(|error| error.to_string())
    }

    fn seal(&mut self, last: bool) -> io::Result<()> {
        let mut clear = Zeroizing::new(Vec::with_capacity(HEAD_BYTES + self.part.len()));
        clear.extend(self.number.to_be_bytes());
        clear.push(u8::from(last));
        clear.extend(self.part.iter());
        let sealed = vault::seal(&self.key, &clear, &mut SystemChance).map_err(io::Error::other)?;
        let length = u32::try_from(sealed.len()).map_err(io::Error::other)?;
        self.output.write_all(&length.to_be_bytes())?;
        self.output.write_all(&sealed)?;
        self.part.clear();
        self.number = self.number.saturating_add(1);
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<W, String> {
        self.seal(true).map_err(|error| error.to_string())?;
        self.output.flush().map_err(|error| error.to_string())?;
        Ok(self.output)
    }
}

impl<W: Write> Write for Sealer<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = PART_BYTES.saturating_sub(self.part.len());
        let taken = bytes.get(..room.min(bytes.len())).unwrap_or_default();
        self.part.extend(taken);
        if self.part.len() >= PART_BYTES {
            self.seal(false)?;
        }
        Ok(taken.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Reads a sealed stream.
pub(super) struct Opener<R> {
    input: R,
    key: CircleKey,
    number: u64,
    last: bool,
    part: Zeroizing<Vec<u8>>,
    at: usize,
}

impl<R: Read> Opener<R> {
    pub(super) fn new(mut input: R, passphrase: &str) -> Result<Self, Fault> {
        let (mut mark, mut salt, mut numbers) = ([0; 16], [0; 16], [[0; 4]; 3]);
        input.read_exact(&mut mark).map_err(|_| Fault::Foreign)?;
        if mark != *MARK {
            return Err(Fault::Foreign);
        }
        input.read_exact(&mut salt)?;
        for number in &mut numbers {
            input.read_exact(number)?;
        }
        let [memory_kib, passes, lanes] = numbers.map(u32::from_be_bytes);
        let key = key(passphrase, &salt, Cost { memory_kib, passes, lanes });
        let key = key.ok_or(Fault::Damaged)?;
        let part = Zeroizing::new(Vec::new());
        let mut opener = Self { input, key, number: 0, last: false, part, at: 0 };
        opener.open().map_err(|fault| match fault {
            Fault::Damaged => Fault::DoesNotOpen,
            other => other,
        })?;
        Ok(opener)
    }

    fn open(&mut self) -> Result<(), Fault> {
        let mut length = [0; 4];
        self.input.read_exact(&mut length)?;
        let length = usize::try_from(u32::from_be_bytes(length)).unwrap_or(usize::MAX);
        if length > PART_BYTES + HEAD_BYTES + SEALED_MORE {
            return Err(Fault::Damaged);
        }
        let mut sealed = vec![0; length];
        self.input.read_exact(&mut sealed)?;
        let clear = vault::open(&self.key, &sealed).map_err(|_| Fault::Damaged)?;
        let (head, rest) = clear.split_first_chunk::<HEAD_BYTES>().ok_or(Fault::Damaged)?;
        let (number, last) = head.split_first_chunk::<8>().ok_or(Fault::Damaged)?;
        if u64::from_be_bytes(*number) != self.number {
            return Err(Fault::Damaged);
        }
        self.last = last == [1];
        if self.last && self.input.read(&mut [0])? != 0 {
            return Err(Fault::Damaged);
        }
        self.number = self.number.saturating_add(1);
        self.part = Zeroizing::new(rest.to_vec());
        self.at = 0;
        Ok(())
    }

    /// Reads some bytes; none only at the end.
    fn some(&mut self, most: usize) -> Result<&[u8], Fault> {
        while self.at >= self.part.len() && !self.last {
            self.open()?;
        }
        let end = self.part.len().min(self.at.saturating_add(most));
        let some = self.part.get(self.at..end).unwrap_or_default();
        self.at = end;
        Ok(some)
    }

    /// Fills a buffer; `false` if the stream is at its end before the first byte.
    pub(super) fn fill(&mut self, buffer: &mut [u8]) -> Result<bool, Fault> {
        let mut filled = 0;
        while filled < buffer.len() {
            let some = self.some(buffer.len() - filled)?;
            let (many, first) = (some.len(), filled == 0);
            if many == 0 {
                return if first { Ok(false) } else { Err(Fault::Damaged) };
            }
            let room = buffer.get_mut(filled..filled + many).ok_or(Fault::Damaged)?;
            room.copy_from_slice(some);
            filled += many;
        }
        Ok(true)
    }

    /// Copies so many bytes.
    pub(super) fn copy(&mut self, bytes: u64, output: &mut impl Write) -> Result<(), Fault> {
        let mut left = bytes;
        while left > 0 {
            let some = self.some(usize::try_from(left).unwrap_or(usize::MAX))?;
            if some.is_empty() {
                return Err(Fault::Damaged);
            }
            output.write_all(some)?;
            left = left.saturating_sub(u64::try_from(some.len()).unwrap_or(u64::MAX));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHEAP: Cost = Cost { memory_kib: 64, passes: 1, lanes: 1 };

    fn sealed(bytes: &[u8]) -> Vec<u8> {
        let mut sealer = Sealer::with(Vec::new(), "correct horse", CHEAP).unwrap();
        sealer.write(bytes).unwrap();
        sealer.finish().unwrap()
    }

    fn opened(sealed: &[u8], words: &str, bytes: usize) -> Result<Vec<u8>, Fault> {
        let mut opener = Opener::new(sealed, words)?;
        let mut clear = Vec::new();
        opener.copy(u64::try_from(bytes).unwrap(), &mut clear)?;
        assert!(!opener.fill(&mut [0])?, "nothing is left");
        Ok(clear)
    }

    #[test]
    fn what_is_sealed_is_opened_again_whatever_its_length() {
        for length in [0, 1, PART_BYTES - 1, PART_BYTES, PART_BYTES + 1, 2 * PART_BYTES + 7] {
            let bytes: Vec<u8> = (0..length).map(|at| u8::try_from(at % 251).unwrap()).collect();
            let sealed = sealed(&bytes);
            assert_eq!(opened(&sealed, "correct horse", length).unwrap(), bytes, "{length}");
            assert!(!sealed.windows(64).any(|part| length > 64 && bytes.starts_with(part)));
        }
    }

    #[test]
    fn another_passphrase_and_any_change_are_told() {
        let length = 2 * PART_BYTES + 7;
        let whole = sealed(&vec![7; length]);
        assert!(matches!(opened(&whole, "Correct horse", length), Err(Fault::DoesNotOpen)));
        assert!(matches!(opened(b"PK\x03\x04", "correct horse", 1), Err(Fault::Foreign)));
        let damaged = |bytes: &[u8]| {
            matches!(
                opened(bytes, "correct horse", length),
                Err(Fault::Damaged | Fault::DoesNotOpen)
            )
        };
        // The end is missing, whole parts of it too; something follows; one bit is turned.
        let part = 4 + SEALED_MORE + HEAD_BYTES + PART_BYTES;
        let head = 16 + 16 + 12;
        assert!(damaged(&whole[..whole.len() - 1]));
        assert!(damaged(&whole[..head + 2 * part]));
        assert!(damaged(&[&whole[..], b"x"].concat()));
        let mut turned = whole.clone();
        turned[head + part + 100] ^= 1;
        assert!(damaged(&turned));
        // The first two parts change places.
        let (a, b) = (&whole[head..head + part], &whole[head + part..head + 2 * part]);
        assert!(damaged(&[&whole[..head], b, a, &whole[head + 2 * part..]].concat()));
    }
}
