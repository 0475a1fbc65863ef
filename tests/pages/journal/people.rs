use axum::http::StatusCode;

use super::{done, journal};
use crate::studio::http::{anna, at};
use crate::studio::pages::value;
use crate::studio::{BRANCH, Studio, YOGA};

crate::studio::store::on_every_store!(j1_people_are_found_by_part_of_the_name_or_the_end_of_the_number,);

async fn j1_people_are_found_by_part_of_the_name_or_the_end_of_the_number() {
    let studio = Studio::open().await;
    studio.booked_by("030 23125 014", &studio.yoga[..3]).await;

    for wanted in ["ann", "ANNA+BERG", "014", "030+23125+014", "%2B49+30+23125014"] {
        let page = studio.staff_submit(&journal("/search"), &format!("q={wanted}")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("3 appointments for"), "{wanted}: {}", page.body);
        assert!(page.body.contains("Tue 5 Jan, 18:30"), "{wanted}");
    }
    for wanted in ["bob", "015", "1", "", "030+23125+015", "%00", "%F0%9F%98%80"] {
        let page = studio.staff_submit(&journal("/search"), &format!("q={wanted}")).await.body;
        assert!(page.contains("Nobody found."), "{wanted}: {page}");
    }
}

#[tokio::test]
async fn j1_a_search_shows_what_is_to_come_first_and_at_most_fifty() {
    let studio = Studio::open().await;
    for phone in 100..106 {
        studio.booked_by(&format!("030 23125 {phone}"), &studio.yoga[..10]).await;
    }
    studio.clock.advance(chrono::TimeDelta::days(9));

    let page = studio.staff_submit(&journal("/search"), "q=anna").await.body;
    let one = studio.staff_submit(&journal("/search"), "q=030+23125+100").await.body;

    assert!(page.contains("Showing 50. Type more to narrow it down."), "{page}");
    assert_eq!(page.matches("class=\"entry\"").count(), 50);
    let dates: Vec<usize> =
        ["Thu 14 Jan, 18:30", "Tue 12 Jan, 18:30", "Thu 7 Jan, 18:30", "Tue 5 Jan, 18:30"]
            .iter()
            .map(|date| one.find(date).unwrap_or_else(|| panic!("no {date} in {one}")))
            .collect();
    assert!(dates.is_sorted(), "first what is to come, then back: {dates:?}");
}

#[tokio::test]
async fn a_30_what_was_searched_stands_in_no_address() {
    let studio = Studio::open().await;

    let reloaded = studio.staff_page(&journal("/search?q=anna")).await;
    let page = studio.staff_submit(&journal("/search"), "q=Somebody+Else&lang=de").await.body;

    assert_eq!(done(&reloaded), format!("/journal/{BRANCH}"));
    assert!(!page.contains("Somebody"), "{page}");
    assert!(page.contains("Niemand gefunden."));
}

#[tokio::test]
async fn j2_a_client_is_shown_with_memberships_and_appointments() {
    let studio = Studio::open().await;
    let membership = serde_json::json!({
        "client_name": "Anna Berg", "client_phone": "030 23125 014", "name": "Yoga 8", "visits": 2,
        "expires_on": "2027-06-30"
    });
    studio.ask_staff("POST", &at("/memberships"), &[], Some(membership)).await.accepted();
    studio.cart(&studio.yoga[..2]).await.confirm(anna()).await.accepted();
    let event = studio.staff_page(&super::of_event(studio.yoga[0], "")).await.body;
    let client = event.split("/clients/").nth(1).unwrap();

    let page = studio.staff_page(&journal(&format!("/clients/{}", &client[..36]))).await.body;

    assert!(page.contains("Yoga 8") && page.contains("2 visits left, until Wed 30 Jun"), "{page}");
    assert!(page.contains("Tue 5 Jan, 18:30") && page.contains("Thu 7 Jan, 18:30"));
    let nobody = journal(&format!("/clients/{}", uuid::Uuid::from_u128(9)));
    assert_eq!(studio.staff_page(&nobody).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_24_a_membership_is_granted_at_the_desk_once_however_often_the_form_is_sent() {
    let studio = Studio::open().await;
    studio.cart(&studio.yoga[..1]).await.confirm(anna()).await.accepted();
    let event = studio.staff_page(&super::of_event(studio.yoga[0], "")).await.body;
    let client = event.split("/clients/").nth(1).unwrap();
    let address = journal(&format!("/clients/{}", &client[..36]));
    let page = studio.staff_page(&format!("{address}?grant=1")).await.body;
    let form = format!("membership={}&name=Yoga+10", value(&page, "membership"));
    let post = async |fields: &str| {
        studio.staff_submit(&format!("{address}/memberships"), &format!("{form}&{fields}")).await
    };

    let wrong = post("visits=0&last_day=soon").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("There are 2 problems") && wrong.body.contains("value=\"Yoga 10\""));
    assert!(wrong.body.contains("a number of visits from 1") && wrong.body.contains("enter a date"));

    let terms = format!("visits=10&last_day=2027-06-30&service={YOGA}");
    for _ in 0..2 {
        assert_eq!(done(&post(&terms).await), format!("{address}?done=granted"));
    }
    let page = studio.staff_page(&format!("{address}?done=granted")).await.body;
    assert!(page.contains("The membership is granted."), "{page}");
    assert_eq!(page.matches("<strong>Yoga 10</strong>").count(), 1, "{page}");
    assert!(page.contains("Changed by staff, not signed in, <time"), "s_43: who granted it");
    assert!(page.contains("<li>Yoga 10: Yoga, 10 visits left, until Wed 30 Jun</li>"), "{page}");
    let other = post("visits=11").await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(other.body.contains("granted with other terms"), "{}", other.body);
}
