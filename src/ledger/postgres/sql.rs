//! SQL as PostgreSQL writes it, and values as it keeps them.

use std::fmt::Write;

use sqlx::Row;
use sqlx::postgres::PgRow;
use uuid::Uuid;

use super::question::{Argument, Question};
use crate::ledger::StoreError;
use crate::ledger::change::{Change, What};
use crate::ledger::query::{Condition, Select};
use crate::ledger::table::{Cell, Kind, Table};

/// How a column is declared. What the stock crates read as JSON is JSON.
fn declared(column: &str, kind: Kind) -> &'static str {
    match (column, kind) {
        ("payload" | "metadata", Kind::Text) => "json",
        (_, Kind::Id) => "uuid",
        (_, Kind::Int) => "bigint",
        (_, Kind::Text) => "text",
        (_, Kind::Bytes) => "bytea",
    }
}

/// An insert of any number of rows, one array for each column, the first of which is argument `first`. Only rows of the
/// branches in the common table expression `moved` are inserted.
pub(super) fn insert(table: &Table, first: usize) -> String {
    let names: Vec<&str> = table.columns.iter().map(|(name, _)| *name).collect();
    let arrays: Vec<String> = table
        .columns
        .iter()
        .zip(first..)
        .map(|((name, kind), argument)| format!("${argument}::{}[]", declared(name, *kind)))
        .collect();
    let (names, arrays) = (names.join(", "), arrays.join(", "));
    format!(
        "INSERT INTO {name} ({names}) SELECT new.* FROM unnest({arrays}) AS new ({names}) \
         JOIN moved USING (branch_id)",
        name = table.name
    )
}

/// What turns an insert into one that puts new rows in the place of old ones.
pub(super) fn replacing(table: &Table) -> String {
    let sets: Vec<String> = table
        .columns
        .iter()
        .filter(|(name, _)| !table.key.contains(name))
        .map(|(name, _)| format!("{name} = excluded.{name}"))
        .collect();
    format!(" ON CONFLICT ({}) DO UPDATE SET {}", table.key.join(", "), sets.join(", "))
}

/// An insert of one row, unless its key is taken.
pub(super) fn insert_new(table: &'static Table, row: Vec<Cell>) -> Question {
    let columns: Vec<&str> = table.columns.iter().map(|(name, _)| *name).collect();
    let mut arguments = Arguments::after(0, table);
    let cells = table.columns.iter().zip(row);
    let places: Vec<String> =
        cells.map(|((name, kind), cell)| arguments.value(cell, declared(name, *kind))).collect();
    let sql = format!(
        "INSERT INTO {} ({}) VALUES ({}) ON CONFLICT DO NOTHING",
        table.name,
        columns.join(", "),
        places.join(", ")
    );
    Question::new(sql, arguments.given)
}

/// A question to one table.
pub(super) fn select(select: &Select) -> Question {
    let table = select.table;
    let mut arguments = Arguments::after(0, table);
    let mut each = None;
    let mut clauses = vec![];
    for condition in &select.conditions {
        match condition {
            Condition::OneOf(columns, values) if 1 < columns.len() => {
                let (from, clause) = arguments.each_of(columns, values);
                each = Some(from);
                clauses.push(clause);
            }
            condition => clauses.push(arguments.clause(condition)),
        }
    }
    if let Some(after) = &select.after {
        let values: Vec<String> = after.iter().map(|value| arguments.place(value.clone().into())).collect();
        let (columns, values) = (select.order.join(", "), values.join(", "));
        clauses.push(format!("({columns}) {} ({values})", select.later()));
    }
    let mut sql = format!("SELECT {} FROM {}", columns(table), table.name);
    if !clauses.is_empty() {
        let _ = write!(sql, " WHERE {}", clauses.join(" AND "));
    }
    if let Some(each) = each {
        // `OFFSET 0` keeps the planner from joining in another way than by one lookup for each.
        sql = format!("SELECT found.* FROM {each} CROSS JOIN LATERAL ({sql} OFFSET 0) AS found");
    }
    if !select.order.is_empty() {
        let _ = write!(sql, " ORDER BY {}", select.order_by());
    }
    if let Some(limit) = select.limit {
        let _ = write!(sql, " LIMIT {limit}");
    }
    Question::new(sql, arguments.given)
}

