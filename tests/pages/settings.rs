//! The settings that the widget obeys, as staff see and save them: booking links and branch rules.

use axum::http::{StatusCode, header};
use chrono::TimeDelta;

use crate::studio::pages::{value, values};
use crate::studio::{BRANCH, LINK, Studio};

fn links() -> String {
    format!("/settings/{BRANCH}/links")
}

fn link() -> String {
    format!("{}/{LINK}", links())
}

fn rules() -> String {
    format!("/settings/{BRANCH}/rules")
}

/// The form of a link as the page shows it, without *Multiple event booking*, and more.
fn filled(page: &str, more: &str) -> String {
    let ticked =
        |name: &str| -> Vec<String> { values(page, name).iter().map(|id| format!("{name}={id}")).collect() };
    let version = value(page, "version");
    let boxes = [ticked("service"), ticked("member")].concat().join("&");
    format!("{boxes}&name=Yoga+weekly&active=1&lead=0&horizon=365&version={version}{more}")
}

#[tokio::test]
async fn s_36_staff_list_the_links_and_s_11_open_one_with_the_group_multiple_event_booking() {
    let studio = Studio::open().await;

    let list = studio.staff_page(&links()).await.body;
    let opened = studio.staff_page(&link()).await.body;

    assert!(list.contains("Yoga weekly") && list.contains("Up to 10 dates"));
    assert!(list.contains(&format!("href=\"{}\"", link())));
    assert!(opened.contains("<legend>Multiple event booking</legend>"));
    assert!(opened.contains("Allow clients to book multiple events"), "s_39");
    let numbers: Vec<String> = (1..=10).map(|n| format!("<option value=\"{n}\"")).collect();
    assert!(numbers.iter().all(|number| opened.contains(number)), "s_40");
}

#[tokio::test]
async fn s_37_staff_create_a_link_for_group_booking() {
    let studio = Studio::open().await;

    let made = studio.staff_submit(&links(), "name=Second&kind=group").await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let address = made.headers[header::LOCATION].to_str().unwrap();
    assert!(studio.staff_page(address).await.body.contains("Multiple event booking"));
    let list = studio.staff_page(&links()).await.body;
    assert!(list.contains("Second</strong> Group. Multiple event booking: Off"), "{list}");

    let nameless = studio.staff_submit(&links(), "name=&kind=group").await;
    assert_eq!(nameless.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nameless.body.contains("Please enter a name"));
}

