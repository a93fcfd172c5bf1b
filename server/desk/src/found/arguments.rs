//! What stands after `linli found`.

use std::path::PathBuf;

/// What is asked about founding.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum FoundCommand {
    /// Read a roster, and found a trial or draw up a draft.
    Begin { roster: PathBuf, name: String, rules: String, desk: PathBuf, with: With },
    /// Give this desk's keys to another who drafts.
    Keys { desk: PathBuf },
    /// Sign another's draft.
    Sign { draft: PathBuf, desk: PathBuf },
    /// Collect signatures and found.
    Finish { desk: PathBuf, relay: String, operator_token: String, signatures: Vec<PathBuf> },
    /// Enter what another founded.
    Enter { charter: PathBuf, desk: PathBuf },
}

/// With whom a community is founded.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum With {
    /// With nobody: a trial.
    Nobody { relay: String, operator_token: String },
    /// With other founders, whose keys are in files.
    Others { threshold: u8, founders: u8, keys: Vec<PathBuf> },
}

/// The flags as they stand.
#[derive(Default)]
struct Flags {
    roster: Option<PathBuf>,
    name: Option<String>,
    rules: Option<String>,
    desk: Option<PathBuf>,
    relay: Option<String>,
    operator_token: Option<String>,
    founders: Option<(u8, u8)>,
    trial: bool,
    keys: Vec<PathBuf>,
    signatures: Vec<PathBuf>,
    /// What stands without a flag.
    file: Option<PathBuf>,
}

/// Reads the command line after `found`.
pub(crate) fn read(arguments: &[String]) -> Result<FoundCommand, String> {
    let (step, rest) = match arguments.split_first() {
        Some((step, rest)) if !step.starts_with("--") => (step.as_str(), rest),
        _ => ("", arguments),
    };
    let mut flags = flags(rest)?;
    let desk = flags.desk.take().ok_or("found needs --desk DIR")?;
    let command = match step {
        "" => begin(&mut flags, desk)?,
        "keys" => FoundCommand::Keys { desk },
        "sign" => {
            let draft = flags.file.take().ok_or("found sign needs the draft's file")?;
            FoundCommand::Sign { draft, desk }
        }
        "enter" => {
            let charter = flags.file.take().ok_or("found enter needs the charter's file")?;
            FoundCommand::Enter { charter, desk }
        }
        "finish" => {
            let (relay, operator_token) = relay(&mut flags)?;
            let signatures = std::mem::take(&mut flags.signatures);
            FoundCommand::Finish { desk, relay, operator_token, signatures }
        }
        other => return Err(format!("unknown step {other:?} of found; see linli --help")),
    };
    match left(&flags) {
        Some(flag) => Err(format!("{flag} does not belong here; see linli --help")),
        None => Ok(command),
    }
}

fn begin(flags: &mut Flags, desk: PathBuf) -> Result<FoundCommand, String> {
    let roster = flags.roster.take().ok_or("found needs --roster FILE")?;
    let name = flags.name.take().ok_or("found needs --name NAME")?;
    let rules = flags.rules.take().unwrap_or_else(|| "cn".to_owned());
    if !["cn", "cn-hangzhou"].contains(&rules.as_str()) {
        return Err("--rules needs cn or cn-hangzhou".to_owned());
    }
    let with = match (std::mem::take(&mut flags.trial), flags.founders.take()) {
        (true, None) => {
            let (relay, operator_token) = relay(flags)?;
            With::Nobody { relay, operator_token }
        }
        (false, Some((threshold, founders))) => {
            With::Others { threshold, founders, keys: std::mem::take(&mut flags.keys) }
        }
        _ => return Err("found needs either --trial or --founders K/N".to_owned()),
    };
    Ok(FoundCommand::Begin { roster, name, rules, desk, with })
}

fn relay(flags: &mut Flags) -> Result<(String, String), String> {
    let relay = flags.relay.take().ok_or("founding needs --relay URL")?;
    let token = flags.operator_token.take().ok_or("founding needs --operator-token TOKEN")?;
    Ok((relay, token))
}

/// Names a flag that nobody has taken.
fn left(flags: &Flags) -> Option<&'static str> {
    [
        (flags.roster.is_some(), "--roster"),
        (flags.name.is_some(), "--name"),
        (flags.rules.is_some(), "--rules"),
        (flags.relay.is_some(), "--relay"),
        (flags.operator_token.is_some(), "--operator-token"),
        (flags.founders.is_some(), "--founders"),
        (flags.trial, "--trial"),
        (!flags.keys.is_empty(), "--keys"),
        (!flags.signatures.is_empty(), "--signature"),
        (flags.file.is_some(), "a file"),
    ]
    .into_iter()
    .find_map(|(left, flag)| left.then_some(flag))
}

fn flags(arguments: &[String]) -> Result<Flags, String> {
    let mut flags = Flags::default();
    let mut rest = arguments.iter();
    while let Some(flag) = rest.next() {
        if flag == "--trial" {
            flags.trial = true;
            continue;
        }
        if !flag.starts_with("--") && flags.file.is_none() {
            flags.file = Some(flag.into());
            continue;
        }
        let mut value = || rest.next().cloned().ok_or_else(|| format!("{flag} needs a value"));
        match flag.as_str() {
            "--roster" => flags.roster = Some(value()?.into()),
            "--name" => flags.name = Some(value()?),
            "--rules" => flags.rules = Some(value()?),
            "--desk" => flags.desk = Some(value()?.into()),
            "--relay" => flags.relay = Some(value()?),
            "--operator-token" => flags.operator_token = Some(value()?),
            "--founders" => flags.founders = Some(of_several(&value()?)?),
            "--keys" => flags.keys.push(value()?.into()),
            "--signature" => flags.signatures.push(value()?.into()),
            other => return Err(format!("unknown flag {other:?}; see linli --help")),
        }
    }
    Ok(flags)
}

/// Reads `2/3`.
fn of_several(text: &str) -> Result<(u8, u8), String> {
    let parts = text.split_once('/');
    let parts = parts.and_then(|(k, n)| k.parse().ok().zip(n.parse().ok()));
    match parts {
        Some((threshold, founders)) if threshold >= 2 && threshold <= founders => {
            Ok((threshold, founders))
        }
        _ => Err("--founders needs K/N, such as 2/3; at least two have to sign".to_owned()),
    }
}
