//! What a client changes in the account: the same commands and rules as everywhere else.

use aggregates::change_rules::ChangeRule;
use aggregates::ids::ActivityId;
use aggregates::values::Notice;
use axum::http::StatusCode;
use chrono::TimeDelta;

use super::browser::{ANNA, Browser, account, location, open};
use crate::studio::pages::hrefs;
use crate::studio::{BRANCH, Studio};

impl Studio {
    async fn booked_by_anna(&self, events: &[ActivityId]) {
        let cart = self.select(events).await.unwrap();
        self.confirm(cart, ANNA).await.unwrap();
    }
}

/// S-35 for the account: each rule on and off, and before, at and after its boundary, each on its own.
#[tokio::test]
async fn s_33_s_35_a_12_the_account_is_gated_by_each_rule_on_its_own() {
    let day: Notice = (24 * 60).try_into().unwrap();
    for (cancel, reschedule) in [(true, true), (true, false), (false, true), (false, false)] {
        for (seconds, open_yet) in [(-1, true), (0, true), (1, false)] {
            let studio = open().await;
            let rule = |allowed| ChangeRule { allowed, notice: day };
            studio
                .set_rules(|rules| {
                    (rules.cancellation, rules.rescheduling) = (rule(cancel), rule(reschedule));
                })
                .await;
            let cart = studio.select(&studio.yoga[..1]).await.unwrap();
            studio.set_spots(cart, studio.yoga[0], 2).await.unwrap();
            studio.confirm(cart, ANNA).await.unwrap();
            let mut browser = Browser::of(&studio);
            browser.sign_in(ANNA).await;
            let mine = hrefs(&browser.see(&account("")).await.body, "calendar.ics")[0].clone();
            let mine = mine.trim_end_matches("/calendar.ics");
            // Tuesday 18:30 less a day is Monday 18:30; it is Monday 09:00.
            studio.clock.advance(TimeDelta::minutes(9 * 60 + 30) + TimeDelta::seconds(seconds));
            let case = format!("cancel {cancel}, reschedule {reschedule}, {seconds} s after the boundary");

            for page in [browser.see(&account("")).await.body, browser.see(mine).await.body] {
                assert_eq!(hrefs(&page, "/cancel").len(), usize::from(cancel && open_yet), "{case}");
                assert_eq!(hrefs(&page, "/reschedule").len(), usize::from(reschedule && open_yet), "{case}");
                let off = "To cancel, please call the studio: 030 2312 5014.";
                assert_eq!(page.contains(off), !cancel, "{case}");
                let ended = "Online rescheduling ended on Mon 4 Jan, 18:30. Please call the studio";
                assert_eq!(page.contains(ended), reschedule && !open_yet, "{case}");
            }
            let expected =
                |allowed| if allowed { StatusCode::SEE_OTHER } else { StatusCode::UNPROCESSABLE_ENTITY };
            let fewer = browser.submit(&format!("{mine}/spots"), "spots=1").await;
            assert_eq!(fewer.status, expected(cancel && open_yet), "{case}");
            let moved =
                browser.submit(&format!("{mine}/reschedule"), &format!("to={}", studio.yoga[4])).await;
            assert_eq!(moved.status, expected(reschedule && open_yet), "{case}");
            // What was moved is far enough ahead again.
            let open_yet = open_yet || moved.status == StatusCode::SEE_OTHER;
            let cancelled = browser.submit(&format!("{mine}/cancel"), "").await;
            assert_eq!(cancelled.status, expected(cancel && open_yet), "{case}");
        }
    }
}

