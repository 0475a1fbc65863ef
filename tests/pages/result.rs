//! What a client has after the confirmation: the result page and each appointment, seen and changed on its own.

use aggregates::change_rules::ChangeRule;
use aggregates::ids::ActivityId;
use aggregates::values::Notice;
use axum::http::{StatusCode, header};
use cartwheel::command::Command;
use chrono::TimeDelta;

use crate::studio::http::Answered;
use crate::studio::pages::hrefs;
use crate::studio::{MARCO, Studio};

impl Studio {
    /// Books these dates on the pages; the address of the result.
    async fn booked(&self, events: &[ActivityId]) -> String {
        self.confirm_typed(&self.go_on(events).await).await
    }

    async fn landed(&self, answer: &Answered) -> Answered {
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        self.page(answer.headers[header::LOCATION].to_str().unwrap()).await
    }
}

/// What stands between two words of a page.
fn between<'a>(page: &'a str, from: &str, to: &str) -> Vec<&'a str> {
    page.split(from).skip(1).filter_map(|rest| rest.split(to).next()).collect()
}

#[tokio::test]
async fn s_26_the_result_lists_every_appointment_at_the_top() {
    let studio = Studio::open().await;

    let page = studio.page(&studio.booked(&studio.yoga[..3]).await).await.body;

    let main = page.split("<main").nth(1).unwrap();
    let [title, yours, first] = ["<h1>3 dates are booked</h1>", "Your appointments", "class=\"opener\""]
        .map(|it| main.find(it).unwrap());
    assert!(title < yours && yours < first);
    assert!(!main[title..yours].contains("<p"), "nothing stands between them");
    let dates = between(main, "<span class=\"date\">", "<");
    assert_eq!(dates, ["Tue 5 Jan, 18:30", "Thu 7 Jan, 18:30", "Tue 12 Jan, 18:30"]);
}

#[tokio::test]
async fn s_27_the_date_button_opens_the_details_of_that_appointment() {
    let studio = Studio::open().await;
    let result = studio.booked(&studio.yoga[..3]).await;

    for opened in 1..=3 {
        let page = studio.page(&format!("{result}?open={opened}")).await.body;

        for panel in 1..=3 {
            let expanded = format!("value=\"{panel}\" aria-expanded=\"{}\"", panel == opened);
            assert!(page.contains(&expanded), "{opened} {panel}");
            let hidden = format!("id=\"panel-{panel}\" hidden");
            assert_eq!(page.contains(&hidden), panel != opened, "{opened} {panel}");
        }
    }
    let page = studio.page(&format!("{result}?open=2")).await.body;
    let panel = between(&page, "id=\"panel-2\"", "</div>")[0];
    assert!(panel.contains("Thursday 7 January 2027, 18:30 to 19:30"), "{panel}");
    assert!(panel.contains("Yoga with Sofie") && panel.contains("12 Quay Street"));
}

#[tokio::test]
async fn s_28_each_appointment_has_its_own_google_calendar_link() {
    let studio = Studio::open().await;

    let page = studio.page(&studio.booked(&studio.yoga[..2]).await).await.body;

    let links = between(&page, "href=\"https://calendar.google.com/calendar/render?", "\"");
    assert_eq!(links.len(), 2);
    for (link, dates) in links.iter().zip(["20270105T173000Z", "20270107T173000Z"]) {
        assert!(link.contains("action=TEMPLATE") && link.contains(dates), "{link}");
    }
}

