//! What people of such days ask, and what they ask it about.

use linli_domain::{
    kernel::{Fen, Month, UnitCode},
    payments::{
        ApprovedFields, CommonIncomeFields, CommonSource, Delivery, Emergency, ExpenseFields,
        Method, Notes,
        account::{Asked, ReceiptAsked},
        books,
        round::{self, Round, WORTHS},
        treasury,
    },
    repairs::{Place, given::photo},
};
use linli_wire::{FactId, Hash};

use super::{
    acts::What,
    given::{NOON, Phone},
};
use crate::money;

pub(super) fn home(sum: u16) -> UnitCode {
    let text = if sum.is_multiple_of(2) { "3-2-501" } else { "3-2-502" };
    UnitCode::parse(text).unwrap()
}

fn notes(mut fen: i64) -> Vec<Notes> {
    let mut notes = Vec::new();
    for worth in WORTHS {
        let pieces = u32::try_from(fen / worth).unwrap();
        fen %= worth;
        notes.push(Notes { worth: Fen::new(worth), pieces });
    }
    notes.retain(|notes| notes.pieces > 0);
    notes
}

/// One of several, by a number.
pub(super) fn pick<T>(all: &[T], sum: u16) -> Option<&T> {
    all.get(usize::from(sum) % all.len().max(1))
}

pub(super) fn receive(method: Method, sum: u16) -> ReceiptAsked {
    // Now and then a transfer is recorded again.
    let reference = (method != Method::Cash).then(|| format!("0917{}", sum % 20));
    let (amount, slip, reason) = (Fen::new(i64::from(sum) + 1), None, None);
    ReceiptAsked { amount, method, choice: None, slip, reference, reason, ahead: true }
}

pub(super) fn of_round(phone: &Phone, what: What, id: FactId, sum: u16) -> Option<money::Ask> {
    let state: Round = phone.round_state(&id).unwrap()?;
    let counts: Vec<_> = state.counts.values().collect();
    let not_taken: Vec<_> = counts.iter().filter(|count| count.taken.is_none()).collect();
    // One time in eight it is one that somebody else took already.
    let count =
        if sum.is_multiple_of(8) { pick(&counts, sum) } else { pick(&not_taken, sum).copied() };
    let reason = "随便".to_owned();
    let asked = match what {
        What::Count => {
            let notes = notes(state.cash_in_hand().get() + i64::from(sum % 3));
            round::Asked::Count { notes, reason }
        }
        What::Recount | What::Take => {
            let count = count?;
            let last = count.last_recount(&phone.viewer(NOON).unwrap().person);
            // One time in eight it is one that another person made, or that was made before the last one.
            let any = pick(&count.recounts, sum / 8).filter(|_| sum.is_multiple_of(8));
            match any.or(last).filter(|_| what == What::Take) {
                Some(recount) => round::Asked::Take { recount: recount.id, reason },
                None => {
                    let notes = notes(count.counted.get() + i64::from(sum % 2));
                    round::Asked::Recount { count: count.id, notes }
                }
            }
        }
        _ => {
            let taken = counts.iter().filter(|count| count.taken.is_some()).collect::<Vec<_>>();
            let count = pick(&taken, sum)?;
            let amount = count.counted.max(Fen::new(1));
            round::Asked::Bank { count: count.id, amount, slip: reason, proof: Vec::new() }
        }
    };
    Some(money::Ask::Round { round: id, asked, draft: None })
}

pub(super) fn of_home(
    phone: &Phone,
    what: What,
    unit: UnitCode,
    round: FactId,
    sum: u16,
) -> Option<money::Ask> {
    let page = phone.home_money(&unit, NOON).unwrap();
    let receipts = page.receipts();
    let refunds = page.accounts.iter().flat_map(|account| account.refunds.values());
    let reason = "随便".to_owned();
    let asked = match what {
        What::Transfer => Asked::Receive(receive(Method::Wechat, sum)),
        What::Void => {
            let round = phone.round_state(&round).unwrap();
            let counted = round.map(|round| round.counted()).unwrap_or_default();
            let fresh = receipts.iter().filter(|one| one.void.is_none());
            // One time in eight it is tried with what was counted.
            let open = |id| sum.is_multiple_of(8) || !counted.contains(id);
            let fresh: Vec<_> = fresh.filter(|one| open(&one.id)).collect();
            Asked::Void { receipt: pick(&fresh, sum / 2)?.id, reason }
        }
        What::Refund => {
            let credit = page.statement.credit;
            if credit == Fen::ZERO {
                return None;
            }
            let amount = credit.min(Fen::new(i64::from(sum) / 3 + 1));
            Asked::Refund { amount, method: Method::Bank, reason }
        }
        What::Agree => {
            let voids = receipts.iter().filter_map(|receipt| receipt.void.as_ref());
            let voids = voids.filter(|void| void.agreed.is_none()).map(|void| void.id);
            let refunds = refunds.filter(|refund| refund.agreed.is_none()).map(|refund| refund.id);
            let open: Vec<FactId> = voids.chain(refunds).collect();
            Asked::Agree { to: *pick(&open, sum / 2)? }
        }
        What::KeepCredit => Asked::KeepCredit { receipt: pick(&receipts, sum / 2)?.id },
        What::Demand => {
            let bills = page.bills.iter().map(|bill| bill.owed.bill).collect();
            Asked::Demand { bills, delivery: Delivery::Paper, proof: Vec::new() }
        }
        What::PayFund => {
            let (amount, first) = (Fen::new(i64::from(sum) + 1), sum.is_multiple_of(3));
            Asked::PayFund { amount, first, reference: "0917".to_owned() }
        }
        What::TakeDeposit => {
            Asked::TakeDeposit { amount: Fen::new(i64::from(sum) + 1), purpose: reason }
        }
        What::ReturnDeposit => {
            let deposits = page.accounts.iter().flat_map(|account| account.deposits.values());
            let deposits: Vec<_> = deposits.collect();
            let deposit = pick(&deposits, sum / 2)?;
            // Twice more than half of it is more than there is.
            let amount = Fen::new(deposit.fields.amount.get() / 2 + 1);
            Asked::ReturnDeposit { deposit: deposit.id, amount }
        }
        _ => return None,
    };
    Some(money::Ask::Home { unit, asked, round: None, draft: None })
}

