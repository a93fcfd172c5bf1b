//! Somebody with a phone in their hands alters the sum of one receipt by a fen, in its own files.

use std::path::Path;

use linli_domain::{kernel::Fen, payments::Fields};
use linli_io::SqliteStore;
use linli_replica::{
    FactRow,
    store::{Durability, Store as _, Table, Write},
};
use linli_wire::{cbor::Value, fact::Fact};

use super::{Step, phone::Trouble};

fn other(error: impl ToString) -> Trouble {
    Trouble::Other(error.to_string())
}

/// The field of a receipt that holds its sum.
const AMOUNT: i64 = 2;

/// Alters a receipt; returns its number.
pub(super) fn alter(folder: &Path) -> Step<String> {
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
        let altered = FactRow { bytes: fact.encode(), ..row };
        let write = Write::Put(Table::Fact, key, altered.encode());
        store.commit(&[write], Durability::Full).map_err(other)?;
        return Ok(receipt.number.to_string());
    }
    Err(Trouble::Other("there is no receipt to alter".to_owned()))
}
