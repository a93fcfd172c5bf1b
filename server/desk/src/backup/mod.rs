//! `linli backup` and `linli restore`: a sealed copy of a whole desk, and going on from it.
//!
//! The copy holds the device keys: whoever opens it is this desk. It is sealed under a passphrase
//! ([`passphrase`]), part by part ([`sealed`]). Each file is copied as it is at one moment, while this
//! program alone has the desk open.
//!
//! A restored desk is an older state of a device; what it may do is in
//! `linli_replica::restored` and in `shared/docs/decisions/0016-desk-backups.md`.

mod passphrase;
mod sealed;

use std::{
    fs::{self, File},
    io::{BufReader, BufWriter, Read, Write},
    path::{Path, PathBuf},
};

use linli_io::{SqliteStore, folder};

use crate::office::{Trouble, flags::Flags, sink, text::Text};
use sealed::{Opener, Sealer};

/// Files that a founding desk has beside its stores, if it has: who stands behind each pseudonym, what
/// was drawn up and founded.
const BESIDE: [&str; 3] = ["register.json", "draft.txt", "charter.txt"];

/// Most bytes of a name in a backup.
const NAME_BYTES_MAX: usize = 64;

/// Most communities that one desk's backup may hold: a company with more has several desks.
const COMMUNITIES_MAX: usize = 1_000;

/// What is asked.
#[derive(Debug)]
pub(crate) struct Order {
    desk: PathBuf,
    passphrase: Option<PathBuf>,
    file: PathBuf,
}

impl Order {
    /// Reads the words after `backup` or `restore`.
    pub(crate) fn read(words: &[String]) -> Result<Self, String> {
        let mut flags = Flags::read(words, &["--desk", "--passphrase-file"], &[])?;
        let desk = flags.desk()?;
        let passphrase = flags.take("--passphrase-file").map(PathBuf::from);
        Ok(Self { desk, passphrase, file: flags.only("file for the backup")?.into() })
    }
}

fn named<E: std::fmt::Display>(path: &Path) -> impl Fn(E) -> String {
    move |error| format!("{}: {error}", path.display())
}

/// Writes the backup.
pub(crate) fn make(order: &Order, text: &Text) -> Result<(), Trouble> {
    if order.file.exists() {
        let said = text.pick("已存在，不覆盖", "exists already; it is not written over");
        return Err(Trouble::Usage(format!("{}: {said}", order.file.display())));
    }
    let communities = folder::communities(&order.desk).map_err(|error| error.to_string())?.len();
    let passphrase = passphrase::ask(order.passphrase.as_deref(), passphrase::For::Sealing, text)?;
    let mut temporary = order.file.as_os_str().to_owned();
    temporary.push(".new");
    let temporary = PathBuf::from(temporary);
    let written = write(&order.desk, communities, &temporary, &passphrase);
    if let Err(why) = written {
        // What is half written opens nowhere; it need not lie about.
        let _ = fs::remove_file(&temporary);
        return Err(Trouble::Failed(why));
    }
    fs::rename(&temporary, &order.file).map_err(named(&order.file))?;
    let said = text.pick(
        "已备份。口令丢失则无法恢复；请与备份分开保存。",
        "The backup is written. Without the passphrase nobody opens it: keep the two apart.",
    );
    Ok(sink::write(None, format!("{}: {said}\n", order.file.display()))?)
}

fn write(desk: &Path, communities: usize, file: &Path, passphrase: &str) -> Result<(), String> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let output = options.open(file).map_err(named(file))?;
    let mut sealer = Sealer::new(BufWriter::new(output), passphrase)?;
    // A copy of a store lies beside it for a moment, as open as the store itself.
    let copy = desk.join("backup.new");
    let open = |path: &Path| SqliteStore::open(path).map_err(named(path));
    // All are held before the first is copied: nothing is written meanwhile.
    let own = open(&there(desk.join(folder::PHONE_FILE))?)?;
    let stores: Result<Vec<SqliteStore>, String> =
        (0..communities).map(|slot| open(&there(folder::community_file(desk, slot))?)).collect();
    put_store(&mut sealer, &own, folder::PHONE_FILE, &copy)?;
    for (slot, store) in stores?.iter().enumerate() {
        put_store(&mut sealer, store, &format!("community-{slot}.db"), &copy)?;
        put_file(&mut sealer, &folder::key_file(desk, slot), &format!("keys/{slot}.key"))?;
    }
    for name in BESIDE {
        let path = desk.join(name);
        if path.exists() {
            put_file(&mut sealer, &path, name)?;
        }
    }
    let output = sealer.finish()?.into_inner().map_err(|error| error.to_string())?;
    output.sync_all().map_err(named(file))
}

fn there(path: PathBuf) -> Result<PathBuf, String> {
    if path.exists() { Ok(path) } else { Err(format!("{}: no such file", path.display())) }
}

/// Puts a copy of an open store: nobody else can have it open meanwhile.
fn put_store(
    sealer: &mut Sealer<BufWriter<File>>,
    store: &SqliteStore,
    name: &str,
    copy: &Path,
) -> Result<(), String> {
    if copy.exists() {
        // Of a backup that was cut off.
        fs::remove_file(copy).map_err(named(copy))?;
    }
    let put = store.copy_to(copy).map_err(named(copy)).and_then(|()| {
        let file = File::open(copy).map_err(named(copy))?;
        let length = file.metadata().map_err(named(copy))?.len();
        let length = usize::try_from(length).map_err(|error| error.to_string())?;
        put(sealer, name, length, BufReader::new(file))
    });
    let removed = fs::remove_file(copy).map_err(named(copy));
    put.and(removed)
}

