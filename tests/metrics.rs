//! What the service tells of itself in numbers, and what dashboards and alerts ask of them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

#[path = "limits/asking.rs"]
mod asking;
mod postgres_server;
mod running;

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use asking::Door;
use cartwheel::telemetry::NAMES;
use running::{Kept, Serving};

const DASHBOARD: &str = "packaging/grafana/dashboards/cartwheel.json";
const ALERTS: &str = "packaging/prometheus/alerts.yml";

fn counted(kept: &Kept, more: &[&str]) -> Serving {
    let key = &kept.arguments()[2..];
    Serving::start("demo", &kept.address, &[key, &["--admin-listen", "127.0.0.1:0"], more].concat())
}

async fn scrape(service: &Serving) -> String {
    let answer = reqwest::get(service.address("metrics")).await.unwrap();
    assert!(answer.headers()["content-type"].to_str().unwrap().starts_with("text/plain; version=0.0.4"));
    answer.text().await.unwrap()
}

/// The value of the first number that is called so and has these labels.
fn value(scraped: &str, name: &str, labels: &[&str]) -> Option<f64> {
    let line = scraped.lines().find(|line| {
        line.split(['{', ' ']).next() == Some(name) && labels.iter().all(|label| line.contains(label))
    });
    line?.rsplit(' ').next()?.parse().ok()
}

