//! The books as people read them: the office all of them, others their own share.

use linli_domain::{
    kernel::{Fen, Moment, Month, Role, UnitCode},
    payments::{ApprovedFields, account::Asked as OfHome, ledger::Purse, treasury::Asked},
};
use linli_wire::{FactId, Hash};

use super::{
    given::{NOON, Phone, Village, join, sync},
    treasury::{ask, common, roofed},
};
use crate::money::{self, Book, BookOffers, BookPage, Doable};

const WEEK_MS: i64 = 7 * 24 * 3600 * 1000;

fn page(phone: &Phone, book: &Book) -> Option<BookPage> {
    phone.book_page(book, &phone.books(NOON).unwrap(), NOON).unwrap()
}

fn offers(phone: &Phone, book: &Book, now: Moment) -> BookOffers {
    phone.book_offers(book, &phone.books(now).unwrap(), now).unwrap()
}

/// A village in which a roof was paid; the project, and the auditor.
fn paid(seed: u64) -> (Village, Phone, FactId) {
    let mut village = Village::new(seed);
    let Village { relay, chance, fang, .. } = &mut village;
    let mut guo = join(&mut [fang], Role::Auditor, "community", relay, chance);
    village.sync_all();
    let project = roofed(&mut village, &mut guo);
    village.sync_all();
    let Village { relay, chance, .. } = &mut village;
    sync(&mut guo, relay, chance);
    (village, guo, project)
}

#[test]
fn the_office_goes_from_what_there_is_down_to_the_voucher() {
    let (mut village, guo, project) = paid(93);
    let Village { chance, wang, fang, .. } = &mut village;
    let (amount, purpose) = (Fen::new(50_000), "装修押金".to_owned());
    let unit = UnitCode::parse("3-2-501").unwrap();
    let asked = OfHome::TakeDeposit { amount, purpose };
    let home = money::Ask::Home { unit, asked, round: None, draft: None };
    ask(wang, home, chance).unwrap();
    let Some(BookPage::Ledger(ledger)) = page(wang, &Book::Ledger) else { panic!("no ledger") };
    let of = |purse: Purse| {
        let of = ledger.accounts.iter().filter(|sum| sum.account.purse() == purse);
        Fen::sum(of.map(|sum| sum.amount))
    };
    for purse in Purse::ALL {
        assert_eq!(of(purse), Some(Fen::ZERO), "{purse:?}");
    }
    assert!(ledger.accounts.iter().all(|sum| sum.amount != Fen::ZERO), "nothing is left out");
    let fund = ledger.accounts.iter().find(|sum| sum.name == "assets:fund:bank").unwrap();
    assert_eq!(fund.amount, Fen::new(2 * 849_015 - 300_001));
    // Down: the account, its quarter, the entry, the invoice.
    let Some(BookPage::Account(account)) = page(wang, &Book::Account(fund.name.clone(), None))
    else {
        panic!("no account")
    };
    let [(quarter, total)] = account.quarters[..] else { panic!("{account:?}") };
    assert_eq!((quarter, total.amount), (Month::parse("2026-10").unwrap(), fund.amount));
    assert!(account.entries.is_empty(), "no quarter is open");
    let open = Book::Account(fund.name.clone(), Some(quarter));
    let Some(BookPage::Account(account)) = page(wang, &open) else { panic!("no quarter") };
    assert_eq!(u32::try_from(account.entries.len()), Ok(total.entries));
    assert_eq!(Fen::sum(account.entries.iter().map(|entry| entry.amount)), Some(total.amount));
    let spent = account.entries.iter().find(|entry| entry.amount < Fen::ZERO).unwrap();
    let Some(BookPage::Entry(entry)) = page(&guo, &Book::Entry(spent.fact)) else {
        panic!("no entry")
    };
    assert_eq!((entry.paper.as_deref(), entry.proof.len()), (Some("发票17"), 1));
    assert_eq!(entry.author, Some(fang.viewer(NOON).unwrap().person));
    let Some(BookPage::Project(page)) = page(&guo, &Book::Project(project)) else {
        panic!("no project")
    };
    assert_eq!((page.paid, page.audit, page.shares.len()), (Fen::new(300_001), true, 0));
}

