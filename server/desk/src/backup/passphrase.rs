//! The passphrase of a backup: from a file, or typed twice; and the key that is made of it.

use std::{
    fs,
    io::{BufRead as _, IsTerminal as _, Write as _},
    path::Path,
    process::Command,
};

use argon2::{Algorithm, Argon2, Params, Version};
use linli_seal::CircleKey;
use zeroize::Zeroizing;

use crate::office::{Trouble, text::Text};

/// Least length of a passphrase in letters: the backup may lie where somebody tries for years. A
/// Chinese character counts as two: there are a hundred times as many.
const LETTERS_MIN: usize = 12;

/// What it costs to try one passphrase.
///
/// Argon2id with 64 MiB and three passes: the second choice of RFC 9106, some tenths of a second on
/// an office computer.
pub(super) const COST: Cost = Cost { memory_kib: 64 * 1024, passes: 3, lanes: 1 };

/// Most memory and passes that a file may ask for: a forged one shall not stop the computer.
const COST_MAX: Cost = Cost { memory_kib: 1024 * 1024, passes: 16, lanes: 16 };

/// The cost of trying a passphrase; it stands in the backup, so that it can rise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cost {
    pub(super) memory_kib: u32,
    pub(super) passes: u32,
    pub(super) lanes: u32,
}

/// What a passphrase is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum For {
    /// A new one is chosen.
    Sealing,
    /// It was chosen before.
    Opening,
}

/// Makes the key; `None` for a cost that no honest file asks for.
pub(super) fn key(passphrase: &str, salt: &[u8; 16], cost: Cost) -> Option<CircleKey> {
    let Cost { memory_kib, passes, lanes } = cost;
    let sound =
        memory_kib <= COST_MAX.memory_kib && passes <= COST_MAX.passes && lanes <= COST_MAX.lanes;
    let params = Params::new(memory_kib, passes, lanes, Some(32)).ok().filter(|_| sound)?;
    let mut key = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.as_bytes(), salt, key.as_mut())
        .ok()?;
    Some(CircleKey::from_bytes(*key))
}

/// Reads the passphrase from a file, or asks for it.
pub(super) fn ask(
    file: Option<&Path>,
    purpose: For,
    text: &Text,
) -> Result<Zeroizing<String>, Trouble> {
    let passphrase = match file {
        Some(path) => {
            let read = fs::read_to_string(path).map(Zeroizing::new);
            let read = read.map_err(|error| format!("{}: {error}", path.display()))?;
            Zeroizing::new(read.trim_end_matches(['\r', '\n']).to_owned())
        }
        None => typed(purpose, text)?,
    };
    let letters: usize = passphrase.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    if purpose == For::Sealing && letters < LETTERS_MIN {
        let said = text.pick(
            "口令至少六个汉字，或十二个字母数字",
            "the passphrase needs at least twelve characters",
        );
        return Err(Trouble::Usage(said.to_owned()));
    }
    Ok(passphrase)
}

fn typed(purpose: For, text: &Text) -> Result<Zeroizing<String>, Trouble> {
    let first = line(text.pick("口令：", "Passphrase: "))?;
    if purpose == For::Sealing {
        let again = line(text.pick("再输一次：", "Once more: "))?;
        if *again != *first {
            let said = text.pick("两次不一样", "the two differ");
            return Err(Trouble::Usage(said.to_owned()));
        }
    }
    Ok(first)
}

/// Reads a line; a terminal does not show it, where it can be told so.
fn line(prompt: &str) -> Result<Zeroizing<String>, String> {
    let terminal = std::io::stdin().is_terminal();
    let echo = |word: &str| {
        if terminal {
            // Where there is no such program the passphrase is seen, and it can still be typed.
            let _ = Command::new("stty").arg(word).status();
        }
    };
    let mut errors = std::io::stderr();
    errors.write_all(prompt.as_bytes()).map_err(|error| error.to_string())?;
    echo("-echo");
    let mut line = Zeroizing::new(String::new());
    let read = std::io::stdin().lock().read_line(&mut line);
    echo("echo");
    if terminal {
        errors.write_all(b"\n").map_err(|error| error.to_string())?;
    }
    read.map_err(|error| error.to_string())?;
    Ok(Zeroizing::new(line.trim_end_matches(['\r', '\n']).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHEAP: Cost = Cost { memory_kib: 64, passes: 1, lanes: 1 };

    #[test]
    fn the_same_words_and_salt_make_the_same_key_and_no_others_do() {
        let made =
            |words, salt: u8, cost| key(words, &[salt; 16], cost).map(|key| key.bytes().to_vec());
        let known = made("correct horse", 1, CHEAP);
        assert!(known.is_some());
        assert_eq!(made("correct horse", 1, CHEAP), known);
        assert_ne!(made("correct horse", 2, CHEAP), known);
        assert_ne!(made("Correct horse", 1, CHEAP), known);
        assert_ne!(made("correct horse", 1, Cost { passes: 2, ..CHEAP }), known);
    }

    #[test]
    fn a_file_that_asks_for_all_memory_is_refused() {
        let greedy = Cost { memory_kib: u32::MAX, ..CHEAP };
        assert!(key("correct horse", &[1; 16], greedy).is_none());
        assert!(key("correct horse", &[1; 16], Cost { passes: 17, ..CHEAP }).is_none());
        assert!(key("correct horse", &[1; 16], Cost { lanes: 0, ..CHEAP }).is_none());
    }
}
