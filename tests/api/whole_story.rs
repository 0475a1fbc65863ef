//! Booking over the JSON API, from the list of events to a moved appointment.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::studio::{BRANCH, LINK, Studio};

#[tokio::test]
async fn s_01_a_client_books_five_dates_cancels_one_and_moves_another() {
    let studio = Studio::open().await;
    let base = format!("/api/v1/branches/{BRANCH}");

    let listed =
        studio.ask("GET", &format!("{base}/links/{LINK}/activities?limit=100"), &[], None).await.json();
    let yoga: Vec<&Value> =
        listed["items"].as_array().unwrap().iter().filter(|it| it["service"] == "Yoga").collect();
    let first = yoga[0]["activity_id"].as_str().unwrap();
    let offer =
        studio.ask("GET", &format!("{base}/links/{LINK}/activities/{first}/offer"), &[], None).await.json();
    assert_eq!((&offer["offered"], &offer["limit"], &offer["shown"]), (&json!(true), &json!(10), &json!(3)));
    assert_eq!(offer["candidates"].as_array().unwrap().len(), 19);

    let (cart, token) = studio.open_cart(&studio.yoga[..4]).await;
    let auth = ("authorization", token.as_str());
    let selection: Vec<_> =
        studio.yoga[..5].iter().map(|id| json!({"activity_id": id.to_string()})).collect();
    let path = format!("{base}/carts/{cart}");
    let selected =
        studio.ask("PUT", &format!("{path}/selection"), &[auth], Some(json!({"events": selection}))).await;
    assert_eq!(selected.status, StatusCode::OK, "{}", selected.body);
    let spots = format!("{path}/activities/{}/spots", studio.yoga[2]);
    let spots = studio.ask("PUT", &spots, &[auth], Some(json!({"spots": 2}))).await;
    assert_eq!(spots.json()["events"][2]["spots"], 2);

    let person = json!({"name": "Anna Berg", "phone": "030 2312 5014"});
    let dry = studio
        .ask("POST", &format!("{path}/confirmation/dry-run"), &[auth], Some(person.clone()))
        .await
        .json();
    assert_eq!(dry["accepted"], true);
    let key = ("idempotency-key", "k1");
    let confirmed =
        studio.ask("PUT", &format!("{path}/confirmation"), &[auth, key], Some(person.clone())).await;
    assert_eq!(confirmed.status, StatusCode::OK, "{}", confirmed.body);
    let again = studio.ask("PUT", &format!("{path}/confirmation"), &[auth, key], Some(person)).await;
    assert_eq!(again.body, confirmed.body);
    assert_eq!(again.headers["idempotency-replayed"], "true");

    let confirmed = confirmed.json();
    let appointments = confirmed["appointments"].as_array().unwrap();
    assert_eq!(appointments.len(), 5);
    let open = |n: usize| {
        let appointment = &appointments[n];
        let token = format!("Bearer {}", appointment["token"].as_str().unwrap());
        (format!("{base}/appointments/{}", appointment["appointment_id"].as_str().unwrap()), token)
    };
    let (last, token) = open(4);
    let cancelled =
        studio.ask("POST", &format!("{last}/cancellation"), &[("authorization", &token)], None).await;
    assert_eq!(cancelled.json()["status"], "cancelled", "{}", cancelled.body);

    let (fourth, token) = open(3);
    let auth = ("authorization", token.as_str());
    let dates = studio.ask("GET", &format!("{fourth}/rescheduling"), &[auth], None).await.json();
    let to = dates["items"][10]["activity_id"].clone();
    let moved = studio
        .ask("POST", &format!("{fourth}/rescheduling"), &[auth], Some(json!({"activity_id": to})))
        .await;
    assert_eq!(moved.json()["activity_id"], to, "{}", moved.body);
    let calendar = studio.ask("GET", &format!("{fourth}/calendar.ics"), &[auth], None).await;
    assert!(calendar.body.contains("SEQUENCE:1"), "{}", calendar.body);

    let journal = studio.ask_staff("GET", &format!("{base}/journal?limit=100"), &[], None).await.json();
    assert_eq!(journal["items"].as_array().unwrap().len(), 5);
    assert_eq!(journal["items"][0]["client"]["name"], "Anna Berg");
    let last = last.replace("/appointments/", "/history/appointments/");
    let history = studio.ask_staff("GET", &last, &[], None).await.json();
    let sentences: Vec<_> =
        history["items"].as_array().unwrap().iter().map(|it| it["sentence"].clone()).collect();
    assert_eq!(sentences[1], "Cancelled by the client.");
}

#[tokio::test]
async fn a_30_an_id_alone_opens_nothing() {
    let studio = Studio::open().await;
    let (cart, _) = studio.open_cart(&studio.yoga[..1]).await;
    let (_, other) = studio.open_cart(&studio.yoga[..1]).await;
    let path = format!("/api/v1/branches/{BRANCH}/carts/{cart}");

    for headers in [&[][..], &[("authorization", other.as_str())], &[("authorization", "Bearer x")]] {
        let answer = studio.ask("GET", &path, headers, None).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{headers:?}");
    }
}

#[tokio::test]
async fn the_committed_openapi_document_is_what_the_code_says() {
    let committed = std::fs::read_to_string("openapi.json").unwrap();

    assert_eq!(
        committed,
        cartwheel::web::api::openapi_json() + "\n",
        "run `cargo run -- openapi > openapi.json`"
    );
}

#[test]
fn everything_that_the_openapi_document_refers_to_is_in_it() {
    let document: Value = serde_json::from_str(&cartwheel::web::api::openapi_json()).unwrap();

    let mut referred = vec![];
    references(&document, &mut referred);

    assert!(100 < referred.len());
    for reference in referred {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
}

#[test]
fn every_answer_of_the_openapi_document_is_described() {
    let document: Value = serde_json::from_str(&cartwheel::web::api::openapi_json()).unwrap();

    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            for (status, answer) in operation["responses"].as_object().unwrap() {
                let described = answer["description"].as_str().is_some_and(|text| !text.is_empty());
                assert!(described, "{method} {path} {status}");
            }
        }
    }
}

fn references<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::Object(fields) => {
            found.extend(fields.get("$ref").and_then(Value::as_str));
            fields.values().for_each(|field| references(field, found));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}
