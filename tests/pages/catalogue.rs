//! The catalogue and the team, as staff set them on their pages.

use axum::http::{StatusCode, header};

use crate::studio::http::Answered;
use crate::studio::pages::{hrefs, value};
use crate::studio::{BRANCH, LINK, SOFIE, Studio, YOGA};

impl Studio {
    /// Saves a form on a page of the settings, at the version that the page has.
    async fn saves(&self, page: &str, form: &str) -> Answered {
        let path = format!("/settings/{BRANCH}/{page}");
        let version = value(&self.staff_page(&path).await.body, "version");
        self.staff_submit(&path, &format!("{form}&version={version}")).await
    }

    async fn settings_page(&self, page: &str) -> String {
        let page = self.staff_page(&format!("/settings/{BRANCH}/{page}")).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        page.body
    }
}

#[tokio::test]
async fn s_43_a_service_is_added_and_changed_and_history_says_so() {
    let studio = Studio::open().await;

    let added = studio
        .saves("catalogue", "name=Pilates&duration=45&price=12,5&currency=eur&membership=optional")
        .await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
    let page = studio.settings_page("catalogue").await;
    assert!(page.contains("value=\"12.50\"") && page.contains(">Pilates</h2>"), "{page}");

    let form = format!("service={YOGA}&name=Yoga&duration=60&price=18&currency=EUR&membership=off&prepaid=1");
    assert_eq!(studio.saves("catalogue", &form).await.status, StatusCode::SEE_OTHER);
    let page = studio.settings_page("catalogue").await;
    assert!(page.contains("Changed by staff, not signed in"), "{page}");
    let widget = studio.page(&format!("/w/{BRANCH}/{LINK}")).await.body;
    assert!(widget.contains("18 EUR paid online"), "{widget}");
}

#[tokio::test]
async fn what_cannot_be_read_is_told_beside_its_service_and_kept() {
    let studio = Studio::open().await;

    let form = format!("service={YOGA}&name=&duration=0&price=1.234&currency=EUR");
    let wrong = studio.saves("catalogue", &form).await;

    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    for sentence in
        ["There are 3 problems", "enter a name", "minutes it lasts, from 1 to 1440", "an amount like 15"]
    {
        assert!(wrong.body.contains(sentence), "{sentence}: {}", wrong.body);
    }
    assert!(wrong.body.contains("value=\"1.234\"") && wrong.body.contains(&format!("href=\"#name-{YOGA}\"")));
    let stale =
        studio.staff_submit(&format!("/settings/{BRANCH}/catalogue"), "name=X&duration=60&version=1").await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
}

#[tokio::test]
async fn b_12_a_team_member_is_renamed_and_gets_a_calendar() {
    let studio = Studio::open().await;

    let renamed = studio.saves("team", &format!("member={SOFIE}&name=Sofia")).await;
    assert_eq!(renamed.status, StatusCode::SEE_OTHER, "{}", renamed.body);
    assert_eq!(studio.saves("team", "name=Lena").await.status, StatusCode::SEE_OTHER);
    let page = studio.settings_page("team").await;
    assert!(page.contains("value=\"Sofia\"") && page.contains("value=\"Lena\""), "{page}");
    assert!(studio.page(&format!("/w/{BRANCH}/{LINK}")).await.body.contains("Yoga with Sofia"));

    let made = studio.staff_submit(&format!("/settings/{BRANCH}/team/{SOFIE}/feed"), "").await;
    assert_eq!(made.headers[header::LOCATION], format!("/settings/{BRANCH}/team"));
    let page = studio.settings_page("team").await;
    let feed =
        page.split("value=\"").map(|rest| rest.split('"').next().unwrap()).find(|it| it.contains("/cal/"));
    let path = feed.unwrap().rsplit_once("/cal/").unwrap().1;
    let calendar = studio.page(&format!("/cal/{path}")).await;
    assert!(calendar.body.contains("X-WR-CALNAME:Sofia"), "{}", calendar.body);

    let nobody = studio.staff_submit(&format!("/settings/{BRANCH}/team/{BRANCH}/feed"), "").await;
    assert_eq!(nobody.status, StatusCode::NOT_FOUND);
    assert_eq!(
        studio.saves("team", &format!("member={SOFIE}&name=")).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert!(hrefs(&page, "/team").len() == 1, "the way there stands on every page for staff");
}
