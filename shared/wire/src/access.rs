//! What the relay may know: which device may read which circles, append, and list others.
//!
//! An access record travels as the clear body of a pack of kind `access`, posted together with the
//! grant it belongs to. It is signed by a device that may list, rooted in the charter's founders,
//! and holds no names. Phones compare it with the registry and raise an alarm when they differ.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{CircleId, DeviceId, Hash, WireError, cbor, charter::Charter, limits, pack, sign};

const PART: &str = "access record";

/// One device's access, as its newest record says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Access {
    /// The device listed.
    #[serde(rename = "1")]
    pub device: DeviceId,
    /// The circles whose packs it is given whole, ascending.
    #[serde(rename = "2")]
    pub circles: Vec<CircleId>,
    /// Whether it may list others.
    #[serde(rename = "3")]
    pub may_list: bool,
    /// Rises with every record about this device; an older record changes nothing.
    #[serde(rename = "4")]
    pub serial: u64,
    /// Whether its access has ended: it reads nothing more, and appends for 30 days at most.
    #[serde(rename = "5")]
    pub ended: bool,
}

impl Access {
    /// Tells whether the device is given the packs of a circle whole: the circle or its group is
    /// listed.
    #[must_use]
    pub fn reads(&self, circle: &CircleId) -> bool {
        self.circles.contains(circle) || self.circles.contains(&circle.its_group())
    }

    /// Encodes the record.
    ///
    /// # Errors
    /// [`WireError::BadField`] never in practice: the type has no floats.
    pub fn encode(&self) -> Result<Vec<u8>, WireError> {
        cbor::to_bytes(PART, self)
    }

    /// Decodes and checks a record.
    ///
    /// # Errors
    /// [`WireError`] that names the field.
    pub fn decode(bytes: &[u8]) -> Result<Self, WireError> {
        let access: Self = cbor::from_bytes(PART, bytes)?;
        if access.circles.len() > limits::ACCESS_CIRCLES_MAX {
            return Err(WireError::TooLarge { part: PART, max: limits::ACCESS_CIRCLES_MAX });
        }
        if !access.circles.windows(2).all(|pair| matches!(pair, [one, next] if one < next)) {
            return Err(WireError::BadField { part: PART, field: "circles" });
        }
        sign::check_sound(&access.device)?;
        Ok(access)
    }
}

/// Why a device may not do what it asks of the relay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AccessRefusal {
    /// No record lists the device.
    #[error("the device is not listed")]
    NotListed,
    /// The device's access has ended.
    #[error("the device's access has ended")]
    Ended,
    /// The device may not list others.
    #[error("the device may not list others")]
    MayNotList,
    /// A newer record about the device is known already.
    #[error("a newer access record is known already")]
    OldSerial,
}

/// Where one device stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The newest record.
    pub access: Access,
    /// Stamp of the record that ended the access, in milliseconds since 1970.
    pub ended_at: Option<i64>,
}

/// Everybody's access, folded from the records in log order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccessList {
    listed: BTreeMap<DeviceId, Listed>,
}

impl AccessList {
    /// Starts with the charter's founders, who may list.
    #[must_use]
    pub fn rooted_in(charter: &Charter) -> Self {
        let listed = charter.founders.iter().map(|device| {
            let access = Access {
                device: *device,
                circles: Vec::new(),
                may_list: true,
                serial: 0,
                ended: false,
            };
            (*device, Listed { access, ended_at: None })
        });
        Self { listed: listed.collect() }
    }

    /// Takes a record signed by `signer`, which must be listed and allowed to list.
    ///
    /// # Errors
    /// [`AccessRefusal`], in the order of its variants.
    pub fn take(
        &mut self,
        signer: &DeviceId,
        access: Access,
        stamp: i64,
    ) -> Result<(), AccessRefusal> {
        self.may_list(signer)?;
        if let Some(known) = self.listed.get(&access.device)
            && known.access.serial >= access.serial
        {
            return Err(AccessRefusal::OldSerial);
        }
        let ended_at = access.ended.then_some(stamp);
        self.listed.insert(access.device, Listed { access, ended_at });
        Ok(())
    }

    /// Checks that a device may read.
    ///
    /// # Errors
    /// [`AccessRefusal::NotListed`], [`AccessRefusal::Ended`].
    pub fn may_read(&self, device: &DeviceId) -> Result<&Access, AccessRefusal> {
        let listed = self.listed.get(device).ok_or(AccessRefusal::NotListed)?;
        if listed.access.ended { Err(AccessRefusal::Ended) } else { Ok(&listed.access) }
    }

    /// Checks that a device may list others.
    ///
    /// # Errors
    /// [`AccessRefusal`].
    pub fn may_list(&self, device: &DeviceId) -> Result<(), AccessRefusal> {
        if self.may_read(device)?.may_list { Ok(()) } else { Err(AccessRefusal::MayNotList) }
    }

    /// Checks that a device may append at a stamp: listed, or ended less than 30 days ago.
    ///
    /// # Errors
    /// [`AccessRefusal::NotListed`], [`AccessRefusal::Ended`].
    pub fn may_append(&self, device: &DeviceId, stamp: i64) -> Result<&Listed, AccessRefusal> {
        let listed = self.listed.get(device).ok_or(AccessRefusal::NotListed)?;
        let late = listed
            .ended_at
            .is_some_and(|ended| stamp.saturating_sub(ended) > limits::REVOKED_APPEND_MS);
        if late { Err(AccessRefusal::Ended) } else { Ok(listed) }
    }

    /// Returns where a device stands.
    #[must_use]
    pub fn get(&self, device: &DeviceId) -> Option<&Listed> {
        self.listed.get(device)
    }

    /// Iterates over all devices ever listed.
    pub fn iter(&self) -> impl Iterator<Item = (&DeviceId, &Listed)> {
        self.listed.iter()
    }

    /// Reads the access record out of a pack of kind `access` and takes it.
    ///
    /// Returns `None` for a pack of another kind.
    ///
    /// # Errors
    /// [`TakeError`]: the record is malformed or its signer may not list.
    pub fn take_pack(&mut self, pack: &pack::Pack, stamp: i64) -> Result<Option<Hash>, TakeError> {
        if pack.header.kind != pack::Kind::Access {
            return Ok(None);
        }
        let access = Access::decode(pack.body())?;
        self.take(&pack.header.device, access, stamp)?;
        Ok(Some(pack.hash()))
    }
}

/// Why an access pack changed nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TakeError {
    /// The record cannot be read.
    #[error(transparent)]
    Wire(#[from] WireError),
    /// Its signer may not list, or it is old.
    #[error(transparent)]
    Refused(#[from] AccessRefusal),
}
