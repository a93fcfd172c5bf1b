//! Where the office writes: to the terminal, or into a file that is there whole or not at all.

use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use super::{Trouble, text::Text};

/// Where something is written.
#[derive(Debug)]
pub(crate) enum Sink {
    Terminal,
    File { file: BufWriter<File>, temporary: Temporary, path: PathBuf },
}

/// The name of a file that is not whole yet; what has it goes with it.
#[derive(Debug)]
pub(crate) struct Temporary {
    path: PathBuf,
    renamed: bool,
}

impl Temporary {
    /// Gives the file the name it is to have.
    fn rename(mut self, path: &Path) -> io::Result<()> {
        fs::rename(&self.path, path)?;
        self.renamed = true;
        Ok(())
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if !self.renamed {
            // What went wrong is told already.
            let _ = fs::remove_file(&self.path);
        }
    }
}

fn named(path: &Path) -> impl Fn(io::Error) -> String {
    move |error| format!("{}: {error}", path.display())
}

/// The name under which a file is written until it is whole.
fn temporary(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    name.into()
}

impl Sink {
    pub(crate) fn open(path: Option<&Path>) -> Result<Self, String> {
        let Some(path) = path else { return Ok(Self::Terminal) };
        if path.is_dir() {
            return Err(named(path)(io::ErrorKind::IsADirectory.into()));
        }
        let name = temporary(path);
        let file = File::create(&name).map_err(named(&name))?;
        let temporary = Temporary { path: name, renamed: false };
        Ok(Self::File { file: BufWriter::new(file), temporary, path: path.to_owned() })
    }

    pub(crate) fn write(&mut self, bytes: impl AsRef<[u8]>) -> Result<(), String> {
        let bytes = bytes.as_ref();
        match self {
            Self::Terminal => match io::stdout().write_all(bytes) {
                // Whoever reads only the beginning has what they wanted.
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
                other => other.map_err(|error| error.to_string()),
            },
            Self::File { file, temporary, .. } => {
                file.write_all(bytes).map_err(named(&temporary.path))
            }
        }
    }

    /// Ends the writing; a file takes its name only now.
    pub(crate) fn finish(self) -> Result<(), String> {
        let Self::File { mut file, temporary, path } = self else { return Ok(()) };
        let synced = file.flush().and_then(|()| file.get_ref().sync_all());
        // Some systems rename and remove only what is closed.
        drop(file);
        synced.map_err(named(&temporary.path))?;
        temporary.rename(&path).map_err(named(&path))
    }
}

/// Writes a text to a file, or to the terminal.
pub(crate) fn write(path: Option<&Path>, text: impl AsRef<[u8]>) -> Result<(), String> {
    let mut sink = Sink::open(path)?;
    sink.write(text)?;
    sink.finish()
}

/// Makes sure that what is written is none of the files that are read, and no folder.
///
/// # Errors
/// What `-o` names instead, and what to do.
pub(crate) fn check(output: Option<&Path>, read: &[&Path], text: &Text) -> Result<(), Trouble> {
    let Some(output) = output else { return Ok(()) };
    let name = output.display();
    let refused = |zh: &str, en: &str| Err(Trouble::Usage(text.pick(zh, en).to_owned()));
    if output.is_dir() {
        return refused(
            &format!("-o 指的“{name}”是一个文件夹，请写出文件名。"),
            &format!("-o names the folder {name}; name a file."),
        );
    }
    // Until it is whole it has another name, which must be nobody's either.
    let written = [place(output), place(&temporary(output))];
    let read: Vec<_> = read.iter().filter_map(|path| place(path)).collect();
    if written.iter().flatten().any(|path| read.contains(path)) {
        return refused(
            &format!("-o 指的“{name}”是要读的文件，请另选一个。"),
            &format!("-o names {name}, the file that is read; choose another."),
        );
    }
    Ok(())
}

/// Where a file lies, by whatever way it is named; it need not be there yet.
fn place(path: &Path) -> Option<PathBuf> {
    if let Ok(place) = path.canonicalize() {
        return Some(place);
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new(".")).canonicalize().ok()?;
    Some(folder.join(path.file_name()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names of what lies in a folder.
    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.collect()
    }

    #[test]
    fn a_file_is_there_whole_or_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.csv");
        let mut sink = Sink::open(Some(&path)).unwrap();
        sink.write("half").unwrap();
        drop(sink);
        assert!(names(folder.path()).is_empty(), "it was dropped unfinished");
        let mut sink = Sink::open(Some(&path)).unwrap();
        sink.write("whole").unwrap();
        // Somebody makes a folder of that name meanwhile.
        fs::create_dir(&path).unwrap();
        sink.finish().unwrap_err();
        assert_eq!(names(folder.path()), ["x.csv"], "it could not take its name");
        Sink::open(Some(&path)).unwrap_err();
        assert_eq!(names(folder.path()), ["x.csv"], "a folder is refused at once");
        fs::remove_dir(&path).unwrap();
        write(Some(&path), "whole").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "whole");
        assert_eq!(names(folder.path()), ["x.csv"]);
    }
}
