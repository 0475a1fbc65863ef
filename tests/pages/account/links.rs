//! Whoever is signed in ends the addresses that open without a sign-in.

use super::browser::{ANNA, Browser, account, location, open};
use crate::studio::http::anna;
use crate::studio::pages::hrefs;
use crate::studio::store::on_every_store;

on_every_store!(a_30_a_client_ends_their_private_addresses_and_still_finds_everything,);

async fn a_30_a_client_ends_their_private_addresses_and_still_finds_everything() {
    let studio = open().await;
    let booked = studio.book(&studio.yoga[..2], anna()).await;
    let mut browser = Browser::of(&studio);
    browser.sign_in(ANNA).await;
    let stored = browser.see(&account("/data")).await.body;
    assert!(stored.contains(&format!("action=\"{}\"", account("/data/links"))), "{stored}");

    let ended = browser.submit(&account("/data/links"), "").await;

    assert_eq!(location(&ended), account("/data?links-ended=1"));
    let told = browser.see(&location(&ended)).await.body;
    assert!(told.contains("Your private addresses are ended."), "{told}");
    for held in &booked {
        held.ask("GET", "", None).await.problem(404, "not-found");
    }
    let mine = browser.see(&account("")).await.body;
    assert_eq!(hrefs(&mine, "calendar.ics").len(), 2, "{mine}");
    let facts = studio.facts().await;
    let fact = facts.iter().find(|fact| fact.event_type == "client.links_ended.v1").unwrap();
    assert!(fact.metadata.contains("\"actor\":\"client\"") && fact.payload.contains("\"by\":\"client\""));
}
