//! Money: a tariff, bills for all, a round of thirty homes by two collectors who meet at one bill, a count
//! that is six fen short, the handover, and a refund by two people.

use super::{
    Step,
    child::Order,
    day::{CHEN, FOUNDER, LIN, MEI, Village, ZHOU},
    phone::Trouble,
    screen::{Screen, ScreenHome},
};

/// What every home pays.
const TARIFF: &str = "[[charge]]\nname = \"物业费\"\nkind = \"area\"\nrate = 2.35\nunit_kinds = [\"home\", \"shop\"]\n";

/// How many doors of building 3 the head takes, before one that both take.
const BY_HEAD: usize = 20;

/// How many doors are taken in all.
const DOORS: usize = 30;

/// After which door the head's phone dies.
const KILLED_AFTER: usize = 10;

/// The home of Mei, who scans her receipt.
const MEIS_HOME: &str = "3-2-501";

/// What the count lacks, in fen.
const SHORT: i64 = 6;

/// What notes and coins are worth, in fen, the largest first.
const WORTHS: [i64; 13] = [10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1];

impl Village<'_> {
    pub(super) fn collect(&mut self) -> Step {
        self.bill()?;
        let (by_head, by_company) = self.give_rounds()?;
        let doors = self.walk(&by_head, &by_company)?;
        self.phone(CHEN)?.proxy.mend();
        self.phone(ZHOU)?.proxy.mend();
        self.give_back(&doors)?;
        self.count(&by_head)?;
        self.compare_money(&by_head)
    }

    fn pay(&mut self, at: usize, subject: &str, act: &str, answers: &[(&str, &str)]) -> Step {
        let answers = answers.iter().map(|(word, value)| ((*word).to_owned(), (*value).to_owned()));
        let (subject, act) = (subject.to_owned(), act.to_owned());
        self.phone(at)?.order(&Order::Pay { subject, act, answers: answers.collect() })
    }

    fn look_at_money(&mut self, at: usize, home: Option<&str>, round: Option<&str>) -> Step {
        let (home, round) = (home.map(str::to_owned), round.map(str::to_owned));
        self.phone(at)?.order(&Order::Money { home, round, scanned: None })
    }

    /// Opens a home, at a door if a round is walked, and waits until it is shown.
    fn open_home(&mut self, at: usize, unit: &str, round: Option<&str>) -> Step<ScreenHome> {
        self.look_at_money(at, Some(unit), round)?;
        let what = format!("the money of {unit} is shown");
        let shown = |screen: &Screen| {
            let home = screen.money.home.as_ref();
            let at_round = screen.money.round.as_ref().map(|round| round.id.as_str());
            home.is_some_and(|home| home.unit == unit) && at_round == round
        };
        let screen = self.phone(at)?.wait(&what, shown)?;
        screen.money.home.ok_or(Trouble::Other(what))
    }

    fn bill(&mut self) -> Step {
        self.teller.step(
            "方主任定收费标准，周调度按它给1,936户出本月账单，每部手机自己复算",
            "Fang sets the tariff, Zhou bills 1,936 units for this month, and every phone recomputes what it sees",
        );
        for at in [FOUNDER, ZHOU, CHEN, MEI] {
            self.look_at_money(at, None, None)?;
        }
        self.pay(FOUNDER, "money", "tariff", &[("tariff", TARIFF), ("late_rate", "0.05")])?;
        let screen =
            self.phone(ZHOU)?.wait("the tariff is here", |s| chosen(s, "bill", "due").is_some())?;
        let first = |ask| chosen(&screen, "bill", ask).unwrap_or_default();
        let (months, due) = (first("months"), first("due"));
        self.pay(ZHOU, "money", "bill", &[("months", &months), ("due", &due)])?;
        for at in [ZHOU, FOUNDER, CHEN, MEI] {
            self.phone(at)?.wait("the bills are here", |s| s.money.runs == 1 && s.unsent == 0)?;
        }
        let home = self.open_home(MEI, MEIS_HOME, None)?;
        self.teller.remark(
            &format!("梅姐的手机：{} 应缴 ¥{}", home.unit, home.owed),
            &format!("Mei's phone: {} owes ¥{}", home.unit, home.owed),
        );
        Ok(())
    }

    /// Zhou gives Chen and himself a round of building 3.
    fn give_rounds(&mut self) -> Step<(String, String)> {
        self.teller.step(
            "三号楼的收费任务：陈楼长上门，周调度也收，两人都没有信号",
            "A round of building 3: Chen goes from door to door, Zhou takes money, too, both without a signal",
        );
        let until = "until";
        for (number, at) in [(1, CHEN), (2, ZHOU)] {
            let collector = format!("3/{}", self.person(at)?);
            let screen = self.phone(ZHOU)?.wait("a round can be given", |screen| {
                choices(screen, "open_round", "collector").contains(&collector)
            })?;
            let last = chosen(&screen, "open_round", until).unwrap_or_default();
            self.pay(ZHOU, "money", "open_round", &[("collector", &collector), (until, &last)])?;
            self.phone(ZHOU)?.wait("the round is given", |s| s.money.rounds.len() == number)?;
        }
        let own = |screen: &Screen| {
            screen.money.rounds.iter().find(|(own, _)| *own).map(|(_, id)| id.clone())
        };
        let mut rounds = Vec::new();
        for at in [CHEN, ZHOU] {
            let screen =
                self.phone(at)?.wait("the round is here", |screen| own(screen).is_some())?;
            rounds.push(own(&screen).unwrap_or_default());
            self.phone(at)?.wait("everything is sent", |s| s.unsent == 0 && s.handed_over == 0)?;
            self.phone(at)?.proxy.cut();
        }
        let mut rounds = rounds.into_iter();
        Ok((rounds.next().unwrap_or_default(), rounds.next().unwrap_or_default()))
    }

    /// Thirty doors; the twentieth is taken by both.
    fn walk(&mut self, by_head: &str, by_company: &str) -> Step<Vec<String>> {
        self.look_at_money(CHEN, None, Some(by_head))?;
        let screen = self.phone(CHEN)?.wait("the doors are shown", |screen| {
            screen.money.round.as_ref().is_some_and(|round| round.doors.len() >= DOORS)
        })?;
        let mut doors = screen.money.round.map(|round| round.doors).unwrap_or_default();
        // Mei's is among the head's.
        doors.sort_by_key(|unit| unit != MEIS_HOME);
        doors.truncate(DOORS);
        for (number, unit) in (1_usize..).zip(doors.iter().take(BY_HEAD)) {
            self.take_cash(CHEN, unit, by_head)?;
            if unit == MEIS_HOME {
                self.scan()?;
            }
            if number == KILLED_AFTER {
                self.phone(CHEN)?.kill()?;
                self.phone(CHEN)?.switch_on()?;
                self.look_at_money(CHEN, None, Some(by_head))?;
                self.phone(CHEN)?.wait("it goes on at the same door", |screen| {
                    screen.money.round.as_ref().is_some_and(|round| round.at.as_ref() == Some(unit))
                })?;
            }
        }
        for unit in doors.iter().skip(BY_HEAD - 1) {
            self.take_cash(ZHOU, unit, by_company)?;
        }
        self.teller.remark(
            "三十户收完；中途陈楼长的手机没电，开机后接着同一户收",
            "Thirty doors are done; Chen's phone died on the way and went on at the same door",
        );
        Ok(doors)
    }

    fn take_cash(&mut self, at: usize, unit: &str, round: &str) -> Step {
        let (name, text) = (format!("round/{round}"), unit.to_owned());
        self.phone(at)?.order(&Order::Draft { name, text })?;
        let home = self.open_home(at, unit, Some(round))?;
        self.pay(at, &home.subject, "collect", &[("sum", &home.owed)])?;
        let papers = home.papers.len();
        self.phone(at)?.wait("the receipt is written", |screen| {
            let shown = screen.money.home.as_ref().filter(|home| home.unit == unit);
            shown.is_some_and(|home| home.papers.len() > papers && home.code.is_some())
        })?;
        Ok(())
    }

    /// Mei's phone reads the code on Chen's screen, without a net between them.
    fn scan(&mut self) -> Step {
        let code = self.phone(CHEN)?.look()?.money.home.and_then(|home| home.code);
        let scanned = Order::Money { home: None, round: None, scanned: code };
        self.phone(MEI)?.order(&scanned)?;
        let screen = self.phone(MEI)?.wait("the receipt is good", |screen| {
            screen.money.scanned.as_ref().is_some_and(|(_, _, acts)| !acts.is_empty())
        })?;
        let (subject, stands, _) = screen.money.scanned.unwrap_or_default();
        self.pay(MEI, &subject, "acknowledge", &[])?;
        self.teller.remark(
            &format!("梅姐扫了收据：{stands}"),
            &format!("Mei scanned the receipt: {stands}"),
        );
        Ok(())
    }

    /// The bill that both took money for is settled: the company gives it back, the committee agrees.
    fn give_back(&mut self, doors: &[String]) -> Step {
        self.teller.step(
            "有一张账单两人都收了：两张收据都算数，多收的由周调度退、方主任同意",
            "Both took money for one bill: both receipts stand; Zhou gives back what was too much, Fang agrees",
        );
        let unit = doors.get(BY_HEAD - 1).cloned().unwrap_or_default();
        let mut sum = String::new();
        for at in [CHEN, ZHOU, FOUNDER] {
            self.open_home(at, &unit, None)?;
            let screen = self.phone(at)?.wait("it was paid twice", |screen| {
                screen.money.home.as_ref().is_some_and(|home| home.twice)
            })?;
            let papers = screen.money.home.map(|home| home.papers).unwrap_or_default();
            sum = papers.first().map(|(_, sum, ..)| sum.replace('¥', "")).unwrap_or_default();
        }
        let subject = format!("home/{unit}");
        let answers = [("sum", &*sum), ("method", "cash"), ("text", "重复收了")];
        self.pay(ZHOU, &subject, "refund", &answers)?;
        let agrees = |screen: &Screen| {
            let papers = screen.money.home.iter().flat_map(|home| &home.papers);
            let mut asked =
                papers.filter(|(.., acts)| acts.iter().any(|act| act == "agree_refund"));
            asked.next().map(|(subject, ..)| subject.clone())
        };
        let screen =
            self.phone(FOUNDER)?.wait("the refund is asked for", |s| agrees(s).is_some())?;
        let subject = agrees(&screen).unwrap_or_default();
        self.pay(FOUNDER, &subject, "agree_refund", &[])?;
        for at in [CHEN, ZHOU, FOUNDER] {
            self.phone(at)?.wait("nothing is paid twice any more", |screen| {
                screen.money.home.as_ref().is_some_and(|home| !home.twice)
            })?;
        }
        Ok(())
    }

    /// Chen counts six fen too little; Zhou counts it without having seen the sum, then takes it over and banks it.
    fn count(&mut self, round: &str) -> Step {
        self.teller.step(
            "陈楼长点钞少了六分，写明原因；周调度不看数自己点一遍，再接收并存入银行",
            "Chen's count is six fen short, with a reason; Zhou counts without having seen it, then takes it over and banks it",
        );
        self.look_at_money(CHEN, None, Some(round))?;
        let screen = self.phone(CHEN)?.wait("there is cash to count", |screen| {
            screen.money.round.as_ref().is_some_and(|r| r.acts.iter().any(|act| act == "count"))
        })?;
        let detail = screen.money.round.ok_or_else(|| Trouble::Other("no round".to_owned()))?;
        let figures: String = detail.cash.chars().filter(char::is_ascii_digit).collect();
        let in_hand = figures.parse::<i64>();
        let counted = in_hand.map_err(|error| Trouble::Other(error.to_string()))? - SHORT;
        let notes = notes(counted);
        self.pay(CHEN, &detail.subject, "count", &[("notes", &notes), ("text", "找零少了六分")])?;
        self.look_at_money(ZHOU, None, Some(round))?;
        let can = |screen: &Screen, act: &str| {
            let counts = screen.money.round.iter().flat_map(|round| &round.counts);
            let mut able = counts.filter(|count| count.acts.iter().any(|can| can == act));
            able.next().map(|count| count.subject.clone())
        };
        for (act, answers) in [
            ("recount", vec![("notes", notes.clone())]),
            ("take", Vec::new()),
            ("bank", vec![("sum", yuan(counted)), ("slip", "工行0917".to_owned())]),
        ] {
            let screen = self.phone(ZHOU)?.wait("it can be done", |s| can(s, act).is_some())?;
            let subject = can(&screen, act).unwrap_or_default();
            let answers: Vec<(&str, &str)> =
                answers.iter().map(|(word, value)| (*word, value.as_str())).collect();
            self.pay(ZHOU, &subject, act, &answers)?;
        }
        Ok(())
    }

    /// Whoever may see the round sees the same; a neighbour sees nothing of it.
    fn compare_money(&mut self, round: &str) -> Step {
        let mut seen = Vec::new();
        for at in [CHEN, ZHOU, FOUNDER] {
            self.look_at_money(at, None, Some(round))?;
            let screen = self.phone(at)?.wait("the cash is in the bank", |screen| {
                let counts = screen.money.round.iter().flat_map(|round| &round.counts);
                let mut banked = counts.filter(|count| count.banked.is_some());
                screen.handed_over == 0 && banked.next().is_some()
            })?;
            let shown = screen.money.round.ok_or_else(|| Trouble::Other("no round".to_owned()))?;
            let first = shown.counts.into_iter().next();
            let (short, banked) =
                first.map(|count| (count.short, count.banked)).unwrap_or_default();
            // The reason stands behind it.
            let sum = yuan(SHORT);
            let told = if self.language == "zh" {
                format!("少 ¥{sum} ")
            } else {
                format!("¥{sum} short ")
            };
            if !short.as_ref().is_some_and(|short| short.starts_with(&told)) {
                return Err(Trouble::Other(format!("the count says {short:?}, not {told}")));
            }
            seen.push((shown.cash, short, banked));
        }
        if seen.windows(2).any(|pair| pair.first() != pair.last()) {
            return Err(Trouble::Other(format!("the round differs: {seen:?}")));
        }
        self.look_at_money(LIN, Some(MEIS_HOME), None)?;
        let lin = self.phone(LIN)?.wait("the home is shown", |s| s.money.home.is_some())?;
        if lin.money.home.is_some_and(|home| !home.papers.is_empty()) {
            return Err(Trouble::Other("a neighbour sees a receipt".to_owned()));
        }
        Ok(())
    }
}

/// What can be chosen for something that an act about all money asks for.
fn choices(screen: &Screen, act: &str, ask: &str) -> Vec<String> {
    let acts = screen.money.acts.iter().filter(|(word, _)| word == act);
    let asks = acts.flat_map(|(_, asks)| asks).filter(|(word, _)| word == ask);
    asks.flat_map(|(_, choices)| choices.clone()).collect()
}

fn chosen(screen: &Screen, act: &str, ask: &str) -> Option<String> {
    choices(screen, act, ask).into_iter().next()
}

/// So many notes and coins of each kind: `10000x2 1000x1`.
fn notes(mut fen: i64) -> String {
    let mut notes = Vec::new();
    for worth in WORTHS {
        let pieces = fen / worth;
        fen %= worth;
        if pieces > 0 {
            notes.push(format!("{worth}x{pieces}"));
        }
    }
    notes.join(" ")
}

fn yuan(fen: i64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}
