//! A receipt as a QR code shows it: checked without a net, by whoever scans it.

use linli_domain::{
    kernel::{Moment, PersonId, Role, Scope, When},
    payments::{
        Account, Fields, ReceiptFields, Refusal,
        account::{self, Receipt},
        kind,
    },
    registry::NoRight,
};
use linli_wire::{FactId, fact::Fact};

use crate::{
    AskError, ReplicaError,
    replica::Replica,
    store::{Store, Table},
    stored::FactRow,
};

/// How a scanned receipt stands, as far as this phone knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Signed by somebody who takes money for this home.
    Good,
    /// Signed by a phone that this one does not know; it may be new.
    UnknownCollector,
    /// Signed by somebody who takes no money for this home.
    NotACollector,
    /// It was made void.
    Void,
}

/// A scanned receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scanned {
    /// What it says.
    pub fields: ReceiptFields,
    /// When it was written, by the collector's clock.
    pub at: Moment,
    /// Who wrote it, if this phone knows the device.
    pub collector: Option<PersonId>,
    /// What they are.
    pub role: Option<Role>,
    /// How it stands.
    pub standing: Standing,
    /// Whether it is of this person's home: then it can be kept.
    pub own: bool,
    /// Whether this person has kept it.
    pub kept: bool,
}

impl<S: Store> Replica<S> {
    /// Returns a receipt's own bytes, which its QR code shows.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn receipt_bytes(&self, id: &FactId) -> Result<Option<Vec<u8>>, ReplicaError> {
        let Some(row) = self.store().get(Table::Fact, &id.0)? else { return Ok(None) };
        let row = FactRow::decode(&row)?;
        let receipt = Fact::decode(&row.bytes)?.kind == kind::RECEIPT;
        Ok(receipt.then_some(row.bytes))
    }

    /// Checks a scanned receipt: signature, number, and whether its author may take money.
    ///
    /// # Errors
    /// [`AskError::Refused`] if it is no receipt of this community.
    pub fn scan_receipt(&self, bytes: &[u8], now: Moment) -> Result<Scanned, AskError> {
        let refused = || AskError::Refused(Refusal::Unreadable.word().to_owned());
        let memory = self.member()?;
        let fact = Fact::decode(bytes).map_err(|_| refused())?;
        fact.verify(&memory.community).map_err(|_| refused())?;
        let Some(Fields::Receipt(fields)) = Fields::of(&fact) else { return Err(refused()) };
        if !fields.number.is_of(&fact.by) {
            return Err(AskError::Refused(Refusal::BadNumber.word().to_owned()));
        }
        let at = Moment(fact.at);
        let author = memory.current.author(&fact.by, When::Now(now));
        let home = Scope::Unit(fields.unit.clone());
        let here = self.receipt_here(&fields, bytes, at)?;
        let offset = memory.current.law().utc_offset_minutes;
        let standing = match &author {
            _ if here.as_ref().is_some_and(Receipt::is_void) => Standing::Void,
            // The community has it, and counts it, whoever its author is by now.
            _ if here.as_ref().is_some_and(|receipt| !receipt.scanned_only) => Standing::Good,
            Ok(author) if account::check_receipt(author, &fields, at, offset).is_ok() => {
                Standing::Good
            }
            Ok(_) | Err(NoRight::Ended { .. }) => Standing::NotACollector,
            Err(_) => Standing::UnknownCollector,
        };
        let author = author.ok();
        let own = [Role::Owner, Role::Resident, Role::Tenant];
        let viewer = self.viewer(now)?;
        let own = viewer.holds(&own, &home);
        let kept = here.is_some_and(|receipt| receipt.acknowledged.contains(&viewer.person));
        let role = author.as_ref().and_then(|author| author.role());
        let collector = author.map(|author| author.person);
        Ok(Scanned { fields, at, collector, role, standing, own, kept })
    }

    /// Returns it as its home's account has it.
    fn receipt_here(
        &self,
        fields: &ReceiptFields,
        bytes: &[u8],
        at: Moment,
    ) -> Result<Option<Receipt>, ReplicaError> {
        let year = Account::year_of(at);
        let reading = self.reading()?;
        let id = FactId::of(&reading.money_document(&fields.unit, year), bytes);
        let account = reading.fold_account(&Account::id(&fields.unit, year))?;
        Ok(account.and_then(|mut account| account.receipts.remove(&id)))
    }
}
