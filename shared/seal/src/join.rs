//! The application of a newcomer, and the six-digit code that two people compare face to face.
//!
//! The application is sealed to the reviewers named in the invitation; its keys are fixed before a
//! reviewer draws the nonce, and the nonce is signed by the reviewer whom the invitation names, so
//! neither a relay nor an applicant can grind out a code that fits other keys.

use linli_wire::{
    CommunityId, DeviceId, Hash, Signature, WireError,
    cbor::{self, Bytes},
    sign::{self, Purpose},
};
use serde::{Deserialize, Serialize};

use crate::{
    Chance, CircleKey, DeviceKeys, SealError,
    circle::NONCE_LEN,
    wrap::{open_from, seal_to},
};

const PART: &str = "application";

/// What somebody applies for, in the domain's stored words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The role.
    #[serde(rename = "1")]
    pub role: String,
    /// The home, building or whole the role is for, as text.
    #[serde(rename = "2")]
    pub scope: String,
    /// First moment, in ms since 1970.
    #[serde(rename = "3", default, skip_serializing_if = "Option::is_none")]
    pub from: Option<i64>,
    /// Last moment, in ms since 1970.
    #[serde(rename = "4", default, skip_serializing_if = "Option::is_none")]
    pub to: Option<i64>,
    /// What the person is charged with in the office.
    #[serde(rename = "5", default, skip_serializing_if = "Vec::is_empty")]
    pub staff: Vec<String>,
}

/// What a newcomer hands in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Application {
    /// The device's id.
    #[serde(rename = "1")]
    pub device: DeviceId,
    /// The key that circle keys will be wrapped for.
    #[serde(rename = "2")]
    pub exchange: Hash,
    /// The verifying key for ballots.
    #[serde(rename = "3")]
    pub ballot: Hash,
    /// The name to show to the reviewer; it enters no fact.
    #[serde(rename = "4")]
    pub name: String,
    /// What is asked for; nothing of it counts before a reviewer grants it.
    #[serde(rename = "5")]
    pub asked: Asked,
    /// The device's signature over community, exchange and ballot key: it holds these keys.
    #[serde(rename = "6")]
    pub signature: Signature,
}

impl Application {
    /// Writes an application and signs its keys.
    #[must_use]
    pub fn new(community: &CommunityId, keys: &DeviceKeys, name: String, asked: Asked) -> Self {
        let (exchange, ballot) = (Hash(keys.exchange()), Hash(keys.ballot()));
        let signature = keys.sign(Purpose::Keys, &[&community.0, &exchange.0, &ballot.0]);
        Self { device: keys.id(), exchange, ballot, name, asked, signature }
    }

    /// Checks that the keys are sound and belong together.
    ///
    /// # Errors
    /// [`WireError::UnsoundKey`], [`WireError::BadSignature`].
    pub fn verify(&self, community: &CommunityId) -> Result<(), WireError> {
        sign::check_sound(&self.device)?;
        sign::check_sound(&DeviceId(self.ballot.0))?;
        sign::verify(
            &self.device.0,
            Purpose::Keys,
            &[&community.0, &self.exchange.0, &self.ballot.0],
            &self.signature,
        )
    }
}

/// Most characters of the name that a newcomer shows to the reviewers.
const NAME_CHARS_MAX: usize = 64;

/// Tells whether a text can stand as a newcomer's name on a reviewer's screen: not empty, short, and
/// without characters that break lines or turn the reading direction.
#[must_use]
pub fn is_name(name: &str) -> bool {
    let turns = |char| matches!(char, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let plain = name.chars().all(|char| !char.is_control() && !turns(char));
    !name.trim().is_empty() && name.chars().count() <= NAME_CHARS_MAX && plain
}

/// A reviewer who can open an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reviewer {
    /// The reviewer's device.
    #[serde(rename = "1")]
    pub device: DeviceId,
    /// Its exchange key.
    #[serde(rename = "2")]
    pub exchange: Hash,
}

#[derive(Serialize, Deserialize)]
struct Sealed {
    #[serde(rename = "1")]
    wraps: Vec<(DeviceId, Bytes)>,
    #[serde(rename = "2")]
    nonce: Bytes,
    #[serde(rename = "3")]
    body: Bytes,
}

/// Seals an application to the reviewers.
///
/// # Errors
/// [`SealError::Malformed`] if a reviewer's key is no key.
pub fn seal(
    community: &CommunityId,
    application: &Application,
    reviewers: &[Reviewer],
    chance: &mut (impl Chance + ?Sized),
) -> Result<Vec<u8>, SealError> {
    let malformed = |_| SealError::Malformed { part: PART };
    let content = cbor::to_bytes(PART, application).map_err(malformed)?;
    let key = CircleKey::generate(chance);
    let mut nonce = [0; NONCE_LEN];
    chance.fill(&mut nonce);
    let body = key.seal(&nonce, &community.0, &content)?;
    let wraps = reviewers
        .iter()
        .map(|reviewer| {
            let wrap = seal_to(
                &reviewer.exchange.0,
                &info(community, &reviewer.device),
                key.bytes(),
                chance,
            )?;
            Ok((reviewer.device, Bytes(wrap)))
        })
        .collect::<Result<_, SealError>>()?;
    let sealed = Sealed { wraps, nonce: Bytes(nonce.to_vec()), body: Bytes(body) };
    cbor::to_bytes(PART, &sealed).map_err(malformed)
}

