//! An append as one statement: it moves the head if the ledger ends where its writer believed, and everything else it
//! stores hangs on that.

use std::fmt::Write;

use aggregates::ids::BranchId;
use sqlx::postgres::{PgArguments, PgConnection};
use sqlx::{Postgres, Row};

use super::connections::{Connections, Lent};
use super::question::{self, Argument, Question};
use super::reading::TAIL;
use super::sql;
use super::trouble::Trouble;
use crate::ledger::table::{Cell, EVENTS, Kind, Table};
use crate::ledger::{Append, AppendError, Entry, Tail};

/// How often an append is sent again if the server chose it to be taken back in favour of others.
const UNLUCKY: usize = 3;

/// Appends in a transaction of its own.
pub(super) async fn append(connections: &Connections, append: &Append) -> Result<(), AppendError> {
    let mut tries = 0;
    loop {
        let mut connection = connections.lend().await.map_err(Trouble::at_commit)?;
        match put(&mut connection, append).await {
            Ok(true) => return Ok(()),
            Ok(false) => return Err(AppendError::Moved),
            Err(trouble) if trouble.is_unlucky() && tries < UNLUCKY => tries += 1,
            Err(trouble) => return Err(trouble.at_commit()),
        }
    }
}

/// Sends the statement; `false` if the ledger does not end where the writer believed.
pub(super) async fn put(connection: &mut Lent, append: &Append) -> Result<bool, Trouble> {
    let parts = Parts::of(append);
    let (sql, of_changes) = parts.sql(append);
    connection
        .wait(async |connection: &mut PgConnection| {
            let query = parts.bind(append, sqlx::query(&sql));
            let row = of_changes.iter().fold(query, question::bind).fetch_one(connection).await?;
            row.try_get::<i64, _>(0)
        })
        .await
        .map(|moved| moved == 1)
}

/// Shuts out appends on their way. It waits for one that is being stored.
pub(super) fn raise_fence(branch: BranchId) -> Question {
    let empty = Tail::empty(branch);
    let sql = format!(
        "INSERT INTO ledgers AS known (branch_id, head, head_hash, recorded_at, fence, rows_version) \
         VALUES ($1, 0, $2, 0, 1, $3) ON CONFLICT (branch_id) DO UPDATE SET fence = known.fence + 1 \
         RETURNING {TAIL}"
    );
    Question::new(sql, vec![branch.into(), empty.hash.0.to_vec().into(), empty.rows_version.into()])
}

/// The rows of an append that are there at all: tables without any are not part of the statement.
struct Parts<'a> {
    facts: &'a [Entry],
    records: Vec<(&'static Table, &'a [Vec<Cell>])>,
    rows: Vec<(&'static Table, &'a [Vec<Cell>])>,
}

/// Arguments of the part that moves the head.
const HEAD_ARGUMENTS: usize = 8;

impl<'a> Parts<'a> {
    fn of(append: &'a Append) -> Self {
        let filled = |tables: &'a [(&'static Table, Vec<Vec<Cell>>)]| {
            tables
                .iter()
                .filter(|(_, rows)| !rows.is_empty())
                .map(|(table, rows)| (*table, rows.as_slice()))
                .collect()
        };
        Self {
            facts: append.entries.as_slice(),
            records: filled(&append.records),
            rows: filled(&append.rows),
        }
    }

    /// The statement, and the arguments of its changes, which come last.
    fn sql(&self, append: &Append) -> (String, Vec<Argument>) {
        let mut sql = format!("WITH moved AS ({}), facts AS (", advance(append.after));
        let mut argument = HEAD_ARGUMENTS + 1;
        sql.push_str(&sql::insert(&EVENTS, argument));
        sql.push(')');
        argument += sql::own_columns(&EVENTS).count();
        let records = self.records.iter().map(|(table, _)| (table, String::new()));
        let rows = self.rows.iter().map(|(table, _)| (table, sql::replacing(table)));
        for (n, (table, taken)) in records.chain(rows).enumerate() {
            let _ = write!(sql, ", part_{n} AS ({}{taken})", sql::insert(table, argument));
            argument += sql::own_columns(table).count();
        }
        let mut given = vec![];
        for (n, change) in append.changes.iter().enumerate() {
            let (change, arguments) = sql::change_if_moved(change, argument + given.len());
            let _ = write!(sql, ", change_{n} AS ({change})");
            given.extend(arguments);
        }
        sql.push_str(" SELECT count(*) FROM moved");
        (sql, given)
    }

    fn bind<'q>(&'q self, append: &Append, query: Query<'q>) -> Query<'q> {
        let (after, to) = (append.after, append.tail());
        let query = query
            .bind(append.branch.0)
            .bind(to.head.cast_signed())
            .bind(to.hash.0)
            .bind(to.recorded_at)
            .bind(after.head.cast_signed())
            .bind(after.hash.0)
            .bind(after.fence)
            .bind(i64::from(after.rows_version));
        let query = bind_facts(query, self.facts);
        self.records.iter().chain(&self.rows).fold(query, |query, (table, rows)| bind(query, table, rows))
    }
}

