//! How a link looks, and which sites may show it.

use axum::http::StatusCode;
use serde_json::json;

use crate::studio::http::Answered;
use crate::studio::pages::hrefs;
use crate::studio::{BRANCH, LINK, Studio};

fn policy(page: &Answered) -> &str {
    page.headers["content-security-policy"].to_str().unwrap().split("; ").last().unwrap()
}

/// Every page of a booking of the nth date, from the list to the booked date.
async fn every_page(studio: &Studio, nth: usize) -> Vec<Answered> {
    let list = studio.page(&format!("/w/{BRANCH}/{LINK}")).await;
    let event = studio.page(&format!("/w/{BRANCH}/{LINK}?event={}", studio.yoga[nth])).await;
    let contact = studio.go_on(&studio.yoga[nth..=nth]).await;
    let details = studio.page(&contact).await;
    let result = studio.confirm_typed(&contact).await;
    let booked = studio.page(&result).await;
    let one = hrefs(&booked.body, "/calendar.ics")[0].replace("/calendar.ics", "");
    let one = studio.page(&one).await;
    vec![list, event, details, booked, one]
}

#[tokio::test]
async fn the_looks_of_a_link_are_those_of_all_its_pages() {
    let studio = Studio::open().await;
    for page in every_page(&studio, 0).await {
        assert_eq!(policy(&page), "frame-ancestors *", "{}", page.path);
        assert!(page.body.contains("<html lang=\"en\"") && !page.body.contains("/colours/"));
    }
    let looks = json!({
        "accent": "#7A3FB0",
        "scheme": "dark",
        "language": "de",
        "sites": ["https://studio.example", "https://*.studio.example"],
    });

    let etag = studio
        .ask_staff("GET", &format!("/api/v1/branches/{BRANCH}/links/{LINK}/settings"), &[], None)
        .await
        .etag();
    let answer = studio
        .ask_staff(
            "PUT",
            &format!("/api/v1/branches/{BRANCH}/links/{LINK}/appearance"),
            &[("if-match", &etag)],
            Some(looks),
        )
        .await
        .accepted();
    assert_eq!(answer["appearance"]["accent"], "#7a3fb0");

    for page in every_page(&studio, 1).await {
        assert_eq!(
            policy(&page),
            "frame-ancestors https://*.studio.example https://studio.example",
            "{}",
            page.path
        );
        assert!(page.body.contains("<html lang=\"de\" dir=\"ltr\" data-theme=\"dark\""), "{}", page.path);
        assert!(page.body.contains("/colours/7a3fb0\""), "{}", page.path);
    }
    let chosen = studio.page(&format!("/w/{BRANCH}/{LINK}?lang=es&theme=light&accent=%23ff0000")).await;
    assert!(chosen.body.contains("<html lang=\"es\" dir=\"ltr\" data-theme=\"light\""));
    assert!(chosen.body.contains("/colours/ff0000\""), "what the site around it says comes first");
}

#[tokio::test]
async fn a_link_that_no_site_may_embed_says_so() {
    let studio = Studio::open().await;
    let path = format!("/api/v1/branches/{BRANCH}/links/{LINK}/settings");
    let etag = studio.ask_staff("GET", &path, &[], None).await.etag();
    let path = path.replace("/settings", "/appearance");
    let ask = async |body| studio.ask_staff("PUT", &path, &[("if-match", &etag)], Some(body)).await;

    ask(json!({"accent": "red", "language": "DE", "sites": ["https://a.example; script-src *"]}))
        .await
        .wrong_fields(422, "invalid-fields", &["/accent", "/language", "/sites/0"]);
    ask(json!({"sites": []})).await.accepted();

    let page = studio.page(&format!("/w/{BRANCH}/{LINK}")).await;
    assert_eq!((page.status, policy(&page)), (StatusCode::OK, "frame-ancestors 'none'"));
}

#[tokio::test]
async fn s_43_staff_set_looks_on_the_page_of_the_link() {
    let studio = Studio::open().await;
    let path = format!("/settings/{BRANCH}/links/{LINK}");
    let form = |looks: &str| format!("name=Yoga&active=1&max=10&lead=0&horizon=365&version=1{looks}");

    let wrong = studio.staff_submit(&path, &form("&colour=red&sites=nowhere")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("Please enter a colour like #0f6b5f"), "{}", wrong.body);
    assert!(wrong.body.contains("value=\"red\"") && wrong.body.contains("nowhere"), "nothing typed is lost");

    let looks =
        "&colour=%23ffd400&scheme=dark&language=ru&sites=https%3A%2F%2Fa.example%0Ahttps%3A%2F%2Fb.example";
    let saved = studio.staff_submit(&path, &form(looks)).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);

    let page = studio.staff_page(&path).await;
    assert!(page.body.contains("Links use a deeper shade, #"));
    assert!(page.body.contains("https://a.example\nhttps://b.example"));
    assert!(page.body.contains("Light or dark: was by device, now dark"), "{}", page.body);
    let widget = studio.page(&format!("/w/{BRANCH}/{LINK}")).await;
    assert_eq!(policy(&widget), "frame-ancestors https://a.example https://b.example");
}
