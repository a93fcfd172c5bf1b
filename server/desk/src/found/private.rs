//! The desk's private register: who stands behind each pseudonym. It is never sent.

use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
};

use linli_domain::registry::roster::{Owner, Roster, Secret};
use linli_io::{SystemChance, keys::write_whole};
use linli_seal::Chance as _;
use linli_wire::{Hash, ids};
use serde::Deserialize;
use serde_json::{Value, json};

/// The field that is read back.
#[derive(Deserialize)]
struct Kept {
    secret: String,
}

fn path(desk: &Path) -> PathBuf {
    desk.join("register.json")
}

/// Returns the desk's secret: the one it has kept, or a new one.
///
/// A corrected roster gives everybody the pseudonym they had before.
pub(super) fn secret(desk: &Path) -> Result<Secret, String> {
    let path = path(desk);
    let named = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let bytes = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Ok(Secret(SystemChance.draw()));
        }
        Err(error) => return Err(named(&error)),
    };
    let kept: Kept = serde_json::from_slice(&bytes).map_err(|error| named(&error))?;
    let secret = Hash::from_hex(&kept.secret).ok_or_else(|| named(&"the secret is damaged"))?;
    Ok(Secret(secret.0))
}

/// Keeps the secret and everything that is private in a roster; only this user can read it.
pub(super) fn keep(desk: &Path, secret: &Secret, roster: &Roster) -> Result<(), String> {
    let units: Vec<Value> = roster
        .entries
        .iter()
        .map(|entry| {
            let owners: Vec<Value> = entry.owners.iter().map(owner).collect();
            json!({
                "unit": entry.unit.code.to_string(), "owners": owners, "bill_from": entry.bill_from,
            })
        })
        .collect();
    let register = json!({ "secret": ids::hex(&secret.0), "units": units });
    let path = path(desk);
    write_whole(&path, register.to_string().as_bytes())
        .map_err(|error| format!("{}: {error}", path.display()))
}

fn owner(owner: &Owner) -> Value {
    json!({
        "person": owner.person.to_hex(), "name": owner.name, "id_hash": owner.id_hash,
        "phone": owner.phone,
        "share": owner.share.map(|(part, whole)| format!("{part}/{whole}")),
    })
}
