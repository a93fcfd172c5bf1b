//! What people ask about the money of a home.

use linli_wire::{FactId, cbor::Bytes};

use super::{
    Account, Context,
    admit::{
        check_agreement, check_demand, check_deposit, check_fund_paid, check_receipt, check_refund,
        check_return, check_sum, check_void, read_scan,
    },
};
use crate::{
    kernel::{Attachment, Author, Day, Draft, Fen, Moment, Month},
    law::RuleSet,
    payments::{
        AcknowledgedFields, AgreedFields, CreditFields, Delivery, DemandFields, DepositFields,
        DepositReturnedFields, Fields, FundPaidFields, Method, ReceiptFields, ReceiptNumber,
        RefundFields, Refusal, Round, VoidFields, draft_of, is_sound_slip, rights,
    },
};

/// Money that is received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptAsked {
    /// How much.
    pub amount: Fen,
    /// How.
    pub method: Method,
    /// The bill that the payer chose.
    pub choice: Option<FactId>,
    /// The serial of the paper slip that was given.
    pub slip: Option<String>,
    /// The reference of bank or wallet.
    pub reference: Option<String>,
    /// Why it is taken although the home is not on the round.
    pub reason: Option<String>,
    /// Whether more than is owed is paid on purpose.
    pub ahead: bool,
}

/// What people ask about the money of a home.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Write a receipt.
    Receive(ReceiptAsked),
    /// Make a receipt void.
    Void {
        /// Which.
        receipt: FactId,
        /// Why.
        reason: String,
    },
    /// Give money back.
    Refund {
        /// How much.
        amount: Fen,
        /// How.
        method: Method,
        /// Why.
        reason: String,
    },
    /// Agree with a void or refund that another asked for.
    Agree {
        /// With which.
        to: FactId,
    },
    /// Keep a scanned receipt.
    Acknowledge {
        /// Its bytes.
        receipt: Vec<u8>,
    },
    /// Demand what is owed.
    Demand {
        /// Which bills.
        bills: Vec<FactId>,
        /// How it reached the home.
        delivery: Delivery,
        /// Photos of the letter.
        proof: Vec<Attachment>,
    },
    /// Let what was paid twice stay as the home's credit.
    KeepCredit {
        /// The receipt that was too much.
        receipt: FactId,
    },
    /// Note what came into the sub-account of the maintenance fund.
    PayFund {
        /// How much.
        amount: Fen,
        /// Whether it is the first deposit.
        first: bool,
        /// The bank's reference.
        reference: String,
    },
    /// Take a deposit.
    TakeDeposit {
        /// How much.
        amount: Fen,
        /// What for.
        purpose: String,
    },
    /// Give some or all of a deposit back.
    ReturnDeposit {
        /// Which.
        deposit: FactId,
        /// How much.
        amount: Fen,
    },
}

/// The cash that a collector carries from other rounds than the one a receipt is written on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Elsewhere {
    /// How much.
    pub cash: Fen,
    /// When the first of it was taken.
    pub oldest: Option<Moment>,
}

/// What is known beside the account when somebody asks.
#[derive(Debug)]
pub struct At<'a> {
    /// When.
    pub now: Moment,
    /// The rules.
    pub law: &'a RuleSet,
    /// The round that the author is on.
    pub round: Option<&'a Round>,
    /// The next count of the author's receipts this month.
    pub count: u16,
    /// What the home owes, and what it has to its credit, all years together.
    pub owed: Fen,
    /// See there.
    pub credit: Fen,
    /// How much of that is asked back, and waits for a second person.
    pub asked_back: Fen,
    /// The cash that the author carries from other rounds.
    pub elsewhere: Elsewhere,
    /// Why what is asked for cannot be: another receipt, of any home, that is not void has the way and reference, or
    /// the slip.
    pub used: Option<Refusal>,
}

