//! A timetable that staff upload: looked at first, then imported into their branch.

use axum::http::{StatusCode, header};
use cartwheel::app::reading::Events;
use chrono::TimeDelta;

use crate::studio::http::{Answered, call};
use crate::studio::pages::hrefs;
use crate::studio::store::on_every_store;
use crate::studio::{BRANCH, SOFIE, Studio, YOGA};

on_every_store!(
    a_timetable_is_previewed_and_imported_once,
    an_import_whose_process_died_is_helped_on,
    a_preview_ends_after_a_quarter_of_an_hour,
);

const HEADINGS: &str = "service,teacher,starts_local,duration_minutes,status";

fn page() -> String {
    format!("/settings/{BRANCH}/import")
}

fn csv<T: std::borrow::Borrow<str>>(lines: &[T]) -> String {
    format!("{HEADINGS}\n{}\n", lines.join("\n"))
}

/// Yoga with Sofie as it is there already for three weeks, and more.
fn week() -> String {
    csv(&[
        "Yoga,Sofie,2020-03-03T18:30,60,available",     // a Tuesday
        "Pilates,Lena,2020-03-04T09:00,45,available",   // a Wednesday
        "pilates,Lena,2020-03-05T09:00,45,unavailable", // a Thursday
        "Yoga,Sofie,whenever,60,available",
    ])
}

impl Studio {
    /// Chooses a file and presses *Preview*.
    async fn upload(&self, file: &str, fields: &[(&str, &str)]) -> Answered {
        let part = |heading: String, content: &str| {
            format!("--edge\r\nContent-Disposition: form-data; {heading}\r\n\r\n{content}\r\n")
        };
        let fields = fields.iter().map(|(name, value)| part(format!("name=\"{name}\""), value));
        let file = part("name=\"file\"; filename=\"week.csv\"\r\nContent-Type: text/csv".to_owned(), file);
        let body = [fields.collect::<Vec<_>>().concat(), file, "--edge--\r\n".to_owned()].concat();
        let form = ("content-type", "multipart/form-data; boundary=edge");
        call(self.staff_routes(), "POST", &page(), &[form], Some(body)).await
    }

