//! The process is killed while webhooks are on their way.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Value, json};
use standardwebhooks::Webhook;

use crate::receiver::{Behaviour, Receiver};
use crate::running::{Kept, Serving, links};
use crate::timetable;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn b_11_nothing_is_lost_when_the_process_is_killed_on_sqlite() {
    is_killed(Kept::in_sqlite()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn b_11_nothing_is_lost_when_the_process_is_killed_on_postgres() {
    is_killed(Kept::in_postgres().await).await;
}

fn serve(kept: &Kept) -> Serving {
    let more = [&kept.arguments()[2..], &["--allow-private-webhooks"]].concat();
    Serving::start("serve", &kept.address, &more)
}

async fn is_killed(kept: Kept) {
    let file = kept.folder().join("week.csv");
    std::fs::write(&file, timetable::csv(6, 5, 21)).unwrap();
    let (branch, link) = links(&kept.import(file.to_str().unwrap(), "Europe/Berlin", "20")).remove(0);
    let receiver = Receiver::start(Behaviour::Answers(200)).await;
    let http = reqwest::Client::new();
    let below = |serving: &Serving, listener: &str, path: &str| {
        format!("{}/api/v1/branches/{branch}{path}", serving.address(listener))
    };
    let mut secret = String::new();
    let mut carts = BTreeSet::new();

    for moment in [20, 60, 120, 250] {
        let serving = serve(&kept);
        if secret.is_empty() {
            let path = below(&serving, "staff_listen", "/webhooks");
            let body = json!({"url": receiver.url(), "types": ["cart.confirmed.v1"]});
            let made: Value = http.post(path).json(&body).send().await.unwrap().json().await.unwrap();
            made["secret"].as_str().unwrap().clone_into(&mut secret);
        }
        let path = below(&serving, "listen", &format!("/links/{link}/activities"));
        let events: Value = http.get(path).send().await.unwrap().json().await.unwrap();
        for n in 0..6 {
            let event = &events["items"][n]["activity_id"];
            let body = json!({"link_id": link, "events": [{"activity_id": event}]});
            let path = below(&serving, "listen", "/carts");
            let cart: Value = http.post(path).json(&body).send().await.unwrap().json().await.unwrap();
            let id = cart["cart_id"].as_str().unwrap().to_owned();
            let person = json!({"name": "Anna Berg", "phone": format!("030 2312 5{moment:03}")});
            let path = below(&serving, "listen", &format!("/carts/{id}/confirmation"));
            let asked = http.put(path).bearer_auth(cart["token"].as_str().unwrap());
            let booked = asked.header("idempotency-key", &id).json(&person).send().await.unwrap();
            assert!(booked.status().is_success(), "{}", booked.text().await.unwrap());
            carts.insert(id);
        }
        tokio::time::sleep(Duration::from_millis(moment)).await;
        serving.kill();
    }

    let serving = serve(&kept);
    let arrived = || {
        receiver
            .came()
            .iter()
            .map(|it| it.json()["data"]["aggregate_id"].as_str().unwrap().to_owned())
            .collect::<BTreeSet<_>>()
    };
    for _ in 0..600 {
        if carts.len() <= arrived().len() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert!(serving.stop().success());
    assert_eq!(arrived(), carts);
    let came = receiver.came();
    let ids: BTreeSet<_> = came.iter().map(crate::receiver::Came::id).collect();
    assert_eq!(ids.len(), carts.len(), "one id for each fact, however often it came");
    let verifier = Webhook::new(&secret).unwrap();
    for request in &came {
        verifier.verify(&request.body, &request.headers).unwrap();
    }
    println!("{} facts, {} requests", carts.len(), came.len());
    assert_eq!(kept.run("verify").status.code(), Some(0));
}
