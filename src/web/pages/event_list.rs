//! W1: find one date and tap it.

use aggregates::ids::ActivityId;
use askama::Template;

use super::dates::{Calendar, Moment};
use super::form::Choice;
use super::shell::Shell;
use super::urls::{self, Address};
use super::words::Price;

/// The events of a link, by day.
#[derive(Debug, Clone, Template)]
#[template(path = "event_list.html")]
pub struct EventList {
    pub shell: Shell,
    pub calendar: Calendar,
    /// By start.
    pub events: Vec<Event>,
    /// Empty if the link offers one service only.
    pub services: Vec<Choice>,
    /// Empty if the link offers one team member only.
    pub team: Vec<Choice>,
    /// Only events from this day on, as typed.
    pub from: String,
    /// Whether something is filtered.
    pub filtered: bool,
    /// The next page, if there is one.
    pub next: Option<Address>,
    /// What stands there instead: the link is switched off, or books no events.
    pub closed: Option<Closed>,
}

/// Why nothing can be booked on this page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// The link is switched off.
    Link,
    /// The link books no events.
    Individual,
}

/// One row.
#[derive(Debug, Clone)]
pub struct Event {
    pub activity: ActivityId,
    pub service: String,
    pub team_member: String,
    pub starts: Moment,
    pub minutes: u16,
    pub free: u16,
    pub price: Price,
}

/// The events of one day.
pub(super) struct Day<'a> {
    pub date: chrono::NaiveDate,
    pub heading: String,
    pub events: Vec<&'a Event>,
}

impl EventList {
    fn days(&self) -> Vec<Day<'_>> {
        let mut days: Vec<Day<'_>> = vec![];
        let mut last = None;
        for event in &self.events {
            let day = event.starts.day();
            if last != Some(day) {
                days.push(Day { date: day, heading: self.calendar.heading(day), events: vec![] });
                last = Some(day);
            }
            if let Some(day) = days.last_mut() {
                day.events.push(event);
            }
        }
        days
    }

    fn open(&self, event: &Event) -> Address {
        urls::event_page(self.shell.branch, self.shell.link, event.activity).along(&self.shell.along)
    }

    fn action(&self) -> Address {
        urls::event_list(self.shell.branch, self.shell.link)
    }

    /// What a filter finds nothing of.
    fn nothing_found(&self) -> String {
        let chosen =
            |choices: &[Choice]| choices.iter().find(|choice| choice.chosen).map(|it| it.name.clone());
        let language = self.shell.language;
        match (chosen(&self.services), chosen(&self.team)) {
            (None, None) => language.say("no-events"),
            (Some(service), None) => language.say_with("no-events-for", [("service", service.into())]),
            (None, Some(member)) => language.say_with("no-events-with", [("member", member.into())]),
            (Some(service), Some(member)) => language
                .say_with("no-events-for-with", [("service", service.into()), ("member", member.into())]),
        }
    }

    fn title(&self) -> String {
        self.shell.say(match self.closed {
            None => "book-an-event",
            Some(Closed::Link) => "page-closed",
            Some(Closed::Individual) => "no-events-on-page",
        })
    }

    fn all_sold_out(&self) -> bool {
        !self.events.is_empty() && self.events.iter().all(|event| event.free == 0)
    }
}
