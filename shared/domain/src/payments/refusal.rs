//! Why the room says no.

/// Why something is not allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Refusal {
    /// The fact cannot be read, or stands where it does not belong.
    #[error("the fact cannot be read")]
    Unreadable,
    /// There is no such thing, or it does not count.
    #[error("no such thing")]
    Unknown,
    /// The author's role may not do this here.
    #[error("not this author's to do")]
    NotYours,
    /// Two different people are asked for.
    #[error("another person has to")]
    SamePerson,
    /// The sum is nothing, negative or too large.
    #[error("the sum does not fit")]
    BadSum,
    /// The text is empty or too long.
    #[error("the text is empty or too long")]
    BadText,
    /// Days or months run backwards or are too many.
    #[error("the days do not fit")]
    BadTime,
    /// There are too many attachments, or one is not what it says.
    #[error("too many attachments, or unsound ones")]
    BadAttachment,
    /// The tariff's text has problems.
    #[error("the tariff cannot be read")]
    BadTariff,
    /// The rules have changed since the tariff was billed by, or are not those in force.
    #[error("billed by other rules")]
    OtherLaw,
    /// The run was made from another register of units.
    #[error("billed from another register")]
    OtherRoster,
    /// The home's bill is not what tariff and register give.
    #[error("the bill does not recompute")]
    DoesNotRecompute,
    /// The home has a bill of this run already; or an earlier run billed the same charge for the same month.
    #[error("billed twice")]
    BilledTwice,
    /// The receipt's number is not its author's, or not of its month.
    #[error("the number is not its author's")]
    BadNumber,
    /// All numbers of the month are used.
    #[error("no number is left this month")]
    NoNumberLeft,
    /// What came by bank or wallet has a reference.
    #[error("the reference is missing")]
    NeedsReference,
    /// What came by that way under that reference is recorded already.
    #[error("the reference is on another receipt")]
    ReferenceTwice,
    /// The serial of the paper slip does not check: a character was mistyped.
    #[error("the slip's serial does not check")]
    BadSlip,
    /// The paper slip was given for another receipt.
    #[error("the slip is on another receipt")]
    SlipTwice,
    /// Cash is taken on a round.
    #[error("cash is taken on a round")]
    NeedsRound,
    /// The home is not on the round, or the round is over; a reason is asked for.
    #[error("not on the round")]
    OffTheRound,
    /// No home of the building or stair has anything to be collected.
    #[error("no home there is to be visited")]
    NoDoors,
    /// As much cash as may be carried is in hand: it has to be counted first.
    #[error("count the cash first")]
    TooMuchCash,
    /// Cash was carried for longer than allowed: it has to be counted first.
    #[error("count the cash first, it is late")]
    CountIsDue,
    /// The receipt is void already, or is to be.
    #[error("void already")]
    AlreadyVoid,
    /// A count names a receipt that another one has.
    #[error("counted already")]
    AlreadyCounted,
    /// The count is not of the receipts that it should be of.
    #[error("not the receipts that are to be counted")]
    WrongReceipts,
    /// The notes and coins are none, or are not in order.
    #[error("no such notes")]
    BadNotes,
    /// The count differs from the receipts, and nobody says why.
    #[error("the difference has no reason")]
    NeedsReason,
    /// Somebody took it over already.
    #[error("taken over already")]
    AlreadyTaken,
    /// Nobody has taken it over yet.
    #[error("not taken over yet")]
    NotTaken,
    /// Whoever takes it over has to have counted it.
    #[error("count it before it is taken over")]
    NotRecounted,
    /// It was counted again since, by the same person: the last count is the one to take it over by.
    #[error("counted again since")]
    CountedAgain,
    /// The receiver's count differs from the collector's, and nobody says why.
    #[error("the two counts differ, without a reason")]
    CountsDiffer,
    /// More would be given back than the home has to its credit.
    #[error("more than the credit")]
    OverCredit,
    /// Nothing is owed.
    #[error("nothing is owed")]
    NothingOwed,
    /// More is paid than is owed, and nobody says that it is paid ahead.
    #[error("more than is owed")]
    MoreThanOwed,
    /// Nobody has approved the spending, or one person alone has.
    #[error("nobody has approved it")]
    NotApproved,
    /// More would be spent than was approved, by more than the rules allow: it has to be approved anew.
    #[error("more than was approved")]
    OverBudget,
    /// The place is no common part, or was not verified.
    #[error("the place was not verified")]
    PlaceNotVerified,
    /// The fund is below its low line and would get less than its share.
    #[error("too little for the fund")]
    TooLittleToFund,
    /// The quarter was shared out already.
    #[error("shared out already")]
    AlreadySplit,
    /// The bill's run was withdrawn.
    #[error("its run was withdrawn")]
    RunWithdrawn,
    /// The run is withdrawn already, or is to be.
    #[error("withdrawn already")]
    AlreadyWithdrawn,
}

