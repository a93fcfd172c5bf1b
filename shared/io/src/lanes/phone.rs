//! One phone: its communities, each with a store and keys of its own, and its drafts.

use std::sync::Arc;

use linli_app::{
    operation::{Act, ReplicaOp, ReplicaOut, Slot, Target},
    slice::{Invitation, Shown},
};
use linli_domain::{
    kernel::Moment,
    registry::{
        Event as RegistryEvent,
        roster::{Secret, read_plain},
    },
};
use linli_replica::{
    Ask, AskError, Done, Plan, Replica, ReplicaError,
    invite::Invite,
    money::Kept,
    store::{Store as _, StoreError, Table},
};
use linli_seal::{Chance as _, DeviceKeys};
use linli_wire::cbor;

use super::PhoneConfig;
use crate::{
    SqliteStore, SystemChance,
    clock::now,
    folder::{Entry, community_file, key_file},
    keys,
};

/// Minutes that China Standard Time is ahead of UTC.
pub(super) const CHINA_OFFSET_MIN: i32 = 480;

pub(super) struct Home {
    pub(super) replica: Replica<SqliteStore>,
    pub(super) entry: Entry,
    /// Whether it stands in the phone's list: its slot is its for good.
    pub(super) listed: bool,
}

/// One phone with its communities.
pub(super) struct Phone {
    pub(super) config: PhoneConfig,
    pub(super) own: SqliteStore,
    pub(super) homes: Vec<Home>,
    /// The photo shown last: it is not opened anew for every reading of the screens.
    pub(super) shown: Option<Shown>,
    /// The books derived last, with the phone's slot and the count of changes they are for: they cost what all
    /// that was ever paid costs.
    pub(super) kept: Option<(usize, u64, Arc<Kept>)>,
    /// How many homes paid twice, with the phone's slot and the count of changes it is for.
    pub(super) twice: Option<(usize, u64, u32)>,
}

impl Phone {
    pub(super) fn open(config: PhoneConfig) -> Result<Self, String> {
        std::fs::create_dir_all(&config.folder).map_err(|error| error.to_string())?;
        let own = SqliteStore::open(&config.folder.join("phone.db"))
            .map_err(|error| error.to_string())?;
        let mut phone =
            Self { config, own, homes: Vec::new(), shown: None, kept: None, twice: None };
        let list = phone.own.scan(Table::Meta, b"community/", None, usize::MAX);
        for (_, value) in list.map_err(|error| error.to_string())? {
            let entry: Entry =
                cbor::from_bytes("community list", &value).map_err(|error| error.to_string())?;
            let slot = phone.open_home(entry)?;
            phone.homes.iter_mut().skip(slot).for_each(|home| home.listed = true);
        }
        Ok(phone)
    }

    /// Lists one community in a folder that no phone has open.
    pub(super) fn list_first(folder: &std::path::Path, relay: &str) -> Result<(), String> {
        let own = SqliteStore::open(&folder.join("phone.db"));
        let mut own = own.map_err(|error| error.to_string())?;
        let entry = Entry { relay: relay.to_owned(), pin: None };
        entry.list(&mut own, 0).map_err(|error| error.to_string())
    }

    pub(super) fn close(&mut self) {
        for home in &self.homes {
            // What is in the log file is safe as it is; the next start reads it back.
            let _ = home.replica.store().checkpoint();
        }
    }

    pub(super) fn open_home(&mut self, entry: Entry) -> Result<Slot, String> {
        let slot = self.homes.len();
        let keys = self.keys_of(slot)?;
        let store = SqliteStore::open(&community_file(&self.config.folder, slot))
            .map_err(|error| error.to_string())?;
        let replica = Replica::open(store, keys).map_err(|error| error.to_string())?;
        self.homes.push(Home { replica, entry, listed: false });
        Ok(slot)
    }

    fn keys_of(&self, slot: Slot) -> Result<DeviceKeys, String> {
        let file = key_file(&self.config.folder, slot);
        keys::open_or_make(&file, self.config.platform_key.as_ref())
            .map_err(|error| error.to_string())
    }

    /// Finds room for a community: a slot whose application was given up, or a new one.
    pub(super) fn room(&mut self) -> Result<Slot, Failure> {
        let fresh = |home: &Home| home.replica.is_fresh().unwrap_or(false);
        match self.homes.iter().position(fresh) {
            Some(slot) => Ok(slot),
            None => self.open_home(Entry::default()).map_err(|_| Failure::Broken),
        }
    }

