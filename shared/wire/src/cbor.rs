//! Canonical CBOR (RFC 8949 §4.2.1): shortest integers, definite lengths, ascending map keys, no
//! floats, no tags. What was decoded must encode to the same bytes, or it is refused; unknown
//! fields survive because the generic [`Value`] is kept.

use ciborium::value::Integer;
use serde::{Serialize, de::DeserializeOwned};

pub use ciborium::Value;

use crate::{WireError, limits};

/// A byte string of any length, as a field of a serde type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bytes(
    /// The bytes.
    pub Vec<u8>,
);

impl Serialize for Bytes {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(&self.0)
    }
}

impl<'de> serde::Deserialize<'de> for Bytes {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        match Value::deserialize(from)? {
            Value::Bytes(bytes) => Ok(Self(bytes)),
            _ => Err(serde::de::Error::custom("not bytes")),
        }
    }
}

/// Decodes canonical CBOR, and refuses everything else.
///
/// # Errors
/// [`WireError::NotCanonical`] with the byte where it goes wrong.
pub fn decode(part: &'static str, bytes: &[u8]) -> Result<Value, WireError> {
    let mut scan = Scan { part, bytes, at: 0 };
    scan.item(0)?;
    if scan.at != bytes.len() {
        return Err(WireError::Trailing { part });
    }
    let value: Value = ciborium::from_reader(bytes).map_err(|_| scan.refuse("unreadable"))?;
    if encode(&value) != bytes {
        return Err(scan.refuse("encodes to other bytes"));
    }
    Ok(value)
}

/// Encodes a value, with map keys in canonical order.
#[must_use]
pub fn encode(value: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    // Writing into a Vec cannot fail.
    let _ = ciborium::into_writer(value, &mut bytes);
    bytes
}

/// Encodes a serde type whose fields are renamed to decimal numbers (`#[serde(rename = "1")]`).
///
/// # Errors
/// [`WireError::BadField`] if the type cannot be written (a float, a map with odd keys).
pub fn to_bytes<T: Serialize>(part: &'static str, value: &T) -> Result<Vec<u8>, WireError> {
    Ok(encode(&to_value(part, value)?))
}

/// Decodes a serde type from canonical CBOR. Fields it does not know are ignored.
///
/// # Errors
/// As [`decode`]; [`WireError::BadField`] if a field is missing or of the wrong type.
pub fn from_bytes<T: DeserializeOwned>(part: &'static str, bytes: &[u8]) -> Result<T, WireError> {
    from_value(part, &decode(part, bytes)?)
}

/// Turns a serde type into a generic value: field names that are numbers become integer keys.
///
/// # Errors
/// [`WireError::BadField`].
pub fn to_value<T: Serialize>(part: &'static str, value: &T) -> Result<Value, WireError> {
    let value =
        Value::serialized(value).map_err(|_| WireError::BadField { part, field: "value" })?;
    Ok(numbered(value))
}

/// Turns a generic value back into a serde type.
///
/// # Errors
/// [`WireError::BadField`].
pub fn from_value<T: DeserializeOwned>(part: &'static str, value: &Value) -> Result<T, WireError> {
    named(value.clone())
        .deserialized()
        .map_err(|_| WireError::BadField { part, field: "a field of this kind" })
}

/// Turns text keys that are numbers into integer keys, drops absent options, sorts the keys.
fn numbered(value: Value) -> Value {
    match value {
        Value::Map(entries) => {
            let mut entries: Vec<(Vec<u8>, Value, Value)> = entries
                .into_iter()
                .filter(|(_, value)| !value.is_null())
                .map(|(key, value)| {
                    let key = match key {
                        Value::Text(text) => number(&text).map_or(Value::Text(text), Value::from),
                        other => other,
                    };
                    (encode(&key), key, numbered(value))
                })
                .collect();
            entries.sort_by(|one, other| one.0.cmp(&other.0));
            Value::Map(entries.into_iter().map(|(_, key, value)| (key, value)).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(numbered).collect()),
        other => other,
    }
}

fn number(text: &str) -> Option<u64> {
    text.parse().ok().filter(|number: &u64| number.to_string() == text)
}

/// Turns integer keys back into the text keys that serde knows.
fn named(value: Value) -> Value {
    match value {
        Value::Map(entries) => Value::Map(
            entries
                .into_iter()
                .map(|(key, value)| {
                    let key = match key {
                        Value::Integer(number) => Value::Text(decimal(number)),
                        other => other,
                    };
                    (key, named(value))
                })
                .collect(),
        ),
        Value::Array(items) => Value::Array(items.into_iter().map(named).collect()),
        other => other,
    }
}

fn decimal(number: Integer) -> String {
    i128::from(number).to_string()
}

/// Walks over CBOR without building anything, so that a hostile length allocates nothing.
struct Scan<'a> {
    part: &'static str,
    bytes: &'a [u8],
    at: usize,
}

