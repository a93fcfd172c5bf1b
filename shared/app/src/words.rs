//! The words of the screens: they live once, in `shared/i18n`.

use std::{collections::BTreeMap, sync::LazyLock};

static EN: LazyLock<Words> = LazyLock::new(|| Words::read(include_str!("../../i18n/en.toml")));
static ZH: LazyLock<Words> = LazyLock::new(|| Words::read(include_str!("../../i18n/zh-Hans.toml")));

/// A language of the screens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Simplified Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

/// All words of one language, by group and key: `status.reported`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words(BTreeMap<String, String>);

impl Words {
    /// Returns the words of a language. They are read once: every slice asks for them.
    #[must_use]
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::Zh => &ZH,
            Language::En => &EN,
        }
    }

    fn read(text: &str) -> Self {
        let table: toml::Table = text.parse().unwrap_or_default();
        let mut words = BTreeMap::new();
        for (group, entries) in table {
            for (key, value) in entries.as_table().into_iter().flatten() {
                if let Some(value) = value.as_str() {
                    words.insert(format!("{group}.{key}"), value.to_owned());
                }
            }
        }
        Self(words)
    }

    /// Finds a word; a key that is missing shows itself, so that nobody sees nothing.
    #[must_use]
    pub fn get<'a>(&'a self, group: &str, key: &'a str) -> &'a str {
        self.0.get(&format!("{group}.{key}")).map_or(key, String::as_str)
    }

    /// Finds a sentence and puts values into its braces: `{count}`.
    #[must_use]
    pub fn fill(&self, group: &str, key: &str, values: &[(&str, &str)]) -> String {
        let sentence = self.get(group, key).to_owned();
        values
            .iter()
            .fold(sentence, |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
    }

    /// Iterates over all keys.
    pub fn keys(&self) -> impl Iterator<Item = &String> {
        self.0.keys()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_keys_and_no_empty_word() {
        let (zh, en) = (Words::of(Language::Zh), Words::of(Language::En));
        assert!(zh.keys().count() > 80);
        assert_eq!(zh.keys().collect::<Vec<_>>(), en.keys().collect::<Vec<_>>());
        assert!(zh.0.values().chain(en.0.values()).all(|word| !word.trim().is_empty()));
    }

    #[test]
    fn every_status_role_class_and_refusal_has_its_words() {
        use linli_domain::{
            kernel::{Role, StaffDuty},
            law::{Rounding, RuleSet},
            payments,
            registry::{self, UnitStatus, view::DutyState},
            repairs::{self, clock::ClockKind, view::Action},
        };
        use linli_replica::{money::Doable, repairs::Delivery};
        let words = Words::of(Language::Zh);
        let has = |group: &str, key: &str| {
            assert!(words.0.contains_key(&format!("{group}.{key}")), "{group}.{key}");
        };
        repairs::Status::ALL.iter().for_each(|status| has("status", status.word()));
        Role::ALL.iter().for_each(|role| has("role", role.word()));
        StaffDuty::ALL.iter().for_each(|duty| has("staff", duty.word()));
        DutyState::ALL.iter().for_each(|state| has("duty", state.word()));
        UnitStatus::ALL.iter().for_each(|status| has("unit_status", status.word()));
        registry::Refusal::ALL.iter().for_each(|refusal| has("refusal", refusal.word()));
        for word in ["join.under_way", "join.held_already", "join.no_such_owner"] {
            has("refusal", word);
        }
        repairs::Refusal::ALL.iter().for_each(|refusal| has("refusal", refusal.word()));
        payments::Refusal::ALL.iter().for_each(|refusal| has("refusal", refusal.word()));
        Action::ALL.iter().for_each(|action| has("action", action.word()));
        payments::Method::ALL.iter().for_each(|method| has("method", method.word()));
        payments::Delivery::ALL.iter().for_each(|way| has("delivery", way.word()));
        payments::Visit::ALL.iter().for_each(|visit| has("visit", visit.word()));
        Doable::ALL.iter().for_each(|doable| has("money_act", doable.word()));
        payments::ledger::Memo::ALL.iter().for_each(|memo| has("memo", memo.word()));
        payments::CommonSource::ALL.iter().for_each(|from| has("common_source", from.word()));
        payments::Emergency::ALL.iter().for_each(|cause| has("emergency", cause.word()));
        ClockKind::ALL.iter().for_each(|clock| has("clock", clock.word()));
        Delivery::ALL.iter().for_each(|delivery| has("sync", delivery.word()));
        Rounding::ALL.iter().for_each(|round| has("why", round.word()));
        let law = RuleSet::national().unwrap();
        law.repairs.classes.iter().for_each(|class| has("class", &class.word));
    }
}
