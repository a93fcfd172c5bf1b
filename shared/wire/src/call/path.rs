//! Paths of the relay.

use crate::{CircleId, CommunityId, DeviceId, Hash, InviteId, KeyEpoch};

/// `POST`: opens a session.
pub const SESSION: &str = "/v1/session";

/// `PUT`: founds a community. `GET`: its charter, which whoever knows the id can check.
#[must_use]
pub fn community(community: &CommunityId) -> String {
    format!("/v1/c/{community}")
}

/// `POST`: appends.
#[must_use]
pub fn log(community: &CommunityId) -> String {
    format!("/v1/c/{community}/log")
}

/// `GET`: pulls what comes after an entry.
#[must_use]
pub fn pull(community: &CommunityId, after: u64) -> String {
    format!("/v1/c/{community}/log?after={after}")
}

/// `GET`: pulls only the whole packs of one circle, for a reader who joined it later.
#[must_use]
pub fn pull_circle(community: &CommunityId, after: u64, circle: &CircleId) -> String {
    format!("/v1/c/{community}/log?after={after}&circle={circle}")
}

/// `GET`: as a pull, but waits up to `wait_s` seconds for an entry.
#[must_use]
pub fn live(community: &CommunityId, after: u64, wait_s: u64) -> String {
    format!("/v1/c/{community}/live?after={after}&wait={wait_s}")
}

/// `POST`, `GET`: hands in an application, lists them.
#[must_use]
pub fn applications(community: &CommunityId) -> String {
    format!("/v1/c/{community}/application")
}

/// `GET`, `PUT`, `DELETE`: the answer to one application.
#[must_use]
pub fn application(community: &CommunityId, invite: &InviteId) -> String {
    format!("/v1/c/{community}/application/{invite}")
}

/// `GET`: all wraps for the session's device.
#[must_use]
pub fn wraps(community: &CommunityId) -> String {
    format!("/v1/c/{community}/wraps")
}

/// `GET`, `PUT`, `DELETE`: a circle's key wrapped for one device.
#[must_use]
pub fn wrap(
    community: &CommunityId,
    circle: &CircleId,
    key_epoch: &KeyEpoch,
    device: &DeviceId,
) -> String {
    format!("/v1/c/{community}/wraps/{circle}/{key_epoch}/{device}")
}

/// `PUT`, `HEAD`, `GET`: one sealed part, named by the SHA-256 of its bytes.
#[must_use]
pub fn blob(community: &CommunityId, hash: &Hash) -> String {
    format!("/v1/c/{community}/blob/{hash}")
}

/// `POST`: which of these parts the relay lacks.
#[must_use]
pub fn missing(community: &CommunityId) -> String {
    format!("/v1/c/{community}/blob/missing")
}
