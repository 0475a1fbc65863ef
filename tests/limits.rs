//! How much strangers may ask for, over the network, as they meet it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

#[path = "limits/asking.rs"]
mod asking;
#[path = "limits/flood.rs"]
mod flood;
mod postgres_server;
mod running;
#[path = "limits/stopping.rs"]
mod stopping;

use asking::Door;
use running::{Kept, Serving};

/// A demonstration behind a proxy of ours on this machine, so that the header says who asks.
fn behind_a_proxy(kept: &Kept, more: &[&str]) -> Serving {
    let key = &kept.arguments()[2..];
    Serving::start("demo", &kept.address, &[key, &["--trusted-proxy", "127.0.0.1"], more].concat())
}

#[tokio::test]
async fn a_22_whoever_asks_too_often_is_told_when_to_come_again_and_nobody_else_is() {
    let kept = Kept::in_sqlite();
    let service = behind_a_proxy(&kept, &["--rate-limit", "requests=5:1/min"]);
    let door = Door::of(&service);

    for _ in 0..5 {
        door.by("198.51.100.1").get("/api/v1/openapi.json").await.is(200);
    }
    let refused = door.by("198.51.100.1").get("/api/v1/openapi.json").await;
    refused.is_limited(60);
    door.by("198.51.100.1").page(&door.widget).await.is_one_moment();
    door.by("198.51.100.2").get("/api/v1/openapi.json").await.is(200);
    // What a machine in the same network says before the proxy is not believed.
    door.by("203.0.113.7, 198.51.100.1").get("/api/v1/openapi.json").await.is_limited(60);
    // Nobody is kept from what watches over the service.
    door.by("198.51.100.1").get("/readyz").await.is(200);
    service.stop();
}

#[tokio::test]
async fn a_22_a_form_that_came_too_often_can_be_sent_again_with_everything_typed() {
    let kept = Kept::in_sqlite();
    let service = behind_a_proxy(&kept, &["--rate-limit", "changes=1:1/h"]);
    let door = Door::of(&service);
    let guest = door.by("198.51.100.1");

    guest.form(&door.sign_in(), "phone=0170+1").await.is(422);
    let refused = guest.form(&door.sign_in(), "phone=030+23125+014&lang=en").await;

    refused.is_one_moment();
    assert!(refused.body.contains("name=\"phone\" value=\"030 23125 014\""), "{}", refused.body);
    assert!(refused.body.contains("<form method=\"post\""), "{}", refused.body);
    service.stop();
}

#[tokio::test]
async fn one_address_asks_for_so_many_codes_whatever_the_numbers_and_others_still_sign_in() {
    let kept = Kept::in_sqlite();
    let service = behind_a_proxy(&kept, &["--rate-limit", "codes=4:1/min"]);
    let door = Door::of(&service);
    let number = |n: u32| format!("phone=030+23125+{n:03}");

    for n in 0..4 {
        door.by("198.51.100.1").form(&door.sign_in(), &number(n)).await.is(303);
    }
    door.by("198.51.100.1").form(&door.sign_in(), &number(5)).await.is_one_moment();
    // The codes of confirmations are counted with them.
    let cart = door.cart_that_needs_a_code("198.51.100.1").await;
    door.ask_for_code("198.51.100.1", &cart).await.is_limited(60);
    door.ask_for_code("198.51.100.2", &cart).await.is(202);
    door.by("198.51.100.2").form(&door.sign_in(), &number(6)).await.is(303);
    service.stop();
}

#[tokio::test]
async fn one_number_gets_so_many_codes_whoever_asks_and_for_one_purpose_apart_from_the_other() {
    let kept = Kept::in_sqlite();
    let service = behind_a_proxy(&kept, &["--rate-limit", "numbers=2:1/h"]);
    let door = Door::of(&service);
    let typed = format!("phone={}", "030+23125+014");

    for n in 0..2 {
        door.by(&format!("198.51.100.{n}")).form(&door.sign_in(), &typed).await.is(303);
    }
    door.by("198.51.100.3").form(&door.sign_in(), &typed).await.is_one_moment();
    let cart = door.cart_that_needs_a_code("198.51.100.4").await;
    door.ask_for_code("198.51.100.4", &cart).await.is(202);
    service.stop();
}

