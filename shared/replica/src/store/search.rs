//! How rows are found by text: `32501` finds 3-2-501, and words of Chinese have no spaces.
//!
//! Text is cut into runs of letters and digits, plain ones (ASCII) and others apart; a hyphen between
//! two of them is dropped, so that codes of units are found however they are typed. A query finds a
//! row if each of its runs stands somewhere within a run of the row. Keepers with an index write each
//! run as its grams, of three characters where they are plain and of two where not, and its shorter
//! ends: a run of the query is then a phrase of grams, or the beginning of one.

/// Most characters of a query that are looked at.
///
/// Longer ones find nothing that these do not find.
const QUERY_CHARS_MAX: usize = 64;

/// Cuts text into runs, in lower case, full-width digits and letters as plain ones.
#[must_use]
pub fn runs(text: &str) -> Vec<String> {
    let mut runs = vec![String::new()];
    let mut before: Option<char> = None;
    let plain = |run: &str| run.is_ascii();
    let mut chars = text.chars().map(narrow).peekable();
    while let Some(char) = chars.next() {
        let joins = char == '-'
            && before.is_some_and(char::is_alphanumeric)
            && chars.peek().is_some_and(|next| next.is_alphanumeric());
        before = Some(char);
        match runs.last_mut() {
            Some(run) if char.is_alphanumeric() => {
                if run.is_empty() || plain(run) == char.is_ascii() {
                    run.extend(char.to_lowercase());
                } else {
                    runs.push(char.to_lowercase().collect());
                }
            }
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

/// Characters of a gram. There are few digits, so that pairs of them would stand in every row;
/// Chinese words have two characters.
const fn size(run: &str) -> usize {
    if run.is_ascii() { 3 } else { 2 }
}

/// Writes a text for an index: the grams of each run, then its shorter ends.
#[must_use]
pub fn grams(text: &str) -> String {
    let mut grams = String::new();
    for run in runs(text) {
        let chars: Vec<char> = run.chars().collect();
        for at in 0..chars.len() {
            grams.extend(chars.iter().skip(at).take(size(&run)));
            grams.push(' ');
        }
    }
    grams
}

/// Writes a query for an index of [`grams`], in the language of FTS5; empty for no query.
#[must_use]
pub fn pattern(query: &[String]) -> String {
    let phrases = query.iter().map(|run| {
        let chars: Vec<char> = run.chars().collect();
        let whole: Vec<String> =
            chars.windows(size(run)).map(|gram| gram.iter().collect()).collect();
        // Shorter than a gram: it begins one, or is an end.
        if whole.is_empty() { format!("\"{run}\"*") } else { format!("\"{}\"", whole.join(" ")) }
    });
    phrases.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_where_letters_and_digits_end() {
        assert_eq!(runs("3-2-501 厨房漏水，100%"), ["32501", "厨房漏水", "100"]);
        assert_eq!(runs("－Ａ座１２０３ - x-"), ["a", "座", "1203", "x"]);
        assert_eq!(runs("  --  "), [""; 0]);
        assert_eq!(grams("漏水了 3-2-50"), "漏水 水了 了 325 250 50 0 ");
        assert_eq!(
            pattern(&query("漏水了 水 3250 32")),
            "\"32\"* \"325 250\" \"水\"* \"漏水 水了\""
        );
    }

    #[test]
    fn a_query_finds_what_holds_all_its_runs() {
        let text = "3-2-501 主管漏水 burst";
        for found in ["32501", "3-2-501", "2-50", "漏水", "管漏", "水 BUR", "", "３-２", "1漏"]
        {
            assert!(finds(&query(found), text), "{found}");
        }
        for missed in ["3250 1x", "水漏", "漏水 gas"] {
            assert!(!finds(&query(missed), text), "{missed}");
        }
    }
}
