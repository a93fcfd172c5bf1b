//! Flags of the office's commands: `--name value`, switches, and what stands alone.

use std::{collections::BTreeMap, path::PathBuf};

/// A command line, taken apart.
#[derive(Debug, Default)]
pub(crate) struct Flags {
    values: BTreeMap<&'static str, String>,
    switches: Vec<&'static str>,
    alone: Vec<String>,
}

impl Flags {
    /// Takes a command line apart; `-o` is short for `--output`, and so is `--out`.
    pub(crate) fn read(
        words: &[String],
        with_value: &[&'static str],
        switches: &[&'static str],
    ) -> Result<Self, String> {
        let mut flags = Self::default();
        let mut rest = words.iter();
        while let Some(word) = rest.next() {
            let name = match word.as_str() {
                "-o" | "--out" => "--output",
                other => other,
            };
            if let Some(known) = with_value.iter().find(|known| **known == name) {
                let value = rest.next().ok_or_else(|| format!("{word} needs a value"))?;
                if flags.values.insert(known, value.clone()).is_some() {
                    return Err(format!("{word} is given twice"));
                }
            } else if let Some(known) = switches.iter().find(|known| **known == name) {
                flags.switches.push(known);
            } else if name.starts_with('-') {
                return Err(format!("unknown flag {word:?}; see linli --help"));
            } else {
                flags.alone.push(word.clone());
            }
        }
        Ok(flags)
    }

    pub(crate) fn take(&mut self, name: &str) -> Option<String> {
        self.values.remove(name)
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.switches.contains(&name)
    }

    /// Takes the folder of the desk.
    pub(crate) fn desk(&mut self) -> Result<PathBuf, String> {
        self.take("--desk")
            .map(PathBuf::from)
            .ok_or_else(|| "--desk needs the desk's folder".into())
    }

    /// Takes the number of the community; the first unless it is said.
    pub(crate) fn community(&mut self) -> Result<usize, String> {
        let Some(number) = self.take("--community") else { return Ok(0) };
        number.parse().map_err(|_| "--community needs a number, from 0".to_owned())
    }

    /// Takes the one word that stands alone.
    pub(crate) fn only(&self, what: &str) -> Result<String, String> {
        match self.alone.as_slice() {
            [one] => Ok(one.clone()),
            _ => Err(format!("exactly one {what} is needed")),
        }
    }

    /// Returns the words that stand alone.
    pub(crate) fn alone(&self) -> &[String] {
        &self.alone
    }

    /// Makes sure that nothing stands alone.
    pub(crate) fn none(&self) -> Result<(), String> {
        match self.alone.first() {
            None => Ok(()),
            Some(word) => Err(format!("{word:?} is one word too many; see linli --help")),
        }
    }
}
