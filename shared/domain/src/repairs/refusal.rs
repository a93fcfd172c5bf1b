//! Why a room says no.

/// Why something is not allowed. Order of the variants is the order of the checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Refusal {
    /// The fact cannot be read, or says something that does not go with its state.
    #[error("the fact cannot be read")]
    Unreadable,
    /// There is no such repair, or it exists already.
    #[error("no such repair")]
    Unknown,
    /// It does not build on steps that count.
    #[error("it does not build on steps that count")]
    Unfounded,
    /// Several versions stand side by side; one has to be kept first.
    #[error("several versions stand; settle first")]
    Conflicted,
    /// There is nothing to settle, or what is kept is not one of the versions.
    #[error("nothing to settle")]
    NothingToSettle,
    /// The step does not follow from where the repair stands.
    #[error("the step does not follow")]
    WrongOrder,
    /// The author's role may not take this step here.
    #[error("not this author's step")]
    NotYours,
    /// Whom a complaint is about cannot close it.
    #[error("a complaint is not closed by its target")]
    OwnComplaint,
    /// It was reopened as often as the rules allow.
    #[error("reopened too often")]
    ReopenedTooOften,
    /// Money is not spent before somebody saw where it is.
    #[error("the place is not verified")]
    PlaceNotVerified,
    /// The class is not in the rules, or is no class of what is reported.
    #[error("unknown class")]
    UnknownClass,
    /// The text is empty or too long.
    #[error("the text is empty or too long")]
    BadText,
    /// A photo is missing.
    #[error("a photo is missing")]
    NeedsPhoto,
    /// There are too many attachments, or one is not what it says.
    #[error("too many attachments, or unsound ones")]
    BadAttachment,
    /// A time is in the past, too far away, or no stretch; or a visit was not offered.
    #[error("the time does not fit")]
    BadTime,
    /// A rating is one to five stars.
    #[error("a rating is one to five stars")]
    BadStars,
    /// A repair is merged into an open one that its readers can read.
    #[error("not merged into that one")]
    BadTarget,
    /// Nobody acts for a person who is not registered at the place.
    #[error("no such person at the place")]
    UnknownPerson,
}

impl Refusal {
    /// All refusals, in order.
    pub const ALL: [Self; 18] = [
        Self::Unreadable,
        Self::Unknown,
        Self::Unfounded,
        Self::Conflicted,
        Self::NothingToSettle,
        Self::WrongOrder,
        Self::NotYours,
        Self::OwnComplaint,
        Self::ReopenedTooOften,
        Self::PlaceNotVerified,
        Self::UnknownClass,
        Self::BadText,
        Self::NeedsPhoto,
        Self::BadAttachment,
        Self::BadTime,
        Self::BadStars,
        Self::BadTarget,
        Self::UnknownPerson,
    ];

    /// Returns the stable word; the screens' sentence is found by it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unreadable => "repairs.unreadable",
            Self::Unknown => "repairs.unknown",
            Self::Unfounded => "repairs.unfounded",
            Self::Conflicted => "repairs.conflicted",
            Self::NothingToSettle => "repairs.nothing_to_settle",
            Self::WrongOrder => "repairs.wrong_order",
            Self::NotYours => "repairs.not_yours",
            Self::OwnComplaint => "repairs.own_complaint",
            Self::ReopenedTooOften => "repairs.reopened_too_often",
            Self::PlaceNotVerified => "repairs.place_not_verified",
            Self::UnknownClass => "repairs.unknown_class",
            Self::BadText => "repairs.bad_text",
            Self::NeedsPhoto => "repairs.needs_photo",
            Self::BadAttachment => "repairs.bad_attachment",
            Self::BadTime => "repairs.bad_time",
            Self::BadStars => "repairs.bad_stars",
            Self::BadTarget => "repairs.bad_target",
            Self::UnknownPerson => "repairs.unknown_person",
        }
    }
}
