//! The clients of three languages, each unmodified, run one script and find the same.
//!
//! `PYTHON` names a Python that has `esdbclient`, and `clients/node_modules` holds `@eventstore/db-client`: `cargo xtask test`
//! provides both. `CARTWHEEL_TEST_EVENTSTORE_URL` names another server to ask.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

use std::path::Path;
use std::process::{Command, Stdio};

use eventstore::{
    AppendToStreamOptions, BatchAppendOptions, Client, CurrentRevision, DeleteStreamOptions, Error,
    EventData, ExpectedRevision, ReadStreamOptions, RecordedEvent, StreamPosition, SubscribeToStreamOptions,
    TombstoneStreamOptions,
};
use eventstore_server::Server;
use serde_json::{Value, json};
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread")]
async fn three_clients_run_one_script_with_the_same_results() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients");
    let script = folder.join("script.json");
    let steps: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(&script).unwrap()).unwrap();

    let (server, named) = (Server::start().await.unwrap(), std::env::var("CARTWHEEL_TEST_EVENTSTORE_URL"));
    let url = named.unwrap_or_else(|_| server.url());

    let in_rust = run_all(&url, &own(), &steps).await;
    let in_python = other("PYTHON", "python3", &folder.join("esdbclient_runs.py"), &url, &script).await;
    let in_javascript = other("NODE", "node", &folder.join("db-client_runs.mjs"), &url, &script).await;

    for (number, step) in steps.iter().enumerate() {
        let expected = result(step);
        assert_eq!(in_rust[number], expected, "eventstore, step {number}: {step}");
        assert_eq!(in_python[number], expected, "esdbclient, step {number}: {step}");
        assert_eq!(in_javascript[number], expected, "@eventstore/db-client, step {number}: {step}");
    }
}

/// Before the names of streams that nobody else uses.
fn own() -> String {
    format!("{}-", Uuid::new_v4())
}

/// What a step has to come to; of events the script tells revisions and numbers.
fn result(step: &Value) -> Value {
    let Some(events) = step["result"]["events"].as_array() else { return step["result"].clone() };
    let told = events.iter().map(|event| {
        let (revision, number) = (&event[0], &event[1]);
        json!({
            "id": Uuid::from_u128(number.as_u64().unwrap().into()),
            "type": format!("happened.{number}"),
            "revision": revision,
            "data": {"number": number},
            "metadata": {"by": "script"},
        })
    });
    json!({"events": told.collect::<Vec<_>>()})
}

/// Runs the script elsewhere.
async fn other(variable: &str, otherwise: &str, program: &Path, url: &str, script: &Path) -> Value {
    let interpreter = std::env::var_os(variable).unwrap_or_else(|| otherwise.into());
    let mut command = Command::new(interpreter);
    command.arg(program).arg(url).arg(script).arg(own()).stderr(Stdio::inherit());
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    assert!(output.status.success(), "{} ended with {}", program.display(), output.status);
    serde_json::from_slice(&output.stdout).unwrap()
}

async fn run_all(url: &str, own: &str, steps: &[Value]) -> Vec<Value> {
    let client = Client::new(url.parse().unwrap()).unwrap();
    let mut results = vec![];
    for step in steps {
        results.push(match run(&client, own, step).await {
            Ok(result) => result,
            Err(Error::WrongExpectedVersion { current: CurrentRevision::Current(last), .. }) => {
                json!({"wrong": last})
            }
            Err(Error::WrongExpectedVersion { current: CurrentRevision::NoStream, .. }) => {
                json!({"wrong": null})
            }
            Err(Error::ResourceDeleted) => json!({"deleted": true}),
            Err(Error::ResourceNotFound) => json!({"missing": true}),
            Err(error) => panic!("{step}: {error:?}"),
        });
    }
    results
}