/// S-35 for the pages: each rule on and off, and before, at and after its boundary, each on its own.
#[tokio::test]
async fn s_35_a_12_result_page_and_appointment_are_gated_by_each_rule_on_its_own() {
    let day: Notice = (24 * 60).try_into().unwrap();
    for (cancel, reschedule) in [(true, true), (true, false), (false, true), (false, false)] {
        for (hours, seconds, open) in [(9, -1, true), (9, 0, true), (9, 1, false)] {
            let studio = Studio::open().await;
            let rule = |allowed| ChangeRule { allowed, notice: day };
            studio
                .set_rules(|rules| {
                    (rules.cancellation, rules.rescheduling) = (rule(cancel), rule(reschedule));
                })
                .await;
            let result = studio.booked(&studio.yoga[..1]).await;
            let mine = hrefs(&studio.page(&result).await.body, "calendar.ics")[0].clone();
            let mine = mine.trim_end_matches("/calendar.ics");
            // Tuesday 18:30 less a day is Monday 18:30; it is Monday 09:00.
            studio
                .clock
                .advance(TimeDelta::hours(hours) + TimeDelta::minutes(30) + TimeDelta::seconds(seconds));
            let case = format!("cancel {cancel}, reschedule {reschedule}, {seconds} s after the boundary");

            for page in [studio.page(&result).await.body, studio.page(mine).await.body] {
                assert_eq!(hrefs(&page, "/cancel").len(), usize::from(cancel && open), "{case}");
                assert_eq!(hrefs(&page, "/reschedule").len(), usize::from(reschedule && open), "{case}");
                assert_eq!(
                    page.contains("To cancel, please call the studio: 030 2312 5014."),
                    !cancel,
                    "{case}"
                );
                let ended = "Online rescheduling ended on Mon 4 Jan, 18:30. Please call the studio";
                assert_eq!(page.contains(ended), reschedule && !open, "{case}");
            }
            let moved = studio.submit(&format!("{mine}/reschedule"), &format!("to={}", studio.yoga[4])).await;
            let allowed =
                if reschedule && open { StatusCode::SEE_OTHER } else { StatusCode::UNPROCESSABLE_ENTITY };
            assert_eq!(moved.status, allowed, "{case}");
            let left = studio.page(&result).await.body;
            // What was moved is far enough ahead again.
            let open = open || moved.status == StatusCode::SEE_OTHER;
            let cancelled = studio.submit(&format!("{mine}/cancel"), "").await;
            let allowed =
                if cancel && open { StatusCode::SEE_OTHER } else { StatusCode::UNPROCESSABLE_ENTITY };
            assert_eq!(cancelled.status, allowed, "{case} {left}");
        }
    }
}

#[tokio::test]
async fn e_23_one_of_five_is_cancelled_and_s_31_the_others_stay() {
    let studio = Studio::open().await;
    let result = studio.booked(&studio.yoga[2..7]).await;
    let page = studio.page(&format!("{result}?open=3")).await.body;
    let third = hrefs(&page, "/cancel")[2].clone();

    let done = studio.landed(&studio.submit(&third, "").await).await.body;

    assert!(done.contains("<title>Tue 19 Jan, 18:30 is cancelled."), "{done}");
    assert!(done.contains(">Book this date again</a>") && done.contains(">See other dates</a>"));
    let after = studio.page(&result).await.body;
    let statuses = between(&after, "<span class=\"status\">", "<");
    assert_eq!(statuses, ["Booked", "Booked", "Cancelled", "Booked", "Booked"]);
    assert!(after.contains("You cancelled this date on 4 Jan."));
}

#[tokio::test]
async fn s_29_a_cancelled_date_that_filled_up_since_is_not_offered_again() {
    let studio = Studio::with_capacity(1).await;
    let result = studio.booked(&studio.yoga[2..3]).await;
    let cancel = hrefs(&studio.page(&result).await.body, "/cancel").remove(0);
    let done = studio.submit(&cancel, "").await;

    let other = studio.select(&studio.yoga[2..3]).await.unwrap();
    studio.confirm(other, "030 2312 5099").await.unwrap();

    let page = studio.landed(&done).await.body;
    assert!(!page.contains("Book this date again") && page.contains("See other dates"));
}

