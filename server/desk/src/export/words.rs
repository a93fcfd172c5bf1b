//! What people read in a journal beside the stable names.

use linli_domain::payments::{
    CommonSource,
    ledger::{LedgerAccount, Memo, journal::Words},
};

use crate::office::text::{Text, short};

/// The words of a language.
pub(super) struct Said<'a>(pub(super) &'a Text);

impl Said<'_> {
    const fn source(&self, source: CommonSource) -> &'static str {
        let (zh, en) = match source {
            CommonSource::Parking => ("停车", "parking"),
            CommonSource::Advertising => ("广告", "advertising"),
            CommonSource::Rent => ("场地房屋出租", "rent"),
            CommonSource::Machines => ("快递柜、售货机、充电", "machines"),
            CommonSource::Other => ("其他", "other"),
        };
        self.0.pick(zh, en)
    }
}

impl Words for Said<'_> {
    fn account(&self, account: &LedgerAccount) -> String {
        let pick = |zh: &str, en: &str| self.0.pick(zh, en).to_owned();
        match account {
            LedgerAccount::InHand(person) => {
                format!("{} {}", pick("收费人手中现金", "cash in hand"), short(person))
            }
            LedgerAccount::Counted(person) => {
                format!(
                    "{} {}",
                    pick("已点未交现金", "cash counted, not taken over"),
                    short(person)
                )
            }
            LedgerAccount::Office => pick("库存现金", "cash of the office"),
            LedgerAccount::Bank => pick("银行存款", "bank"),
            LedgerAccount::Wechat => pick("微信", "WeChat"),
            LedgerAccount::Alipay => pick("支付宝", "Alipay"),
            LedgerAccount::Home(unit) => {
                format!("{} {unit}", pick("应收（负数为预缴）", "owed (below zero: credit)"))
            }
            LedgerAccount::Charge(name) => format!("{} {name}", pick("收入", "income")),
            LedgerAccount::Late => pick("违约金收入", "late fees"),
            LedgerAccount::ShortOver => pick("点钞长短款", "cash short or over"),
            LedgerAccount::FundMoney => {
                pick("维修资金专户", "bank account of the maintenance fund")
            }
            LedgerAccount::FundOwed(unit) => {
                format!("{} {unit}", pick("应补维修资金", "owed to the maintenance fund"))
            }
            LedgerAccount::FundShare(unit) => {
                format!("{} {unit}", pick("维修资金分户账", "sub-account of the maintenance fund"))
            }
            LedgerAccount::CommonMoney => pick("公共收益账户", "money of common income"),
            LedgerAccount::CommonIncome(source) => {
                format!("{} {}", pick("公共收益", "common income:"), self.source(*source))
            }
            LedgerAccount::CommonCost(source) => {
                format!("{} {}", pick("合理成本", "its agreed cost:"), self.source(*source))
            }
            LedgerAccount::CommonShared => pick("公共收益分配", "common income, shared out"),
            LedgerAccount::CommitteeMoney => pick("业委会经费", "money of the committee"),
            LedgerAccount::CommitteeGot => pick("业委会经费拨入", "what the committee got"),
            LedgerAccount::CommitteeSpent => pick("业委会支出", "what the committee spent"),
            LedgerAccount::DepositMoney => pick("押金账户", "money of deposits"),
            LedgerAccount::Deposit(unit) => format!("{} {unit}", pick("押金", "deposit of")),
        }
    }

    fn memo(&self, memo: Memo) -> String {
        let (zh, en) = match memo {
            Memo::Billed => ("账单", "bill"),
            Memo::LateFromCredit => ("预缴抵违约金", "late fee out of credit"),
            Memo::Received => ("收据", "receipt"),
            Memo::Voided => ("收据作废", "receipt made void"),
            Memo::Refunded => ("退款", "refund"),
            Memo::Counted => ("点钞", "cash counted"),
            Memo::TakenOver => ("现金移交", "cash taken over"),
            Memo::Banked => ("存入银行", "paid into the bank"),
            Memo::FundPaid => ("交存维修资金", "paid into the maintenance fund"),
            Memo::CommonIncome => ("公共收益", "common income"),
            Memo::CommonSplit => ("公共收益分配", "common income shared out"),
            Memo::Spent => ("维修资金支出", "paid by the maintenance fund"),
            Memo::Expense => ("业委会支出", "paid by the committee"),
            Memo::DepositTaken => ("收押金", "deposit taken"),
            Memo::DepositReturned => ("退押金", "deposit given back"),
        };
        self.0.pick(zh, en).to_owned()
    }

    fn opening(&self) -> String {
        self.0.pick("期初余额", "opening balances").to_owned()
    }

    fn month_end(&self) -> String {
        self.0.pick("期末核对", "balances to be checked").to_owned()
    }
}
