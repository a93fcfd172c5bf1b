//! Whether a line is income, by what its direction, status and texts say.

use super::{Channel, Doubt, NotIncome, Standing, values::figure};
use crate::kernel::{Fen, plain};

/// What a line says about itself, cell by cell.
#[derive(Debug, Default)]
pub(super) struct Says<'a> {
    /// Whether the service counts it neither as income nor as spending.
    pub(super) neutral: bool,
    pub(super) kind: &'a str,
    pub(super) memo: &'a str,
    /// The status of the trade, and of its money.
    pub(super) statuses: Vec<&'a str>,
    pub(super) refunded: Option<Fen>,
}

/// Words of a bank for what is struck off or came back.
const REVERSALS: &[&str] = &["冲正", "冲账", "冲销", "退汇", "退票", "退款", "抹账"];

/// Parts of statuses that say that money is there.
const DONE: &[&str] =
    &["成功", "完成", "已收", "收钱", "已存入", "已转", "到账", "已入账", "资金转移"];

/// Tells what a line is. The status counts before the direction: it tells more.
pub(super) fn standing(channel: Channel, amount: Fen, says: &Says<'_>) -> Standing {
    if amount == Fen::ZERO {
        return Standing::Not(NotIncome::Zero);
    }
    if channel == Channel::Bank {
        return of_bank(amount, says);
    }
    if amount < Fen::ZERO {
        return Standing::Not(NotIncome::PaidOut);
    }
    let back = says.kind.contains("退款") || says.memo.starts_with("退款-");
    if back {
        return Standing::Not(NotIncome::Refund);
    }
    let by_status = says.statuses.iter().map(|status| of_status(status, amount));
    if let Some(other) = by_status.into_iter().find(|standing| *standing != Standing::Income) {
        return other;
    }
    if says.neutral {
        return Standing::Not(NotIncome::Neutral);
    }
    match says.refunded {
        Some(back) if back >= amount => Standing::Not(NotIncome::Refunded),
        Some(back) if back > Fen::ZERO => Standing::Doubtful(Doubt::PartlyRefunded),
        Some(_) | None => Standing::Income,
    }
}

fn of_bank(amount: Fen, says: &Says<'_>) -> Standing {
    if amount < Fen::ZERO {
        return Standing::Not(NotIncome::PaidOut);
    }
    let said = says.statuses.iter().filter(|status| !status.is_empty());
    let mut by_status = said.map(|status| of_status(status, amount));
    if let Some(other) = by_status.find(|standing| *standing != Standing::Income) {
        return other;
    }
    let memo = plain(says.memo);
    if REVERSALS.iter().any(|word| memo.contains(word)) {
        return Standing::Doubtful(Doubt::Reversal);
    }
    Standing::Income
}

fn of_status(status: &str, amount: Fen) -> Standing {
    let plain = plain(status);
    let says = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    if plain.contains('退') {
        return refund(&plain, amount);
    }
    if says(&["关闭", "取消", "撤销"]) {
        return Standing::Not(NotIncome::Closed);
    }
    if says(&["失败", "过期", "拒绝", "未成功"]) {
        return Standing::Not(NotIncome::Failed);
    }
    if says(&["等待", "待", "处理中", "冻结中"]) {
        return Standing::Not(NotIncome::Pending);
    }
    if says(DONE) { Standing::Income } else { Standing::Doubtful(Doubt::StatusUnknown) }
}

/// `已退款(￥10.00)` names what was given back; without a sum, or with the whole, all of it was.
fn refund(plain: &str, amount: Fen) -> Standing {
    let sum = plain.split_once('(').and_then(|(_, rest)| rest.split(')').next());
    match sum.map(figure) {
        None => Standing::Not(NotIncome::Refunded),
        Some(Ok(Some(back))) if back >= amount => Standing::Not(NotIncome::Refunded),
        Some(Ok(_) | Err(_)) => Standing::Doubtful(Doubt::PartlyRefunded),
    }
}