/// The statements of a change, which return a row for each one that was changed.
pub(super) fn changes(change: &Change) -> Vec<Question> {
    match &change.what {
        What::Add(rows) => rows.iter().map(|row| add(change.table, row.clone())).collect(),
        What::Replace(_) | What::Delete => vec![self::change(change)],
    }
}

/// An insert of one row, unless its key is taken, which says whether it was.
fn add(table: &'static Table, row: Vec<Cell>) -> Question {
    insert_new(table, row).and(" RETURNING 1")
}

/// A change, with a row for each one that was changed.
pub(super) fn change(change: &Change) -> Question {
    let mut arguments = Arguments::after(0, change.table);
    let sql = write_change(change, &mut arguments);
    Question::new(format!("{sql} RETURNING 1"), arguments.given)
}

/// A change that is made only if the common table expression `moved` has a row; its first argument is `first`.
pub(super) fn change_if_moved(change: &Change, first: usize) -> (String, Vec<Argument>) {
    let mut arguments = Arguments::after(first - 1, change.table);
    let sql = write_change(change, &mut arguments);
    (format!("{sql} AND EXISTS (SELECT FROM moved)"), arguments.given)
}

fn write_change(change: &Change, arguments: &mut Arguments) -> String {
    let mut sql = match &change.what {
        What::Replace(row) => {
            let sets: Vec<String> = change
                .table
                .columns
                .iter()
                .zip(row)
                .map(|((name, kind), cell)| {
                    format!("{name} = {}", arguments.value(cell.clone(), declared(name, *kind)))
                })
                .collect();
            format!("UPDATE {} SET {}", change.table.name, sets.join(", "))
        }
        What::Delete | What::Add(_) => format!("DELETE FROM {}", change.table.name),
    };
    let clauses: Vec<String> =
        change.conditions.iter().map(|condition| arguments.clause(condition)).collect();
    let _ = write!(sql, " WHERE {}", clauses.join(" AND "));
    sql
}

/// The columns of a table, JSON as it was written.
fn columns(table: &Table) -> String {
    let columns: Vec<String> = table
        .columns
        .iter()
        .map(|(name, kind)| match declared(name, *kind) {
            "json" => format!("{name}::text AS {name}"),
            _ => (*name).to_owned(),
        })
        .collect();
    columns.join(", ")
}

struct Arguments {
    table: &'static Table,
    /// Those that the statement has before.
    before: usize,
    given: Vec<Argument>,
}

impl Arguments {
    fn after(before: usize, table: &'static Table) -> Self {
        Self { table, before, given: vec![] }
    }

    fn place(&mut self, argument: Argument) -> String {
        self.given.push(argument);
        format!("${}", self.before + self.given.len())
    }

    /// A value of a column of that type. Nothing has no type of its own.
    fn value(&mut self, cell: Cell, declared: &str) -> String {
        if cell == Cell::Null {
            "NULL".to_owned()
        } else {
            format!("{}::{declared}", self.place(cell.into()))
        }
    }

