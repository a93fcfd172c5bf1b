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