#[tokio::test]
async fn e_23_s_31_one_of_five_is_cancelled_and_the_others_stay() {
    let studio = open().await;
    studio.booked_by_anna(&studio.yoga[2..7]).await;
    let mut browser = Browser::of(&studio);
    browser.sign_in(ANNA).await;
    let third = hrefs(&browser.see(&account("?open=3")).await.body, "/cancel")[2].clone();

    let asks = browser.see(&third).await.body;
    let done = location(&browser.submit(&third, "").await);

    assert!(
        asks.contains("<h1>Cancel Tue 19 Jan, 18:30?</h1>") && asks.contains("Your other dates stay booked.")
    );
    assert_eq!(done, format!("{}?done=cancel", third.trim_end_matches("/cancel")));
    let done = browser.see(&done).await.body;
    assert!(done.contains("<title>Tue 19 Jan, 18:30 is cancelled."), "{done}");
    assert!(done.contains(&format!("<a href=\"{}\">Your appointments</a>", account(""))), "{done}");
    let all = browser.see(&account("")).await.body;
    let statuses: Vec<_> =
        all.split("<span class=\"status\">").skip(1).map(|it| it.split('<').next().unwrap()).collect();
    assert_eq!(statuses, ["Booked", "Booked", "Cancelled", "Booked", "Booked"]);
    let head = studio.head().await;
    location(&browser.submit(&third, "").await);
    assert_eq!(studio.head().await, head, "cancelled once is cancelled");
}

#[tokio::test]
async fn a_13_a_28_a_date_is_moved_and_keeps_fewer_spots() {
    let studio = open().await;
    let cart = studio.select(&studio.yoga[2..3]).await.unwrap();
    studio.set_spots(cart, studio.yoga[2], 3).await.unwrap();
    studio.confirm(cart, ANNA).await.unwrap();
    let mut browser = Browser::of(&studio);
    browser.sign_in(ANNA).await;
    let list = browser.see(&account("")).await.body;
    let [reschedule, spots] = ["/reschedule", "/spots"].map(|ending| hrefs(&list, ending).remove(0));

    assert!(browser.see(&reschedule).await.body.contains("Tue 19 Jan"));
    let moved = location(&browser.submit(&reschedule, &format!("to={}", studio.yoga[4])).await);
    assert!(
        browser.see(&moved).await.body.contains("Moved to Tue 19 Jan, 18:30. Your old spots are free again.")
    );
    assert!(browser.see(&spots).await.body.contains("How many spots do you keep?"));
    let fewer = location(&browser.submit(&spots, "spots=1").await);
    assert!(browser.see(&fewer).await.body.contains("You keep 1 spot on Tue 19 Jan, 18:30."));

    let free = async |event| studio.app.activity(BRANCH, event).await.unwrap().unwrap().vacancy.free();
    assert_eq!((free(studio.yoga[2]).await, free(studio.yoga[4]).await), (12, 11));
}

#[tokio::test]
async fn a_29_a_date_that_the_client_has_already_is_told_so() {
    let studio = open().await;
    studio.booked_by_anna(&studio.yoga[2..4]).await;
    let mut browser = Browser::of(&studio);
    browser.sign_in(ANNA).await;
    let path = hrefs(&browser.see(&account("")).await.body, "/reschedule").remove(0);

    let refused = browser.submit(&path, &format!("to={}", studio.yoga[3])).await;

    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("You already have Thu 14 Jan, 18:30. You still have Tue 12 Jan, 18:30."));
}

#[tokio::test]
async fn forms_of_other_sites_change_nothing() {
    let studio = open().await;
    studio.booked_by_anna(&studio.yoga[2..3]).await;
    let mut browser = Browser::of(&studio);
    browser.sign_in(ANNA).await;
    let cancel = hrefs(&browser.see(&account("")).await.body, "/cancel").remove(0);
    let (name, value) = browser.cookies.iter().next().unwrap();
    let cookie = format!("{name}={value}");
    let head = studio.head().await;

    let foreign =
        [("origin", "https://elsewhere.example"), ("cookie", cookie.as_str()), crate::studio::pages::FORM];
    let answer =
        crate::studio::http::call(studio.public(), "POST", &cancel, &foreign, Some(String::new())).await;

    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert_eq!(studio.head().await, head);
}
