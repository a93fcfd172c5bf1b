//! What the owners have together as a shell draws it: fund, projects, common income, committee.

use linli_domain::{
    kernel::{Day, Fen, Month, Scope, UnitCode},
    payments::{
        CommonSource, Emergency,
        ledger::SubAccount,
        treasury::{Approval, Project, Stage},
    },
    repairs::Place,
};
use linli_replica::money::{
    Book, CommitteePage, CommonPage, Doable, FundPage, ProjectPage, QuarterPage, UnitsPage,
};

use crate::{
    book_records::{BookPage, BookPart, BookRow},
    choices,
    money_subject::Subject,
    present_books::{part, plain, row, signed},
    present_money::Pages,
    screen_records::{Chip, Choice, Sign, Tone},
};

/// Quarters back that income can be noted for.
const QUARTERS_BACK: u32 = 4;

impl Pages<'_> {
    pub(crate) fn fund(&self, open: &Book, page: &FundPage) -> BookPage {
        let own = page.own.iter().map(|(unit, sub, more)| self.sub_account(unit, sub, *more));
        let buildings = page.buildings.iter().map(|(building, sub)| {
            let title = self.telling.scope(&Scope::Building(building.clone()));
            let book = Book::Units(building.clone());
            let text = self.lacking(sub, Fen::ZERO);
            row(format!("building/{building}"), title, text, sub.balance).opening(&book)
        });
        let projects = page.projects.iter().map(|project| self.project_row(project));
        let refused = page.refused.iter().enumerate().map(|(at, refusal)| {
            let said = self.telling.word("refusal", refusal.word());
            plain(format!("refused/{at}"), said, String::new())
        });
        let parts = [
            ("own_share", own.collect()),
            ("projects", projects.collect()),
            ("buildings", buildings.collect()),
            ("refused", refused.collect()),
        ];
        let whole = page.whole.map(|whole| signed(whole.balance));
        let low = |low| match low {
            true => self.book_chip(Tone::Warn, Sign::Late, "fund_low"),
            false => self.book_chip(Tone::Good, Sign::Check, "fund_enough"),
        };
        BookPage {
            figure_label: whole.as_ref().map(|_| self.book_word("fund_held")).unwrap_or_default(),
            figure_text: whole.unwrap_or_default(),
            chip: page.whole.map(|_| low(page.low)),
            parts: self.parts(parts),
            ..self.empty_page(open, self.book_word("fund"))
        }
    }

    fn parts<const N: usize>(&self, parts: [(&str, Vec<BookRow>); N]) -> Vec<BookPart> {
        parts.into_iter().filter_map(|(key, rows)| part(self.book_word(key), rows)).collect()
    }

    fn sub_account(&self, unit: &UnitCode, sub: &SubAccount, more: Fen) -> BookRow {
        row(unit.to_string(), unit.to_string(), self.lacking(sub, more), sub.balance)
    }

    /// What works cost beyond a sub-account, and what is to be paid in.
    fn lacking(&self, sub: &SubAccount, more: Fen) -> String {
        let said = |key, sum: Fen| self.book_say(key, &[("sum", &sum.to_string())]);
        let owed = (sub.owed > Fen::ZERO).then(|| said("fund_owed", sub.owed));
        let more = (more > Fen::ZERO).then(|| said("top_up", more));
        let lines: Vec<String> = owed.into_iter().chain(more).collect();
        lines.join("\n")
    }

    pub(crate) fn units(&self, open: &Book, page: &UnitsPage) -> BookPage {
        let units = page.units.iter().map(|(unit, sub, more)| self.sub_account(unit, sub, *more));
        let sum = Fen::sum(page.units.iter().map(|(_, sub, _)| sub.balance));
        BookPage {
            figure_text: sum.map(signed).unwrap_or_default(),
            figure_label: self.book_word("fund_held"),
            parts: self.parts([("sub_accounts", units.collect())]),
            actions: Vec::new(),
            ..self.empty_page(open, self.telling.scope(&Scope::Building(page.building.clone())))
        }
    }

    fn project_row(&self, project: &Project) -> BookRow {
        let (id, fields) = (project.opened.id, &project.opened.fields);
        let row = row(
            id.to_hex(),
            fields.purpose.clone(),
            self.telling.place(&fields.place),
            fields.budget,
        );
        BookRow { chip: Some(self.stage(project)), ..row.opening(&Book::Project(id)) }
    }

    fn stage(&self, project: &Project) -> Chip {
        let stage = project.stage();
        let (tone, sign) = match stage {
            Stage::Planned => (Tone::Plain, Sign::Waits),
            Stage::AwaitsSecond => (Tone::Warn, Sign::Waits),
            Stage::Approved => (Tone::Accent, Sign::Check),
            Stage::Emergency => (Tone::Warn, Sign::Late),
            Stage::Paid => (Tone::Good, Sign::Money),
        };
        Chip { tone, sign, text: self.telling.word("stage", stage.word()) }
    }

    pub(crate) fn project(&self, open: &Book, page: &ProjectPage) -> BookPage {
        let project = &page.project;
        let fields = &project.opened.fields;
        let who = self.telling.who(&project.opened.author.person, project.opened.author.role());
        let mut lines = vec![
            self.telling.place(&fields.place),
            format!("{who} · {}", self.telling.stamp(project.opened.when)),
            self.book_say("payers", &[("n", &project.payers.len().to_string())]),
        ];
        let provisional = project.approvals.values().any(|one| one.emergency.is_none());
        lines.extend(provisional.then(|| self.book_word("provisional")));
        lines.extend(page.audit.then(|| self.book_word("audit")));
        let approvals = project.approvals.values().map(|approval| self.approval(approval));
        let spent = project.spent.values().map(|spent| {
            let (id, fields) = (spent.id, &spent.fields);
            let text = self.telling.stamp(spent.when);
            row(id.to_hex(), fields.invoice.clone(), text, fields.amount).opening(&Book::Entry(id))
        });
        let shares = page
            .shares
            .iter()
            .map(|(unit, share)| row(unit.to_string(), unit.to_string(), String::new(), *share));
        let parts = [
            ("approvals", approvals.collect()),
            ("invoices", spent.collect()),
            ("own_part", shares.collect()),
        ];
        let (figure, label) = match page.paid > Fen::ZERO {
            true => {
                (page.paid, self.book_say("paid_of_budget", &[("sum", &fields.budget.to_string())]))
            }
            false => (fields.budget, self.book_word("budget")),
        };
        BookPage {
            figure_text: signed(figure),
            figure_label: label,
            lines,
            chip: Some(self.stage(project)),
            parts: self.parts(parts),
            subject: Subject::Fact(project.opened.id).text(),
            ..self.empty_page(open, fields.purpose.clone())
        }
    }

    fn approval(&self, approval: &Approval) -> BookRow {
        let title = match approval.emergency {
            None => self.book_word("decided"),
            Some(cause) => self.telling.word("emergency", cause.word()),
        };
        let first = self.telling.who(&approval.author.person, approval.author.role());
        let second = approval.cosigned.map(|signed| {
            format!("{} · {}", self.keeper(&signed.by), self.telling.stamp(signed.when))
        });
        let chip = match second {
            Some(_) => self.book_chip(Tone::Good, Sign::Check, "two_signed"),
            None => self.book_chip(Tone::Warn, Sign::Waits, "month_waits"),
        };
        let text = [Some(first), second].into_iter().flatten().collect::<Vec<_>>().join("\n");
        BookRow {
            chip: Some(chip),
            subject: Subject::Fact(approval.id).text(),
            actions: self.fact_actions(&approval.id),
            ..row(approval.id.to_hex(), title, text, approval.budget)
        }
    }

    pub(crate) fn common(&self, open: &Book, page: &CommonPage) -> BookPage {
        BookPage {
            figure_text: signed(page.left),
            figure_label: self.book_word("common_left"),
            parts: page.quarters.iter().map(|quarter| self.income(quarter)).collect(),
            ..self.empty_page(open, self.book_word("common"))
        }
    }

    fn income(&self, page: &QuarterPage) -> BookPart {
        let mut rows: Vec<BookRow> = Vec::new();
        for income in &page.incomes {
            let fields = &income.fields;
            let title = self.telling.word("common_source", fields.source.word());
            let values = [("cost", &*fields.cost.to_string()), ("text", &*fields.voucher)];
            let text = self.book_say("cost", &values);
            let (id, book) = (income.id.to_hex(), Book::Entry(income.id));
            rows.push(row(id, title, text, fields.amount).opening(&book));
        }
        for split in &page.splits {
            let fields = &split.fields;
            let (fund, committee) = (fields.to_fund.to_string(), fields.to_committee.to_string());
            let text = self.book_say("split", &[("fund", &fund), ("committee", &committee)]);
            let out = fields.to_fund.plus(fields.to_committee).unwrap_or_default();
            let out = Fen::ZERO.minus(out).unwrap_or_default();
            let title = self.telling.word("memo", "common_split");
            let (id, book) = (split.id.to_hex(), Book::Entry(split.id));
            rows.push(row(id, title, text, out).opening(&book));
        }
        let net = page.net.to_string();
        let title = self.book_say("net", &[("months", &self.quarter(page.quarter)), ("sum", &net)]);
        BookPart { title, rows }
    }

    pub(crate) fn committee(&self, open: &Book, page: &CommitteePage) -> BookPage {
        let rows = page.expenses.iter().map(|expense| {
            let fields = &expense.fields;
            let text = format!("{} · {}", self.telling.stamp(expense.when), fields.invoice);
            let (id, book) = (expense.id.to_hex(), Book::Entry(expense.id));
            row(id, fields.purpose.clone(), text, fields.amount).opening(&book)
        });
        let values = [("got", &*page.got.to_string()), ("spent", &*page.spent.to_string())];
        BookPage {
            figure_text: signed(page.got.minus(page.spent).unwrap_or_default()),
            figure_label: self.book_word("committee_left"),
            lines: vec![self.book_say("got_and_spent", &values)],
            parts: self.parts([("invoices", rows.collect())]),
            ..self.empty_page(open, self.book_word("committee"))
        }
    }

    /// What can be chosen for an act on the books.
    pub(crate) fn book_choices(&self, doable: Doable, word: &str) -> Vec<Choice> {
        let said = |group: &str, word: &str| choices::word(&self.telling, group, word);
        let offers = self.screens.book.as_ref().map(|open| &open.offers);
        match word {
            "first" => vec![said("book", "first_deposit")],
            "cause" => Emergency::ALL.iter().map(|c| said("emergency", c.word())).collect(),
            "source" => CommonSource::ALL.iter().map(|s| said("common_source", s.word())).collect(),
            "repair" => offers
                .iter()
                .flat_map(|offers| &offers.repairs)
                .map(|(id, place, text)| {
                    let value = format!("{}@{place}", id.to_hex());
                    Choice { value, text: format!("{} {text}", self.telling.place(place)) }
                })
                .collect(),
            "place" => {
                let buildings = offers.iter().flat_map(|offers| offers.buildings.clone());
                let places = buildings.map(Place::Building);
                let all = std::iter::once(Place::Community).chain(places);
                all.map(|place| choices::place(&self.telling, &place)).collect()
            }
            "month" => {
                let months = offers.iter().flat_map(|offers| &offers.months);
                months.map(|m| Choice { value: m.to_string(), text: m.to_string() }).collect()
            }
            "quarter" if doable == Doable::Share => {
                let quarters = offers.iter().flat_map(|offers| &offers.quarters);
                quarters
                    .map(|(quarter, net)| {
                        let values =
                            [("months", &*self.quarter(*quarter)), ("sum", &*net.to_string())];
                        Choice { value: quarter.to_string(), text: self.book_say("net", &values) }
                    })
                    .collect()
            }
            "quarter" => self.quarters(),
            _ => Vec::new(),
        }
    }

    /// The last quarters, the newest first.
    fn quarters(&self) -> Vec<Choice> {
        let today = Day::of(self.telling.now, self.telling.offset);
        let first = today.map(|today| Month::of(today).quarter());
        let quarters = first.into_iter().flat_map(|first| {
            (0..QUARTERS_BACK).filter_map(move |back| first.minus(back.checked_mul(3)?))
        });
        quarters
            .map(|quarter| Choice { value: quarter.to_string(), text: self.quarter(quarter) })
            .collect()
    }
}
