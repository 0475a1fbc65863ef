//! What a client sees in the account.

use std::collections::BTreeSet;

use aggregates::ids::MembershipId;
use aggregates::membership::{Status, Terms};
use aggregates::values::Offered;
use axum::http::header;
use cartwheel::command::Command;
use chrono::TimeDelta;
use serde_json::json;

use super::browser::{ANNA, Browser, account, location, open};
use crate::studio::store::on_every_store;
use crate::studio::{BRANCH, LINK, Studio, name};

on_every_store!(
    s_33_upcoming_dates_come_next_first_and_past_ones_last_first,
    s_33_long_lists_go_on_page_by_page,
    what_is_stored_about_a_client_is_shown_and_handed_over,
);

impl Studio {
    /// Books the n-th and next events of Yoga, so many at once.
    async fn books(&self, from: usize, to: usize, phone: &str) {
        let cart = self.select(&self.yoga[from..to]).await.unwrap();
        self.confirm(cart, phone).await.unwrap();
    }
}

fn dates(page: &str) -> Vec<&str> {
    page.split("<span class=\"date\">").skip(1).map(|it| it.split('<').next().unwrap()).collect()
}

async fn s_33_upcoming_dates_come_next_first_and_past_ones_last_first() {
    let studio = open().await;
    // Booked in another order, and next to somebody else's.
    studio.books(4, 6, ANNA).await;
    studio.books(0, 3, ANNA).await;
    studio.books(0, 8, "030 23125099").await;
    studio.clock.advance(TimeDelta::days(9));
    let mut browser = Browser::of(&studio);
    browser.sign_in(ANNA).await;

    let upcoming = browser.see(&account("")).await.body;
    let past = browser.see(&account("?past=1")).await.body;

    assert_eq!(dates(&upcoming), ["Tue 19 Jan, 18:30", "Thu 21 Jan, 18:30"]);
    assert_eq!(dates(&past), ["Tue 12 Jan, 18:30", "Thu 7 Jan, 18:30", "Tue 5 Jan, 18:30"]);
    assert!(past.contains("<span class=\"status\">Past</span>") && !past.contains(">Cancel<"), "{past}");
    let here = |below: &str| format!("href=\"{}\" aria-current=\"page\"", account(below));
    assert!(upcoming.contains(&here("")) && past.contains(&here("?past=1")));
    assert!(upcoming.contains("<nav class=\"tabs\" aria-label=\"Account\">"));
    let second = browser.see(&account("?past=1&open=2")).await.body;
    assert!(
        second.contains("value=\"2\" aria-expanded=\"true\"") && second.contains("name=\"past\" value=\"1\"")
    );
}

async fn s_33_long_lists_go_on_page_by_page() {
    let studio = open().await;
    for at in [0, 10] {
        studio.books(at, at + 10, ANNA).await;
    }
    let boxing = studio.select(&studio.boxing[..5]).await.unwrap();
    studio.confirm(boxing, ANNA).await.unwrap();

    for below in ["?lang=en", "?past=1&lang=en"] {
        let mut browser = Browser::of(&studio);
        browser.sign_in(ANNA).await;
        let first = browser.see(&account(below)).await.body;
        let next = first.split("class=\"more\"><a class=\"button\" href=\"").nth(1).unwrap();
        let next = next.split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&");
        let second = browser.see(&next).await.body;

        let all: BTreeSet<&str> = dates(&first).into_iter().chain(dates(&second)).collect();
        assert_eq!((dates(&first).len(), dates(&second).len(), all.len()), (20, 5, 25), "{below}");
        assert!(next.contains("lang=en") && !second.contains("class=\"more\""));
        studio.clock.advance(TimeDelta::days(365));
    }
}

#[tokio::test]
async fn without_dates_the_account_leads_to_the_events() {
    let studio = open().await;
    studio.books(0, 1, ANNA).await;
    studio.clock.advance(TimeDelta::days(2));
    let mut browser = Browser::of(&studio);
    browser.sign_in(ANNA).await;

    let page = browser.see(&account("")).await.body;

    assert!(page.contains("No upcoming dates."), "{page}");
    assert!(page.contains(&format!("href=\"/w/{BRANCH}/{LINK}\">Book an event</a>")), "{page}");
}

