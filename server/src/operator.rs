//! Who may found communities: the operator's tokens.
//!
//! One general token in the settings; more in a file, one a line, read at each founding so that a
//! new one holds at once. `once TOKEN` founds one community: it is handed to whoever prepares it.

use std::{
    io::{self, Read as _},
    path::PathBuf,
};

use linli_wire::Hash;

use crate::{session::same, settings::is_token};

/// Most bytes of the file: some thousand tokens.
const FILE_BYTES_MAX: u64 = 64 * 1024;

/// The operator's tokens.
#[derive(Clone, Debug, Default)]
pub(crate) struct Operator {
    pub(crate) general: Option<String>,
    pub(crate) file: Option<PathBuf>,
}

/// What a token allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Right {
    /// Founding any number of communities.
    Always,
    /// Founding one; the hash tells which token was spent.
    Once(Hash),
}

impl Operator {
    /// Finds what a token allows, comparing it with every token there is in constant time.
    pub(crate) fn right(&self, given: &str) -> io::Result<Option<Right>> {
        let mut right = None;
        let general = self.general.iter().map(|token| (Right::Always, token.clone()));
        for (allows, token) in general.chain(self.listed()?) {
            if same(&token, given) {
                right = right.or(Some(allows));
            }
        }
        Ok(right)
    }

    /// Reads the file.
    pub(crate) fn listed(&self) -> io::Result<Vec<(Right, String)>> {
        let Some(path) = &self.file else { return Ok(Vec::new()) };
        let mut text = String::new();
        std::fs::File::open(path)?.take(FILE_BYTES_MAX).read_to_string(&mut text)?;
        let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line.trim()));
        lines
            .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
            .map(|(at, line)| {
                let (once, token) =
                    line.strip_prefix("once ").map_or((false, line), |token| (true, token.trim()));
                if !is_token(token) {
                    let why = format!("line {at} is no token of 16 visible ASCII characters");
                    return Err(io::Error::new(io::ErrorKind::InvalidData, why));
                }
                let spent = Hash::of(token.as_bytes());
                Ok((if once { Right::Once(spent) } else { Right::Always }, token.to_owned()))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_of_the_file_holds_as_its_line_says() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("tokens");
        let text = "# for the street office\n\nonce one-time-token-1\n  another-general-token\n";
        std::fs::write(&file, text).unwrap();
        let general = Some("the-general-token".to_owned());
        let operator = Operator { general, file: Some(file.clone()) };
        let right = |given: &str| operator.right(given).unwrap();
        assert_eq!(right("the-general-token"), Some(Right::Always));
        assert_eq!(right("another-general-token"), Some(Right::Always));
        assert_eq!(right("one-time-token-1"), Some(Right::Once(Hash::of(b"one-time-token-1"))));
        for wrong in ["once one-time-token-1", "one-time-token-", "", "# for the street office"] {
            assert_eq!(right(wrong), None, "{wrong}");
        }
        std::fs::write(&file, "short\n").unwrap();
        assert!(operator.right("the-general-token").is_err(), "a broken file is told of");
    }

    #[test]
    fn without_tokens_nobody_founds() {
        assert_eq!(Operator::default().right("").unwrap(), None);
    }
}
