//! SQL as SQLite writes it, and values as it keeps them: ids as lower-case hyphenated text.

use std::fmt::Write;

use sqlx::Row;
use sqlx::query::Query;
use sqlx::sqlite::{Sqlite, SqliteArguments, SqliteRow};
use uuid::Uuid;

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

/// An insert of so many rows.
pub(super) fn insert(table: &Table, rows: usize, taken: Taken) -> String {
    let columns: Vec<&str> = table.columns.iter().map(|(name, _)| *name).collect();
    let row = format!("({})", vec!["?"; columns.len()].join(", "));
    let mut sql =
        format!("INSERT INTO {} ({}) VALUES {}", table.name, columns.join(", "), vec![row; rows].join(", "));
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

/// A question with its arguments.
pub(super) fn select(select: &Select) -> (String, Vec<Cell>) {
    let columns: Vec<&str> = select.table.columns.iter().map(|(name, _)| *name).collect();
    let mut sql = format!("SELECT {} FROM {}", columns.join(", "), select.table.name);
    let mut arguments = vec![];
    let mut clauses = vec![];
    for condition in &select.conditions {
        clauses.push(match condition {
            Condition::Is(column, Cell::Null) => format!("{column} IS NULL"),
            Condition::Is(column, value) => comparison(column, "=", value, &mut arguments),
            Condition::AtLeast(column, value) => comparison(column, ">=", value, &mut arguments),
            Condition::Below(column, value) => comparison(column, "<", value, &mut arguments),
            Condition::OneOf(column, values) => {
                arguments.extend(values.iter().cloned());
                format!("{column} IN ({})", vec!["?"; values.len()].join(", "))
            }
        });
    }
    if let Some(after) = &select.after {
        arguments.extend(after.iter().cloned());
        clauses.push(format!("({}) > ({})", select.order.join(", "), vec!["?"; after.len()].join(", ")));
    }
    if !clauses.is_empty() {
        let _ = write!(sql, " WHERE {}", clauses.join(" AND "));
    }
    if !select.order.is_empty() {
        let _ = write!(sql, " ORDER BY {}", select.order.join(", "));
    }
    if let Some(limit) = select.limit {
        let _ = write!(sql, " LIMIT {limit}");
    }
    (sql, arguments)
}

fn comparison(column: &str, operator: &str, value: &Cell, arguments: &mut Vec<Cell>) -> String {
    arguments.push(value.clone());
    format!("{column} {operator} ?")
}

/// Adds one value to a query.
pub(super) fn bind<'q>(
    query: Query<'q, Sqlite, SqliteArguments<'q>>,
    cell: &'q Cell,
) -> Query<'q, Sqlite, SqliteArguments<'q>> {
    match cell {
        Cell::Null => query.bind(None::<i64>),
        Cell::Id(id) => query.bind(id.to_string()),
        Cell::Int(int) => query.bind(*int),
        Cell::Text(text) => query.bind(text.as_str()),
        Cell::Bytes(bytes) => query.bind(bytes.as_slice()),
    }
}

/// The values of a row, as the table says what they are.
pub(super) fn cells(table: &Table, row: &SqliteRow) -> Result<Vec<Cell>, StoreError> {
    let cell = |(column, (name, kind)): (usize, &(&'static str, Kind))| -> Result<Cell, StoreError> {
        Ok(match kind {
            Kind::Id => match text(table.name, name, row.try_get::<Option<&str>, _>(column))? {
                Some(text) => Cell::Id(id(table.name, name, text)?),
                None => Cell::Null,
            },
            Kind::Int => row.try_get::<Option<i64>, _>(column)?.into(),
            Kind::Text => text(table.name, name, row.try_get::<Option<String>, _>(column))?.into(),
            Kind::Bytes => row.try_get::<Option<Vec<u8>>, _>(column)?.into(),
        })
    };
    table.columns.iter().enumerate().map(cell).collect()
}

/// An id, which is found only in the form in which it is asked for.
pub(super) fn id(table: &'static str, column: &'static str, text: &str) -> Result<Uuid, Misshapen> {
    let is_ours = |id: &Uuid| id.hyphenated().encode_lower(&mut Uuid::encode_buffer()) == text;
    let id = Uuid::parse_str(text).ok().filter(is_ours);
    id.ok_or_else(|| Misshapen { table, column, found: text.to_owned(), promised: "an id" })
}

/// A text, which has to be UTF-8; the columns keep all else to their kinds.
pub(super) fn text<T>(
    table: &'static str,
    column: &'static str,
    text: Result<T, sqlx::Error>,
) -> Result<T, StoreError> {
    text.map_err(|error| match error {
        sqlx::Error::ColumnDecode { source, .. } => {
            Misshapen { table, column, found: source.to_string(), promised: "text" }.into()
        }
        error => error.into(),
    })
}
