//! Counts the rows a change claims, from the run lengths of its columns, before Automerge parses
//! it: a chunk of 69 bytes can hold five million operations.
//!
//! Layout of a change chunk: magic 4, checksum 4, type 1, length, then dependencies, actor, seq,
//! start_op, time, message, other actors, column headers (spec, length), column data. Lengths are
//! LEB128. A column's lowest three bits say how it is coded, the fourth that it is deflated.

use linli_wire::limits;

use super::GateRefusal;

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
const CHANGE_CHUNK: u8 = 1;
const DEFLATED: u64 = 8;

/// Most bytes of an actor id. Ours have 16; the exact check comes later.
const ACTOR_BYTES_MAX: u64 = 64;

/// Most columns of a change: one operation needs nine.
const COLUMNS_MAX: u64 = 32;

/// Checks size and form of a raw change and that no column claims more rows than allowed.
pub(super) fn check(raw: &[u8]) -> Result<(), GateRefusal> {
    if raw.len() > limits::CHANGE_BYTES_MAX {
        return Err(GateRefusal::TooLarge);
    }
    let mut reader = Reader { bytes: raw };
    if reader.take(4)? != MAGIC {
        return Err(GateRefusal::NotAPlainChange);
    }
    reader.take(4)?;
    if reader.take(1)? != [CHANGE_CHUNK] {
        return Err(GateRefusal::NotAPlainChange);
    }
    let length = reader.unsigned()?;
    if length != reader.bytes.len() as u64 {
        return Err(GateRefusal::NotAPlainChange);
    }
    let dependencies = reader.unsigned()?;
    if dependencies > 1 {
        return Err(GateRefusal::WrongDependencies);
    }
    reader.take(dependencies.saturating_mul(32))?;
    reader.actor()?;
    reader.unsigned()?;
    reader.unsigned()?;
    reader.signed()?;
    let message = reader.unsigned()?;
    reader.take(message)?;
    let others = reader.unsigned()?;
    if others > 1 {
        return Err(GateRefusal::NotAPlainChange);
    }
    for _ in 0..others {
        reader.actor()?;
    }
    columns(&mut reader)
}

fn columns(reader: &mut Reader<'_>) -> Result<(), GateRefusal> {
    let count = reader.unsigned()?;
    if count > COLUMNS_MAX {
        return Err(GateRefusal::NotAPlainChange);
    }
    let mut columns = Vec::new();
    for _ in 0..count {
        columns.push((reader.unsigned()?, reader.unsigned()?));
    }
    for (spec, length) in columns {
        let data = reader.take(length)?;
        if spec & DEFLATED != 0 {
            return Err(GateRefusal::NotAPlainChange);
        }
        let coding = spec & 7;
        // Coding 7 is raw values; their count is bounded by the column of their lengths.
        if coding != 7 {
            rows(coding, data)?;
        }
    }
    Ok(())
}

/// Counts the rows of one column and refuses more than one operation's worth.
fn rows(coding: u64, data: &[u8]) -> Result<(), GateRefusal> {
    const BOOLEAN: u64 = 4;
    let mut reader = Reader { bytes: data };
    let mut count = 0_u64;
    while !reader.bytes.is_empty() {
        let run = if coding == BOOLEAN {
            reader.unsigned()?
        } else {
            match reader.signed()? {
                0 => reader.unsigned()?,
                run @ 1.. => {
                    reader.value(coding)?;
                    run.unsigned_abs()
                }
                literal => {
                    let run = literal.unsigned_abs();
                    if run > limits::CHANGE_ROWS_MAX {
                        return Err(GateRefusal::TooManyRows);
                    }
                    for _ in 0..run {
                        reader.value(coding)?;
                    }
                    run
                }
            }
        };
        count = count.saturating_add(run);
        if count > limits::CHANGE_ROWS_MAX {
            return Err(GateRefusal::TooManyRows);
        }
    }
    Ok(())
}

struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, len: u64) -> Result<&'a [u8], GateRefusal> {
        let len = usize::try_from(len).map_err(|_| GateRefusal::NotAPlainChange)?;
        let (run, rest) = self.bytes.split_at_checked(len).ok_or(GateRefusal::NotAPlainChange)?;
        self.bytes = rest;
        Ok(run)
    }

    fn byte(&mut self) -> Result<u8, GateRefusal> {
        let (byte, rest) = self.bytes.split_first().ok_or(GateRefusal::NotAPlainChange)?;
        self.bytes = rest;
        Ok(*byte)
    }

    fn unsigned(&mut self) -> Result<u64, GateRefusal> {
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            if shift == 63 && byte > 1 {
                break;
            }
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(GateRefusal::NotAPlainChange)
    }

    fn signed(&mut self) -> Result<i64, GateRefusal> {
        let mut value = 0_i64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= i64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                let negative = byte & 0x40 != 0 && shift + 7 < 64;
                return Ok(if negative { value | -1_i64 << (shift + 7) } else { value });
            }
        }
        Err(GateRefusal::NotAPlainChange)
    }

    fn actor(&mut self) -> Result<(), GateRefusal> {
        let len = self.unsigned()?;
        if len > ACTOR_BYTES_MAX {
            return Err(GateRefusal::WrongActor);
        }
        self.take(len).map(|_| ())
    }

    /// Skips one value of a run-length column: a signed delta, a string, or a number.
    fn value(&mut self, coding: u64) -> Result<(), GateRefusal> {
        match coding {
            3 => self.signed().map(|_| ()),
            5 => {
                let len = self.unsigned()?;
                self.take(len).map(|_| ())
            }
            _ => self.unsigned().map(|_| ()),
        }
    }
}
