//! How something stood at a moment, and what differs between two: pure folds over the facts up to there.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use aggregates::activity::Activity;
use aggregates::appointment::Appointment;
use aggregates::booking_link::BookingLink;
use aggregates::branch::Branch;
use aggregates::cart::BookingCart;
use aggregates::client::Client;
use aggregates::ids::BranchId;
use aggregates::membership::Membership;
use aggregates::{Decider, Fact};
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use super::history::{HistoryError, Subject};
use crate::ledger::{Entry, Ledger, Position, StoreError, from_micros, micros};

/// Facts read at once.
const PAGE: u32 = 2_000;

/// How many facts may lie between two moments that are compared.
pub const MOST_FACTS: u64 = 20_000;

/// How many things may have changed between them.
pub const MOST_THINGS: usize = 500;

/// A place in a ledger, as people say it: a position, or a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    Position(Position),
    Moment(DateTime<Utc>),
}

/// Neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is a position, like 120, or a moment, like 2027-01-04T10:00:00Z")]
pub struct NotWhen;

impl FromStr for When {
    type Err = NotWhen;

    fn from_str(text: &str) -> Result<Self, NotWhen> {
        let text = text.trim();
        if let Ok(position) = text.parse() {
            return Ok(Self::Position(position));
        }
        DateTime::parse_from_rfc3339(text).map(|moment| Self::Moment(moment.to_utc())).map_err(|_| NotWhen)
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Position(position) => write!(f, "{position}"),
            Self::Moment(moment) => f.write_str(&moment.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true)),
        }
    }
}

/// How a thing stood.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct State {
    /// Up to which position facts were folded.
    pub as_of: Position,
    /// Of the thing: how many facts made it.
    pub version: u64,
    /// Where the last of these stands, and when it was recorded.
    pub position: Position,
    pub at: DateTime<Utc>,
    /// What the rules remember of it.
    pub state: Value,
}

/// What differs between two positions of a branch.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Differences {
    pub from: Position,
    pub to: Position,
    /// How many facts of which name lie between.
    pub facts: BTreeMap<String, u64>,
    pub things: Vec<Changed>,
    /// Things that changed and are not listed, since there are too many.
    pub more: usize,
}

/// A thing that stands otherwise than before.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Changed {
    pub kind: String,
    pub id: Uuid,
    pub values: Vec<ChangedValue>,
}

/// One value of it; `None` where it has none.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChangedValue {
    pub path: String,
    pub was: Option<Value>,
    pub is: Option<Value>,
}

