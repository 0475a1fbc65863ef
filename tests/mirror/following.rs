//! Every fact becomes one event, at its place.

use cartwheel::mirror::event_id;
use serde_json::Value;

use crate::house::{House, Kind, append, connection, read};
use crate::studio::store::on_every_store;

on_every_store!(
    every_fact_becomes_the_event_at_its_place,
    it_goes_on_where_it_stopped,
    what_comes_later_follows_at_once,
    ;
    two_processes_mirror_a_branch_and_every_fact_is_there_once,
);

async fn every_fact_becomes_the_event_at_its_place() {
    let (server, house) = (Kind::server().await, House::open().await);
    house.schedule(40).await;
    let other = house.another_branch().await;

    let mirroring = house.mirror_to(&server.url).await;
    house.is_mirrored(&server.url).await;
    mirroring.stop().await;

    for branch in [house.branch, other] {
        let (facts, events) = (house.facts_of(branch).await, read(&server.url, branch).await);
        assert_eq!(facts.len(), events.len());
        for (fact, event) in facts.iter().zip(&events) {
            assert_eq!(event.revision + 1, fact.position);
            assert_eq!(event.id, event_id(branch, fact.position));
            assert_eq!((event.event_type.as_str(), event.is_json), (fact.event_type.as_str(), true));
            assert_eq!(event.data, fact.payload);
            let metadata: Value = serde_json::from_slice(&event.custom_metadata).unwrap();
            assert_eq!(metadata["hash"], fact.hash.to_string());
            assert_eq!(metadata["metadata"], serde_json::from_str::<Value>(&fact.metadata).unwrap());
        }
    }
}

async fn it_goes_on_where_it_stopped() {
    let (server, house) = (Kind::server().await, House::open().await);
    let mirroring = house.mirror_to(&server.url).await;
    house.is_mirrored(&server.url).await;
    mirroring.stop().await;

    house.schedule(700).await;
    let mirroring = house.mirror_to(&server.url).await;
    house.is_mirrored(&server.url).await;
    mirroring.stop().await;

    assert_eq!(read(&server.url, house.branch).await.len(), house.facts().await.len());
}

async fn what_comes_later_follows_at_once() {
    let (server, house) = (Kind::server().await, House::open().await);
    let mirroring = house.mirror_to(&server.url).await;
    house.is_mirrored(&server.url).await;

    for _ in 0..5 {
        house.schedule(3).await;
        house.is_mirrored(&server.url).await;
    }

    mirroring.stop().await;
}

async fn two_processes_mirror_a_branch_and_every_fact_is_there_once() {
    let (server, house) = (Kind::server().await, House::open().await);
    let mirrors = [house.mirror_to(&server.url).await, house.mirror_to(&server.url).await];

    for _ in 0..20 {
        house.schedule(11).await;
    }
    house.is_mirrored(&server.url).await;

    assert_eq!(read(&server.url, house.branch).await.len(), house.facts().await.len());
    // Neither took the other's events for somebody else's.
    house.schedule(1).await;
    let [first, second] = mirrors;
    first.stop().await;
    house.is_mirrored(&server.url).await;
    house.schedule(1).await;
    house.is_mirrored(&server.url).await;
    second.stop().await;
}

#[tokio::test]
async fn a_server_answers_which_version_it_has() {
    let server = Kind::server().await;

    let version = connection(&server.url).ask_version().await.unwrap();

    assert!(version.split('.').all(|part| part.parse::<u32>().is_ok()), "{version}");
}

#[tokio::test]
async fn a_stream_that_holds_something_else_is_left_alone_and_others_go_on() {
    let (server, house) = (Kind::server().await, House::open().await);
    let foreign = || eventstore::EventData::json("somebody.else.v1", &1).unwrap();
    append(&server.url, house.branch, vec![foreign()]).await;
    let mirroring = house.mirror_to(&server.url).await;

    let other = house.another_branch().await;
    while read_or_nothing(&server.url, other).await < 3 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    house.schedule(5).await;
    house.schedule_in(other, 5).await;
    while read_or_nothing(&server.url, other).await < 8 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }

    mirroring.stop().await;
    let events = read(&server.url, house.branch).await;
    assert_eq!(events.len(), 1);
    assert_eq!(events[0].event_type, "somebody.else.v1");
}

async fn read_or_nothing(url: &str, branch: aggregates::ids::BranchId) -> usize {
    let client = crate::house::client(url);
    let all = eventstore::ReadStreamOptions::default();
    let name = cartwheel::mirror::stream_name(branch);
    let mut found = client.read_stream(name, &all).await.unwrap();
    let mut count = 0;
    while let Ok(Some(_)) = found.next().await {
        count += 1;
    }
    count
}
