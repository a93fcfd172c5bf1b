//! The little XML that is written: elements with texts.

/// Begins a document.
pub(super) const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// Writes a text so that it is only a text; what XML cannot hold at all is left out.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            '\t' | '\n' | '\r' => escaped.push(char),
            _ if char.is_control() || matches!(char, '\u{fffe}' | '\u{ffff}') => {}
            _ => escaped.push(char),
        }
    }
    escaped
}

/// Writes an element with a text, or an empty one.
pub(super) fn element(name: &str, text: Option<&str>) -> String {
    match text {
        Some(text) => format!("    <{name}>{}</{name}>\n", escape(text)),
        None => format!("    <{name}/>\n"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_stays_a_text() {
        assert_eq!(
            element("description", Some("门<b>坏</b> & \"响\" it's\u{1}\u{ffff}\n]]>")),
            "    <description>门&lt;b&gt;坏&lt;/b&gt; &amp; &quot;响&quot; it&apos;s\n]]&gt;\
             </description>\n"
        );
        assert_eq!(element("zipcode", None), "    <zipcode/>\n");
    }
}
