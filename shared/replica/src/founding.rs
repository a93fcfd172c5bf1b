//! How several founders found one community: what passes between their phones.
//!
//! | text | from | to | holds |
//! |---|---|---|---|
//! | [`FounderText`] | each founder's phone | who drafts | the device's public keys |
//! | [`Draft`] | who drafts | each founder's phone | the whole register, the rules, all founders, how many must sign |
//! | [`Signed`] | each founder's phone | who drafts | a signature over the community's id |
//! | [`Entry`] | who founded | the other founders' phones | the signed charter, and where the relay is |
//!
//! All are texts to show as a QR, paste or put in a file; a draft with its register is a file. The
//! community's id is the hash of the charter, and the charter holds the hash of everything that was
//! agreed on: a signature over one draft is none over another.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use linli_domain::registry::{self, FounderKeys, FoundingTerms, StairRegistered};
use linli_seal::{Chance, DeviceKeys};
use linli_wire::{
    CommunityId, DeviceId, Hash, Signature,
    cbor::{self, Bytes},
    charter::{Charter, FounderSignature, SignedCharter},
    sign::{self, Purpose},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{
    AskError, ReplicaError,
    memory::meta,
    replica::Replica,
    store::{Durability, Store, Table, Write},
};

/// Most characters of any of these texts: a draft with 20,000 units has half of it.
const TEXT_MAX: usize = 8 * 1024 * 1024;

/// Stands where a community's id stands in other signatures over keys: there is none yet.
const NO_COMMUNITY: [u8; 32] = [0; 32];

fn refused(word: &str) -> AskError {
    AskError::Refused(word.to_owned())
}

fn write<T: Serialize>(prefix: &str, value: &T) -> String {
    // Our own types always encode.
    let bytes = cbor::to_bytes("founding", value).unwrap_or_default();
    format!("{prefix}{}", URL_SAFE_NO_PAD.encode(bytes))
}

fn read<T: DeserializeOwned>(prefix: &str, text: &str) -> Result<T, AskError> {
    let encoded = text.trim().strip_prefix(prefix);
    let encoded = encoded.ok_or_else(|| refused("registry.founding_foreign"))?;
    if encoded.len() > TEXT_MAX {
        return Err(refused("registry.founding_foreign"));
    }
    let damaged = || refused("registry.founding_damaged");
    let bytes = URL_SAFE_NO_PAD.decode(encoded).map_err(|_| damaged())?;
    cbor::from_bytes("founding", &bytes).map_err(|_| damaged())
}

/// A founder's public keys, signed by the device that holds them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FounderText {
    /// The keys.
    #[serde(rename = "1")]
    pub keys: FounderKeys,
    #[serde(rename = "2")]
    signature: Signature,
}

impl FounderText {
    const PREFIX: &str = "linli:founder:";

    /// Writes a device's keys.
    #[must_use]
    pub fn new(keys: &DeviceKeys) -> Self {
        let public = public_keys(keys);
        let parts = [&NO_COMMUNITY[..], &public.exchange.0, &public.ballot.0];
        Self { signature: keys.sign(Purpose::Keys, &parts), keys: public }
    }

    /// Returns the text.
    #[must_use]
    pub fn to_text(&self) -> String {
        write(Self::PREFIX, self)
    }

    /// Reads a text.
    ///
    /// # Errors
    /// [`AskError::Refused`] if it is another text, damaged or not signed by its device.
    pub fn parse(text: &str) -> Result<Self, AskError> {
        let founder: Self = read(Self::PREFIX, text)?;
        let FounderKeys { device, exchange, ballot } = &founder.keys;
        let parts = [&NO_COMMUNITY[..], &exchange.0, &ballot.0];
        let sound = sign::check_sound(device).is_ok()
            && sign::check_sound(&DeviceId(ballot.0)).is_ok()
            && sign::verify(&device.0, Purpose::Keys, &parts, &founder.signature).is_ok();
        if sound { Ok(founder) } else { Err(refused("registry.founding_damaged")) }
    }
}

/// What founders are asked to sign.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// The charter, without signatures.
    #[serde(rename = "1")]
    pub charter: Charter,
    /// Name, rules and the founders' keys.
    #[serde(rename = "2")]
    pub terms: FoundingTerms,
    /// Buildings, stairs and units.
    #[serde(rename = "3")]
    pub stairs: Vec<StairRegistered>,
}

