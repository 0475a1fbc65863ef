//! The same studios, clients and carts for all contestants.

use std::collections::HashSet;

use aggregates::ids::ActivityId;
use aggregates::values::Capacity;
use cartwheel::app::{App, StoreAt};
use cartwheel::clock::Clock;
use cartwheel::ledger::Address;
use futures::StreamExt;

use crate::place::Place;
use crate::plain::Transaction;
use crate::studios::{Booking, Studio, monday};
use crate::{plain, stock};

/// How many confirmations each contestant makes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    pub ours: usize,
    pub plain: usize,
    pub stock: usize,
}

impl Counts {
    fn each(self, other: Self, of: fn(usize, usize) -> usize) -> Self {
        Self {
            ours: of(self.ours, other.ours),
            plain: of(self.plain, other.plain),
            stock: of(self.stock, other.stock),
        }
    }

    fn all(count: usize) -> Self {
        Self { ours: count, plain: count, stock: count }
    }

    pub fn or_more(self, other: Self) -> Self {
        self.each(other, usize::max)
    }

    pub fn at_most(self, count: usize) -> Self {
        self.each(Self::all(count), usize::min)
    }

    pub fn at_least(self, count: usize) -> Self {
        self.each(Self::all(count), usize::max)
    }
}

pub struct World {
    pub place: Place,
    clock: Clock,
    pub studios: Vec<Studio>,
    /// Every client's way; the studios take turns.
    pub bookings: Vec<Booking>,
    /// What plain transactions store.
    pub transactions: Vec<Transaction>,
    /// So many bookings the stock store has open carts and events for.
    pub stock: usize,
}

impl World {
    /// Makes the stores that contestants start from: `furnished` without carts, `opened` with them, `confirmed` with all
    /// of them confirmed, and `stock`. `counts` says how many bookings each contestant needs.
    pub async fn prepare(place: Place, branches: usize, counts: Counts) -> Self {
        let most = counts.ours.max(counts.plain).max(counts.stock);
        let studio = |_| Studio::for_bookings(most.div_ceil(branches));
        let studios: Vec<Studio> = (0..branches).map(studio).collect();
        let clock = Clock::standing(monday());
        let (bookings, transactions) = (vec![], vec![]);
        let mut world = Self { place, clock, studios, bookings, transactions, stock: counts.stock };
        world.bookings = world.furnish(most).await;
        world.open_carts().await;
        world.transactions = plain::record(&world, counts.plain).await;
        world.confirm_from(counts.plain).await;
        stock::prepare(&world, counts.stock).await;
        world
    }

    /// Events of the first bookings and capacities that each of them has not had before, in turn.
    pub fn capacities(
        &self,
        bookings: usize,
        count: usize,
    ) -> impl Iterator<Item = (&Studio, ActivityId, Capacity)> {
        let mut known = HashSet::new();
        let bookings = self.bookings[..bookings.min(self.bookings.len())].iter().enumerate();
        let events: Vec<_> = bookings
            .flat_map(|(n, booking)| booking.events.iter().map(move |event| (n, *event)))
            .filter(|(_, event)| known.insert(*event))
            .collect();
        (0..count).map(move |n| {
            let (booking, event) = events[n % events.len()];
            let capacity = u32::try_from(100 + n / events.len()).unwrap();
            (self.studio(booking), event, capacity.try_into().unwrap())
        })
    }

    /// Where booking number `n` is made.
    pub fn studio(&self, n: usize) -> &Studio {
        &self.studios[n % self.studios.len()]
    }

    pub async fn app(&self, address: &Address) -> App {
        let key = Some(self.place.folder().join("key"));
        let store = StoreAt { address: address.clone(), master_key: key, migrate: false, read_from: None };
        App::open(&store, self.clock.clone()).await.unwrap()
    }

    /// Opens the carts of the first bookings.
    pub async fn open_carts_of(&self, app: &App, bookings: usize) {
        let openings = self.bookings[..bookings].iter().map(|booking| app.ask(booking.opening.clone()));
        let mut opened = futures::stream::iter(openings).buffer_unordered(256);
        while let Some(opened) = opened.next().await {
            opened.unwrap();
        }
    }

    /// Confirms what is not confirmed yet.
    async fn confirm_from(&self, first: usize) {
        let app = self.app(&self.place.address("confirmed")).await;
        let asked = self.bookings[first..].iter().map(|booking| app.ask(booking.confirmation.clone()));
        let mut confirmed = futures::stream::iter(asked).buffer_unordered(64);
        while let Some(confirmed) = confirmed.next().await {
            confirmed.unwrap();
        }
        drop(confirmed);
        app.close().await;
    }

    async fn open_carts(&self) {
        let app = self.app(&self.place.copy("furnished", "opened").await).await;
        self.open_carts_of(&app, self.bookings.len()).await;
        app.close().await;
    }

    async fn furnish(&self, bookings: usize) -> Vec<Booking> {
        let app = self.app(&self.place.make("furnished").await).await;
        for studio in &self.studios {
            studio.furnish(&app).await;
        }
        let app = &app;
        let bookings = (0..bookings).map(|n| {
            let studio = self.studio(n);
            studio.booking(app, n, studio.events_of(n / self.studios.len()))
        });
        let bookings = futures::stream::iter(bookings).buffered(64).collect().await;
        app.close().await;
        bookings
    }
}
