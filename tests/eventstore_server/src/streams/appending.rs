//! Appends, one by one and in batches.

use std::collections::HashMap;
use std::time::{SystemTime, UNIX_EPOCH};

use prost::Message;
use prost_types::Any;
use tonic::{Code, Status, Streaming};

use super::{Streams, deleted, exception, id, name, required};
use crate::proto::event_store::client::streams::append_resp::{
    self, Position, success, wrong_expected_version,
};
use crate::proto::event_store::client::streams::{
    AppendReq, AppendResp, BatchAppendReq, BatchAppendResp, append_req, batch_append_req, batch_append_resp,
};
use crate::proto::event_store::client::{self, AllStreamPosition, Empty, StreamIdentifier};
use crate::proto::google::rpc;
use crate::store::{Appended, Expected, Proposed, Refused};

pub(super) async fn append(
    server: &Streams,
    mut requests: Streaming<AppendReq>,
) -> Result<AppendResp, Status> {
    use append_req::Content;

    let Some(Content::Options(options)) = requests.message().await?.and_then(|it| it.content) else {
        return Err(required("options, first of all,"));
    };
    let expected = expected!(append_req, options.expected_stream_revision)?;
    let name = name(options.stream_identifier)?;
    let (mut events, mut size) = (vec![], 0);
    while let Some(request) = requests.message().await? {
        let Some(Content::ProposedMessage(event)) = request.content else {
            return Err(required("a proposed message"));
        };
        let event = proposed(event.id, event.metadata, event.custom_metadata.into(), event.data.into())?;
        size += weight(&event);
        if server.max_append_size < size {
            let limit = server.max_append_size.to_string();
            return Err(exception(
                Code::InvalidArgument,
                format!("Maximum Append Size of {limit} Exceeded."),
                &[("exception", "maximum-append-size-exceeded"), ("maximum-append-size", &limit)],
            ));
        }
        events.push(event);
    }
    let appended = store(server, &name, expected, events).await;
    let result = match appended {
        Ok(Appended { revision, position }) => append_resp::Result::Success(append_resp::Success {
            current_revision_option: Some(revision.map_or(
                success::CurrentRevisionOption::NoStream(Empty {}),
                success::CurrentRevisionOption::CurrentRevision,
            )),
            position_option: Some(position.map_or(success::PositionOption::NoPosition(Empty {}), |at| {
                success::PositionOption::Position(Position { commit_position: at, prepare_position: at })
            })),
        }),
        Err(Refused::Deleted) => return Err(deleted(&name)),
        Err(Refused::WrongExpectedVersion(last)) => {
            append_resp::Result::WrongExpectedVersion(wrong_version(last, expected))
        }
    };
    Ok(AppendResp { result: Some(result) })
}

fn wrong_version(last: Option<u64>, expected: Expected) -> append_resp::WrongExpectedVersion {
    use wrong_expected_version::{
        CurrentRevisionOption, CurrentRevisionOption2060, ExpectedRevisionOption, ExpectedRevisionOption2060,
    };

    append_resp::WrongExpectedVersion {
        current_revision_option_20_6_0: Some(last.map_or(
            CurrentRevisionOption2060::NoStream2060(Empty {}),
            CurrentRevisionOption2060::CurrentRevision2060,
        )),
        expected_revision_option_20_6_0: Some(match expected {
            Expected::Exactly(revision) => ExpectedRevisionOption2060::ExpectedRevision2060(revision),
            Expected::StreamExists => ExpectedRevisionOption2060::StreamExists2060(Empty {}),
            Expected::Any | Expected::NoStream => ExpectedRevisionOption2060::Any2060(Empty {}),
        }),
        current_revision_option: Some(last.map_or(
            CurrentRevisionOption::CurrentNoStream(Empty {}),
            CurrentRevisionOption::CurrentRevision,
        )),
        expected_revision_option: Some(match expected {
            Expected::Any => ExpectedRevisionOption::ExpectedAny(Empty {}),
            Expected::NoStream => ExpectedRevisionOption::ExpectedNoStream(Empty {}),
            Expected::StreamExists => ExpectedRevisionOption::ExpectedStreamExists(Empty {}),
            Expected::Exactly(revision) => ExpectedRevisionOption::ExpectedRevision(revision),
        }),
    }
}

