//! Stock cqrs-es over one of its stores: the framework of each aggregate with a view of its own.

use std::fmt::Debug;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use aggregates::Fact;
use aggregates::activity::Activity;
use aggregates::appointment::Appointment;
use aggregates::cart::BookingCart;
use cartwheel::hosting::{Hostable, Hosted};
use cqrs_es::persist::{GenericQuery, PersistedEventRepository, PersistedEventStore};
use cqrs_es::{CqrsFramework, EventEnvelope, Query, View};
use postgres_es::{PostgresEventRepository, PostgresViewRepository};
use projections::appointments::AppointmentRow;
use projections::availability::AvailabilityRow;
use projections::carts::CartRow;
use projections::{Projection, Recorded};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sqlite_es::{SqliteEventRepository, SqliteViewRepository};
use sqlx::postgres::{PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use uuid::Uuid;

use crate::studios::monday;

/// Connections, as the default pools of the stock crates have them.
const CONNECTIONS: u32 = 10;

/// Long enough that nobody is turned away: waiting counts, failing would not be comparable.
const PATIENCE: Duration = Duration::from_mins(2);

/// A row of ours as a view of theirs.
#[derive(Debug, Serialize, Deserialize)]
pub struct RowView<R>(Option<R>);

impl<R> Default for RowView<R> {
    fn default() -> Self {
        Self(None)
    }
}

/// A row that can be a view.
pub trait Viewed: Projection + Debug + Serialize + DeserializeOwned + Send + Sync + 'static {}

impl<R: Projection + Debug + Serialize + DeserializeOwned + Send + Sync + 'static> Viewed for R {}

impl<D: Hostable, R: Viewed> View<Hosted<D>> for RowView<R> {
    fn update(&mut self, event: &EventEnvelope<Hosted<D>>) {
        let id = event.aggregate_id.rsplit('/').next().and_then(|id| Uuid::parse_str(id).ok()).unwrap();
        let fact: Fact = event.payload.0.clone().into();
        let sequence = event.sequence as u64;
        let by_staff = false;
        let recorded = Recorded { position: sequence, recorded_at: monday(), id, sequence, by_staff, fact };
        self.0 = R::fold(self.0.take(), &recorded);
    }
}

/// A store of the stock crates: a pool of connections to it.
pub trait Kit: Clone + Send + Sync + 'static {
    type Repository: PersistedEventRepository + 'static;

    /// What the store keeps payloads in.
    const JSON: &str;

    fn repository(&self) -> Self::Repository;

    /// Keeps a view of every aggregate in that table.
    fn views<D: Hostable, R: Viewed>(&self, table: &str) -> Box<dyn Query<Hosted<D>>>;

    async fn tell(&self, sql: &str);

    async fn close(&self);
}

/// As the READMEs of the crates have them.
pub async fn make_tables<K: Kit>(kit: &K) {
    let json = K::JSON;
    let events = format!(
        "CREATE TABLE events (aggregate_type TEXT NOT NULL, aggregate_id TEXT NOT NULL, sequence BIGINT NOT NULL, \
         event_type TEXT NOT NULL, event_version TEXT NOT NULL, payload {json} NOT NULL, metadata {json} NOT NULL, \
         PRIMARY KEY (aggregate_type, aggregate_id, sequence))"
    );
    kit.tell(&events).await;
    make_view_tables(kit, "").await;
}

/// Tables for the views, their names beginning like that.
pub async fn make_view_tables<K: Kit>(kit: &K, prefix: &str) {
    let json = K::JSON;
    for view in ["carts", "activities", "appointments"] {
        let table = format!(
            "CREATE TABLE {prefix}{view} (view_id TEXT PRIMARY KEY, version BIGINT NOT NULL, payload {json} NOT NULL)"
        );
        kit.tell(&table).await;
    }
}

pub type Framework<K, D> = CqrsFramework<Hosted<D>, PersistedEventStore<<K as Kit>::Repository, Hosted<D>>>;

pub struct Frameworks<K: Kit> {
    pub carts: Framework<K, BookingCart>,
    pub activities: Framework<K, Activity>,
    pub appointments: Framework<K, Appointment>,
}

impl<K: Kit> Frameworks<K> {
    pub fn over(kit: &K) -> Self {
        Self {
            carts: framework::<K, BookingCart, CartRow>(kit, "carts"),
            activities: framework::<K, Activity, AvailabilityRow>(kit, "activities"),
            appointments: framework::<K, Appointment, AppointmentRow>(kit, "appointments"),
        }
    }
}

fn framework<K: Kit, D: Hostable, R: Viewed>(kit: &K, views: &str) -> Framework<K, D> {
    let store = PersistedEventStore::new_event_store(kit.repository());
    CqrsFramework::new(store, vec![kit.views::<D, R>(views)], ())
}

pub async fn sqlite(path: &Path) -> SqlitePool {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(Duration::from_mins(1));
    let pool = SqlitePoolOptions::new().max_connections(CONNECTIONS).acquire_timeout(PATIENCE);
    pool.connect_with(options).await.unwrap()
}

impl Kit for SqlitePool {
    type Repository = SqliteEventRepository;

    const JSON: &str = "TEXT";

    fn repository(&self) -> SqliteEventRepository {
        SqliteEventRepository::new(self.clone())
    }

    fn views<D: Hostable, R: Viewed>(&self, table: &str) -> Box<dyn Query<Hosted<D>>> {
        let views = SqliteViewRepository::<RowView<R>, Hosted<D>>::new(table, self.clone());
        Box::new(GenericQuery::new(Arc::new(views)))
    }

    async fn tell(&self, sql: &str) {
        sqlx::raw_sql(sql).execute(self).await.unwrap();
    }

    async fn close(&self) {
        self.close().await;
    }
}

pub async fn postgres(url: &str) -> PgPool {
    let pool = PgPoolOptions::new().max_connections(CONNECTIONS).acquire_timeout(PATIENCE);
    pool.connect(url).await.unwrap()
}

impl Kit for PgPool {
    type Repository = PostgresEventRepository;

    const JSON: &str = "JSON";

    fn repository(&self) -> PostgresEventRepository {
        PostgresEventRepository::new(self.clone())
    }

    fn views<D: Hostable, R: Viewed>(&self, table: &str) -> Box<dyn Query<Hosted<D>>> {
        let views = PostgresViewRepository::<RowView<R>, Hosted<D>>::new(table, self.clone());
        Box::new(GenericQuery::new(Arc::new(views)))
    }

    async fn tell(&self, sql: &str) {
        sqlx::raw_sql(sql).execute(self).await.unwrap();
    }

    async fn close(&self) {
        self.close().await;
    }
}
