//! Streams in memory, under the rules by which EventStoreDB appends, deletes and reads ("Optimistic concurrency and
//! idempotence" and "Deleting streams and events" in its documentation). Nothing here does I/O.

use std::collections::HashMap;

use uuid::Uuid;

/// An event that somebody wants to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    pub id: Uuid,
    pub event_type: String,
    pub content_type: String,
    pub data: Vec<u8>,
    pub custom_metadata: Vec<u8>,
}

/// An event as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    pub stream: String,
    /// Its number in the stream, from 0.
    pub revision: u64,
    /// Its place among all events; they grow, with gaps.
    pub position: u64,
    /// In units of 100 ns since 1970.
    pub created: u64,
    pub event: Proposed,
}

/// What a writer expects to find.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    Any,
    NoStream,
    StreamExists,
    Exactly(u64),
}

/// Why nothing was stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// The revision of the last event there is, if there is any.
    WrongExpectedVersion(Option<u64>),
    /// The stream was ended for good.
    Deleted,
}

/// What an append led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appended {
    /// Of the last event of the append; of the stream, if the append was empty.
    pub revision: Option<u64>,
    pub position: Option<u64>,
}

/// What a reader finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    Events(Vec<Stored>),
    NoStream,
    Deleted,
}

#[derive(Debug, Default)]
struct Stream {
    /// Places in `Store::all`.
    events: Vec<usize>,
    /// What lies before this revision was deleted.
    truncated_before: u64,
    deleted: bool,
}

/// All streams of a server.
#[derive(Debug, Default)]
pub struct Store {
    all: Vec<Stored>,
    streams: HashMap<String, Stream>,
}

/// How far apart two events are among all of them.
const STRIDE: u64 = 64;

impl Store {
    /// Appends all of these events or none, created then: in units of 100 ns since 1970.
    ///
    /// # Errors
    ///
    /// If the stream is not as expected, unless these very events stand there already.
    pub fn append(
        &mut self,
        name: &str,
        expected: Expected,
        events: Vec<Proposed>,
        created: u64,
    ) -> Result<Appended, Refused> {
        if self.streams.get(name).is_some_and(|stream| stream.deleted) {
            return Err(Refused::Deleted);
        }
        let last = self.last(name);
        let fits = match expected {
            Expected::Any => true,
            // A stream that was deleted, but not for good, may be begun anew; its revisions go on.
            Expected::NoStream => last.is_none() || self.is_empty(name),
            Expected::StreamExists => last.is_some(),
            Expected::Exactly(revision) => last == Some(revision),
        };
        if !events.is_empty() {
            let from = match expected {
                Expected::Exactly(revision) => Some(revision + 1),
                Expected::NoStream => Some(0),
                Expected::Any | Expected::StreamExists => self.place_of(name, &events),
            };
            if let Some(again) = from.and_then(|from| self.stands_at(name, from, &events)) {
                return Ok(again);
            }
        }
        if !fits {
            return Err(Refused::WrongExpectedVersion(last));
        }
        let stream = self.streams.entry(name.to_owned()).or_default();
        for event in events {
            stream.events.push(self.all.len());
            self.all.push(Stored {
                stream: name.to_owned(),
                revision: stream.events.len() as u64 - 1,
                position: (self.all.len() as u64 + 1) * STRIDE,
                created,
                event,
            });
        }
        let last = stream.events.last().and_then(|at| self.all.get(*at));
        Ok(Appended { revision: last.map(|it| it.revision), position: last.map(|it| it.position) })
    }

    /// Deletes what a stream holds; it may be begun anew.
    ///
    /// # Errors
    ///
    /// If the stream is not as expected.
    pub fn delete(&mut self, name: &str, expected: Expected) -> Result<Option<u64>, Refused> {
        self.end(name, expected, |stream| stream.truncated_before = stream.events.len() as u64)
    }

    /// Ends a stream for good.
    ///
    /// # Errors
    ///
    /// If the stream is not as expected.
    pub fn tombstone(&mut self, name: &str, expected: Expected) -> Result<Option<u64>, Refused> {
        self.end(name, expected, |stream| stream.deleted = true)
    }

