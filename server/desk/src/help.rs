//! `--help`: of all orders, or of those that begin with some words.

use linli_relay::settings::Language;

use crate::{arguments, office, payments, print};

/// Returns the help about the orders that begin with the words; about all of them where none does.
pub(crate) fn text(words: &[String], language: Language) -> String {
    let chapters = match language {
        Language::Zh => [arguments::HELP_ZH, office::HELP_ZH, payments::HELP_ZH, print::HELP_ZH],
        Language::En => [arguments::HELP_EN, office::HELP_EN, payments::HELP_EN, print::HELP_EN],
    };
    // `linli import bank FILE --help` is about `import bank`: the words that no order has are left out.
    for count in (1..=words.len()).rev() {
        let found = about(&chapters, words.get(..count).unwrap_or_default());
        if !found.is_empty() {
            return found;
        }
    }
    chapters.concat()
}

/// Returns the parts of the help that are about orders beginning with the words, each chapter's with what
/// stands over it.
fn about(chapters: &[&str], words: &[String]) -> String {
    let beginning = format!("  linli {}", words.join(" "));
    let is_about = |line: &str| {
        line.strip_prefix(&beginning).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    let mut found = String::new();
    for chapter in chapters {
        let (mut over, mut parts, mut own, mut begun) =
            (String::new(), String::new(), false, false);
        for line in chapter.lines() {
            if line.starts_with("  linli ") {
                (begun, own) = (true, is_about(line));
            }
            let part = if own { &mut parts } else { &mut over };
            if own || !begun {
                part.push_str(line);
                part.push('\n');
            }
        }
        if !parts.is_empty() {
            found.push_str(&over);
            found.push_str(&parts);
        }
    }
    found
}