/// Moves the head of a ledger that ends like this. The first append of a branch makes its row.
fn advance(after: Tail) -> &'static str {
    if after.head == 0 && after.fence == 0 {
        "INSERT INTO ledgers AS known (branch_id, head, head_hash, recorded_at, fence, rows_version) \
         VALUES ($1, $2, $3, $4, $7, $8) \
         ON CONFLICT (branch_id) DO UPDATE \
         SET head = excluded.head, head_hash = excluded.head_hash, recorded_at = excluded.recorded_at \
         WHERE known.head = $5 AND known.head_hash = $6 AND known.fence = $7 AND known.rows_version = $8 \
         RETURNING branch_id"
    } else {
        "UPDATE ledgers SET head = $2, head_hash = $3, recorded_at = $4 \
         WHERE branch_id = $1 AND head = $5 AND head_hash = $6 AND fence = $7 AND rows_version = $8 \
         RETURNING branch_id"
    }
}

type Query<'q> = sqlx::query::Query<'q, Postgres, PgArguments>;

/// The columns of [`EVENTS`], without the branch.
fn bind_facts<'q>(query: Query<'q>, facts: &'q [Entry]) -> Query<'q> {
    fn column<'q, T>(facts: &'q [Entry], value: impl Fn(&'q Entry) -> T) -> Vec<T> {
        facts.iter().map(value).collect()
    }

    query
        .bind(column(facts, |fact| fact.aggregate_type.as_str()))
        .bind(column(facts, |fact| fact.aggregate_id.as_str()))
        .bind(column(facts, |fact| fact.sequence.cast_signed()))
        .bind(column(facts, |fact| fact.event_type.as_str()))
        .bind(column(facts, |fact| fact.event_version.as_str()))
        .bind(column(facts, |fact| fact.payload.as_str()))
        .bind(column(facts, |fact| fact.metadata.as_str()))
        .bind(column(facts, |fact| fact.position.cast_signed()))
        .bind(column(facts, |fact| fact.recorded_at))
        .bind(column(facts, |fact| fact.hash.0.as_slice()))
}

/// The columns of these rows, without the branch.
pub(super) fn bind<'q>(query: Query<'q>, table: &Table, rows: &'q [Vec<Cell>]) -> Query<'q> {
    sql::own_columns(table).fold(query, |query, (place, _, kind)| {
        let cells = rows.iter().map(|row| row.get(place).unwrap_or(&Cell::Null));
        match kind {
            Kind::Id => query.bind(cells.map(sql::id).collect::<Vec<_>>()),
            Kind::Int => query.bind(cells.map(sql::int).collect::<Vec<_>>()),
            Kind::Text => query.bind(cells.map(sql::text).collect::<Vec<_>>()),
            Kind::Bytes => query.bind(cells.map(sql::bytes).collect::<Vec<_>>()),
        }
    })
}
