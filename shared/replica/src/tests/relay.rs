//! An honest relay in memory: it answers the calls of `wire::call` as the real one does.

use std::collections::BTreeMap;

use linli_wire::{
    CircleId, CommunityId, DeviceId, Hash, InviteId, KeyEpoch, LogEpoch,
    access::AccessList,
    call::{
        Appended, Applications, Blobs, Content, Entry, ErrorAnswer, Page, Placed, Protocols,
        SessionAnswer, SessionAsk, Waiting, Wrap, Wraps, code, split_packs,
    },
    cbor::Bytes,
    charter::SignedCharter,
    head,
    invite::ApplicationPost,
    pack::{Kind, Pack},
};

use linli_domain::kernel::Moment;

use super::given::NOON;
use crate::http::{HttpCall, HttpReply, Method};

pub(crate) type Application = (DeviceId, Vec<u8>, Option<Vec<u8>>);
type Wrapped = BTreeMap<(DeviceId, CircleId), (KeyEpoch, Vec<u8>)>;

/// The relay; public fields let a test break it.
pub(crate) struct Relay {
    charter: Option<SignedCharter>,
    pub(crate) epoch: LogEpoch,
    pub(crate) packs: Vec<Pack>,
    /// The stamp of each pack.
    stamps: Vec<i64>,
    pub(crate) now: Moment,
    pub(crate) applications: BTreeMap<InviteId, Application>,
    wraps: Wrapped,
    pub(crate) blobs: BTreeMap<Hash, Vec<u8>>,
    /// How many parts it still takes; none for all.
    pub(crate) takes_blobs: Option<u32>,
    /// Whether a gap in an author's count is refused; else it is a mistake of the test.
    pub(crate) refuses_gaps: bool,
    /// How often a part was put.
    pub(crate) puts: u32,
    pub(crate) protocols: Protocols,
}

fn ok(body: Vec<u8>) -> HttpReply {
    HttpReply { status: 200, body }
}

fn not_found() -> HttpReply {
    refused(404, code::NOT_FOUND)
}

fn refused(status: u16, code: &str) -> HttpReply {
    let answer = ErrorAnswer {
        code: code.to_owned(),
        detail: String::new(),
        expected: None,
        appended: None,
        protocols: None,
    };
    HttpReply { status, body: answer.encode().unwrap() }
}

fn too_old_or_new(protocols: Protocols) -> HttpReply {
    let answer = ErrorAnswer {
        code: code::VERSION.to_owned(),
        detail: String::new(),
        expected: None,
        appended: None,
        protocols: Some(protocols),
    };
    HttpReply { status: 426, body: answer.encode().unwrap() }
}

impl Relay {
    pub(crate) fn new() -> Self {
        Self {
            charter: None,
            epoch: LogEpoch([1; 16]),
            packs: Vec::new(),
            stamps: Vec::new(),
            now: NOON,
            applications: BTreeMap::new(),
            wraps: BTreeMap::new(),
            blobs: BTreeMap::new(),
            takes_blobs: None,
            refuses_gaps: false,
            puts: 0,
            protocols: Protocols::OURS,
        }
    }

    pub(crate) fn community(&self) -> CommunityId {
        self.charter.as_ref().unwrap().charter.id().unwrap()
    }

    /// Its clock runs a millisecond with each entry, from noon on or from where a test set it.
    fn stamp(&self, at: usize) -> i64 {
        self.stamps[at]
    }

    /// From the next entry on, it is this moment and later.
    pub(crate) fn turn_clock(&mut self, moment: i64) {
        self.now = Moment(moment);
    }

    fn access(&self) -> AccessList {
        let mut access = AccessList::rooted_in(&self.charter.as_ref().unwrap().charter);
        for (at, pack) in self.packs.iter().enumerate() {
            let _ = access.take_pack(pack, self.stamp(at));
        }
        access
    }

