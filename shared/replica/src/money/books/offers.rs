//! What this person may do with a page of the books: the rules themselves are asked.

use linli_domain::{
    kernel::{Attachment, AttachmentKind, Author, BlobKey, Fen, Moment, Month},
    payments::{
        ApprovedFields, CommonIncomeFields, CommonSource, Emergency, ExpenseFields,
        treasury::{Asked, Known, Project, differences},
    },
    repairs::Place,
};
use linli_wire::{FactId, Hash};

use super::{Book, Kept};
use crate::{ReplicaError, money::Doable, repairs::Filter, replica::Replica, store::Store};

/// Months back that can be signed at once.
const MONTHS_BACK: u32 = 3;

/// Repairs that a project can be planned for.
const REPAIRS_MAX: u32 = 60;

/// A word that no screen shows: only whether the rules would say yes is asked.
const SOME: &str = "…";

/// What this person may do with a page of the books.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BookOffers {
    /// With the page.
    pub page: Vec<Doable>,
    /// With single facts on it.
    pub facts: Vec<(FactId, Doable)>,
    /// Months that nobody has signed yet, the newest first.
    pub months: Vec<Month>,
    /// Quarters whose common income is to be shared out, with what there is to share.
    pub quarters: Vec<(Month, Fen)>,
    /// Repairs with a verified common place.
    pub repairs: Vec<(FactId, Place, String)>,
    /// Buildings, for a place.
    pub buildings: Vec<String>,
}

/// Whoever asks, with what is known.
struct Judge<'a> {
    kept: &'a Kept,
    author: &'a Author,
    known: Known<'a>,
}

impl Judge<'_> {
    fn would(&self, asked: &Asked) -> bool {
        self.kept.treasury.decide(self.author, asked, &self.known).is_ok()
    }

    fn plan(&self) -> bool {
        let (purpose, budget) = (SOME.to_owned(), Fen::new(1));
        self.would(&Asked::Plan { purpose, place: Place::Community, repair: None, budget })
    }

    fn project(&self, project: &Project, offers: &mut BookOffers) {
        let id = project.opened.id;
        let fen = Fen::new(1);
        let approved = ApprovedFields { project: id, budget: fen, decision: Hash([0; 32]) };
        let spend = Asked::Spend {
            project: id,
            amount: fen,
            invoice: SOME.to_owned(),
            proof: vec![photo()],
        };
        let all = [
            (Doable::Approve, Asked::Approve(approved)),
            (Doable::Urge, Asked::Urge { project: id, cause: Emergency::Lift }),
            (Doable::Spend, spend),
        ];
        let may = all.into_iter().filter(|(_, asked)| self.would(asked));
        offers.page.extend(may.map(|(doable, _)| doable));
        for approval in project.approvals.values().filter(|one| one.cosigned.is_none()) {
            if self.would(&Asked::Cosign { to: approval.id }) {
                offers.facts.push((approval.id, Doable::Cosign));
            }
        }
    }

    fn common(&self, offers: &mut BookOffers) {
        let income = CommonIncomeFields {
            source: CommonSource::Other,
            quarter: Month::of(self.kept.today).quarter(),
            amount: Fen::new(1),
            cost: Fen::ZERO,
            voucher: SOME.to_owned(),
            proof: Vec::new(),
        };
        if self.would(&Asked::Earn(income)) {
            offers.page.push(Doable::Earn);
        }
        let treasury = &self.kept.treasury;
        for quarter in treasury.quarters() {
            let left = || {
                let (to_fund, to_committee) = treasury.shared_of(quarter)?;
                treasury.net_of(quarter)?.minus(to_fund)?.minus(to_committee)
            };
            let (to_fund, to_committee) = (left().unwrap_or_default(), Fen::ZERO);
            let decision = Hash([0; 32]);
            if self.would(&Asked::Share { quarter, to_fund, to_committee, decision }) {
                offers.quarters.push((quarter, to_fund));
            }
        }
        if !offers.quarters.is_empty() {
            offers.page.push(Doable::Share);
        }
    }

    fn expense(&self) -> bool {
        let (purpose, invoice) = (SOME.to_owned(), SOME.to_owned());
        let fields = ExpenseFields { purpose, amount: Fen::new(1), invoice, proof: vec![photo()] };
        self.would(&Asked::Pay(fields))
    }

    fn months(&self, offers: &mut BookOffers) {
        let signed = |month: &Month| {
            // What came late changes a month that was signed: it is signed anew.
            let stands = |fields| {
                differences(&self.kept.ledger, fields).is_some_and(|differs| differs.is_empty())
            };
            let mut all = self.kept.treasury.balances.values().map(|signed| &signed.entered.fields);
            all.any(|fields| fields.month == *month && stands(fields))
        };
        let this = Month::of(self.kept.today);
        let months = (1..=MONTHS_BACK).filter_map(|back| this.minus(back));
        let began = self.kept.ledger.months().map(|(first, _)| first);
        let months = months.filter(|month| began.is_some_and(|first| first <= *month));
        let may = |month: &Month| self.would(&Asked::SignMonth { month: *month });
        offers.months = months.filter(|month| !signed(month)).filter(may).collect();
        if !offers.months.is_empty() {
            offers.page.push(Doable::SignMonth);
        }
        let open = self.kept.treasury.balances.iter().filter(|(_, one)| one.confirmed.is_none());
        for (id, _) in open {
            if self.would(&Asked::ConfirmMonth { to: *id }) {
                offers.facts.push((*id, Doable::ConfirmMonth));
            }
        }
    }
}

/// Stands for a photo that is not taken yet.
fn photo() -> Attachment {
    Attachment {
        kind: AttachmentKind::Photo,
        key: BlobKey([0; 32]),
        parts: vec![Hash([0; 32])],
        bytes: 1,
        turn: 1,
    }
}

impl<S: Store> Replica<S> {
    /// Tells what this person may do with a page of the books.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn book_offers(
        &self,
        book: &Book,
        kept: &Kept,
        now: Moment,
    ) -> Result<BookOffers, ReplicaError> {
        let author = self.viewer(now)?;
        let registry = &self.member()?.current;
        let ledger = kept.is_whole().then_some(&kept.ledger);
        let known = Known { registry, verified: None, ledger };
        let judge = Judge { kept, author: &author, known };
        let mut offers = BookOffers::default();
        match book {
            Book::Ledger if kept.is_whole() => judge.months(&mut offers),
            Book::Fund if judge.plan() => {
                offers.page.push(Doable::Plan);
                offers.repairs = self.repairs_in_common(now)?;
                offers.buildings = registry.buildings();
            }
            Book::Project(id) => {
                if let Some(project) = kept.treasury.projects.get(id) {
                    judge.project(project, &mut offers);
                }
            }
            Book::Common => judge.common(&mut offers),
            Book::Committee if judge.expense() => offers.page.push(Doable::Expense),
            _ => {}
        }
        Ok(offers)
    }

    /// Finds open repairs whose place is common and was verified.
    fn repairs_in_common(&self, now: Moment) -> Result<Vec<(FactId, Place, String)>, ReplicaError> {
        let (_, rows) = self.repairs(Filter::Open, "", 0, REPAIRS_MAX, now)?;
        let mut found = Vec::new();
        for row in rows.into_iter().filter(|row| !matches!(row.place, Place::Home(_))) {
            if let Some(place) = self.verified_place(&row.id)? {
                found.push((row.id, place, row.excerpt));
            }
        }
        Ok(found)
    }
}
