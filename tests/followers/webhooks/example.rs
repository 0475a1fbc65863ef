//! The example of a receiver takes what is sent.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use cartwheel::clock::Clock;
use serde_json::json;

use super::{below, follow, last_outcome, studio};
use crate::studio::http::at;

/// Ended when it is dropped.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn receiver(port: u16, secret: &str) -> Running {
    let mut command = Command::new("python3");
    command.args(["examples/webhooks/receiver.py", &port.to_string(), secret]);
    Running(command.stdout(Stdio::piped()).spawn().unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn b_11_the_example_of_a_receiver_verifies_and_prints_each_fact() {
    let mut studio = studio().await;
    // The receiver looks at its own clock.
    studio.app = studio.app.with_clock(Clock::system());
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let body = json!({"url": format!("http://127.0.0.1:{port}/"), "types": ["cart.confirmed.v1"]});
    let made = studio.ask_staff("POST", &at("/webhooks"), &[], Some(body)).await.accepted();
    let mut running = receiver(port, made["secret"].as_str().unwrap());
    let following = follow(&studio);
    // Until it listens.
    while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }

    studio.ask_staff("POST", &below(&made, "/test"), &[], None).await.accepted();
    let all = studio.deliveries_when(&made, |all| all.iter().any(|it| !last_outcome(it).is_empty())).await;
    assert_eq!((last_outcome(&all[0]), all[0]["attempts"][0]["status"].as_u64()), ("delivered", Some(204)));
    let mut line = String::new();
    let mut told = BufReader::new(running.0.stdout.take().unwrap());
    told.read_line(&mut line).unwrap();
    assert_eq!(line.trim(), "webhook.test");
    drop(running);

    let wrong = receiver(port, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    studio.ask_staff("POST", &below(&made, "/test"), &[], None).await.accepted();
    let refused = studio.deliveries_when(&made, |all| last_outcome(&all[0]) == "status").await;
    following.stop().await;
    drop(wrong);
    assert_eq!(refused[0]["attempts"][0]["status"], 401);
}
