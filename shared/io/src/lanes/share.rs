//! Files for the share sheet, and files that another phone handed over.

use std::{fs, io::Read as _, path::Path};

use linli_app::operation::Slot;
use linli_replica::AskError;
use linli_wire::limits;

use super::phone::Failure;

/// Writes what another phone is to carry, and returns the file.
pub(super) fn write(folder: &Path, slot: Slot, load: &[u8]) -> Result<String, Failure> {
    let folder = folder.join("share");
    let file = folder.join(format!("outbox-{slot}.linli"));
    let written = fs::create_dir_all(&folder).and_then(|()| fs::write(&file, load));
    written.map_err(|error| match error.kind() {
        std::io::ErrorKind::StorageFull => refused("app.disk_full"),
        _ => Failure::Broken,
    })?;
    Ok(file.display().to_string())
}

/// Reads what another phone handed over.
pub(super) fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let most = u64::try_from(limits::LOAD_BYTES_MAX).unwrap_or(u64::MAX);
    let file = fs::File::open(file).map_err(|_| refused("carry.unreadable"))?;
    let read = file.take(most.saturating_add(1)).read_to_end(&mut bytes);
    read.map_err(|_| refused("carry.unreadable"))?;
    Ok(bytes)
}

fn refused(word: &str) -> Failure {
    Failure::Ask(AskError::Refused(word.to_owned()))
}