async fn run(client: &Client, own: &str, step: &Value) -> Result<Value, Error> {
    let stream = format!("{own}{}", step["stream"].as_str().unwrap());
    let stream = stream.as_str();
    match step["do"].as_str().unwrap() {
        "append" => {
            let options = AppendToStreamOptions::default().expected_revision(expected(step));
            client.append_to_stream(stream, &options, events(&step["events"])).await?;
            Ok(json!({"done": true}))
        }
        "batch" => {
            let batches = client.batch_append(&BatchAppendOptions::default()).await?;
            let appended = batches.append_to_stream(stream, expected(step), events(&step["events"])).await;
            match appended {
                Ok(_) => Ok(json!({"done": true})),
                // This client keeps no more of a batch that was refused.
                Err(Error::Grpc { code, message }) => match message.as_str() {
                    "StreamDeleted" => Err(Error::ResourceDeleted),
                    "WrongExpectedVersion" => Ok(json!({"wrong": last(client, stream).await?})),
                    _ => Err(Error::Grpc { code, message }),
                },
                Err(error) => Err(error),
            }
        }
        "read" => {
            let options = ReadStreamOptions::default().max_count(count(step)).position(from(step));
            let options = match step["direction"].as_str().unwrap() {
                "forwards" => options.forwards(),
                _ => options.backwards(),
            };
            let mut found = client.read_stream(stream, &options).await?;
            let mut events = vec![];
            while let Some(event) = found.next().await? {
                events.push(told(event.get_original_event()));
            }
            Ok(json!({"events": events}))
        }
        "subscribe" => {
            let options = SubscribeToStreamOptions::default().start_from(from(step));
            let mut subscription = client.subscribe_to_stream(stream, &options).await;
            client.append_to_stream(stream, &AppendToStreamOptions::default(), events(&step["then"])).await?;
            let mut events = vec![];
            while events.len() < count(step) {
                events.push(told(subscription.next().await?.get_original_event()));
            }
            Ok(json!({"events": events}))
        }
        "delete" => {
            let options = DeleteStreamOptions::default().expected_revision(expected(step));
            ended(client.delete_stream(stream, &options).await)
        }
        "tombstone" => {
            let options = TombstoneStreamOptions::default().expected_revision(expected(step));
            ended(client.tombstone_stream(stream, &options).await)
        }
        other => panic!("{other}"),
    }
}

/// This client tells why a stream was not ended in words only.
fn ended(done: Result<Option<eventstore::Position>, Error>) -> Result<Value, Error> {
    match done {
        Ok(_) => Ok(json!({"done": true})),
        Err(Error::Grpc { message, .. }) if message.contains("WrongExpectedVersion") => {
            let last = message.rsplit_once("Actual version: ").unwrap().1;
            Ok(json!({"wrong": last.parse::<u64>().ok()}))
        }
        Err(error) => Err(error),
    }
}

async fn last(client: &Client, stream: &str) -> Result<Option<u64>, Error> {
    let options = ReadStreamOptions::default().backwards().position(StreamPosition::End).max_count(1);
    match client.read_stream(stream, &options).await?.next().await {
        Ok(last) => Ok(last.map(|event| event.get_original_event().revision)),
        Err(Error::ResourceNotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

fn expected(step: &Value) -> ExpectedRevision {
    match step["expected"].as_str() {
        Some("any") => ExpectedRevision::Any,
        Some("no-stream") => ExpectedRevision::NoStream,
        Some("stream-exists") => ExpectedRevision::StreamExists,
        _ => ExpectedRevision::Exact(step["expected"].as_u64().unwrap()),
    }
}

fn from(step: &Value) -> StreamPosition<u64> {
    match step["from"].as_str() {
        Some("start") => StreamPosition::Start,
        Some("end") => StreamPosition::End,
        _ => StreamPosition::Position(step["from"].as_u64().unwrap()),
    }
}

fn count(step: &Value) -> usize {
    usize::try_from(step["count"].as_u64().unwrap()).unwrap()
}

fn events(numbers: &Value) -> Vec<EventData> {
    let made = |number: &Value| {
        let number = number.as_u64().unwrap();
        EventData::json(format!("happened.{number}"), &json!({"number": number}))
            .unwrap()
            .id(Uuid::from_u128(number.into()))
            .metadata_as_json(&json!({"by": "script"}))
            .unwrap()
    };
    numbers.as_array().unwrap().iter().map(made).collect()
}

fn told(event: &RecordedEvent) -> Value {
    json!({
        "id": event.id,
        "type": event.event_type,
        "revision": event.revision,
        "data": event.as_json::<Value>().unwrap(),
        "metadata": serde_json::from_slice::<Value>(&event.custom_metadata).unwrap(),
    })
}
