//! How times, places and people are told, in the shell's language and by the community's clock.

use linli_app::{model::View, words::Words};
use linli_domain::{
    kernel::{Moment, PersonId, Role, Scope, WallTime},
    repairs::Place,
};

const MINUTE_MS: i64 = 60_000;
const HOUR_MIN: i64 = 60;
const DAY_MIN: i64 = 24 * HOUR_MIN;

/// Characters of a pseudonym that tell neighbours apart in a line.
const SHORT_CHARS: usize = 4;

/// What is needed to say something to people.
pub(crate) struct Telling {
    pub(crate) words: &'static Words,
    pub(crate) now: Moment,
    pub(crate) offset: i32,
    own: Option<PersonId>,
}

impl Telling {
    pub(crate) fn of(view: &View) -> Self {
        let screens = &view.screens;
        Self {
            words: Words::of(view.settings.language),
            now: screens.now,
            offset: screens.utc_offset_minutes,
            own: screens.viewer.as_ref().map(|viewer| viewer.person),
        }
    }

    pub(crate) fn word(&self, group: &str, key: &str) -> String {
        self.words.get(group, key).to_owned()
    }

    pub(crate) fn place(&self, place: &Place) -> String {
        self.scope(&place.scope())
    }

    pub(crate) fn scope(&self, scope: &Scope) -> String {
        match scope {
            Scope::Community => self.word("place", "community"),
            Scope::Building(building) => self.building(building),
            Scope::Stair { building, stair } => {
                let (building, stair) = (self.building(building), stair.to_string());
                let values = [("building", &*building), ("stair", &stair)];
                self.words.fill("place", "stair_of", &values)
            }
            Scope::Unit(unit) => unit.to_string(),
        }
    }

    /// A building: with a number it is said what is counted, a name stands for itself.
    fn building(&self, building: &str) -> String {
        let numbered = building.chars().all(|char| char.is_ascii_alphanumeric());
        let key = if numbered { "numbered" } else { "named" };
        self.words.fill("place", key, &[("building", building)])
    }

    /// Who somebody is, as far as this phone may say.
    pub(crate) fn who(&self, person: &PersonId, role: Option<Role>) -> String {
        if Some(*person) == self.own {
            return self.word("who", "you");
        }
        let short: String = person.to_hex().chars().take(SHORT_CHARS).collect();
        let role = self.words.get("role", role.map_or("none", Role::word));
        self.words.fill("who", "someone", &[("role", role), ("short", &short)])
    }

    /// Whether somebody is this phone's person.
    pub(crate) fn is_own(&self, person: &PersonId) -> bool {
        Some(*person) == self.own
    }

    fn wall(&self, moment: Moment) -> Option<WallTime> {
        WallTime::of(moment, self.offset)
    }

    fn nth(&self, key: &str, number: u32) -> String {
        let index = usize::try_from(number.saturating_sub(1)).unwrap_or_default();
        self.words.get("time", key).split(' ').nth(index).unwrap_or_default().to_owned()
    }

    /// Says day and time, both whole: a voucher is read years later.
    pub(crate) fn stamp(&self, moment: Moment) -> String {
        let time = self.wall(moment).map(|wall| format!(" {:02}:{:02}", wall.hour, wall.minute));
        self.date(moment) + &time.unwrap_or_default()
    }

    /// A moment as one says it today: `13:20`, `yesterday 13:20`, `20 Nov 13:20`, `20 Nov 2025`.
    pub(crate) fn at(&self, moment: Moment) -> String {
        let (Some(wall), Some(now)) = (self.wall(moment), self.wall(self.now)) else {
            return String::new();
        };
        let time = format!("{:02}:{:02}", wall.hour, wall.minute);
        let with = |key: &str| self.words.fill("time", key, &[("time", &time)]);
        if wall.day == now.day {
            time
        } else if wall.day.next() == Some(now.day) {
            with("yesterday")
        } else if now.day.next() == Some(wall.day) {
            with("tomorrow")
        } else if wall.year == now.year {
            let (day, month) = (wall.day_of_month.to_string(), self.nth("months", wall.month));
            self.words.fill("time", "day", &[("day", &day), ("month", &month), ("time", &time)])
        } else {
            self.date(moment)
        }
    }

    /// A day with its year.
    pub(crate) fn date(&self, moment: Moment) -> String {
        let Some(wall) = self.wall(moment) else { return String::new() };
        let (year, day) = (wall.year.to_string(), wall.day_of_month.to_string());
        let month = self.nth("months", wall.month);
        self.words.fill("time", "date", &[("year", &year), ("month", &month), ("day", &day)])
    }

    /// Today with its weekday.
    pub(crate) fn today(&self) -> String {
        let Some(wall) = self.wall(self.now) else { return String::new() };
        let (month, day) = (self.nth("months", wall.month), wall.day_of_month.to_string());
        let weekday = self.nth("weekdays", wall.weekday);
        let values = [("month", &*month), ("day", &day), ("weekday", &weekday)];
        self.words.fill("time", "today_is", &values)
    }

    /// How long ago something was: a clock that is ahead counts as now.
    pub(crate) fn ago(&self, moment: Moment) -> String {
        let minutes = (self.now.0.saturating_sub(moment.0) / MINUTE_MS).max(0);
        let (key, n) = if minutes < 1 {
            return self.word("time", "just_now");
        } else if minutes < HOUR_MIN {
            ("minutes_ago", minutes)
        } else if minutes < DAY_MIN {
            ("hours_ago", minutes / HOUR_MIN)
        } else {
            ("days_ago", minutes / DAY_MIN)
        };
        self.words.fill("time", key, &[("n", &n.to_string())])
    }

