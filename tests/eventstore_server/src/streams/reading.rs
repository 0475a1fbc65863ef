//! Reads, which end, and subscriptions, which do not.

use std::collections::HashMap;

use regex::Regex;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::Status;
use uuid::Uuid;

use super::{Answers, Streams, deleted, name, required};
use crate::proto::event_store::client::streams::read_req::Options;
use crate::proto::event_store::client::streams::read_req::options::filter_options::{Expression, Filter};
use crate::proto::event_store::client::streams::read_req::options::{
    CountOption, FilterOption, ReadDirection, StreamOption, all_options, stream_options, uuid_option,
};
use crate::proto::event_store::client::streams::read_resp::{
    CaughtUp, Content, ReadEvent, StreamNotFound, SubscriptionConfirmation, read_event,
};
use crate::proto::event_store::client::streams::{ReadResp, read_resp};
use crate::proto::event_store::client::{StreamIdentifier, Uuid as WireUuid, uuid as wire};
use crate::store::{Found, From, Store, Stored};

/// Events that are looked at in one go.
const PAGE: usize = 512;

/// Answers on their way to a client that reads slowly.
const AHEAD: usize = 64;

/// What is read.
#[derive(Debug, Clone)]
enum Source {
    Stream(String),
    All(Option<Wanted>),
}

/// Which events of all streams.
#[derive(Debug, Clone)]
struct Wanted {
    by_stream: bool,
    names: Names,
}

#[derive(Debug, Clone)]
enum Names {
    Begin(Vec<String>),
    Fit(Regex),
}

pub(super) fn read(server: &Streams, options: Options) -> Result<Answers<ReadResp>, Status> {
    let structured =
        matches!(options.uuid_option.and_then(|it| it.content), Some(uuid_option::Content::Structured(_)));
    let forwards = options.read_direction == i32::from(ReadDirection::Forwards);
    let filter = match options.filter_option {
        None | Some(FilterOption::NoFilter(_)) => None,
        Some(FilterOption::Filter(filter)) => Some(wanted(filter.filter)?),
    };
    let (source, from) = match options.stream_option.ok_or_else(|| required("stream option"))? {
        StreamOption::Stream(stream) => {
            use stream_options::RevisionOption;
            let from = match stream.revision_option {
                Some(RevisionOption::Revision(revision)) => From::At(revision),
                Some(RevisionOption::End(_)) => From::End,
                Some(RevisionOption::Start(_)) | None => From::Start,
            };
            (Source::Stream(name(stream.stream_identifier)?), from)
        }
        StreamOption::All(all) => {
            use all_options::AllOption;
            let from = match all.all_option {
                Some(AllOption::Position(position)) => From::At(position.commit_position),
                Some(AllOption::End(_)) => From::End,
                Some(AllOption::Start(_)) | None => From::Start,
            };
            (Source::All(filter), from)
        }
    };
    let (answers, receiver) = mpsc::channel(AHEAD);
    let reader = Reader { server: server.clone(), source, structured, answers };
    match options.count_option.ok_or_else(|| required("count option"))? {
        CountOption::Count(count) => {
            let count = usize::try_from(count).unwrap_or(usize::MAX);
            tokio::spawn(reader.read(from, forwards, count));
        }
        CountOption::Subscription(_) => {
            tokio::spawn(reader.follow(from));
        }
    }
    Ok(Box::pin(ReceiverStream::new(receiver)))
}

fn wanted(filter: Option<Filter>) -> Result<Wanted, Status> {
    let (by_stream, Expression { regex, prefix }) = match filter.ok_or_else(|| required("filter"))? {
        Filter::StreamIdentifier(expression) => (true, expression),
        Filter::EventType(expression) => (false, expression),
    };
    let names = if regex.is_empty() {
        Names::Begin(prefix)
    } else {
        // The vendor's server understands more: it looks ahead.
        Names::Fit(Regex::new(&regex).map_err(|error| Status::invalid_argument(error.to_string()))?)
    };
    Ok(Wanted { by_stream, names })
}

impl Wanted {
    fn fits(&self, event: &Stored) -> bool {
        let name = if self.by_stream { &event.stream } else { &event.event.event_type };
        match &self.names {
            Names::Begin(prefixes) => prefixes.iter().any(|prefix| name.starts_with(prefix)),
            Names::Fit(regex) => regex.is_match(name),
        }
    }
}

/// One request that is answered.
struct Reader {
    server: Streams,
    source: Source,
    structured: bool,
    answers: mpsc::Sender<Result<ReadResp, Status>>,
}

/// The client went away.
struct Gone;

impl Reader {
    async fn read(self, from: From, forwards: bool, count: usize) {
        let _ = self.read_all(from, forwards, count).await;
    }

