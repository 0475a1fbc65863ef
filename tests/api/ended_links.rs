//! Private addresses that got into the wrong hands are ended: by staff, and by the client in the account.

use aggregates::ids::ClientId;
use cartwheel::contact::Phone;
use cartwheel::feeds::Subject;
use serde_json::json;

use crate::studio::http::{Held, anna, at, ben};
use crate::studio::store::on_every_store;
use crate::studio::{BRANCH, Studio};

on_every_store!(
    a_30_addresses_that_are_ended_open_nothing_for_anybody,
    a_30_staff_end_them_on_the_clients_page,
);

async fn client(studio: &Studio, phone: &str) -> ClientId {
    let phone = Phone::parse(phone, Studio::details().country).unwrap();
    studio.app.vault.find(BRANCH, &phone).await.unwrap().unwrap().id
}

async fn opens(held: &Held<'_>) -> u16 {
    held.ask("GET", "", None).await.status.as_u16()
}

async fn a_30_addresses_that_are_ended_open_nothing_for_anybody() {
    let studio = Studio::open().await;
    let cart = studio.cart(&studio.yoga[..2]).await;
    let confirmed = cart.confirm(anna()).await.accepted();
    let result = confirmed["result_url"].as_str().unwrap().to_owned();
    let booked = studio.appointments(&confirmed);
    let bens = studio.book(&studio.yoga[..1], ben()).await;
    let anna_id = client(&studio, "030 23125 014").await;
    let feed = studio.app.feeds.renew(BRANCH, Subject::Client(anna_id), studio.clock.now()).await.unwrap();
    let end = at(format!("/clients/{anna_id}/links/ending"));
    assert_eq!([opens(&booked[0]).await, opens(&bens[0]).await], [200, 200]);

    let ended = studio.ask_staff("POST", &end, &[("idempotency-key", "k")], None).await.accepted();

    assert_eq!(ended, json!({"client_id": anna_id}));
    assert_eq!([opens(&booked[0]).await, opens(&booked[1]).await], [404, 404]);
    booked[0].cancel().await.problem(404, "not-found");
    assert_eq!(opens(&cart).await, 404);
    assert_eq!(studio.page(&result).await.status, 404);
    assert_eq!(studio.ask("GET", &format!("/cal/{feed}.ics"), &[], None).await.status, 404);
    assert_eq!(opens(&bens[0]).await, 200, "those of others are theirs");
    let journal = studio
        .ask_staff("GET", &at("/journal?from=2027-01-01T00:00:00Z&before=2027-02-01T00:00:00Z"), &[], None)
        .await
        .accepted();
    let booked_still = journal["items"].as_array().unwrap().iter().filter(|row| row["status"] == "booked");
    assert_eq!(booked_still.count(), 3, "what is booked stays booked: {journal}");

    let anew = studio.book(&studio.yoga[2..3], anna()).await;
    let head = studio.head().await;
    let again = studio.ask_staff("POST", &end, &[("idempotency-key", "k")], None).await.accepted();
    assert_eq!((again, studio.head().await), (ended, head), "the same request, asked twice");
    assert_eq!(opens(&anew[0]).await, 200);
    studio.ask_staff("POST", &end, &[("idempotency-key", "another")], None).await.accepted();
    assert_eq!(opens(&anew[0]).await, 404);
    let nobody = at(format!("/clients/{}/links/ending", uuid::Uuid::from_u128(7)));
    studio.ask_staff("POST", &nobody, &[], None).await.problem(404, "not-found");
}

async fn a_30_staff_end_them_on_the_clients_page() {
    let studio = Studio::open().await;
    let booked = studio.book(&studio.yoga[..1], anna()).await;
    let page = format!("/journal/{BRANCH}/clients/{}", client(&studio, "030 23125 014").await);

    let shown = studio.staff_page(&page).await.body;
    let asks = studio.staff_page(&format!("{page}/links")).await.body;
    assert!(shown.contains(&format!("href=\"{page}/links\"")), "{shown}");
    assert!(asks.contains("What is booked stays booked."), "{asks}");
    assert_eq!(opens(&booked[0]).await, 200, "a look changes nothing");

    let ended = studio.staff_submit(&format!("{page}/links"), "").await;

    assert_eq!(ended.headers["location"], format!("{page}?done=links-ended").as_str());
    assert_eq!(opens(&booked[0]).await, 404);
    let told = studio.staff_page(&format!("{page}?done=links-ended")).await.body;
    assert!(told.contains("The private addresses are ended."), "{told}");
    assert!(told.contains("Private addresses ended"), "with who did it: {told}");
    let nobody = format!("/journal/{BRANCH}/clients/{}/links", uuid::Uuid::from_u128(7));
    assert_eq!(studio.staff_submit(&nobody, "").await.status, 404);
}
