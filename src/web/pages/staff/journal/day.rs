//! J1: a day or a week at a glance.

use aggregates::ids::TeamMemberId;
use askama::Template;
use chrono::{Days, NaiveDate};
use serde_json::json;

use super::Event;
use crate::web::pages::dates::Calendar;
use crate::web::pages::form::Choice;
use crate::web::pages::script_words;
use crate::web::pages::shell::StaffShell;
use crate::web::pages::urls::{self, Address};

/// How many days are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum View {
    #[default]
    Day,
    Week,
}

impl View {
    #[must_use]
    pub fn parse(name: Option<&str>) -> Self {
        if name == Some("week") { Self::Week } else { Self::Day }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
        }
    }

    fn days(self) -> u64 {
        match self {
            Self::Day => 1,
            Self::Week => 7,
        }
    }

    /// The days that are shown around this one, the last one left out; a week begins on Monday.
    #[must_use]
    pub fn span(self, day: NaiveDate) -> (NaiveDate, NaiveDate) {
        let first = match self {
            Self::Day => day,
            Self::Week => day.week(chrono::Weekday::Mon).checked_first_day().unwrap_or(day),
        };
        (first, first.checked_add_days(Days::new(self.days())).unwrap_or(first))
    }
}

/// What was booked since a page was loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct News {
    /// The moment of this page, in microseconds since 1970.
    pub since: i64,
    /// How many were booked after the moment that was asked about.
    pub booked: usize,
}

/// A day or a week of the journal.
#[derive(Debug, Clone, Template)]
#[template(path = "journal.html")]
pub struct JournalPage {
    pub shell: StaffShell,
    pub calendar: Calendar,
    pub day: NaiveDate,
    pub view: View,
    /// Only this team member's.
    pub member: Option<TeamMemberId>,
    pub team: Vec<Choice>,
    /// By start.
    pub events: Vec<Event>,
    /// The next day with an event, if this one has none.
    pub next_with_events: Option<NaiveDate>,
    pub news: News,
}

/// What stands under one heading: the day of a team member, or a day of the week.
struct Column<'a> {
    /// What it belongs to, for whoever drops an event there.
    day: NaiveDate,
    member: Option<TeamMemberId>,
    heading: String,
    events: Vec<&'a Event>,
}

impl<'a> Column<'a> {
    fn key(&self) -> String {
        self.member.map_or_else(|| self.day.to_string(), |member| member.to_string())
    }

    /// Its events by the hour in which they start.
    fn hours(&self) -> Vec<(String, Vec<&'a Event>)> {
        let mut hours: Vec<(String, Vec<&'a Event>)> = vec![];
        for event in &self.events {
            let hour = event.starts.hour();
            match hours.last_mut() {
                Some((last, events)) if *last == hour => events.push(event),
                _ => hours.push((hour, vec![event])),
            }
        }
        hours
    }
}

impl JournalPage {
    fn title(&self) -> String {
        let (first, _) = self.view.span(self.day);
        match self.view {
            View::Day => self.shell.of_date("journal-of", self.calendar.full(first)),
            View::Week => self.shell.of_date("journal-week", self.calendar.full(first)),
        }
    }

    /// By team member on a day, by day in a week.
    fn columns(&self) -> Vec<Column<'_>> {
        match self.view {
            View::Week => self.days(),
            View::Day => {
                let mut columns: Vec<Column<'_>> = vec![];
                for event in &self.events {
                    match columns.iter_mut().find(|column| column.member == Some(event.member_id)) {
                        Some(column) => column.events.push(event),
                        None => columns.push(Column {
                            day: self.day,
                            member: Some(event.member_id),
                            heading: event.team_member.clone(),
                            events: vec![event],
                        }),
                    }
                }
                columns.sort_by(|one, other| one.heading.cmp(&other.heading));
                columns
            }
        }
    }

    /// By day, in the order of time.
    fn days(&self) -> Vec<Column<'_>> {
        let (first, end) = self.view.span(self.day);
        let days = first.iter_days().take_while(|day| *day < end);
        days.map(|day| Column {
            day,
            member: None,
            heading: self.calendar.short(day),
            events: self.events.iter().filter(|event| event.starts.day() == day).collect(),
        })
        .collect()
    }

    /// The hours in which something starts.
    fn hours(&self) -> Vec<String> {
        let mut hours: Vec<String> = self.events.iter().map(|event| event.starts.hour()).collect();
        hours.sort();
        hours.dedup();
        hours
    }

    fn is_week(&self) -> bool {
        self.view == View::Week
    }

    fn of(&self, day: NaiveDate, view: View) -> Address {
        let mut address = urls::journal_day(self.shell.branch, day).with("view", view.name());
        if let Some(member) = self.member {
            address = address.with("member", member);
        }
        address.along(&self.shell.along)
    }

    fn on_day(&self, day: NaiveDate) -> Address {
        self.of(day, View::Day)
    }

    fn as_day(&self) -> Address {
        self.of(self.day, View::Day)
    }

    fn as_week(&self) -> Address {
        self.of(self.day, View::Week)
    }

    fn today(&self) -> Address {
        self.of(self.calendar.today(), self.view)
    }

    fn before(&self) -> Address {
        let days = Days::new(self.view.days());
        self.of(self.day.checked_sub_days(days).unwrap_or(self.day), self.view)
    }

    fn after(&self) -> Address {
        let days = Days::new(self.view.days());
        self.of(self.day.checked_add_days(days).unwrap_or(self.day), self.view)
    }

    fn next(&self) -> Address {
        self.of(self.next_with_events.unwrap_or(self.day), View::Day)
    }

    fn action(&self) -> Address {
        urls::journal(self.shell.branch)
    }

    fn print(&self) -> Address {
        urls::journal_print(self.shell.branch, self.day).along(&self.shell.along)
    }

    fn words_for_scripts(&self) -> String {
        self.shell.live_words()
    }
}

impl StaffShell {
    /// What scripts say about live updates.
    pub(super) fn live_words(&self) -> String {
        let at = |name| self.language.say_with(name, [("time", "{time}".into())]);
        script_words::written(&json!({
            "live": at("live-at"),
            "paused": at("live-paused"),
            "reload": self.language.say("reload"),
            "drag": self.language.say("drag-where"),
        }))
    }

    pub(super) fn new_bookings(&self, n: usize) -> String {
        self.language.say_with("new-bookings", [("n", n.into())])
    }

    pub(super) fn live(&self) -> Address {
        urls::journal_live(self.branch)
    }

    pub(super) fn search(&self) -> Address {
        urls::journal_search(self.branch)
    }

    pub(super) fn book(&self) -> Address {
        urls::journal_book(self.branch).along(&self.along)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_goes_from_monday_to_sunday() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();

        assert_eq!(View::Week.span(day("2027-01-14")), (day("2027-01-11"), day("2027-01-18")));
        assert_eq!(View::Day.span(day("2027-01-14")), (day("2027-01-14"), day("2027-01-15")));
        for edge in [NaiveDate::MIN, NaiveDate::MAX] {
            assert!(View::Week.span(edge).0 <= View::Week.span(edge).1);
            assert!(View::Day.span(edge).0 <= View::Day.span(edge).1);
        }
    }
}
