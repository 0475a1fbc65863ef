//! Private addresses for calendar apps: they follow moves and cancellations (B-12).

use aggregates::ids::ClientId;
use axum::http::StatusCode;
use cartwheel::contact::Phone;
use cartwheel::feeds::Subject;
use chrono::TimeDelta;
use serde_json::json;

use crate::studio::http::Answered;
use crate::studio::store::on_every_store;
use crate::studio::{BRANCH, SOFIE, Studio};

on_every_store!(
    b_12_a_clients_feed_follows_cancellations_and_moves,
    b_12_a_new_address_ends_the_old,
    b_12_a_team_members_feed_names_nobody,
);

const PHONE: &str = "030 23125 014";

impl Studio {
    async fn anna(&self) -> Subject {
        let phone: Phone = Phone::parse(PHONE, Self::details().country).unwrap();
        let client: ClientId = self.app.vault.find(BRANCH, &phone).await.unwrap().unwrap().id;
        Subject::Client(client)
    }

    async fn subscribe(&self, subject: Subject) -> String {
        let token = self.app.feeds.renew(BRANCH, subject, self.clock.now()).await.unwrap();
        format!("/cal/{token}.ics")
    }

    async fn feed(&self, path: &str) -> Answered {
        self.ask("GET", path, &[], None).await
    }
}

/// The values of a property, entry by entry.
fn values<'a>(feed: &'a Answered, property: &str) -> Vec<&'a str> {
    assert_eq!(feed.status, StatusCode::OK, "{}", feed.body);
    let prefix = format!("{property}:");
    feed.body.lines().filter_map(|line| line.trim_end().strip_prefix(prefix.as_str())).collect()
}

async fn b_12_a_clients_feed_follows_cancellations_and_moves() {
    let studio = Studio::open().await;
    let booked = studio.book(&studio.yoga[..2], json!({"name": "Anna Berg", "phone": PHONE})).await;
    let path = studio.subscribe(studio.anna().await).await;

    let first = studio.feed(&path).await;
    let uids: Vec<_> = values(&first, "UID").into_iter().map(str::to_owned).collect();
    assert_eq!(uids.len(), 2);
    assert_eq!(values(&first, "DTSTART"), ["20270105T173000Z", "20270107T173000Z"]);
    assert_eq!(values(&first, "SEQUENCE"), ["0", "0"]);
    assert_eq!(values(&first, "X-PUBLISHED-TTL"), ["PT1H"]);
    assert!(first.body.contains("REFRESH-INTERVAL;VALUE=DURATION:PT1H"));
    assert!(!first.body.contains("Anna"), "an address may be shared");

    booked[0].cancel().await.accepted();
    booked[1].reschedule(studio.yoga[3]).await.accepted();

    let second = studio.feed(&path).await;
    assert_eq!(values(&second, "UID"), uids);
    assert_eq!(values(&second, "STATUS"), ["CANCELLED", "CONFIRMED"]);
    assert!(values(&second, "SEQUENCE").iter().all(|sequence| *sequence != "0"));

    studio.clock.advance(TimeDelta::days(31));
    assert_eq!(values(&studio.feed(&path).await, "STATUS"), ["CONFIRMED"], "nobody has to hear it for ever");
}

async fn b_12_a_new_address_ends_the_old() {
    let studio = Studio::open().await;
    studio.book(&studio.yoga[..1], json!({"name": "Anna Berg", "phone": PHONE})).await;
    let client = studio.anna().await;
    let old = studio.subscribe(client).await;
    let found = studio.app.feeds.find(BRANCH, client).await.unwrap().unwrap();
    assert_eq!(format!("/cal/{found}.ics"), old, "it can be shown again");

    let new = studio.subscribe(client).await;

    assert_eq!(studio.feed(&old).await.status, StatusCode::NOT_FOUND);
    let feed = studio.feed(&new).await;
    assert_eq!(feed.headers["content-type"], "text/calendar; charset=utf-8");
    let etag = feed.headers["etag"].to_str().unwrap();
    let again = studio.ask("GET", &new, &[("if-none-match", etag)], None).await;
    assert_eq!((again.status, again.body.as_str()), (StatusCode::NOT_MODIFIED, ""));
    let german = studio.ask("GET", &format!("{new}?lang=de"), &[], None).await;
    assert_eq!(values(&german, "SUMMARY"), ["Yoga mit Sofie"]);
    for nothing in ["/cal/x.ics", "/cal/x", &new.replace(".ics", ""), &new.replace("/cal/", "/cal/A")] {
        assert_eq!(studio.feed(nothing).await.status, StatusCode::NOT_FOUND, "{nothing}");
    }
}

async fn b_12_a_team_members_feed_names_nobody() {
    let studio = Studio::open().await;
    studio.book(&studio.yoga[..1], json!({"name": "Anna Berg", "phone": PHONE})).await;
    let path = studio.subscribe(Subject::TeamMember(SOFIE)).await;

    let feed = studio.feed(&path).await;

    let titles = values(&feed, "SUMMARY");
    assert_eq!(titles.len(), studio.yoga.len());
    assert_eq!(titles[0], "Yoga\\, 1 of 12 taken");
    assert_eq!(values(&feed, "X-WR-CALNAME"), ["Sofie"]);
    assert!(!feed.body.contains("Anna") && !feed.body.contains("Boxing"));
}
