//! The check character of numbers that people copy by hand (ISO 7064, MOD 37,36).

/// Characters of the system, in the order of their values.
const SIGNS: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// Returns the check character of a text of digits and capital letters; dashes count for nothing.
///
/// It notices every wrong character and nearly every exchange of two that stand together. `None` for a
/// text that is empty or has any other character.
#[must_use]
pub fn check_37_36(text: &str) -> Option<char> {
    let mut rest = 36;
    let mut any = false;
    for char in text.bytes().filter(|char| *char != b'-') {
        let value = SIGNS.iter().position(|sign| *sign == char)?;
        let sum = (rest + value) % 36;
        rest = if sum == 0 { 36 } else { sum } * 2 % 37;
        any = true;
    }
    // What is left has to be 1 once the check character is counted.
    let sign = SIGNS.get((37 - rest) % 36).filter(|_| any)?;
    Some(char::from(*sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_numbers_check() {
        // A Global Release Identifier, from its own standard.
        assert_eq!(check_37_36("A12425GABC1234002"), Some('M'));
    }

    #[test]
    fn every_single_slip_is_found() {
        let right = "KJ3D26110001";
        let check = check_37_36(right).unwrap();
        for at in 0..right.len() {
            for letter in SIGNS {
                let mut wrong = right.as_bytes().to_vec();
                if wrong[at] == *letter {
                    continue;
                }
                wrong[at] = *letter;
                let wrong = String::from_utf8(wrong).unwrap();
                assert_ne!(check_37_36(&wrong), Some(check), "{wrong}");
            }
        }
    }

    #[test]
    fn what_is_no_number_has_none() {
        assert_eq!(check_37_36(""), None);
        assert_eq!(check_37_36("kj3d"), None);
    }
}
