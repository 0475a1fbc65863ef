//! Webhooks reach whoever wants them, signed, whatever the other side does.

mod arriving;
mod example;
mod killed;
mod misbehaving;
mod once;
mod pages;
mod settings;

use std::time::Duration;

use cartwheel::followers::{self, Following};
use cartwheel::outbound::Reach;
use serde_json::{Value, json};

use crate::receiver::Receiver;
use crate::studio::Studio;
use crate::studio::http::at;

/// A studio whose webhooks may go to this machine.
async fn studio() -> Studio {
    let mut studio = Studio::open().await;
    studio.app = studio.app.clone().reaching(Reach::Anywhere);
    studio
}

fn follow(studio: &Studio) -> Following {
    followers::start(&studio.app).unwrap()
}

impl Studio {
    async fn add_webhook(&self, receiver: &Receiver, types: Option<&[&str]>) -> Value {
        let body = json!({"url": receiver.url(), "types": types});
        self.ask_staff("POST", &at("/webhooks"), &[], Some(body)).await.accepted()
    }

    async fn webhook(&self, made: &Value) -> Value {
        self.ask_staff("GET", &below(made, ""), &[], None).await.accepted()
    }

    async fn deliveries(&self, made: &Value) -> Vec<Value> {
        let path = below(made, "/deliveries?limit=100");
        let list = self.ask_staff("GET", &path, &[], None).await.accepted();
        list["items"].as_array().unwrap().clone()
    }

    /// Waits until the deliveries of a webhook are like this.
    async fn deliveries_when(&self, made: &Value, are: impl Fn(&[Value]) -> bool) -> Vec<Value> {
        for _ in 0..1500 {
            let deliveries = self.deliveries(made).await;
            if are(&deliveries) {
                return deliveries;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("not in time: {:?}", self.deliveries(made).await);
    }
}

fn below(made: &Value, path: &str) -> String {
    at(format!("/webhooks/{}{path}", made["webhook_id"].as_str().unwrap()))
}

/// How the last attempt of a delivery ended.
fn last_outcome(delivery: &Value) -> &str {
    let last = delivery["attempts"].as_array().unwrap().last();
    last.map_or("", |attempt| attempt["outcome"].as_str().unwrap())
}
