//! A call to the relay as plain data: the replica says what to send, `linli-io` sends it.

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Asks whether something is there, without reading it.
    Head,
    /// Puts at a place.
    Put,
    /// Hands in.
    Post,
    /// Removes.
    Delete,
}

/// One request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpCall {
    /// The method.
    pub method: Method,
    /// The path with its query, beginning with a slash.
    pub path: String,
    /// The bearer token, if the call needs one.
    pub token: Option<String>,
    /// The body; empty for none.
    pub body: Vec<u8>,
    /// Seconds for which the relay may hold the answer back.
    pub wait_s: u64,
}

/// The relay's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpReply {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
}

/// No answer came: no signal, a cut cable, a relay that is down.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the relay cannot be reached: {why}")]
pub struct Unreachable {
    /// What the network said.
    pub why: String,
}
