//! Where something does not agree with itself.

use std::fmt;

use aggregates::ids::BranchId;
use serde::Serialize;

use crate::ledger::Position;

/// The first place where a store, or what was exported of it, does not agree with itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// `None` if it cannot be told, since that is what is wrong.
    pub branch_id: Option<BranchId>,
    pub place: Place,
    pub is: String,
    pub should_be: String,
}

/// Where something differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    Position(Position),
    /// Facts that were changed together with their hashes: somewhere among them.
    Positions {
        first: Position,
        last: Position,
    },
    /// The end of the ledger, as it is written down.
    Head,
    Row {
        table: &'static str,
        key: String,
    },
    /// A value that has not the shape of its column.
    Column {
        table: &'static str,
        column: &'static str,
    },
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Position(position) => write!(f, "position {position}"),
            Self::Positions { first, last } => write!(f, "positions {first} to {last}"),
            Self::Head => f.write_str("head"),
            Self::Row { table, key } => write!(f, "table {table}, row {key}"),
            Self::Column { table, column } => write!(f, "table {table}, column {column}"),
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { branch_id, place, is, should_be } = self;
        if let Some(branch) = branch_id {
            write!(f, "branch {branch}, ")?;
        }
        write!(f, "{place}: is {is}; should be {should_be}")
    }
}
