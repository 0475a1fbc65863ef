//! A store whose branches nobody else has, and where it is mirrored to.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use aggregates::ids::{ActivityId, BranchId, ServiceId, TeamMemberId};
use cartwheel::app::App;
use cartwheel::clock::Clock;
use cartwheel::command::{Actor, Command, Envelope, Gap, Scheduling};
use cartwheel::ledger::Entry;
use cartwheel::mirror::{self, Compared, Connection, Mirroring, NotCompared, stream_name};
use chrono::{Days, NaiveDateTime};
use eventstore::{AppendToStreamOptions, Client, EventData, ReadStreamOptions, RecordedEvent};
use eventstore_server::Server;
use uuid::Uuid;

use crate::studio::store::Store;
use crate::studio::{Studio, monday, name};

const SERVICE: ServiceId = ServiceId(Uuid::from_u128(0x21));
const TEAM_MEMBER: TeamMemberId = TeamMemberId(Uuid::from_u128(0x31));

/// A service over a store of its own.
pub struct House {
    pub app: App,
    pub store: Store,
    pub branch: BranchId,
    pub scheduled: AtomicU64,
}

impl House {
    /// With one branch, and a service that can be scheduled.
    pub async fn open() -> Self {
        let store = Store::new().await;
        let app = App::open(&store.place(), Clock::standing(monday())).await.unwrap();
        let house = Self { app, store, branch: BranchId(Uuid::new_v4()), scheduled: AtomicU64::new(0) };
        house.furnish(house.branch).await;
        house
    }

    /// Opens one more branch.
    pub async fn another_branch(&self) -> BranchId {
        let branch = BranchId(Uuid::new_v4());
        self.furnish(branch).await;
        branch
    }

    async fn furnish(&self, branch: BranchId) {
        for command in [
            Command::OpenBranch(Studio::details()),
            Command::SetService(SERVICE, Studio::service("Yoga")),
            Command::SetTeamMember(TEAM_MEMBER, name("Sofie")),
        ] {
            self.ask(branch, command).await;
        }
    }

    async fn ask(&self, branch: BranchId, command: Command) {
        let envelope = Envelope {
            branch,
            at: self.app.clock.now(),
            actor: Actor::Staff,
            request: Uuid::now_v7().to_string(),
            key: None,
            if_match: None,
            seal: self.app.vault.answer_key(),
            show: None,
            command,
        };
        self.app.ask(envelope).await.unwrap();
    }

    /// Schedules so many events, a fact each.
    pub async fn schedule(&self, events: u64) {
        self.schedule_in(self.branch, events).await;
    }

    pub async fn schedule_in(&self, branch: BranchId, events: u64) {
        let first: NaiveDateTime = "2027-01-05T06:00:00".parse().unwrap();
        let from = self.scheduled.fetch_add(events, Ordering::SeqCst);
        let all: Vec<u64> = (from..from + events).collect();
        for some in all.chunks(50) {
            let events = some.iter().map(|number| Scheduling {
                activity: ActivityId(Uuid::new_v4()),
                service: SERVICE,
                team_member: TEAM_MEMBER,
                starts_local: first
                    + Days::new(number / 60)
                    + chrono::Duration::minutes((number % 60).cast_signed()),
                gap: Gap::Shift,
                duration: 60.try_into().unwrap(),
                capacity: 12.try_into().unwrap(),
                open: true,
            });
            self.ask(branch, Command::Schedule(events.collect())).await;
        }
    }

    /// A fact as long as somebody wants.
    pub async fn rename_service(&self, text: &str) {
        self.ask(self.branch, Command::SetService(SERVICE, Studio::service(text))).await;
    }

    pub async fn facts(&self) -> Vec<Entry> {
        self.facts_of(self.branch).await
    }

    pub async fn facts_of(&self, branch: BranchId) -> Vec<Entry> {
        self.app.ledger.read(branch, 0, u32::MAX).await.unwrap()
    }

    pub async fn mirror_to(&self, url: &str) -> Mirroring {
        mirror::follow(&self.store.place().address, &self.app.wake, &url.parse().unwrap()).await.unwrap()
    }

    /// Compares the mirror with this store alone: others may have streams there.
    pub async fn compare(&self, url: &str) -> Compared {
        self.try_to_compare(url).await.unwrap()
    }

    async fn try_to_compare(&self, url: &str) -> Result<Compared, NotCompared> {
        mirror::compare(&self.app.ledger, &connection(url), BTreeSet::new(), Arc::new(|_| ())).await
    }

    /// Waits until everything is mirrored, and is what it should be.
    pub async fn is_mirrored(&self, url: &str) {
        for _ in 0..600 {
            // A server that just broke our connection is asked again.
            if let Ok(compared) = self.try_to_compare(url).await {
                assert_eq!(compared.difference, None);
                if compared.behind == 0 {
                    return;
                }
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("not in time: {:?}", self.compare(url).await);
    }
}

pub fn connection(url: &str) -> Connection {
    Connection::new(&url.parse().unwrap()).unwrap()
}

/// A server on which nothing goes wrong: the one that somebody named, else one of its own.
pub struct Kind {
    pub url: String,
    _own: Option<Server>,
}

impl Kind {
    pub async fn server() -> Self {
        if let Ok(url) = std::env::var("CARTWHEEL_TEST_EVENTSTORE_URL") {
            return Self { url, _own: None };
        }
        let own = Server::start().await.unwrap();
        Self { url: own.url(), _own: Some(own) }
    }
}

/// A client beside ours.
pub fn client(url: &str) -> Client {
    Client::new(url.parse().unwrap()).unwrap()
}

/// Appends to the stream of a branch, past us.
pub async fn append(url: &str, branch: BranchId, events: Vec<EventData>) {
    let any = AppendToStreamOptions::default();
    client(url).append_to_stream(stream_name(branch), &any, events).await.unwrap();
}

/// What another client reads in the stream of a branch.
pub async fn read(url: &str, branch: BranchId) -> Vec<RecordedEvent> {
    let all = ReadStreamOptions::default();
    let mut found = client(url).read_stream(stream_name(branch), &all).await.unwrap();
    let mut events = vec![];
    while let Some(event) = found.next().await.unwrap() {
        events.extend(event.event);
    }
    events
}
