//! What any page can meet: a sentence that tells what was changed, and a button that leads on. Never raw JSON.

use axum::http::{StatusCode, header};

use crate::double::{Fault, double};
use crate::studio::http::{Answered, call};
use crate::studio::pages::{FORM, confirmation, hrefs, values};
use crate::studio::{BRANCH, LINK, Studio};

const HTML: (&str, &str) = ("accept", "text/html,application/xhtml+xml");

/// A page that says sorry, with its heading and the label of its button.
#[track_caller]
fn says(page: &Answered, status: StatusCode, heading: &str, button: &str) {
    assert_eq!(page.status, status, "{}", page.body);
    assert!(page.headers[header::CONTENT_TYPE].to_str().unwrap().starts_with("text/html"));
    assert!(page.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap().contains("default-src 'none'"));
    assert!(page.body.contains(&format!("<h1>{heading}</h1>")), "{}", page.body);
    let (as_link, as_button) = (format!(">{button}</a>"), format!(">{button}</button>"));
    let opening = format!(">{button}<span");
    assert!([as_link, as_button, opening].iter().any(|it| page.body.contains(it)), "{}", page.body);
}

#[tokio::test]
async fn a_22_a_confirmation_of_unknown_outcome_is_checked_again_with_the_same_key_and_books_once() {
    let (studio, script) = double(Studio::open().await).await;
    let contact = studio.go_on(&studio.yoga[..2]).await;
    let form = confirmation(&studio.page(&contact).await.body);
    script.next([Fault::Stored]);
    script.fence_is_away(true);

    let unsure = studio.submit(&contact, &form).await;

    says(&unsure, StatusCode::SERVICE_UNAVAILABLE, "We are not sure yet", "Check again");
    assert!(unsure.body.contains("it cannot book anything twice"));
    assert!(unsure.headers.contains_key(header::RETRY_AFTER));
    script.fence_is_away(false);
    let kept = resent(&unsure.body);
    let checked = studio.submit(&contact, &kept).await;
    assert_eq!(checked.status, StatusCode::SEE_OTHER, "{}", checked.body);
    assert_eq!(studio.facts().await.iter().filter(|it| it.event_type == "cart.confirmed.v1").count(), 1);
}

#[tokio::test]
async fn a_22_a_store_that_is_away_is_told_and_the_same_form_goes_again() {
    let (studio, script) = double(Studio::open().await).await;
    let contact = studio.go_on(&studio.yoga[..2]).await;
    let form = confirmation(&studio.page(&contact).await.body);
    script.next([Fault::Refused; 50]);

    let busy = studio.submit(&contact, &form).await;

    says(&busy, StatusCode::SERVICE_UNAVAILABLE, "Very busy right now", "Try again");
    assert!(busy.body.contains("This step was not taken in, so nothing was changed."));
    assert!(busy.body.contains("name=\"name\" value=\"Anna Berg\""), "what was typed goes again");
}

