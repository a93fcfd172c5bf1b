//! Where the office writes: to the terminal, or into a file that is there whole or not at all.

use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

/// Where something is written.
#[derive(Debug)]
pub(crate) enum Sink {
    Terminal,
    File { file: BufWriter<File>, temporary: PathBuf, path: PathBuf },
}

fn named(path: &Path) -> impl Fn(io::Error) -> String {
    move |error| format!("{}: {error}", path.display())
}

impl Sink {
    pub(crate) fn open(path: Option<&Path>) -> Result<Self, String> {
        let Some(path) = path else { return Ok(Self::Terminal) };
        let mut temporary = path.as_os_str().to_owned();
        temporary.push(".new");
        let temporary = PathBuf::from(temporary);
        let file = File::create(&temporary).map_err(named(&temporary))?;
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
            Self::File { file, temporary, .. } => file.write_all(bytes).map_err(named(temporary)),
        }
    }

    /// Ends the writing; a file takes its name only now.
    pub(crate) fn finish(self) -> Result<(), String> {
        let Self::File { file, temporary, path } = self else { return Ok(()) };
        let file = file.into_inner().map_err(|error| error.to_string())?;
        file.sync_all().map_err(named(&temporary))?;
        fs::rename(&temporary, &path).map_err(named(&path))
    }
}

/// Writes a text to a file, or to the terminal.
pub(crate) fn write(path: Option<&Path>, text: impl AsRef<[u8]>) -> Result<(), String> {
    let mut sink = Sink::open(path)?;
    sink.write(text)?;
    sink.finish()
}