    async fn read_all(&self, mut from: From, forwards: bool, mut count: usize) -> Result<(), Gone> {
        let mut seen = false;
        while 0 < count {
            if self.server.faults.pass().await.is_err() {
                return self.tell(Err(Status::unavailable("Server Is Too Busy"))).await;
            }
            let found = self.source.read(&self.server.shared.lock(), from, forwards, count.min(PAGE));
            let events = match found {
                Found::Events(events) => events,
                Found::NoStream if seen => return Ok(()),
                Found::NoStream => return self.content(self.not_found()).await,
                Found::Deleted => return self.tell(Err(self.deleted())).await,
            };
            let Some(last) = events.last() else { return Ok(()) };
            let at = self.source.place(last);
            let (next, ended) = if forwards { (at + 1, false) } else { (at.saturating_sub(1), at == 0) };
            count -= events.len();
            seen = true;
            for event in events.iter().filter(|event| self.source.wants(event)) {
                self.content(Content::Event(self.event(event))).await?;
            }
            if ended {
                return Ok(());
            }
            from = From::At(next);
        }
        Ok(())
    }

    /// Tells what is there behind that place, and everything that comes, until subscriptions are to end.
    async fn follow(self, from: From) {
        let ended = self.server.faults.subscriptions();
        let _ = ended.run_until_cancelled(self.follow_on(from)).await;
    }

    async fn follow_on(&self, from: From) -> Result<(), Gone> {
        let mut changed = self.server.shared.changed.subscribe();
        let subscription_id = Uuid::new_v4().to_string();
        self.content(Content::Confirmation(SubscriptionConfirmation { subscription_id })).await?;
        // A subscription begins behind the place that it names.
        let mut next = match from {
            From::Start => 0,
            From::At(at) => at + 1,
            From::End => self.source.end(&self.server.shared.lock()),
        };
        let mut caught_up = false;
        loop {
            changed.mark_unchanged();
            let found = self.source.read(&self.server.shared.lock(), From::At(next), true, PAGE);
            let events = match found {
                Found::Events(events) => events,
                Found::NoStream => vec![],
                Found::Deleted => return self.tell(Err(self.deleted())).await,
            };
            if let Some(last) = events.last() {
                next = self.source.place(last) + 1;
                for event in events.iter().filter(|event| self.source.wants(event)) {
                    self.content(Content::Event(self.event(event))).await?;
                }
                continue;
            }
            if !caught_up {
                caught_up = true;
                self.content(Content::CaughtUp(CaughtUp {})).await?;
            }
            tokio::select! {
                () = self.answers.closed() => return Err(Gone),
                waited = changed.changed() => if waited.is_err() { return Ok(()) },
            }
        }
    }

    async fn content(&self, content: Content) -> Result<(), Gone> {
        self.tell(Ok(ReadResp { content: Some(content) })).await
    }

    async fn tell(&self, answer: Result<ReadResp, Status>) -> Result<(), Gone> {
        self.answers.send(answer).await.map_err(|_| Gone)
    }

    fn not_found(&self) -> Content {
        let name = self.source.name().as_bytes().to_vec();
        let stream_identifier = Some(StreamIdentifier { stream_name: name.into() });
        Content::StreamNotFound(StreamNotFound { stream_identifier })
    }

    fn deleted(&self) -> Status {
        deleted(self.source.name())
    }

    fn event(&self, stored: &Stored) -> ReadEvent {
        let id = if self.structured {
            let (most, least) = stored.event.id.as_u64_pair();
            wire::Value::Structured(wire::Structured {
                most_significant_bits: most.cast_signed(),
                least_significant_bits: least.cast_signed(),
            })
        } else {
            wire::Value::String(stored.event.id.to_string())
        };
        let recorded = read_resp::read_event::RecordedEvent {
            id: Some(WireUuid { value: Some(id) }),
            stream_identifier: Some(StreamIdentifier {
                stream_name: stored.stream.clone().into_bytes().into(),
            }),
            stream_revision: stored.revision,
            prepare_position: stored.position,
            commit_position: stored.position,
            metadata: HashMap::from([
                ("type".to_owned(), stored.event.event_type.clone()),
                ("content-type".to_owned(), stored.event.content_type.clone()),
                ("created".to_owned(), stored.created.to_string()),
            ]),
            custom_metadata: stored.event.custom_metadata.clone().into(),
            data: stored.event.data.clone().into(),
        };
        ReadEvent {
            event: Some(recorded),
            link: None,
            position: Some(read_event::Position::CommitPosition(stored.position)),
        }
    }
}

impl Source {
    fn read(&self, store: &Store, from: From, forwards: bool, count: usize) -> Found {
        match self {
            Self::Stream(name) => store.read(name, from, forwards, count),
            Self::All(_) => Found::Events(store.read_all(from, forwards, count)),
        }
    }

    /// Behind everything that is there.
    fn end(&self, store: &Store) -> u64 {
        match self.read(store, From::End, false, 1) {
            Found::Events(events) => events.first().map_or(0, |last| self.place(last) + 1),
            Found::NoStream | Found::Deleted => 0,
        }
    }

    fn place(&self, event: &Stored) -> u64 {
        match self {
            Self::Stream(_) => event.revision,
            Self::All(_) => event.position,
        }
    }

    fn wants(&self, event: &Stored) -> bool {
        match self {
            Self::Stream(_) | Self::All(None) => true,
            Self::All(Some(wanted)) => wanted.fits(event),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Stream(name) => name,
            Self::All(_) => "$all",
        }
    }
}
