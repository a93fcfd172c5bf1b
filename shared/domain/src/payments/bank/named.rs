//! Units that a text names: `3-2-501`, `物业费3号楼2单元501室`, `3栋 2单元 501`.

use crate::{kernel::plain, payments::UnitName};

/// Words that a spelling may fall into by blanks: `3号楼 2单元 501 室`.
const WORDS_MAX: usize = 4;

/// Most characters of a text that are looked at: three times what a bank lets a payer write.
const CHARS_MAX: usize = 200;

/// Signs of a code beside letters and digits: those of the marks and prefixes that codes have.
const SIGNS: &str = "-#/号楼幢栋座弄门室地下车位跃层复式底商铺店";

/// Marks after which a code goes on.
const OPEN: &[char] = &['楼', '幢', '栋', '座', '弄', '门', '-', '#'];

/// Marks with which no code begins: what stands before them belongs to it.
const INNER: &str = "号楼幢栋座弄门室-#/";

/// Finds the units of a text that are known.
///
/// A name counts only whole: `2-501` is not found within `3-2-501`, nor `2单元501` after `3号楼`. Of
/// spellings that lie within each other the longest counts. A building that is written in Chinese
/// (东楼) and a name that is no code are found only where the text is nothing else.
pub(super) fn named(text: &str, known: impl Fn(&UnitName) -> bool) -> Vec<UnitName> {
    let mut found: Vec<UnitName> = Vec::new();
    let mut take = |unit: UnitName| {
        if !found.contains(&unit) {
            found.push(unit);
        }
    };
    if let Some(unit) = whole(text, &known) {
        return vec![unit];
    }
    let text: String = text.chars().take(CHARS_MAX).collect();
    for run in runs(&text) {
        let mut from = 0;
        while from < run.len() {
            match longest(&run, from, &known) {
                Some((to, unit)) => {
                    take(unit);
                    from = to;
                }
                None => from += 1,
            }
        }
    }
    found
}

/// The longest code that begins with a word: where it ends, and which it is.
fn longest(
    run: &[String],
    from: usize,
    known: &impl Fn(&UnitName) -> bool,
) -> Option<(usize, UnitName)> {
    let goes_on = from.checked_sub(1).and_then(|before| run.get(before));
    if goes_on.is_some_and(|word| word.ends_with(OPEN) || word.ends_with('号')) {
        return None;
    }
    let code = |text: &str| {
        // Letters and digits alone are no code, and most words are nothing else.
        let signs = !text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if signs { whole(text, &|unit: &UnitName| unit.is_code() && known(unit)) } else { None }
    };
    (1..=WORDS_MAX).rev().find_map(|count| {
        let to = from.checked_add(count)?;
        let joined = run.get(from..to)?.concat();
        // 3-2-501/物业: what is behind the stroke is another word.
        let unit = code(&joined)
            .or_else(|| joined.split('/').filter(|part| *part != joined).find_map(code))?;
        Some((to, unit))
    })
}

/// Reads a text that is nothing but a name.
fn whole(text: &str, known: &impl Fn(&UnitName) -> bool) -> Option<UnitName> {
    // Without a building or a room it is no code: 2单元501, 3号楼2单元.
    let plain = in_signs(text);
    let rest = plain.trim_start_matches(|char: char| char.is_ascii_digit());
    if rest.starts_with('门') || plain.ends_with(OPEN) {
        return None;
    }
    UnitName::parse(text).filter(|unit| known(unit))
}

/// 门 is another word for 单元, and 元 alone is money.
fn in_signs(text: &str) -> String {
    plain(text).replace("单元", "门")
}

/// Cuts a text into runs of what a code may be made of, each by its blanks.
fn runs(text: &str) -> Vec<Vec<String>> {
    let mut runs: Vec<Vec<String>> = vec![Vec::new()];
    for word in text.split_whitespace() {
        let plain = in_signs(word);
        let mut pieces = plain
            .split(|char: char| !char.is_ascii_alphanumeric() && !SIGNS.contains(char))
            .peekable();
        while let Some(piece) = pieces.next() {
            let trimmed =
                piece.trim_start_matches(|char| INNER.contains(char)).trim_end_matches('/');
            if !trimmed.is_empty()
                && let Some(run) = runs.last_mut()
            {
                run.push(trimmed.to_owned());
            }
            // Another sign ends the run; a blank does not.
            if pieces.peek().is_some() {
                runs.push(Vec::new());
            }
        }
    }
    runs
}
