//! The journal's pages, as a browser without scripts uses them.

mod booking;
mod changes;
mod days;
mod events;
mod people;

use aggregates::ids::ActivityId;
use axum::http::{StatusCode, header};

use crate::studio::http::Answered;
use crate::studio::{BRANCH, Studio};

fn journal(rest: &str) -> String {
    format!("/journal/{BRANCH}{rest}")
}

fn of_event(event: ActivityId, rest: &str) -> String {
    journal(&format!("/events/{event}{rest}"))
}

/// The path of an appointment of the page's event: the first one if there are several.
fn appointment_on(page: &str) -> String {
    let id = page.split("id=\"a-").nth(1).unwrap_or_else(|| panic!("no appointment in {page}"));
    journal(&format!("/appointments/{}", &id[..36]))
}

/// Where a change leads.
fn done(answer: &Answered) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.headers[header::LOCATION].to_str().unwrap().to_owned()
}

impl Studio {
    /// Somebody booked these events.
    async fn booked_by(&self, phone: &str, events: &[ActivityId]) {
        let cart = self.select(events).await.unwrap();
        self.confirm(cart, phone).await.unwrap();
    }

    /// Presses a button of a page that asks first, with what was typed.
    async fn ask_first(&self, path: &str, typed: &str) -> Answered {
        let page = self.staff_page(path).await.body;
        let version = crate::studio::pages::value(&page, "version");
        self.staff_submit(path, &format!("version={version}&{typed}")).await
    }
}
