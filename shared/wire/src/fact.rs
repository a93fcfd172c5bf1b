//! The frame of a fact: `[v, kind, by, at, about, fields, supersedes, sig?]`.
//!
//! A fact is written once, by one device, and never changed. What its fields mean is the business
//! of the domain; here it is only bytes in a strict form.

use ciborium::Value;

use crate::{CommunityId, DeviceId, DocumentId, FactId, Signature, WireError, cbor, limits, sign};

/// The version of the frame that this program writes.
pub const VERSION: u8 = 1;

const PART: &str = "fact";

/// A fact as it is stored and travels.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// What it says: a stable number, never reused.
    pub kind: u16,
    /// The device that wrote it.
    pub by: DeviceId,
    /// The device's own clock, in milliseconds since 1970 (UTC). It never decides a right.
    pub at: i64,
    /// The thing it is about (the fact that began it), or nothing if it begins something.
    pub about: Option<FactId>,
    /// A map with ascending integer keys.
    pub fields: Value,
    /// The facts it replaces: what its author saw.
    pub supersedes: Vec<FactId>,
    /// The author's own signature, on legal facts only.
    pub sig: Option<Signature>,
}

impl Fact {
    /// Encodes the fact in canonical form.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut items = self.items();
        if let Some(sig) = &self.sig {
            items.push(Value::Bytes(sig.0.to_vec()));
        }
        cbor::encode(&Value::Array(items))
    }

    /// Encodes the array without the signature: what the signature is over.
    #[must_use]
    pub fn encode_unsigned(&self) -> Vec<u8> {
        cbor::encode(&Value::Array(self.items()))
    }

    /// Decodes a fact, strictly. Unknown fields survive.
    ///
    /// # Errors
    /// [`WireError`] that names the field.
    pub fn decode(bytes: &[u8]) -> Result<Self, WireError> {
        if bytes.len() > limits::FACT_BYTES_MAX {
            return Err(WireError::TooLarge { part: PART, max: limits::FACT_BYTES_MAX });
        }
        let Value::Array(items) = cbor::decode(PART, bytes)? else {
            return Err(bad("array"));
        };
        let (items, sig) = match items.as_slice() {
            [frame @ .., Value::Bytes(sig)] if frame.len() == 7 => {
                (frame, Some(Signature::from_slice(sig).ok_or_else(|| bad("sig"))?))
            }
            frame => (frame, None),
        };
        let [version, kind, by, at, about, fields, supersedes] = items else {
            return Err(bad("array"));
        };
        let version: u64 = whole(version, "v")?;
        if version != u64::from(VERSION) {
            return Err(WireError::Unknown { part: PART, field: "version", value: version });
        }
        Ok(Self {
            kind: whole(kind, "kind")?,
            by: id(by, DeviceId::from_slice, "by")?,
            at: whole(at, "at")?,
            about: match about {
                Value::Null => None,
                other => Some(id(other, FactId::from_slice, "about")?),
            },
            fields: integer_map(fields)?,
            supersedes: ids(supersedes)?,
            sig,
        })
    }

    /// Computes the id of the fact in a document.
    #[must_use]
    pub fn id(&self, document: &DocumentId) -> FactId {
        FactId::of(document, &self.encode())
    }

    /// Checks the fact's own signature, which binds it to its community.
    ///
    /// # Errors
    /// [`WireError::BadSignature`] if it is missing or does not match.
    pub fn verify(&self, community: &CommunityId) -> Result<(), WireError> {
        let sig = self.sig.as_ref().ok_or(WireError::BadSignature { part: PART })?;
        let unsigned = self.encode_unsigned();
        sign::verify(&self.by.0, sign::Purpose::Fact, &[&community.0, &unsigned], sig)
            .map_err(|_| WireError::BadSignature { part: PART })
    }

    fn items(&self) -> Vec<Value> {
        let id = |id: &FactId| Value::Bytes(id.0.to_vec());
        vec![
            Value::from(VERSION),
            Value::from(self.kind),
            Value::Bytes(self.by.0.to_vec()),
            Value::from(self.at),
            self.about.as_ref().map_or(Value::Null, id),
            self.fields.clone(),
            Value::Array(self.supersedes.iter().map(id).collect()),
        ]
    }
}

const fn bad(field: &'static str) -> WireError {
    WireError::BadField { part: PART, field }
}

fn whole<T: TryFrom<i128>>(value: &Value, field: &'static str) -> Result<T, WireError> {
    value
        .as_integer()
        .and_then(|number| T::try_from(i128::from(number)).ok())
        .ok_or_else(|| bad(field))
}

fn id<T>(
    value: &Value,
    read: impl Fn(&[u8]) -> Option<T>,
    field: &'static str,
) -> Result<T, WireError> {
    value.as_bytes().and_then(|bytes| read(bytes)).ok_or_else(|| bad(field))
}

fn integer_map(value: &Value) -> Result<Value, WireError> {
    let entries = value.as_map().ok_or_else(|| bad("fields"))?;
    if entries.iter().all(|(key, _)| key.as_integer().is_some_and(|key| i128::from(key) >= 0)) {
        Ok(value.clone())
    } else {
        Err(bad("fields"))
    }
}

fn ids(value: &Value) -> Result<Vec<FactId>, WireError> {
    let items = value.as_array().ok_or_else(|| bad("supersedes"))?;
    if items.len() > limits::SUPERSEDES_MAX {
        return Err(WireError::TooLarge { part: PART, max: limits::SUPERSEDES_MAX });
    }
    let ids: Vec<FactId> = items
        .iter()
        .map(|item| id(item, FactId::from_slice, "supersedes"))
        .collect::<Result<_, _>>()?;
    // One order for one set, so that the same act has one id.
    if ids.windows(2).all(|pair| matches!(pair, [one, next] if one < next)) {
        Ok(ids)
    } else {
        Err(bad("supersedes"))
    }
}
