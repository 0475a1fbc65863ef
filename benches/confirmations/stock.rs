//! Stock cqrs-es over sqlite-es with its views: the same rules and the same facts, one aggregate after another, each
//! with a commit and a view of its own. What other aggregates contribute to a command is known beforehand.

use std::collections::HashSet;
use std::fmt::Debug;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use aggregates::activity::{Activity, ActivityCommand, Plan};
use aggregates::appointment::{Appointment, AppointmentCommand};
use aggregates::booking_link::{BookingLink, Kind, LinkCommand};
use aggregates::branch::{Branch, BranchCommand};
use aggregates::cart::{
    BookingCart, Candidate, Candidates, CartCommand, CartConfirmed, CartEvent, CartTerms, Confirmation, Mode,
    Pick,
};
use aggregates::membership::Membership;
use aggregates::{Decider, Fact, confirmation};
use cartwheel::hosting::{Hostable, Hosted};
use cartwheel::ledger::stored_id;
use cqrs_es::persist::{GenericQuery, PersistedEventStore};
use cqrs_es::{AggregateError, EventEnvelope, Query, View};
use projections::appointments::AppointmentRow;
use projections::availability::AvailabilityRow;
use projections::carts::CartRow;
use projections::{Projection, Recorded};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sqlite_es::{SqliteCqrs, SqliteEventRepository, SqliteViewRepository};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use uuid::Uuid;

use crate::measuring::{self, Measured};
use crate::studios::{Booking, Studio, monday};
use crate::world::World;

/// As the `README` of sqlite-es has them.
const TABLES: &str = "
    CREATE TABLE events (aggregate_type TEXT NOT NULL, aggregate_id TEXT NOT NULL, sequence BIGINT NOT NULL,
        event_type TEXT NOT NULL, event_version TEXT NOT NULL, payload TEXT NOT NULL, metadata TEXT NOT NULL,
        PRIMARY KEY (aggregate_type, aggregate_id, sequence));
    CREATE TABLE carts (view_id TEXT PRIMARY KEY, version BIGINT NOT NULL, payload TEXT NOT NULL);
    CREATE TABLE activities (view_id TEXT PRIMARY KEY, version BIGINT NOT NULL, payload TEXT NOT NULL);
    CREATE TABLE appointments (view_id TEXT PRIMARY KEY, version BIGINT NOT NULL, payload TEXT NOT NULL);";

/// A row of ours as a view of theirs.
#[derive(Debug, Serialize, Deserialize)]
struct RowView<R>(Option<R>);

impl<R> Default for RowView<R> {
    fn default() -> Self {
        Self(None)
    }
}

impl<D: Hostable, R> View<Hosted<D>> for RowView<R>
where
    R: Projection + Debug + Serialize + DeserializeOwned + Send + Sync,
{
    fn update(&mut self, event: &EventEnvelope<Hosted<D>>) {
        let id = event.aggregate_id.rsplit('/').next().and_then(|id| Uuid::parse_str(id).ok()).unwrap();
        let fact: Fact = event.payload.0.clone().into();
        let sequence = event.sequence as u64;
        let recorded = Recorded { position: sequence, recorded_at: monday(), id, sequence, fact };
        self.0 = R::fold(self.0.take(), &recorded);
    }
}

struct Frameworks {
    carts: SqliteCqrs<Hosted<BookingCart>>,
    activities: SqliteCqrs<Hosted<Activity>>,
    appointments: SqliteCqrs<Hosted<Appointment>>,
}

fn framework<D: Hostable, R>(pool: &SqlitePool, views: &str) -> SqliteCqrs<Hosted<D>>
where
    R: Projection + Debug + Serialize + DeserializeOwned + Send + Sync + 'static,
{
    let views = SqliteViewRepository::<RowView<R>, Hosted<D>>::new(views, pool.clone());
    let query: Box<dyn Query<Hosted<D>>> = Box::new(GenericQuery::new(Arc::new(views)));
    let store = PersistedEventStore::new_event_store(SqliteEventRepository::new(pool.clone()));
    SqliteCqrs::new(store, vec![query], ())
}

async fn open(path: &Path) -> (SqlitePool, Frameworks) {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        // Long enough that nobody is turned away: waiting counts, failing would not be comparable.
        .busy_timeout(Duration::from_mins(1));
    // Ten connections, as `default_sqlite_pool` has.
    let pool = SqlitePoolOptions::new().max_connections(10).acquire_timeout(Duration::from_mins(2));
    let pool = pool.connect_with(options).await.unwrap();
    let frameworks = Frameworks {
        carts: framework::<BookingCart, CartRow>(&pool, "carts"),
        activities: framework::<Activity, AvailabilityRow>(&pool, "activities"),
        appointments: framework::<Appointment, AppointmentRow>(&pool, "appointments"),
    };
    (pool, frameworks)
}

/// The tables, schedules and open carts.
pub async fn prepare(world: &World, count: usize) {
    let (pool, frameworks) = open(&world.place.file("stock")).await;
    sqlx::raw_sql(TABLES).execute(&pool).await.unwrap();
    let mut scheduled = HashSet::new();
    for (n, booking) in world.bookings[..count].iter().enumerate() {
        let studio = world.studio(n);
        for event in &booking.events {
            if scheduled.insert(*event) {
                let command = ActivityCommand::Schedule(plan(studio));
                frameworks.activities.execute(&stored_id(studio.branch, event.0), command).await.unwrap();
            }
        }
        let id = stored_id(studio.branch, booking.cart.0);
        for command in Known::by(booking, studio).opening(booking, studio) {
            frameworks.carts.execute(&id, command).await.unwrap();
        }
    }
    pool.close().await;
}

