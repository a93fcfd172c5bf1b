//! What a payment by bank or wallet is known by: one transfer is recorded once.

use std::borrow::Cow;

/// Returns what a reference is compared by: people type it with blanks and in small letters, banks print it without.
#[must_use]
pub(super) fn key(reference: &str) -> Cow<'_, str> {
    let plain = |letter: char| !letter.is_whitespace() && !letter.is_ascii_lowercase();
    if reference.chars().all(plain) {
        return Cow::Borrowed(reference);
    }
    let letters = reference.chars().filter(|letter| !letter.is_whitespace());
    Cow::Owned(letters.map(|letter| letter.to_ascii_uppercase()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_and_small_letters_make_no_other_reference() {
        assert_eq!(key(" a2026 1127\u{3000}0017 "), "A202611270017");
        assert!(matches!(key("工行0917"), Cow::Borrowed("工行0917")));
        assert_ne!(key("0917"), key("917"));
    }
}
