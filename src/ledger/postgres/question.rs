//! A statement with its arguments, which can be asked again.

use std::borrow::Cow;

use sqlx::postgres::{PgArguments, PgRow};
use sqlx::{PgConnection, Postgres};
use uuid::Uuid;

use crate::ledger::table::Cell;

/// A statement with its arguments.
#[derive(Debug, Clone)]
pub(super) struct Question {
    sql: Cow<'static, str>,
    arguments: Vec<Argument>,
}

/// A value that a statement is given.
#[derive(Debug, Clone)]
pub(super) enum Argument {
    Cell(Cell),
    Ids(Vec<Uuid>),
    Ints(Vec<i64>),
    Texts(Vec<String>),
    Blobs(Vec<Vec<u8>>),
}

type Query<'q> = sqlx::query::Query<'q, Postgres, PgArguments>;

impl Question {
    pub(super) fn new(sql: impl Into<Cow<'static, str>>, arguments: Vec<Argument>) -> Self {
        Self { sql: sql.into(), arguments }
    }

    /// The same with something behind it.
    pub(super) fn and(self, more: &str) -> Self {
        Self { sql: Cow::Owned(self.sql.into_owned() + more), ..self }
    }

    /// All rows that the statement returns.
    pub(super) async fn put_to(&self, connection: &mut PgConnection) -> Result<Vec<PgRow>, sqlx::Error> {
        self.arguments.iter().fold(sqlx::query(&self.sql), bind).fetch_all(connection).await
    }
}

pub(super) fn bind<'q>(query: Query<'q>, argument: &'q Argument) -> Query<'q> {
    match argument {
        // No comparison is true of nothing, whatever its type.
        Argument::Cell(Cell::Null) => query.bind(None::<i64>),
        Argument::Cell(Cell::Id(id)) => query.bind(id),
        Argument::Cell(Cell::Int(int)) => query.bind(int),
        Argument::Cell(Cell::Text(text)) => query.bind(text),
        Argument::Cell(Cell::Bytes(bytes)) => query.bind(bytes),
        Argument::Ids(ids) => query.bind(ids),
        Argument::Ints(ints) => query.bind(ints),
        Argument::Texts(texts) => query.bind(texts),
        Argument::Blobs(blobs) => query.bind(blobs),
    }
}

impl<T: Into<Cell>> From<T> for Argument {
    fn from(value: T) -> Self {
        Self::Cell(value.into())
    }
}