#[tokio::test]
async fn one_address_types_so_many_codes_to_sign_in() {
    let kept = Kept::in_sqlite();
    let service = behind_a_proxy(&kept, &["--rate-limit", "attempts=3:1/min"]);
    let door = Door::of(&service);
    let guest = door.by("198.51.100.1");
    let cookie = guest.form(&door.sign_in(), "phone=030+23125+014").await.cookie();

    for _ in 0..3 {
        guest.form_with(&door.code(), "code=000000", &cookie).await.is(422);
    }
    guest.form_with(&door.code(), "code=000000", &cookie).await.is_one_moment();
    door.by("198.51.100.2").form_with(&door.code(), "code=000000", &cookie).await.is(422);
    service.stop();
}

#[tokio::test]
async fn one_address_types_so_many_passwords_of_staff() {
    let kept = Kept::in_sqlite();
    let service = behind_a_proxy(&kept, &["--rate-limit", "attempts=3:1/min"]);
    let door = Door::of(&service);
    let guess = "login=anna%40example.org&password=twelve+or+more";
    for _ in 0..3 {
        door.by("198.51.100.1").staff_form("/staff/sign-in", guess).await.is(422);
    }
    door.by("198.51.100.1").staff_form("/staff/sign-in", guess).await.is_one_moment();
    door.by("198.51.100.2").staff_form("/staff/sign-in", guess).await.is(422);
    service.stop();
}

#[tokio::test]
async fn one_token_opens_its_cart_so_often_from_wherever() {
    let kept = Kept::in_sqlite();
    let service = behind_a_proxy(&kept, &["--rate-limit", "tokens=3:1/min"]);
    let door = Door::of(&service);
    let cart = door.cart("198.51.100.9").await;

    for n in 0..3 {
        door.by(&format!("198.51.100.{n}")).get_with(&cart.path, &cart.token).await.is(200);
    }
    door.by("198.51.100.4").get_with(&cart.path, &cart.token).await.is_limited(60);
    let other = door.cart("198.51.100.9").await;
    door.by("198.51.100.4").get_with(&other.path, &other.token).await.is(200);
    service.stop();
}

#[tokio::test]
async fn this_machine_is_not_counted_and_what_strangers_say_of_themselves_is_not_believed() {
    let kept = Kept::in_sqlite();
    let key = &kept.arguments()[2..];
    let few = ["--rate-limit", "requests=5:1/min"];
    let service = Serving::start("demo", &kept.address, &[key, &few].concat());
    let door = Door::of(&service);

    for _ in 0..20 {
        door.here().get("/api/v1/openapi.json").await.is(200);
    }
    // No proxy was named: whatever the header says, it is one address that asks.
    let mut limited = 0;
    for n in 0..20 {
        let answer = door.by(&format!("198.51.100.{n}")).get("/api/v1/openapi.json").await;
        limited += u32::from(answer.status == 429);
    }
    assert_eq!(limited, 15);
    door.here().get("/api/v1/openapi.json").await.is(200);
    service.stop();
}

#[test]
fn what_is_no_rate_or_no_proxy_is_told_before_anything_begins() {
    let kept = Kept::in_sqlite();
    for (flag, wrong, says) in [
        ("--rate-limit", "codes=many", "a rate is like codes=40:1/min"),
        ("--trusted-proxy", "everybody", "a proxy is an address or a network"),
    ] {
        let refused = running::run(&["serve", "--store", &kept.address, flag, wrong]);

        assert!(!refused.status.success());
        assert!(running::stderr(&refused).contains(says), "{}", running::stderr(&refused));
    }
}
