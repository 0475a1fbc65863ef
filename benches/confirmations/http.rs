//! The same through the public listener, asked by `wrk` (Debian: `apt-get install wrk`) over keep-alive connections.

use std::path::{Path, PathBuf};
use std::process::Command;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use axum::routing::get;
use cartwheel::web::{self, Hosts};
use serde_json::json;
use tokio::net::TcpListener;
use tower::ServiceExt;

use crate::measuring::{Measured, cpu};
use crate::studios::Booking;
use crate::world::World;

/// Threads of `wrk`.
const THREADS: usize = 2;

/// How long `wrk` asks.
const SECONDS: u32 = 3;

/// Asks for everything in a file of its thread, once. A request is a line with path, token, key and body.
const SCRIPT: &str = r#"
local threads = 0
function setup(thread)
    thread:set("id", threads)
    threads = threads + 1
end
local requests, sent = {}, 0
function init(args)
    for line in io.lines(args[1] .. "." .. id) do
        local path, token, key, body = line:match("^(%S+) (%S+) (%S+) (.*)$")
        local headers = { ["authorization"] = "Bearer " .. token, ["idempotency-key"] = key,
                          ["content-type"] = "application/json", ["host"] = "localhost" }
        requests[#requests + 1] = wrk.format("PUT", path, headers, body)
    end
end
function request()
    sent = sent + 1
    return requests[sent]
end
"#;

/// Confirms carts, which must be enough for the time that it takes.
pub async fn confirm(world: &World, connections: usize, count: usize) -> Measured {
    let app = world.app(&world.place.copy("opened", "run").await).await;
    let address = serve(web::public(app.clone(), Hosts::and_loopback([]))).await;
    let requests = world.place.folder().join("requests");
    let lines: Vec<String> =
        world.bookings[..count].iter().enumerate().map(|(n, it)| line(world, n, it)).collect();
    for thread in 0..THREADS {
        let mine: Vec<&str> = lines.iter().skip(thread).step_by(THREADS).map(String::as_str).collect();
        std::fs::write(with_suffix(&requests, thread), mine.join("\n")).unwrap();
    }
    let script = world.place.folder().join("confirm.lua");
    std::fs::write(&script, SCRIPT).unwrap();

    let wrk = ["-s".as_ref(), script.as_os_str(), "--".as_ref(), requests.as_os_str()];
    let before = facts(world).await;
    let measured = ask(&format!("http://{address}/"), connections, &wrk).await;
    app.close().await;
    let confirmed = (facts(world).await - before) / FACTS_OF_ONE;
    assert!((confirmed as usize) < count, "{count} carts are not enough");
    measured
}

fn with_suffix(path: &Path, thread: usize) -> PathBuf {
    let mut path = path.as_os_str().to_owned();
    path.push(format!(".{thread}"));
    path.into()
}

/// Facts of one confirmation.
const FACTS_OF_ONE: u64 = 21;

async fn facts(world: &World) -> u64 {
    let ledger = world.place.address("run").open(false).await.unwrap();
    let mut facts = 0;
    for studio in &world.studios {
        facts += ledger.tail(studio.branch).await.unwrap().head;
    }
    ledger.close().await;
    facts
}

fn line(world: &World, n: usize, booking: &Booking) -> String {
    let branch = world.studio(n).branch;
    let body = json!({"name": "Anna Berg", "phone": booking.phone, "email": format!("anna{n}@example.org"),
                      "mode": "all_or_nothing"});
    let path = format!("/api/v1/branches/{branch}/carts/{}/confirmation", booking.cart);
    format!("{path} {} key-{n} {body}", booking.token)
}

/// The first page of what a link lists.
pub async fn availability(world: &World, connections: usize) -> Measured {
    let app = world.app(&world.place.copy("opened", "run").await).await;
    let address = serve(web::public(app.clone(), Hosts::and_loopback([]))).await;
    let measured = ask(&format!("http://{address}{}", list(world)), connections, &[]).await;
    app.close().await;
    measured
}

fn list(world: &World) -> String {
    let studio = world.studio(0);
    format!("/api/v1/branches/{}/links/{}/activities", studio.branch, studio.link)
}

/// What axum makes of a handler that sends those bytes and does nothing else: what is left for sockets and `wrk`.
pub async fn same_bytes(world: &World, connections: usize) -> Measured {
    let app = world.app(&world.place.copy("opened", "run").await).await;
    let request = Request::get(list(world)).header(header::HOST, "localhost").body(Body::empty()).unwrap();
    let answer = web::public(app.clone(), Hosts::and_loopback([])).oneshot(request).await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    let bytes = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    app.close().await;
    let json = [(header::CONTENT_TYPE, "application/json")];
    let address = serve(Router::new().route("/", get(async move || (json, bytes.clone())))).await;
    ask(&format!("http://{address}/"), connections, &[]).await
}

/// What axum makes of a handler that does nothing.
pub async fn nothing(connections: usize) -> Measured {
    let address = serve(Router::new().route("/", get(async || {}))).await;
    ask(&format!("http://{address}/"), connections, &[]).await
}

/// Serves until the process ends.
async fn serve(routes: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async { axum::serve(listener, routes).await });
    format!("localhost:{port}")
}

async fn ask(url: &str, connections: usize, more: &[&std::ffi::OsStr]) -> Measured {
    let mut wrk = Command::new("wrk");
    wrk.args(["--latency", "-t", &THREADS.to_string(), "-c", &connections.to_string()]);
    wrk.args(["-d", &format!("{SECONDS}s"), url]).args(more);
    let before = cpu();
    let output = tokio::task::spawn_blocking(move || wrk.output()).await.unwrap();
    let cpu = cpu() - before;
    let said = String::from_utf8(output.expect("wrk is needed: apt-get install wrk").stdout).unwrap();
    assert!(!said.contains("Non-2xx") && !said.contains("Socket errors"), "{said}");
    let after = |name: &str| {
        let line = said.lines().find_map(|line| line.trim().strip_prefix(name));
        line.and_then(|rest| rest.split_whitespace().next()).unwrap_or_else(|| panic!("no {name} in {said}"))
    };
    let (total, seconds) = said.lines().find_map(|line| line.trim().split_once(" requests in ")).unwrap();
    let total: f64 = total.parse().unwrap();
    let seconds = milliseconds(seconds.split(',').next().unwrap()) / 1e3;
    Measured {
        per_second: total / seconds,
        cpu: cpu * 1e3 / total,
        p50: milliseconds(after("50%")),
        p99: milliseconds(after("99%")),
    }
}

/// A duration as `wrk` writes it: `810.00us`, `1.23ms`, `4.05s`, `1.02m`.
fn milliseconds(duration: &str) -> f64 {
    let units = [("us", 1e-3), ("ms", 1.0), ("s", 1e3), ("m", 6e4)];
    let read = units
        .iter()
        .find_map(|(unit, times)| Some(duration.strip_suffix(unit)?.parse::<f64>().ok()? * times));
    read.unwrap_or_else(|| panic!("{duration} is no duration"))
}