impl Draft {
    const PREFIX: &str = "linli:draft:";

    /// Draws up a charter: `threshold` of the founders in the terms have to sign it. A trial has one
    /// founder.
    ///
    /// # Errors
    /// [`AskError::Refused`] if the founders are too few, too many, or named twice.
    pub fn new(
        mut terms: FoundingTerms,
        stairs: Vec<StairRegistered>,
        threshold: u8,
        chance: &mut dyn Chance,
    ) -> Result<Self, AskError> {
        terms.founders.sort_by_key(|founder| founder.device);
        let mut salt = [0; 32];
        chance.fill(&mut salt);
        let charter = Charter {
            version: Charter::VERSION,
            founders: terms.founders.iter().map(|founder| founder.device).collect(),
            threshold,
            trial: terms.founders.len() == 1,
            register: registry::register_hash(&terms, &stairs),
            salt: Hash(salt),
        };
        let draft = Self { charter, terms, stairs };
        draft.check()?;
        Ok(draft)
    }

    /// Returns the text: as long as the register.
    #[must_use]
    pub fn to_text(&self) -> String {
        write(Self::PREFIX, self)
    }

    /// Reads a text, and checks that the charter names what stands beside it.
    ///
    /// # Errors
    /// [`AskError::Refused`].
    pub fn parse(text: &str) -> Result<Self, AskError> {
        let draft: Self = read(Self::PREFIX, text)?;
        draft.check()?;
        Ok(draft)
    }

    fn check(&self) -> Result<(), AskError> {
        let devices = self.terms.founders.iter().map(|founder| &founder.device);
        if self.charter.check().is_err() || !devices.eq(self.charter.founders.iter()) {
            return Err(refused("registry.bad_founders"));
        }
        if self.charter.register != registry::register_hash(&self.terms, &self.stairs) {
            return Err(refused("registry.register_differs"));
        }
        Ok(())
    }

    /// Returns the id that the community will have.
    ///
    /// # Errors
    /// [`ReplicaError`] never in practice.
    pub fn community(&self) -> Result<CommunityId, ReplicaError> {
        Ok(self.charter.id()?)
    }

    /// Signs the draft with a founder's keys.
    ///
    /// # Errors
    /// [`AskError::Refused`] if it names other keys for this device, or none.
    pub fn sign(&self, keys: &DeviceKeys) -> Result<Signed, AskError> {
        if !self.terms.founders.contains(&public_keys(keys)) {
            return Err(refused("registry.not_a_founder"));
        }
        let community = self.community()?;
        let signature = keys.sign(Purpose::Charter, &[&community.0]);
        let signature = FounderSignature { device: keys.id(), signature };
        Ok(Signed { community, signature })
    }

    /// Puts founders' signatures under the charter; one that is there twice counts once.
    ///
    /// # Errors
    /// [`AskError::Refused`] if one is over something else or false, or if they are too few.
    pub fn signed(&self, signatures: &[Signed]) -> Result<SignedCharter, AskError> {
        let community = self.community()?;
        let mut charter = SignedCharter { charter: self.charter.clone(), signatures: Vec::new() };
        for Signed { community: over, signature } in signatures {
            if *over != community {
                return Err(refused("registry.other_draft"));
            }
            let (device, by) = (&signature.device, &signature.signature);
            let genuine = self.charter.founders.contains(device)
                && sign::verify(&device.0, Purpose::Charter, &[&community.0], by).is_ok();
            if !genuine {
                return Err(refused("registry.founding_damaged"));
            }
            if charter.signatures.iter().all(|known| known.device != *device) {
                charter.signatures.push(signature.clone());
            }
        }
        charter.verify().map_err(|_| refused("registry.too_few_signatures"))?;
        Ok(charter)
    }
}

/// A founder's signature over a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// The community that the draft makes.
    #[serde(rename = "1")]
    pub community: CommunityId,
    /// The signature.
    #[serde(rename = "2")]
    pub signature: FounderSignature,
}

impl Signed {
    const PREFIX: &str = "linli:signature:";

    /// Returns the text.
    #[must_use]
    pub fn to_text(&self) -> String {
        write(Self::PREFIX, self)
    }

