//! Lists in pages: every row exactly once, in order.

use serde_json::{Value, json};

use crate::studio::http::{anna, at, ben};
use crate::studio::{LINK, MARCO, SOFIE, Studio, YOGA};

/// Every page of a list, along the links that lead to the next (RFC 8288).
async fn pages(studio: &Studio, staff: bool, path: &str, query: &str) -> Vec<Vec<Value>> {
    let mut pages = vec![];
    let mut address = at(format!("{path}?{query}"));
    loop {
        let answer = if staff {
            studio.ask_staff("GET", &address, &[], None).await
        } else {
            studio.ask("GET", &address, &[], None).await
        };
        let page = answer.accepted();
        pages.push(page["items"].as_array().unwrap().clone());
        let Some(cursor) = page["next_cursor"].as_str() else {
            assert!(!answer.headers.contains_key("link"), "nothing follows the last page");
            return pages;
        };
        let link = answer.headers["link"].to_str().unwrap();
        let next = link.strip_prefix('<').unwrap().strip_suffix(">; rel=\"next\"").unwrap();
        next.clone_into(&mut address);
        assert!(address.ends_with(&format!("cursor={cursor}")), "{link}");
        assert_eq!(address.matches("cursor=").count(), 1, "{link}");
        assert!(pages.len() < 100, "it ends");
    }
}

fn keys(rows: &[Value], id: &str) -> Vec<(chrono::DateTime<chrono::FixedOffset>, String)> {
    let key = |row: &Value| {
        (row["starts_at"].as_str().unwrap().parse().unwrap(), row[id].as_str().unwrap().to_owned())
    };
    rows.iter().map(key).collect()
}

#[tokio::test]
async fn every_event_is_on_exactly_one_page_in_order_whatever_the_size_and_the_filter() {
    let studio = Studio::open().await;
    // Two at the same moment: their ids decide.
    studio.schedule(YOGA, MARCO, &["2027-01-05T18:30:00", "2027-01-07T18:30:00"], 12).await;
    let list = format!("/links/{LINK}/activities");

    for (filter, count) in [
        (String::new(), 50),
        ("weekday=2&".to_owned(), 20),
        ("weekday=4&".to_owned(), 20),
        ("weekday=3&".to_owned(), 10),
        ("weekday=7&".to_owned(), 0),
        (format!("weekday=4&team_member_id={SOFIE}&"), 10),
        (format!("service_id={YOGA}&from=2027-02-01T00:00:00Z&before=2027-02-15T00:00:00Z&"), 8),
    ] {
        let whole = pages(&studio, false, &list, &format!("{filter}limit=100")).await.concat();
        assert_eq!(whole.len(), count, "{filter}");
        let whole = keys(&whole, "activity_id");
        assert!(whole.is_sorted(), "a_06: by start, then id");
        for limit in [1, 3, 10, 19, 20, 50] {
            let pages = pages(&studio, false, &list, &format!("{filter}limit={limit}")).await;
            let full = pages.len() - 1;
            assert!(pages[..full].iter().all(|page| page.len() == limit), "{filter} {limit}");
            assert!(count == 0 || !pages[full].is_empty(), "no page is empty");
            assert_eq!(keys(&pages.concat(), "activity_id"), whole, "{filter} {limit}");
        }
    }
}

#[tokio::test]
async fn a_weekday_is_found_beyond_hundreds_of_other_events() {
    let studio = Studio::open().await;
    for hour in 0..15 {
        studio
            .schedule(
                YOGA,
                SOFIE,
                &[&format!("2027-01-06T{hour:02}:30:00"), &format!("2027-01-05T{hour:02}:45:00")],
                12,
            )
            .await;
    }
    let list = format!("/links/{LINK}/activities");

    let mondays = pages(&studio, false, &list, "weekday=1&limit=100").await.concat();
    assert_eq!(mondays, [] as [Value; 0]);
    let thursdays = pages(&studio, false, &list, "weekday=4&limit=4").await;
    let thursdays = keys(&thursdays.concat(), "activity_id");
    assert_eq!(thursdays.len(), 10);
    assert!(thursdays.is_sorted_by(|one, next| one < next));
}

#[tokio::test]
async fn a_page_goes_on_where_the_last_one_ended_although_events_come_and_go() {
    let studio = Studio::open().await;
    let list = at(format!("/links/{LINK}/activities?limit=5"));
    let first = studio.ask("GET", &list, &[], None).await.accepted();
    let cursor = first["next_cursor"].as_str().unwrap();
    let end_of_page = format!("/activities/{}", first["items"][4]["activity_id"].as_str().unwrap());

    studio.change("POST", &end_of_page, "/cancellation", None).await.accepted();
    studio.schedule(YOGA, MARCO, &["2027-01-05T08:00:00"], 12).await;
    let second = studio.ask("GET", &format!("{list}&cursor={cursor}"), &[], None).await.accepted();

    let whole =
        studio.ask("GET", &at(format!("/links/{LINK}/activities?limit=100")), &[], None).await.accepted();
    let whole = keys(whole["items"].as_array().unwrap(), "activity_id");
    let place =
        whole.iter().position(|key| key == &keys(&[second["items"][0].clone()], "activity_id")[0]).unwrap();
    let before = keys(&[first["items"][3].clone()], "activity_id");
    assert_eq!(whole[place - 1], before[0], "nothing is left out, nothing comes twice");
}

#[tokio::test]
async fn journal_and_schedule_are_paged_too() {
    let studio = Studio::open().await;
    studio.book(&studio.yoga[..10], anna()).await;
    studio.book(&studio.yoga[5..15], ben()).await;
    let cancelled = format!("/activities/{}", studio.yoga[0]);
    studio.change("POST", &cancelled, "/cancellation", None).await.accepted();

    for (path, id, filter, count) in [
        ("/journal", "appointment_id", "", 20),
        ("/journal", "appointment_id", "status=booked&", 19),
        ("/journal", "appointment_id", "day=2027-01-21&", 2),
        ("/activities", "activity_id", "", 30),
    ] {
        let whole = pages(&studio, true, path, &format!("{filter}limit=100")).await.concat();
        assert_eq!(whole.len(), count, "{path} {filter}");
        let whole = keys(&whole, id);
        assert!(whole.is_sorted());
        for limit in [1, 7, 19, 20] {
            let pages = pages(&studio, true, path, &format!("{filter}limit={limit}")).await;
            assert_eq!(keys(&pages.concat(), id), whole, "{path} {filter} {limit}");
        }
    }
}

#[tokio::test]
async fn a_page_has_fifty_rows_unless_said_otherwise() {
    let studio = Studio::open().await;
    studio
        .schedule(YOGA, MARCO, &["2027-01-05T08:00:00", "2027-01-06T08:00:00", "2027-01-07T08:00:00"], 12)
        .await;
    let path = at(format!("/links/{LINK}/activities"));

    let page = studio.ask("GET", &path, &[], None).await.accepted();

    assert_eq!(page["items"].as_array().unwrap().len(), 50);
    assert_ne!(page["next_cursor"], json!(null));
}