    /// A length of time, to the minute, from two days on to the day.
    pub(crate) fn length(&self, ms: i64) -> String {
        let minutes = ms.saturating_abs() / MINUTE_MS;
        let (hours, rest) = (minutes / HOUR_MIN, minutes % HOUR_MIN);
        let one = |key: &str, n: i64| self.words.fill("time", key, &[("n", &n.to_string())]);
        if minutes >= 2 * DAY_MIN {
            one("days", minutes / DAY_MIN)
        } else if hours == 0 {
            one("minutes", minutes)
        } else if rest == 0 {
            one("hours", hours)
        } else {
            let values = [("h", &*hours.to_string()), ("m", &rest.to_string())];
            self.words.fill("time", "hours_minutes", &values)
        }
    }

    /// What is left until a moment, or by how much it is over.
    pub(crate) fn left(&self, due: Moment) -> String {
        let ms = due.0.saturating_sub(self.now.0);
        let key = if ms < 0 { "late" } else { "left" };
        self.words.fill("time", key, &[("span", &self.length(ms))])
    }

    /// `by 18:20`.
    pub(crate) fn by(&self, due: Moment) -> String {
        self.words.fill("time", "by", &[("time", &self.at(due))])
    }

    /// The last day of something.
    pub(crate) fn until(&self, last: Moment) -> String {
        self.words.fill("time", "until", &[("date", &self.date(last))])
    }

    /// A person's phone, by its number.
    pub(crate) fn phone(&self, number: u32) -> String {
        self.words.fill("applies", "phone", &[("number", &number.to_string())])
    }

    /// From one moment to another.
    pub(crate) fn span(&self, from: Moment, to: Moment) -> String {
        let end = self.wall(to).map(|wall| format!("{:02}:{:02}", wall.hour, wall.minute));
        let same = self.wall(from).map(|wall| wall.day) == self.wall(to).map(|wall| wall.day);
        let end = end.filter(|_| same).unwrap_or_else(|| self.at(to));
        self.words.fill("time", "span", &[("from", &self.at(from)), ("to", &end)])
    }
}

#[cfg(test)]
mod tests {
    use linli_app::words::Language;

    use super::*;

    /// 2026-11-25 13:20 in China.
    const NOW: Moment = Moment(1_795_584_000_000);

    fn telling(language: Language) -> Telling {
        Telling { words: Words::of(language), now: NOW, offset: 480, own: None }
    }

    fn before(minutes: i64) -> Moment {
        Moment(NOW.0 - minutes * MINUTE_MS)
    }

    #[test]
    fn times_are_told_as_people_say_them() {
        let (zh, en) = (telling(Language::Zh), telling(Language::En));
        let table = [
            (0, "13:20", "13:20"),
            (13 * 60 + 20, "00:00", "00:00"),
            (13 * 60 + 21, "昨天 23:59", "Yesterday 23:59"),
            (2 * 1440, "11月23日 13:20", "23 Nov 13:20"),
            (-1440, "明天 13:20", "Tomorrow 13:20"),
            (365 * 1440, "2025年11月25日", "25 Nov 2025"),
        ];
        for (minutes, in_zh, in_en) in table {
            assert_eq!(
                (zh.at(before(minutes)), en.at(before(minutes))),
                (in_zh.into(), in_en.into())
            );
        }
        assert_eq!(
            (zh.today().as_str(), en.today().as_str()),
            ("11月25日 星期三", "Wednesday, 25 Nov")
        );
    }

    #[test]
    fn a_term_ends_with_a_whole_day_by_the_communitys_clock() {
        let days = crate::choices::last_days(&telling(Language::Zh));
        let texts: Vec<&str> = days.iter().map(|day| day.text.as_str()).collect();
        let expected = [
            "30 天，到 2026年12月25日",
            "半年，到 2027年5月25日",
            "一年，到 2027年11月25日",
            "两年，到 2028年11月25日",
        ];
        assert_eq!(texts, expected);
        // 30 days on, the last millisecond before midnight in China.
        let midnight = NOW.0 + (30 * DAY_MIN + 10 * HOUR_MIN + 40) * MINUTE_MS;
        assert_eq!(days[0].value, (midnight - 1).to_string());
    }

    #[test]
    fn a_building_with_a_number_says_what_is_counted() {
        let (zh, en) = (telling(Language::Zh), telling(Language::En));
        for (scope, in_zh, in_en) in [
            ("building/3", "3号楼", "Building 3"),
            ("building/东楼", "东楼", "东楼"),
            ("stair/3-2", "3号楼2单元", "Building 3, stair 2"),
            ("unit/3-2-501", "3-2-501", "3-2-501"),
        ] {
            let scope = Scope::parse(scope).unwrap();
            assert_eq!((zh.scope(&scope).as_str(), en.scope(&scope).as_str()), (in_zh, in_en));
        }
    }

    #[test]
    fn ages_and_deadlines_are_told_in_whole_words() {
        let zh = telling(Language::Zh);
        let ages =
            [(-5, "刚刚"), (0, "刚刚"), (59, "59 分钟前"), (60, "1 小时前"), (1500, "1 天前")];
        for (minutes, text) in ages {
            assert_eq!(zh.ago(before(minutes)), text);
        }
        let dues = [
            (-214, "还剩 3 小时 34 分"),
            (120, "超时 2 小时"),
            (-30, "还剩 30 分"),
            (-4321, "还剩 3 天"),
        ];
        for (minutes, text) in dues {
            assert_eq!(zh.left(before(minutes)), text);
        }
    }
}
