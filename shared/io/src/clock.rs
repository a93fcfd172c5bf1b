//! The one place that reads the wall clock.

use std::time::{SystemTime, UNIX_EPOCH};

use linli_domain::kernel::Moment;

/// Reads the wall clock.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the wall clock")]
#[must_use]
pub fn now() -> Moment {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Moment(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
