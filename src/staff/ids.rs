//! Ids of those who ask in a studio's name. Facts remember them, so they are given to nobody twice.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

use crate::ledger::table::{Cell, Id};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                text.parse().map(Self)
            }
        }

        impl From<Id> for $name {
            fn from(Id(id): Id) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Cell {
            fn from(id: $name) -> Self {
                Self::Id(id.0)
            }
        }
    )+};
}

ids! {
    /// Somebody who works in one studio or several.
    UserId;
    /// What a program shows.
    TokenId;
}
