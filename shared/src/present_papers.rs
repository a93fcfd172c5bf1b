//! Receipts and refunds as a shell draws them.

use linli_domain::{
    kernel::{Fen, Moment},
    payments::{
        Method,
        account::{Account, Deposit, FundPaid, Receipt, Refund},
        in_capitals,
    },
};
use linli_replica::money::HomePage;
use linli_wire::FactId;

use crate::{
    money_event::receipt_code,
    money_records::{PaperCard, ReceiptCode},
    money_subject::Subject,
    present_list::delivery_chip,
    present_money::{Pages, yuan},
    repair_records::Action,
    screen_records::{Chip, Sign, Tone},
};

/// How long a receipt that was just written is shown to be scanned (ms): until the next door.
const FRESH_MS: i64 = 10 * 60 * 1000;

impl Pages<'_> {
    pub(crate) fn papers(&self, page: &HomePage, open: bool) -> Vec<PaperCard> {
        let mut papers: Vec<(Moment, PaperCard)> = Vec::new();
        for account in &page.accounts {
            let receipts = account.receipts.values();
            papers.extend(receipts.map(|r| (r.when, self.receipt(r, page, open))));
            let refunds = account.refunds.values();
            papers.extend(refunds.map(|refund| (refund.when, self.refund(refund, account, open))));
            let deposits = account.deposits.values();
            papers.extend(deposits.map(|deposit| (deposit.when, self.deposit(deposit, open))));
            papers.extend(account.fund_paid.values().map(|paid| (paid.when, self.fund_paid(paid))));
        }
        papers.sort_by(|(one, card), (two, other)| (two, &other.id).cmp(&(one, &card.id)));
        papers.into_iter().map(|(_, card)| card).collect()
    }

    fn receipt(&self, receipt: &Receipt, page: &HomePage, open: bool) -> PaperCard {
        let fields = &receipt.fields;
        let waits = receipt.void.as_ref().filter(|void| void.agreed.is_none()).map(|void| void.id);
        let mut notes = Vec::new();
        let applied = page.statement.applied.iter().find(|applied| applied.receipt == receipt.id);
        for (bill, principal, late) in applied.iter().flat_map(|applied| &applied.parts) {
            let Some(owed) = page.statement.bills.iter().find(|owed| owed.bill == *bill) else {
                continue;
            };
            let months = self.months(owed.from, owed.to);
            let sum = principal.plus(*late).unwrap_or(*principal).to_string();
            notes.push(self.say("paid_for", &[("months", &months), ("sum", &sum)]));
        }
        if let Some(credit) = applied.map(|a| a.credit).filter(|credit| *credit > Fen::ZERO) {
            notes.push(self.say("left_over", &[("sum", &credit.to_string())]));
        }
        if let Some(void) = &receipt.void {
            notes.push(self.say("void_why", &[("reason", &void.reason)]));
        }
        let said =
            |key, text: &Option<String>| text.as_ref().map(|text| self.say(key, &[("text", text)]));
        notes.extend(said("slip", &fields.slip));
        notes.extend(said("reference", &fields.reference));
        notes.extend(said("off_the_round", &fields.reason));
        let delivery = page.deliveries.iter().find(|(id, _)| *id == receipt.id);
        PaperCard {
            id: receipt.id.to_hex(),
            subject: Subject::Paper(fields.unit.clone(), receipt.id, waits).text(),
            number: fields.number.to_string(),
            sum_text: yuan(fields.amount),
            how_text: self.how(
                fields.method,
                &self.telling.who(&receipt.author.person, receipt.author.role()),
                receipt.at,
            ),
            chip: self.receipt_chip(receipt, page),
            notes,
            delivery_chip: delivery.map(|(_, delivery)| delivery_chip(&self.telling, *delivery)),
            actions: self.paper_actions(&receipt.id, open),
        }
    }

    fn how(&self, method: Method, who: &str, at: Moment) -> String {
        let at = self.telling.at(at);
        format!("{} · {who} · {at}", self.telling.word("method", method.word()))
    }

    fn receipt_chip(&self, receipt: &Receipt, page: &HomePage) -> Chip {
        if receipt.is_void() {
            self.chip(Tone::Plain, Sign::Blocked, "void")
        } else if receipt.void.is_some() {
            self.chip(Tone::Warn, Sign::Waits, "void_asked")
        } else if page.statement.twice.contains(&receipt.id) {
            self.chip(Tone::Conflict, Sign::Versions, "paid_twice")
        } else if receipt.scanned_only {
            self.chip(Tone::Pending, Sign::Waits, "scanned_only")
        } else if receipt.acknowledged.is_empty() {
            self.chip(Tone::Accent, Sign::Money, "given")
        } else {
            self.chip(Tone::Good, Sign::Check, "acknowledged")
        }
    }

    fn refund(&self, refund: &Refund, account: &Account, open: bool) -> PaperCard {
        let agreed = refund.agreed.is_some();
        PaperCard {
            id: refund.id.to_hex(),
            subject: Subject::Paper(account.unit.clone(), refund.id, None).text(),
            number: String::new(),
            sum_text: format!("-{}", yuan(refund.fields.amount)),
            how_text: self.how(refund.fields.method, &self.keeper(&refund.by), refund.when),
            chip: match agreed {
                true => self.chip(Tone::Good, Sign::Done, "refunded"),
                false => self.chip(Tone::Warn, Sign::Waits, "refund_asked"),
            },
            notes: vec![refund.fields.reason.clone()],
            delivery_chip: None,
            actions: self.paper_actions(&refund.id, open),
        }
    }

    fn deposit(&self, deposit: &Deposit, open: bool) -> PaperCard {
        let held = deposit.left() > Fen::ZERO;
        let (fields, by) = (&deposit.fields, self.keeper(&deposit.by));
        PaperCard {
            id: deposit.id.to_hex(),
            subject: Subject::Paper(fields.unit.clone(), deposit.id, None).text(),
            number: String::new(),
            sum_text: yuan(if held { deposit.left() } else { fields.amount }),
            how_text: format!("{by} · {}", self.telling.at(deposit.when)),
            chip: match held {
                true => self.chip(Tone::Accent, Sign::Money, "deposit_held"),
                false => self.chip(Tone::Plain, Sign::Done, "deposit_back"),
            },
            notes: vec![fields.purpose.clone()],
            delivery_chip: None,
            actions: self.paper_actions(&deposit.id, open),
        }
    }

    fn fund_paid(&self, paid: &FundPaid) -> PaperCard {
        let (fields, by) = (&paid.fields, self.keeper(&paid.by));
        PaperCard {
            id: paid.id.to_hex(),
            subject: String::new(),
            number: String::new(),
            sum_text: yuan(fields.amount),
            how_text: format!("{by} · {}", self.telling.at(paid.when)),
            chip: self.chip(Tone::Good, Sign::Check, "fund_noted"),
            notes: vec![self.say("reference", &[("text", &fields.reference)])],
            delivery_chip: None,
            actions: Vec::new(),
        }
    }

    fn paper_actions(&self, id: &FactId, open: bool) -> Vec<Action> {
        let offers = self.screens.offers.papers.iter().filter(|(of, _)| open && of == id);
        offers.map(|(_, doable)| self.action(*doable, None)).collect()
    }

    /// The receipt that this phone wrote last at this home, while its payer has not kept it.
    pub(crate) fn fresh(&self, page: &HomePage) -> Option<ReceiptCode> {
        let (id, bytes) = self.screens.receipt.as_ref()?;
        let receipt = page.receipts().into_iter().find(|receipt| receipt.id == *id)?;
        let age = self.telling.now.0.saturating_sub(receipt.at.0);
        let shown = receipt.void.is_none() && receipt.acknowledged.is_empty() && age < FRESH_MS;
        shown.then(|| self.code(receipt, bytes))
    }

    pub(crate) fn open_receipt(&self) -> Option<ReceiptCode> {
        let (id, bytes) = self.screens.receipt.as_ref()?;
        let pages = self.screens.home.iter().chain(&self.screens.homes);
        let mut receipts = pages.flat_map(HomePage::receipts);
        receipts.find(|receipt| receipt.id == *id).map(|receipt| self.code(receipt, bytes))
    }

    fn code(&self, receipt: &Receipt, bytes: &[u8]) -> ReceiptCode {
        let fields = &receipt.fields;
        ReceiptCode {
            id: receipt.id.to_hex(),
            unit: fields.unit.to_string(),
            number: fields.number.to_string(),
            sum_text: yuan(fields.amount),
            capitals_text: self.say("capitals", &[("text", &in_capitals(fields.amount))]),
            code: receipt_code(bytes),
        }
    }
}
