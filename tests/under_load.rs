//! Two hundred clients book through the HTTP API at once, many of them the same spots.
//!
//! With a timetable of one's own: `CARTWHEEL_LOAD_TIMETABLE=FILE.csv CARTWHEEL_LOAD_TIME_ZONE=America/Denver`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod crowd;
mod postgres_server;
mod running;
mod timetable;

use std::time::Instant;

use crowd::books::Books;
use crowd::{Crowd, carts, tally};
use running::{Kept, links};

const CLIENTS: usize = 200;

/// Carts per client.
const ATTEMPTS: usize = 5;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn e_01_two_hundred_clients_overbook_nothing_and_half_book_nothing_on_sqlite() {
    is_crowded(Kept::in_sqlite()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn e_01_two_hundred_clients_overbook_nothing_and_half_book_nothing_on_postgres() {
    is_crowded(Kept::in_postgres().await).await;
}

async fn is_crowded(kept: Kept) {
    let generated = kept.folder().join("week.csv");
    std::fs::write(&generated, timetable::csv(5, 21, 13)).unwrap();
    let variable = |name: &str, otherwise: &str| std::env::var(name).unwrap_or_else(|_| otherwise.to_owned());
    let file = variable("CARTWHEEL_LOAD_TIMETABLE", generated.to_str().unwrap());
    let zone = variable("CARTWHEEL_LOAD_TIME_ZONE", "Europe/Berlin");
    let report = kept.import(&file, &zone, "12");
    println!("{} events, {} closed, {} branches", report["events"], report["closed"], links(&report).len());

    let service = kept.serve();
    let crowd = Crowd::before(service.address("api"), &links(&report)).await;
    let began = Instant::now();
    let clients: Vec<_> = (0..CLIENTS)
        .map(|client| tokio::spawn(crowd.clone().keep_booking(client as u64, ATTEMPTS)))
        .collect();
    let mut attempts = vec![];
    for client in clients {
        attempts.extend(client.await.unwrap());
    }
    let took = began.elapsed();
    assert_eq!(service.stop().code(), Some(0));

    let (booked, refused, unanswered) = tally(&attempts);
    let books = Books::of(&kept.address).await;
    println!(
        "{} carts in {took:.1?}: {booked} booked, {refused} refused; {} appointments, {} events full",
        attempts.len(),
        books.appointments(),
        books.full()
    );
    assert_eq!((attempts.len(), unanswered), (CLIENTS * ATTEMPTS, 0));
    assert_eq!(carts(&attempts).len(), attempts.len());
    assert!(50 < booked && 50 < refused && 10 <= books.full(), "they have to fight for spots");
    books.assert_nothing_overbooked();
    books.assert_nothing_half_booked();
    books.assert_agree_with(&attempts);
}
