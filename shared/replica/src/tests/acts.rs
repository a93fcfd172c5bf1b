//! Days on which people move money, each on what their phone has seen so far.

use linli_domain::{
    kernel::{Day, Fen, Month, Role, Scope},
    payments::{
        ApprovedFields, Method, RoundFields,
        account::{Asked, Receipt},
        treasury,
    },
    registry::Terms,
    repairs::Place,
};
use linli_seal::Chance as _;
use linli_wire::{FactId, Hash};

use super::{
    asks::{home, of_all, of_home, of_round, of_run, pick, receive},
    given::{NOON, Phone, Village, apply, join, replica, sync},
    money::{Seed, billed},
    relay::Relay,
};
use crate::{
    Ask, AskError, Done, Lane, WhoApplies,
    money::{self, BillAsked},
};

/// Whose phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    Chen,
    ChensSecond,
    Wang,
    Fang,
    Guo,
    Mei,
    Lin,
}

/// What somebody does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Cash,
    Transfer,
    Scan,
    Void,
    Refund,
    Agree,
    KeepCredit,
    Demand,
    Count,
    Recount,
    Take,
    Bank,
    PayFund,
    TakeDeposit,
    ReturnDeposit,
    Plan,
    Approve,
    Urge,
    Cosign,
    Spend,
    Earn,
    Share,
    Pay,
    Bill,
    WithdrawRun,
    AgreeRun,
    Talk,
}

/// What is done how often, and by whom; now and then somebody tries it who may not.
const ACTS: [(What, usize, &[Who]); 27] = {
    use What::*;
    use Who::*;
    [
        (Cash, 16, &[Chen, ChensSecond]),
        (Transfer, 4, &[Wang, Chen]),
        (Scan, 4, &[Mei, Lin]),
        (Void, 15, &[Chen, ChensSecond, Mei, Wang]),
        (Refund, 7, &[Wang, Chen]),
        (Agree, 20, &[Mei, Wang, Fang, Chen]),
        (KeepCredit, 2, &[Wang, Fang]),
        (Demand, 2, &[Wang, Chen, Fang]),
        (Count, 10, &[Chen, ChensSecond]),
        (Recount, 14, &[Wang, Fang]),
        (Take, 18, &[Wang, Fang]),
        (Bank, 8, &[Wang, Fang]),
        (PayFund, 6, &[Wang, Fang]),
        (TakeDeposit, 5, &[Wang, Fang]),
        (ReturnDeposit, 5, &[Wang, Fang]),
        (Plan, 5, &[Wang, Fang]),
        (Approve, 6, &[Fang]),
        (Urge, 2, &[Wang, Fang]),
        (Cosign, 14, &[Guo, Fang]),
        (Spend, 8, &[Fang]),
        (Earn, 5, &[Wang, Fang]),
        (Share, 5, &[Fang]),
        (Pay, 2, &[Fang]),
        (Bill, 2, &[Wang]),
        (WithdrawRun, 2, &[Wang, Fang]),
        (AgreeRun, 4, &[Wang, Fang]),
        (Talk, 20, &[Chen, ChensSecond, Wang, Fang, Guo, Mei, Lin]),
    ]
};

const EVERYBODY: [Who; 7] =
    [Who::Chen, Who::ChensSecond, Who::Wang, Who::Fang, Who::Guo, Who::Mei, Who::Lin];

/// One act of a day: numbers that say what and by whom, of which sum, and whether the phone talks after it.
pub(super) type Act = (u16, u8, u16, u8);

/// The acts of a day, from chance.
pub(super) fn acts(count: usize, chance: &mut Seed) -> Vec<Act> {
    let one = |_| {
        let [what, more, who, sum, sums, talks] = chance.draw();
        let wide = |high: u8, low: u8| u16::from_be_bytes([high, low]);
        (wide(what, more), who, wide(sum, sums) % 30_000, talks)
    };
    (0..count).map(one).collect()
}

/// The village with an auditor, and with a collector who has two phones.
pub(super) struct Town {
    pub(super) village: Village,
    pub(super) second: Phone,
    pub(super) guo: Phone,
    pub(super) round: FactId,
}

/// Asks; what is refused is not done, as on a screen.
fn ask(phone: &mut Phone, ask: money::Ask, chance: &mut Seed) -> Option<FactId> {
    match phone.ask(&Ask::Money(ask), 0, NOON, chance) {
        Ok(Done::Written(id)) => Some(id),
        Ok(Done::Held(_)) => panic!("nothing is held"),
        Err(AskError::Refused(_)) => None,
        Err(error) => panic!("{error}"),
    }
}

/// Talks to the relay for so many calls, then the net is gone.
fn talk(phone: &mut Phone, calls: u16, relay: &mut Relay, chance: &mut Seed) {
    phone.begin_round();
    for _ in 0..calls {
        let Some(call) = phone.next_call(Lane::Work).unwrap() else { return };
        let reply = relay.answer(&call.http);
        phone.answered(&call.kind, Ok(reply), NOON, chance).unwrap();
    }
}

impl Town {
    pub(super) fn new(seed: u64) -> Self {
        let mut village = billed(seed);
        let Village { relay, chance, fang, chen, wang, .. } = &mut village;
        let guo = join(&mut [fang], Role::Auditor, "community", relay, chance);
        sync(chen, relay, chance);
        let terms = Terms::of(Role::Head, Scope::parse("building/3").unwrap());
        let (mut second, first) = (replica(chance), WhoApplies::SecondPhoneOf(chen.keys().id()));
        apply(&mut second, &mut [fang], &terms, &first, relay, chance);
        let collector = chen.viewer(NOON).unwrap().person;
        let day = |text| Day::parse(text).unwrap();
        let fields = RoundFields {
            building: Some("3".to_owned()),
            collector,
            units: vec![home(0), home(1)],
            from: day("2026-11-01"),
            to: day("2026-12-31"),
        };
        sync(wang, relay, chance);
        let round = ask(wang, money::Ask::OpenRound(fields, money::Doors::Named), chance).unwrap();
        let mut town = Self { village, second, guo, round };
        town.settle(0);
        town.plan_a_roof();
        town.settle(0);
        assert_eq!(town.second.viewer(NOON).unwrap().person, collector);
        town
    }

