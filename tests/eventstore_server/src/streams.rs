//! The service `Streams`: read, append, delete, tombstone, batch append, and subscriptions, which are reads without an
//! end.

/// What a writer expects, from the message of one of three requests that say it alike.
macro_rules! expected {
    ($request:ident, $wire:expr) => {{
        use $request::options::ExpectedStreamRevision as Wire;
        match $wire {
            None => Err(crate::streams::required("expected revision")),
            Some(Wire::Any(_)) => Ok(Expected::Any),
            Some(Wire::NoStream(_)) => Ok(Expected::NoStream),
            Some(Wire::StreamExists(_)) => Ok(Expected::StreamExists),
            Some(Wire::Revision(revision)) => Ok(Expected::Exactly(revision)),
        }
    }};
}

mod appending;
mod reading;

use std::pin::Pin;
use std::sync::Arc;

use tokio_stream::{Stream, StreamExt};
use tonic::metadata::MetadataMap;
use tonic::{Code, Request, Response, Status, Streaming};
use uuid::Uuid;

use crate::Shared;
use crate::faults::Faults;
use crate::proto::event_store::client::streams::streams_server;
use crate::proto::event_store::client::streams::{
    AppendReq, AppendResp, BatchAppendReq, BatchAppendResp, DeleteReq, DeleteResp, ReadReq, ReadResp,
    TombstoneReq, TombstoneResp, delete_req, delete_resp, tombstone_req, tombstone_resp,
};
use crate::proto::event_store::client::{Empty, StreamIdentifier, Uuid as WireUuid, uuid::Value};
use crate::store::{Expected, Refused};

type Answers<T> = Pin<Box<dyn Stream<Item = Result<T, Status>> + Send>>;

#[derive(Debug, Clone)]
pub(crate) struct Streams {
    shared: Shared,
    faults: Arc<Faults>,
    max_append_size: usize,
}

impl Streams {
    pub(crate) fn new(shared: Shared, faults: Arc<Faults>, max_append_size: usize) -> Self {
        Self { shared, faults, max_append_size }
    }
}

#[tonic::async_trait]
impl streams_server::Streams for Streams {
    type ReadStream = Answers<ReadResp>;
    type BatchAppendStream = Answers<BatchAppendResp>;

    async fn read(&self, request: Request<ReadReq>) -> Result<Response<Self::ReadStream>, Status> {
        self.faults.pass().await?;
        let options = request.into_inner().options.ok_or_else(|| required("options"))?;
        Ok(Response::new(reading::read(self, options)?))
    }

    async fn append(&self, request: Request<Streaming<AppendReq>>) -> Result<Response<AppendResp>, Status> {
        self.faults.pass().await?;
        Ok(Response::new(appending::append(self, request.into_inner()).await?))
    }

    async fn batch_append(
        &self,
        request: Request<Streaming<BatchAppendReq>>,
    ) -> Result<Response<Self::BatchAppendStream>, Status> {
        self.faults.pass().await?;
        let this = self.clone();
        let answers = request.into_inner().then(move |request| {
            let this = this.clone();
            async move { appending::append_batch(&this, request?).await }
        });
        Ok(Response::new(Box::pin(answers.filter_map(Result::transpose))))
    }

    async fn delete(&self, request: Request<DeleteReq>) -> Result<Response<DeleteResp>, Status> {
        use delete_resp::{Position, PositionOption};

        self.faults.pass().await?;
        let options = request.into_inner().options.ok_or_else(|| required("options"))?;
        let expected = expected!(delete_req, options.expected_stream_revision)?;
        let name = name(options.stream_identifier)?;
        let at = self.shared.lock().delete(&name, expected);
        let at = at.map_err(|refused| ended(refused, "Delete", &name, expected))?;
        self.shared.changed.send_replace(());
        let position = |at| PositionOption::Position(Position { commit_position: at, prepare_position: at });
        let position = at.map_or(PositionOption::NoPosition(Empty {}), position);
        Ok(Response::new(DeleteResp { position_option: Some(position) }))
    }