    fn end(&mut self, name: &str, expected: Expected, how: fn(&mut Stream)) -> Result<Option<u64>, Refused> {
        let last = self.last(name);
        let stream = self.streams.entry(name.to_owned()).or_default();
        let fits = match expected {
            Expected::Any => true,
            Expected::NoStream => last.is_none(),
            Expected::StreamExists => last.is_some(),
            Expected::Exactly(revision) => last == Some(revision),
        };
        match (stream.deleted, fits) {
            (true, _) => Err(Refused::Deleted),
            (false, false) => Err(Refused::WrongExpectedVersion(last)),
            (false, true) => {
                how(stream);
                Ok(self.all.last().map(|it| it.position))
            }
        }
    }

    /// Up to `count` events of a stream, from that revision on, or from the end.
    #[must_use]
    pub fn read(&self, name: &str, from: From, forwards: bool, count: usize) -> Found {
        let Some(stream) = self.streams.get(name) else { return Found::NoStream };
        if stream.deleted {
            return Found::Deleted;
        }
        if self.is_empty(name) {
            return Found::NoStream;
        }
        let events = stream.events.iter().filter_map(|at| self.all.get(*at));
        let events = events.filter(|it| stream.truncated_before <= it.revision);
        let events: Vec<Stored> = if forwards {
            events.filter(|it| from.reaches(it.revision)).take(count).cloned().collect()
        } else {
            events.rev().filter(|it| from.reaches_back(it.revision)).take(count).cloned().collect()
        };
        Found::Events(events)
    }

    /// Up to `count` events of all streams, from that position on, or from the end.
    #[must_use]
    pub fn read_all(&self, from: From, forwards: bool, count: usize) -> Vec<Stored> {
        if forwards {
            let start = match from {
                From::Start => 0,
                From::At(position) => self.all.partition_point(|it| it.position < position),
                From::End => self.all.len(),
            };
            self.all.iter().skip(start).take(count).cloned().collect()
        } else {
            let events = self.all.iter().rev().filter(|it| from.reaches_back(it.position));
            events.take(count).cloned().collect()
        }
    }

    /// The revision of the last event, whether or not it was deleted.
    fn last(&self, name: &str) -> Option<u64> {
        let events = &self.streams.get(name)?.events;
        (events.len() as u64).checked_sub(1)
    }

    fn is_empty(&self, name: &str) -> bool {
        self.streams.get(name).is_none_or(|it| it.events.len() as u64 <= it.truncated_before)
    }

    /// Where the first of these events stands already.
    fn place_of(&self, name: &str, events: &[Proposed]) -> Option<u64> {
        let stream = self.streams.get(name)?;
        let first = events.first()?.id;
        let mut stored = stream.events.iter().rev().filter_map(|at| self.all.get(*at));
        stored.find(|it| it.event.id == first).map(|it| it.revision)
    }

    /// What was answered when exactly these events were stored from there on, if they were.
    fn stands_at(&self, name: &str, from: u64, events: &[Proposed]) -> Option<Appended> {
        let stream = self.streams.get(name)?;
        let mut last = None;
        for (revision, event) in (usize::try_from(from).ok()?..).zip(events) {
            let stored = self.all.get(*stream.events.get(revision)?)?;
            if stored.event.id != event.id {
                return None;
            }
            last = Some(stored);
        }
        last.map(|it| Appended { revision: Some(it.revision), position: Some(it.position) })
    }
}

/// Where reading begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    Start,
    At(u64),
    End,
}

impl From {
    fn reaches(self, at: u64) -> bool {
        match self {
            Self::Start => true,
            Self::At(from) => from <= at,
            Self::End => false,
        }
    }