    fn clause(&mut self, condition: &Condition) -> String {
        match condition {
            Condition::Is(column, Cell::Null) => format!("{column} IS NULL"),
            Condition::Is(column, value) => format!("{column} = {}", self.place(value.clone().into())),
            Condition::IsNot(column, value) => format!("{column} <> {}", self.place(value.clone().into())),
            Condition::AtLeast(column, value) => format!("{column} >= {}", self.place(value.clone().into())),
            Condition::Below(column, value) => format!("{column} < {}", self.place(value.clone().into())),
            Condition::OneOf(columns, values) if 1 < columns.len() => {
                let arrays = self.arrays(columns, values).join(", ");
                format!("({}) IN (SELECT * FROM unnest({arrays}))", columns.join(", "))
            }
            // An array: the statement is the same however many values there are.
            Condition::OneOf(columns, values) => {
                let arrays = self.arrays(columns, values);
                let clauses =
                    columns.iter().zip(arrays).map(|(column, array)| format!("{column} = ANY({array})"));
                clauses.collect::<Vec<_>>().join(" AND ")
            }
        }
    }

    /// Several columns together: what to look up each combination from, and how.
    fn each_of(&mut self, columns: &[&'static str], values: &[Vec<Cell>]) -> (String, String) {
        let once: Vec<Vec<Cell>> = values.iter().fold(vec![], |mut once, row| {
            if !once.contains(row) {
                once.push(row.clone());
            }
            once
        });
        let arrays = self.arrays(columns, &once).join(", ");
        let names: Vec<String> = columns.iter().map(|column| format!("each_{column}")).collect();
        let clauses: Vec<String> =
            columns.iter().zip(&names).map(|(column, name)| format!("{column} = {name}")).collect();
        (format!("unnest({arrays}) AS each ({})", names.join(", ")), clauses.join(" AND "))
    }

    /// An array for each column.
    fn arrays(&mut self, columns: &[&'static str], values: &[Vec<Cell>]) -> Vec<String> {
        let mut arrays = vec![];
        for (place, column) in columns.iter().enumerate() {
            let kind = self.kind(column);
            let array = array(kind, values.iter().filter_map(|row| row.get(place)));
            arrays.push(format!("{}::{}[]", self.place(array), declared(column, kind)));
        }
        arrays
    }

    fn kind(&self, column: &str) -> Kind {
        let known = self.table.columns.iter().find(|(name, _)| *name == column);
        known.map_or(Kind::Text, |(_, kind)| *kind)
    }
}

/// Values of one kind; others, and nothing, equal no value of that kind.
fn array<'a>(kind: Kind, values: impl Iterator<Item = &'a Cell>) -> Argument {
    match kind {
        Kind::Id => Argument::Ids(values.filter_map(id).copied().collect()),
        Kind::Int => Argument::Ints(values.filter_map(int).copied().collect()),
        Kind::Text => Argument::Texts(values.filter_map(text).map(str::to_owned).collect()),
        Kind::Bytes => Argument::Blobs(values.filter_map(bytes).map(<[u8]>::to_vec).collect()),
    }
}

pub(super) fn id(cell: &Cell) -> Option<&Uuid> {
    if let Cell::Id(id) = cell { Some(id) } else { None }
}

pub(super) fn int(cell: &Cell) -> Option<&i64> {
    if let Cell::Int(int) = cell { Some(int) } else { None }
}

pub(super) fn text(cell: &Cell) -> Option<&str> {
    if let Cell::Text(text) = cell { Some(text) } else { None }
}

pub(super) fn bytes(cell: &Cell) -> Option<&[u8]> {
    if let Cell::Bytes(bytes) = cell { Some(bytes) } else { None }
}

/// The values of a row, as the table says what they are.
pub(super) fn cells(table: &Table, row: &PgRow) -> Result<Vec<Cell>, StoreError> {
    let cell = |(column, (_, kind)): (usize, &(&str, Kind))| -> Result<Cell, StoreError> {
        Ok(match kind {
            Kind::Id => row.try_get::<Option<Uuid>, _>(column)?.into(),
            Kind::Int => row.try_get::<Option<i64>, _>(column)?.into(),
            Kind::Text => row.try_get::<Option<String>, _>(column)?.into(),
            Kind::Bytes => row.try_get::<Option<Vec<u8>>, _>(column)?.into(),
        })
    };
    table.columns.iter().enumerate().map(cell).collect()
}
