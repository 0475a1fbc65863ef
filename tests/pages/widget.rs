//! The widget as a browser without scripts uses it: links, forms, and the pages that answer.

use aggregates::branch::Rules;
use axum::http::{StatusCode, header};
use cartwheel::command::{Command, Requester};
use chrono::TimeDelta;

use crate::studio::pages::{boxes, confirmation, hrefs, value, values};
use crate::studio::{BRANCH, LINK, Studio};

#[tokio::test]
async fn s_16_the_list_leads_to_an_event_and_a_07_shows_what_is_sold_out_without_a_link() {
    let studio = Studio::with_capacity(1).await;
    let cart = studio.select(&studio.yoga[..1]).await.unwrap();
    studio.confirm(cart, "030 2312 5014").await.unwrap();

    let list = studio.page(&format!("/w/{BRANCH}/{LINK}")).await;

    assert!(list.body.contains("Sold out"));
    assert!(!list.body.contains(&format!("?event={}\"", studio.yoga[0])), "sold out is no link");
    assert!(list.body.contains(&format!("?event={}\"", studio.yoga[1])));
}

#[tokio::test]
async fn s_18_three_dates_are_shown_and_view_all_dates_opens_the_rest() {
    let studio = Studio::open().await;

    let page = studio.page(&format!("/w/{BRANCH}/{LINK}?event={}", studio.yoga[0])).await;
    let all = studio.page(&format!("/w/{BRANCH}/{LINK}?like={0}&event={0}&all=1", studio.yoga[0])).await;

    assert_eq!(boxes(&page.body), 4, "the opened one and three more");
    assert!(page.body.contains("Book another") && page.body.contains("View all dates"));
    assert_eq!(boxes(&all.body), 20);
}

#[tokio::test]
async fn s_10_with_prepayment_there_is_no_book_another_and_no_box() {
    let studio = Studio::open().await;
    studio.staff(Command::SetRules(Rules { prepayment: true, ..Studio::rules() })).await.unwrap();

    let page = studio.page(&format!("/w/{BRANCH}/{LINK}?event={}", studio.yoga[0])).await;

    assert!(!page.body.contains("Book another"));
    assert_eq!(boxes(&page.body), 0);
    assert!(page.body.contains("Continue"));
}

#[tokio::test]
async fn s_25_continue_with_nothing_selected_says_so_in_words() {
    let studio = Studio::open().await;

    let page = studio.submit(&format!("/w/{BRANCH}/{LINK}"), &format!("like={}", studio.yoga[0])).await;

    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains("No date is selected. Please tick at least one to continue."));
}

#[tokio::test]
async fn s_23_contact_details_are_entered_once_and_s_26_the_result_lists_every_appointment() {
    let studio = Studio::open().await;
    let contact = studio.go_on(&studio.yoga[..5]).await;
    let details = studio.page(&contact).await;
    assert!(details.body.contains("5 dates, 5 spots in all"));
    assert!(details.body.contains("cancel online until"), "a_27: the deadline is shown before");

    let result = studio.confirm_typed(&contact).await;

    let page = studio.page(&result).await;
    assert!(page.body.contains("5 dates are booked") && page.body.contains("Your appointments"));
    assert_eq!(page.body.matches("class=\"opener\"").count(), 5, "s_27: a date button each");
    assert_eq!(
        page.body.matches("https://calendar.google.com/calendar/render?action=TEMPLATE").count(),
        5,
        "s_28"
    );
    let calendar = studio.page(&format!("{result}/calendar.ics")).await;
    assert_eq!(calendar.body.matches("BEGIN:VEVENT").count(), 5);
}

#[tokio::test]
async fn e_06_a_double_click_on_confirm_leads_to_the_same_result() {
    let studio = Studio::open().await;
    let contact = studio.go_on(&studio.yoga[..2]).await;

    let first = studio.confirm_typed(&contact).await;
    let again = studio.submit(&contact, "name=Anna+Berg&phone=030+23125014&key=other").await;

    assert_eq!(again.headers[header::LOCATION], first.as_str());
    assert_eq!(studio.facts().await.iter().filter(|it| it.event_type == "cart.confirmed.v1").count(), 1);
}

#[tokio::test]
async fn s_24_the_pencil_keeps_what_was_typed_and_what_was_ticked() {
    let studio = Studio::open().await;
    let contact = studio.go_on(&studio.yoga[..2]).await;

    let pencil =
        studio.submit(&format!("{contact}/selection"), "name=Anna+Berg&phone=030+23125014&key=k1").await;

    assert_eq!(pencil.status, StatusCode::OK);
    assert!(pencil.body.contains("name=\"name\" value=\"Anna Berg\""));
    assert_eq!(pencil.body.matches(" checked").count(), 2);
    let more: Vec<String> = studio.yoga[..3].iter().map(|id| format!("event={id}")).collect();
    let form =
        format!("like={}&{}&continue=1&name=Anna+Berg&phone=030+23125014", studio.yoga[0], more.join("&"));
    let back = studio.submit(&format!("{contact}/selection"), &form).await;
    assert!(back.body.contains("3 dates, 3 spots in all"), "{}", back.body);
    assert!(back.body.contains("value=\"Anna Berg\""));
}