impl Refusal {
    /// All refusals, in order.
    pub const ALL: [Self; 44] = [
        Self::Unreadable,
        Self::Unknown,
        Self::NotYours,
        Self::SamePerson,
        Self::BadSum,
        Self::BadText,
        Self::BadTime,
        Self::BadAttachment,
        Self::BadTariff,
        Self::OtherLaw,
        Self::OtherRoster,
        Self::DoesNotRecompute,
        Self::BilledTwice,
        Self::BadNumber,
        Self::NoNumberLeft,
        Self::NeedsReference,
        Self::ReferenceTwice,
        Self::BadSlip,
        Self::SlipTwice,
        Self::NeedsRound,
        Self::OffTheRound,
        Self::NoDoors,
        Self::TooMuchCash,
        Self::CountIsDue,
        Self::AlreadyVoid,
        Self::AlreadyCounted,
        Self::WrongReceipts,
        Self::BadNotes,
        Self::NeedsReason,
        Self::AlreadyTaken,
        Self::NotTaken,
        Self::NotRecounted,
        Self::CountedAgain,
        Self::CountsDiffer,
        Self::OverCredit,
        Self::NothingOwed,
        Self::MoreThanOwed,
        Self::NotApproved,
        Self::OverBudget,
        Self::PlaceNotVerified,
        Self::TooLittleToFund,
        Self::AlreadySplit,
        Self::RunWithdrawn,
        Self::AlreadyWithdrawn,
    ];

    /// Returns the stable word; the screens' sentence is found by it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unreadable => "payments.unreadable",
            Self::Unknown => "payments.unknown",
            Self::NotYours => "payments.not_yours",
            Self::SamePerson => "payments.same_person",
            Self::BadSum => "payments.bad_sum",
            Self::BadText => "payments.bad_text",
            Self::BadTime => "payments.bad_time",
            Self::BadAttachment => "payments.bad_attachment",
            Self::BadTariff => "payments.bad_tariff",
            Self::OtherLaw => "payments.other_law",
            Self::OtherRoster => "payments.other_roster",
            Self::DoesNotRecompute => "payments.does_not_recompute",
            Self::BilledTwice => "payments.billed_twice",
            Self::BadNumber => "payments.bad_number",
            Self::NoNumberLeft => "payments.no_number_left",
            Self::NeedsReference => "payments.needs_reference",
            Self::ReferenceTwice => "payments.reference_twice",
            Self::BadSlip => "payments.bad_slip",
            Self::SlipTwice => "payments.slip_twice",
            Self::NeedsRound => "payments.needs_round",
            Self::OffTheRound => "payments.off_the_round",
            Self::NoDoors => "payments.no_doors",
            Self::TooMuchCash => "payments.too_much_cash",
            Self::CountIsDue => "payments.count_is_due",
            Self::AlreadyVoid => "payments.already_void",
            Self::AlreadyCounted => "payments.already_counted",
            Self::WrongReceipts => "payments.wrong_receipts",
            Self::BadNotes => "payments.bad_notes",
            Self::NeedsReason => "payments.needs_reason",
            Self::AlreadyTaken => "payments.already_taken",
            Self::NotTaken => "payments.not_taken",
            Self::NotRecounted => "payments.not_recounted",
            Self::CountedAgain => "payments.counted_again",
            Self::CountsDiffer => "payments.counts_differ",
            Self::OverCredit => "payments.over_credit",
            Self::NothingOwed => "payments.nothing_owed",
            Self::MoreThanOwed => "payments.more_than_owed",
            Self::NotApproved => "payments.not_approved",
            Self::OverBudget => "payments.over_budget",
            Self::PlaceNotVerified => "payments.place_not_verified",
            Self::TooLittleToFund => "payments.too_little_to_fund",
            Self::AlreadySplit => "payments.already_split",
            Self::RunWithdrawn => "payments.run_withdrawn",
            Self::AlreadyWithdrawn => "payments.already_withdrawn",
        }
    }
}