/// Books, is refused, and is limited: afterwards every number is there, and a connection for as long as this is kept.
async fn used(service: &Serving) -> Door {
    let door = Door::of(service);
    let dates = door.dates().await;
    let cart = door.cart_with("198.51.100.1", &dates[..2]).await;
    door.confirm("198.51.100.1", &cart, "030 23125 014").await.is(200);
    door.confirm("198.51.100.1", &cart, "030 23125 014").await.is(200);
    let again = door.cart_with("198.51.100.1", &dates[..2]).await;
    door.confirm("198.51.100.1", &again, "030 23125 014").await.is(422);
    door.by("198.51.100.1").get("/nowhere").await.is(404);
    for _ in 0..30 {
        door.by("198.51.100.2").get("/api/v1/openapi.json").await;
    }
    let began = Instant::now();
    while value(&scrape(service).await, "cartwheel_deliveries_total", &[]).is_none() {
        assert!(began.elapsed() < Duration::from_secs(20), "nobody was told of the booking");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    door
}

#[tokio::test]
async fn requests_commands_appends_refusals_and_limits_are_counted_and_nobody_is_named() {
    let kept = Kept::in_sqlite();
    let few = ["--trusted-proxy", "127.0.0.1", "--rate-limit", "requests=20:1/min"];
    let service = counted(&kept, &few);
    let _open = used(&service).await;

    let scraped = scrape(&service).await;

    let at_least = |least: f64, name: &str, labels: &[&str]| {
        let found = value(&scraped, name, labels);
        assert!(found.is_some_and(|found| least <= found), "{name} {labels:?} is {found:?} in {scraped}");
    };
    let confirmation = "route=\"/api/v1/branches/{branch}/carts/{cart}/confirmation\"";
    at_least(2.0, "cartwheel_requests_total", &[confirmation, "method=\"PUT\"", "status=\"200\""]);
    at_least(1.0, "cartwheel_requests_total", &[confirmation, "status=\"422\""]);
    at_least(3.0, "cartwheel_request_seconds_count", &[confirmation]);
    at_least(1.0, "cartwheel_commands_total", &["confirm-multi-booking", "accepted"]);
    at_least(1.0, "cartwheel_commands_total", &["confirm-multi-booking", "replayed"]);
    at_least(1.0, "cartwheel_commands_total", &["confirm-multi-booking", "refused"]);
    at_least(1.0, "cartwheel_append_seconds_count", &["stored"]);
    at_least(3.0, "cartwheel_lane_batch_commands_count", &[]);
    at_least(1.0, "cartwheel_problems_total", &["not-booked"]);
    at_least(10.0, "cartwheel_limited_total", &["requests"]);
    at_least(1.0, "cartwheel_deliveries_total", &["messages", "delivered"]);
    at_least(1.0, "cartwheel_now", &["lanes"]);
    at_least(1.0, "cartwheel_now", &["connections"]);
    at_least(1e6, "cartwheel_now", &["memory_bytes"]);
    at_least(1.0, "cartwheel_build_info", &[env!("CARGO_PKG_VERSION")]);
    assert_eq!(value(&scraped, "cartwheel_commands_waiting", &[]), Some(0.0));
    for secret in ["Anna", "23125", "198.51.100", "/nowhere", "Bearer"] {
        assert!(!scraped.contains(secret), "{secret}");
    }
    service.stop();
}

#[tokio::test]
async fn the_admin_listener_says_whether_the_service_is_ready_and_nothing_is_there_without_it() {
    let kept = Kept::in_sqlite();
    let service = counted(&kept, &[]);
    let at = |path: &str| service.address("metrics").replace("/metrics", path);

    for path in ["/healthz", "/readyz"] {
        assert_eq!(reqwest::get(at(path)).await.unwrap().status(), 200);
    }
    let admin = at("").replace("http://", "");
    let healthy = ["healthcheck", "--listen", "127.0.0.1:9", "--admin-listen", &admin];
    assert!(running::run(&healthy).status.success());
    assert!(!running::run(&healthy[..3]).status.success());
    let foreign =
        reqwest::Client::new().get(at("/metrics")).header("host", "example.org").send().await.unwrap();
    assert_eq!(foreign.status(), 421);
    for listener in ["listen", "staff_listen"] {
        let metrics = format!("{}/metrics", service.address(listener));
        assert_eq!(reqwest::get(metrics).await.unwrap().status(), 404);
    }
    service.stop();
    let service = Serving::start("demo", &kept.address, &kept.arguments()[2..]);
    assert!(service.ready.get("metrics").is_none());
    service.stop();
}

/// Names of numbers in a query or a scrape, without what histograms add to theirs.
fn names(text: &str) -> BTreeSet<String> {
    let words = text.split(|it: char| !it.is_ascii_alphanumeric() && it != '_');
    let bare = |word: &str| {
        let ends = ["_bucket", "_count", "_sum"].iter().find_map(|end| word.strip_suffix(end));
        ends.unwrap_or(word).to_owned()
    };
    words.filter(|word| word.starts_with("cartwheel_")).map(bare).collect()
}

#[tokio::test]
async fn dashboard_and_alerts_ask_only_for_numbers_that_there_are() {
    let kept = Kept::in_sqlite();
    let service = counted(&kept, &["--trusted-proxy", "127.0.0.1", "--rate-limit", "requests=20:1/min"]);
    let _open = used(&service).await;
    let scraped = scrape(&service).await;
    service.stop();
    let known: BTreeSet<String> = NAMES.iter().map(|(name, _)| (*name).to_owned()).collect();
    // Of a family with labels nothing is told before it happened.
    let there: BTreeSet<String> = scraped
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(|line| names(line.split(['{', ' ']).next().unwrap_or_default()))
        .chain(["cartwheel_connections_turned_away_total".to_owned()])
        .collect();
    assert_eq!(there, known);

    for file in [DASHBOARD, ALERTS] {
        let asked = names(&std::fs::read_to_string(file).unwrap());
        assert!(3 < asked.len(), "{file} asks for {asked:?}");
        let unknown: Vec<_> = asked.difference(&known).collect();
        assert!(unknown.is_empty(), "{file} asks for {unknown:?}");
    }
    let documented = names(&std::fs::read_to_string("docs/operating.md").unwrap());
    assert_eq!(known.difference(&documented).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn there_are_seven_alerts_and_each_says_what_to_do() {
    let alerts = std::fs::read_to_string(ALERTS).unwrap();

    assert_eq!(alerts.matches("- alert: ").count(), 7);
    for part in ["expr: ", "for: ", "summary: ", "description: ", "runbook_url: "] {
        assert_eq!(alerts.matches(part).count(), 7, "{part}");
    }
    let operating = std::fs::read_to_string("docs/operating.md").unwrap();
    for name in alerts.lines().filter_map(|line| line.trim().strip_prefix("- alert: ")) {
        assert!(operating.contains(&format!("### {name}")), "{name} has no section in docs/operating.md");
    }
}
