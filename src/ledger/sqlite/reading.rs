//! Questions to one connection.

use aggregates::ids::BranchId;
use cqrs_es::persist::SerializedEvent;
use rusqlite::{Connection, Row, params};
use uuid::Uuid;

use super::sql;
use crate::ledger::query::Select;
use crate::ledger::table::Cell;
use crate::ledger::{Entry, Hash, Misshapen, Position, StoreError, Tail, stored_id};

/// Where a ledger ends, as seen by this connection.
pub(super) fn tail(connection: &Connection, branch: BranchId) -> Result<Tail, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT head, head_hash, recorded_at, fence, rows_version FROM ledgers WHERE branch_id = ?",
    )?;
    let mut rows = statement.query(params![branch.0.as_bytes()])?;
    let Some(row) = rows.next()? else { return Ok(Tail::empty(branch)) };
    Ok(Tail {
        head: row.get::<_, i64>(0)?.cast_unsigned(),
        hash: hash("ledgers", "head_hash", row.get_ref(1)?.as_blob()?)?,
        recorded_at: row.get(2)?,
        fence: row.get(3)?,
        rows_version: row.get(4)?,
    })
}

fn hash(table: &'static str, column: &'static str, bytes: &[u8]) -> Result<Hash, Misshapen> {
    let found = || format!("{} bytes", bytes.len());
    let hash = bytes.try_into().map(Hash);
    hash.map_err(|_| Misshapen { table, column, found: found(), promised: "a hash of 32 bytes" })
}

/// The columns of an entry, in the order in which [`entry`] reads them.
const ENTRY: &str = "SELECT position, recorded_at, aggregate_type, aggregate_id, sequence, event_type, \
                     event_version, payload, metadata, hash FROM events";

fn entry(row: &Row<'_>) -> Result<Entry, StoreError> {
    let text = |column: usize, name| -> Result<String, StoreError> {
        Ok(sql::text("events", name, row.get_ref(column)?)?.to_owned())
    };
    Ok(Entry {
        position: row.get::<_, i64>(0)?.cast_unsigned(),
        recorded_at: row.get(1)?,
        aggregate_type: text(2, "aggregate_type")?,
        aggregate_id: text(3, "aggregate_id")?,
        sequence: row.get::<_, i64>(4)?.cast_unsigned(),
        event_type: text(5, "event_type")?,
        event_version: text(6, "event_version")?,
        payload: text(7, "payload")?,
        metadata: text(8, "metadata")?,
        hash: hash("events", "hash", row.get_ref(9)?.as_blob()?)?,
    })
}

/// Facts of a branch in their order.
pub(super) fn page(
    connection: &Connection,
    branch: BranchId,
    after: Position,
    limit: u32,
) -> Result<Vec<Entry>, StoreError> {
    let sql = format!("{ENTRY} WHERE branch_id = ? AND position > ? ORDER BY position LIMIT ?");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query(params![branch.0.as_bytes(), after.cast_signed(), limit])?;
    collect(rows, entry)
}

/// Facts of one aggregate in their order.
pub(super) fn history(
    connection: &Connection,
    branch: BranchId,
    aggregate_type: &str,
    id: Uuid,
) -> Result<Vec<Entry>, StoreError> {
    let sql = format!("{ENTRY} WHERE aggregate_type = ? AND aggregate_id = ? ORDER BY sequence");
    let mut statement = connection.prepare_cached(&sql)?;
    collect(statement.query(params![aggregate_type, stored_id(branch, id)])?, entry)
}

/// Facts of several aggregates, for the stock event store. They are in this process, so a question for each costs no
/// more than one for all.
pub(super) fn streams(
    connection: &Connection,
    branch: BranchId,
    ids: &[(&'static str, Uuid)],
) -> Result<Vec<SerializedEvent>, StoreError> {
    let mut events = vec![];
    for (aggregate_type, id) in ids {
        for entry in history(connection, branch, aggregate_type, *id)? {
            events.push(SerializedEvent::new(
                entry.aggregate_id,
                usize::try_from(entry.sequence)?,
                entry.aggregate_type,
                entry.event_type,
                entry.event_version,
                serde_json::from_str(&entry.payload)?,
                serde_json::from_str(&entry.metadata)?,
            ));
        }
    }
    Ok(events)
}

/// Every branch that has a ledger.
pub(super) fn branches(connection: &Connection) -> Result<Vec<BranchId>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT branch_id FROM ledgers ORDER BY branch_id")?;
    let id = |row: &Row<'_>| Ok(BranchId(sql::id("ledgers", "branch_id", row.get_ref(0)?)?));
    collect(statement.query([])?, id)
}

/// Rows of a table.
pub(super) fn select(connection: &Connection, select: &Select) -> Result<Vec<Vec<Cell>>, StoreError> {
    let (sql, arguments) = sql::select(select);
    let mut statement = connection.prepare_cached(&sql)?;
    sql::bind(&mut statement, &arguments)?;
    collect(statement.raw_query(), |row| sql::cells(select.table, row))
}

fn collect<T>(
    mut rows: rusqlite::Rows<'_>,
    read: impl Fn(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    let mut found = vec![];
    while let Some(row) = rows.next()? {
        found.push(read(row)?);
    }
    Ok(found)
}
