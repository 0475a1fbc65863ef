//! A fact as an event of EventStoreDB, and back.

use aggregates::ids::BranchId;
use chrono::{DateTime, SecondsFormat};
use eventstore::{EventData, RecordedEvent};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::ledger::{Entry, Position, from_micros, micros};

/// The name of the form in which facts are written there.
const FORMAT: &str = "cartwheel-fact-v1";

/// What the hash covers beside the payload, and the hash. The payload is the data of the event, and its name the type.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written<'a> {
    format: &'a str,
    position: Position,
    /// UTC, with six digits of a second.
    recorded_at: String,
    aggregate_type: &'a str,
    /// As it is stored: `<branch>/<id>`.
    aggregate_id: &'a str,
    sequence: u64,
    fact_version: &'a str,
    hash: String,
    /// As it is stored, letter by letter.
    #[serde(borrow)]
    metadata: &'a RawValue,
}

/// The id of the event that a fact becomes: a UUID of version 5 (RFC 9562), with the branch for its namespace and the
/// position, eight bytes big-endian, for its name.
#[must_use]
pub fn event_id(branch: BranchId, position: Position) -> Uuid {
    Uuid::new_v5(&branch.0, &position.to_be_bytes())
}

/// The event that a fact becomes.
///
/// # Errors
///
/// If payload or metadata are not JSON: no ledger of ours holds such a fact.
pub fn proposed(branch: BranchId, entry: &Entry) -> Result<EventData, serde_json::Error> {
    let payload: &RawValue = serde_json::from_str(&entry.payload)?;
    let written = Written {
        format: FORMAT,
        position: entry.position,
        recorded_at: from_micros(entry.recorded_at).to_rfc3339_opts(SecondsFormat::Micros, true),
        aggregate_type: &entry.aggregate_type,
        aggregate_id: &entry.aggregate_id,
        sequence: entry.sequence,
        fact_version: &entry.event_version,
        hash: entry.hash.to_string(),
        metadata: serde_json::from_str(&entry.metadata)?,
    };
    let event = EventData::json(&entry.event_type, &payload)?.metadata_as_json(&written)?;
    Ok(event.id(event_id(branch, entry.position)))
}

/// About how many bytes of an append the event of a fact takes.
pub(super) fn weight(entry: &Entry) -> usize {
    const REST: usize = 512;
    entry.payload.len() + entry.metadata.len() + entry.aggregate_id.len() + REST
}

/// The fact that an event is; otherwise, what of it is not as it is in an event of ours. Whether its hash is right is seen
/// by whoever knows the fact before it.
pub(super) fn entry(branch: BranchId, event: &RecordedEvent) -> Result<Entry, &'static str> {
    let text = |bytes: &[u8]| std::str::from_utf8(bytes).map(str::to_owned);
    let written: Written<'_> = serde_json::from_slice(&event.custom_metadata).map_err(|_| "metadata")?;
    if written.format != FORMAT {
        return Err("format");
    }
    if written.position != event.revision + 1 {
        return Err("position");
    }
    if event.id != event_id(branch, written.position) {
        return Err("id");
    }
    let recorded_at = DateTime::parse_from_rfc3339(&written.recorded_at).map_err(|_| "recorded_at")?;
    Ok(Entry {
        position: written.position,
        recorded_at: micros(recorded_at.to_utc()),
        aggregate_type: written.aggregate_type.to_owned(),
        aggregate_id: written.aggregate_id.to_owned(),
        sequence: written.sequence,
        event_type: event.event_type.clone(),
        event_version: written.fact_version.to_owned(),
        payload: text(&event.data).map_err(|_| "data")?,
        metadata: written.metadata.get().to_owned(),
        hash: written.hash.parse().map_err(|_| "hash")?,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use eventstore::Position as Place;

    use super::*;
    use crate::ledger::Hash;

    const BRANCH: BranchId = BranchId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001));

    /// Other programs read it: it never changes under this name.
    const WRITTEN: &str = "{\"format\":\"cartwheel-fact-v1\",\"position\":7,\
        \"recorded_at\":\"2026-01-06T18:00:00.000001Z\",\"aggregate_type\":\"cart\",\"aggregate_id\":\"b/c\",\
        \"sequence\":2,\"fact_version\":\"1\",\
        \"hash\":\"0707070707070707070707070707070707070707070707070707070707070707\",\
        \"metadata\":{\"actor\": \"client\"}}";

    fn fact() -> Entry {
        Entry {
            position: 7,
            recorded_at: 1_767_722_400_000_001,
            aggregate_type: "cart".to_owned(),
            aggregate_id: "b/c".to_owned(),
            sequence: 2,
            event_type: "cart.opened.v1".to_owned(),
            event_version: "1".to_owned(),
            payload: "{ \"spots\":2}".to_owned(),
            metadata: "{\"actor\": \"client\"}".to_owned(),
            hash: Hash([7; 32]),
        }
    }

    fn recorded(metadata: &str) -> RecordedEvent {
        RecordedEvent {
            stream_id: format!("branch-{BRANCH}"),
            id: event_id(BRANCH, 7),
            revision: 6,
            event_type: "cart.opened.v1".to_owned(),
            data: b"{ \"spots\":2}".as_slice().into(),
            metadata: HashMap::new(),
            custom_metadata: metadata.to_owned().into(),
            is_json: true,
            position: Place { commit: 64, prepare: 64 },
            created: DateTime::default(),
        }
    }

    #[test]
    fn a_fact_is_written_as_other_programs_read_it() {
        let event = proposed(BRANCH, &fact()).unwrap();
        let seen = format!("{event:?}");

        // What is in an event cannot be asked, but it is shown.
        let bytes = format!("{:?}", bytes_of(WRITTEN));
        assert!(seen.contains(&bytes), "{seen}\n{bytes}");
        assert!(seen.contains("cart.opened.v1") && seen.contains("application/json"), "{seen}");
        assert!(seen.contains(&format!("{:?}", bytes_of("{ \"spots\":2}"))), "{seen}");
        assert!(seen.contains("3ffe7fe1-2586-5cb3-a897-7ca4cb450141"), "{seen}");
    }

    fn bytes_of(text: &str) -> impl std::fmt::Debug {
        recorded(text).custom_metadata
    }

    #[test]
    fn a_fact_comes_back_letter_by_letter() {
        assert_eq!(entry(BRANCH, &recorded(WRITTEN)), Ok(fact()));
    }

    #[test]
    fn what_is_not_as_we_write_it_is_named() {
        let edited = |from: &str, to: &str| entry(BRANCH, &recorded(&WRITTEN.replace(from, to)));

        assert_eq!(edited("fact-v1", "fact-v2"), Err("format"));
        assert_eq!(edited("\"position\":7", "\"position\":8"), Err("position"));
        assert_eq!(edited("2026-01-06T", "yesterday"), Err("recorded_at"));
        assert_eq!(edited("\"07", "\"7"), Err("hash"));
        assert_eq!(edited("\"sequence\":2", "\"sequence\":2,\"more\":1"), Err("metadata"));
        let foreign = RecordedEvent { id: Uuid::nil(), ..recorded(WRITTEN) };
        assert_eq!(entry(BRANCH, &foreign), Err("id"));
        assert_eq!(entry(BRANCH, &recorded("")), Err("metadata"));
    }
}
