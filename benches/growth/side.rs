//! One of the stores that are compared.

use std::time::Instant;

use aggregates::ids::{ActivityId, BranchId};
use cartwheel::app::App;
use cartwheel::app::reading::{Events, Journal};
use cartwheel::audit::{Subject, history};
use cartwheel::ledger::Address;
use chrono::Days;
use futures::StreamExt;
use uuid::Uuid;

use crate::measuring::{self, Measured};
use crate::open;
use crate::studios::{Booking, DATES, Studio, envelope, monday};

/// Branches at work at the same time; a small store has no more.
pub const AT_WORK: usize = 10;

/// The day of the first event that measurements add: what is read stays as it was filled.
const LATER: u64 = 100;

pub struct Side {
    pub name: &'static str,
    pub app: App,
    address: Address,
    pub branches: Vec<BranchId>,
    /// Clients who have booked here.
    clients: usize,
}

/// Milliseconds of opening a store, and of finding out that it may be served.
pub struct Opened {
    pub open: f64,
    pub ready: f64,
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e3
}

impl Side {
    pub async fn at(name: &'static str, address: &Address) -> Self {
        let app = open(address).await;
        let branches = app.ledger.branches().await.unwrap();
        Self { name, app, address: address.clone(), branches, clients: 0 }
    }

    /// Facts of all branches.
    pub async fn facts(&self) -> u64 {
        let tails = self.branches.iter().map(|branch| self.app.ledger.tail(*branch));
        futures::stream::iter(tails)
            .buffered(8)
            .map(|tail| tail.unwrap().head)
            .fold(0, async |a, b| a + b)
            .await
    }

    /// `count` branches, evenly spread, beginning with the one at `first`.
    pub fn some(&self, first: usize, count: usize) -> Vec<BranchId> {
        let step = (self.branches.len() / count).max(1);
        (0..count).map(|n| self.branches[(first + n * step) % self.branches.len()]).collect()
    }

    /// Closes the store and opens it again: nothing is in memory.
    pub async fn reopen(&mut self) -> Opened {
        self.app.close().await;
        let began = Instant::now();
        self.app = open(&self.address).await;
        let open = milliseconds(began);
        let began = Instant::now();
        self.app.ready().await.unwrap();
        Opened { open, ready: milliseconds(began) }
    }

    /// Clients with carts full of ten new events, `each` in every one of these branches.
    pub async fn bookings(&mut self, branches: &[BranchId], each: usize) -> Vec<Booking> {
        let mut bookings = vec![];
        for branch in branches {
            let studio = self.studio(*branch).await;
            let schedule = studio.schedule(&studio.events, LATER, each);
            self.app.ask(envelope(&self.app, *branch, schedule)).await.unwrap();
            // Phone numbers of people who did not book when the store was filled.
            let clients = 900_000 + self.clients..900_000 + self.clients + each;
            self.clients += each;
            let (app, studio) = (&self.app, &studio);
            let asked = clients.map(|client| studio.booking(app, client, studio.events.clone()));
            bookings.extend(futures::stream::iter(asked).buffered(32).collect::<Vec<_>>().await);
        }
        let opening = bookings.iter().map(|booking| self.app.ask(booking.opening.clone()));
        let opened: Vec<_> =
            futures::stream::iter(opening.collect::<Vec<_>>()).buffer_unordered(32).collect().await;
        assert!(opened.iter().all(Result::is_ok));
        bookings
    }

    async fn studio(&self, branch: BranchId) -> Studio {
        let link = self.app.links(branch).await.unwrap()[0].link_id;
        let asked = Events { limit: Some(1), ..Events::default() };
        let plan = self.app.events(branch, asked).await.unwrap()[0].vacancy.plan;
        Studio {
            branch,
            link,
            service: plan.service_id,
            team_member: plan.team_member_id,
            events: (0..DATES).map(|_| ActivityId(Uuid::now_v7())).collect(),
        }
    }

    /// Confirms; with one caller one after another, in their order.
    pub async fn confirm(&self, callers: usize, bookings: &[Booking]) -> Measured {
        let confirmations: Vec<_> = bookings.iter().map(|booking| booking.confirmation.clone()).collect();
        let app = self.app.clone();
        measuring::callers(callers, confirmations.len(), move |n| {
            let (app, confirmation) = (app.clone(), confirmations[n].clone());
            async move {
                app.ask(confirmation).await.unwrap();
            }
        })
        .await
    }

    /// Milliseconds of the first page of appointments of one day.
    pub async fn journal_day(&self, branches: &[BranchId]) -> f64 {
        let from = Studio::first_start().date().and_time(chrono::NaiveTime::MIN).and_utc();
        let before = Some(from + Days::new(1));
        let asked = Journal { from: Some(from), before, limit: Some(100), ..Journal::default() };
        self.median(branches, async |branch| {
            assert!(!self.app.journal(branch, asked).await.unwrap().is_empty());
        })
        .await
    }

    /// Milliseconds of the first page of events from today on.
    pub async fn list_of_events(&self, branches: &[BranchId]) -> f64 {
        let before = Some(monday() + Days::new(LATER));
        let asked = Events { from: Some(monday()), before, limit: Some(100), ..Events::default() };
        self.median(branches, async |branch| {
            assert!(!self.app.events(branch, asked).await.unwrap().is_empty());
        })
        .await
    }

    /// Milliseconds of telling what happened to one appointment.
    pub async fn history(&self, branches: &[BranchId]) -> f64 {
        let mut appointments = vec![];
        for branch in branches {
            let asked = Journal { limit: Some(1), ..Journal::default() };
            appointments.push(self.app.journal(*branch, asked).await.unwrap()[0].appointment_id);
        }
        let mut of = branches.iter().zip(appointments);
        self.median(branches, async |_| {
            let (branch, appointment) = of.next().unwrap();
            let told = history(self.app.ledger.as_ref(), *branch, Subject::Appointment(appointment)).await;
            assert!(!told.unwrap().is_empty());
        })
        .await
    }

    /// The median of asking one branch after another.
    async fn median(&self, branches: &[BranchId], mut ask: impl AsyncFnMut(BranchId)) -> f64 {
        let mut took = vec![];
        for branch in branches {
            let began = Instant::now();
            ask(*branch).await;
            took.push(milliseconds(began));
        }
        measuring::Spread::of(took).median
    }
}
