//! The client of EventStoreDB, kept alive.
//!
//! The client gives up for good when its first connection fails, and breaks in a task of its own when it meets what it
//! did not expect: then every question ends with an error, and a new client is made for the next. It waits without
//! bounds in places, so each question has a bound here. And it has a runtime of its own: whatever it does there, nobody else
//! waits for it.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use eventstore::{
    AppendToStreamOptions, Client, Error, EventData, ExpectedRevision, ReadAllOptions, ReadStreamOptions,
    RecordedEvent, StreamPosition,
};
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;

use super::address::Address;

/// How long a question may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// How much less than others the threads in the background are asked for (`setpriority(2)`).
const NICENESS: i32 = 10;

/// Events that are read in one go.
pub(super) const PAGE: usize = 1_000;

/// A connection to EventStoreDB that is made when it is needed, and made anew when it breaks.
#[derive(Clone)]
pub struct Connection(Arc<Inner>);

struct Inner {
    address: Address,
    client: Mutex<Option<Client>>,
    /// `None` only once this is dropped.
    runtime: Option<Runtime>,
}

/// Why a question was not answered; it may be asked again.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Away {
    #[error("it did not answer within {PATIENCE:?}")]
    TooSlow,
    #[error("the client broke")]
    Broke,
    #[error("it did not let us in: check the user and password in the address")]
    Denied,
    #[error("{0}")]
    Failed(String),
    #[error("threads for the client cannot be started: {0}")]
    NoThreads(String),
}

/// Why nothing was appended.
#[derive(Debug)]
pub(super) enum NotAppended {
    /// The stream is not as expected.
    Moved,
    /// One append holds more than the server takes.
    TooLarge,
    /// The stream was ended for good.
    Deleted,
    Away(Away),
}

/// What a stream holds.
#[derive(Debug)]
pub(super) enum Held {
    Events(Vec<RecordedEvent>),
    /// Nothing, or it was never begun.
    Nothing,
    /// It was ended for good.
    Deleted,
}

impl std::fmt::Debug for Connection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Debug::fmt(&self.0.address, f)
    }
}

impl std::fmt::Display for Connection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(&self.0.address, f)
    }
}

impl Connection {
    /// Prepares to connect.
    ///
    /// # Errors
    ///
    /// If no thread can be started.
    pub fn new(address: &Address) -> Result<Self, Away> {
        Self::on_threads(address, || {})
    }

    /// The same, on threads below all others of this process: bookings come first.
    pub(super) fn in_background(address: &Address) -> Result<Self, Away> {
        Self::on_threads(address, || {
            // Where a system knows no such thing, they are like all others.
            let _ = rustix::process::setpriority_process(None, NICENESS);
        })
    }

    fn on_threads(address: &Address, begin: impl Fn() + Send + Sync + 'static) -> Result<Self, Away> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("mirror")
            .on_thread_start(begin)
            .enable_all()
            .build()
            .map_err(|error| Away::NoThreads(error.to_string()))?;
        let inner = Inner { address: address.clone(), client: Mutex::default(), runtime: Some(runtime) };
        Ok(Self(Arc::new(inner)))
    }

