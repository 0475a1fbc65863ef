//! The same studios, clients and carts for all contestants.

use cartwheel::app::{App, StoreAt};
use cartwheel::clock::Clock;
use cartwheel::ledger::Address;
use futures::StreamExt;

use crate::place::Place;
use crate::plain::Transaction;
use crate::studios::{Booking, Studio, monday};
use crate::{plain, stock};

pub struct World {
    pub place: Place,
    clock: Clock,
    pub studios: Vec<Studio>,
    /// Every client's way; the studios take turns.
    pub bookings: Vec<Booking>,
    /// What plain transactions store.
    pub transactions: Vec<Transaction>,
}

impl World {
    /// Makes the stores that contestants start from: `furnished` without carts, `opened` with them, and `stock`, which
    /// has as many open carts. `counts` says how many bookings ours, plain and stock need.
    pub async fn prepare(place: Place, branches: usize, counts: [usize; 3]) -> Self {
        let most = counts.into_iter().max().unwrap_or(0);
        let studio = |_| Studio::for_bookings(most.div_ceil(branches));
        let studios: Vec<Studio> = (0..branches).map(studio).collect();
        let clock = Clock::standing(monday());
        let mut world = Self { place, clock, studios, bookings: vec![], transactions: vec![] };
        world.bookings = world.furnish(most).await;
        world.open_carts().await;
        world.transactions = plain::record(&world, counts[1]).await;
        if let Place::Folder(_) = world.place {
            stock::prepare(&world, most).await;
        }
        world
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
