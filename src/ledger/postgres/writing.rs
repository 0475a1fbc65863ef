//! Appends as one statement: it moves the heads of the ledgers that end where their writers believed, and everything else
//! it stores hangs on that.

use std::fmt::Write;

use aggregates::ids::BranchId;
use sqlx::postgres::{PgArguments, PgConnection};
use sqlx::{Postgres, Row};
use uuid::Uuid;

use super::connections::{Connections, Lent};
use super::question::{self, Argument, Question};
use super::reading::TAIL;
use super::sql;
use super::trouble::Trouble;
use crate::ledger::table::{Cell, EVENTS, Kind, Table};
use crate::ledger::{Append, AppendError, Entry, Tail};

/// How often an append is sent again if the server chose it to be taken back in favour of others.
const UNLUCKY: usize = 3;

/// Appends in a transaction of its own. It waits while another transaction has the ledger.
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

/// Sends the append; `false` if the ledger does not end where the writer believed.
pub(super) async fn put(connection: &mut Lent, append: &Append) -> Result<bool, Trouble> {
    let head = if append.after.head == 0 && append.after.fence == 0 { Head::First } else { Head::Waits };
    Ok(!send(connection, head, &[append]).await?.is_empty())
}

/// Whether an append can share a statement with others: it moves a head that is there, and changes nothing else.
pub(super) fn can_share(append: &Append) -> bool {
    append.changes.is_empty() && 0 < append.after.head
}

/// Sends appends of different branches that [can share](can_share) a statement, in a transaction of their own; which
/// branches were appended to. The others' ledgers have moved on, or another transaction has them.
pub(super) async fn put_together(
    connection: &mut Lent,
    appends: &[&Append],
) -> Result<Vec<BranchId>, Trouble> {
    send(connection, Head::Skips, appends).await
}

/// How the heads are moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Head {
    /// The first append of a branch makes its ledger.
    First,
    /// A ledger that another transaction has is waited for.
    Waits,
    /// A ledger that another transaction has is left alone.
    Skips,
}

impl Head {
    /// The common table expressions that end in `moved`, the branches to which may be appended.
    fn sql(self) -> String {
        const WANTED: &str = "wanted AS (SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::bytea[], \
             $4::bigint[], $5::bigint[], $6::bytea[], $7::bigint[], $8::bigint[]) AS wanted (branch_id, head, \
             head_hash, recorded_at, after, after_hash, fence, rows_version))";
        const FREE: &str =
            "free AS (SELECT branch_id FROM ledgers WHERE branch_id = ANY($1) FOR UPDATE SKIP LOCKED)";
        const INSERT: &str = "INSERT INTO ledgers AS known \
             (branch_id, head, head_hash, recorded_at, fence, rows_version) \
             SELECT branch_id, head, head_hash, recorded_at, fence, rows_version FROM wanted \
             ON CONFLICT (branch_id) DO UPDATE SET head = excluded.head, head_hash = excluded.head_hash, \
             recorded_at = excluded.recorded_at WHERE known.head = $5[1] AND known.head_hash = $6[1] \
             AND known.fence = $7[1] AND known.rows_version = $8[1]";
        const UPDATE: &str = "UPDATE ledgers AS known \
             SET head = wanted.head, head_hash = wanted.head_hash, recorded_at = wanted.recorded_at FROM wanted \
             WHERE known.branch_id = wanted.branch_id AND known.head = wanted.after \
             AND known.head_hash = wanted.after_hash AND known.fence = wanted.fence \
             AND known.rows_version = wanted.rows_version";
        const RETURNING: &str = "RETURNING known.branch_id";
        match self {
            Self::First => format!("{WANTED}, moved AS ({INSERT} {RETURNING})"),
            Self::Waits => format!("{WANTED}, moved AS ({UPDATE} {RETURNING})"),
            Self::Skips => format!(
                "{WANTED}, {FREE}, moved AS ({UPDATE} AND known.branch_id IN (SELECT branch_id FROM free) \
                 {RETURNING})"
            ),
        }
    }
}

/// Sends one statement; which branches were appended to.
async fn send(connection: &mut Lent, head: Head, appends: &[&Append]) -> Result<Vec<BranchId>, Trouble> {
    let parts = Parts::of(appends);
    let (sql, of_changes) = parts.sql(head, appends);
    connection
        .wait(async |connection: &mut PgConnection| {
            let query = parts.bind(appends, sqlx::query(&sql));
            let rows = of_changes.iter().fold(query, question::bind).fetch_all(connection).await?;
            rows.iter().map(|row| row.try_get::<Uuid, _>(0).map(BranchId)).collect()
        })
        .await
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

/// Rows on their way into one table.
struct Part<'a> {
    table: &'static Table,
    /// Whether they take the place of older ones; else they must be new.
    replaces: bool,
    rows: Vec<&'a [Cell]>,
}

/// The rows of appends that are there at all: tables without any are not part of the statement.
struct Parts<'a> {
    facts: Vec<(BranchId, &'a Entry)>,
    rows: Vec<Part<'a>>,
}

/// Arguments of the part that moves the heads.
const HEAD_ARGUMENTS: usize = 8;

