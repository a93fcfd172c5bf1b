//! Bill runs with homes that are not as usual.

use linli_domain::{
    kernel::{Day, Fen, Moment, Month, UnitCode},
    payments::{
        self, Account, BillFields, Books, Fields, Refusal, RunAsked, RunFields, TariffFields, books,
    },
};
use linli_wire::FactId;

use super::{
    given::{NOON, Phone, Village, sync},
    money::{Seed, ask, bill, billed, november, page},
};
use crate::{Ask, AskError, act::Filed, money, store::Durability};

#[test]
fn homes_that_are_not_as_usual_are_billed_by_what_was_pasted_and_a_slip_in_it_is_told() {
    let mut village = billed(78);
    let Village { relay, chance, fang, wang, mei, .. } = &mut village;
    let misread = |phone: &mut Phone, asked: money::Ask, chance: &mut Seed| match phone.ask(
        &Ask::Money(asked),
        0,
        NOON,
        chance,
    ) {
        Err(AskError::Misread(problem)) => problem.en(),
        other => panic!("{other:?}"),
    };
    for (homes, told) in [
        (
            "unit,vacant_from\n9-9-901,2026-01-01",
            "line 2, column 1 (unit): the community's register",
        ),
        ("房号,空置起日\n3-2-501,一月", "line 2, column 2 (空置起日): "),
        ("unit\tprepaid\n3-2-501\t13", "line 2, column 2 (prepaid): 13"),
        ("3-2-501,2026-01-01", "line 1"),
        ("unit\n3-2-501\n3-2-501", "line 3, column 1 (unit): 3-2-501 stands in line 2"),
    ] {
        let said = misread(wang, november(homes), chance);
        assert!(said.starts_with(told) || said.contains(told), "{homes:?}: {said}");
    }
    let text = "[[charge]]\nname = \"fee\"\nkind = \"area\"\nrate = 2.35\ncolour = 1\n";
    let fields = TariffFields { text: text.to_owned(), late_per_day: None, decision: None };
    let said = misread(fang, money::Ask::Tariff { fields, draft: None }, chance);
    assert!(said.contains("line 5, column 1 (colour)"), "{said}");
    let again = ask(wang, november(""), NOON, chance);
    assert_eq!(again, Err("payments.billed_twice".to_owned()), "a month is billed once");
    // Empty since spring: 60 % after six months (Binzhou; the RuleSet's `vacancy_rate`).
    let homes = "房号,空置起日\n3-2-501,2026-03-01\n";
    let run = ask(wang, bill("2026-12", homes), NOON, chance).unwrap();
    sync(wang, relay, chance);
    sync(mei, relay, chance);
    let bills = page(mei, "3-2-501").bills;
    let totals: Vec<Fen> =
        bills.iter().filter(|bill| bill.owed.run == run).map(|bill| bill.owed.total).collect();
    assert_eq!(totals, [Fen::new(12_601)]);
    let check = mei.runs(Some(&run)).unwrap();
    let check = check.iter().find(|page| page.id == run).unwrap().check.clone().unwrap();
    assert_eq!((check.seen, check.differs), (1, None), "every phone recomputes it");
}

/// Bills a month as no honest app would: the header and the sums are what somebody makes of them.
fn forge(
    phone: &mut Phone,
    month: &str,
    header: impl FnOnce(&mut RunFields),
    total: impl Fn(&UnitCode, Fen) -> Fen,
    chance: &mut Seed,
) -> FactId {
    let month = Month::parse(month).unwrap();
    let due = Day::parse("2026-12-31").unwrap();
    let community = phone.community().unwrap();
    let write = |phone: &mut Phone, fields: &Fields, about: FactId, chance: &mut Seed| {
        let draft = payments::draft_of(fields, Some(about));
        let filed = Filed::new(phone.keys(), &community, draft, None, NOON).unwrap();
        phone.work(Durability::Full, |work| work.write(filed, None, NOON, chance)).unwrap()
    };
    let member = phone.member().unwrap();
    let tariff = member.books.tariffs()[0].id;
    let run = RunAsked { tariff, from: month, to: month, due, conditions: Default::default() };
    let mut bills = member.books.compute(&run, &member.current).unwrap();
    header(&mut bills.header);
    let run = write(phone, &Fields::Run(bills.header), Books::id(), chance);
    for (unit, conditions, sum) in bills.bills {
        let about = Account::id(&unit, Account::year_of(NOON));
        let total = total(&unit, sum);
        let bill = BillFields { unit, run, conditions, total };
        write(phone, &Fields::Bill(bill), about, chance);
    }
    run
}

/// How a phone finds a run.
fn check(phone: &Phone, run: FactId) -> money::RunCheck {
    let runs = phone.runs(Some(&run)).unwrap();
    runs.into_iter().find(|page| page.id == run).unwrap().check.unwrap()
}