#[test]
fn a_resident_reads_projects_and_their_own_share_and_no_other_home() {
    let (village, _, project) = paid(94);
    let Village { wang, mei, .. } = &village;
    let own = UnitCode::parse("3-2-501").unwrap();
    assert_eq!(mei.books_to_open(NOON).unwrap(), [Book::Fund, Book::Common, Book::Committee]);
    assert_eq!(page(mei, &Book::Ledger), None);
    assert_eq!(page(mei, &Book::Account("assets:fund:bank".to_owned(), None)), None);
    let Some(BookPage::Fund(fund)) = page(mei, &Book::Fund) else { panic!("no fund") };
    assert!(fund.whole.is_none() && fund.buildings.is_empty());
    let [(unit, sub, top_up)] = &fund.own[..] else { panic!("{fund:?}") };
    assert_eq!((unit, sub.balance, *top_up), (&own, Fen::new(849_015 - 150_001), Fen::ZERO));
    let Some(BookPage::Project(of)) = page(mei, &Book::Project(project)) else {
        panic!("no project")
    };
    assert_eq!(of.shares, [(own, Fen::new(150_001))]);
    // The entry tells what the fund paid and what that cost this home; of the others nothing.
    let spent = *of.project.spent.keys().next().unwrap();
    let Some(BookPage::Entry(entry)) = page(mei, &Book::Entry(spent)) else { panic!("no entry") };
    let sums: Vec<(&str, i64)> =
        entry.sums.iter().map(|sum| (&*sum.name, sum.amount.get())).collect();
    assert_eq!(sums, [("assets:fund:bank", -300_001), ("liabilities:fund:unit", 150_001)]);
    let ledger = wang.ledger(NOON).unwrap();
    let other = UnitCode::parse("1-2-501").unwrap();
    let foreign =
        |account: &linli_domain::payments::ledger::LedgerAccount| account.home() == Some(&other);
    let of_other = ledger
        .entries()
        .iter()
        .find(|entry| ledger.postings(entry).any(|(account, _)| foreign(account)));
    assert_eq!(page(mei, &Book::Entry(of_other.unwrap().fact)), None);
    let Some(BookPage::Units(units)) = page(mei, &Book::Units("1".to_owned())) else {
        panic!("no building")
    };
    assert!(units.units.is_empty());
    for book in [Book::Fund, Book::Project(project), Book::Common, Book::Committee] {
        let offers = offers(mei, &book, NOON);
        assert_eq!((offers.page, offers.facts), (vec![], vec![]), "{book:?}");
    }
}

#[test]
fn a_button_of_the_books_stands_where_the_rules_say_yes() {
    let (mut village, mut guo, project) = paid(95);
    let Village { relay, chance, fang, wang, .. } = &mut village;
    assert_eq!(offers(wang, &Book::Fund, NOON).page, [Doable::Plan]);
    assert_eq!(offers(wang, &Book::Project(project), NOON).page, [Doable::Urge]);
    // What was approved is spent to the fen, within what may be over-run.
    let of_project = [Doable::Approve, Doable::Urge, Doable::Spend];
    assert_eq!(offers(fang, &Book::Project(project), NOON).page, of_project);
    assert_eq!(offers(wang, &Book::Committee, NOON).page, []);
    assert_eq!(offers(fang, &Book::Committee, NOON).page, [Doable::Expense]);
    // The auditor reads all of it and does nothing but sign.
    let all = [Book::Ledger, Book::Fund, Book::Project(project), Book::Common, Book::Committee];
    assert_eq!(guo.books_to_open(NOON).unwrap().len(), 4);
    for book in all {
        assert!(page(&guo, &book).is_some(), "{book:?}");
        assert_eq!(offers(&guo, &book, NOON).page, [], "{book:?}");
    }
    let fields = ApprovedFields { project, budget: Fen::new(400_000), decision: Hash([8; 32]) };
    let more = common(fang, Asked::Approve(fields), chance).unwrap();
    for phone in [&mut *fang, &mut guo] {
        sync(phone, relay, chance);
    }
    assert_eq!(offers(&guo, &Book::Project(project), NOON).facts, [(more, Doable::Cosign)]);
    assert_eq!(offers(fang, &Book::Project(project), NOON).facts, []);
    let common_income = offers(fang, &Book::Common, NOON);
    assert_eq!(common_income.page, [Doable::Earn, Doable::Share]);
    assert_eq!(common_income.quarters, [(Month::parse("2026-10").unwrap(), Fen::new(80_001))]);
    assert_eq!(offers(wang, &Book::Common, NOON).page, [Doable::Earn]);
    // A month is signed once it is over, and only from where there is something to sign.
    let of_ledger = offers(wang, &Book::Ledger, NOON);
    assert_eq!((of_ledger.page, of_ledger.months), (vec![], vec![]));
    let december = Moment(NOON.0 + 2 * WEEK_MS);
    let november = Month::parse("2026-11").unwrap();
    let of_ledger = offers(wang, &Book::Ledger, december);
    assert_eq!((of_ledger.page, of_ledger.months), (vec![Doable::SignMonth], vec![november]));
    let signed = common(wang, Asked::SignMonth { month: november }, chance).unwrap();
    let of_ledger = offers(wang, &Book::Ledger, december);
    assert_eq!((of_ledger.page, of_ledger.facts), (vec![], vec![]), "not the second one as well");
    for _ in 0..2 {
        sync(wang, relay, chance);
        sync(fang, relay, chance);
    }
    let of_ledger = offers(fang, &Book::Ledger, december);
    assert_eq!(of_ledger.facts, [(signed, Doable::ConfirmMonth)]);
    let Some(BookPage::Ledger(ledger)) = page(fang, &Book::Ledger) else { panic!("no ledger") };
    assert_eq!(ledger.months[0].id, signed);
    assert!(ledger.months[0].differs.is_empty() && ledger.months[0].confirmed.is_none());
}