#[tokio::test]
async fn s_38_an_individual_link_has_no_such_group_and_refuses_one_made_by_hand() {
    let studio = Studio::open().await;
    let made = studio.staff_submit(&links(), "name=Single&kind=individual").await;
    let address = made.headers[header::LOCATION].to_str().unwrap().to_owned();
    let page = studio.staff_page(&address).await.body;

    let by_hand = studio.staff_submit(&address, &filled(&page, "&multiple=1&max=3")).await;

    assert!(!page.contains("Multiple event booking"));
    assert_eq!(by_hand.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(by_hand.body.contains("individual links book one appointment at a time"), "{}", by_hand.body);
}

#[tokio::test]
async fn s_40_how_many_at_once_is_1_to_10_and_anything_else_a_clear_error() {
    let studio = Studio::open().await;
    let page = studio.staff_page(&link()).await.body;

    for wrong in ["0", "11", "ten", ""] {
        let answer = studio.staff_submit(&link(), &filled(&page, &format!("&multiple=1&max={wrong}"))).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert!(answer.body.contains("Please choose a number from 1 to 10."), "{wrong}");
    }
    let saved = studio.staff_submit(&link(), &filled(&page, "&multiple=1&max=1")).await;
    assert_eq!(saved.headers[header::LOCATION], format!("{}?saved=1", link()));
}

#[tokio::test]
async fn s_43_saving_tells_who_changed_a_link_when_and_from_what_to_what() {
    let studio = Studio::open().await;
    studio.clock.advance(TimeDelta::hours(1));
    let page = studio.staff_page(&link()).await.body;

    let saved = studio.staff_submit(&link(), &filled(&page, "&multiple=1&max=4")).await;
    let after = studio.staff_page(saved.headers[header::LOCATION].to_str().unwrap()).await.body;
    let again = studio.staff_submit(&link(), &filled(&after, "&multiple=1&max=4")).await;

    assert!(after.contains("Saved."));
    assert!(
        after.contains("Changed by staff, not signed in, Mon 4 Jan, 10:00. <a href=\"#saves\">History</a>")
    );
    let [new, old] = ["was up to 10 events, now up to 4 events", "Kind: group"].map(|it| after.find(it));
    assert!(new.unwrap() < old.unwrap(), "the newest first");
    let again = studio.staff_page(again.headers[header::LOCATION].to_str().unwrap()).await.body;
    assert!(again.contains("Nothing to save."));
}

#[tokio::test]
async fn s_43_saving_tells_who_changed_the_rules_and_what_they_were() {
    let studio = Studio::open().await;
    let page = studio.staff_page(&rules()).await.body;
    let form = "&several=1&spots=4&cancel=1&cancel_hours=24&reschedule=1&reschedule_hours=1:30";

    let saved = studio.staff_submit(&rules(), &format!("version={}{form}", value(&page, "version"))).await;
    let after = studio.staff_page(saved.headers[header::LOCATION].to_str().unwrap()).await.body;
    let stale = studio.staff_submit(&rules(), &format!("version={}{form}", value(&page, "version"))).await;

    assert!(
        after.contains("Clients can reschedule: was yes, until the start, now yes, until 90 minutes before"),
        "{after}"
    );
    assert!(!after.contains("Team member: "), "the team is no rule");
    assert!(after.contains("value=\"1:30\""), "minutes are kept");
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
}

#[tokio::test]
async fn s_30_the_page_sets_four_independent_values_and_s_42_how_many_spots() {
    let studio = Studio::open().await;
    let form = async |fields: &str| {
        let version = value(&studio.staff_page(&rules()).await.body, "version");
        studio.staff_submit(&rules(), &format!("version={version}&{fields}")).await
    };

    form("cancel=1&cancel_hours=48&reschedule_hours=12&several=1&spots=255").await;
    let row = studio.app.branch(BRANCH).await.unwrap().unwrap();
    let set = row.branch.rules();
    assert_eq!((set.cancellation.allowed, set.cancellation.notice.get()), (true, 48 * 60));
    assert_eq!((set.rescheduling.allowed, set.rescheduling.notice.get()), (false, 12 * 60), "off keeps 12");
    assert_eq!(set.multiple_spots.max_spots().get(), 255);
    for wrong in ["1", "256", "many"] {
        let answer = form(&format!("cancel_hours=0&reschedule_hours=0&several=1&spots={wrong}")).await;
        assert!(answer.body.contains("Please enter a number from 2 to 255."), "{wrong}");
    }
    let answer = form("cancel_hours=-1&reschedule_hours=9000").await;
    let said = answer.body.matches("Please enter a number of hours from 0 to 8760.").count();
    assert_eq!(said, 2 * 2, "above the form, and beside each field");
}

#[tokio::test]
async fn s_09_the_pages_say_what_prepayment_switches_off() {
    let studio = Studio::open().await;
    studio.set_rules(|rules| rules.prepayment = true).await;

    assert!(studio.staff_page(&links()).await.body.contains("Paused, prepayment is on"));
    let opened = studio.staff_page(&link()).await.body;
    assert!(opened.contains("Online prepayment is on for this branch, so clients book one date at a time."));
    assert!(studio.staff_page(&rules()).await.body.contains("Multiple event booking on: 1."));
}

#[tokio::test]
async fn s_43_who_the_studio_is_stands_among_the_rules_and_clients_see_it() {
    let studio = Studio::open().await;
    let page = studio.staff_page(&rules()).await.body;
    assert!(page.contains("<option value=\"Europe/Berlin\" selected"), "{page}");
    let form = async |fields: &str| {
        let version = value(&studio.staff_page(&rules()).await.body, "version");
        let rules = "cancel=1&cancel_hours=24&reschedule=1&reschedule_hours=0";
        studio.staff_submit(&self::rules(), &format!("version={version}&{rules}&{fields}")).await
    };

    let moved =
        form("studio=Quay+Studio&address=&phone=030+99&time_zone=America%2FNew_York&country=us").await;
    assert_eq!(moved.status, StatusCode::SEE_OTHER, "{}", moved.body);
    let after = studio.staff_page(moved.headers[header::LOCATION].to_str().unwrap()).await.body;
    assert!(after.contains("Time zone: was Europe/Berlin, now America/New_York"), "{after}");
    assert!(after.contains("value=\"US\"") && after.contains("Clients can cancel: was"), "one Save for all");
    let widget = studio.page(&format!("/w/{BRANCH}/{LINK}")).await.body;
    assert!(widget.contains("Quay Studio") && widget.contains("Times in New York"), "{widget}");

    let wrong = form("studio=&address=a%0ab&phone=&time_zone=Mars&country=Germany").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    for sentence in [
        "There are 4 problems",
        "Please enter a name.",
        "up to 200 characters on one line",
        "Please choose a time zone.",
        "two letters of a country",
        "value=\"Germany\"",
    ] {
        assert!(wrong.body.contains(sentence), "{sentence}: {}", wrong.body);
    }
    let other = form("").await;
    assert_eq!(other.headers[header::LOCATION], format!("{}?saved=0", rules()), "nothing was said of it");
}

#[tokio::test]
async fn s_43_looks_are_previewed_on_the_page_that_sets_them_and_nowhere_else() {
    let studio = Studio::open().await;

    let page = studio.staff_page(&link()).await;
    let preview = studio.staff_page(&format!("{}/preview?accent=ffd400&theme=dark&lang=de", link())).await;

    assert!(page.body.contains(&format!("src=\"{}/preview\"", link())), "{}", page.body);
    let policy = |answer: &crate::studio::http::Answered| {
        answer.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned()
    };
    assert!(policy(&page).ends_with("frame-src 'self'; frame-ancestors 'none'"), "{}", policy(&page));
    assert!(policy(&preview).ends_with("frame-ancestors 'self'"), "{}", policy(&preview));
    assert_eq!(preview.headers[header::X_FRAME_OPTIONS], "SAMEORIGIN");
    for sign in ["<h1>Termin buchen</h1>", "data-theme=\"dark\"", "/colours/ffd400"] {
        assert!(preview.body.contains(sign), "{sign}: {}", preview.body);
    }
    let saved = studio.staff_page(&format!("{}/preview", link())).await;
    assert!(!saved.body.contains("/colours/"), "nothing was saved");
}

#[tokio::test]
async fn s_36_what_staff_give_away_has_the_address_that_clients_reach() {
    let mut studio = Studio::open().await;
    studio.app = studio.app.clone().reached_at(Some("https://riverside.example".to_owned()));

    let widget = format!("https://riverside.example/w/{BRANCH}/{LINK}");
    assert!(studio.staff_page(&links()).await.body.contains(&format!("href=\"{widget}\"")));
    let opened = studio.staff_page(&link()).await.body;
    let attribute = format!("src=&#34;{widget}&#34;");
    assert!(opened.contains(&attribute) && opened.contains("Two lines for your page:"), "{opened}");
    let team = format!("/settings/{BRANCH}/team");
    studio.staff_submit(&format!("{team}/{}/feed", crate::studio::SOFIE), "").await;
    let team = studio.staff_page(&team).await.body;
    assert!(team.contains("value=\"https://riverside.example/cal/"), "{team}");
}