impl Scan<'_> {
    const fn refuse(&self, why: &'static str) -> WireError {
        WireError::NotCanonical { part: self.part, at: self.at, why }
    }

    fn byte(&mut self) -> Result<u8, WireError> {
        let byte = *self.bytes.get(self.at).ok_or(WireError::Short { part: self.part })?;
        self.at += 1;
        Ok(byte)
    }

    /// Reads a head: major type and its shortest argument.
    fn head(&mut self) -> Result<(u8, u64), WireError> {
        let first = self.byte()?;
        let (major, info) = (first >> 5, first & 31);
        let extra = match info {
            0..=23 => return Ok((major, u64::from(info))),
            24 => 1,
            25 => 2,
            26 => 4,
            27 => 8,
            _ => return Err(self.refuse("indefinite or reserved length")),
        };
        let mut argument = 0_u64;
        for _ in 0..extra {
            argument = argument << 8 | u64::from(self.byte()?);
        }
        let least = match extra {
            1 => 24,
            2 => 0x100,
            4 => 0x1_0000,
            _ => 0x1_0000_0000,
        };
        if argument < least && major != 7 {
            return Err(self.refuse("a longer form than needed"));
        }
        Ok((major, argument))
    }

    fn item(&mut self, depth: usize) -> Result<(), WireError> {
        if depth > limits::CBOR_DEPTH_MAX {
            return Err(self.refuse("nested too deeply"));
        }
        let start = self.at;
        let (major, argument) = self.head()?;
        match major {
            0 | 1 => Ok(()),
            2 => self.skip(argument).map(|_| ()),
            3 => {
                let text = self.skip(argument)?;
                std::str::from_utf8(text).map(|_| ()).map_err(|_| self.refuse("text is not UTF-8"))
            }
            4 => (0..self.count(argument)?).try_for_each(|_| self.item(depth + 1)),
            5 => self.map(argument, depth),
            7 if (20..=22).contains(&argument) && self.at == start + 1 => Ok(()),
            _ => Err(self.refuse("tags, floats and other simple values are not allowed")),
        }
    }

    fn map(&mut self, argument: u64, depth: usize) -> Result<(), WireError> {
        let mut previous: Option<(usize, usize)> = None;
        for _ in 0..self.count(argument)? {
            let start = self.at;
            self.item(depth + 1)?;
            let key = (start, self.at);
            if previous.is_some_and(|before| self.slice(before) >= self.slice(key)) {
                return Err(self.refuse("map keys are not ascending"));
            }
            previous = Some(key);
            self.item(depth + 1)?;
        }
        Ok(())
    }

    fn slice(&self, (from, to): (usize, usize)) -> Option<&[u8]> {
        self.bytes.get(from..to)
    }

    fn count(&self, argument: u64) -> Result<usize, WireError> {
        usize::try_from(argument)
            .ok()
            .filter(|count| *count <= limits::CBOR_ITEMS_MAX)
            .ok_or(WireError::TooLarge { part: self.part, max: limits::CBOR_ITEMS_MAX })
    }

    fn skip(&mut self, argument: u64) -> Result<&[u8], WireError> {
        let end = usize::try_from(argument).ok().and_then(|len| self.at.checked_add(len));
        let run = end
            .and_then(|end| self.bytes.get(self.at..end))
            .ok_or(WireError::Short { part: self.part })?;
        self.at += run.len();
        Ok(run)
    }
}
