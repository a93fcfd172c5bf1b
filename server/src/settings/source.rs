//! Where a setting may stand: on the command line, in the environment, in the file.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use super::{KEYS, NUMBERS, SettingsError};

/// All that was said, by key.
pub(super) struct Source<V> {
    flags: BTreeMap<String, String>,
    variable: V,
    file: toml::Table,
    pub(super) new_epoch: bool,
    /// The target, if a backup was asked for.
    pub(super) backup: Option<PathBuf>,
}

fn is_known(key: &str) -> bool {
    KEYS.contains(&key) || NUMBERS.iter().any(|(known, _)| *known == key)
}

impl<V: Fn(&str) -> Option<String>> Source<V> {
    /// Reads the command line and the file that it names; none if help was asked for.
    pub(super) fn read(arguments: &[String], variable: V) -> Result<Option<Self>, SettingsError> {
        let mut flags = BTreeMap::new();
        let (mut config, mut new_epoch, mut backup) = (None, false, None);
        let mut rest = arguments.iter();
        while let Some(flag) = rest.next() {
            let wrong = |why: &str| SettingsError { origin: flag.clone(), why: why.to_owned() };
            let mut value =
                || rest.next().cloned().ok_or_else(|| wrong("needs a value; see --help"));
            match flag.strip_prefix("--") {
                Some("help") => return Ok(None),
                Some("new-epoch") => new_epoch = true,
                Some("config") => config = Some(value()?),
                Some(key) if is_known(key) => {
                    flags.insert(key.to_owned(), value()?);
                }
                _ if flag == "backup" => backup = Some(value()?.into()),
                _ if flag == "-h" => return Ok(None),
                _ => return Err(wrong("unknown flag; see --help")),
            }
        }
        let file = config.as_deref().map_or_else(|| Ok(toml::Table::new()), read_file)?;
        Ok(Some(Self { flags, variable, file, new_epoch, backup }))
    }

    /// Finds a setting and where it came from.
    pub(super) fn pick(&self, key: &str) -> Result<Option<(String, String)>, SettingsError> {
        if let Some(value) = self.flags.get(key) {
            return Ok(Some((format!("--{key}"), value.clone())));
        }
        let in_file = key.replace('-', "_");
        let name = format!("LINLI_RELAY_{}", in_file.to_uppercase());
        if let Some(value) = (self.variable)(&name) {
            return Ok(Some((name, value)));
        }
        let origin = format!("{in_file} in the file");
        match self.file.get(&in_file) {
            None => Ok(None),
            Some(toml::Value::String(value)) => Ok(Some((origin, value.clone()))),
            Some(toml::Value::Integer(value)) => Ok(Some((origin, value.to_string()))),
            Some(_) => Err(SettingsError { origin, why: "a text or a number stands here".into() }),
        }
    }
}

fn read_file(path: &str) -> Result<toml::Table, SettingsError> {
    let wrong = |why: String| SettingsError { origin: path.to_owned(), why };
    let text = std::fs::read_to_string(Path::new(path)).map_err(|why| wrong(why.to_string()))?;
    let file: toml::Table = toml::from_str(&text).map_err(|why| wrong(why.to_string()))?;
    match file.keys().find(|key| key.contains('-') || !is_known(&key.replace('_', "-"))) {
        Some(key) => Err(wrong(format!("unknown setting {key}; see --help"))),
        None => Ok(file),
    }
}
