//! Bill runs with homes that are not as usual.

use linli_domain::{kernel::Fen, payments::TariffFields};

use super::{
    given::{NOON, Phone, Village, sync},
    money::{Seed, ask, bill, billed, november, page},
};
use crate::{Ask, AskError, money};

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
