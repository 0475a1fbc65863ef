//! `verify --mirror` names the first place where ledger and stream differ.

use cartwheel::ledger::{Address, Entry};
use cartwheel::mirror::proposed;
use serde_json::Value;

use crate::house::{House, Kind, append};
use crate::running::{run, stderr, stdout};
use crate::studio::store::on_every_store;

on_every_store!(
    a_mirror_that_holds_what_the_ledger_does_is_clean,
    what_is_not_mirrored_yet_is_counted_and_no_difference,
    a_fact_that_was_changed_there_is_named,
    a_fact_that_only_the_mirror_has_is_named,
);

/// Asks the program.
async fn verify(house: &House, url: &str) -> (Option<i32>, Value) {
    let store = match house.store.place().address {
        Address::Sqlite(path) => format!("sqlite:{}", path.display()),
        Address::Postgres(url) => url,
    };
    let url = url.to_owned();
    let asking = move || run(&["verify", "--store", &store, "--mirror", &url, "--format", "json"]);
    let output = tokio::task::spawn_blocking(asking).await.unwrap();
    let said = serde_json::from_str(&stdout(&output)).unwrap_or_else(|_| stderr(&output).into());
    (output.status.code(), said)
}

/// A mirror with these facts, as if they had been brought there.
async fn mirror(house: &House, url: &str, facts: &[Entry]) {
    append(url, house.branch, facts.iter().map(|fact| proposed(house.branch, fact).unwrap()).collect()).await;
}

async fn a_mirror_that_holds_what_the_ledger_does_is_clean() {
    let (server, house) = (Kind::server().await, House::open().await);
    house.schedule(20).await;
    mirror(&house, &server.url, &house.facts().await).await;

    let (code, said) = verify(&house, &server.url).await;

    assert_eq!(code, Some(0), "{said}");
    assert_eq!(said["mirror"]["facts"], 23);
    assert_eq!(said["mirror"]["behind"], 0);
}

async fn what_is_not_mirrored_yet_is_counted_and_no_difference() {
    let (server, house) = (Kind::server().await, House::open().await);
    mirror(&house, &server.url, &house.facts().await[..2]).await;

    let (code, said) = verify(&house, &server.url).await;

    assert_eq!(code, Some(0), "{said}");
    assert_eq!(said["mirror"]["facts"], 2);
    assert_eq!(said["mirror"]["behind"], 1);
}

async fn a_fact_that_was_changed_there_is_named() {
    let (server, house) = (Kind::server().await, House::open().await);
    let mut facts = house.facts().await;
    facts[1].payload = facts[1].payload.replace("Yoga", "Yogi");
    mirror(&house, &server.url, &facts).await;

    let (code, said) = verify(&house, &server.url).await;

    assert_eq!(code, Some(1), "{said}");
    assert_eq!(said["difference"], Value::Null);
    assert_eq!(said["mirror"]["difference"]["place"]["position"], 2);
}

async fn a_fact_that_only_the_mirror_has_is_named() {
    let (server, house) = (Kind::server().await, House::open().await);
    let mut facts = house.facts().await;
    let mut more = facts.last().unwrap().clone();
    (more.position, more.sequence) = (more.position + 1, more.sequence + 1);
    more.hash = facts.last().unwrap().hash.then(&more);
    facts.push(more);
    mirror(&house, &server.url, &facts).await;

    let (code, said) = verify(&house, &server.url).await;

    assert_eq!(code, Some(1), "{said}");
    assert_eq!(said["mirror"]["difference"]["place"]["position"], 4);
    assert_eq!(said["mirror"]["difference"]["should_be"], "nothing, as in the ledger");
}

#[tokio::test]
async fn a_mirror_that_cannot_be_asked_is_said_to_be_so() {
    let house = House::open().await;

    let (code, said) = verify(&house, "esdb://127.0.0.1:9?tls=false").await;

    assert_eq!(code, Some(2), "{said}");
    assert!(said.as_str().unwrap().contains("EventStoreDB at 127.0.0.1:9 cannot be asked"), "{said}");
}
