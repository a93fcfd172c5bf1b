//! Device keys on disk: written whole or not at all, readable by this user only, and sealed under
//! the platform's key where the shell gives one.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write as _},
    path::Path,
};

use linli_seal::{CircleKey, DeviceKeys, SealError, vault};
use zeroize::Zeroizing;

use crate::SystemChance;

/// Why keys could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// The disk failed.
    #[error("device keys: {0}")]
    Disk(#[from] io::Error),
    /// The file is damaged, or sealed under another platform key.
    #[error("device keys: {0}")]
    Sealed(#[from] SealError),
}

/// Reads the keys at a path, or makes new ones and writes them.
///
/// # Errors
/// [`KeysError`]; a file that cannot be opened is never written over.
pub fn open_or_make(path: &Path, platform: Option<&[u8; 32]>) -> Result<DeviceKeys, KeysError> {
    match fs::read(path) {
        Ok(bytes) => {
            let secret = match platform {
                Some(key) => vault::open(&CircleKey::from_bytes(*key), &bytes)?,
                None => Zeroizing::new(bytes),
            };
            Ok(DeviceKeys::restore(&secret)?)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let keys = DeviceKeys::generate(&mut SystemChance);
            let bytes = match platform {
                Some(key) => {
                    let key = CircleKey::from_bytes(*key);
                    Zeroizing::new(vault::seal(&key, keys.secret(), &mut SystemChance)?)
                }
                None => Zeroizing::new(keys.secret().to_vec()),
            };
            write_whole(path, &bytes)?;
            Ok(keys)
        }
        Err(error) => Err(error.into()),
    }
}

/// Writes a file so that after a crash it is there whole or not at all; only this user can read it.
///
/// # Errors
/// What the system says.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or_else(|| Path::new("."));
    fs::create_dir_all(folder)?;
    let temporary = path.with_extension("new");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut file = options.open(&temporary)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&temporary, path)?;
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_the_same_after_a_restart_and_do_not_open_under_another_platform_key() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys/mei.key");
        let first = open_or_make(&path, Some(&[7; 32])).unwrap();
        assert_eq!(open_or_make(&path, Some(&[7; 32])).unwrap().id(), first.id());
        assert!(matches!(open_or_make(&path, Some(&[8; 32])), Err(KeysError::Sealed(_))));
        assert!(matches!(open_or_make(&path, None), Err(KeysError::Sealed(_))));
        let stored = fs::read(&path).unwrap();
        assert!(!stored.windows(32).any(|part| first.secret().starts_with(part)));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }
}