#[tokio::test]
async fn what_is_wrong_with_contact_details_stands_beside_the_field_and_nothing_typed_is_lost() {
    let studio = Studio::open().await;
    let contact = studio.go_on(&studio.yoga[..1]).await;

    let page = studio.submit(&contact, "name=Anna+Berg&phone=12&email=anna&key=k1").await;

    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains("<title>Problem: "));
    assert!(page.body.contains("There are 2 problems"));
    assert!(page.body.contains("id=\"phone-problem\"") && page.body.contains("id=\"email-problem\""));
    assert!(page.body.contains("value=\"Anna Berg\"") && page.body.contains("name=\"key\" value=\"k1\""));
}

#[tokio::test]
async fn a_10_a_lost_race_names_the_date_keeps_the_rest_and_offers_to_book_the_others() {
    let studio = Studio::with_capacity(1).await;
    let contact = studio.go_on(&studio.yoga[..3]).await;
    let early = studio.select(&studio.yoga[1..2]).await.unwrap();
    studio.confirm(early, "030 2312 5099").await.unwrap();

    let lost = studio.submit(&contact, "name=Anna+Berg&phone=030+23125014&key=k1").await;

    assert_eq!(lost.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        lost.body.contains("Nothing is booked yet: Thu 7 Jan, 18:30 filled up a moment ago."),
        "{}",
        lost.body
    );
    assert!(lost.body.contains("Book the other 2 dates") && lost.body.contains(" instead</button>"));
    let form = format!("name=Anna+Berg&phone=030+23125014&key=k1&fix=drop&failed={}", studio.yoga[1]);
    let others = studio.submit(&contact, &form).await;
    let result = others.headers[header::LOCATION].to_str().unwrap();
    assert!(studio.page(result).await.body.contains("2 dates are booked"));
}