    /// Reads a text.
    ///
    /// # Errors
    /// [`AskError::Refused`].
    pub fn parse(text: &str) -> Result<Self, AskError> {
        read(Self::PREFIX, text)
    }
}

/// What lets the other founders in: the charter they are rooted in, and where the relay is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The charter with its signatures.
    #[serde(rename = "1")]
    pub charter: SignedCharter,
    /// Where the relay is.
    #[serde(rename = "2")]
    pub relay: String,
    /// The relay's own certificate in DER, if it has one.
    #[serde(rename = "3", default, skip_serializing_if = "Option::is_none")]
    pub pin: Option<Bytes>,
}

impl Entry {
    const PREFIX: &str = "linli:charter:";

    /// Returns the text.
    #[must_use]
    pub fn to_text(&self) -> String {
        write(Self::PREFIX, self)
    }

    /// Reads a text, and checks that enough founders signed the charter.
    ///
    /// # Errors
    /// [`AskError::Refused`].
    pub fn parse(text: &str) -> Result<Self, AskError> {
        let entry: Self = read(Self::PREFIX, text)?;
        entry.charter.verify().map_err(|_| refused("registry.too_few_signatures"))?;
        Ok(entry)
    }
}

/// Returns a device's public keys.
pub(crate) fn public_keys(keys: &DeviceKeys) -> FounderKeys {
    let (exchange, ballot) = (Hash(keys.exchange()), Hash(keys.ballot()));
    FounderKeys { device: keys.id(), exchange, ballot }
}

impl<S: Store> Replica<S> {
    /// Gives this device's keys for a founding, and keeps it for that.
    ///
    /// # Errors
    /// [`AskError::Refused`] if a community stands here already, [`AskError::Failed`].
    pub fn founder_text(&mut self) -> Result<FounderText, AskError> {
        self.stands_alone()?;
        let kept = Write::Put(Table::Meta, meta::FOUNDER.to_vec(), Vec::new());
        self.store_mut().commit(&[kept], Durability::Full)?;
        Ok(FounderText::new(self.keys()))
    }

    /// Tells whether this device is kept for a founding that is under way.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn is_founding(&self) -> Result<bool, ReplicaError> {
        Ok(self.memory().is_none() && self.store().get(Table::Meta, meta::FOUNDER)?.is_some())
    }

    /// Signs a draft, and remembers which: this device enters no other community by it.
    ///
    /// # Errors
    /// [`AskError::Refused`], [`AskError::Failed`].
    pub fn sign_draft(&mut self, draft: &Draft) -> Result<Signed, AskError> {
        self.stands_alone()?;
        let signed = draft.sign(self.keys())?;
        let kept = signed.community.0.to_vec();
        let kept = Write::Put(Table::Meta, meta::FOUNDER.to_vec(), kept);
        self.store_mut().commit(&[kept], Durability::Full)?;
        Ok(signed)
    }

    /// Enters a community that others founded with this device among its founders.
    ///
    /// # Errors
    /// As [`Replica::check_entry`].
    pub fn enter(&mut self, charter: &SignedCharter) -> Result<(), AskError> {
        self.check_entry(charter)?;
        let kept = Write::Put(Table::Meta, meta::CHARTER.to_vec(), charter.encode()?);
        self.store_mut().commit(&[kept], Durability::Full)?;
        Ok(self.begin(charter.clone())?)
    }

    /// Checks that this device may enter by a charter.
    ///
    /// # Errors
    /// [`AskError::Refused`] if it is no founder of it or has signed another draft since,
    /// [`AskError::Failed`].
    pub fn check_entry(&self, charter: &SignedCharter) -> Result<(), AskError> {
        self.stands_alone()?;
        let community = charter.verify().map_err(|_| refused("registry.too_few_signatures"))?;
        if !charter.charter.founders.contains(&self.keys().id()) {
            return Err(refused("registry.not_a_founder"));
        }
        let signed = self.store().get(Table::Meta, meta::FOUNDER)?.unwrap_or_default();
        if !signed.is_empty() && signed != community.0 {
            return Err(refused("registry.other_draft"));
        }
        Ok(())
    }

    /// Checks that no community stands here and none is being joined.
    pub(crate) fn stands_alone(&self) -> Result<(), AskError> {
        if self.memory().is_some() || self.joining.is_some() {
            return Err(refused("registry.founded_already"));
        }
        Ok(())
    }
}
