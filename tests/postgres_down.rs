//! PostgreSQL goes down under a running service, and comes back.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

mod postgres_server;
mod running;
mod timetable;

use std::time::{Duration, Instant};

use postgres_server::{Database, Server};
use reqwest::{Client, RequestBuilder, Response, StatusCode};
use running::{Kept, Serving, links};
use serde_json::{Value, json};
use sqlx::Executor;

/// The longest that anybody waits for an answer while the store is away.
const BOUND: Duration = Duration::from_secs(20);

/// A service on a server of its own, and a client of its first studio.
struct World {
    server: Option<Server>,
    kept: Kept,
    service: Serving,
    http: Client,
    branch: String,
    link: String,
}

impl World {
    async fn new() -> Self {
        let server = tokio::task::spawn_blocking(Server::start).await.unwrap();
        let kept = Kept::in_database(Database::on(&server.url("postgres")).await);
        let file = kept.folder().join("week.csv");
        std::fs::write(&file, timetable::csv(1, 2, 5)).unwrap();
        let (branch, link) = links(&kept.import(file.to_str().unwrap(), "Europe/Berlin", "8")).remove(0);
        let service = kept.serve();
        let http = Client::builder().no_proxy().timeout(Duration::from_mins(1)).build().unwrap();
        Self { server: Some(server), kept, service, http, branch, link }
    }

    fn url(&self, path: &str) -> String {
        format!("{}/branches/{}/{path}", self.service.address("api"), self.branch)
    }

    async fn events(&self) -> Vec<Value> {
        let url = self.url(&format!("links/{}/activities?limit=100", self.link));
        let page: Value = self.http.get(url).send().await.unwrap().json().await.unwrap();
        let first = &page["items"][0];
        let same =
            |event: &&Value| ["service_id", "team_member_id"].iter().all(|name| event[name] == first[name]);
        let events = page["items"].as_array().unwrap().iter().filter(same).take(3);
        events.map(|event| json!({"activity_id": event["activity_id"]})).collect()
    }

    fn opening(&self, events: &[Value]) -> RequestBuilder {
        self.http.post(self.url("carts")).json(&json!({"link_id": self.link, "events": events}))
    }

    fn confirmation(&self, cart: &Value) -> RequestBuilder {
        let cart_id = cart["cart_id"].as_str().unwrap();
        self.http
            .put(self.url(&format!("carts/{cart_id}/confirmation")))
            .bearer_auth(cart["token"].as_str().unwrap())
            .header("idempotency-key", "once")
            .json(&json!({"name": "Anna Berg", "phone": "030 23125 014"}))
    }

    async fn down(&mut self) {
        let mut server = self.server.take().unwrap();
        let down = tokio::task::spawn_blocking(move || {
            server.kill();
            server
        });
        self.server = Some(down.await.unwrap());
    }

    async fn up(&mut self) {
        let mut server = self.server.take().unwrap();
        let up = tokio::task::spawn_blocking(move || {
            server.go_on();
            server
        });
        self.server = Some(up.await.unwrap());
    }
}

async fn body(answer: Response) -> Value {
    answer.json().await.unwrap()
}

/// Sends, and asserts that the store is said to be away, in time, and when to ask again.
async fn assert_away(request: RequestBuilder) -> Value {
    let began = Instant::now();
    let answer = request.send().await.unwrap();
    assert!(began.elapsed() < BOUND, "it took {:?}", began.elapsed());
    assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
    let wait: u64 = answer.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=60).contains(&wait));
    body(answer).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_22_while_the_database_is_down_commands_are_told_so_in_time_and_afterwards_all_goes_on() {
    let mut world = World::new().await;
    let events = world.events().await;
    let cart = body(world.opening(&events).send().await.unwrap()).await;

    for _ in 0..2 {
        world.down().await;
        let (opening, confirmation, ready) = tokio::join!(
            assert_away(world.opening(&events)),
            assert_away(world.confirmation(&cart)),
            world.http.get(format!("{}/readyz", world.service.address("listen"))).send()
        );
        assert!(opening["code"].is_string() && confirmation["code"].is_string(), "{opening} {confirmation}");
        assert_eq!(ready.unwrap().status(), StatusCode::SERVICE_UNAVAILABLE);
        world.up().await;

        let began = Instant::now();
        let opened = world.opening(&events).send().await.unwrap();
        assert_eq!(opened.status(), StatusCode::CREATED, "without a restart");
        assert!(began.elapsed() < Duration::from_secs(5), "it took {:?}", began.elapsed());
    }

    let booked = world.confirmation(&cart).send().await.unwrap();
    assert_eq!(booked.status(), StatusCode::OK);
    assert_eq!(body(booked).await["appointments"].as_array().unwrap().len(), 3);
    assert_eq!(world.kept.run("verify").status.code(), Some(0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_22_whoever_was_told_unknown_gets_the_truth_with_the_same_key() {
    let mut world = World::new().await;
    let events = world.events().await;
    let cart = body(world.opening(&events).send().await.unwrap()).await;
    let mut door = world.kept.back_door().await;
    door.execute("BEGIN").await.unwrap();
    door.execute("SELECT 1 FROM ledgers FOR UPDATE").await.unwrap();
    // The append waits for the ledger's row when its connection breaks.
    let on_its_way = tokio::spawn(assert_away(world.confirmation(&cart)));
    let waits = "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock')";
    // Not through the door: within a transaction it would be told the same again and again.
    let mut window = world.kept.back_door().await;
    while !sqlx::query_scalar::<_, bool>(waits).fetch_one(&mut window).await.unwrap() {
        assert!(!on_its_way.is_finished(), "it did not wait");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }

    world.down().await;

    let told = on_its_way.await.unwrap();
    assert_eq!(told["code"], "outcome-unknown", "{told}");
    world.up().await;
    let first = body(world.confirmation(&cart).send().await.unwrap()).await;
    let second = body(world.confirmation(&cart).send().await.unwrap()).await;
    assert_eq!(first["appointments"].as_array().unwrap().len(), 3, "{first}");
    assert_eq!(first, second);
    assert_eq!(world.kept.run("verify").status.code(), Some(0));
}