#[tokio::test]
async fn a_step_that_breaks_is_told_with_the_number_of_the_request() {
    let (studio, script) = double(Studio::open().await).await;
    let result = studio.confirm_typed(&studio.go_on(&studio.yoga[..1]).await).await;
    let path = hrefs(&studio.page(&result).await.body, "/reschedule").remove(0);
    script.next([Fault::Fatal]);

    let headers = [FORM, ("x-request-id", "number-7")];
    let form = Some(format!("to={}", studio.yoga[5]));
    let broken = call(studio.public(), "POST", &path, &headers, form).await;

    says(&broken, StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong on our side", "Try again");
    assert!(broken.body.contains("please tell the studio this number: number-7."));
    assert!(broken.body.contains(&format!("name=\"to\" value=\"{}\"", studio.yoga[5])));
}

#[tokio::test]
async fn a_confirmation_that_breaks_is_not_called_unbooked_but_checked_again() {
    let (studio, script) = double(Studio::open().await).await;
    let contact = studio.go_on(&studio.yoga[..2]).await;
    let form = confirmation(&studio.page(&contact).await.body);
    script.next([Fault::Fatal]);

    let unsure = studio.submit(&contact, &form).await;

    says(&unsure, StatusCode::INTERNAL_SERVER_ERROR, "We are not sure yet", "Check again");
}

#[tokio::test]
async fn a_30_an_address_that_opens_nothing_offers_the_list_and_the_studios_phone() {
    let studio = Studio::open().await;
    let list = format!("href=\"/w/{BRANCH}/{LINK}\"");
    let contact = studio.go_on(&studio.yoga[..1]).await;
    let (branch_of_it, _) = contact.trim_start_matches("/c/").split_at(22);
    let forged = format!("{branch_of_it}{}", "A".repeat(21));

    for path in [
        format!("/w/{BRANCH}/{BRANCH}"),
        format!("/w/{BRANCH}/none"),
        format!("/c/{forged}"),
        format!("/m/{forged}/cancel"),
    ] {
        let page = studio.page(&path).await;
        says(&page, StatusCode::NOT_FOUND, "This address opens nothing", "See all events");
        assert!(page.body.contains(&list), "{path}");
        assert!(page.body.contains("Please call the studio: 030 2312 5014."), "{path}");
        assert!(page.body.contains("href=\"tel:03023125014\""), "{path}");
    }
    for path in ["/w/none/none".to_owned(), format!("/c/{}", "A".repeat(43)), "/c/x".to_owned()] {
        let page = studio.page(&path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND);
        assert!(page.body.contains("Please ask the studio."), "nobody knows which: {}", page.body);
    }
    let packed = [HTML, ("accept-encoding", "gzip, br")];
    let page = call(studio.public(), "GET", "/w/none/none", &packed, None).await;
    assert!(page.body.contains("Please ask the studio."), "what was packed was the problem, not its page");
    assert!(!page.headers.contains_key("content-encoding"));
    let nowhere = call(studio.public(), "GET", "/nowhere", &[HTML], None).await;
    assert!(nowhere.body.contains("<h1>This address opens nothing</h1>"));
    let staff = studio.staff_page(&format!("/journal/{BRANCH}/events/{BRANCH}")).await;
    says(&staff, StatusCode::NOT_FOUND, "This address opens nothing", "Journal");
}

#[tokio::test]
async fn an_address_that_opened_something_once_leads_to_the_account() {
    let mut studio = Studio::open().await;
    studio.app = studio.app.clone().with_mailbox();
    let contact = studio.go_on(&studio.yoga[..1]).await;
    let (branch_of_it, _) = contact.trim_start_matches("/c/").split_at(22);

    let page = studio.page(&format!("/m/{branch_of_it}{}?lang=en", "A".repeat(21))).await;

    says(&page, StatusCode::NOT_FOUND, "This address opens nothing", "Sign in");
    assert!(page.body.contains("Please ask the studio, or sign in with your phone number."));
    let sign_in = format!("href=\"/account/{BRANCH}/sign-in?lang=en\" target=\"_blank\"");
    assert!(page.body.contains(&sign_in), "{}", page.body);
    let list = studio.page(&format!("/w/{BRANCH}/none")).await;
    says(&list, StatusCode::NOT_FOUND, "This address opens nothing", "See all events");
}

#[tokio::test]
async fn a_form_out_of_a_foreign_frame_is_told_to_open_the_page_on_its_own() {
    let studio = Studio::open().await;
    let contact = studio.go_on(&studio.yoga[..1]).await;
    let headers = [FORM, ("origin", "https://example.org")];
    let typed = "name=Anna+Berg&phone=030+23125014&key=k1".to_owned();

    let page = call(studio.public(), "POST", &contact, &headers, Some(typed)).await;

    says(&page, StatusCode::FORBIDDEN, "Please open this page on its own", "Open in a new tab");
    assert!(page.body.contains(&format!("href=\"{contact}\" target=\"_blank\"")));
    assert!(!page.body.contains("Anna"), "nothing that was typed comes into an address");
    assert!(page.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap().contains("frame-ancestors *"));
}

#[tokio::test]
async fn programs_are_answered_with_problem_details_whatever_they_accept() {
    let studio = Studio::open().await;

    let api = call(studio.public(), "GET", "/api/v1/nothing", &[HTML], None).await;

    api.problem(404, "not-found");
}

#[tokio::test]
async fn the_pencils_address_reloaded_leads_back_to_the_contact_step() {
    let studio = Studio::open().await;
    let contact = studio.go_on(&studio.yoga[..1]).await;

    let reloaded = studio.page(&format!("{contact}/selection")).await;

    assert_eq!(reloaded.headers[header::LOCATION], contact.as_str());
}

/// The hidden fields of a page as its form sends them.
fn resent(page: &str) -> String {
    let names = page.split("type=\"hidden\" name=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let fields = names.map(|name| {
        let value = values(page, name).remove(0);
        (name, value.replace("&#34;", "\"").replace("&quot;", "\"").replace("&#38;", "&"))
    });
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}
