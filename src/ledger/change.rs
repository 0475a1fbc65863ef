//! A change of rows that are neither facts nor folds of them: sign-in codes, sessions, addresses of feeds, what followers
//! keep, and people, of whom nothing may stay once they are erased.

use super::query::Condition;
use super::table::{Cell, Table};

/// One change, which each store writes in its own SQL and makes in one step.
#[derive(Debug, Clone)]
pub struct Change {
    pub table: &'static Table,
    pub what: What,
    /// What the rows have to fulfil that are changed; whoever read one earlier names what they saw.
    pub conditions: Vec<Condition>,
}

/// What happens to the rows.
#[derive(Debug, Clone)]
pub enum What {
    /// The row takes the place of the one with its key.
    Replace(Vec<Cell>),
    /// These rows are new; those whose keys are taken stay as they are.
    Add(Vec<Vec<Cell>>),
    Delete,
}

/// Several changes that are made in one step, in their order, or not at all.
#[derive(Debug, Clone)]
pub struct Changes {
    pub changes: Vec<Change>,
    /// Whether nothing is changed unless the first one changes something.
    pub first_decides: bool,
}

impl Changes {
    /// Changes of which each is made whatever becomes of the others: they share a transaction because that is cheaper.
    #[must_use]
    pub fn each(changes: Vec<Change>) -> Self {
        Self { changes, first_decides: false }
    }

    /// Changes that are made only if the first one changes something.
    #[must_use]
    pub fn if_first(changes: Vec<Change>) -> Self {
        Self { changes, first_decides: true }
    }
}

impl Change {
    /// Puts a row in the place of the one with its key, if there is one.
    #[must_use]
    pub fn replace(table: &'static Table, row: Vec<Cell>) -> Self {
        let keyed = table.columns.iter().zip(&row).filter(|((name, _), _)| table.key.contains(name));
        let conditions = keyed.map(|((name, _), cell)| Condition::Is(name, cell.clone())).collect();
        Self { table, what: What::Replace(row), conditions }
    }

    /// Adds rows whose keys are not taken yet.
    #[must_use]
    pub fn add(table: &'static Table, rows: Vec<Vec<Cell>>) -> Self {
        Self { table, what: What::Add(rows), conditions: vec![] }
    }

    /// Deletes rows of the table.
    #[must_use]
    pub fn delete(table: &'static Table) -> Self {
        Self { table, what: What::Delete, conditions: vec![] }
    }

    #[must_use]
    pub fn is(mut self, column: &'static str, value: impl Into<Cell>) -> Self {
        self.conditions.push(Condition::Is(column, value.into()));
        self
    }

    /// These columns together are one of these.
    #[must_use]
    pub fn one_of(mut self, columns: Vec<&'static str>, values: Vec<Vec<Cell>>) -> Self {
        self.conditions.push(Condition::OneOf(columns, values));
        self
    }

    #[must_use]
    pub fn below(mut self, column: &'static str, value: impl Into<Cell>) -> Self {
        self.conditions.push(Condition::Below(column, value.into()));
        self
    }
}
