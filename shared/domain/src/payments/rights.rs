//! Who may do what with money, as `mod` tells it.

use crate::kernel::{Author, Role, Scope, StaffDuty, UnitCode};

/// Decides what is charged: the committee, a founder until there is one.
pub(super) fn decides(author: &Author) -> bool {
    author.holds(&[Role::Committee, Role::Founder], &Scope::Community)
}

/// Keeps the books: the company's finance (who is charged with nothing in particular does everything),
/// or who decides.
pub(super) fn keeps_books(author: &Author) -> bool {
    is_of_company(author, &[StaffDuty::Finance, StaffDuty::Manager]) || decides(author)
}

/// Takes money for a home: its head, or the company's finance and desk.
#[must_use]
pub fn collects(author: &Author, unit: &UnitCode) -> bool {
    let scope = Scope::Unit(unit.clone());
    author.holds(&[Role::Head], &scope) || serves_counter(author)
}

/// Takes money for any home at the office's own counter: the company's finance and desk.
#[must_use]
pub fn serves_counter(author: &Author) -> bool {
    is_of_company(author, &[StaffDuty::Finance, StaffDuty::Manager, StaffDuty::Desk])
}

/// Holds deposits: who keeps the books, and the company's desk.
pub(super) fn keeps_deposits(author: &Author) -> bool {
    keeps_books(author) || is_of_company(author, &[StaffDuty::Desk])
}

/// Takes over what a collector counted: who keeps the books, and the company's desk.
pub(super) fn takes_over(author: &Author) -> bool {
    keeps_deposits(author)
}

/// Belongs to the company, the committee or the founders.
pub(super) fn runs(author: &Author) -> bool {
    author.is_any(Role::runs)
}

/// Watches over the owners' money.
pub(super) fn audits(author: &Author) -> bool {
    author.holds(&[Role::Auditor], &Scope::Community)
}

/// Demands what a home owes: whoever takes money for it, and the committee (Civil Code 944).
pub(super) fn demands(author: &Author, unit: &UnitCode) -> bool {
    collects(author, unit) || decides(author)
}

/// Can be the second person: the head of the home, or somebody of the office.
pub(super) fn is_second(author: &Author, unit: &UnitCode) -> bool {
    let office = author.is_any(Role::is_office);
    office || author.holds(&[Role::Head], &Scope::Unit(unit.clone()))
}

/// Pays: belongs to the household, or owns the home.
pub(super) fn pays(author: &Author, unit: &UnitCode) -> bool {
    author.holds(&[Role::Owner, Role::Resident, Role::Tenant], &Scope::Unit(unit.clone()))
}

fn is_of_company(author: &Author, duties: &[StaffDuty]) -> bool {
    let charged = author.staff.is_empty() || duties.iter().any(|duty| author.has_duty(*duty));
    author.holds(&[Role::Property], &Scope::Community) && charged
}