    async fn tombstone(&self, request: Request<TombstoneReq>) -> Result<Response<TombstoneResp>, Status> {
        use tombstone_resp::{Position, PositionOption};

        self.faults.pass().await?;
        let options = request.into_inner().options.ok_or_else(|| required("options"))?;
        let expected = expected!(tombstone_req, options.expected_stream_revision)?;
        let name = name(options.stream_identifier)?;
        let at = self.shared.lock().tombstone(&name, expected);
        let at = at.map_err(|refused| ended(refused, "Tombstone", &name, expected))?;
        self.shared.changed.send_replace(());
        let position = |at| PositionOption::Position(Position { commit_position: at, prepare_position: at });
        let position = at.map_or(PositionOption::NoPosition(Empty {}), position);
        Ok(Response::new(TombstoneResp { position_option: Some(position) }))
    }
}

fn name(identifier: Option<StreamIdentifier>) -> Result<String, Status> {
    let name = identifier.ok_or_else(|| required("stream identifier"))?.stream_name;
    String::from_utf8(name.into()).map_err(|_| Status::invalid_argument("a stream has a name in UTF-8"))
}

fn id(wire: Option<WireUuid>) -> Result<Uuid, Status> {
    match wire.and_then(|wire| wire.value).ok_or_else(|| required("id"))? {
        Value::String(text) => {
            Uuid::parse_str(&text).map_err(|_| Status::invalid_argument(format!("{text} is no UUID")))
        }
        Value::Structured(bits) => Ok(Uuid::from_u64_pair(
            bits.most_significant_bits.cast_unsigned(),
            bits.least_significant_bits.cast_unsigned(),
        )),
    }
}

fn required(what: &str) -> Status {
    Status::invalid_argument(format!("{what} is required"))
}

/// As the protocol counts what a writer expected.
fn version(expected: Expected) -> i64 {
    match expected {
        Expected::NoStream => -1,
        Expected::Any => -2,
        Expected::StreamExists => -4,
        Expected::Exactly(revision) => i64::try_from(revision).unwrap_or(i64::MAX),
    }
}

/// A refusal that is told as the status of a request.
fn ended(refused: Refused, operation: &str, name: &str, expected: Expected) -> Status {
    match refused {
        Refused::Deleted => deleted(name),
        Refused::WrongExpectedVersion(last) => {
            let expected = version(expected).to_string();
            let actual = last.map_or_else(|| "-1".to_owned(), |last| last.to_string());
            let message = format!(
                "{operation} failed due to WrongExpectedVersion. Stream: {name}, Expected version: {expected}, \
                 Actual version: {actual}"
            );
            exception(
                Code::FailedPrecondition,
                message,
                &[
                    ("exception", "wrong-expected-version"),
                    ("stream-name", name),
                    ("expected-version", &expected),
                    ("actual-version", &actual),
                ],
            )
        }
    }
}

fn deleted(name: &str) -> Status {
    let message = format!("Event stream '{name}' is deleted.");
    exception(Code::FailedPrecondition, message, &[("exception", "stream-deleted"), ("stream-name", name)])
}

/// A status with what clients recognize it by.
fn exception(code: Code, message: String, about: &[(&'static str, &str)]) -> Status {
    let mut metadata = MetadataMap::new();
    for (key, value) in about {
        // A name that no header can carry is left out.
        if let Ok(value) = value.parse() {
            metadata.insert(*key, value);
        }
    }
    Status::with_metadata(code, message, metadata)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

    use std::sync::Mutex;

    use tokio::sync::watch;

    use super::streams_server::Streams as _;
    use super::*;
    use crate::proto::event_store::client::streams::read_req::Options;
    use crate::proto::event_store::client::streams::read_req::options::{
        AllOptions, CountOption, StreamOption, SubscriptionOptions,
    };
    use crate::proto::event_store::client::streams::read_resp::Content;

    #[tokio::test]
    async fn a_subscription_goes_on_until_it_is_ended_and_then_ends_without_an_error() {
        let shared = Shared { store: Arc::new(Mutex::default()), changed: watch::Sender::new(()) };
        let server = Streams::new(shared, Arc::default(), 1_000);
        let options = Options {
            stream_option: Some(StreamOption::All(AllOptions { all_option: None })),
            count_option: Some(CountOption::Subscription(SubscriptionOptions {})),
            ..Options::default()
        };
        let request = Request::new(ReadReq { options: Some(options) });

        let mut answers = server.read(request).await.unwrap().into_inner();
        let mut next = async || answers.next().await.transpose().unwrap().and_then(|answer| answer.content);
        assert!(matches!(next().await, Some(Content::Confirmation(_))));
        assert!(matches!(next().await, Some(Content::CaughtUp(_))));
        server.faults.end_subscriptions();
        assert_eq!(next().await, None);
    }
}