/// Opens an application as one of its reviewers, and checks its keys.
///
/// # Errors
/// [`SealError::DoesNotOpen`] for anybody else, [`SealError::Malformed`].
pub fn open(
    community: &CommunityId,
    keys: &DeviceKeys,
    bytes: &[u8],
) -> Result<Application, SealError> {
    let malformed = |_| SealError::Malformed { part: PART };
    let sealed: Sealed = cbor::from_bytes(PART, bytes).map_err(malformed)?;
    let wrap = sealed
        .wraps
        .iter()
        .find(|(device, _)| *device == keys.id())
        .map(|(_, wrap)| &wrap.0)
        .ok_or(SealError::DoesNotOpen { part: PART })?;
    let key = open_from(PART, keys, &info(community, &keys.id()), wrap)?;
    let key: [u8; 32] =
        key.as_slice().try_into().map_err(|_| SealError::Malformed { part: PART })?;
    let nonce = sealed.nonce.0.as_slice().try_into();
    let nonce = nonce.map_err(|_| SealError::Malformed { part: PART })?;
    let content = CircleKey::from_bytes(key).open(PART, nonce, &community.0, &sealed.body.0)?;
    let application: Application = cbor::from_bytes(PART, &content).map_err(malformed)?;
    application.verify(community).map_err(malformed)?;
    if !is_name(&application.name) {
        return Err(SealError::Malformed { part: PART });
    }
    Ok(application)
}

/// A reviewer's answer: first the nonce for the code, later the verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The reviewer's device.
    #[serde(rename = "1")]
    pub reviewer: DeviceId,
    /// Chance drawn after the application arrived.
    #[serde(rename = "2")]
    pub nonce: Hash,
    /// What was decided; `Waiting` while the codes are being compared.
    #[serde(rename = "3")]
    pub verdict: Verdict,
    /// Signature over community, application, nonce and verdict.
    #[serde(rename = "4")]
    pub signature: Signature,
}

/// What became of an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The codes are being compared.
    Waiting,
    /// The grant is written.
    Granted,
    /// The reviewer refused.
    Refused,
}

impl Verdict {
    const fn byte(self) -> u8 {
        match self {
            Self::Waiting => 1,
            Self::Granted => 2,
            Self::Refused => 3,
        }
    }
}

impl Answer {
    /// Writes and signs an answer to the sealed application as it lies on the relay.
    #[must_use]
    pub fn new(
        community: &CommunityId,
        keys: &DeviceKeys,
        sealed: &[u8],
        nonce: Hash,
        verdict: Verdict,
    ) -> Self {
        let about = Hash::of(sealed);
        let parts: [&[u8]; 4] = [&community.0, &about.0, &nonce.0, &[verdict.byte()]];
        let signature = keys.sign(Purpose::Nonce, &parts);
        Self { reviewer: keys.id(), nonce, verdict, signature }
    }

    /// Encodes the answer.
    ///
    /// # Errors
    /// [`WireError::BadField`] never in practice.
    pub fn encode(&self) -> Result<Vec<u8>, WireError> {
        cbor::to_bytes("answer", self)
    }

    /// Decodes an answer and checks that one of the invitation's reviewers signed it for this
    /// application.
    ///
    /// # Errors
    /// [`WireError`].
    pub fn decode(
        community: &CommunityId,
        reviewers: &[Reviewer],
        sealed: &[u8],
        bytes: &[u8],
    ) -> Result<Self, WireError> {
        let answer: Self = cbor::from_bytes("answer", bytes)?;
        if !reviewers.iter().any(|reviewer| reviewer.device == answer.reviewer) {
            return Err(WireError::BadField { part: "answer", field: "reviewer" });
        }
        let about = Hash::of(sealed);
        let parts: [&[u8]; 4] = [&community.0, &about.0, &answer.nonce.0, &[answer.verdict.byte()]];
        sign::verify(&answer.reviewer.0, Purpose::Nonce, &parts, &answer.signature)?;
        Ok(answer)
    }
}

/// Computes the six digits that both people read out.
#[must_use]
pub fn code(application: &Application, reviewer: &DeviceId, nonce: &Hash) -> String {
    let hash = linli_wire::sha256(&[
        b"linli/code/1\0",
        &application.device.0,
        &application.exchange.0,
        &application.ballot.0,
        &reviewer.0,
        &nonce.0,
    ]);
    let number = hash.iter().take(8).fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
    format!("{:06}", number % 1_000_000)
}

fn info(community: &CommunityId, reviewer: &DeviceId) -> Vec<u8> {
    [b"linli/application/1\0".as_slice(), &community.0, &reviewer.0].concat()
}
