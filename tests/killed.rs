//! The process is killed at random moments under load, and started again on what is left.
//!
//! Twenty times with `CARTWHEEL_KILLS=20`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod crowd;
mod postgres_server;
mod running;
mod timetable;

use std::time::Duration;

use crowd::books::Books;
use crowd::{Attempt, Crowd, Told, tally};
use rand::RngExt;
use running::{Kept, links};

const CLIENTS: u64 = 40;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn e_04_nothing_acknowledged_is_lost_and_nothing_is_half_done_when_the_process_is_killed_on_sqlite() {
    is_killed(Kept::in_sqlite()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn e_04_nothing_acknowledged_is_lost_and_nothing_is_half_done_when_the_process_is_killed_on_postgres() {
    is_killed(Kept::in_postgres().await).await;
}

async fn is_killed(kept: Kept) {
    let kills = std::env::var("CARTWHEEL_KILLS").map_or(5, |kills| kills.parse().unwrap());
    let file = kept.folder().join("week.csv");
    std::fs::write(&file, timetable::csv(6, 5, 21)).unwrap();
    let links = links(&kept.import(file.to_str().unwrap(), "Europe/Berlin", "20"));
    let mut crowd: Option<Crowd> = None;
    let mut attempts: Vec<Attempt> = vec![];
    let mut answered_late = 0;

    for kill in 0..kills {
        let service = kept.serve();
        let api = service.address("api").to_owned();
        let people = match &crowd {
            Some(crowd) => crowd.moved_to(&api),
            None => Crowd::before(&api, &links).await,
        };
        // Whoever was left without an answer asks again, with the same key.
        for attempt in attempts.iter_mut().filter(|it| it.told == Told::Nothing { asked: true }) {
            attempt.told = people.ask_once(attempt).await;
            answered_late += 1;
        }
        let clients: Vec<_> = (0..CLIENTS)
            .map(|client| tokio::spawn(people.clone().keep_booking(kill * CLIENTS + client, usize::MAX)))
            .collect();
        let moment = rand::rng().random_range(100..1500);
        tokio::time::sleep(Duration::from_millis(moment)).await;
        service.kill();
        for client in clients {
            attempts.extend(client.await.unwrap());
        }
        crowd = Some(people);

        let verdict = kept.run("verify");
        assert_eq!(verdict.status.code(), Some(0), "killed after {moment} ms: {verdict:?}");
        let books = Books::of(&kept.address).await;
        books.assert_nothing_overbooked();
        books.assert_nothing_half_booked();
        books.assert_agree_with(&attempts);
    }

    let (booked, refused, unanswered) = tally(&attempts);
    println!(
        "killed {kills} times: {} carts, {booked} booked, {refused} refused, {unanswered} without an answer; \
         {answered_late} were told after a restart",
        attempts.len()
    );
    let interrupted = unanswered + answered_late;
    assert!(0 < booked && 0 < interrupted, "it has to be killed in the middle of something");
}
