//! The stable words of [`super::ErrorAnswer`], each with its HTTP status.

/// 400: the request cannot be read.
pub const BAD_REQUEST: &str = "bad_request";
/// 401: no session, or it has ended.
pub const NO_SESSION: &str = "no_session";
/// 403: the device is not listed, has ended, or may not do this.
pub const NOT_ALLOWED: &str = "not_allowed";
/// 404: no such community, application, wrap or part of a blob.
pub const NOT_FOUND: &str = "not_found";
/// 409: this device used this count for another pack before: it was restored from a copy.
pub const FORK: &str = "fork";
/// 409: packs of this device are missing before this one.
pub const GAP: &str = "gap";
/// 409: something else stands here already.
pub const CONFLICT: &str = "conflict";
/// 413: larger than allowed.
pub const TOO_LARGE: &str = "too_large";
/// 422: a pack's form or signature is wrong.
pub const BAD_PACK: &str = "bad_pack";
/// 422: the bytes do not hash to the name under which they were put, or there are none.
pub const BAD_BLOB: &str = "bad_blob";
/// 426: the relay does not understand the phone's protocol; the answer names those it does.
pub const VERSION: &str = "version";
/// 429: over the quota; try again when `Retry-After` says.
pub const QUOTA: &str = "quota";
/// 503: too busy or shutting down; try again.
pub const BUSY: &str = "busy";
/// 507: the community's space at the relay is used up; others are not touched by it.
pub const NO_SPACE: &str = "no_space";
/// 507: the relay's disk is full.
pub const DISK_FULL: &str = "disk_full";
/// 500: the relay failed.
pub const FAILED: &str = "failed";
