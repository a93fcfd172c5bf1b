//! The check character of numbers that people copy by hand: ISO 7064, MOD 37,36.

/// The characters of a number, in the order of their values.
const ALPHABET: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// Finds the check character of digits and capital letters; `None` if there is anything else, or
/// nothing.
///
/// It finds every single wrong character and nearly every two neighbours that were swapped.
#[must_use]
pub fn check_character(text: &str) -> Option<char> {
    let mut product = 36_usize;
    for byte in text.bytes() {
        let value = ALPHABET.iter().position(|letter| *letter == byte)?;
        let sum = (product + value) % 36;
        product = if sum == 0 { 36 } else { sum } * 2 % 37;
    }
    let value = (37 - product) % 36;
    ALPHABET.get(value).filter(|_| !text.is_empty()).map(|letter| char::from(*letter))
}

/// Tells whether a text ends with its check character.
#[must_use]
pub fn is_checked(text: &str) -> bool {
    text.char_indices().next_back().is_some_and(|(at, last)| {
        text.get(..at).is_some_and(|body| check_character(body) == Some(last))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_numbers_check() {
        // A Global Release Identifier, from its own standard.
        assert_eq!(check_character("A12425GABC1234002"), Some('M'));
        assert!(is_checked("A12425GABC1234002M"));
    }

    #[test]
    fn every_single_slip_is_found() {
        let right = "KJ3D26110001";
        let check = check_character(right).unwrap();
        for at in 0..right.len() {
            for letter in ALPHABET {
                let mut wrong = right.as_bytes().to_vec();
                if wrong[at] == *letter {
                    continue;
                }
                wrong[at] = *letter;
                let wrong = String::from_utf8(wrong).unwrap();
                assert_ne!(check_character(&wrong), Some(check), "{wrong}");
            }
        }
    }

    #[test]
    fn what_is_no_number_has_none() {
        assert_eq!(check_character(""), None);
        assert_eq!(check_character("kj3d"), None);
        assert!(!is_checked("一"));
    }
}
