//! How a cable lies about the log: it hides, swaps, alters or repeats. A phone has to notice.

use std::collections::BTreeMap;

use linli_wire::{
    CommunityId, DeviceId, Hash,
    call::{Content, Entry, Page},
    head,
    pack::{HEADER_LEN, Kind, Pack},
};

/// The ways to lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lie {
    /// Hides one pack: shows only its hash, as if it were of a foreign circle.
    Drop,
    /// Swaps two entries, with heads that fit.
    Fork,
    /// Turns one bit of a pack.
    Flip,
    /// Shows a pack at a second place, with a head that fits.
    Replay,
    /// No cable lies: somebody alters the sum of one receipt by a fen in a phone's own files.
    Fen,
}

impl Lie {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Drop => "drop",
            Self::Fork => "fork",
            Self::Flip => "flip",
            Self::Replay => "replay",
            Self::Fen => "fen",
        }
    }

    /// The word under which a phone names this lie.
    pub(crate) const fn named(self) -> &'static str {
        match self {
            Self::Drop => "withheld",
            Self::Fork => "forked",
            Self::Flip => "altered",
            Self::Replay => "replayed",
            Self::Fen => "altered_sum",
        }
    }
}

/// A lie that was told: where in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) lie: Lie,
    pub(crate) seq: u64,
}

/// A cable that lies about one device's packs.
#[derive(Debug)]
pub(crate) struct LieState {
    lie: Lie,
    target: Option<DeviceId>,
    told: Option<Told>,
    /// What is shown instead of the truth, by place.
    instead: BTreeMap<u64, Content>,
    /// The heads as they follow from what is shown.
    heads: BTreeMap<u64, Hash>,
}

impl LieState {
    pub(crate) fn new(lie: Lie) -> Self {
        let instead = BTreeMap::new();
        let heads = BTreeMap::new();
        Self { lie, target: None, told: None, instead, heads }
    }

    pub(crate) const fn aim(&mut self, device: DeviceId) {
        self.target = Some(device);
    }

    pub(crate) const fn told(&self) -> Option<Told> {
        self.told
    }

    /// Bends a page; once the lie is told, it is kept up.
    pub(crate) fn bend(&mut self, path: &str, mut page: Page) -> Page {
        if self.told.is_none() {
            self.tell(&page);
        }
        for entry in &mut page.entries {
            if let Some(content) = self.instead.get(&entry.seq) {
                entry.content = content.clone();
            }
        }
        match self.lie {
            // These do not touch the heads: hiding keeps the hash, and a turned bit is clumsy.
            Lie::Drop | Lie::Flip | Lie::Fen => page,
            Lie::Fork => self.fit_heads(path, page),
            Lie::Replay => self.repeat(path, page),
        }
    }

    fn tell(&mut self, page: &Page) {
        let Some(target) = self.target else { return };
        let by_target = |entry: &&Entry| author(entry) == Some(target);
        let found = page.entries.iter().find(by_target);
        let Some(entry) = found else { return };
        match self.lie {
            Lie::Drop => {
                self.instead.insert(entry.seq, Content::Foreign(entry.content.hash()));
                self.told = Some(Told { lie: self.lie, seq: entry.seq });
            }
            Lie::Flip => {
                if let Content::Whole(mut bytes) = entry.content.clone() {
                    if let Some(byte) = bytes.get_mut(HEADER_LEN) {
                        *byte ^= 1;
                    }
                    self.instead.insert(entry.seq, Content::Whole(bytes));
                    self.told = Some(Told { lie: self.lie, seq: entry.seq });
                }
            }
            Lie::Replay => {
                self.instead.insert(page.last.saturating_add(1), entry.content.clone());
                self.told = Some(Told { lie: self.lie, seq: page.last.saturating_add(1) });
            }
            Lie::Fork => self.tell_fork(page),
            Lie::Fen => {}
        }
    }

    /// Swaps two neighbours by different devices, so that no author's own chain tells.
    fn tell_fork(&mut self, page: &Page) {
        let pair = page.entries.windows(2).find_map(|pair| match pair {
            [one, other] => match (author(one), author(other)) {
                (Some(a), Some(b)) if a != b => Some((one.clone(), other.clone())),
                _ => None,
            },
            _ => None,
        });
        let Some((one, other)) = pair else { return };
        self.instead.insert(one.seq, other.content);
        self.instead.insert(other.seq, one.content);
        self.told = Some(Told { lie: self.lie, seq: one.seq });
    }

    /// Computes the heads anew over what is shown.
    fn fit_heads(&mut self, path: &str, mut page: Page) -> Page {
        let Some(community) = community(path) else { return page };
        let after = after(path);
        let start = head::start(&community, &page.epoch);
        let known = if after == 0 { Some(start) } else { self.heads.get(&after).copied() };
        let Some(mut head) = known else { return page };
        for entry in &page.entries {
            head = head::next(&head, entry.seq, entry.stamp, &entry.content.hash());
            self.heads.insert(entry.seq, head);
        }
        page.head = head;
        page
    }

    /// Adds the repeated pack after the last entry.
    fn repeat(&self, path: &str, mut page: Page) -> Page {
        let Some(Told { seq, .. }) = self.told else { return page };
        let last = page.entries.last().map_or_else(|| after(path), |entry| entry.seq);
        let stamp = page.entries.last().map_or(i64::MAX, |entry| entry.stamp);
        if last.saturating_add(1) == seq
            && let Some(content) = self.instead.get(&seq)
        {
            page.head = head::next(&page.head, seq, stamp, &content.hash());
            page.entries.push(Entry { seq, stamp, content: content.clone() });
            page.last = page.last.max(seq);
        }
        page
    }
}

fn author(entry: &Entry) -> Option<DeviceId> {
    match &entry.content {
        Content::Whole(bytes) => {
            let pack = Pack::decode(bytes).ok()?;
            (pack.header.kind == Kind::Change).then_some(pack.header.device)
        }
        Content::Foreign(_) => None,
    }
}

fn community(path: &str) -> Option<CommunityId> {
    CommunityId::from_hex(path.strip_prefix("/v1/c/")?.split('/').next()?)
}

fn after(path: &str) -> u64 {
    let query = path.split_once("after=").map_or("", |(_, rest)| rest);
    query.split('&').next().and_then(|number| number.parse().ok()).unwrap_or_default()
}