    fn reaches_back(self, at: u64) -> bool {
        match self {
            Self::Start => false,
            Self::At(from) => at <= from,
            Self::End => true,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

    use super::*;

    fn event(id: u128) -> Proposed {
        Proposed {
            id: Uuid::from_u128(id),
            event_type: "happened".to_owned(),
            content_type: "application/json".to_owned(),
            data: b"{}".to_vec(),
            custom_metadata: vec![],
        }
    }

    impl Store {
        fn put(
            &mut self,
            name: &str,
            expected: Expected,
            events: Vec<Proposed>,
        ) -> Result<Appended, Refused> {
            self.append(name, expected, events, 0)
        }
    }

    #[test]
    fn an_append_happens_only_where_it_was_expected_to() {
        let mut store = Store::default();

        let none = store.put("s", Expected::StreamExists, vec![event(1)]);
        assert_eq!(none, Err(Refused::WrongExpectedVersion(None)));
        assert_eq!(store.put("s", Expected::NoStream, vec![event(1)]).unwrap().revision, Some(0));
        assert_eq!(store.put("s", Expected::Exactly(0), vec![event(2)]).unwrap().revision, Some(1));
        for wrong in [Expected::NoStream, Expected::Exactly(0), Expected::Exactly(2)] {
            let refused = store.put("s", wrong, vec![event(9)]);
            assert_eq!(refused, Err(Refused::WrongExpectedVersion(Some(1))), "{wrong:?}");
        }
        assert_eq!(store.put("s", Expected::Any, vec![event(3)]).unwrap().revision, Some(2));
        assert_eq!(store.put("s", Expected::StreamExists, vec![event(4)]).unwrap().revision, Some(3));
    }

    #[test]
    fn the_same_append_again_is_answered_the_same_and_stores_nothing() {
        let mut store = Store::default();
        let both = || vec![event(1), event(2)];
        let first = store.put("s", Expected::NoStream, both()).unwrap();

        for again in [Expected::NoStream, Expected::Any, Expected::StreamExists] {
            assert_eq!(store.put("s", again, both()), Ok(first), "{again:?}");
        }
        assert_eq!(store.put("s", Expected::Exactly(0), vec![event(2)]), Ok(first));
        // Only one of two is there: this is another append.
        let more = store.put("s", Expected::Exactly(0), vec![event(2), event(3)]);
        assert_eq!(more, Err(Refused::WrongExpectedVersion(Some(1))));
        assert_eq!(store.read_all(From::Start, true, 10).len(), 2);
    }

    #[test]
    fn a_deleted_stream_goes_on_and_one_that_was_ended_does_not() {
        let mut store = Store::default();
        store.put("s", Expected::NoStream, vec![event(1), event(2)]).unwrap();

        store.delete("s", Expected::Exactly(1)).unwrap();
        assert_eq!(store.read("s", From::Start, true, 10), Found::NoStream);
        assert_eq!(store.put("s", Expected::NoStream, vec![event(3)]).unwrap().revision, Some(2));
        let Found::Events(events) = store.read("s", From::Start, true, 10) else { panic!("no events") };
        assert_eq!(events.iter().map(|it| it.revision).collect::<Vec<_>>(), [2]);

        store.tombstone("s", Expected::Any).unwrap();
        assert_eq!(store.read("s", From::Start, true, 10), Found::Deleted);
        assert_eq!(store.put("s", Expected::Any, vec![event(4)]), Err(Refused::Deleted));
    }

    #[test]
    fn reading_begins_where_it_was_asked_to_and_goes_both_ways() {
        let mut store = Store::default();
        store.put("s", Expected::NoStream, (1..=4).map(event).collect()).unwrap();
        store.put("t", Expected::NoStream, vec![event(9)]).unwrap();
        let revisions = |from, forwards, count| match store.read("s", from, forwards, count) {
            Found::Events(events) => events.iter().map(|it| it.revision).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        };

        assert_eq!(revisions(From::Start, true, 2), [0, 1]);
        assert_eq!(revisions(From::At(2), true, 9), [2, 3]);
        assert_eq!(revisions(From::End, false, 2), [3, 2]);
        assert_eq!(revisions(From::At(1), false, 9), [1, 0]);
        assert!(revisions(From::End, true, 9).is_empty());
        let all = store.read_all(From::End, false, 2);
        assert_eq!(all.iter().map(|it| it.stream.as_str()).collect::<Vec<_>>(), ["t", "s"]);
        let next = store.read_all(From::At(all.last().unwrap().position), true, 9);
        assert_eq!(next.len(), 2);
    }
}
