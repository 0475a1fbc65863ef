//! Webhooks as staff set them up on their pages.

use axum::http::header;

use super::{follow, studio};
use crate::receiver::{Behaviour, Receiver};
use crate::studio::http::{Answered, anna};
use crate::studio::pages::value;
use crate::studio::store::on_every_store;
use crate::studio::{BRANCH, Studio};

on_every_store!(
    b_11_staff_add_a_webhook_see_its_secret_and_what_became_of_a_test,
    b_11_what_staff_type_wrong_is_told_and_kept,
    b_11_a_webhook_is_deleted_after_one_question,
);

fn list() -> String {
    format!("/settings/{BRANCH}/webhooks")
}

fn goes_to(answer: &Answered) -> String {
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer.headers[header::LOCATION].to_str().unwrap().to_owned()
}

async fn add(studio: &Studio, receiver: &Receiver) -> String {
    goes_to(&studio.staff_submit(&list(), &format!("url={}", receiver.url())).await)
}

async fn b_11_staff_add_a_webhook_see_its_secret_and_what_became_of_a_test() {
    let studio = studio().await;
    let receiver = Receiver::start(Behaviour::Answers(204)).await;
    let following = follow(&studio);
    assert!(studio.staff_page(&list()).await.body.contains("No webhooks yet."));

    let page = add(&studio, &receiver).await;

    let shown = studio.staff_page(&page).await.body;
    let secret = shown.split("id=\"secret\" readonly value=\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(secret.starts_with("whsec_") && shown.contains("Shown until 09:10."), "{secret}");
    assert!(!page.contains("whsec"));
    let tested = goes_to(&studio.staff_submit(&format!("{page}/test"), "").await);
    assert!(studio.staff_page(&tested).await.body.contains("A test event is on its way."));
    assert!(receiver.has(1).await[0].is_signed_with(secret));
    studio.clock.advance(chrono::TimeDelta::minutes(10));
    let version = value(&shown, "version");
    let form = format!("url={}&active=1&what=only&type=cart.confirmed.v1&version={version}", receiver.url());
    let saved = goes_to(&studio.staff_submit(&page, &form).await);
    studio.book(&studio.yoga[2..4], anna()).await;
    receiver.has(2).await;
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    following.stop().await;
    let later = studio.staff_page(&saved).await.body;
    assert!(later.contains("Saved.") && !later.contains(secret), "it is shown for ten minutes");
    for told in ["webhook.test", "cart.confirmed.v1", "Arrived", "taken with 204", "Send again"] {
        assert!(later.contains(told), "{told}: {later}");
    }
    assert!(studio.staff_page(&list()).await.body.contains("1 kind of fact"));
    let renewed = format!("version={}", value(&later, "version"));
    let renewed = goes_to(&studio.staff_submit(&format!("{page}/secret"), &renewed).await);
    let renewed = studio.staff_page(&renewed).await.body;
    assert!(renewed.contains("The old secret signs as well until Tue 5 Jan, 09:10."), "{renewed}");
    assert!(renewed.contains("whsec_") && !renewed.contains(secret));
}

async fn b_11_what_staff_type_wrong_is_told_and_kept() {
    let mut studio = studio().await;
    let receiver = Receiver::start(Behaviour::Answers(204)).await;
    let page = add(&studio, &receiver).await;
    studio.app = studio.app.clone().reaching(cartwheel::outbound::Reach::Anywhere);

    let wrong = studio.staff_submit(&list(), "url=ftp%3A%2F%2Fx").await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("Please enter an address like") && wrong.body.contains("value=\"ftp://x\""));
    let form = format!("url={}&what=only&version=1", receiver.url());
    let wrong = studio.staff_submit(&page, &form).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("Please tick at least one kind"), "{}", wrong.body);
    let stale = format!("url={}&active=1&what=all&version=7", receiver.url());
    let stale = studio.staff_submit(&page, &stale).await;
    assert_eq!(stale.status, 412);
    assert!(stale.body.contains("Somebody changed this meanwhile"));
}

async fn b_11_a_webhook_is_deleted_after_one_question() {
    let studio = studio().await;
    let receiver = Receiver::start(Behaviour::Answers(204)).await;
    let page = add(&studio, &receiver).await;

    let asked = studio.staff_page(&format!("{page}/delete")).await.body;
    assert!(asked.contains("Delete this webhook?") && asked.contains(&receiver.url()));
    let gone = format!("version={}", value(&asked, "version"));
    let gone = goes_to(&studio.staff_submit(&format!("{page}/delete"), &gone).await);

    let after = studio.staff_page(&gone).await.body;
    assert!(after.contains("The webhook is deleted.") && after.contains("No webhooks yet."));
    assert_eq!(studio.staff_page(&page).await.status, 404);
}
