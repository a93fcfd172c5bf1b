//! Tells the day, as text or as data.

use linli_relay::settings::Language;
use serde_json::{Value, json};

use super::{
    phone::Trouble,
    screen::{Screen, ScreenRow},
};

/// Tells what happens.
pub(crate) struct Teller {
    language: Language,
    json: bool,
    steps: Vec<Value>,
    end: Value,
}

#[expect(clippy::print_stdout, reason = "the village tells its day")]
fn tell(line: &str) {
    println!("{line}");
}

impl Teller {
    pub(crate) const fn new(language: Language, json: bool) -> Self {
        Self { language, json, steps: Vec::new(), end: Value::Null }
    }

    /// Picks the text of the language.
    pub(crate) const fn pick<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        match self.language {
            Language::Zh => zh,
            Language::En => en,
        }
    }

    /// Tells a step of the day.
    pub(crate) fn step(&mut self, zh: &str, en: &str) {
        let text = self.pick(zh, en).to_owned();
        if !self.json {
            tell(&format!("\n— {text}"));
        }
        self.steps.push(json!({ "step": text, "screens": [] }));
    }

    /// Tells a line in the language of the day.
    pub(crate) fn say(&self, zh: &str, en: &str) {
        self.line(self.pick(zh, en));
    }

    /// Tells a remark.
    pub(crate) fn remark(&mut self, zh: &str, en: &str) {
        let text = self.pick(zh, en).to_owned();
        if !self.json {
            tell(&format!("    {text}"));
        }
        self.steps.push(json!({ "remark": text }));
    }

    /// Shows a phone's screen.
    pub(crate) fn screen(&mut self, who: &str, screen: &Screen) {
        if !self.json {
            for line in lines(screen, self.language) {
                tell(&format!("    {who:<8} {line}"));
            }
        }
        let shown = json!({ "phone": who, "screen": screen });
        let last = self.steps.iter_mut().rev().find_map(|step| step.get_mut("screens"));
        if let Some(Value::Array(screens)) = last {
            screens.push(shown);
        }
    }

    /// Tells a line of the summary.
    pub(crate) fn line(&self, line: &str) {
        if !self.json {
            tell(line);
        }
    }

    /// Keeps the summary as data.
    pub(crate) fn summary(&mut self, summary: Value) {
        self.end = summary;
    }

    pub(crate) fn trouble(&mut self, trouble: &Trouble) {
        let text = trouble.to_string();
        self.line(&format!("\n!!! {text}"));
        self.end = json!({ "trouble": text });
    }

    /// Ends the telling.
    pub(crate) fn finish(&self, code: u8) {
        if self.json {
            let all = json!({ "steps": self.steps, "summary": self.end, "exit": code });
            tell(&serde_json::to_string_pretty(&all).unwrap_or_default());
        }
    }
}

fn lines(screen: &Screen, language: Language) -> Vec<String> {
    let mut lines = Vec::new();
    let zh = language == Language::Zh;
    if screen.phase != "Member" {
        let code = screen.code.as_ref().map_or(String::new(), |code| format!("  [{code}]"));
        lines.push(format!("{}{code}", screen.phase_text));
    }
    for row in &screen.rows {
        lines.push(row_line(row, screen, zh));
    }
    if let Some(detail) = &screen.detail
        && screen.rows.iter().any(|row| row.id == detail.id && row.conflict)
    {
        for step in detail.steps.iter().filter(|step| step.stands) {
            let note = step.note.as_ref().map_or(String::new(), |note| format!(": {note}"));
            let time = clock(step.at_ms);
            lines.push(format!("   ▸ {} — {}, {time}{note}", step.status_text, step.role_text));
        }
    }
    if screen.unsent > 0 {
        lines.push(if zh {
            format!("{} 条未送出", screen.unsent)
        } else {
            format!("{} not sent", screen.unsent)
        });
    }
    if !screen.set_aside.is_empty() {
        lines.push(if zh {
            format!("{} 条待复核", screen.set_aside.len())
        } else {
            format!("{} set aside for review", screen.set_aside.len())
        });
    }
    for alarm in &screen.alarms {
        let device = alarm.device.as_ref().map_or("-", |device| device.get(..8).unwrap_or("-"));
        lines.push(format!("⛔ {} (seq {}, {device})", alarm.sentence, alarm.seq));
    }
    if let Some(toast) = &screen.toast {
        lines.push(format!("✋ {toast}"));
    }
    if lines.is_empty() {
        lines.push(if zh { "（没有报修）".to_owned() } else { "(no repairs)".to_owned() });
    }
    lines
}

/// One repair: where, what, how it stands, and what is to be known of it at a glance.
fn row_line(row: &ScreenRow, screen: &Screen, zh: bool) -> String {
    let said = |says: bool, zh_text: &str, en_text: &str| match (says, zh) {
        (true, true) => format!("  {zh_text}"),
        (true, false) => format!("  {en_text}"),
        (false, _) => String::new(),
    };
    let photos = if row.photos > 0 { format!("  📷{}", row.photos) } else { String::new() };
    let detail = screen.detail.as_ref().filter(|detail| detail.id == row.id);
    let takes = detail.is_some_and(|detail| !detail.merged.is_empty());
    let marks = [
        said(row.late, "⏰ 超时", "⏰ late"),
        photos,
        said(row.merged_into.is_some(), "↪ 已并入另一条", "↪ merged into another"),
        said(takes, "↩ 并入了另一条", "↩ another is merged into it"),
        said(detail.is_some_and(|d| d.on_behalf.is_some()), "代报", "on behalf"),
        said(
            row.conflict,
            &format!("⚠ {} 个版本", row.versions),
            &format!("⚠ {} versions", row.versions),
        ),
        said(row.pending, "·已存在本机", "·saved here"),
    ];
    let (place, class, status) = (&row.place, &row.class, &row.status_text);
    format!("{place:<6} {class:<6} {status}  «{}»{}", row.excerpt, marks.concat())
}

/// The time of day at China Standard Time.
fn clock(at_ms: i64) -> String {
    let minutes = at_ms.div_euclid(60_000) + 480;
    let minute_of_day = minutes.rem_euclid(24 * 60);
    format!("{:02}:{:02}", minute_of_day / 60, minute_of_day % 60)
}
