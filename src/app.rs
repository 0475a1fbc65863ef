//! Everything that the routes and the command line share.

pub mod booking;
pub mod clients;
mod erasing;
pub mod opening;
pub mod proving;
mod readiness;
pub mod reading;
pub mod searching;

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use self::readiness::NotReady;
use self::readiness::Readiness;
use crate::clock::Clock;
use crate::codes::Codes;
use crate::command::{Command, Envelope, Failure, Reply};
use crate::feeds::Feeds;
use crate::followers::Wake;
use crate::followers::deliveries::Deliveries;
use crate::import::uploads::Uploads;
use crate::kept_answers::KeptAnswers;
use crate::lane::Lanes;
use crate::ledger::{Address, Ledger, OpenError, ReadFrom, StoreError};
use crate::messenger::mailbox::Mailbox;
use crate::messenger::{Messenger, Way};
use crate::outbound::Reach;
use crate::refusals::{Asked, Refusals};
use crate::sessions::Sessions;
use crate::staff::Staff;
use crate::telemetry;
use crate::vault::{MasterKey, MasterKeyError, Vault, VaultError};
use crate::watching::Watching;
use crate::webhooks::Endpoints;

/// The service over one store. A clone is the same service, at the cost of a counter: every request takes several.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// What the service is made of.
#[derive(Clone)]
pub struct Parts {
    pub ledger: Arc<dyn Ledger>,
    pub vault: Vault,
    pub clock: Clock,
    pub codes: Codes,
    pub sessions: Sessions,
    pub feeds: Feeds,
    pub uploads: Uploads,
    pub staff: Staff,
    /// Brings messages to people; without it nobody can sign in, or confirm where a link asks for a code.
    pub messenger: Option<Arc<dyn Messenger>>,
    /// The messages of a development mailbox, to be shown on a page.
    pub mailbox: Option<Mailbox>,
    pub watching: Watching,
    pub kept_answers: KeptAnswers,
    pub refusals: Refusals,
    /// Where clients reach the service, `https://book.example`; `None` if nobody said.
    pub public_url: Option<String>,
    /// Where webhooks go.
    pub endpoints: Endpoints,
    /// Where webhooks may go.
    pub reach: Reach,
    pub deliveries: Deliveries,
    pub wake: Wake,
    lanes: Lanes,
    readiness: Arc<Readiness>,
}

/// Where the ledgers are kept.
#[derive(Debug, Clone)]
pub struct StoreAt {
    pub address: Address,
    /// The file of the master key, unless it is where it is by default.
    pub master_key: Option<PathBuf>,
    /// Bring tables of an older release up to date.
    pub migrate: bool,
    /// Where to read what may be a little behind.
    pub read_from: Option<ReadFrom>,
}

/// Why the service did not open.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    MasterKey(#[from] MasterKeyError),
    #[error(transparent)]
    Vault(#[from] VaultError),
    #[error("the store cannot be asked: {0}")]
    Store(StoreError),
}

impl StoreAt {
    /// A SQLite file with its master key beside it.
    #[must_use]
    pub fn sqlite(path: &Path) -> Self {
        Self { address: Address::Sqlite(path.to_owned()), master_key: None, migrate: false, read_from: None }
    }

    async fn open(&self) -> Result<Arc<dyn Ledger>, OpenError> {
        match &self.read_from {
            Some(replica) => self.address.open_with_replica(self.migrate, replica).await,
            None => self.address.open(self.migrate).await,
        }
    }

