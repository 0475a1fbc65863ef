//! The setting of a link, as staff see and save it.

use serde_json::json;

use super::open;
use crate::studio::http::at;
use crate::studio::pages::{value, values};
use crate::studio::{BRANCH, LINK, Studio};

fn link() -> String {
    format!("/settings/{BRANCH}/links/{LINK}")
}

const NOT_SET_UP: &str = "Codes cannot be sent here yet: with this on, clients cannot book online.";

#[tokio::test]
async fn a_16_staff_switch_it_on_and_the_history_says_who_did() {
    let studio = Studio::open().await;
    let page = studio.staff_page(&link()).await.body;
    let ticked =
        |name: &str| -> Vec<String> { values(&page, name).iter().map(|id| format!("{name}={id}")).collect() };
    let boxes = [ticked("service"), ticked("member")].concat().join("&");
    let version = value(&page, "version");
    let form = format!(
        "{boxes}&name=Yoga+weekly&active=1&lead=0&horizon=365&multiple=1&max=10&phone_code=1&version={version}"
    );

    let saved = studio.staff_submit(&link(), &form).await;

    assert!(
        page.contains("name=\"phone_code\" value=\"1\" aria-describedby=\"phone-code-hint\">"),
        "off at first"
    );
    assert_eq!(saved.status, 303, "{}", saved.body);
    let page = studio.staff_page(&link()).await.body;
    assert!(page.contains("aria-describedby=\"phone-code-hint\" checked>"), "{page}");
    assert!(page.contains("Clients confirm their phone number with a code: was no, now yes"), "{page}");
}

#[tokio::test]
async fn a_16_the_page_warns_where_codes_cannot_be_sent() {
    assert!(Studio::open().await.staff_page(&link()).await.body.contains(NOT_SET_UP));
    assert!(!open().await.staff_page(&link()).await.body.contains(NOT_SET_UP));
}

#[tokio::test]
async fn a_16_programs_read_and_set_it_and_who_leaves_it_out_has_it_off() {
    let studio = open().await;
    let address = format!("/links/{LINK}");
    let shown = studio.ask_staff("GET", &at(format!("{address}/settings")), &[], None).await;
    assert_eq!(shown.accepted()["settings"]["phone_code"], true);

    let mut settings = shown.json()["settings"].clone();
    settings.as_object_mut().unwrap().remove("phone_code");
    let headers = [("if-match", shown.etag())];
    let headers = headers.each_ref().map(|(name, value)| (*name, value.as_str()));
    let left_out =
        studio.ask_staff("PUT", &at(format!("{address}/settings")), &headers, Some(settings)).await;

    assert_eq!(left_out.accepted()["settings"]["phone_code"], json!(false));
    let facts = studio.facts().await;
    let set_up: Vec<_> = facts.iter().filter(|fact| fact.event_type == "link.set-up.v1").collect();
    assert!(set_up[0].payload.contains("\"phone_code\":true"), "{}", set_up[0].payload);
    assert!(!set_up[1].payload.contains("phone_code"), "left out where it is off: {}", set_up[1].payload);
}
