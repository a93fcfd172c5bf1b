//! How a name is written in each language.

/// Words that Kotlin or Swift keep for themselves, and members every type has in one of them.
const KEPT: &[&str] = &[
    "as",
    "break",
    "case",
    "catch",
    "class",
    "companion",
    "continue",
    "default",
    "defer",
    "deinit",
    "do",
    "else",
    "enum",
    "extension",
    "fallthrough",
    "false",
    "for",
    "fun",
    "func",
    "guard",
    "hash",
    "if",
    "import",
    "in",
    "init",
    "inout",
    "interface",
    "internal",
    "is",
    "let",
    "nil",
    "null",
    "object",
    "operator",
    "package",
    "private",
    "protocol",
    "public",
    "repeat",
    "rethrows",
    "return",
    "self",
    "static",
    "struct",
    "subscript",
    "super",
    "switch",
    "this",
    "throw",
    "throws",
    "true",
    "try",
    "type",
    "typealias",
    "typeof",
    "val",
    "var",
    "when",
    "where",
    "while",
];

/// Says why a name in snake_case cannot be used, if it cannot.
pub(crate) fn fault(name: &str) -> Option<&'static str> {
    let first = name.chars().next().is_some_and(|first| first.is_ascii_lowercase());
    let plain = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '_';
    if !first || !name.chars().all(plain) || name.contains("__") || name.ends_with('_') {
        Some("is not in snake_case")
    } else if KEPT.contains(&name) {
        Some("is a word of Kotlin or Swift")
    } else {
        None
    }
}

/// `repairs_title` → `repairsTitle`.
pub(crate) fn camel(name: &str) -> String {
    let mut parts = name.split('_');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |camel, part| camel + &capital(part))
}

/// `repairs_title` → `REPAIRS_TITLE`.
pub(crate) fn screaming(name: &str) -> String {
    name.to_ascii_uppercase()
}

/// `light` → `Light`.
pub(crate) fn capital(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map(|first| first.to_ascii_uppercase().to_string()).unwrap_or_default()
        + chars.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_written_as_each_language_writes_it() {
        assert_eq!(camel("repairs_title"), "repairsTitle");
        assert_eq!(screaming("repairs_title"), "REPAIRS_TITLE");
        assert_eq!(capital("light"), "Light");
    }

    #[test]
    fn a_name_that_one_language_could_not_take_is_refused() {
        for bad in ["", "Title", "two words", "a-b", "1st", "a__b", "a_", "in", "continue"] {
            assert!(fault(bad).is_some(), "{bad}");
        }
        for good in ["back", "repairs_title", "step_2"] {
            assert_eq!(fault(good), None, "{good}");
        }
    }
}
