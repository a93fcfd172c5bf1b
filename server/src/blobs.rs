//! The sealed parts of blobs, each in a file named by the SHA-256 of its bytes.
//!
//! `blobs/{community}/{first byte}/{hash}`. A file is written under another name, synced, and only
//! then given its own, so that a name always stands for whole bytes. The database says which parts
//! are held and counts them; a file without a row is nobody's.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use linli_wire::{CommunityId, Hash};

/// The folder of parts; clones share it.
#[derive(Clone, Debug)]
pub(crate) struct Blobs(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    folder: PathBuf,
    /// Folders whose own names are known to be on the disk.
    durable: Mutex<BTreeSet<(CommunityId, u8)>>,
    /// Numbers the files that are being written.
    coming: AtomicU64,
}

impl Blobs {
    /// Opens the folder beside the database and clears away what was half written.
    pub(crate) fn open(data: &Path) -> io::Result<Self> {
        let folder = data.join("blobs");
        let coming = folder.join("coming");
        if coming.is_dir() {
            fs::remove_dir_all(&coming)?;
        }
        fs::create_dir_all(&coming)?;
        sync_folder(&folder)?;
        sync_folder(data)?;
        Ok(Self::beside(data))
    }

    /// Looks at the folder of a relay that may be running: nothing in it is touched.
    pub(crate) fn beside(data: &Path) -> Self {
        let folder = data.join("blobs");
        Self(Arc::new(Inner { folder, durable: Mutex::default(), coming: AtomicU64::new(0) }))
    }

    /// Writes a part; it is on the disk when this returns.
    pub(crate) fn write(
        &self,
        community: &CommunityId,
        hash: &Hash,
        bytes: &[u8],
    ) -> io::Result<()> {
        let number = self.0.coming.fetch_add(1, Ordering::Relaxed);
        let coming = self.0.folder.join("coming").join(number.to_string());
        let written = self.write_whole(&coming, community, hash, bytes);
        if written.is_err() {
            // What is left over goes at the next start.
            let _ = fs::remove_file(&coming);
        }
        written
    }

    fn write_whole(
        &self,
        coming: &Path,
        community: &CommunityId,
        hash: &Hash,
        bytes: &[u8],
    ) -> io::Result<()> {
        let mut file = File::create(coming)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        let path = self.path(community, hash);
        self.make_folder(community, hash)?;
        fs::rename(coming, &path)?;
        path.parent().map_or(Ok(()), sync_folder)
    }

    /// Makes the folder of a part, once in a process: its name has to be on the disk too.
    fn make_folder(&self, community: &CommunityId, hash: &Hash) -> io::Result<()> {
        let key = (*community, first_byte(hash));
        let mut durable = self.0.durable.lock().unwrap_or_else(PoisonError::into_inner);
        if durable.contains(&key) {
            return Ok(());
        }
        let of_community = self.0.folder.join(community.to_hex());
        fs::create_dir_all(of_community.join(format!("{:02x}", key.1)))?;
        sync_folder(&of_community)?;
        sync_folder(&self.0.folder)?;
        durable.insert(key);
        Ok(())
    }

    /// Reads a part; none if its file is gone or holds other bytes than its name says.
    pub(crate) fn read(&self, community: &CommunityId, hash: &Hash) -> io::Result<Option<Vec<u8>>> {
        match fs::read(self.path(community, hash)) {
            Ok(bytes) => Ok(Some(bytes).filter(|bytes| Hash::of(bytes) == *hash)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Tells whether a part has a file of its length.
    pub(crate) fn stands(&self, community: &CommunityId, hash: &Hash, bytes: u64) -> bool {
        fs::metadata(self.path(community, hash)).is_ok_and(|file| file.len() == bytes)
    }

    /// Removes a part's file; one that is gone already is no error.
    pub(crate) fn remove(&self, community: &CommunityId, hash: &Hash) -> io::Result<()> {
        match fs::remove_file(self.path(community, hash)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    pub(crate) fn path(&self, community: &CommunityId, hash: &Hash) -> PathBuf {
        let of_community = self.0.folder.join(community.to_hex());
        of_community.join(format!("{:02x}", first_byte(hash))).join(hash.to_hex())
    }
}

const fn first_byte(hash: &Hash) -> u8 {
    let [first, ..] = hash.0;
    first
}

/// Makes the names in a folder durable.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_read_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(folder.path()).unwrap();
        let (community, hash) = (CommunityId([1; 32]), Hash::of(b"part"));
        assert_eq!(blobs.read(&community, &hash).unwrap(), None);
        blobs.write(&community, &hash, b"part").unwrap();
        assert_eq!(blobs.read(&community, &hash).unwrap(), Some(b"part".to_vec()));
        assert_eq!(blobs.read(&CommunityId([2; 32]), &hash).unwrap(), None, "of another community");
        assert!(blobs.stands(&community, &hash, 4) && !blobs.stands(&community, &hash, 5));
        fs::write(blobs.path(&community, &hash), b"paRt").unwrap();
        assert_eq!(blobs.read(&community, &hash).unwrap(), None, "a damaged file is none");
        blobs.remove(&community, &hash).unwrap();
        blobs.remove(&community, &hash).unwrap();
    }

    #[test]
    fn what_was_half_written_is_gone_after_the_next_start() {
        let folder = tempfile::tempdir().unwrap();
        Blobs::open(folder.path()).unwrap();
        let half = folder.path().join("blobs/coming/0");
        fs::write(&half, b"half").unwrap();
        Blobs::open(folder.path()).unwrap();
        assert!(!half.exists());
    }
}
