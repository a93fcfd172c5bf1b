//! Owners of a line, and the pseudonyms they get.

use std::collections::BTreeMap;

use linli_wire::{PersonId, sha256};

use super::{Column, Fault, Owner, Secret, row::Row, values};
use crate::kernel::UnitCode;

/// Most characters of a name.
const NAME_CHARS_MAX: usize = 64;

/// What stands between several owners of one unit.
const BETWEEN: [char; 7] = ['、', '；', ';', '，', ',', '|', '\n'];

/// What is known about owners from the lines before.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Name and line by ID hash.
    ids: BTreeMap<String, (String, u32)>,
}

/// Reads the owners of a line.
pub(super) fn read(
    row: &mut Row<'_>,
    known: &mut Known,
    code: &UnitCode,
    secret: &Secret,
) -> Vec<Owner> {
    let names = row.parts(Column::Owners);
    for (column, what) in [
        (Column::IdHash, "证件哈希 id-hash"),
        (Column::Phone, "电话 phone"),
        (Column::Share, "份额 share"),
    ] {
        if names.is_empty() && !row.parts(column).is_empty() {
            row.fault(column, Fault::OwnersMissing, "", what);
        }
    }
    if names.is_empty() {
        return Vec::new();
    }
    let ids = row.beside(Column::IdHash, names.len(), values::id_hash);
    let phones =
        row.beside(Column::Phone, names.len(), |text| values::phone(text).ok_or(Fault::PhoneForm));
    let shares = shares(row, names.len());
    let mut owners: Vec<Owner> = Vec::new();
    for (((name, id_hash), phone), share) in names.into_iter().zip(ids).zip(phones).zip(shares) {
        if name.is_empty() || name == "-" || name.chars().count() > NAME_CHARS_MAX {
            row.fault(Column::Owners, Fault::OwnerName, &name, "");
            continue;
        }
        if let Some(id) = &id_hash {
            let line = row.number();
            let (first, at) = known.ids.entry(id.clone()).or_insert_with(|| (name.clone(), line));
            if *first != name {
                let at = at.to_string();
                row.fault(Column::IdHash, Fault::IdOtherName, &name, &at);
            }
        }
        let person = pseudonym(secret, &name, id_hash.as_deref(), phone.as_deref(), code);
        if owners.iter().any(|owner| owner.person == person) {
            row.fault(Column::Owners, Fault::OwnerTwice, &name, "");
            continue;
        }
        owners.push(Owner { person, name, id_hash, phone, share });
    }
    owners
}

/// Splits a cell at what stands between owners.
pub(super) fn split(text: &str) -> Vec<String> {
    text.split(BETWEEN).map(|part| part.trim().to_owned()).collect()
}

/// Reads the shares, which have to make the whole where they are given.
fn shares(row: &mut Row<'_>, owners: usize) -> Vec<Option<(u64, u64)>> {
    let joint = row.parts(Column::Share);
    if let [one] = joint.as_slice()
        && values::share(one) == Ok(None)
    {
        return vec![None; owners];
    }
    let shares = row.beside(Column::Share, owners, values::share);
    let shares: Vec<Option<(u64, u64)>> = shares.into_iter().map(Option::flatten).collect();
    let given: Vec<(u64, u64)> = shares.iter().flatten().copied().collect();
    let read = row.is_sound(Column::Share) && joint.len() == owners;
    if read && !given.is_empty() && !values::is_whole(&given) {
        let text = joint.join("、");
        row.fault(Column::Share, Fault::ShareSum, &text, "");
    }
    shares
}

/// Makes an owner's pseudonym: the same in every unit of one person, and of no use without the
/// secret.
///
/// An ID tells people apart best, then a name with its phone. A name alone is only taken within its
/// unit: two people of one name must not become one voter.
fn pseudonym(
    secret: &Secret,
    name: &str,
    id_hash: Option<&str>,
    phone: Option<&str>,
    code: &UnitCode,
) -> PersonId {
    let (kind, identity) = match (id_hash, phone) {
        (Some(id), _) => (1, id.to_owned()),
        (None, Some(phone)) => (2, format!("{name}\0{phone}")),
        (None, None) => (3, format!("{name}\0{code}")),
    };
    let inner = sha256(&[b"linli/roster-person/1\0", &secret.0, &[kind], identity.as_bytes()]);
    let outer = sha256(&[b"linli/roster-person/1\0", &secret.0, &inner]);
    PersonId(std::array::from_fn(|at| outer.get(at).copied().unwrap_or_default()))
}
