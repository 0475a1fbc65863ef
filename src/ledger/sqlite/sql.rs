//! SQL as SQLite writes it, and values as it keeps them: ids as their 16 bytes.

use std::fmt::Write;

use rusqlite::types::ValueRef;
use rusqlite::{Row, Statement};
use uuid::Uuid;

use crate::ledger::change::{Change, What};
use crate::ledger::query::{Condition, Select};
use crate::ledger::table::{Cell, Kind, Table};
use crate::ledger::{Misshapen, StoreError};

/// What happens to a row whose key is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Taken {
    /// It is an error.
    Fail,
    /// The new row takes the place of the old.
    Replace,
    /// The old row stays.
    Keep,
}

/// An insert of one row.
pub(super) fn insert(table: &Table, taken: Taken) -> String {
    let columns: Vec<&str> = table.columns.iter().map(|(name, _)| *name).collect();
    let row = vec!["?"; columns.len()].join(", ");
    let mut sql = format!("INSERT INTO {} ({}) VALUES ({row})", table.name, columns.join(", "));
    match taken {
        Taken::Fail => {}
        Taken::Keep => sql.push_str(" ON CONFLICT DO NOTHING"),
        Taken::Replace => {
            let _ = write!(sql, " ON CONFLICT ({}) DO UPDATE SET ", table.key.join(", "));
            let sets: Vec<String> = columns
                .iter()
                .filter(|column| !table.key.contains(column))
                .map(|column| format!("{column} = excluded.{column}"))
                .collect();
            sql.push_str(&sets.join(", "));
        }
    }
    sql
}

/// An update of one row, given as for its insert, unless an indexed column gets another value: SQLite writes the entry of
/// an index anew for every column that is set, also to what it was.
pub(super) fn update(table: &Table, indexed: &[String]) -> String {
    let mut sets = vec![];
    let mut clauses = vec![];
    for ((name, _), place) in table.columns.iter().zip(1..) {
        if table.key.contains(name) {
            clauses.push(format!("{name} = ?{place}"));
        } else if indexed.iter().any(|indexed| indexed == name) {
            // The plus keeps SQLite from looking the row up by anything but its key.
            clauses.push(format!("+{name} IS ?{place}"));
        } else {
            sets.push(format!("{name} = ?{place}"));
        }
    }
    format!("UPDATE {} SET {} WHERE {}", table.name, sets.join(", "), clauses.join(" AND "))
}

/// A question with its arguments.
pub(super) fn select(select: &Select) -> (String, Vec<Cell>) {
    let columns: Vec<&str> = select.table.columns.iter().map(|(name, _)| *name).collect();
    let mut sql = format!("SELECT {} FROM {}", columns.join(", "), select.table.name);
    let mut arguments = vec![];
    let mut clauses: Vec<String> =
        select.conditions.iter().map(|condition| clause(condition, &mut arguments)).collect();
    if let Some(after) = &select.after {
        arguments.extend(after.iter().cloned());
        let places = vec!["?"; after.len()].join(", ");
        clauses.push(format!("({}) {} ({places})", select.order.join(", "), select.later()));
    }
    if !clauses.is_empty() {
        let _ = write!(sql, " WHERE {}", clauses.join(" AND "));
    }
    if !select.order.is_empty() {
        let _ = write!(sql, " ORDER BY {}", select.order_by());
    }
    if let Some(limit) = select.limit {
        let _ = write!(sql, " LIMIT {limit}");
    }
    (sql, arguments)
}

