//! What people read in a journal beside the stable names.

use linli_app::explain;
use linli_domain::payments::ledger::{LedgerAccount, Memo, journal::Words};

use crate::office::text::{Text, short};

/// The words of a language.
pub(super) struct Said<'a>(pub(super) &'a Text);

impl Words for Said<'_> {
    fn account(&self, account: &LedgerAccount) -> String {
        explain::account(account, &short, self.0.words())
    }

    fn memo(&self, memo: Memo) -> String {
        self.0.word("memo", memo.word()).to_owned()
    }

    fn opening(&self) -> String {
        self.0.word("memo", "opening").to_owned()
    }

    fn month_end(&self) -> String {
        self.0.word("memo", "month_end").to_owned()
    }
}
