//! What people read in a journal beside the stable names.

use linli_domain::payments::ledger::{LedgerAccount, Memo, journal::Words};

use crate::office::text::{Text, short};

/// The words of a language.
pub(super) struct Said<'a>(pub(super) &'a Text);

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