    fn head(&self, count: usize) -> Hash {
        let start = head::start(&self.community(), &self.epoch);
        self.packs.iter().take(count).enumerate().fold(start, |head, (at, pack)| {
            head::next(&head, u64::try_from(at + 1).unwrap(), self.stamp(at), &pack.hash())
        })
    }

    /// Shows `count` entries after `after` to a device.
    pub(crate) fn page(&self, device: &DeviceId, after: usize, count: usize) -> Page {
        let access = self.access();
        let entries: Vec<Entry> = (after..self.packs.len().min(after + count))
            .map(|at| {
                let pack = &self.packs[at];
                let mine = pack.header.kind == Kind::Access
                    || access.may_read(device).is_ok_and(|a| a.reads(&pack.header.circle));
                let content = if mine {
                    Content::Whole(pack.bytes().to_vec())
                } else {
                    Content::Foreign(pack.hash())
                };
                Entry { seq: u64::try_from(at + 1).unwrap(), stamp: self.stamp(at), content }
            })
            .collect();
        let last = u64::try_from(self.packs.len()).unwrap();
        Page { epoch: self.epoch, last, head: self.head(after + entries.len()), entries }
    }

    fn append(&mut self, body: &[u8]) -> HttpReply {
        if self.refuses_gaps && self.has_gap(body) {
            return refused(409, code::GAP);
        }
        let mut placed = Vec::new();
        for bytes in split_packs(body).unwrap() {
            let pack = Pack::decode(bytes).unwrap();
            pack.verify().unwrap();
            let (device, n) = (pack.header.device, pack.header.n);
            let known =
                self.packs.iter().position(|p| (p.header.device, p.header.n) == (device, n));
            let at = known.unwrap_or_else(|| {
                let own = self.packs.iter().filter(|p| p.header.device == device).count();
                assert_eq!(n, u64::try_from(own).unwrap() + 1, "no gap in the author's count");
                self.packs.push(pack);
                self.now.0 += 1;
                self.stamps.push(self.now.0);
                self.packs.len() - 1
            });
            let (seq, stamp) = (u64::try_from(at + 1).unwrap(), self.stamp(at));
            placed.push(Placed { device, n, seq, stamp });
        }
        let last = u64::try_from(self.packs.len()).unwrap();
        let head = self.head(self.packs.len());
        ok(Appended { epoch: self.epoch, last, head, placed }.encode().unwrap())
    }

    fn blob(&mut self, method: Method, name: &str, body: &[u8]) -> HttpReply {
        if name == "missing" {
            let mut asked = Blobs::decode(body).unwrap();
            asked.hashes.retain(|hash| !self.blobs.contains_key(hash));
            return ok(asked.encode().unwrap());
        }
        let hash = Hash::from_hex(name).unwrap();
        if method == Method::Get {
            return self.blobs.get(&hash).map_or_else(not_found, |part| ok(part.clone()));
        }
        assert_eq!(Hash::of(body), hash);
        if self.takes_blobs == Some(0) {
            return HttpReply { status: 507, body: Vec::new() };
        }
        self.takes_blobs = self.takes_blobs.map(|left| left - 1);
        self.puts += 1;
        self.blobs.insert(hash, body.to_vec());
        ok(Vec::new())
    }

    /// Tells whether packs of an author are missing before those in a body.
    fn has_gap(&self, body: &[u8]) -> bool {
        let first = Pack::decode(split_packs(body).unwrap()[0]).unwrap().header;
        let own = self.packs.iter().filter(|p| p.header.device == first.device).count();
        first.n > u64::try_from(own).unwrap() + 1
    }

    fn session(&self, body: &[u8]) -> HttpReply {
        let (ask, protocols) = (SessionAsk::decode(body).unwrap(), self.protocols);
        if !protocols.include(ask.protocol) {
            return too_old_or_new(protocols);
        }
        let token = ask.answer.map_or(String::new(), |_| ask.device.to_hex());
        let challenge = Bytes(vec![1]);
        ok(SessionAnswer { challenge, token, holds_s: 60, protocols }.encode().unwrap())
    }

    fn is_shut_out(&self, device: &DeviceId) -> bool {
        self.access().may_read(device).is_err()
    }