/// One part of a batch; an answer once it is the last.
pub(super) async fn append_batch(
    server: &Streams,
    request: BatchAppendReq,
) -> Result<Option<BatchAppendResp>, Status> {
    use batch_append_req::options::ExpectedStreamPosition as Wire;
    use batch_append_resp::Result as Answer;

    server.faults.pass().await?;
    // Clients of today send a batch in one part.
    let (Some(options), true) = (request.options, request.is_final) else {
        return Err(Status::unimplemented("batches in several parts"));
    };
    let expected = match options.expected_stream_position.ok_or_else(|| required("expected position"))? {
        Wire::Any(()) => Expected::Any,
        Wire::NoStream(()) => Expected::NoStream,
        Wire::StreamExists(()) => Expected::StreamExists,
        Wire::StreamPosition(revision) => Expected::Exactly(revision),
    };
    let name = name(options.stream_identifier)?;
    let events = request
        .proposed_messages
        .into_iter()
        .map(|event| proposed(event.id, event.metadata, event.custom_metadata.into(), event.data.into()));
    let events: Vec<Proposed> = events.collect::<Result<_, _>>()?;
    let answer = if server.max_append_size < events.iter().map(weight).sum() {
        let max_append_size = u32::try_from(server.max_append_size).unwrap_or(u32::MAX);
        let details = client::MaximumAppendSizeExceeded { max_append_size };
        Answer::Error(status(rpc::Code::InvalidArgument, "MaximumAppendSizeExceeded", &details))
    } else {
        match store(server, &name, expected, events).await {
            Ok(appended) => Answer::Success(success(appended)),
            Err(Refused::Deleted) => {
                let details = client::StreamDeleted { stream_identifier: Some(identifier(&name)) };
                Answer::Error(status(rpc::Code::NotFound, "StreamDeleted", &details))
            }
            Err(Refused::WrongExpectedVersion(last)) => {
                let details = wrong_position(last, expected);
                Answer::Error(status(rpc::Code::AlreadyExists, "WrongExpectedVersion", &details))
            }
        }
    };
    Ok(Some(BatchAppendResp {
        correlation_id: request.correlation_id,
        stream_identifier: Some(identifier(&name)),
        expected_stream_position: None,
        result: Some(answer),
    }))
}

fn success(appended: Appended) -> batch_append_resp::Success {
    use batch_append_resp::success::{CurrentRevisionOption, PositionOption};

    let position = |at| AllStreamPosition { commit_position: at, prepare_position: at };
    batch_append_resp::Success {
        current_revision_option: Some(
            appended
                .revision
                .map_or(CurrentRevisionOption::NoStream(()), CurrentRevisionOption::CurrentRevision),
        ),
        position_option: Some(
            appended
                .position
                .map_or(PositionOption::NoPosition(()), |at| PositionOption::Position(position(at))),
        ),
    }
}

fn wrong_position(last: Option<u64>, expected: Expected) -> client::WrongExpectedVersion {
    use client::wrong_expected_version::{CurrentStreamRevisionOption, ExpectedStreamPositionOption};

    client::WrongExpectedVersion {
        current_stream_revision_option: Some(last.map_or(
            CurrentStreamRevisionOption::CurrentNoStream(()),
            CurrentStreamRevisionOption::CurrentStreamRevision,
        )),
        expected_stream_position_option: Some(match expected {
            Expected::Any => ExpectedStreamPositionOption::ExpectedAny(()),
            Expected::NoStream => ExpectedStreamPositionOption::ExpectedNoStream(()),
            Expected::StreamExists => ExpectedStreamPositionOption::ExpectedStreamExists(()),
            Expected::Exactly(revision) => ExpectedStreamPositionOption::ExpectedStreamPosition(revision),
        }),
    }
}

/// An error with its details, which name their type as `google.protobuf.Any` wants it.
fn status(code: rpc::Code, message: &str, details: &impl Message) -> rpc::Status {
    let type_url = format!("type.googleapis.com/event_store.client.{message}");
    rpc::Status {
        code: code.into(),
        message: message.to_owned(),
        details: Some(Any { type_url, value: details.encode_to_vec() }),
    }
}

fn identifier(name: &str) -> StreamIdentifier {
    StreamIdentifier { stream_name: name.to_owned().into_bytes().into() }
}

/// Stores, and tells those who wait for it.
async fn store(
    server: &Streams,
    name: &str,
    expected: Expected,
    events: Vec<Proposed>,
) -> Result<Appended, Refused> {
    let appended = server.shared.lock().append(name, expected, events, now());
    server.shared.changed.send_replace(());
    server.faults.lose().await;
    appended
}

/// In units of 100 ns since 1970.
#[expect(clippy::disallowed_methods, reason = "the clock of another house")]
fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_nanos() / 100).unwrap_or(u64::MAX)
}

fn proposed(
    wire: Option<client::Uuid>,
    mut metadata: HashMap<String, String>,
    custom_metadata: Vec<u8>,
    data: Vec<u8>,
) -> Result<Proposed, Status> {
    let mut needed = |what: &str| {
        metadata.remove(what).ok_or_else(|| {
            let message = format!("Required Metadata Property '{what}' is missing");
            exception(Code::InvalidArgument, message, &[("exception", "missing-required-metadata-property")])
        })
    };
    let (event_type, content_type) = (needed("type")?, needed("content-type")?);
    Ok(Proposed { id: id(wire)?, event_type, content_type, data, custom_metadata })
}

fn weight(event: &Proposed) -> usize {
    event.event_type.len() + event.data.len() + event.custom_metadata.len()
}