fn plan(studio: &Studio) -> Plan {
    Plan {
        service_id: studio.service,
        team_member_id: studio.team_member,
        starts_at: Studio::first_start().and_utc(),
        duration: 60.try_into().unwrap(),
        capacity: 30.try_into().unwrap(),
        open: true,
    }
}

pub async fn confirm(world: &World, callers: usize, count: usize) -> Measured {
    world.place.copy("stock", "run").await;
    let (pool, frameworks) = open(&world.place.file("run")).await;
    let steps = world.bookings[..count].iter().enumerate();
    let steps: Arc<Vec<Step>> =
        Arc::new(steps.map(|(n, booking)| Step::of(booking, world.studio(n))).collect());
    let frameworks = Arc::new(frameworks);
    let measured = measuring::callers(callers, count, move |n| {
        let (steps, frameworks) = (Arc::clone(&steps), Arc::clone(&frameworks));
        async move { steps[n].carry_out(&frameworks).await }
    })
    .await;
    pool.close().await;
    measured
}

/// A confirmation as commands, one after another.
struct Step {
    cart: (String, CartCommand),
    items: Vec<((String, ActivityCommand), (String, AppointmentCommand))>,
}

impl Step {
    fn of(booking: &Booking, studio: &Studio) -> Self {
        let known = Known::by(booking, studio);
        let (command, confirmed, cart) = known.confirmation(booking, studio);
        let BookingCart::Open(open) = &cart else { panic!("{cart:?}") };
        let policy = confirmation::Booking {
            cart: booking.cart,
            link_id: studio.link,
            confirmed: &confirmed,
            branch: &known.branch,
            link: known.link.settled().unwrap(),
            membership: &Membership::default(),
            seen: &open.shown,
        };
        let id = |id| stored_id(studio.branch, id);
        let items = confirmed.lines.iter().map(|line| {
            let item = policy.item(line, &known.activity).unwrap();
            ((id(line.activity_id.0), item.take), (id(line.appointment_id.0), item.book))
        });
        Self { cart: (id(booking.cart.0), command), items: items.collect() }
    }

    async fn carry_out(&self, frameworks: &Frameworks) {
        insist(&frameworks.carts, &self.cart.0, &self.cart.1).await;
        for ((activity, take), (appointment, book)) in &self.items {
            insist(&frameworks.activities, activity, take).await;
            insist(&frameworks.appointments, appointment, book).await;
        }
    }
}

/// Asks again after a conflict, as whoever calls a stock framework has to.
async fn insist<D>(framework: &SqliteCqrs<Hosted<D>>, id: &str, command: &D::Command)
where
    D: Hostable<Command: Clone>,
{
    loop {
        match framework.execute(id, command.clone()).await {
            Ok(()) => return,
            Err(AggregateError::AggregateConflict) => {}
            Err(error) => panic!("{error}"),
        }
    }
}

/// What a command needs of other aggregates.
struct Known {
    branch: Branch,
    link: BookingLink,
    activity: Activity,
    terms: CartTerms,
    candidates: Candidates,
}

fn decided<D: Decider<Refusal: Debug>>(commands: impl IntoIterator<Item = D::Command>) -> D {
    commands
        .into_iter()
        .fold(D::default(), |state, command| state.decide(command).unwrap().iter().fold(state, D::evolve))
}

impl Known {
    fn by(booking: &Booking, studio: &Studio) -> Self {
        let branch: Branch = decided([
            BranchCommand::Open(Studio::details()),
            BranchCommand::SetService(studio.service, Studio::yoga()),
        ]);
        let link: BookingLink = decided([LinkCommand::Create(Kind::Group, Studio::settings())]);
        let activity: Activity = decided([ActivityCommand::Schedule(plan(studio))]);
        let settled = link.settled().unwrap();
        let terms = CartTerms::new(branch.rules(), settled, monday());
        let candidate = Candidate::new(*activity.vacancy().unwrap(), &branch, settled, monday());
        let candidates = booking.events.iter().map(|event| (*event, candidate)).collect();
        Self { branch, link, activity, terms, candidates }
    }

    fn opening(&self, booking: &Booking, studio: &Studio) -> [CartCommand; 2] {
        let picks = booking.events.iter().map(|event| Pick { activity: *event, spots: None }).collect();
        [
            CartCommand::OpenCart { link: studio.link, at: monday() },
            CartCommand::SelectEvents { picks, terms: self.terms, candidates: self.candidates.clone() },
        ]
    }

    /// The command, what it leads to, and the cart before it.
    fn confirmation(&self, booking: &Booking, studio: &Studio) -> (CartCommand, CartConfirmed, BookingCart) {
        let cart: BookingCart = decided(self.opening(booking, studio));
        let command = CartCommand::ConfirmMultiBooking(Box::new(Confirmation {
            cart: booking.cart,
            client: booking.client,
            mode: Mode::AllOrNothing,
            with_membership: false,
            consent: None,
            has_email: true,
            has_comment: false,
            terms: self.terms,
            candidates: self.candidates.clone(),
        }));
        match cart.decide(command.clone()).unwrap().remove(0) {
            CartEvent::Confirmed(confirmed) => (command, confirmed, cart),
            other => panic!("{other:?}"),
        }
    }
}