pub(super) fn of_run(phone: &Phone, what: What, sum: u16) -> Option<money::Ask> {
    let runs = phone.runs(None).unwrap();
    let asked = if what == What::WithdrawRun {
        let (run, reason) = (pick(&runs, sum)?.id, "单价错了".to_owned());
        books::Asked::Withdraw { run, reason }
    } else {
        let asked: Vec<_> = runs.iter().filter_map(|run| run.withdrawal.as_ref()).collect();
        let open: Vec<_> = asked.into_iter().filter(|one| one.agreed.is_none()).collect();
        books::Asked::Agree { to: pick(&open, sum)?.id }
    };
    Some(money::Ask::Run(asked))
}

pub(super) fn of_all(phone: &Phone, what: What, sum: u16) -> Option<money::Ask> {
    use treasury::Asked;
    let treasury = phone.treasury().unwrap();
    let projects: Vec<FactId> = treasury.projects.keys().copied().collect();
    let (amount, text) = (Fen::new(i64::from(sum) + 1), "随便".to_owned());
    let quarter = Month::parse(if sum.is_multiple_of(3) { "2026-07" } else { "2026-10" }).unwrap();
    let asked = match what {
        What::Plan => {
            let place = if sum.is_multiple_of(3) {
                Place::Community
            } else {
                Place::Building("3".to_owned())
            };
            Asked::Plan { purpose: text, place, repair: None, budget: amount }
        }
        What::Approve => {
            let (project, decision) = (*pick(&projects, sum)?, Hash([9; 32]));
            Asked::Approve(ApprovedFields { project, budget: amount, decision })
        }
        What::Urge => Asked::Urge {
            project: *pick(&projects, sum)?,
            cause: Emergency::ALL[usize::from(sum) % 7],
        },
        What::Cosign => {
            let approvals = treasury.projects.values().flat_map(|of| of.approvals.values());
            let open: Vec<_> = approvals.filter(|one| one.cosigned.is_none()).collect();
            Asked::Cosign { to: pick(&open, sum)?.id }
        }
        What::Spend => {
            let approvals = treasury.projects.values().flat_map(|of| {
                of.approvals.values().map(|one| (one.cosigned.is_some(), of.opened.id, one.budget))
            });
            let mut approvals: Vec<_> = approvals.collect();
            // Before the second person has signed it is tried, too, where nothing else can be paid.
            if approvals.iter().any(|(signed, ..)| *signed) {
                approvals.retain(|(signed, ..)| *signed);
            }
            let (_, project, most) = *pick(&approvals, sum)?;
            let (amount, invoice) = (Fen::new(most.get() / 2 + 1), text);
            Asked::Spend { project, amount, invoice, proof: vec![photo()] }
        }
        What::Earn => {
            let (source, cost) = (CommonSource::Parking, Fen::new(i64::from(sum) / 3));
            let (voucher, proof) = (text, Vec::new());
            Asked::Earn(CommonIncomeFields { source, quarter, amount, cost, voucher, proof })
        }
        What::Share => {
            let net = treasury.net_of(quarter)?;
            let to_committee = Fen::new(net.get() / 5);
            let to_fund = net.minus(to_committee)?;
            Asked::Share { quarter, to_fund, to_committee, decision: Hash([8; 32]) }
        }
        What::Pay => {
            let (invoice, proof) = (text.clone(), vec![photo()]);
            Asked::Pay(ExpenseFields { purpose: text, amount, invoice, proof })
        }
        _ => return None,
    };
    Some(money::Ask::Treasury { asked, draft: None })
}