/// Why two positions cannot be compared.
#[derive(Debug, thiserror::Error)]
pub enum NotCompared {
    #[error(transparent)]
    History(#[from] HistoryError),
    #[error("{facts} facts lie between; up to {MOST_FACTS} are compared at once")]
    TooMany { facts: u64 },
}

impl From<StoreError> for NotCompared {
    fn from(error: StoreError) -> Self {
        Self::History(HistoryError::Store(error))
    }
}

/// The last position that was recorded by then; a position behind the end becomes the end.
///
/// # Errors
///
/// If the store cannot be asked.
pub async fn position_at(
    ledger: &dyn Ledger,
    branch: BranchId,
    when: Option<When>,
) -> Result<Position, StoreError> {
    let head = ledger.tail(branch).await?.head;
    let moment = match when {
        None => return Ok(head),
        Some(When::Position(position)) => return Ok(position.min(head)),
        Some(When::Moment(moment)) => micros(moment),
    };
    // Facts are in the order of time: the first that is later is looked for by halves.
    let (mut known, mut later) = (0, head + 1);
    while known + 1 < later {
        let middle = known + (later - known) / 2;
        let recorded = ledger.read(branch, middle - 1, 1).await?;
        match recorded.first() {
            Some(entry) if entry.recorded_at <= moment => known = middle,
            _ => later = middle,
        }
    }
    Ok(known)
}

/// How a thing stood at a position; `None` if there was none.
///
/// # Errors
///
/// If the store cannot be asked, or holds something that cannot be read.
pub async fn state(
    ledger: &dyn Ledger,
    branch: BranchId,
    subject: Subject,
    as_of: Position,
) -> Result<Option<State>, HistoryError> {
    let (kind, id) = subject.address(branch);
    let entries = ledger.history(branch, kind, id).await.map_err(HistoryError::Store)?;
    let entries: Vec<Entry> = entries.into_iter().take_while(|entry| entry.position <= as_of).collect();
    let Some(last) = entries.last() else { return Ok(None) };
    Ok(Some(State {
        as_of,
        version: last.sequence,
        position: last.position,
        at: from_micros(last.recorded_at),
        state: fold(&entries)?,
    }))
}

/// What the facts of one thing lead to.
fn fold(entries: &[Entry]) -> Result<Value, HistoryError> {
    macro_rules! folded {
        ($facts:expr, $($variant:ident => $decider:ty,)+) => {
            match $facts.first() {
                $(Some(Fact::$variant(_)) => {
                    let after = $facts.iter().fold(<$decider>::default(), |state, fact| match fact {
                        Fact::$variant(fact) => state.evolve(fact),
                        _ => state,
                    });
                    serde_json::to_value(after).unwrap_or_default()
                })+
                None => Value::Null,
            }
        };
    }
    let facts: Vec<Fact> =
        entries.iter().map(|entry| Ok(entry.read()?.fact)).collect::<Result<_, HistoryError>>()?;
    Ok(folded!(
        facts,
        Branch => Branch,
        Link => BookingLink,
        Activity => Activity,
        Cart => BookingCart,
        Appointment => Appointment,
        Membership => Membership,
        Client => Client,
    ))
}

/// What differs between two positions: of every thing but selections, value by value.
///
/// # Errors
///
/// If too much lies between, the store cannot be asked, or it holds something that cannot be read.
pub async fn differences(
    ledger: &dyn Ledger,
    branch: BranchId,
    from: Position,
    to: Position,
) -> Result<Differences, NotCompared> {
    let (from, to) = (from.min(to), from.max(to));
    if MOST_FACTS < to - from {
        return Err(NotCompared::TooMany { facts: to - from });
    }
    let mut found = Differences { from, to, facts: BTreeMap::new(), things: vec![], more: 0 };
    let mut touched: Vec<(String, String)> = vec![];
    let mut at = from;
    while at < to {
        let page = ledger.read(branch, at, PAGE).await?;
        let Some(last) = page.last() else { break };
        at = last.position;
        for entry in page.into_iter().take_while(|entry| entry.position <= to) {
            *found.facts.entry(entry.event_type).or_default() += 1;
            let thing = (entry.aggregate_type, entry.aggregate_id);
            if thing.0 != BookingCart::NAME && !touched.contains(&thing) {
                touched.push(thing);
            }
        }
    }
    found.more = touched.len().saturating_sub(MOST_THINGS);
    for (kind, stored_id) in touched.into_iter().take(MOST_THINGS) {
        let id = stored_id.split_once('/').and_then(|(_, id)| id.parse().ok()).unwrap_or_default();
        let entries = ledger.history(branch, &kind, id).await?;
        let until = |end: Position| entries.iter().take_while(|entry| entry.position <= end).count();
        let [was, is] = [until(from), until(to)].map(|count| entries.get(..count).unwrap_or_default());
        let values = compare(&leaves(&fold(was)?), &leaves(&fold(is)?));
        if !values.is_empty() {
            found.things.push(Changed { kind, id, values });
        }
    }
    Ok(found)
}

fn compare(was: &BTreeMap<String, Value>, is: &BTreeMap<String, Value>) -> Vec<ChangedValue> {
    let mut paths: Vec<&String> = was.keys().chain(is.keys()).collect();
    paths.sort_unstable();
    paths.dedup();
    let differs = paths.into_iter().filter(|path| was.get(*path) != is.get(*path));
    differs
        .map(|path| ChangedValue {
            path: path.clone(),
            was: was.get(path).cloned(),
            is: is.get(path).cloned(),
        })
        .collect()
}

/// Every value of a state by its path, `plan.capacity`.
#[must_use]
pub fn leaves(state: &Value) -> BTreeMap<String, Value> {
    let mut found = BTreeMap::new();
    gather(String::new(), state, &mut found);
    found
}

fn gather(path: String, value: &Value, found: &mut BTreeMap<String, Value>) {
    let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match value {
        Value::Null => {}
        Value::Object(fields) if !fields.is_empty() => {
            fields.iter().for_each(|(name, value)| gather(below(name), value, found));
        }
        Value::Array(items) if !items.is_empty() => {
            items.iter().enumerate().for_each(|(n, value)| gather(below(&n.to_string()), value, found));
        }
        value => {
            found.insert(path, value.clone());
        }
    }
}
