//! How the day ends: a lie that was caught, or all phones compared.

use std::{path::PathBuf, time::Duration};

use super::{
    Step,
    day::{End, FOUNDER, LIN, Village, WANG, ZHOU},
    fen::{self, Altered},
    lie::Lie,
    summary::{self, Compared},
};

impl Village<'_> {
    pub(super) fn is_caught(&mut self) -> Step<bool> {
        let Some(lie) = self.lie else { return Ok(false) };
        let screen = self.phone(LIN)?.look()?;
        Ok(screen.alarms.iter().any(|alarm| alarm.word == lie.named()))
    }

    /// A phone has named the lie: says which, where, and whose pack shows it.
    pub(super) fn caught(&mut self) -> Step<End> {
        for at in 0..self.phones.len() {
            let phone = self.phone(at)?;
            let (who, screen) = (phone.who.clone(), phone.look()?);
            if screen.alarms.is_empty() {
                continue;
            }
            self.teller.screen(&who, &screen);
            for alarm in screen.alarms {
                let device = alarm.device.unwrap_or_else(|| "?".to_owned());
                let (word, seq, detail) = (&alarm.word, alarm.seq, &alarm.detail);
                self.teller.say(
                    &format!(
                        "{who}抓到谎言：{word}，seq {seq}，设备 {device}（{}）",
                        alarm.sentence
                    ),
                    &format!("CAUGHT by {who}: {word} at seq {seq}, device {device} — {detail}"),
                );
                self.teller.summary(serde_json::json!({
                    "caught_by": who, "lie": alarm.word, "seq": alarm.seq, "device": device,
                }));
            }
        }
        Ok(End::Caught)
    }

    pub(super) fn end(mut self, took: Duration) -> Step<End> {
        if let Some(lie) = self.lie.filter(|lie| *lie != Lie::Fen) {
            let told = self.phone(LIN)?.proxy.told();
            let word = lie.word();
            match told {
                None => self.teller.say(
                    &format!("谎言 {word} 没有碰上"),
                    &format!("the lie {word} was never met"),
                ),
                Some(told) => self.teller.say(
                    &format!("谎言 {word}（seq {}）没有被发现", told.seq),
                    &format!("the lie {word} at seq {} was not noticed", told.seq),
                ),
            }
            self.teller.summary(serde_json::json!({ "never_met": told.is_none() }));
            return Ok(if told.is_none() { End::Agreed } else { End::Disagreed });
        }
        // Everybody has read to the same end before the phones are compared.
        let last = self.phone(FOUNDER)?.look()?.seq;
        for at in 0..self.phones.len() {
            self.phone(at)?.wait("the log is read to its end", |screen| {
                let sent = screen.unsent == 0 && screen.handed_over == 0;
                screen.seq >= last && sent && !screen.reading
            })?;
        }
        for phone in &mut self.phones {
            phone.switch_off()?;
        }
        let altered = if self.lie == Some(Lie::Fen) { Some(self.alter()?) } else { None };
        let wire: Vec<u8> = self.phones.iter().flat_map(|p| p.proxy.captured()).collect();
        let folders: Vec<(String, PathBuf)> =
            self.phones.iter().map(|p| (p.who.clone(), p.folder.clone())).collect();
        let office = [FOUNDER, WANG, ZHOU].map(|at| self.phone(at).map(|phone| phone.who.clone()));
        let office = office.into_iter().collect::<Step<Vec<String>>>()?;
        let relay = self.folder.join("relay");
        let found = summary::tell(&folders, &office, (&relay, &wire), took, self.teller)?;
        let Some(altered) = altered else {
            return Ok(if found.agree() { End::Agreed } else { End::Disagreed });
        };
        let zhou = self.phone(ZHOU)?.who.clone();
        if !is_alone(&altered, &zhou, &found) {
            self.teller.say(
                "改过的收据没有被发现，或者别处也不一致",
                "the altered receipt was not noticed, or something else differs as well",
            );
            return Ok(End::Disagreed);
        }
        let (word, number) = (Lie::Fen.named(), altered.number);
        self.teller.say(
            &format!("周调度的手机抓到改动：{word}，收据 {number}"),
            &format!("CAUGHT by Zhou: {word}, receipt {number}"),
        );
        self.teller
            .summary(serde_json::json!({ "caught_by": "Zhou", "lie": word, "receipt": number }));
        Ok(End::Caught)
    }

    /// Alters a receipt in the files of a phone that is off.
    fn alter(&mut self) -> Step<Altered> {
        let folder = self.phone(ZHOU)?.folder.clone();
        let altered = fen::alter(&folder)?;
        let number = &altered.number;
        self.teller.step(
            &format!("有人在周调度的手机里把收据 {number} 改了一分"),
            &format!("Somebody alters receipt {number} by a fen in the files of Zhou's phone"),
        );
        Ok(altered)
    }
}

/// What differs is the altered receipt on that phone, with what is folded from it and that phone's books, and
/// nothing else anywhere.
fn is_alone(altered: &Altered, who: &str, found: &Compared) -> bool {
    let rows: Vec<_> = found.altered.iter().collect();
    let [(phone, rows)] = rows[..] else { return false };
    let alone = rows.contains(&altered.fact) && rows.is_subset(&altered.folded);
    let books: Vec<&str> = found.other_books.iter().map(String::as_str).collect();
    phone == who && alone && books == [who] && found.rest
}
