//! How rows are found by text: `32501` finds 3-2-501, and words of Chinese have no spaces.
//!
//! Text is cut into runs of letters and digits; a hyphen between two of them is dropped, so that
//! codes of units are found however they are typed. A query finds a row if each of its runs stands
//! somewhere within a run of the row. Keepers with an index write each run as its pairs of
//! characters and its last character: a run of the query is then a phrase of pairs.

/// Most characters of a query that are looked at.
///
/// Longer ones find nothing that these do not find.
const QUERY_CHARS_MAX: usize = 64;

/// Cuts text into runs, in lower case, full-width digits and letters as plain ones.
#[must_use]
pub fn runs(text: &str) -> Vec<String> {
    let mut runs = vec![String::new()];
    let mut before: Option<char> = None;
    let mut chars = text.chars().map(narrow).peekable();
    while let Some(char) = chars.next() {
        let joins = char == '-'
            && before.is_some_and(char::is_alphanumeric)
            && chars.peek().is_some_and(|next| next.is_alphanumeric());
        before = Some(char);
        match runs.last_mut() {
            Some(run) if char.is_alphanumeric() => run.extend(char.to_lowercase()),
            Some(run) if !joins && !run.is_empty() => runs.push(String::new()),
            Some(_) | None => {}
        }
    }
    // A lower-case form may hold marks that are neither letter nor digit.
    runs.iter_mut().for_each(|run| run.retain(char::is_alphanumeric));
    runs.retain(|run| !run.is_empty());
    runs
}

/// Full-width forms (`Ａ`, `３`, `－`) lie at a fixed distance from the plain ones.
fn narrow(char: char) -> char {
    match char {
        '\u{ff01}'..='\u{ff5e}' => {
            u32::from(char).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(char)
        }
        other => other,
    }
}

/// Cuts a query into runs.
#[must_use]
pub fn query(text: &str) -> Vec<String> {
    let mut runs = runs(&text.chars().take(QUERY_CHARS_MAX).collect::<String>());
    runs.sort();
    runs.dedup();
    runs
}

/// Tells whether a text is found by a query's runs.
#[must_use]
pub fn finds(query: &[String], text: &str) -> bool {
    let runs = runs(text);
    query.iter().all(|wanted| runs.iter().any(|run| run.contains(wanted.as_str())))
}

/// Writes a text for an index: the pairs of each run, then its last character.
#[must_use]
pub fn grams(text: &str) -> String {
    let mut grams = String::new();
    for run in runs(text) {
        for pair in pairs(&run) {
            grams.push_str(&pair);
            grams.push(' ');
        }
        grams.extend(run.chars().last());
        grams.push(' ');
    }
    grams
}

/// Writes a query for an index of [`grams`], in the language of FTS5; empty for no query.
#[must_use]
pub fn pattern(query: &[String]) -> String {
    let phrases = query.iter().map(|run| {
        let pairs = pairs(run);
        if pairs.is_empty() { format!("\"{run}\"*") } else { format!("\"{}\"", pairs.join(" ")) }
    });
    phrases.collect::<Vec<_>>().join(" ")
}

fn pairs(run: &str) -> Vec<String> {
    let (first, second) = (run.chars(), run.chars().skip(1));
    first.zip(second).map(|(one, two)| [one, two].iter().collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_where_letters_and_digits_end() {
        assert_eq!(runs("3-2-501 厨房漏水，100%"), ["32501", "厨房漏水", "100"]);
        assert_eq!(runs("－Ａ座１２０３ - x-"), ["a座1203", "x"]);
        assert_eq!(runs("  --  "), [""; 0]);
        assert_eq!(grams("漏水了 ab"), "漏水 水了 了 ab b ");
        assert_eq!(pattern(&query("漏水了 水")), "\"水\"* \"漏水 水了\"");
    }

    #[test]
    fn a_query_finds_what_holds_all_its_runs() {
        let text = "3-2-501 主管漏水 burst";
        for found in ["32501", "3-2-501", "2-50", "漏水", "管漏", "水 BUR", "", "３-２"] {
            assert!(finds(&query(found), text), "{found}");
        }
        for missed in ["3250 1x", "水漏", "漏水 gas"] {
            assert!(!finds(&query(missed), text), "{missed}");
        }
    }
}