    fn log(&self, device: &DeviceId, query: &str) -> HttpReply {
        if self.is_shut_out(device) {
            return refused(403, code::NOT_ALLOWED);
        }
        let after = query.trim_start_matches("after=").split('&').next().unwrap();
        ok(self.page(device, after.parse().unwrap(), 1_000).encode().unwrap())
    }

    /// Answers a call; the token names the device.
    pub(crate) fn answer(&mut self, call: &HttpCall) -> HttpReply {
        let device = call.token.as_deref().and_then(DeviceId::from_hex);
        let (path, query) = call.path.split_once('?').unwrap_or((&call.path, ""));
        let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        match (call.method, parts.as_slice()) {
            (Method::Put, ["v1", "c", _]) => {
                self.charter = Some(SignedCharter::decode(&call.body).unwrap());
                ok(Vec::new())
            }
            (Method::Get, ["v1", "c", _]) => ok(self.charter.as_ref().unwrap().encode().unwrap()),
            (Method::Post, ["v1", "session"]) => self.session(&call.body),
            (Method::Post, ["v1", "c", _, "log"]) => self.append(&call.body),
            (Method::Get, ["v1", "c", _, "log" | "live"]) => self.log(&device.unwrap(), query),
            (Method::Post, ["v1", "c", _, "application"]) => {
                let post = ApplicationPost::decode(&call.body).unwrap();
                let invite = post.certificate.invite;
                let entry = (post.certificate.issuer, post.sealed.0, None);
                self.applications.entry(invite).or_insert(entry);
                ok(Vec::new())
            }
            (Method::Get, ["v1", "c", _, "application"]) => {
                let waiting = self.applications.iter().map(|(invite, (issuer, sealed, _))| {
                    Waiting { invite: *invite, issuer: *issuer, sealed: Bytes(sealed.clone()) }
                });
                ok(Applications { waiting: waiting.collect() }.encode().unwrap())
            }
            (method, ["v1", "c", _, "application", invite]) => {
                let invite = InviteId::from_hex(invite).unwrap();
                let entry = self.applications.get_mut(&invite);
                match (method, entry) {
                    (Method::Put, Some(entry)) => {
                        entry.2 = Some(call.body.clone());
                        ok(Vec::new())
                    }
                    (Method::Get, Some((_, _, Some(answer)))) => ok(answer.clone()),
                    (Method::Delete, Some(_)) => {
                        self.applications.remove(&invite);
                        ok(Vec::new())
                    }
                    _ => not_found(),
                }
            }
            (_, ["v1", "c", _, "wraps", ..]) if self.is_shut_out(&device.unwrap()) => {
                refused(403, code::NOT_ALLOWED)
            }
            (Method::Get, ["v1", "c", _, "wraps"]) => {
                let mine =
                    self.wraps.iter().filter(|((for_device, _), _)| Some(*for_device) == device);
                let wraps = mine.map(|((_, circle), (key_epoch, wrapped))| Wrap {
                    circle: *circle,
                    key_epoch: *key_epoch,
                    wrapped: Bytes(wrapped.clone()),
                });
                ok(Wraps { wraps: wraps.collect() }.encode().unwrap())
            }
            (Method::Put, ["v1", "c", _, "wraps", circle, epoch, device]) => {
                let key =
                    (DeviceId::from_hex(device).unwrap(), CircleId::from_hex(circle).unwrap());
                self.wraps.insert(key, (KeyEpoch::from_hex(epoch).unwrap(), call.body.clone()));
                ok(Vec::new())
            }
            (method, ["v1", "c", _, "blob", name]) => self.blob(method, name, &call.body),
            other => panic!("a call the relay does not know: {other:?}"),
        }
    }

    /// Restores an old backup: the tail is gone, and the operator begins a new epoch.
    pub(crate) fn restore(&mut self, kept: usize) {
        self.packs.truncate(kept);
        self.stamps.truncate(kept);
        self.epoch = LogEpoch([2; 16]);
    }
}