#[tokio::test]
async fn e_19_a_moved_event_is_named_and_confirmed_by_a_second_click() {
    let studio = Studio::open().await;
    let contact = studio.go_on(&studio.yoga[..1]).await;
    let shown = studio.page(&contact).await;
    let starts_local = "2027-01-06T19:00:00".parse().unwrap();
    let activity = studio.yoga[0];
    studio.staff(Command::MoveActivity { activity, starts_local, duration: None }).await.unwrap();

    let answer = studio.submit(&contact, &confirmation(&shown.body)).await;
    assert!(answer.body.contains("Tue 5 Jan, 18:30 is now Wed 6 Jan, 19:00."), "{}", answer.body);

    let confirmed = studio.submit(&contact, &confirmation(&answer.body)).await;
    assert_eq!(confirmed.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn s_29_a_client_cancels_one_date_on_its_own_page_and_only_that_one() {
    let studio = Studio::open().await;
    let contact = studio.go_on(&studio.yoga[2..4]).await;
    let result = studio.confirm_typed(&contact).await;
    let page = studio.page(&result).await;
    let cancel = hrefs(&page.body, "/cancel")[0].clone();

    assert!(studio.page(&cancel).await.body.contains("Cancel this date"), "it asks once");
    let done = studio.submit(&cancel, "").await;

    let details = studio.page(done.headers[header::LOCATION].to_str().unwrap()).await;
    assert!(details.body.contains("Tue 12 Jan, 18:30 is cancelled."));
    let page = studio.page(&result).await;
    let statuses: Vec<bool> =
        page.body.split("class=\"status\">").skip(1).map(|it| it.starts_with("Cancelled")).collect();
    assert_eq!(statuses, [true, false], "s_31");
}

#[tokio::test]
async fn s_35_after_the_notice_the_page_says_since_when_and_whom_to_call() {
    let studio = Studio::open().await;
    let contact = studio.go_on(&studio.yoga[..1]).await;
    let result = studio.confirm_typed(&contact).await;
    let cancel = hrefs(&studio.page(&result).await.body, "/cancel")[0].clone();
    studio.clock.advance(TimeDelta::hours(20));

    let page = studio.page(&result).await;
    let late = studio.submit(&cancel, "").await;

    assert!(hrefs(&page.body, "/cancel").is_empty());
    assert!(
        page.body
            .contains("Online cancelling ended on Mon 4 Jan, 18:30. Please call the studio: 030 2312 5014.")
    );
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.body.contains("Nothing was changed: online cancelling ended on Mon 4 Jan, 18:30."));
}

#[tokio::test]
async fn a_13_a_client_moves_one_date_to_another() {
    let studio = Studio::open().await;
    let contact = studio.go_on(&studio.yoga[..1]).await;
    let result = studio.confirm_typed(&contact).await;
    let path = hrefs(&studio.page(&result).await.body, "/reschedule")[0].clone();

    let choice = studio.page(&path).await;
    assert_eq!(choice.body.matches("type=\"radio\"").count(), 19);
    let none = studio.submit(&path, "").await;
    assert!(none.body.contains("Please choose a date to move to."));
    let moved = studio.submit(&path, &format!("to={}", studio.yoga[4])).await;

    let details = studio.page(moved.headers[header::LOCATION].to_str().unwrap()).await;
    assert!(details.body.contains("Moved to Tue 19 Jan, 18:30. Your old spots are free again."));
}

#[tokio::test]
async fn s_39_a_link_switched_to_one_event_shows_no_book_another() {
    let studio = Studio::open().await;
    let settings = format!("/settings/{BRANCH}/links/{LINK}");
    let form = studio.staff_page(&settings).await;
    let version = value(&form.body, "version");
    let services: Vec<String> =
        values(&form.body, "service").iter().map(|id| format!("service={id}")).collect();
    let team: Vec<String> = values(&form.body, "member").iter().map(|id| format!("member={id}")).collect();
    let fields = format!(
        "{}&{}&name=Yoga&active=1&lead=0&horizon=365&version={version}",
        services.join("&"),
        team.join("&")
    );

    let saved = studio.staff_submit(&settings, &format!("{fields}&max=10")).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let stale = studio.staff_submit(&settings, &format!("{fields}&multiple=1&max=10")).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
    let wrong = studio.staff_submit(&settings, &format!("{fields}&multiple=1&max=11")).await;
    assert!(wrong.body.contains("Please choose a number from 1 to 10."), "s_40");

    let page = studio.page(&format!("/w/{BRANCH}/{LINK}?event={}", studio.yoga[0])).await;
    assert!(!page.body.contains("Book another"));
}

#[tokio::test]
async fn s_32_staff_cancel_in_the_journal_whatever_the_notice() {
    let studio = Studio::open().await;
    let cart = studio.select(&studio.yoga[..1]).await.unwrap();
    let booked = studio.confirm(cart, "030 2312 5014").await.unwrap();
    studio.clock.advance(TimeDelta::hours(30));
    let event = format!("/journal/{BRANCH}/events/{}", studio.yoga[0]);

    let page = studio.staff_page(&event).await;
    assert!(page.body.contains("Anna Berg") && page.body.contains("030 23125014"), "{}", page.body);
    let path = format!("/journal/{BRANCH}/appointments/{}/cancel", booked.booked[0].appointment);
    let done = studio.staff_submit(&path, "version=1").await;

    assert_eq!(done.headers[header::LOCATION], format!("{event}?done=cancel"));
    assert!(studio.staff_page(&event).await.body.contains("Cancelled by the studio"));
}

#[tokio::test]
async fn a_20_staff_overbook_only_on_purpose() {
    let studio = Studio::with_capacity(1).await;
    let [full, from] = [studio.yoga[0], studio.yoga[1]];
    let first = studio.select(&[full]).await.unwrap();
    studio.confirm(first, "030 2312 5099").await.unwrap();
    let cart = studio.select(&[from]).await.unwrap();
    let appointment = studio.confirm(cart, "030 2312 5014").await.unwrap().booked[0].appointment;
    let by = |force| Command::RescheduleAppointment { appointment, to: full, by: Requester::Staff { force } };

    studio.staff(by(false)).await.unwrap_err();
    studio.staff(by(true)).await.unwrap();

    let day = studio.staff_page(&format!("/journal/{BRANCH}?day=2027-01-05")).await;
    assert!(day.body.contains("2 of 1 taken, 1 over"), "{}", day.body);
    let list = studio.page(&format!("/w/{BRANCH}/{LINK}")).await;
    assert!(list.body.contains("Sold out"), "free spots are never shown below 0");
}

#[tokio::test]
async fn every_page_forbids_inline_scripts_and_styles_and_a_30_unknown_addresses_open_nothing() {
    let studio = Studio::open().await;

    for path in [format!("/w/{BRANCH}/{LINK}"), format!("/w/{BRANCH}/{LINK}?event={}", studio.yoga[0])] {
        let page = studio.page(&path).await;
        assert!(page.headers["content-security-policy"].to_str().unwrap().contains("default-src 'none'"));
        assert!(!page.body.contains("style=\""));
        // A block of JSON is data: no policy runs it.
        let mut scripts = page.body.split("<script").skip(1).filter_map(|rest| rest.split('>').next());
        let from_here =
            |tag: &str| tag.contains(" src=\"/assets/") || tag.contains("type=\"application/json\"");
        assert!(scripts.all(from_here));
    }
    for path in [format!("/w/{BRANCH}/{BRANCH}"), "/c/x".to_owned(), format!("/m/{}", "A".repeat(43))] {
        let page = studio.page(&path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(page.body.contains("This address opens nothing"));
    }
    let journal = studio.staff_page(&format!("/journal/{BRANCH}")).await;
    assert_eq!(journal.headers["x-frame-options"], "DENY");
}
