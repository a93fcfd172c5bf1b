//! Somebody with a phone in their hands alters the sum of one receipt by a fen, in its own files.

use std::{collections::BTreeSet, path::Path};

use linli_domain::{
    kernel::{Fen, Moment},
    payments::{Account, Fields},
};
use linli_io::SqliteStore;
use linli_replica::{
    FactRow,
    store::{Durability, Store as _, Table, Write},
};
use linli_wire::{FactId, cbor::Value, fact::Fact};

use super::{Step, phone::Trouble};

fn other(error: impl ToString) -> Trouble {
    Trouble::Other(error.to_string())
}

/// The field of a receipt that holds its sum.
const AMOUNT: i64 = 2;

/// A receipt that was altered.
pub(super) struct Altered {
    pub(super) number: String,
    /// The fact, and what is folded from it: its home's year, its round.
    pub(super) fact: FactId,
    pub(super) folded: BTreeSet<FactId>,
}

/// Alters a receipt.
pub(super) fn alter(folder: &Path) -> Step<Altered> {
    let mut store = SqliteStore::open(&folder.join("community-0.db")).map_err(other)?;
    for (key, value) in store.scan(Table::Fact, &[], None, usize::MAX).map_err(other)? {
        let row = FactRow::decode(&value).map_err(other)?;
        let mut fact = Fact::decode(&row.bytes).map_err(other)?;
        let Some(Fields::Receipt(receipt)) = Fields::of(&fact) else { continue };
        let more = receipt.amount.plus(Fen::new(1)).unwrap_or_default();
        if let Value::Map(entries) = &mut fact.fields {
            for (key, value) in entries {
                if *key == Value::from(AMOUNT) {
                    *value = Value::from(more.get());
                }
            }
        }
        let id = FactId::from_slice(&key).ok_or_else(|| other("the key of a fact"))?;
        let year = Account::id(&receipt.unit, Account::year_of(Moment(fact.at)));
        let altered = FactRow { bytes: fact.encode(), ..row };
        let write = Write::Put(Table::Fact, key, altered.encode());
        store.commit(&[write], Durability::Full).map_err(other)?;
        let folded = [Some(id), Some(year), receipt.round].into_iter().flatten().collect();
        return Ok(Altered { number: receipt.number.to_string(), fact: id, folded });
    }
    Err(Trouble::Other("there is no receipt to alter".to_owned()))
}