/// Puts a small file as it is.
fn put_file(sealer: &mut Sealer<BufWriter<File>>, path: &Path, name: &str) -> Result<(), String> {
    let bytes = zeroize::Zeroizing::new(fs::read(path).map_err(named(path))?);
    put(sealer, name, bytes.len(), bytes.as_slice())
}

/// Puts one file: length of its name, name, length, bytes.
fn put(
    sealer: &mut Sealer<BufWriter<File>>,
    name: &str,
    length: usize,
    mut bytes: impl Read,
) -> Result<(), String> {
    let name_length = u8::try_from(name.len()).map_err(|error| error.to_string())?;
    sealer.write(&[name_length])?;
    sealer.write(name.as_bytes())?;
    sealer.write(&u64::try_from(length).unwrap_or(u64::MAX).to_be_bytes())?;
    let copied = std::io::copy(&mut bytes, sealer).map_err(|error| error.to_string())?;
    let whole = u64::try_from(length).is_ok_and(|length| length == copied);
    if whole { Ok(()) } else { Err(format!("{name} changed while it was copied")) }
}

/// Makes the desk anew from a backup.
pub(crate) fn restore(order: &Order, text: &Text) -> Result<(), Trouble> {
    let there = fs::read_dir(&order.desk).is_ok_and(|mut entries| entries.next().is_some());
    if there {
        let said = text.pick(
            "里已有东西，请换一个空目录",
            "is not empty; a desk is restored into a new folder",
        );
        return Err(Trouble::Usage(format!("{}: {said}", order.desk.display())));
    }
    let input = File::open(&order.file).map_err(named(&order.file))?;
    let passphrase = passphrase::ask(order.passphrase.as_deref(), passphrase::For::Opening, text)?;
    let mut opener =
        Opener::new(BufReader::new(input), &passphrase).map_err(|error| error.say(text))?;
    let mut wanted = order.desk.as_os_str().to_owned();
    wanted.push(".restoring");
    let wanted = PathBuf::from(wanted);
    if wanted.exists() {
        // Of a restoring that was cut off: nobody has used it.
        fs::remove_dir_all(&wanted).map_err(named(&wanted))?;
    }
    let unpacked = unpack(&mut opener, &wanted, text).and_then(|()| mark(&wanted));
    if let Err(why) = unpacked {
        let _ = fs::remove_dir_all(&wanted);
        return Err(Trouble::Failed(why));
    }
    let _ = fs::remove_dir(&order.desk);
    fs::rename(&wanted, &order.desk).map_err(named(&order.desk))?;
    let said = text.pick(
        "已恢复，现在只能查看。请运行 linli sync：读完日志、核对无误后才能办事。旧办公桌从此不可再用。",
        "Restored; it can only be read for now. Run linli sync: once it has read the log to its end \
         and nothing it wrote is missing, it goes on. The old desk must never be used again.",
    );
    Ok(sink::write(None, format!("{}: {said}\n", order.desk.display()))?)
}

/// Unpacks into a folder that only this user reads.
fn unpack(opener: &mut Opener<BufReader<File>>, to: &Path, text: &Text) -> Result<(), String> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.recursive(true).create(to).map_err(named(to))?;
    builder.create(to.join("keys")).map_err(named(to))?;
    loop {
        let mut length = [0; 1];
        if !opener.fill(&mut length).map_err(|error| error.say(text))? {
            return Ok(());
        }
        let mut name = vec![0; usize::from(length[0])];
        let mut size = [0; 8];
        let whole = opener.fill(&mut name).and_then(|_| opener.fill(&mut size));
        whole.map_err(|error| error.say(text))?;
        let name = String::from_utf8(name).ok().filter(|name| is_known(name));
        let name = name.ok_or_else(|| sealed::Fault::Damaged.say(text))?;
        let path = to.join(&name);
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.mode(0o600);
        }
        let file = options.open(&path).map_err(named(&path))?;
        let mut file = BufWriter::new(file);
        opener.copy(u64::from_be_bytes(size), &mut file).map_err(|error| error.say(text))?;
        file.flush().map_err(named(&path))?;
        file.get_ref().sync_all().map_err(named(&path))?;
    }
}

/// Tells whether a file belongs to a desk: nothing is written anywhere else.
fn is_known(name: &str) -> bool {
    let number = |text: Option<&str>| {
        text.and_then(|text| text.parse::<usize>().ok()).is_some_and(|n| n < COMMUNITIES_MAX)
    };
    name.len() <= NAME_BYTES_MAX
        && (name == folder::PHONE_FILE
            || BESIDE.contains(&name)
            || number(name.strip_prefix("community-").and_then(|rest| rest.strip_suffix(".db")))
            || number(name.strip_prefix("keys/").and_then(|rest| rest.strip_suffix(".key"))))
}

/// Marks every community as restored: before anything else can open it.
fn mark(desk: &Path) -> Result<(), String> {
    let communities = folder::communities(desk).map_err(|error| error.to_string())?.len();
    for slot in 0..communities {
        let mut replica = folder::open(desk, slot, None).map_err(|error| error.to_string())?;
        replica.mark_restored().map_err(|error| error.to_string())?;
        replica.store().checkpoint().map_err(|error| error.to_string())?;
    }
    Ok(())
}
