//! A question to one table, which each store writes in its own SQL.

use aggregates::ids::BranchId;

use super::table::{Cell, Table};

/// Rows of one table that fulfil all conditions, in order.
#[derive(Debug, Clone)]
pub struct Select {
    pub table: &'static Table,
    pub conditions: Vec<Condition>,
    /// Columns to sort by, all in the same direction; a keyset cursor compares the same columns.
    pub order: &'static [&'static str],
    pub descending: bool,
    /// Only rows that sort after these values.
    pub after: Option<Vec<Cell>>,
    pub limit: Option<u32>,
    /// Whether the answer may be a little behind, as that of a replica is.
    pub may_lag: bool,
}

/// What a column has to fulfil.
#[derive(Debug, Clone)]
pub enum Condition {
    Is(&'static str, Cell),
    IsNot(&'static str, Cell),
    AtLeast(&'static str, Cell),
    Below(&'static str, Cell),
    /// Several columns together are one of these.
    OneOf(Vec<&'static str>, Vec<Vec<Cell>>),
}

impl Select {
    /// All rows of the table.
    #[must_use]
    pub fn all(table: &'static Table) -> Self {
        Self {
            table,
            conditions: vec![],
            order: &[],
            descending: false,
            after: None,
            limit: None,
            may_lag: false,
        }
    }

    /// All rows of a branch.
    #[must_use]
    pub fn of(table: &'static Table, branch: BranchId) -> Self {
        Self::all(table).is("branch_id", branch)
    }

    #[must_use]
    pub fn is(mut self, column: &'static str, value: impl Into<Cell>) -> Self {
        self.conditions.push(Condition::Is(column, value.into()));
        self
    }

    /// None of these.
    #[must_use]
    pub fn none_of<T: Into<Cell>>(
        mut self,
        column: &'static str,
        values: impl IntoIterator<Item = T>,
    ) -> Self {
        let each = values.into_iter().map(|value| Condition::IsNot(column, value.into()));
        self.conditions.extend(each);
        self
    }

    #[must_use]
    pub fn at_least(mut self, column: &'static str, value: impl Into<Cell>) -> Self {
        self.conditions.push(Condition::AtLeast(column, value.into()));
        self
    }

    #[must_use]
    pub fn below(mut self, column: &'static str, value: impl Into<Cell>) -> Self {
        self.conditions.push(Condition::Below(column, value.into()));
        self
    }

    #[must_use]
    pub fn one_of<T: Into<Cell>>(
        mut self,
        column: &'static str,
        values: impl IntoIterator<Item = T>,
    ) -> Self {
        let values = values.into_iter().map(|value| vec![value.into()]).collect();
        self.conditions.push(Condition::OneOf(vec![column], values));
        self
    }

    /// Two columns together are one of these pairs.
    #[must_use]
    pub fn one_of_pairs<T: Into<Cell>>(
        mut self,
        columns: [&'static str; 2],
        values: impl IntoIterator<Item = [T; 2]>,
    ) -> Self {
        let values = values.into_iter().map(|pair| pair.map(Into::into).into()).collect();
        self.conditions.push(Condition::OneOf(columns.into(), values));
        self
    }

    #[must_use]
    pub fn by(mut self, order: &'static [&'static str]) -> Self {
        self.order = order;
        self
    }

    /// From the last to the first.
    #[must_use]
    pub fn descending(mut self) -> Self {
        self.descending = true;
        self
    }

    #[must_use]
    pub fn after(mut self, cursor: Option<Vec<Cell>>) -> Self {
        self.after = cursor;
        self
    }

    /// A store that has a replica may ask that. What this process wrote is never left out.
    #[must_use]
    pub fn may_lag(mut self) -> Self {
        self.may_lag = true;
        self
    }

    /// The branch that is asked about, if it is only one.
    #[must_use]
    pub fn branch(&self) -> Option<BranchId> {
        self.conditions.iter().find_map(|condition| match condition {
            Condition::Is("branch_id", Cell::Id(id)) => Some(BranchId(*id)),
            _ => None,
        })
    }

    /// The columns to sort by, as SQL says it.
    pub(super) fn order_by(&self) -> String {
        let direction = if self.descending { " DESC" } else { "" };
        let columns: Vec<String> = self.order.iter().map(|column| format!("{column}{direction}")).collect();
        columns.join(", ")
    }

    /// How what sorts later compares with a cursor.
    pub(super) fn later(&self) -> &'static str {
        if self.descending { "<" } else { ">" }
    }

    #[must_use]
    pub fn limit(mut self, limit: u32) -> Self {
        self.limit = Some(limit);
        self
    }
}