    async fn preview_from(&self, file: &str, first_week: &str, weeks: &str) -> String {
        let fields = [("capacity", "9"), ("first_week", first_week), ("repeat_weeks", weeks)];
        let answer = self.upload(file, &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        answer.headers[header::LOCATION].to_str().unwrap().to_owned()
    }

    async fn seen(&self, address: &str) -> String {
        let page = self.staff_page(address).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        page.body
    }

    async fn events(&self) -> usize {
        self.app.events(BRANCH, Events::default()).await.unwrap().len()
    }
}

async fn a_timetable_is_previewed_and_imported_once() {
    let studio = Studio::open().await;
    let before = studio.events().await;

    let address = studio.preview_from(&week(), "2027-01-04", "3").await;
    let preview = studio.seen(&address).await;

    for fact in ["9 events", "6 new", "3 already here", "3 closed to online booking", "1 line skipped"] {
        assert!(preview.contains(&format!("<li>{fact}</li>")), "{fact}: {preview}");
    }
    assert!(preview.contains("Line 5: has no start like 2027-01-04T18:30 but &#34;whenever&#34;; skipped"));
    assert!(preview.contains("Import 6 events</button>"), "{preview}");
    assert_eq!(studio.events().await, before, "a preview changes nothing");

    let (one, other) = tokio::join!(studio.staff_submit(&address, ""), studio.staff_submit(&address, ""));

    assert_eq!((one.status, other.status), (StatusCode::SEE_OTHER, StatusCode::SEE_OTHER));
    assert_eq!(one.headers[header::LOCATION], address.as_str());
    let done = studio.seen(&address).await;
    assert!(done.contains("6 events imported."), "{done}");
    assert_eq!(hrefs(&done, "day=2027-01-04&#38;view=week").len(), 1, "the journal is one step away");
    assert_eq!(studio.events().await, before + 6);
    let branch = studio.app.branch(BRANCH).await.unwrap().unwrap().branch;
    let named = |name: &str| branch.services().values().filter(|it| it.name.as_str() == name).count();
    assert_eq!((named("Yoga"), named("Pilates"), named("pilates")), (1, 1, 0), "names name what is there");
    assert_eq!(branch.team().values().filter(|name| name.as_str() == "Sofie").count(), 1);
    let saves = cartwheel::audit::branch_saves(studio.app.ledger.as_ref(), BRANCH).await.unwrap();
    assert_eq!(saves[0].entry.actor, "staff", "whoever pressed the button is who did it");

    let again = studio.preview_from(&week(), "2027-01-04", "3").await;
    let again = studio.seen(&again).await;
    assert!(again.contains("Everything in this file is already here.") && !again.contains("<button class"));
}

async fn an_import_whose_process_died_is_helped_on() {
    let studio = Studio::open().await;
    let before = studio.events().await;
    let address = studio.preview_from(&week(), "2027-01-04", "3").await;
    studio.store.tamper("UPDATE uploads SET state = 'running', events = 6").await;

    let running = studio.seen(&address).await;
    let early = studio.staff_submit(&address, "").await;
    assert_eq!(early.status, StatusCode::SEE_OTHER);
    assert!(running.contains("0 of 6 events are imported."), "{running}");
    assert!(!running.contains("Import the rest") && studio.events().await == before, "somebody is at it");

    studio.clock.advance(TimeDelta::seconds(31));
    assert!(studio.seen(&address).await.contains("Import the rest</button>"));
    studio.staff_submit(&address, "").await;
    assert!(studio.seen(&address).await.contains("6 events imported."));
    assert_eq!(studio.events().await, before + 6);

    studio.store.tamper("UPDATE uploads SET state = 'stopped', events = 9").await;
    assert!(studio.seen(&address).await.contains("The import stopped after 9 of 9 events."));
}

async fn a_preview_ends_after_a_quarter_of_an_hour() {
    let studio = Studio::open().await;
    let before = studio.events().await;
    let address = studio.preview_from(&week(), "2027-01-04", "3").await;
    studio.clock.advance(TimeDelta::minutes(15) + TimeDelta::seconds(1));

    for ended in [studio.staff_page(&address).await, studio.staff_submit(&address, "").await] {
        assert_eq!(ended.status, StatusCode::GONE);
        assert!(ended.body.contains("This preview has ended. Please choose the file again."));
    }
    let unknown = studio.staff_page(&format!("{}/{SOFIE}", page())).await;
    assert_eq!(unknown.status, StatusCode::GONE, "an id that never was looks the same");
    assert_eq!(studio.events().await, before);
}

#[tokio::test]
async fn what_cannot_be_imported_is_told_on_the_form_and_nothing_typed_is_lost() {
    let studio = Studio::open().await;
    let good = [("capacity", "9"), ("first_week", "2027-01-04"), ("repeat_weeks", "3")];
    let venues = "venue,service,teacher,starts_local,duration_minutes\nA,x,y,2027-01-04T09:00,60\nB,x,y,2027-01-04T09:00,60\n";
    let many = (0..193).map(|n| format!("Yoga,Sofie,2027-01-04T{:02}:{:02},60,available", n / 60, n % 60));
    let many = csv(&many.collect::<Vec<_>>());
    let long = "x".repeat((1 << 20) + 1);

    for (file, fields, sentence) in [
        ("", good, "Please choose a CSV file."),
        (long.as_str(), good, "This file is larger than 1 MB. Nothing was imported."),
        ("a,b\n", good, "This file has no column service. Nothing was imported."),
        (venues, good, "This file is of several venues (A, B), and none of them is Riverside Studio."),
        (
            many.as_str(),
            [good[0], good[1], ("repeat_weeks", "104")],
            "This comes to 20072 events, and one import takes up to 20000.",
        ),
        (HEADINGS, [("capacity", "0"), good[1], good[2]], "Please enter a number from 1 to 65535."),
        (HEADINGS, [good[0], ("first_week", "soon"), good[2]], "Please enter a date."),
        (HEADINGS, [good[0], good[1], ("repeat_weeks", "105")], "Please enter a number from 1 to 104."),
    ] {
        let refused = studio.upload(file, &fields).await;

        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{sentence}");
        assert!(refused.body.contains(sentence), "{sentence}: {}", refused.body);
        assert!(refused.body.contains("<title>Problem: Import a timetable"), "{sentence}");
        for (_, value) in fields {
            assert!(refused.body.contains(&format!("value=\"{value}\"")), "{value}");
        }
    }
    let huge = "x".repeat(9 << 20);
    assert_eq!(studio.upload(&huge, &good).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let no_form = studio.staff_submit(&page(), "capacity=9").await;
    assert_eq!(no_form.status, StatusCode::BAD_REQUEST, "{}", no_form.body);
}

#[tokio::test]
async fn lines_of_this_branch_alone_are_taken_and_what_the_clock_skips_is_told() {
    let studio = Studio::open().await;
    let file = "\u{feff}venue;service;teacher;teacher_id;starts_local;duration_minutes\n\
                riverside studio;Yoga;Sofie;7;2027-01-03T02:30;60\n\
                Harbour;Yoga;Sofie;7;2027-01-03T10:00;60\n";

    let address = studio.preview_from(file, "2027-03-22", "1").await;
    let preview = studio.seen(&address).await;

    assert!(preview.contains("Line 3: is of Harbour; skipped"), "{preview}");
    assert!(preview.contains(
        "Line 2: Sunday 28 March 2027, 02:30 does not exist (clocks go forward); it becomes 03:30"
    ));
    studio.staff_submit(&address, "").await;
    let from = Some("2027-03-28T00:00:00Z".parse().unwrap());
    let rows = studio.app.events(BRANCH, Events { from, ..Events::default() }).await.unwrap();
    let at = rows.iter().find(|row| row.vacancy.plan.starts_at.to_rfc3339() == "2027-03-28T01:30:00+00:00");
    let plan = at.unwrap().vacancy.plan;
    assert_eq!((plan.service_id, plan.team_member_id), (YOGA, SOFIE), "of that name already");
}

#[tokio::test]
async fn a_preview_whose_branch_changed_meanwhile_says_what_is_in_the_way() {
    let studio = Studio::open().await;
    let file = "venue,service,teacher,starts_local,duration_minutes\n\
                Riverside Studio,Yoga,Sofie,2027-01-04T09:00,60\nHarbour,Yoga,Sofie,2027-01-04T10:00,60\n";
    let address = studio.preview_from(file, "2027-01-04", "1").await;
    let before = studio.events().await;
    let details =
        aggregates::branch::Details { name: crate::studio::name("Quay Studio"), ..Studio::details() };
    studio.staff(cartwheel::command::Command::SetDetails(details)).await.unwrap();

    for answer in [studio.staff_page(&address).await, studio.staff_submit(&address, "").await] {
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
        assert!(answer.body.contains("none of them is Quay Studio. Nothing was imported."));
    }
    assert_eq!(studio.events().await, before);
}
