//! A disk that takes no more: whoever asks is told, nothing is half done, and the service goes on when there is room.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod postgres_server;
mod running;

use std::process::Command;

use reqwest::{Client, Response};
use running::{Serving, cartwheel, run, store_in};
use serde_json::{Value, json};

/// Serves that store; no file may grow beyond so many blocks, as if the disk ended there.
fn serve_within(store: &str, blocks: u32) -> Serving {
    let mut command = Command::new("sh");
    let limited = format!("ulimit -f {blocks}; trap '' XFSZ; exec \"$@\"");
    command.args(["-c", &limited, "sh"]);
    let listen = ["--listen", "127.0.0.1:0", "--staff-listen", "127.0.0.1:0", "--format", "json"];
    let serve = cartwheel(&[&["serve", "--store", store], &listen[..]].concat());
    command.arg(serve.get_program()).args(serve.get_args());
    for (name, _) in serve.get_envs() {
        command.env_remove(name);
    }
    Serving::spawn(command)
}

/// A client of one studio.
struct Visitor {
    http: Client,
    api: String,
    link: String,
    events: Vec<Value>,
}

impl Visitor {
    async fn of(serving: &Serving, branch: &str, link: &str) -> Self {
        let api = format!("{}/api/v1/branches/{branch}", serving.address("listen"));
        let http = Client::builder().no_proxy().build().unwrap();
        let listed: Value = http
            .get(format!("{api}/links/{link}/activities?limit=100"))
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        let yoga = listed["items"].as_array().unwrap().iter().filter(|it| it["service"] == "Yoga");
        let events = yoga.map(|it| json!({"activity_id": it["activity_id"]})).take(10).collect();
        Self { http, api, link: link.to_owned(), events }
    }

    async fn open_cart(&self) -> Response {
        let body = json!({"link_id": self.link, "events": self.events});
        self.http.post(format!("{}/carts", self.api)).json(&body).send().await.unwrap()
    }

    async fn confirm(&self, cart: &Value) -> Response {
        let path = format!("{}/carts/{}/confirmation", self.api, cart["cart_id"].as_str().unwrap());
        let request = self.http.put(path).bearer_auth(cart["token"].as_str().unwrap());
        let person = json!({"name": "Anna Berg", "phone": "030 2312 5014"});
        request.header("idempotency-key", "once").json(&person).send().await.unwrap()
    }
}

/// Rows, hashes and positions agree with the facts.
fn assert_clean(store: &str) {
    let verified = run(&["verify", "--store", store]);
    assert_eq!(verified.status.code(), Some(0), "{verified:?}");
}

#[tokio::test]
async fn a_full_disk_is_told_as_503_leaves_nothing_half_done_and_ends() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = store_in(folder.path());
    let demo = Serving::start("demo", &store, &[]);
    let (branch, link) = (demo.address("branch_id").to_owned(), demo.address("link_id").to_owned());
    demo.stop();

    // Room for what is stored, and for a little more.
    let serving = serve_within(&store, 2048);
    let visitor = Visitor::of(&serving, &branch, &link).await;
    let cart: Value = visitor.open_cart().await.json().await.unwrap();
    let mut refused = None;
    for _ in 0..500 {
        let answer = visitor.open_cart().await;
        if answer.status() != 201 {
            refused = Some(answer);
            break;
        }
    }
    let refused = refused.unwrap();
    assert_eq!(refused.status(), 503);
    assert!(refused.headers().contains_key("retry-after"));
    let problem: Value = refused.json().await.unwrap();
    let code = problem["code"].as_str().unwrap();
    assert!(["store-away", "outcome-unknown"].contains(&code), "{problem}");
    assert_eq!(visitor.confirm(&cart).await.status(), 503);
    let read = visitor.http.get(format!("{}/links/{link}", visitor.api)).send().await.unwrap();
    assert_eq!(read.status(), 200, "what is stored can still be read");
    serving.kill();
    assert_clean(&store);

    let roomy = Serving::start("serve", &store, &[]);
    let visitor = Visitor::of(&roomy, &branch, &link).await;
    let confirmed = visitor.confirm(&cart).await;
    assert_eq!(confirmed.status(), 200);
    let confirmed: Value = confirmed.json().await.unwrap();
    assert_eq!(confirmed["appointments"].as_array().unwrap().len(), 10);
    roomy.stop();
    assert_clean(&store);
}