async fn what_is_stored_about_a_client_is_shown_and_handed_over() {
    let studio = open().await;
    let contact = studio.go_on(&studio.yoga[..2]).await;
    let typed = "name=Anna+Berg&phone=030+23125014&key=k1&email=anna%40example.org&comment=Left+knee";
    studio.set_up_link(|link| link.comment = aggregates::booking_link::Field::Optional).await;
    studio.submit(&contact, typed).await;
    studio.books(2, 3, "030 23125099").await;
    let country = "DE".to_owned().try_into().unwrap();
    let anna = cartwheel::contact::Phone::parse(ANNA, country).unwrap();
    let client = studio.app.vault.find(BRANCH, &anna).await.unwrap().unwrap();
    let terms = Terms {
        name: name("Yoga 8"),
        services: Offered::Only([crate::studio::YOGA].into()),
        balance: Some(2),
        expires_on: Some("2027-06-30".parse().unwrap()),
        status: Status::Active,
    };
    studio.staff(Command::GrantMembership(client.id, MembershipId(uuid::Uuid::nil()), terms)).await.unwrap();
    let mut browser = Browser::of(&studio);
    browser.sign_in(ANNA).await;

    let list = browser.see(&account("")).await.body;
    browser.submit(&account("/feed"), "").await;
    let page = browser.see(&account("/data")).await.body;
    let file = browser.see(&account("/data.json")).await;

    assert!(list.contains("Membership: Yoga 8, 2 visits left, until Wed 30 Jun"), "{list}");
    for shown in ["Anna Berg", "030 23125014", "anna@example.org", "Left knee", "Yoga 8, 2 visits left"] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    assert!(page.contains("Tue 5 Jan, 18:30") && !page.contains("Tue 12 Jan"), "{page}");
    assert_eq!(file.headers[header::CONTENT_TYPE], "application/json");
    assert_eq!(file.headers[header::CONTENT_DISPOSITION], "attachment; filename=\"about-me.json\"");
    let file = file.json();
    assert_eq!(
        file["person"],
        json!({"name": "Anna Berg", "phone": "+493023125014", "email": "anna@example.org", "comment": null})
    );
    assert_eq!(file["bookings"][0]["contact"]["comment"], "Left knee");
    assert_eq!(file["bookings"][0]["confirmed_at"], "2027-01-04T08:00:00Z");
    assert_eq!(file["bookings"].as_array().unwrap().len(), 1);
    assert_eq!(file["appointments"].as_array().unwrap().len(), 2);
    assert_eq!(file["appointments"][0]["starts_at"], "2027-01-05T18:30:00+01:00");
    assert_eq!(file["memberships"][0]["services"], json!(["Yoga"]));
    assert!(page.contains("A private address, since Mon 4 Jan, 09:00"), "{page}");
    assert_eq!(file["calendar_feed_since"], "2027-01-04T08:00:00Z");
    assert_eq!(file["signed_in"][0]["until"], "2027-02-03T08:00:00Z");
}

#[tokio::test]
async fn a_language_that_is_chosen_stays_while_somebody_is_signed_in() {
    let studio = open().await;
    studio.books(2, 3, ANNA).await;
    let mut browser = Browser::of(&studio);
    browser.sign_in(ANNA).await;

    let back = location(&browser.submit(&account("/language"), "lang=ru").await);

    assert_eq!(back, account(""));
    for below in ["", "/data"] {
        let page = browser.see(&account(below)).await.body;
        assert!(page.contains("<html lang=\"ru\""), "{page}");
    }
    assert!(browser.see(&account("")).await.body.contains("<h1>Ваши записи</h1>"));
    assert!(
        browser.see(&account("?lang=de")).await.body.contains("<h1>Ihre Termine</h1>"),
        "an address wins"
    );
    browser.submit(&account("/language"), "lang=xx").await;
    assert!(browser.see(&account("")).await.body.contains("<html lang=\"ru\""));
}

#[tokio::test]
async fn the_list_of_events_leads_to_my_appointments_in_a_new_tab() {
    let studio = open().await;

    let page = studio.page(&format!("/w/{BRANCH}/{LINK}?lang=en")).await.body;

    let link = format!(
        "<a href=\"{}\" target=\"_blank\" rel=\"noopener\">My appointments<span class=\"clipped\"> (opens in a new tab)</span></a>",
        account("/sign-in?lang=en")
    );
    let foot = page.split("<footer").nth(1).unwrap();
    assert!(foot.contains(&link) && foot.contains("12 Quay Street"), "{foot}");
}
