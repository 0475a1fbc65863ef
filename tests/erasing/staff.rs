//! Staff hand over what is known of a client, and erase them; both are recorded.

use axum::http::StatusCode;
use serde_json::json;
use uuid::Uuid;

use crate::studio::BRANCH;
use crate::studio::http::at;
use crate::{anneliese, form, known, open};

#[tokio::test]
async fn b_17_staff_hand_over_and_erase_on_the_clients_page() {
    let studio = open().await;
    studio.book(&studio.yoga[..2], anneliese()).await;
    let client = *known(&studio.app).await.first().unwrap();
    let page = format!("/journal/{BRANCH}/clients/{client}");

    let handed_over = studio.staff_submit(&format!("{page}/export"), "").await;
    let asks = studio.staff_page(&format!("{page}/erase")).await;
    let refused = studio.staff_submit(&format!("{page}/erase"), "").await;
    let after_refusal = studio.staff_page(&page).await.body;
    let erased = studio.staff_submit(&format!("{page}/erase"), &form(&[("cancel_upcoming", "1")])).await;
    let after = studio.staff_page(&format!("{page}?done=erased")).await;
    let again = studio.staff_submit(&format!("{page}/erase"), "").await;

    assert_eq!(handed_over.json()["person"]["email"], "anneliese@example.org");
    assert_eq!(handed_over.json()["bookings"][0]["contact"]["comment"], anneliese()["comment"]);
    assert_eq!(handed_over.headers["cache-control"], "no-store");
    assert!(asks.body.contains("Cancel 2 appointments that are still to come"), "{}", asks.body);
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.body.contains("Nothing was changed: 2 appointments are still to come"),
        "{}",
        refused.body
    );
    assert!(
        after_refusal.contains("Anneliese Bergmann")
            && after_refusal.contains("What is stored was handed over")
    );
    assert_eq!(erased.status, StatusCode::SEE_OTHER);
    assert_eq!(erased.headers["location"], format!("{page}?done=erased"));
    assert!(after.body.contains("<h1>Erased client</h1>") && after.body.contains("The client is erased."));
    assert!(
        after.body.contains("staff, not signed in") && !after.body.contains("Anneliese"),
        "{}",
        after.body
    );
    assert!(
        !after.body.contains("Hand over as a file") && !after.body.contains("/erase\""),
        "{}",
        after.body
    );
    assert_eq!(again.status, StatusCode::SEE_OTHER, "it is done already");
    let unknown = format!("/journal/{BRANCH}/clients/{}", Uuid::from_u128(7));
    assert_eq!(studio.staff_page(&unknown).await.status, StatusCode::NOT_FOUND);
    assert_eq!(studio.staff_submit(&format!("{unknown}/erase"), "").await.status, StatusCode::NOT_FOUND);
    assert_eq!(studio.staff_submit(&format!("{unknown}/export"), "").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn b_17_staff_hand_over_and_erase_over_the_api() {
    let studio = open().await;
    studio.book(&studio.yoga[..1], anneliese()).await;
    let client = *known(&studio.app).await.first().unwrap();
    let ask = async |client: Uuid, what: &str, body| {
        studio.ask_staff("POST", &at(format!("/clients/{client}/{what}")), &[], body).await
    };

    let handed_over = ask(client.0, "export", None).await.accepted();
    ask(client.0, "erasure", Some(json!({}))).await.problem(422, "upcoming-appointments");
    let erased = ask(client.0, "erasure", Some(json!({"cancel_upcoming": true}))).await.accepted();
    let again = ask(client.0, "erasure", Some(json!({}))).await.accepted();

    assert_eq!(handed_over["person"]["phone"], "+493023125077");
    assert_eq!(handed_over["appointments"].as_array().unwrap().len(), 1);
    assert_eq!(erased, json!({"client_id": client}));
    assert_eq!(again, erased);
    ask(client.0, "export", None).await.problem(404, "not-found");
    ask(Uuid::from_u128(7), "erasure", Some(json!({}))).await.problem(404, "not-found");
    let facts = studio.facts().await;
    let of_client: Vec<_> = facts
        .iter()
        .filter(|fact| fact.aggregate_type == "client")
        .map(|fact| (fact.event_type.as_str(), fact.metadata.contains("\"actor\":\"staff\"")))
        .collect();
    assert_eq!(of_client, [("client.exported.v1", true), ("client.erased.v1", true)]);
}
