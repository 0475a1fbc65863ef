//! What somebody is in a branch.

use std::fmt;
use std::str::FromStr;

/// A role in a branch; what each may do stands in the table of `web/access.rs`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    Owner,
    Manager,
    FrontDesk,
    /// Reads everything and changes nothing.
    Auditor,
}

impl Role {
    pub const ALL: [Self; 4] = [Self::Owner, Self::Manager, Self::FrontDesk, Self::Auditor];

    /// The name under which it is stored.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Manager => "manager",
            Self::FrontDesk => "front-desk",
            Self::Auditor => "auditor",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Not the name of a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a role is owner, manager, front-desk or auditor")]
pub struct NotARole;

impl FromStr for Role {
    type Err = NotARole;

    fn from_str(text: &str) -> Result<Self, NotARole> {
        Self::ALL.into_iter().find(|role| role.name() == text).ok_or(NotARole)
    }
}