    /// The owners decided on a roof, and the auditor signed: it may be paid.
    fn plan_a_roof(&mut self) {
        use treasury::Asked::{Approve, Cosign, Plan};
        let Village { relay, chance, fang, .. } = &mut self.village;
        let (purpose, place) = ("屋面防水".to_owned(), Place::Building("3".to_owned()));
        let plan = Plan { purpose, place, repair: None, budget: Fen::new(30_001) };
        let project = ask(fang, money::Ask::Treasury { asked: plan, draft: None }, chance).unwrap();
        let fields = ApprovedFields { project, budget: Fen::new(30_001), decision: Hash([9; 32]) };
        let approve = money::Ask::Treasury { asked: Approve(fields), draft: None };
        let to = ask(fang, approve, chance).unwrap();
        sync(fang, relay, chance);
        sync(&mut self.guo, relay, chance);
        let cosign = money::Ask::Treasury { asked: Cosign { to }, draft: None };
        ask(&mut self.guo, cosign, chance).unwrap();
    }

    /// Everybody talks until nobody has anything to say, in one order or another.
    pub(super) fn settle(&mut self, order: u16) {
        for turn in 0..3 {
            let mut all = EVERYBODY;
            all.rotate_left(usize::from(order + turn) % EVERYBODY.len());
            if (order / 7 + turn).is_multiple_of(2) {
                all.reverse();
            }
            for who in all {
                let (phone, relay, chance) = self.at(who);
                sync(phone, relay, chance);
            }
        }
    }

    pub(super) fn phones(&self) -> [&Phone; 7] {
        let [fang, chen, wang, mei, lin] = self.village.phones();
        [fang, chen, wang, mei, lin, &self.second, &self.guo]
    }

    fn at(&mut self, who: Who) -> (&mut Phone, &mut Relay, &mut Seed) {
        let Village { relay, chance, fang, chen, wang, mei, lin } = &mut self.village;
        let phone = match who {
            Who::Chen => chen,
            Who::ChensSecond => &mut self.second,
            Who::Wang => wang,
            Who::Fang => fang,
            Who::Guo => &mut self.guo,
            Who::Mei => mei,
            Who::Lin => lin,
        };
        (phone, relay, chance)
    }

    /// Somebody does something; then their phone talks to the relay, is cut off in the midst of it, or has no net.
    pub(super) fn act(&mut self, (what, who, sum, talks): Act) {
        let total: usize = ACTS.iter().map(|(_, weight, _)| weight).sum();
        let mut left = usize::from(what) % total;
        let act = ACTS.iter().find(|(_, weight, _)| {
            let here = left < *weight;
            left = left.saturating_sub(*weight);
            here
        });
        let (what, _, people) = act.unwrap();
        let people = if who.is_multiple_of(16) { &EVERYBODY[..] } else { people };
        let who = *pick(people, u16::from(who)).unwrap();
        let round = self.round;
        let scanned = (*what == What::Scan).then(|| self.paper(sum)).flatten();
        let (phone, relay, chance) = self.at(who);
        let asked = match what {
            What::Talk => None,
            What::Scan => scanned.map(|(unit, receipt)| {
                let asked = Asked::Acknowledge { receipt };
                money::Ask::Home { unit, asked, round: None, draft: None }
            }),
            What::Count | What::Recount | What::Take | What::Bank => {
                of_round(phone, *what, round, sum)
            }
            What::Cash => {
                let asked = Asked::Receive(receive(Method::Cash, sum));
                Some(money::Ask::Home { unit: home(sum), asked, round: Some(round), draft: None })
            }
            What::Bill => {
                let month = if sum.is_multiple_of(2) { "2026-12" } else { "2026-11" };
                let month = Month::parse(month).unwrap();
                let (due, homes) = (Day::parse("2026-12-31").unwrap(), String::new());
                let run = BillAsked { from: month, to: month, due, homes };
                Some(money::Ask::Bill { run, draft: None })
            }
            What::WithdrawRun | What::AgreeRun => of_run(phone, *what, sum),
            _ => of_home(phone, *what, home(sum), round, sum)
                .or_else(|| of_home(phone, *what, home(sum + 1), round, sum))
                .or_else(|| of_all(phone, *what, sum)),
        };
        if let Some(asked) = asked {
            ask(phone, asked, chance);
        }
        match talks % 8 {
            0..=2 => sync(phone, relay, chance),
            3 => talk(phone, sum % 5 + 1, relay, chance),
            _ if *what == What::Talk => sync(phone, relay, chance),
            _ => {}
        }
    }

    /// A receipt on the screen of its collector's phone.
    fn paper(&self, sum: u16) -> Option<(linli_domain::kernel::UnitCode, Vec<u8>)> {
        let phone = if (sum / 2).is_multiple_of(2) { &self.village.chen } else { &self.second };
        let page = phone.home_money(&home(sum), NOON).unwrap();
        let mine = |receipt: &&Receipt| receipt.author.device == phone.keys().id();
        let receipt = page.receipts().into_iter().find(mine)?.id;
        Some((home(sum), phone.receipt_bytes(&receipt).unwrap()?))
    }
}