    /// The file of the master key.
    #[must_use]
    pub fn master_key_path(&self) -> PathBuf {
        self.master_key.clone().unwrap_or_else(|| self.address.key_path())
    }
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl App {
    /// Opens the store and everything over it.
    ///
    /// # Errors
    ///
    /// If the store or its master key cannot be opened.
    pub async fn open(store: &StoreAt, clock: Clock) -> Result<Self, AppError> {
        let ledger = store.open().await?;
        let is_empty = ledger.branches().await.map_err(AppError::Store)?.is_empty();
        let master = MasterKey::read_or_make(&store.master_key_path(), is_empty)?;
        Self::over(ledger, &master, clock).await
    }

    /// The service over a ledger that is open already.
    ///
    /// # Errors
    ///
    /// If the master key does not fit the store.
    pub async fn over(ledger: Arc<dyn Ledger>, master: &MasterKey, clock: Clock) -> Result<Self, AppError> {
        let vault = Vault::open(Arc::clone(&ledger), master).await?;
        let lanes = Lanes::new(Arc::clone(&ledger), clock.clone());
        let watching = Watching::new(Arc::clone(&ledger));
        Ok(Self(Arc::new(Parts {
            watching,
            kept_answers: KeptAnswers::within(lanes.budget()),
            refusals: Refusals::new(Arc::clone(&ledger), clock.clone()),
            codes: Codes::new(Arc::clone(&ledger), vault.code_key()),
            sessions: Sessions::new(Arc::clone(&ledger)),
            feeds: Feeds::new(Arc::clone(&ledger), vault.feed_key()),
            uploads: Uploads::new(Arc::clone(&ledger)),
            endpoints: Endpoints::new(Arc::clone(&ledger), vault.webhook_key()),
            deliveries: Deliveries::new(Arc::clone(&ledger)),
            reach: Reach::Public,
            wake: Wake::default(),
            staff: Staff::new(Arc::clone(&ledger), vault.staff_key()),
            public_url: None,
            messenger: None,
            mailbox: None,
            lanes,
            readiness: Arc::default(),
            ledger,
            vault,
            clock,
        })))
    }

    fn with(mut self, change: impl FnOnce(&mut Parts)) -> Self {
        change(Arc::make_mut(&mut self.0));
        self
    }

    /// The same, with messages kept in this process for everybody to read.
    #[must_use]
    pub fn with_mailbox(self) -> Self {
        let mailbox = Mailbox::default();
        self.with_messenger(Arc::new(mailbox.clone())).with(|parts| parts.mailbox = Some(mailbox))
    }

    /// The same, with messages brought to people.
    #[must_use]
    pub fn with_messenger(self, messenger: Arc<dyn Messenger>) -> Self {
        self.with(|parts| parts.messenger = Some(messenger))
    }

    /// Whether codes can be sent as text messages.
    #[must_use]
    pub fn sends_texts(&self) -> bool {
        self.messenger.as_ref().is_some_and(|messenger| messenger.goes(Way::Text))
    }

    /// The same, reached by clients at this address.
    #[must_use]
    pub fn reached_at(self, public_url: Option<String>) -> Self {
        self.with(|parts| parts.public_url = public_url)
    }

    /// The same, calling webhooks wherever they are.
    #[must_use]
    pub fn reaching(self, reach: Reach) -> Self {
        self.with(|parts| parts.reach = reach)
    }

    /// The same by another clock; what is on its lanes keeps the old one.
    #[must_use]
    pub fn with_clock(self, clock: Clock) -> Self {
        self.with(|parts| parts.clock = clock)
    }

    /// Sends a command to the lane of its branch and waits for the answer.
    ///
    /// # Errors
    ///
    /// If a rule says no, too much is waiting, or the store is away.
    pub async fn ask(&self, envelope: Envelope) -> Result<Reply, Failure> {
        if let Some(why) = self.readiness.stopped(envelope.branch) {
            return Err(Failure::Away(StoreError(Arc::new(anyhow::Error::msg(why)))));
        }
        let erased = match &envelope.command {
            Command::EraseClient(erasure) => erasure.traces.phone().cloned(),
            _ => None,
        };
        let asked = Asked::of(&envelope);
        let branch = envelope.branch;
        let answered = self.lanes.ask(envelope).await;
        self.kept_answers.changed(branch);
        let reply = match answered {
            Err(Failure::Refused(refusal)) => {
                self.refusals.note(asked, &refusal);
                return Err(Failure::Refused(refusal));
            }
            answer => answer?,
        };
        if let (Some(phone), Some(mailbox)) = (erased, &self.mailbox) {
            mailbox.forget(&phone);
        }
        self.wake.appended(branch);
        Ok(reply)
    }

    /// Whether this release may serve the store. What it finds unreadable is not written to any more.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked, or a newer release wrote what this one cannot read.
    pub async fn ready(&self) -> Result<(), NotReady> {
        self.readiness.ask(self.ledger.as_ref()).await
    }

    /// How things stand, as far as this knows.
    #[must_use]
    pub fn now(&self) -> telemetry::Now {
        let (lanes, cache_bytes) = self.lanes.now();
        telemetry::Now { lanes, cache_bytes, streams: self.watching.watchers(), connections: 0 }
    }

    /// Answers what was taken in, and closes the store.
    pub async fn close(&self) {
        self.lanes.drain().await;
        self.ledger.close().await;
    }
}
