//! Appointments for calendars: iCalendar files (RFC 5545) and links to Google Calendar.
//!
//! Moments are written in UTC, so that no file depends on a reader's time zone database.

use aggregates::branch::Branch;
use chrono::{DateTime, Utc};
use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Property};
use projections::appointments::AppointmentRow;

/// What a calendar shows of an appointment.
struct Shown {
    title: String,
    place: Option<String>,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    details: String,
}

impl Shown {
    fn of(branch: &Branch, row: &AppointmentRow) -> Self {
        let place = &row.place;
        let name = |of: Option<String>| of.unwrap_or_default();
        let service = name(branch.service(place.service_id).map(|service| service.name.to_string()));
        let member = name(branch.team().get(&place.team_member_id).map(ToString::to_string));
        let details = branch.details();
        let studio = name(details.map(|details| details.name.to_string()));
        let address = details.and_then(|details| details.address.as_ref());
        Self {
            title: format!("{service} with {member}"),
            place: address.map(|address| format!("{studio}, {address}")).or(Some(studio)),
            starts_at: place.starts_at,
            ends_at: place.starts_at + place.duration.span(),
            details: format!("Reference {}", row.appointment_id.reference()),
        }
    }
}

/// A file with one entry per appointment; cancelled ones are marked, so that a calendar removes them.
#[must_use]
pub fn file(branch: &Branch, rows: &[AppointmentRow], now: DateTime<Utc>) -> String {
    let mut calendar = Calendar::new();
    calendar.append_property(Property::new("METHOD", "PUBLISH"));
    if let Some(details) = branch.details() {
        calendar.append_property(Property::new("X-WR-TIMEZONE", details.time_zone.name()));
    }
    for row in rows {
        let shown = Shown::of(branch, row);
        let mut event = Event::new();
        event
            .uid(&row.appointment_id.to_string())
            .sequence(row.revision)
            .timestamp(now)
            .starts(shown.starts_at)
            .ends(shown.ends_at)
            .summary(&shown.title)
            .description(&shown.details)
            .status(if row.is_cancelled() { EventStatus::Cancelled } else { EventStatus::Confirmed });
        if let Some(place) = &shown.place {
            event.location(place);
        }
        calendar.push(event.done());
    }
    calendar.done().to_string()
}

/// An address that opens Google Calendar with this appointment filled in (S-28).
#[must_use]
pub fn google(branch: &Branch, row: &AppointmentRow) -> String {
    let shown = Shown::of(branch, row);
    let stamp = |moment: DateTime<Utc>| moment.format("%Y%m%dT%H%M%SZ").to_string();
    let mut query = form_urlencoded::Serializer::new(String::new());
    query
        .append_pair("action", "TEMPLATE")
        .append_pair("text", &shown.title)
        .append_pair("dates", &format!("{}/{}", stamp(shown.starts_at), stamp(shown.ends_at)))
        .append_pair("details", &shown.details);
    if let Some(details) = branch.details() {
        query.append_pair("ctz", details.time_zone.name());
    }
    if let Some(place) = &shown.place {
        query.append_pair("location", place);
    }
    format!("https://calendar.google.com/calendar/render?{}", query.finish())
}
