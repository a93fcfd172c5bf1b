//! An honest relay in memory: it answers the calls of `wire::call` as the real one does.

use std::collections::BTreeMap;

use linli_wire::{
    CircleId, CommunityId, DeviceId, Hash, InviteId, KeyEpoch, LogEpoch,
    access::AccessList,
    call::{
        Appended, Applications, Content, Entry, ErrorAnswer, Page, Placed, SessionAnswer,
        SessionAsk, Waiting, Wrap, Wraps, code, split_packs,
    },
    cbor::Bytes,
    charter::SignedCharter,
    head,
    invite::ApplicationPost,
    pack::{Kind, Pack},
};

use crate::http::{HttpCall, HttpReply, Method};

pub(crate) type Application = (DeviceId, Vec<u8>, Option<Vec<u8>>);
type Wrapped = BTreeMap<(DeviceId, CircleId), (KeyEpoch, Vec<u8>)>;

/// The relay; public fields let a test break it.
pub(crate) struct Relay {
    charter: Option<SignedCharter>,
    pub(crate) epoch: LogEpoch,
    pub(crate) packs: Vec<Pack>,
    pub(crate) applications: BTreeMap<InviteId, Application>,
    wraps: Wrapped,
    turned: Option<(usize, i64)>,
}

fn ok(body: Vec<u8>) -> HttpReply {
    HttpReply { status: 200, body }
}

fn refuse(status: u16, code: &str) -> HttpReply {
    let (code, detail) = (code.to_owned(), String::new());
    let answer = ErrorAnswer { code, detail, expected: None, appended: None };
    HttpReply { status, body: answer.encode().unwrap() }
}

fn not_found() -> HttpReply {
    refuse(404, code::NOT_FOUND)
}

impl Relay {
    pub(crate) fn new() -> Self {
        Self {
            charter: None,
            epoch: LogEpoch([1; 16]),
            packs: Vec::new(),
            applications: BTreeMap::new(),
            wraps: BTreeMap::new(),
            turned: None,
        }
    }

    pub(crate) fn community(&self) -> CommunityId {
        self.charter.as_ref().unwrap().charter.id().unwrap()
    }

    fn stamp(&self, at: usize) -> i64 {
        let start = self.turned.filter(|(from, _)| at >= *from).map_or(2_000_000, |(_, to)| to);
        start + i64::try_from(at).unwrap()
    }

    /// From the next entry on, it is this moment and later.
    pub(crate) fn turn_clock(&mut self, moment: i64) {
        self.turned = Some((self.packs.len(), moment));
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
                self.packs.len() - 1
            });
            let (seq, stamp) = (u64::try_from(at + 1).unwrap(), self.stamp(at));
            placed.push(Placed { device, n, seq, stamp });
        }
        let last = u64::try_from(self.packs.len()).unwrap();
        let head = self.head(self.packs.len());
        ok(Appended { epoch: self.epoch, last, head, placed }.encode().unwrap())
    }

    fn log(&self, device: &DeviceId, query: &str) -> HttpReply {
        if self.access().get(device).is_none() {
            return refuse(403, code::NOT_ALLOWED);
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
            (Method::Post, ["v1", "session"]) => {
                let ask = SessionAsk::decode(&call.body).unwrap();
                let token = ask.answer.map_or(String::new(), |_| ask.device.to_hex());
                let challenge = Bytes(vec![1]);
                ok(SessionAnswer { challenge, token, holds_s: 60 }.encode().unwrap())
            }
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
            other => panic!("a call the relay does not know: {other:?}"),
        }
    }

    /// Restores an old backup: the tail is gone, and the operator begins a new epoch.
    pub(crate) fn restore(&mut self, kept: usize) {
        self.packs.truncate(kept);
        self.epoch = LogEpoch([2; 16]);
    }
}
