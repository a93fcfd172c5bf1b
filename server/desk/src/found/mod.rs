//! `linli found`: a community from its roster, by this desk alone or with other founders.
//!
//! *Alone* it is a trial. *With others*, the desk is one founder of several: it collects their keys,
//! draws up a draft, collects their signatures and founds; then they come in. What passes between them
//! are texts ([`linli_replica::founding`]) in files.
//!
//! The folder is a phone's: keys and store. Beside them lies the private register, `register.json`,
//! with who stands behind each pseudonym and the secret that made them; it is never sent.

mod arguments;
mod private;
#[cfg(test)]
mod tests;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use linli_app::words::{self, Words};
use linli_domain::registry::{
    FoundingTerms,
    roster::{Roster, totals},
};
use linli_io::{Member, MemberError, SystemChance, clock, keys::write_whole};
use linli_relay::settings::Language;
use linli_replica::{
    AskError, Plan,
    founding::{Draft, Entry, FounderText, Signed},
};

use crate::roster::{self, NotRead, show};
pub(crate) use arguments::{FoundCommand, With, read};

/// Minutes that China Standard Time is ahead of UTC.
const CHINA_OFFSET_MIN: i32 = 480;

/// Why nothing was founded.
#[derive(Debug)]
enum Trouble {
    Roster(PathBuf, NotRead),
    Refused(String),
    Other(String),
}

impl From<AskError> for Trouble {
    fn from(error: AskError) -> Self {
        match error {
            AskError::Refused(word) => Self::Refused(word),
            AskError::Misread(problem) => Self::Other(problem.en()),
            AskError::Failed(error) => Self::Other(error.to_string()),
        }
    }
}

impl From<MemberError> for Trouble {
    fn from(error: MemberError) -> Self {
        Self::Other(error.to_string())
    }
}

/// Does what is asked.
#[expect(clippy::print_stdout, clippy::print_stderr, reason = "a program speaks to its user")]
pub(crate) fn run(command: &FoundCommand, language: Language) -> ExitCode {
    let told = match command {
        FoundCommand::Begin { .. } => begin(command, language),
        FoundCommand::Keys { desk } => keys(desk),
        FoundCommand::Sign { draft, desk } => sign(draft, desk, language),
        FoundCommand::Finish { desk, relay, operator_token, signatures } => {
            finish(desk, relay, operator_token, signatures, language)
        }
        FoundCommand::Enter { charter, desk } => enter(charter, desk, language),
    };
    match told {
        Ok(text) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Err(Trouble::Roster(file, why)) => roster::tell(&file, &why, language),
        Err(Trouble::Refused(word)) => {
            let words = Words::of(match language {
                Language::Zh => words::Language::Zh,
                Language::En => words::Language::En,
            });
            eprintln!("linli found: {}", words.get("refusal", &word));
            ExitCode::FAILURE
        }
        Err(Trouble::Other(why)) => {
            eprintln!("linli found: {why}");
            ExitCode::FAILURE
        }
    }
}

const fn pick<'a>(language: Language, zh: &'a str, en: &'a str) -> &'a str {
    match language {
        Language::Zh => zh,
        Language::En => en,
    }
}

fn read_text(path: &Path) -> Result<String, Trouble> {
    std::fs::read_to_string(path)
        .map_err(|error| Trouble::Other(format!("{}: {error}", path.display())))
}

fn write_text(path: &Path, text: &str) -> Result<(), Trouble> {
    write_whole(path, text.as_bytes())
        .map_err(|error| Trouble::Other(format!("{}: {error}", path.display())))
}

/// Reads the roster, and founds a trial or draws up a draft.
fn begin(command: &FoundCommand, language: Language) -> Result<String, Trouble> {
    let FoundCommand::Begin { roster: file, name, rules, desk, with } = command else {
        return Err(Trouble::Other("not a founding".to_owned()));
    };
    let secret = private::secret(desk).map_err(Trouble::Other)?;
    // The roster first: a bad one leaves nothing behind.
    let roster = roster::open(file, &secret).map_err(|why| Trouble::Roster(file.clone(), why))?;
    let mut member = Member::open(desk)?;
    let mut founders = vec![member.replica.founder_text()?.keys];
    let threshold = match with {
        With::Nobody { .. } => 1,
        With::Others { threshold, founders: count, keys } => {
            for path in keys {
                for text in read_text(path)?.split_whitespace() {
                    founders.push(FounderText::parse(text)?.keys);
                }
            }
            if founders.len() != usize::from(*count) {
                let (there, wanted) = (founders.len(), count);
                return Err(Trouble::Other(format!(
                    "{wanted} founders are named, but there are keys of {there}, this desk's among them"
                )));
            }
            *threshold
        }
    };
    let (name, rules) = (name.clone(), rules.clone());
    let terms = FoundingTerms { name, utc_offset_minutes: CHINA_OFFSET_MIN, rules, founders };
    let draft = Draft::new(terms, roster.stairs(), threshold, &mut SystemChance)?;
    private::keep(desk, &secret, &roster).map_err(Trouble::Other)?;
    match with {
        With::Nobody { relay, operator_token } => {
            let signed = member.replica.sign_draft(&draft)?;
            let plan = Plan::of(draft, &[signed], operator_token.clone())?;
            found(&mut member, desk, &plan, relay, language)
        }
        With::Others { .. } => offer(&draft, desk, &roster, language),
    }
}

