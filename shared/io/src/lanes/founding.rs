//! A founding by several, on a founder's phone: keys given, a draft read and signed, the way in.

use linli_app::{
    operation::{ReplicaOut, Slot},
    slice::DraftPage,
};
use linli_domain::registry::roster::totals;
use linli_replica::{
    AskError,
    founding::{Draft, Entry as WayIn},
};

use super::phone::{Failure, Home, Phone};
use crate::folder::Entry;

impl Phone {
    /// Gives the keys that are kept for a founding, or keeps new ones for it.
    pub(super) fn founder_keys(&mut self) -> Result<ReplicaOut, Failure> {
        if let Ok((slot, home)) = self.founding_home() {
            let text = home.replica.founder_text()?.to_text();
            return Ok(ReplicaOut::FounderKeys(slot, text));
        }
        let slot = self.room()?;
        let mut text = String::new();
        let given = self.home(slot).and_then(|home| {
            text = home.replica.founder_text()?.to_text();
            Ok(())
        });
        self.keep_or_drop(slot, Entry::default(), given)?;
        Ok(ReplicaOut::FounderKeys(slot, text))
    }

    /// Reads a draft for its founder.
    pub(super) fn read_draft(&mut self, text: &str) -> Result<ReplicaOut, Failure> {
        let draft = Draft::parse(text)?;
        let own = self.founding_home().map(|(_, home)| home.replica.keys().id()).ok();
        let founders = draft.charter.founders.iter();
        Ok(ReplicaOut::DraftRead(Box::new(DraftPage {
            name: draft.terms.name.clone(),
            rules: draft.terms.rules.clone(),
            threshold: draft.charter.threshold,
            founders: founders.map(|device| (*device, Some(*device) == own)).collect(),
            totals: totals(&draft.stairs),
        })))
    }

    /// Signs a draft with the keys that were given for it.
    pub(super) fn sign_draft(&mut self, text: &str) -> Result<ReplicaOut, Failure> {
        let draft = Draft::parse(text)?;
        let (_, home) = self.founding_home()?;
        Ok(ReplicaOut::DraftSigned(home.replica.sign_draft(&draft)?.to_text()))
    }

    /// Enters by the signed charter.
    pub(super) fn enter(&mut self, text: &str) -> Result<ReplicaOut, Failure> {
        let WayIn { charter, relay, pin } = WayIn::parse(text)?;
        let (slot, home) = self.founding_home()?;
        home.replica.check_entry(&charter)?;
        // Listed first: a phone that was entered and knows no relay would never get further.
        home.entry = Entry { relay, pin };
        let entry = home.entry.clone();
        entry.list(&mut self.own, slot)?;
        let (_, home) = self.founding_home()?;
        home.replica.enter(&charter)?;
        Ok(ReplicaOut::Slot(slot))
    }

    /// Finds the community that is being founded with this phone.
    fn founding_home(&mut self) -> Result<(Slot, &mut Home), Failure> {
        let mut homes = self.homes.iter_mut().enumerate();
        homes
            .find(|(_, home)| home.replica.is_founding().unwrap_or(false))
            .ok_or_else(|| Failure::Ask(AskError::Refused("registry.not_a_founder".to_owned())))
    }
}
