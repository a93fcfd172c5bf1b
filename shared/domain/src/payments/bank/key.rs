//! What a line is known by, in every export that holds it.

use std::{collections::BTreeMap, fmt};

use super::StatementLine;
use crate::kernel::{Day, Fen, plain};

/// Most characters of an account's name.
const ACCOUNT_CHARS_MAX: usize = 20;

/// The name that a community gives to one of its accounts; empty where it has one of each channel.
///
/// Two accounts may have one serial on one day, so lines of one are never taken for the other's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account(String);

impl Account {
    /// Takes a name: letters and digits of any script, at most twenty.
    #[must_use]
    pub fn new(name: &str) -> Option<Self> {
        let fits = name.chars().count() <= ACCOUNT_CHARS_MAX && !name.is_empty();
        (fits && name.chars().all(char::is_alphanumeric)).then(|| Self(name.to_owned()))
    }
}

/// What a line is known by: `bank/+/2026-03-01/210.02/1/SERIAL` with a serial, else
/// `bank/-/2026-03-01/210.02/BALANCE/1/PARTY`; `bank:NAME/…` of an account with a name.
///
/// The last part is the only one that may hold a slash, so that no two lines share a key by their
/// texts. It begins with a word, so that no spreadsheet makes a number of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key(String);

impl Key {
    /// Takes a key as it was stored.
    #[must_use]
    pub fn stored(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// Returns it as it is stored.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What equal lines have in common.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Base {
    Serial(String, Day, Fen),
    /// Day, sum, balance, party.
    Content(Day, Fen, Option<Fen>, String),
}

impl Base {
    fn of(line: &StatementLine) -> Self {
        match &line.serial {
            Some(serial) => Self::Serial(serial.clone(), line.day, line.amount),
            None => Self::Content(line.day, line.amount, line.balance, plain(&line.party)),
        }
    }

    fn key(&self, account: &Account, line: &StatementLine, ordinal: usize) -> Key {
        let mut channel = line.channel.word().to_owned();
        if *account != Account::default() {
            channel = format!("{channel}:{}", account.0);
        }
        Key(match self {
            Self::Serial(serial, day, sum) => format!("{channel}/+/{day}/{sum}/{ordinal}/{serial}"),
            Self::Content(day, sum, balance, party) => {
                let balance = balance.map(|balance| balance.to_string()).unwrap_or_default();
                format!("{channel}/-/{day}/{sum}/{balance}/{ordinal}/{party}")
            }
        })
    }
}

/// Gives every line of one file its key, in the order of the lines and whatever that order is.
///
/// *With a serial*, two lines with all the same content are one line that stands twice, and have one
/// key; where a bank gave one serial to several lines of one day and sum, they are counted by time,
/// balance, party and text.
///
/// *Without one*, lines of one day, sum, party and balance are counted: both of two equal payments of
/// one day survive, and a later export of that day, which holds the same and more, adds only what is
/// more.
///
/// *What cannot be told apart.* Two exports that each hold another part of one day, with equal lines
/// that have neither serial nor different balances: the second one's are taken for the first one's,
/// and shown as known; the same holds of lines with one serial, day and sum. So a day is exported whole; too little is counted then, never too much. And one
/// account that is exported in two forms, once with and once without serial or balance, has two keys
/// for each line: one form, and one name, for one account.
#[must_use]
pub fn keys(account: &Account, lines: &[StatementLine]) -> Vec<Key> {
    let mut groups: BTreeMap<(Base, &str), Vec<(usize, &StatementLine)>> = BTreeMap::new();
    for (at, line) in lines.iter().enumerate() {
        groups.entry((Base::of(line), line.channel.word())).or_default().push((at, line));
    }
    let mut keys: BTreeMap<usize, Key> = BTreeMap::new();
    for ((base, _), mut group) in groups {
        group.sort_by(|(_, one), (_, other)| content(one).cmp(&content(other)));
        let (mut ordinal, mut last) = (0, None);
        for (at, line) in group {
            let again = matches!(base, Base::Serial(..)) && last == Some(content(line));
            ordinal += usize::from(!again);
            last = Some(content(line));
            keys.insert(at, base.key(account, line, ordinal));
        }
    }
    keys.into_values().collect()
}

/// Everything that tells equal lines apart; the earlier one of a day comes first, so that it keeps its
/// number when the day goes on.
fn content(line: &StatementLine) -> impl Ord + '_ {
    (line.time, line.balance, &line.party, &line.memo, &line.order)
}