impl<'a> Parts<'a> {
    fn of(appends: &[&'a Append]) -> Self {
        let mut parts = Self { facts: vec![], rows: vec![] };
        for append in appends {
            parts.facts.extend(append.entries.iter().map(|fact| (append.branch, fact)));
            for (table, rows) in &append.records {
                parts.add(table, false, rows);
            }
            for (table, rows) in &append.rows {
                parts.add(table, true, rows);
            }
        }
        // The same tables make the same statement, which the server knows then.
        parts.rows.sort_by_key(|part| (part.replaces, part.table.name));
        parts
    }

    fn add(&mut self, table: &'static Table, replaces: bool, rows: &'a [Vec<Cell>]) {
        if rows.is_empty() {
            return;
        }
        let rows = rows.iter().map(Vec::as_slice);
        match self.rows.iter_mut().find(|part| part.table == table && part.replaces == replaces) {
            Some(part) => part.rows.extend(rows),
            None => self.rows.push(Part { table, replaces, rows: rows.collect() }),
        }
    }

    /// The statement, and the arguments of its changes, which come last.
    fn sql(&self, head: Head, appends: &[&Append]) -> (String, Vec<Argument>) {
        let mut sql = format!("WITH {}, facts AS (", head.sql());
        let mut argument = HEAD_ARGUMENTS + 1;
        sql.push_str(&sql::insert(&EVENTS, argument));
        sql.push(')');
        argument += EVENTS.columns.len();
        for (n, Part { table, replaces, .. }) in self.rows.iter().enumerate() {
            let taken = if *replaces { sql::replacing(table) } else { String::new() };
            let _ = write!(sql, ", part_{n} AS ({}{taken})", sql::insert(table, argument));
            argument += table.columns.len();
        }
        let mut given = vec![];
        for (n, change) in appends.iter().flat_map(|append| &append.changes).enumerate() {
            let (change, arguments) = sql::change_if_moved(change, argument + given.len());
            let _ = write!(sql, ", change_{n} AS ({change})");
            given.extend(arguments);
        }
        sql.push_str(" SELECT branch_id FROM moved");
        (sql, given)
    }

    fn bind<'q>(&'q self, appends: &[&Append], query: Query<'q>) -> Query<'q> {
        let to: Vec<(&Append, Tail)> = appends.iter().map(|append| (*append, append.tail())).collect();
        let query = query
            .bind(column(&to, |(append, _)| append.branch.0))
            .bind(column(&to, |(_, to)| to.head.cast_signed()))
            .bind(column(&to, |(_, to)| to.hash.0))
            .bind(column(&to, |(_, to)| to.recorded_at))
            .bind(column(&to, |(append, _)| append.after.head.cast_signed()))
            .bind(column(&to, |(append, _)| append.after.hash.0))
            .bind(column(&to, |(append, _)| append.after.fence))
            .bind(column(&to, |(append, _)| i64::from(append.after.rows_version)));
        self.rows
            .iter()
            .fold(bind_facts(query, &self.facts), |query, part| bind(query, part.table, &part.rows))
    }
}

type Query<'q> = sqlx::query::Query<'q, Postgres, PgArguments>;

/// One value of each row.
fn column<'q, R, T>(rows: &'q [R], value: impl Fn(&'q R) -> T) -> Vec<T> {
    rows.iter().map(value).collect()
}

/// The columns of [`EVENTS`].
fn bind_facts<'q>(query: Query<'q>, facts: &[(BranchId, &'q Entry)]) -> Query<'q> {
    fn column<'q, T>(facts: &[(BranchId, &'q Entry)], value: impl Fn(&'q Entry) -> T) -> Vec<T> {
        facts.iter().map(|(_, fact)| value(fact)).collect()
    }

    query
        .bind(column(facts, |fact| fact.aggregate_type.as_str()))
        .bind(column(facts, |fact| fact.aggregate_id.as_str()))
        .bind(column(facts, |fact| fact.sequence.cast_signed()))
        .bind(column(facts, |fact| fact.event_type.as_str()))
        .bind(column(facts, |fact| fact.event_version.as_str()))
        .bind(column(facts, |fact| fact.payload.as_str()))
        .bind(column(facts, |fact| fact.metadata.as_str()))
        .bind(facts.iter().map(|(branch, _)| branch.0).collect::<Vec<_>>())
        .bind(column(facts, |fact| fact.position.cast_signed()))
        .bind(column(facts, |fact| fact.recorded_at))
        .bind(column(facts, |fact| fact.hash.0.as_slice()))
}

/// The columns of these rows.
pub(super) fn bind<'q>(query: Query<'q>, table: &Table, rows: &[&'q [Cell]]) -> Query<'q> {
    table.columns.iter().enumerate().fold(query, |query, (place, (_, kind))| {
        let cells = rows.iter().map(|row| row.get(place).unwrap_or(&Cell::Null));
        match kind {
            Kind::Id => query.bind(cells.map(sql::id).collect::<Vec<_>>()),
            Kind::Int => query.bind(cells.map(sql::int).collect::<Vec<_>>()),
            Kind::Text => query.bind(cells.map(sql::text).collect::<Vec<_>>()),
            Kind::Bytes => query.bind(cells.map(sql::bytes).collect::<Vec<_>>()),
        }
    })
}
