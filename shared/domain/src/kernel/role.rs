//! What somebody is, and what they are charged with.

use serde::{Deserialize, Serialize};

/// A role that a grant gives; the weightiest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Named by the charter; acts as committee until there is one.
    Founder,
    /// Owners' committee (业主委员会).
    Committee,
    /// Property company (物业服务企业).
    Property,
    /// Watches over the owners' money: whom the owners or the street office named (监督人).
    Auditor,
    /// Head of a building (楼长) or of a stair of it (单元长).
    Head,
    /// Acts as the head within scope and time (副楼长).
    DeputyHead,
    /// One of a unit's owners (业主).
    Owner,
    /// Lives there without a lease: family (物业使用人).
    Resident,
    /// Lives there by a lease that ends (承租人).
    Tenant,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 9] = [
        Self::Founder,
        Self::Committee,
        Self::Property,
        Self::Auditor,
        Self::Head,
        Self::DeputyHead,
        Self::Owner,
        Self::Resident,
        Self::Tenant,
    ];

    /// Returns the stored word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Founder => "founder",
            Self::Committee => "committee",
            Self::Property => "property",
            Self::Auditor => "auditor",
            Self::Head => "head",
            Self::DeputyHead => "deputy_head",
            Self::Owner => "owner",
            Self::Resident => "resident",
            Self::Tenant => "tenant",
        }
    }

    /// Reads a stored word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }

    /// Tells whether the role belongs to the office: it reads every circle.
    #[must_use]
    pub const fn is_office(self) -> bool {
        match self {
            Self::Founder | Self::Committee | Self::Property | Self::Auditor => true,
            Self::Head | Self::DeputyHead | Self::Owner | Self::Resident | Self::Tenant => false,
        }
    }

    /// Tells whether the role runs the community from day to day; who watches over it does not.
    #[must_use]
    pub const fn runs(self) -> bool {
        match self {
            Self::Founder | Self::Committee | Self::Property => true,
            Self::Auditor
            | Self::Head
            | Self::DeputyHead
            | Self::Owner
            | Self::Resident
            | Self::Tenant => false,
        }
    }

    /// Tells whether the role comes with a home.
    #[must_use]
    pub const fn is_household(self) -> bool {
        match self {
            Self::Owner | Self::Resident | Self::Tenant => true,
            Self::Founder
            | Self::Committee
            | Self::Property
            | Self::Auditor
            | Self::Head
            | Self::DeputyHead => false,
        }
    }

    /// Tells whether the role is that of a head, or of who stands in for one.
    #[must_use]
    pub const fn is_head(self) -> bool {
        match self {
            Self::Head | Self::DeputyHead => true,
            Self::Founder
            | Self::Committee
            | Self::Property
            | Self::Auditor
            | Self::Owner
            | Self::Resident
            | Self::Tenant => false,
        }
    }

    /// Tells whether the role is one of those asked for; a deputy is asked for as head.
    #[must_use]
    pub fn is_among(self, roles: &[Self]) -> bool {
        roles.contains(&self) || self == Self::DeputyHead && roles.contains(&Self::Head)
    }
}

/// What a member of the office is charged with, beside the role.
///
/// One person of a small company may be charged with several; which one a step of some room asks
/// for is that room's to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StaffDuty {
    /// Runs the company's site (项目经理).
    Manager,
    /// Hands out work (派单).
    Dispatcher,
    /// Mends (维修).
    RepairWorker,
    /// Bills and books (财务).
    Finance,
    /// Answers residents (客服).
    Desk,
    /// Stands at the gate (门岗).
    Gate,
    /// Presides over the committee (主任).
    Chair,
    /// Keeps the registry of units and owners (名册管理员): of the committee or the company, as
    /// ruled.
    RegistryKeeper,
}

impl StaffDuty {
    /// All duties.
    pub const ALL: [Self; 8] = [
        Self::Manager,
        Self::Dispatcher,
        Self::RepairWorker,
        Self::Finance,
        Self::Desk,
        Self::Gate,
        Self::Chair,
        Self::RegistryKeeper,
    ];

    /// Returns the stored word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Manager => "manager",
            Self::Dispatcher => "dispatcher",
            Self::RepairWorker => "repair_worker",
            Self::Finance => "finance",
            Self::Desk => "desk",
            Self::Gate => "gate",
            Self::Chair => "chair",
            Self::RegistryKeeper => "registry_keeper",
        }
    }

    /// Reads a stored word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|duty| duty.word() == word)
    }

    /// Tells whether somebody of a role can be charged with it.
    #[must_use]
    pub const fn goes_with(self, role: Role) -> bool {
        match self {
            Self::Chair => matches!(role, Role::Committee),
            Self::RegistryKeeper => matches!(role, Role::Committee | Role::Property),
            Self::Manager
            | Self::Dispatcher
            | Self::RepairWorker
            | Self::Finance
            | Self::Desk
            | Self::Gate => matches!(role, Role::Property),
        }
    }
}
