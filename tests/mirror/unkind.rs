//! A server that is away, stalls, refuses, loses answers or takes little: the mirror waits and goes on, and nobody who books
//! hears of it.

use std::time::{Duration, Instant};

use cartwheel::mirror::{proposed, stream_name};
use eventstore::RecordedEvent;
use eventstore_server::Server;
use eventstore_server::store::{Expected, Found, From};

use crate::house::{House, append, read};

#[tokio::test]
async fn a_server_that_is_away_at_first_gets_everything_once_it_is_there() {
    let (server, house) = (Server::start().await.unwrap(), House::open().await);
    server.go_down();
    let mirroring = house.mirror_to(&server.url()).await;
    tokio::time::sleep(Duration::from_secs(1)).await;

    house.schedule(5).await;
    server.come_back().await.unwrap();

    house.is_mirrored(&server.url()).await;
    mirroring.stop().await;
}

#[tokio::test]
async fn a_server_that_restarts_again_and_again_ends_with_everything_in_order() {
    let (server, house) = (Server::start().await.unwrap(), House::open().await);
    let mirroring = house.mirror_to(&server.url()).await;

    for _ in 0..5 {
        house.schedule(30).await;
        server.go_down();
        house.schedule(30).await;
        tokio::time::sleep(Duration::from_millis(200)).await;
        server.come_back().await.unwrap();
        house.schedule(30).await;
        server.faults().drop_connections();
    }

    house.is_mirrored(&server.url()).await;
    mirroring.stop().await;
    assert_eq!(read(&server.url(), house.branch).await.len(), house.facts().await.len());
}

#[tokio::test]
async fn bookings_do_not_wait_for_a_server_that_stalls() {
    let (server, house) = (Server::start().await.unwrap(), House::open().await);
    let mirroring = house.mirror_to(&server.url()).await;
    house.is_mirrored(&server.url()).await;

    server.faults().stall(true);
    let began = Instant::now();
    for _ in 0..20 {
        house.schedule(5).await;
    }
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    server.faults().stall(false);

    house.is_mirrored(&server.url()).await;
    mirroring.stop().await;
}

#[tokio::test]
async fn whoever_stops_does_not_wait_for_a_server_that_stalls() {
    let (server, house) = (Server::start().await.unwrap(), House::open().await);
    server.faults().stall(true);
    let mirroring = house.mirror_to(&server.url()).await;
    tokio::time::sleep(Duration::from_millis(300)).await;

    let began = Instant::now();
    mirroring.stop().await;

    assert!(began.elapsed() < Duration::from_millis(500), "{:?}", began.elapsed());
}

#[tokio::test]
async fn a_server_that_refuses_gets_everything_later() {
    let (server, house) = (Server::start().await.unwrap(), House::open().await);
    server.faults().refuse(true);
    let mirroring = house.mirror_to(&server.url()).await;
    house.schedule(10).await;
    tokio::time::sleep(Duration::from_secs(1)).await;

    server.faults().refuse(false);

    house.is_mirrored(&server.url()).await;
    mirroring.stop().await;
}

#[tokio::test]
async fn an_append_whose_answer_was_lost_is_seen_to_be_there() {
    let (server, house) = (Server::start().await.unwrap(), House::open().await);
    let mirroring = house.mirror_to(&server.url()).await;
    house.is_mirrored(&server.url()).await;

    for _ in 0..3 {
        server.faults().lose_answers(1);
        house.schedule(7).await;
        house.is_mirrored(&server.url()).await;
    }

    mirroring.stop().await;
    assert_eq!(read(&server.url(), house.branch).await.len(), house.facts().await.len());
}

#[tokio::test]
async fn what_somebody_brought_meanwhile_is_seen_to_be_the_same_and_only_the_rest_is_brought() {
    let (server, house) = (Server::start().await.unwrap(), House::open().await);
    let mirroring = house.mirror_to(&server.url()).await;
    house.is_mirrored(&server.url()).await;
    let (name, before) = (stream_name(house.branch), house.facts().await.len() as u64);

    // Five facts wait at the door, and two of them come in by another.
    server.faults().stall(true);
    house.schedule(5).await;
    let elsewhere = Server::start().await.unwrap();
    let other = house.mirror_to(&elsewhere.url()).await;
    house.is_mirrored(&elsewhere.url()).await;
    other.stop().await;
    let found = elsewhere.store().read(&name, From::At(before), true, 2);
    let Found::Events(two) = found else { panic!("{found:?}") };
    let two = two.into_iter().map(|stored| stored.event).collect();
    server.store().append(&name, Expected::Exactly(before - 1), two, 0).unwrap();
    server.faults().stall(false);

    house.is_mirrored(&server.url()).await;
    mirroring.stop().await;
    assert_eq!(read(&server.url(), house.branch).await.len(), house.facts().await.len());
}

#[tokio::test]
async fn what_a_server_does_not_take_at_once_comes_in_parts() {
    let (server, house) = (Server::start_with(4 << 10).await.unwrap(), House::open().await);
    house.schedule(300).await;

    let mirroring = house.mirror_to(&server.url()).await;

    house.is_mirrored(&server.url()).await;
    mirroring.stop().await;
}

#[tokio::test]
async fn a_fact_that_a_server_never_takes_stops_its_branch_and_nothing_before_it() {
    let (generous, house) = (Server::start().await.unwrap(), House::open().await);
    let mirroring = house.mirror_to(&generous.url()).await;
    house.is_mirrored(&generous.url()).await;
    mirroring.stop().await;
    let before = read(&generous.url(), house.branch).await;
    let weight =
        |event: &RecordedEvent| event.event_type.len() + event.data.len() + event.custom_metadata.len();
    let server = Server::start_with(before.iter().map(weight).max().unwrap()).await.unwrap();
    house.rename_service(&"x".repeat(200)).await;
    house.schedule(3).await;

    let mirroring = house.mirror_to(&server.url()).await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    mirroring.stop().await;

    assert_eq!(read(&server.url(), house.branch).await.len(), before.len());
}

#[tokio::test]
async fn facts_that_the_ledger_does_not_have_stop_the_mirror() {
    let (server, house) = (Server::start().await.unwrap(), House::open().await);
    let facts = house.facts().await;
    let mut events: Vec<_> = facts.iter().map(|fact| proposed(house.branch, fact).unwrap()).collect();
    let mut more = facts.last().unwrap().clone();
    more.position += 1;
    events.push(proposed(house.branch, &more).unwrap());
    append(&server.url(), house.branch, events).await;

    let mirroring = house.mirror_to(&server.url()).await;
    house.schedule(5).await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    mirroring.stop().await;

    assert_eq!(read(&server.url(), house.branch).await.len(), facts.len() + 1);
}

#[tokio::test]
async fn a_stream_that_was_deleted_is_not_begun_anew() {
    let (server, house) = (Server::start().await.unwrap(), House::open().await);
    let mirroring = house.mirror_to(&server.url()).await;
    house.is_mirrored(&server.url()).await;

    let name = stream_name(house.branch);
    server.store().tombstone(&name, Expected::Any).unwrap();
    house.schedule(5).await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    mirroring.stop().await;

    let difference = house.compare(&server.url()).await.difference.unwrap();
    assert!(
        difference.to_string().ends_with("position 1: is a deleted stream; should be a fact"),
        "{difference}"
    );
}
