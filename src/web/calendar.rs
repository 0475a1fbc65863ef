//! Appointments and events for calendars: iCalendar files and feeds (RFC 5545, RFC 7986), links to Google Calendar.
//!
//! Moments are written in UTC, so that no file depends on a reader's time zone database. An entry keeps its UID, and its
//! SEQUENCE rises with every change, so that an app follows moves and cancellations.

use aggregates::branch::Branch;
use chrono::{DateTime, TimeDelta, Utc};
use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Property};
use projections::appointments::AppointmentRow;
use projections::availability::AvailabilityRow;

use super::pages::language::Language;
use crate::messenger::Method;

/// How often an app should ask for a feed.
const REFRESH: &str = "PT1H";

/// How long a feed tells that something was cancelled; an app that did not ask for so long is used by nobody.
pub const CANCELLED_FOR: TimeDelta = TimeDelta::days(30);

/// One entry of a calendar.
struct Entry {
    uid: String,
    sequence: u32,
    changed_at: DateTime<Utc>,
    title: String,
    place: Option<String>,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    details: String,
    cancelled: bool,
}

/// A calendar in somebody's language.
#[derive(Debug, Clone, Copy)]
pub struct Written<'a> {
    pub branch: &'a Branch,
    pub language: Language,
}

impl Written<'_> {
    fn names(
        &self,
        service: aggregates::ids::ServiceId,
        member: aggregates::ids::TeamMemberId,
    ) -> (String, String) {
        let service =
            self.branch.service(service).map_or_else(String::new, |service| service.name.to_string());
        (service, self.branch.team().get(&member).map_or_else(String::new, ToString::to_string))
    }

    fn place(&self) -> Option<String> {
        let details = self.branch.details()?;
        let studio = details.name.to_string();
        Some(
            details.address.as_ref().map_or_else(|| studio.clone(), |address| format!("{studio}, {address}")),
        )
    }

    fn appointment(&self, row: &AppointmentRow) -> Entry {
        let place = &row.place;
        let (service, member) = self.names(place.service_id, place.team_member_id);
        let reference = row.appointment_id.reference();
        let spots = self.language.spots_count(row.spots.get().into());
        let reference = self.language.say_with("reference", [("reference", reference.into())]);
        Entry {
            uid: row.appointment_id.to_string(),
            sequence: row.revision,
            changed_at: row.changed_at,
            title: self.language.with(&service, &member),
            place: self.place(),
            starts_at: place.starts_at,
            ends_at: place.starts_at + place.duration.span(),
            details: format!("{spots}\n{reference}"),
            cancelled: row.is_cancelled(),
        }
    }

    /// An event as whoever runs it sees it: nobody's name.
    fn event(&self, row: &AvailabilityRow, now: DateTime<Utc>) -> Entry {
        let plan = &row.vacancy.plan;
        let (service, _) = self.names(plan.service_id, plan.team_member_id);
        let taken = self.language.spots_taken(row.vacancy.taken, plan.capacity.get());
        Entry {
            uid: row.activity_id.to_string(),
            sequence: u32::try_from(row.version).unwrap_or(u32::MAX),
            changed_at: now,
            title: format!("{service}, {taken}"),
            place: self.place(),
            starts_at: plan.starts_at,
            ends_at: plan.ends_at(),
            details: String::new(),
            cancelled: row.vacancy.cancelled,
        }
    }

    /// A file with one entry per appointment; cancelled ones are marked, so that a calendar removes them.
    #[must_use]
    pub fn file(&self, rows: &[AppointmentRow]) -> String {
        self.written(rows.iter().map(|row| self.appointment(row)), &[])
    }

    /// What a client's app subscribes to.
    #[must_use]
    pub fn feed_of_client(&self, rows: &[AppointmentRow]) -> String {
        let studio = self.branch.details().map_or_else(String::new, |details| details.name.to_string());
        self.written(rows.iter().map(|row| self.appointment(row)), &feed(&studio))
    }

    /// What a team member's app subscribes to. Events do not say when they changed last, so `now` is when the feed was
    /// made.
    #[must_use]
    pub fn feed_of_team_member(&self, member: &str, rows: &[AvailabilityRow], now: DateTime<Utc>) -> String {
        self.written(rows.iter().map(|row| self.event(row, now)), &feed(member))
    }

    /// What a calendar enters, changes or strikes out when it comes as an e-mail (RFC 5546): one appointment, from whom and
    /// for whom.
    #[must_use]
    pub fn invitation(&self, row: &AppointmentRow, method: Method, from: &str, to: &str) -> String {
        let studio = self.branch.details().map_or_else(String::new, |details| details.name.to_string());
        let mut organizer = Property::new("ORGANIZER", format!("mailto:{from}"));
        organizer.add_parameter("CN", &format!("\"{}\"", studio.replace('"', "'")));
        let mut attendee = Property::new("ATTENDEE", format!("mailto:{to}"));
        attendee.add_parameter("PARTSTAT", "ACCEPTED").add_parameter("RSVP", "FALSE");
        let parties = [organizer.done(), attendee.done()];
        self.written_as(method.name(), std::iter::once(self.appointment(row)), &[], &parties)
    }

    fn written(&self, entries: impl Iterator<Item = Entry>, properties: &[(&str, String)]) -> String {
        self.written_as("PUBLISH", entries, properties, &[])
    }

    fn written_as(
        &self,
        method: &str,
        entries: impl Iterator<Item = Entry>,
        properties: &[(&str, String)],
        parties: &[Property],
    ) -> String {
        let mut calendar = Calendar::new();
        calendar.append_property(Property::new("METHOD", method));
        if let Some(details) = self.branch.details() {
            calendar.append_property(Property::new("X-WR-TIMEZONE", details.time_zone.name()));
        }
        for (name, value) in properties {
            let mut property = Property::new(*name, value);
            if *name == "REFRESH-INTERVAL" {
                property.add_parameter("VALUE", "DURATION");
            }
            calendar.append_property(property.done());
        }
        for entry in entries {
            let mut event = Event::new();
            event
                .uid(&entry.uid)
                .sequence(entry.sequence)
                .timestamp(entry.changed_at)
                .starts(entry.starts_at)
                .ends(entry.ends_at)
                .summary(&entry.title)
                .status(if entry.cancelled { EventStatus::Cancelled } else { EventStatus::Confirmed });
            if !entry.details.is_empty() {
                event.description(&entry.details);
            }
            if let Some(place) = &entry.place {
                event.location(place);
            }
            for party in parties {
                event.append_property(party.clone());
            }
            calendar.push(event.done());
        }
        calendar.done().to_string()
    }

    /// An address that opens Google Calendar with this appointment filled in (S-28).
    #[must_use]
    pub fn google(&self, row: &AppointmentRow) -> String {
        let entry = self.appointment(row);
        let stamp = |moment: DateTime<Utc>| moment.format("%Y%m%dT%H%M%SZ").to_string();
        let mut query = form_urlencoded::Serializer::new(String::new());
        query
            .append_pair("action", "TEMPLATE")
            .append_pair("text", &entry.title)
            .append_pair("dates", &format!("{}/{}", stamp(entry.starts_at), stamp(entry.ends_at)))
            .append_pair("details", &entry.details);
        if let Some(details) = self.branch.details() {
            query.append_pair("ctz", details.time_zone.name());
        }
        if let Some(place) = &entry.place {
            query.append_pair("location", place);
        }
        format!("https://calendar.google.com/calendar/render?{}", query.finish())
    }
}

/// What a feed says of itself, in the words of RFC 7986 and in those that older apps read.
fn feed(name: &str) -> [(&'static str, String); 4] {
    [
        ("NAME", name.to_owned()),
        ("X-WR-CALNAME", name.to_owned()),
        ("REFRESH-INTERVAL", REFRESH.to_owned()),
        ("X-PUBLISHED-TTL", REFRESH.to_owned()),
    ]
}