    /// Lists a community, once something in it is written.
    fn list(&mut self, slot: Slot, entry: Entry) -> Result<(), Failure> {
        let home = self.homes.get_mut(slot).ok_or(Failure::None)?;
        entry.list(&mut self.own, slot)?;
        (home.entry, home.listed) = (entry, true);
        Ok(())
    }

    pub(super) fn take(&mut self, op: ReplicaOp) -> ReplicaOut {
        self.try_take(op).unwrap_or_else(Failure::out)
    }

    fn try_take(&mut self, op: ReplicaOp) -> Result<ReplicaOut, Failure> {
        match op {
            ReplicaOp::Found { name, relay, operator_token, roster } => {
                self.found(&name, relay, operator_token, &roster)
            }
            ReplicaOp::FounderKeys => self.founder_keys(),
            ReplicaOp::ReadDraft(text) => self.read_draft(&text),
            ReplicaOp::SignDraft(text) => self.sign_draft(&text),
            ReplicaOp::Enter(text) => self.enter(&text),
            ReplicaOp::Join { invite, name } => self.join(&invite, &name),
            ReplicaOp::StopJoining { slot } => self.stop_joining(slot),
            ReplicaOp::Act { slot, act, hold_ms } => self.act(slot, act, hold_ms),
            ReplicaOp::Tick { slot } => {
                let next = self.home(slot)?.replica.tick(now(), &mut SystemChance)?;
                Ok(match next {
                    Some(next) => ReplicaOut::Held { in_ms: until(next.0) },
                    None => ReplicaOut::Done,
                })
            }
            ReplicaOp::NextCall { slot, lane, fresh } => {
                let relay = self.config.relay.clone();
                let home = self.home(slot)?;
                if fresh {
                    home.replica.begin_round();
                }
                let target = Target {
                    relay: relay.unwrap_or_else(|| home.entry.relay.clone()),
                    pin: home.entry.pin.clone().map(|pin| pin.0),
                };
                let call = home.replica.next_call(lane)?;
                Ok(ReplicaOut::Call(call.map(|call| Box::new((call, target)))))
            }
            ReplicaOp::Answered { slot, kind, reply } => {
                let replica = &mut self.home(slot)?.replica;
                Ok(ReplicaOut::Progress(replica.answered(
                    &kind,
                    reply,
                    now(),
                    &mut SystemChance,
                )?))
            }
            ReplicaOp::Show(wanted) => Ok(ReplicaOut::Screens(Box::new(self.show(&wanted)?))),
            other => self.keep(other),
        }
    }

    pub(super) fn home(&mut self, slot: Slot) -> Result<&mut Home, Failure> {
        self.homes.get_mut(slot).ok_or(Failure::None)
    }

    fn found(
        &mut self,
        name: &str,
        relay: String,
        operator_token: String,
        roster: &str,
    ) -> Result<ReplicaOut, Failure> {
        // Owners are named to a desk; what a phone is given has none, or forgets who they were.
        let secret = Secret(SystemChance.draw());
        let stairs = match read_plain(roster, &secret) {
            Ok(roster) => roster.stairs(),
            Err(problems) => {
                let first = problems.into_iter().next().ok_or(Failure::Broken)?;
                return Ok(ReplicaOut::BadRoster(Box::new(first)));
            }
        };
        let slot = self.room()?;
        let result = self.home(slot).and_then(|home| {
            let replica = &mut home.replica;
            let plan = Plan::trial(
                name,
                CHINA_OFFSET_MIN,
                stairs,
                operator_token,
                replica.keys(),
                &mut SystemChance,
            )?;
            Ok(replica.found(&plan, now(), &mut SystemChance)?)
        });
        self.keep_or_drop(slot, Entry { relay, pin: None }, result)
    }

    fn join(&mut self, invite: &str, name: &str) -> Result<ReplicaOut, Failure> {
        let invite = Invite::parse(invite)
            .map_err(|why| Failure::Ask(AskError::Refused(why.word().to_owned())))?;
        let of = |home: &Home| home.replica.concerns() == Some(invite.community());
        let known = self.homes.iter().position(of);
        let member = |home: &Home| home.replica.community().is_some();
        let slot = known.map_or_else(|| self.room(), Ok)?;
        if self.homes.get(slot).is_some_and(member) {
            // A member applies for a further home or role.
            self.home(slot)?.replica.join(&invite, name, &mut SystemChance)?;
            return Ok(ReplicaOut::Slot(slot));
        }
        let entry = Entry { relay: invite.relay.clone(), pin: invite.pin.clone() };
        let home = self.home(slot);
        let result =
            home.and_then(|home| Ok(home.replica.join(&invite, name, &mut SystemChance)?));
        self.keep_or_drop(slot, entry, result)
    }

