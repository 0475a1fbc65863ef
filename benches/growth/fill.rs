//! A store of many branches, each with the same schedule and as many bookings.

use cartwheel::app::App;
use cartwheel::ledger::Address;
use clap::Args;
use futures::StreamExt;
use futures::future::join_all;
use indicatif::{ProgressBar, ProgressStyle};

use crate::open;
use crate::studios::{DATES, FACTS, Studio};

/// Branches that are filled at the same time.
const AT_ONCE: usize = 16;

/// Facts with which a studio begins, beside its events.
const FIRST: usize = 4;

#[derive(Debug, Args)]
pub struct Fill {
    /// sqlite:PATH, or the address of an empty PostgreSQL database.
    #[arg(long)]
    store: Address,
    /// At least so many facts.
    #[arg(long, default_value_t = 10_000_000)]
    facts: usize,
    #[arg(long, default_value_t = 10_000)]
    branches: usize,
}

impl Fill {
    pub async fn run(self) {
        let app = open(&self.store).await;
        let bookings = bookings(self.facts.div_ceil(self.branches));
        let style = "{msg} {wide_bar} {human_pos}/{human_len} {per_sec} {eta}";
        let bar = ProgressBar::new(self.branches as u64).with_message("Branches");
        bar.set_style(ProgressStyle::with_template(style).unwrap());
        let filling = futures::stream::iter(0..self.branches).map(|branch| {
            let app = app.clone();
            tokio::spawn(async move { fill(&app, branch * bookings, bookings).await })
        });
        filling
            .buffer_unordered(AT_ONCE)
            .for_each(async |filled| {
                filled.unwrap();
                bar.inc(1);
            })
            .await;
        bar.finish_and_clear();
        app.close().await;
        println!(
            "{} branches with {bookings} bookings of {DATES} dates each took {:.0} s",
            self.branches,
            bar.elapsed().as_secs_f64()
        );
    }
}

/// How many bookings make at least so many facts, with the events that they need.
fn bookings(facts: usize) -> usize {
    let made = |bookings: usize| FIRST + Studio::for_bookings(bookings).events.len() + bookings * FACTS;
    let mut bookings = 1;
    while made(bookings) < facts {
        bookings += 1;
    }
    bookings
}

async fn fill(app: &App, first: usize, bookings: usize) {
    let studio = Studio::for_bookings(bookings);
    studio.furnish(app).await;
    let bookings = join_all((0..bookings).map(|n| studio.booking(app, first + n, studio.events_of(n)))).await;
    for opened in join_all(bookings.iter().map(|booking| app.ask(booking.opening.clone()))).await {
        opened.unwrap();
    }
    for confirmed in join_all(bookings.iter().map(|booking| app.ask(booking.confirmation.clone()))).await {
        confirmed.unwrap();
    }
}
