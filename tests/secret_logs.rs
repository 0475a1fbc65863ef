//! Nothing that tells a person, or opens anything, stands in the log, however much is logged.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

#[path = "limits/asking.rs"]
mod asking;
mod postgres_server;
mod running;

use std::fs::File;

use asking::Door;
use running::{Kept, Serving, cartwheel};
use serde_json::json;

/// Everything that anything in the program has to say.
const ALL: &str = "trace";

#[tokio::test]
async fn no_name_number_address_token_code_or_cookie_is_logged_at_any_level_on_sqlite() {
    is_kept_out_of_the_log(Kept::in_sqlite()).await;
}

#[tokio::test]
async fn no_name_number_address_token_code_or_cookie_is_logged_at_any_level_on_postgres() {
    is_kept_out_of_the_log(Kept::in_postgres().await).await;
}

async fn is_kept_out_of_the_log(kept: Kept) {
    let path = kept.folder().join("log");
    let listen = ["--listen", "127.0.0.1:0", "--staff-listen", "127.0.0.1:0", "--format", "json"];
    let arguments = [&["demo"][..], &kept.arguments(), &listen].concat();
    let mut command = cartwheel(&arguments);
    command.stderr(File::create(&path).unwrap());
    let service = Serving::spawn_saying(command, ALL);
    let door = Door::of(&service);

    let secrets = book_and_sign_in(&door, &service).await;
    service.stop();

    let log = std::fs::read_to_string(&path).unwrap();
    let lower = log.to_lowercase();
    assert!(log.contains("DEBUG") && log.contains("route"), "there is a log of {} bytes", log.len());
    for secret in &secrets {
        let lower_secret = secret.to_lowercase();
        let found =
            lower.find(&lower_secret).map(|at| &lower[at.saturating_sub(400)..(at + 80).min(lower.len())]);
        assert!(found.is_none(), "{secret} stands in the log: {}", found.unwrap_or_default());
    }
    assert!(12 <= secrets.len(), "{secrets:?}");
}

/// A booking over the API and one on the pages, a refusal, a code, a sign-in, a wrong address; what must not be told.
async fn book_and_sign_in(door: &Door, service: &Serving) -> Vec<String> {
    let mut secrets: Vec<String> = [
        "Wilhelmina",
        "Zauberberg",
        "wilhelmina@",
        "zauberwald.example",
        "23125077",
        "2312 5077",
        "Heuschnupfen",
    ]
    .map(str::to_owned)
    .to_vec();
    let here = door.here();
    let dates = door.dates().await;
    let cart = door.cart_with("198.51.100.1", &dates[..2]).await;
    let token = cart.token.trim_start_matches("Bearer ").to_owned();
    let person = json!({
        "name": "Wilhelmina Zauberberg", "phone": "030 23125077", "email": "wilhelmina@zauberwald.example",
        "comment": "Heuschnupfen"
    });
    let headers = [("authorization", cart.token.as_str()), ("idempotency-key", "key-of-a-client-77")];
    let path = format!("{}/confirmation", cart.path);
    let wrong = json!({"name": "Wilhelmina Zauberberg", "phone": "not 23125077", "colour": "Heuschnupfen"});
    here.json("PUT", &path, &wrong, &headers).await.is(400);
    let confirmed = here.json("PUT", &path, &person, &headers).await;
    confirmed.is(200);
    let confirmed = confirmed.json();
    for appointment in confirmed["appointments"].as_array().unwrap() {
        secrets.push(appointment["token"].as_str().unwrap().to_owned());
    }
    let result = confirmed["result_url"].as_str().unwrap().to_owned();
    here.page(&result).await.is(200);
    here.page(&format!("{result}x")).await.is(404);
    secrets.push(result.rsplit('/').next().unwrap().to_owned());

    let checkout = here.form(&door.widget, &format!("event={}", dates[2])).await;
    checkout.is(303);
    let checkout = checkout.headers["location"].clone();
    let typed =
        "name=Wilhelmina+Zauberberg&phone=030+2312+5077&email=wilhelmina%40zauberwald.example&key=key-77";
    here.form(&checkout, "name=Wilhelmina+Zauberberg&phone=1").await.is(422);
    here.form(&checkout, typed).await.is(303);
    secrets.push(checkout.trim_start_matches("/c/").to_owned());

    let begun = here.form(&door.sign_in(), "phone=030+2312+5077").await;
    begun.is(303);
    let cookie = begun.cookie();
    let code = newest_code(service).await;
    here.form_with(&door.code(), "code=000001", &cookie).await.is(422);
    let session = here.form_with(&door.code(), &format!("code={code}"), &cookie).await;
    session.is(303);
    here.account(&session.headers["location"], &session.cookie()).await.is(200);
    let account = here.account(&format!("{}/data", session.headers["location"]), &session.cookie()).await;
    account.is(200);
    assert!(account.body.contains("Wilhelmina Zauberberg"), "{}", account.body);
    for cookie in [cookie, session.cookie()] {
        secrets.push(cookie.split_once('=').unwrap().1.to_owned());
    }
    secrets.extend([token, format!("code={code}"), "000001".to_owned()]);
    secrets
}

async fn newest_code(service: &Serving) -> String {
    let page = reqwest::get(service.address("mailbox")).await.unwrap().text().await.unwrap();
    let text = page.split("<p class=\"text\">").nth(1).unwrap();
    text.chars().skip_while(|it| !it.is_ascii_digit()).take(6).collect()
}