    /// Lists a community that was begun, or forgets one that was refused.
    pub(super) fn keep_or_drop(
        &mut self,
        slot: Slot,
        entry: Entry,
        result: Result<(), Failure>,
    ) -> Result<ReplicaOut, Failure> {
        match result.and_then(|()| self.list(slot, entry)) {
            Ok(()) => Ok(ReplicaOut::Slot(slot)),
            Err(failure) => {
                // Only a new slot is not listed, and it is the last one.
                self.homes.pop_if(|home| !home.listed);
                Err(failure)
            }
        }
    }

    /// Gives up an application. Of a newcomer's nothing is left: the slot waits for another
    /// community, with keys that nobody has seen.
    fn stop_joining(&mut self, slot: Slot) -> Result<ReplicaOut, Failure> {
        let home = self.home(slot)?;
        home.replica.stop_joining()?;
        if home.replica.community().is_none() {
            let gone = std::fs::remove_file(key_file(&self.config.folder, slot));
            gone.map_err(|_| Failure::Broken)?;
            let keys = self.keys_of(slot).map_err(|_| Failure::Broken)?;
            self.home(slot)?.replica.renew_keys(keys)?;
        }
        Ok(ReplicaOut::Done)
    }

    fn act(&mut self, slot: Slot, act: Act, hold_ms: u32) -> Result<ReplicaOut, Failure> {
        let relay = self.config.relay.clone();
        let home = self.home(slot)?;
        let relay = relay.unwrap_or_else(|| home.entry.relay.clone());
        let (replica, chance, now) = (&mut home.replica, &mut SystemChance, now());
        let ask = match act {
            Act::Repair(about, event, draft) => Ask::Repair { about, event: *event, draft },
            Act::Revoke(device, reason) => Ask::Registry(RegistryEvent::Revoke { device, reason }),
            Act::Adopt(facts, reason) => Ask::Registry(RegistryEvent::Adopt { facts, reason }),
            Act::Registry(event) => Ask::Registry(*event),
            Act::Money(ask) => Ask::Money(*ask),
            Act::RegisterPerson(filled) => {
                let terms = replica.terms_of(&filled, now)?;
                replica.register_person(&terms, now, chance)?;
                return Ok(ReplicaOut::Done);
            }
            Act::Invite(filled) => {
                let terms = replica.terms_of(&filled, now)?;
                let invite = replica.invite(&terms, &relay, now, chance)?;
                let (text, until) = (invite.to_text(), Moment(invite.certificate.until));
                let invitation = Invitation { text, terms, until };
                return Ok(ReplicaOut::Invited(Box::new(invitation)));
            }
            Act::Approve { invite, who } => {
                replica.approve(&invite, &who, now, chance)?;
                return Ok(ReplicaOut::Done);
            }
            Act::RefuseApplication(invite) => {
                replica.refuse_application(&invite)?;
                return Ok(ReplicaOut::Done);
            }
            Act::Undo(held) => {
                replica.undo(held)?;
                return Ok(ReplicaOut::Done);
            }
        };
        Ok(match replica.ask(&ask, hold_ms, now, chance)? {
            Done::Written(_) => ReplicaOut::Done,
            Done::Held(_) => ReplicaOut::Held { in_ms: u64::from(hold_ms) },
        })
    }
}

/// Milliseconds from now until a moment.
fn until(moment: i64) -> u64 {
    u64::try_from(moment.saturating_sub(now().0)).unwrap_or_default()
}

/// Why an operation was not done.
pub(super) enum Failure {
    /// There is no such community on this phone.
    None,
    Ask(AskError),
    Replica(ReplicaError),
    Broken,
}

impl From<AskError> for Failure {
    fn from(error: AskError) -> Self {
        Self::Ask(error)
    }
}

impl From<ReplicaError> for Failure {
    fn from(error: ReplicaError) -> Self {
        Self::Replica(error)
    }
}

impl Failure {
    fn out(self) -> ReplicaOut {
        match self {
            Self::None => ReplicaOut::Refused("app.no_community".to_owned()),
            Self::Ask(AskError::Refused(word)) => ReplicaOut::Refused(word),
            Self::Ask(AskError::Misread(problem)) => ReplicaOut::Misread(problem),
            Self::Ask(AskError::Failed(error)) | Self::Replica(error) => {
                let full = matches!(error, ReplicaError::Store(StoreError::Full { .. }));
                let word = if full { "app.disk_full" } else { "app.failed" };
                ReplicaOut::Failed(word.to_owned())
            }
            Self::Broken => ReplicaOut::Failed("app.failed".to_owned()),
        }
    }
}