/// A change with its arguments; those of rows to be added are the rows, one after another.
pub(super) fn change(change: &Change) -> (String, Vec<Cell>) {
    let (mut sql, mut arguments) = match &change.what {
        What::Replace(row) => {
            let sets = change.table.columns.iter().map(|(name, _)| format!("{name} = ?"));
            let sets = sets.collect::<Vec<_>>().join(", ");
            (format!("UPDATE {} SET {sets}", change.table.name), row.clone())
        }
        What::Delete => (format!("DELETE FROM {}", change.table.name), vec![]),
        What::Add(_) => return (insert(change.table, Taken::Keep), vec![]),
    };
    let clauses = change.conditions.iter().map(|condition| clause(condition, &mut arguments));
    let _ = write!(sql, " WHERE {}", clauses.collect::<Vec<_>>().join(" AND "));
    (sql, arguments)
}

fn clause(condition: &Condition, arguments: &mut Vec<Cell>) -> String {
    match condition {
        Condition::Is(column, Cell::Null) => format!("{column} IS NULL"),
        Condition::Is(column, value) => comparison(column, "=", value, arguments),
        Condition::IsNot(column, value) => comparison(column, "<>", value, arguments),
        Condition::AtLeast(column, value) => comparison(column, ">=", value, arguments),
        Condition::Below(column, value) => comparison(column, "<", value, arguments),
        Condition::OneOf(_, values) if values.is_empty() => "1 = 0".to_owned(),
        Condition::OneOf(columns, values) => {
            arguments.extend(values.iter().flatten().cloned());
            let places = format!("({})", vec!["?"; columns.len()].join(", "));
            let values = vec![places; values.len()].join(", ");
            format!("({}) IN (VALUES {values})", columns.join(", "))
        }
    }
}

fn comparison(column: &str, operator: &str, value: &Cell, arguments: &mut Vec<Cell>) -> String {
    arguments.push(value.clone());
    format!("{column} {operator} ?")
}

/// Binds values to the places of a statement, in their order.
pub(super) fn bind<'a>(
    statement: &mut Statement<'_>,
    cells: impl IntoIterator<Item = &'a Cell>,
) -> rusqlite::Result<()> {
    for (place, cell) in (1..).zip(cells) {
        match cell {
            Cell::Null => statement.raw_bind_parameter(place, None::<i64>)?,
            Cell::Id(id) => statement.raw_bind_parameter(place, &id.as_bytes()[..])?,
            Cell::Int(int) => statement.raw_bind_parameter(place, int)?,
            Cell::Text(text) => statement.raw_bind_parameter(place, text)?,
            Cell::Bytes(bytes) => statement.raw_bind_parameter(place, bytes)?,
        }
    }
    Ok(())
}

/// The values of a row, as the table says what they are.
pub(super) fn cells(table: &Table, row: &Row<'_>) -> Result<Vec<Cell>, StoreError> {
    let cell = |(column, (name, kind)): (usize, &(&'static str, Kind))| -> Result<Cell, StoreError> {
        let value = row.get_ref(column)?;
        Ok(match (value, kind) {
            (ValueRef::Null, _) => Cell::Null,
            (value, Kind::Id) => Cell::Id(id(table.name, name, value)?),
            (value, Kind::Int) => Cell::Int(value.as_i64()?),
            (value, Kind::Text) => text(table.name, name, value)?.into(),
            (value, Kind::Bytes) => value.as_blob()?.to_vec().into(),
        })
    };
    table.columns.iter().enumerate().map(cell).collect()
}

/// An id: 16 bytes.
pub(super) fn id(table: &'static str, column: &'static str, value: ValueRef<'_>) -> Result<Uuid, Misshapen> {
    let bytes = value.as_bytes().unwrap_or_default();
    let found = || format!("{} bytes", bytes.len());
    Uuid::from_slice(bytes).map_err(|_| Misshapen {
        table,
        column,
        found: found(),
        promised: "an id of 16 bytes",
    })
}

/// A text, which has to be UTF-8; the columns keep all else to their kinds.
pub(super) fn text<'a>(
    table: &'static str,
    column: &'static str,
    value: ValueRef<'a>,
) -> Result<&'a str, Misshapen> {
    value.as_str().map_err(|error| Misshapen { table, column, found: error.to_string(), promised: "text" })
}
