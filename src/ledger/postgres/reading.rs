//! Questions about ledgers, and their answers read.

use aggregates::ids::BranchId;
use cqrs_es::persist::SerializedEvent;
use sqlx::Row;
use sqlx::postgres::PgRow;
use uuid::Uuid;

use super::question::{Argument, Question};
use crate::ledger::{Entry, Hash, Misshapen, Position, StoreError, Tail, stored_id};

/// What says where a ledger ends, as [`tail`] reads it.
pub(super) const TAIL: &str = "head, head_hash, recorded_at, fence, rows_version";

pub(super) fn tail_of(branch: BranchId) -> Question {
    Question::new(format!("SELECT {TAIL} FROM ledgers WHERE branch_id = $1"), vec![branch.into()])
}

/// Where a ledger ends; one without a row has no facts.
pub(super) fn tail(branch: BranchId, row: Option<&PgRow>) -> Result<Tail, StoreError> {
    let Some(row) = row else { return Ok(Tail::empty(branch)) };
    Ok(Tail {
        head: row.try_get::<i64, _>(0)?.cast_unsigned(),
        hash: hash("ledgers", "head_hash", row.try_get(1)?)?,
        recorded_at: row.try_get(2)?,
        fence: row.try_get(3)?,
        rows_version: u32::try_from(row.try_get::<i64, _>(4)?)?,
    })
}

fn hash(table: &'static str, column: &'static str, bytes: &[u8]) -> Result<Hash, Misshapen> {
    let found = || format!("{} bytes", bytes.len());
    let hash = bytes.try_into().map(Hash);
    hash.map_err(|_| Misshapen { table, column, found: found(), promised: "a hash of 32 bytes" })
}

/// The columns of an entry, in the order in which [`entries`] reads them.
const ENTRY: &str = "SELECT position, recorded_at, aggregate_type, aggregate_id, sequence, event_type, \
                     event_version, payload::text, metadata::text, hash FROM events";

pub(super) fn entries(rows: &[PgRow]) -> Result<Vec<Entry>, StoreError> {
    rows.iter().map(entry).collect()
}

fn entry(row: &PgRow) -> Result<Entry, StoreError> {
    Ok(Entry {
        position: row.try_get::<i64, _>(0)?.cast_unsigned(),
        recorded_at: row.try_get(1)?,
        aggregate_type: row.try_get(2)?,
        aggregate_id: row.try_get(3)?,
        sequence: row.try_get::<i64, _>(4)?.cast_unsigned(),
        event_type: row.try_get(5)?,
        event_version: row.try_get(6)?,
        payload: row.try_get(7)?,
        metadata: row.try_get(8)?,
        hash: hash("events", "hash", row.try_get(9)?)?,
    })
}

/// Facts of a branch in their order.
pub(super) fn page(branch: BranchId, after: Position, limit: u32) -> Question {
    let sql = format!("{ENTRY} WHERE branch_id = $1 AND position > $2 ORDER BY position LIMIT $3");
    Question::new(sql, vec![branch.into(), after.into(), limit.into()])
}

/// Facts of one aggregate in their order.
///
/// The branch is in the stored id. Said a second time, it would offer the planner another index, that of positions,
/// along which it would read the whole ledger wherever it believes that ledgers are short.
pub(super) fn history(branch: BranchId, aggregate_type: &str, id: Uuid) -> Question {
    let sql = format!("{ENTRY} WHERE aggregate_type = $1 AND aggregate_id = $2 ORDER BY sequence");
    Question::new(sql, vec![aggregate_type.into(), stored_id(branch, id).into()])
}

/// Facts of several aggregates, those of each in their order, as [`serialized`] reads them.
///
/// `OFFSET 0` keeps the planner from joining in another way than by one lookup for each aggregate.
pub(super) fn streams(branch: BranchId, ids: &[(&'static str, Uuid)]) -> Question {
    let types = ids.iter().map(|(aggregate_type, _)| (*aggregate_type).to_owned()).collect();
    let stored = ids.iter().map(|(_, id)| stored_id(branch, *id)).collect();
    Question::new(
        "SELECT found.* FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS wanted (kind, id, place) \
         CROSS JOIN LATERAL ( \
             SELECT aggregate_id, sequence, aggregate_type, event_type, event_version, payload, metadata \
             FROM events WHERE aggregate_type = kind AND aggregate_id = id ORDER BY sequence OFFSET 0 \
         ) AS found ORDER BY place, sequence",
        vec![Argument::Texts(types), Argument::Texts(stored)],
    )
}

/// Facts as the stock event store reads them.
pub(super) fn serialized(rows: &[PgRow]) -> Result<Vec<SerializedEvent>, StoreError> {
    let event = |row: &PgRow| -> Result<SerializedEvent, StoreError> {
        Ok(SerializedEvent::new(
            row.try_get(0)?,
            usize::try_from(row.try_get::<i64, _>(1)?)?,
            row.try_get(2)?,
            row.try_get(3)?,
            row.try_get(4)?,
            row.try_get(5)?,
            row.try_get(6)?,
        ))
    };
    rows.iter().map(event).collect()
}

pub(super) fn all_branches() -> Question {
    Question::new("SELECT branch_id FROM ledgers ORDER BY branch_id", vec![])
}

pub(super) fn branches(rows: &[PgRow]) -> Result<Vec<BranchId>, StoreError> {
    rows.iter().map(|row| Ok(BranchId(row.try_get(0)?))).collect()
}