#[test]
fn a_bill_that_is_a_fen_too_much_is_named_and_refused_and_so_is_a_stair_that_sums_otherwise() {
    let mut village = billed(79);
    let Village { chance, wang, .. } = &mut village;
    let fen_more = |sum: Fen| sum.plus(Fen::new(1)).unwrap();
    // Two homes pay a fen more; the first one by its code is named.
    let forged = |unit: &UnitCode| ["2-2-502", "3-2-501"].contains(&unit.to_string().as_str());
    let total = |unit: &UnitCode, sum| if forged(unit) { fen_more(sum) } else { sum };
    let bills = forge(wang, "2026-12", |_| {}, total, chance);
    let stair = |header: &mut RunFields| {
        header.stairs[2].total = fen_more(header.stairs[2].total);
        header.total = fen_more(header.total);
    };
    let sums = forge(wang, "2027-01", stair, |_, sum| sum, chance);
    village.sync_all();
    for phone in [&village.fang, &village.wang] {
        let found = check(phone, bills);
        assert_eq!((found.seen, found.differs), (6, Some(UnitCode::parse("2-2-502").unwrap())));
        assert_eq!(found.stair_differs, Some(("2".to_owned(), 2)));
        let found = check(phone, sums);
        assert_eq!((found.seen, found.differs), (6, None));
        assert_eq!(found.stair_differs, Some(("3".to_owned(), 2)));
    }
    // The household refuses it, whoever wrote it, and sees no stair but its own bill.
    let page = page(&village.mei, "3-2-501");
    let refused: Vec<Refusal> = page.refused.iter().map(|(_, refusal)| *refusal).collect();
    assert_eq!(refused, [Refusal::DoesNotRecompute]);
    let found = check(&village.mei, bills);
    assert_eq!((found.seen, found.stair_differs), (1, None));
    assert_eq!(found.differs, Some(UnitCode::parse("3-2-501").unwrap()));
    village.assert_agree();
}

#[test]
fn a_thirteenth_month_is_not_prepaid() {
    let village = billed(80);
    let member = village.wang.member().unwrap();
    let (from, due) = (Month::parse("2026-12").unwrap(), Day::parse("2026-12-31").unwrap());
    let to = Month::parse("2027-12").unwrap();
    let of = |prepaid| {
        let conditions = payments::Conditions { prepaid, ..Default::default() };
        let conditions = [(UnitCode::parse("3-2-501").unwrap(), conditions)].into();
        let run = RunAsked { tariff: member.books.tariffs()[0].id, from, to, due, conditions };
        member.books.compute(&run, &member.current).map(|bills| bills.bills.len())
    };
    assert_eq!((of(12), of(13)), (Ok(6), Err(Refusal::BadTime)));
}

#[test]
fn a_demand_begins_the_limitation_of_its_bill_anew() {
    let mut village = billed(81);
    let Village { chance, wang, .. } = &mut village;
    let later = Moment(NOON.0 + 30 * 24 * 3600 * 1000);
    let unit = UnitCode::parse("3-2-501").unwrap();
    let limited = |phone: &Phone| {
        let said = phone.home_money(&unit, later).unwrap().statement;
        let limitation = said.bills[0].limitation.unwrap();
        (said.bills[0].bill, limitation.demands, limitation.last.to_string())
    };
    let (bill, demands, last) = limited(wang);
    assert_eq!((demands, last.as_str()), (0, "2029-11-30"));
    let (bills, delivery) = (vec![bill], payments::Delivery::Paper);
    let asked = payments::account::Asked::Demand { bills, delivery, proof: Vec::new() };
    let demand = money::Ask::Home { unit: unit.clone(), asked, round: None, draft: None };
    ask(wang, demand, later, chance).unwrap();
    assert_eq!(limited(wang), (bill, 1, "2029-12-24".to_owned()));
}

#[test]
fn a_run_that_two_take_back_is_owed_by_nobody_and_its_month_is_billed_anew() {
    let mut village = billed(82);
    let Village { relay, chance, fang, wang, mei, .. } = &mut village;
    let run = wang.runs(None).unwrap()[0].id;
    let offered = |phone: &Phone| phone.money_offers(None, None, NOON).unwrap().runs;
    assert_eq!(offered(wang), [(run, money::Doable::WithdrawRun)]);
    assert_eq!(offered(mei), []);
    let withdraw = books::Asked::Withdraw { run, reason: "单价错了".to_owned() };
    let refused = ask(mei, money::Ask::Run(withdraw.clone()), NOON, chance);
    assert_eq!(refused, Err("payments.not_yours".to_owned()));
    let to = ask(wang, money::Ask::Run(withdraw), NOON, chance).unwrap();
    assert_eq!(offered(wang), []);
    let agree = || money::Ask::Run(books::Asked::Agree { to });
    assert_eq!(ask(wang, agree(), NOON, chance), Err("payments.same_person".to_owned()));
    sync(wang, relay, chance);
    sync(fang, relay, chance);
    assert_eq!(offered(fang), [(run, money::Doable::AgreeWithdrawal)]);
    ask(fang, agree(), NOON, chance).unwrap();
    // Without a net already: no bill of it is owed on the phone that agreed.
    assert_eq!(page(fang, "3-2-501").statement.owed, Fen::ZERO);
    let fields = TariffFields {
        text: "[[charge]]\nname = \"物业费\"\nkind = \"area\"\nrate = 1.35\n".to_owned(),
        late_per_day: None,
        decision: None,
    };
    let later = Moment(NOON.0 + 3_600_000);
    ask(fang, money::Ask::Tariff { fields, draft: None }, later, chance).unwrap();
    village.sync_all();
    let home = page(&village.mei, "3-2-501");
    assert_eq!((home.statement.owed, home.bills.len()), (Fen::ZERO, 1), "shown, and not owed");
    assert_eq!(home.bills[0].withdrawal.as_ref().unwrap().reason, "单价错了");
    assert_eq!(home.refused.len(), 1);
    let Village { chance, wang, .. } = &mut village;
    ask(wang, november(""), later, chance).unwrap();
    village.sync_all();
    for phone in [&village.fang, &village.wang, &village.chen, &village.mei] {
        let home = page(phone, "3-2-501");
        assert_eq!((home.statement.owed, home.bills.len()), (Fen::new(12_065), 2));
    }
    village.assert_agree();
}
