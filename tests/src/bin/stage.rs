//! The stage for players in other languages: a relay, cables to it, and the stories.
//!
//! Reads commands, a line each, and answers each with a line, until its input ends:
//!
//! | command | answer |
//! |---|---|
//! | `relay` | the relay's address, as a URL |
//! | `token` | what founding takes there |
//! | `cable` | a new cable's address, as a URL; cables are numbered from 0 |
//! | `cut N`, `mend N` | `done` |
//! | `photo FILE` | `done`; the photo that stands before a camera is in the file |
//! | `story NAME LANGUAGE` | the story as JSON; each word also as that language says it |
//!
//! Usage: `stage FOLDER`, where the relay keeps its log.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a program of the tests")]

use std::{
    io::{BufRead as _, Write as _},
    net::SocketAddr,
};

use linli_app::words::Language;
use linli_relay::{
    Relay,
    settings::{Asked, Settings},
};
use linli_tests::{
    TOKEN,
    cable::Cable,
    flows::{
        photo, read_all,
        story::{Story, Verb},
        tongue::Tongue,
    },
};
use serde_json::{Value, json};

fn main() {
    let folder = std::env::args().nth(1).unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let relay = runtime.block_on(start(&folder));
    let mut cables = Vec::new();
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        let words: Vec<_> = line.split(' ').collect();
        let answer = answer(&words, relay.address(), &mut cables);
        println!("{answer}");
        std::io::stdout().flush().unwrap();
    }
}

async fn start(folder: &str) -> Relay {
    let arguments = ["--listen", "127.0.0.1:0", "--operator-token", TOKEN, "--data", folder];
    let arguments = arguments.map(str::to_owned);
    let Ok(Asked::Run(settings)) = Settings::read(&arguments, |_| None) else {
        unreachable!("these settings are right")
    };
    Relay::start(*settings).await.unwrap()
}

fn answer(words: &[&str], relay: SocketAddr, cables: &mut Vec<Cable>) -> String {
    let cable = |number: &str| -> &Cable { cables.get(number.parse::<usize>().unwrap()).unwrap() };
    match words {
        ["relay"] => format!("http://{relay}"),
        ["token"] => TOKEN.to_owned(),
        ["cable"] => {
            let cable = Cable::lay(relay).unwrap();
            let address = format!("http://{}", cable.address);
            cables.push(cable);
            address
        }
        ["cut", number] => {
            cable(number).cut();
            "done".to_owned()
        }
        ["mend", number] => {
            cable(number).mend();
            "done".to_owned()
        }
        ["photo", file] => {
            std::fs::write(file, photo()).unwrap();
            "done".to_owned()
        }
        ["story", name, language] => {
            let language = if *language == "en" { Language::En } else { Language::Zh };
            told(read_all().unwrap().get(*name).unwrap(), &Tongue::of(language)).to_string()
        }
        _ => unreachable!("no such command: {words:?}"),
    }
}

fn told(story: &Story, tongue: &Tongue) -> Value {
    let people = story.people.iter().map(|one| {
        let (role, scope) = one.terms.clone().unzip();
        json!({ "name": one.name, "role": role, "scope": scope, "undo_ms": one.undo_ms })
    });
    let steps = story.steps.iter().map(|step| {
        let verb = Verb::ALL.iter().find(|(verb, ..)| *verb == step.verb).unwrap().1;
        let called = step.words.iter().map(|word| tongue.say(word)).collect::<Vec<_>>();
        json!({ "who": step.who, "verb": verb, "words": step.words, "called": called })
    });
    let (people, steps) = (people.collect::<Vec<_>>(), steps.collect::<Vec<_>>());
    json!({ "people": people, "fees": story.fees, "steps": steps })
}