    /// Does something on the threads of the mirror.
    pub(super) fn spawn<T: Send + 'static>(
        &self,
        what: impl Future<Output = T> + Send + 'static,
    ) -> Option<JoinHandle<T>> {
        self.0.runtime.as_ref().map(|runtime| runtime.spawn(what))
    }

    /// Asks which version the server has.
    ///
    /// # Errors
    ///
    /// If it does not answer.
    pub async fn ask_version(&self) -> Result<String, Away> {
        let info = self.ask(async |client| client.server_info().await).await?;
        Ok(info.map_err(|error| away(&error))?.version().to_string())
    }

    /// Appends where the stream ends at that revision, or was never begun. Returns the revision of the last event.
    pub(super) async fn append(
        &self,
        stream: String,
        after: Option<u64>,
        events: Vec<EventData>,
    ) -> Result<u64, NotAppended> {
        let expected = after.map_or(ExpectedRevision::NoStream, ExpectedRevision::Exact);
        let options = AppendToStreamOptions::default().expected_revision(expected).deadline(PATIENCE);
        let appended = self
            .ask(async move |client| client.append_to_stream(stream, &options, events).await)
            .await
            .map_err(NotAppended::Away)?;
        match appended {
            Ok(written) => Ok(written.next_expected_version),
            Err(Error::WrongExpectedVersion { .. }) => Err(NotAppended::Moved),
            Err(Error::ResourceDeleted) => Err(NotAppended::Deleted),
            Err(Error::Grpc { message, .. }) if message.starts_with("Maximum Append Size") => {
                Err(NotAppended::TooLarge)
            }
            Err(error) => Err(NotAppended::Away(away(&error))),
        }
    }

    /// The last event of a stream.
    pub(super) async fn last(&self, stream: String) -> Result<Held, Away> {
        let options = ReadStreamOptions::default().backwards().position(StreamPosition::End).max_count(1);
        self.read_with(stream, options).await
    }

    /// Up to [`PAGE`] events of a stream, from that revision on.
    pub(super) async fn read(&self, stream: String, from: u64) -> Result<Held, Away> {
        let from = StreamPosition::Position(from);
        self.read_with(stream, ReadStreamOptions::default().position(from).max_count(PAGE)).await
    }

    async fn read_with(&self, stream: String, options: ReadStreamOptions) -> Result<Held, Away> {
        let events = self
            .ask(async move |client| {
                let mut found = client.read_stream(stream, &options).await?;
                let mut events = vec![];
                while let Some(event) = found.next().await? {
                    events.extend(event.event);
                }
                Ok(events)
            })
            .await?;
        match events {
            Ok(events) => Ok(Held::Events(events)),
            Err(Error::ResourceNotFound) => Ok(Held::Nothing),
            Err(Error::ResourceDeleted) => Ok(Held::Deleted),
            Err(error) => Err(away(&error)),
        }
    }

    /// Up to [`PAGE`] events of all streams from that place on, which may be the last one that is known already.
    pub(super) async fn read_all(
        &self,
        from: StreamPosition<eventstore::Position>,
    ) -> Result<Vec<RecordedEvent>, Away> {
        let options = ReadAllOptions::default().position(from).max_count(PAGE);
        let events = self
            .ask(async move |client| {
                let mut found = client.read_all(&options).await?;
                let mut events = vec![];
                while let Some(event) = found.next().await? {
                    events.extend(event.event);
                }
                Ok(events)
            })
            .await?;
        events.map_err(|error| away(&error))
    }

    /// Asks the client something, on its own threads and no longer than it may take.
    async fn ask<T: Send + 'static, F: Future<Output = Result<T, Error>> + Send + 'static>(
        &self,
        what: impl FnOnce(Client) -> F,
    ) -> Result<Result<T, Error>, Away> {
        let Some(runtime) = &self.0.runtime else { return Err(Away::Broke) };
        let client = self.client(runtime)?;
        let mut asking = self.spawn(what(client)).ok_or(Away::Broke)?;
        let answer = match tokio::time::timeout(PATIENCE, &mut asking).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) => {
                self.forget();
                return Err(Away::Broke);
            }
            Err(_) => {
                asking.abort();
                self.forget();
                return Err(Away::TooSlow);
            }
        };
        if answer.as_ref().is_err_and(breaks) {
            self.forget();
        }
        Ok(answer)
    }

    fn client(&self, runtime: &Runtime) -> Result<Client, Away> {
        let mut kept = self.0.client.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = &*kept {
            return Ok(client.clone());
        }
        let settings = self.0.address.0.as_ref().clone();
        let client =
            Client::with_runtime_handle(runtime.handle().clone(), settings).map_err(|it| away(&it))?;
        Ok(kept.insert(client).clone())
    }

    fn forget(&self) {
        *self.0.client.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        // Nobody waits here: this may happen in a task.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// Whether the client may be of no use any more.
fn breaks(error: &Error) -> bool {
    !matches!(
        error,
        Error::WrongExpectedVersion { .. }
            | Error::ResourceNotFound
            | Error::ResourceDeleted
            | Error::AccessDenied
            | Error::Grpc { .. }
    )
}

fn away(error: &Error) -> Away {
    match error {
        Error::AccessDenied => Away::Denied,
        Error::DeadlineExceeded => Away::TooSlow,
        error => Away::Failed(error.to_string()),
    }
}