#[tokio::test]
async fn a_28_a_client_keeps_fewer_spots() {
    let studio = Studio::open().await;
    let event = studio.yoga[2];
    let form = format!("like={event}&event={event}&spots=3");
    let list = format!("/w/{}/{}", crate::studio::BRANCH, crate::studio::LINK);
    let contact = studio.submit(&list, &form).await;
    let result = studio.confirm_typed(contact.headers[header::LOCATION].to_str().unwrap()).await;
    let path = hrefs(&studio.page(&result).await.body, "/spots").remove(0);

    let asked = studio.page(&path).await.body;
    let done = studio.landed(&studio.submit(&path, "spots=1").await).await.body;
    let none = studio.submit(&path, "spots=").await;

    assert!(asked.contains("How many spots do you keep?") && asked.contains("max=\"2\""));
    assert!(done.contains("You keep 1 spot on Tue 12 Jan, 18:30."));
    assert!(hrefs(&done, "/spots").is_empty(), "one spot cannot be fewer");
    assert!(none.body.contains("Please enter how many spots you keep."));
    assert_eq!(studio.app.activity(crate::studio::BRANCH, event).await.unwrap().unwrap().vacancy.free(), 11);
}

#[tokio::test]
async fn a_13_a_date_that_fills_up_while_it_is_chosen_leaves_the_old_one_booked() {
    let studio = Studio::with_capacity(1).await;
    let result = studio.booked(&studio.yoga[2..3]).await;
    let path = hrefs(&studio.page(&result).await.body, "/reschedule").remove(0);
    let early = studio.select(&studio.yoga[4..5]).await.unwrap();
    studio.confirm(early, "030 2312 5099").await.unwrap();

    let lost = studio.submit(&path, &format!("to={}", studio.yoga[4])).await;

    assert_eq!(lost.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        lost.body.contains("Tue 19 Jan, 18:30 filled up a moment ago. You still have Tue 12 Jan, 18:30.")
    );
}

#[tokio::test]
async fn a_29_a_client_who_has_the_other_date_already_is_told_so() {
    let studio = Studio::open().await;
    let result = studio.booked(&studio.yoga[2..4]).await;
    let path = hrefs(&studio.page(&result).await.body, "/reschedule").remove(0);

    let refused = studio.submit(&path, &format!("to={}", studio.yoga[3])).await;

    assert!(refused.body.contains("You already have Thu 14 Jan, 18:30. You still have Tue 12 Jan, 18:30."));
}

#[tokio::test]
async fn a_19_e_20_e_21_what_the_studio_changes_stands_on_the_clients_pages() {
    let studio = Studio::open().await;
    let [cancelled, moved, replaced] = [2, 3, 4].map(|place| studio.yoga[place]);
    let result = studio.booked(&[cancelled, moved, replaced]).await;

    studio.staff(Command::CancelActivity(cancelled)).await.unwrap();
    let starts_local = "2027-01-15T19:00:00".parse().unwrap();
    studio.staff(Command::MoveActivity { activity: moved, starts_local, duration: None }).await.unwrap();
    studio.staff(Command::ReplaceTeamMember(replaced, MARCO)).await.unwrap();

    let page = studio.page(&result).await.body;
    assert_eq!(
        between(&page, "<span class=\"status\">", "<"),
        ["Cancelled by the studio", "Moved", "Booked"]
    );
    assert!(page.contains("The studio cancelled this date on 4 Jan."));
    assert!(page.contains("Was Thu 14 Jan, 18:30.") && page.contains("Fri 15 Jan, 19:00"));
    assert!(page.contains("Now with Marco."));
}

#[tokio::test]
async fn s_12_to_book_again_the_client_selects_again_and_re_enters_the_details() {
    let studio = Studio::open().await;
    studio.set_up_link(|link| link.multiple_events = aggregates::values::MultipleEventBooking::Off).await;
    let result = studio.booked(&studio.yoga[..1]).await;
    let page = studio.page(&result).await.body;
    let list = format!("/w/{}/{}", crate::studio::BRANCH, crate::studio::LINK);
    assert!(page.contains(&format!("href=\"{list}\">Book something else</a>")));

    let both = format!("like={0}&event={0}&event={1}", studio.yoga[1], studio.yoga[2]);
    let refused = studio.submit(&list, &both).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "one at a time");
    let next = studio.page(&studio.go_on(&studio.yoga[1..2]).await).await.body;
    assert!(!next.contains("Anna Berg"), "nothing of the last booking is filled in");
    assert!(!next.contains("030 23125014"));
}