/// Writes a draft for the other founders to sign.
fn offer(
    draft: &Draft,
    desk: &Path,
    roster: &Roster,
    language: Language,
) -> Result<String, Trouble> {
    let path = desk.join("draft.txt");
    write_text(&path, &draft.to_text())?;
    let (table, path) = (show::totals(&totals(&roster.stairs()), language), path.display());
    let (threshold, count) = (draft.charter.threshold, draft.charter.founders.len());
    Ok(match language {
        Language::Zh => format!(
            "{table}草案写在 {path}。请把它交给其他发起人签署（手机，或 linli found sign），\n\
             {count} 人中至少 {threshold} 人签署（含本机）后运行 linli found finish。"
        ),
        Language::En => format!(
            "{table}The draft is in {path}. Hand it to the other founders to sign (on a phone, or with\n\
             linli found sign); when {threshold} of {count} have, this desk among them, run linli found \
             finish."
        ),
    })
}

/// Founds by a plan, and tells the relay.
fn found(
    member: &mut Member,
    desk: &Path,
    plan: &Plan,
    relay: &str,
    language: Language,
) -> Result<String, Trouble> {
    Member::list(desk, relay)?;
    member.replica.found(plan, clock::now(), &mut SystemChance)?;
    let (charter, path) = (plan.charter.clone(), desk.join("charter.txt"));
    let entry = Entry { charter, relay: relay.to_owned(), pin: None };
    write_text(&path, &entry.to_text())?;
    match member.talk(relay) {
        Ok(()) => Ok(founded(member, desk, language)),
        Err(error) => Err(Trouble::Other(match language {
            Language::Zh => format!("{error}。本机已建立；请运行 linli found finish 继续。"),
            Language::En => format!("{error}; it stands here: go on with linli found finish"),
        })),
    }
}

/// Says what stands now.
fn founded(member: &Member, desk: &Path, language: Language) -> String {
    let community = member.replica.community().map(|id| id.to_hex()).unwrap_or_default();
    let path = desk.join("charter.txt");
    let path = path.display();
    match language {
        Language::Zh => format!("小区已建立：{community}\n其他发起人凭 {path} 进入。"),
        Language::En => format!("Founded: {community}\nThe other founders come in by {path}."),
    }
}

fn keys(desk: &Path) -> Result<String, Trouble> {
    Ok(Member::open(desk)?.replica.founder_text()?.to_text())
}

/// Shows a draft to its founder, and gives the signature.
#[expect(clippy::print_stderr, reason = "what is signed is shown beside the signature")]
fn sign(draft: &Path, desk: &Path, language: Language) -> Result<String, Trouble> {
    let draft = Draft::parse(&read_text(draft)?)?;
    let mut member = Member::open(desk)?;
    let signed = member.replica.sign_draft(&draft)?;
    let FoundingTerms { name, rules, founders, .. } = &draft.terms;
    let (threshold, count) = (draft.charter.threshold, founders.len());
    eprintln!("{name}  {}: {rules}", pick(language, "规则", "rules"));
    eprintln!("{}: {threshold}/{count}", pick(language, "签署人数", "founders who sign"));
    let own = member.replica.keys().id();
    for founder in founders {
        let own =
            if founder.device == own { pick(language, "（本机）", " (this desk)") } else { "" };
        eprintln!("  {}{own}", founder.device.to_hex());
    }
    eprint!("{}", show::totals(&totals(&draft.stairs), language));
    Ok(signed.to_text())
}

/// Collects signatures and founds; a community that stands already is only told to the relay.
fn finish(
    desk: &Path,
    relay: &str,
    operator_token: &str,
    signatures: &[PathBuf],
    language: Language,
) -> Result<String, Trouble> {
    let mut member = Member::open(desk)?;
    if member.replica.community().is_some() {
        let renewed = member.replica.renew_operator_token(operator_token);
        renewed.map_err(|error| Trouble::Other(error.to_string()))?;
        Member::list(desk, relay)?;
        member.talk(relay)?;
        return Ok(founded(&member, desk, language));
    }
    let draft = Draft::parse(&read_text(&desk.join("draft.txt"))?)?;
    let mut signed = vec![member.replica.sign_draft(&draft)?];
    for path in signatures {
        for text in read_text(path)?.split_whitespace() {
            signed.push(Signed::parse(text)?);
        }
    }
    let plan = Plan::of(draft, &signed, operator_token.to_owned())?;
    found(&mut member, desk, &plan, relay, language)
}

/// Enters a community that another desk or phone founded with this desk among the founders.
fn enter(charter: &Path, desk: &Path, language: Language) -> Result<String, Trouble> {
    let Entry { charter, relay, .. } = Entry::parse(&read_text(charter)?)?;
    let mut member = Member::open(desk)?;
    member.replica.check_entry(&charter)?;
    Member::list(desk, &relay)?;
    member.replica.enter(&charter)?;
    member.talk(&relay)?;
    let standing = member.replica.standing().map_err(|error| Trouble::Other(error.to_string()))?;
    let (name, seq) = (standing.name, standing.seq);
    Ok(match language {
        Language::Zh => format!("已进入 {name}，读到第 {seq} 条。"),
        Language::En => format!("Entered {name}; read up to entry {seq}."),
    })
}