impl Account {
    /// Turns what is asked into a draft, or says why not.
    ///
    /// # Errors
    /// [`Refusal`], the first that applies.
    pub fn decide(
        &self,
        author: &Author,
        asked: &Asked,
        at: &At<'_>,
        context: &Context<'_>,
    ) -> Result<Draft, Refusal> {
        let unit = self.unit.clone();
        let fields = match asked {
            Asked::Receive(asked) => Fields::Receipt(self.receive(author, asked, at, context)?),
            Asked::Void { receipt, reason } => {
                let fields = VoidFields { unit, receipt: *receipt, reason: reason.clone() };
                let before = self.receipts.get(receipt).ok_or(Refusal::Unknown)?;
                check_void(author, before, &fields)?;
                Fields::Void(fields)
            }
            Asked::Refund { amount, method, reason } => {
                let (amount, method) = (*amount, *method);
                let fields = RefundFields { unit, amount, method, reason: reason.clone() };
                check_refund(author, &fields)?;
                let free = at.credit.minus(at.asked_back).unwrap_or_default();
                if amount > free {
                    return Err(Refusal::OverCredit);
                }
                Fields::Refund(fields)
            }
            Asked::Agree { to } => {
                check_agreement(self, author, to)?;
                // A bill may have taken the credit up since it was asked back.
                let back = self.refunds.get(to).filter(|refund| refund.agreed.is_none());
                if back.is_some_and(|refund| refund.fields.amount > at.credit) {
                    return Err(Refusal::OverCredit);
                }
                Fields::Agreed(AgreedFields { unit, to: *to })
            }
            Asked::Acknowledge { receipt } => {
                if !rights::pays(author, &unit) {
                    return Err(Refusal::NotYours);
                }
                read_scan(receipt, context)?;
                Fields::Acknowledged(AcknowledgedFields { unit, receipt: Bytes(receipt.clone()) })
            }
            Asked::Demand { bills, delivery, proof } => {
                let (bills, proof) = (bills.clone(), proof.clone());
                let fields = DemandFields { unit, bills, delivery: *delivery, proof };
                check_demand(author, &fields)?;
                Fields::Demand(fields)
            }
            Asked::KeepCredit { receipt } => {
                if !rights::keeps_books(author) {
                    return Err(Refusal::NotYours);
                }
                self.receipts.get(receipt).ok_or(Refusal::Unknown)?;
                Fields::Credit(CreditFields { unit, receipt: *receipt })
            }
            Asked::PayFund { .. } | Asked::TakeDeposit { .. } | Asked::ReturnDeposit { .. } => {
                self.hold(author, asked)?
            }
        };
        Ok(draft_of(&fields, Some(Self::id(&self.unit, self.year))))
    }

    /// What is held for the home beside its fees.
    fn hold(&self, author: &Author, asked: &Asked) -> Result<Fields, Refusal> {
        let unit = self.unit.clone();
        match asked {
            Asked::PayFund { amount, first, reference } => {
                let (amount, first, reference) = (*amount, *first, reference.clone());
                let fields = FundPaidFields { unit, amount, first, reference };
                check_fund_paid(author, &fields)?;
                Ok(Fields::FundPaid(fields))
            }
            Asked::TakeDeposit { amount, purpose } => {
                let fields = DepositFields { unit, amount: *amount, purpose: purpose.clone() };
                check_deposit(author, &fields)?;
                Ok(Fields::Deposit(fields))
            }
            Asked::ReturnDeposit { deposit, amount } => {
                let before = self.deposits.get(deposit).ok_or(Refusal::Unknown)?;
                let fields = DepositReturnedFields { unit, deposit: *deposit, amount: *amount };
                check_return(author, before, &fields)?;
                Ok(Fields::DepositReturned(fields))
            }
            Asked::Receive(_)
            | Asked::Void { .. }
            | Asked::Refund { .. }
            | Asked::Agree { .. }
            | Asked::Acknowledge { .. }
            | Asked::Demand { .. }
            | Asked::KeepCredit { .. } => Err(Refusal::Unreadable),
        }
    }

    fn receive(
        &self,
        author: &Author,
        asked: &ReceiptAsked,
        at: &At<'_>,
        context: &Context<'_>,
    ) -> Result<ReceiptFields, Refusal> {
        check_sum(asked.amount)?;
        let day = Day::of(at.now, context.utc_offset_minutes).ok_or(Refusal::BadTime)?;
        let number = ReceiptNumber::new(&author.device, Month::of(day), at.count);
        let cash = asked.method == Method::Cash;
        let round = at.round.filter(|_| cash);
        let fields = ReceiptFields {
            unit: self.unit.clone(),
            amount: asked.amount,
            method: asked.method,
            number: number.ok_or(Refusal::NoNumberLeft)?,
            choice: asked.choice,
            round: round.map(|round| round.id),
            slip: asked.slip.clone(),
            reference: asked.reference.clone(),
            reason: asked.reason.clone(),
            ahead: asked.ahead,
        };
        if asked.amount > at.owed && !asked.ahead {
            return Err(Refusal::MoreThanOwed);
        }
        check_receipt(author, &fields, at.now, context.utc_offset_minutes)?;
        if !fields.slip.as_deref().is_none_or(is_sound_slip) {
            return Err(Refusal::BadSlip);
        }
        if let Some(used) = at.used {
            return Err(used);
        }
        if let Some(round) = round {
            round.check_receipt(author, &fields, (at.now, day), at.elsewhere, &at.law.money)?;
        }
        Ok(fields)
    }
}
