//! W2: settle dates and spots on one page, with *Book another*.

use aggregates::Obstacle;
use aggregates::ids::ActivityId;
use askama::Template;
use chrono::{DateTime, Utc};

use super::contact::Typed;
use super::date_row::{Arranged, Paging, Standing};
use super::dates::{Calendar, Moment, minutes};
use super::event_query::{EventPageQuery, PAGE};
use super::problem::Problems;
use super::shell::Shell;
use super::urls::{self, Address};
use super::words::Price;

/// The page of an event that was opened.
#[derive(Debug, Clone, Template)]
#[template(path = "event_page.html")]
pub struct EventPage {
    pub shell: Shell,
    pub calendar: Calendar,
    pub service: String,
    pub team_member: String,
    pub price: Price,
    pub opened: DateOffer,
    /// All other dates of the same service and team member, by start, whether they can be booked or not.
    pub similar: Vec<DateOffer>,
    /// How many dates one booking takes; 1 if multiple event booking is off, whatever the reason.
    pub max_events: u8,
    /// How many spots of a date one booking takes; 1 if the branch does not allow several.
    pub max_spots: u8,
    pub query: EventPageQuery,
    pub origin: Origin,
    /// Whether *Continue* was pressed and this is the answer: then problems are told above the form.
    pub continued: bool,
    /// Whether something was ticked that is of another service or team member (S-04).
    pub mixed: bool,
    /// What was done when a series was asked for.
    pub added: Option<String>,
}

/// A date as it stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateOffer {
    pub activity: ActivityId,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub free: u16,
    /// Why it cannot be booked, if it cannot; one about numbers of spots may be left out.
    pub obstacle: Option<Obstacle>,
}

impl DateOffer {
    /// What stands in the way whatever the number of spots; that is compared with what is free.
    fn blocked(&self) -> Option<&Obstacle> {
        let of_spots = |obstacle: &&Obstacle| {
            matches!(obstacle, Obstacle::NotEnoughSpots { .. } | Obstacle::TooManySpots { .. })
        };
        self.obstacle.as_ref().filter(|obstacle| !of_spots(obstacle))
    }

    /// Whether somebody could book one spot of it.
    #[must_use]
    pub fn fits_one(&self) -> bool {
        self.blocked().is_none() && self.free != 0
    }
}

/// Where the page was opened from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The list of events; every look at the page is a GET.
    List,
    /// The pencil of a cart; every look is a POST, so that what was typed never stands in an address.
    Cart { capability: String, typed: Typed },
}

impl EventPage {
    /// What stands between this selection and *Continue*; empty if nothing does.
    #[must_use]
    pub fn problems(&self) -> Problems {
        let arranged = self.arranged();
        let mut problems = Problems::default();
        if self.mixed {
            problems.add_general(self.shell.say("mixed-selection"));
        }
        if arranged.ticked == 0 {
            problems.add(self.shell.say("nothing-ticked"), arranged.first_box());
        } else if usize::from(self.max_events) < arranged.ticked {
            let sentence = self.shell.language.too_many_selected(self.max_events, arranged.ticked);
            problems.add(sentence, arranged.first_box());
        }
        if arranged.too_many_spots {
            problems.add(self.too_many_spots(), arranged.spots_field());
        }
        for row in arranged.rows() {
            if let Some(sentence) = row.refusal() {
                problems.add(sentence, row.box_id());
            }
        }
        problems
    }

    pub(super) fn told(&self) -> Problems {
        if self.continued || self.mixed { self.problems() } else { Problems::default() }
    }

    pub(super) fn arranged(&self) -> Arranged {
        Arranged::of(self)
    }

    /// How a date stands for the spots that are asked of it.
    pub(super) fn standing(&self, date: &DateOffer) -> Standing {
        // Beyond the branch's limit the sentence about the limit is enough.
        let asked = self.query.spots.of(date.activity).min(self.max_spots);
        match date.blocked() {
            None if date.free == 0 => Standing::SoldOut,
            None if date.free < u16::from(asked) => Standing::TooFew { left: date.free, asked },
            None | Some(Obstacle::NotEnoughSpots { .. } | Obstacle::TooManySpots { .. }) => Standing::Fits,
            Some(Obstacle::ActivityMoved { is, .. }) => Standing::Moved(self.calendar.at(*is)),
            Some(Obstacle::ActivityCancelled) => Standing::Cancelled,
            Some(Obstacle::BookingClosed | Obstacle::AlreadyStarted | Obstacle::TooSoon) => Standing::Closed,
            Some(Obstacle::AlreadyBooked) => Standing::AlreadyYours,
            Some(Obstacle::NoMembership | Obstacle::NotOffered | Obstacle::TooFarAhead) => {
                Standing::NotOffered
            }
        }
    }

    /// The date as the client knows it: where it was, if it was moved.
    pub(super) fn moment(&self, date: &DateOffer) -> Moment {
        match &date.obstacle {
            Some(Obstacle::ActivityMoved { was, .. }) => self.calendar.at(*was),
            _ => self.calendar.at(date.starts_at),
        }
    }

    /// "8 dates shown, Tuesdays only"; after a series, what was added.
    fn shown(&self, arranged: &Arranged) -> String {
        if let Some(added) = &self.added {
            return added.clone();
        }
        let rows = arranged.another.as_ref().map_or(0, |another| another.rows.len());
        let shown = self.shell.language.dates_shown(rows);
        match self.query.dow {
            None => shown,
            Some(dow) => {
                let weekday = self.shell.language.weekday_only(dow);
                self.shell
                    .language
                    .say_with("dates-shown-weekday", [("shown", shown.into()), ("weekday", weekday.into())])
            }
        }
    }

    pub(super) fn too_many_spots(&self) -> String {
        self.shell.language.say_with("most-spots-per-date", [("max", self.max_spots.into())])
    }

    fn title(&self) -> String {
        self.shell.language.with(&self.service, &self.team_member)
    }

    fn more_dates(&self) -> String {
        let (service, member) = (self.service.as_str(), self.team_member.as_str());
        self.shell
            .language
            .say_with("more-dates-for", [("service", service.into()), ("member", member.into())])
    }

    fn show_more(&self) -> String {
        self.shell.language.say_with("show-n-more", [("n", PAGE.into())])
    }

    /// "60 minutes, 15 EUR per spot at the studio, 12 Quay Street".
    fn facts(&self) -> String {
        let language = self.shell.language;
        let price =
            if 1 < self.max_spots { self.price.note_per_spot(language) } else { self.price.note(language) };
        let lasts = language.minutes(minutes(self.opened.starts_at, self.opened.ends_at));
        [Some(lasts), price, self.shell.studio.address.clone()]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(", ")
    }

    fn action(&self) -> Address {
        match &self.origin {
            Origin::List => urls::event_list(self.shell.branch, self.shell.link),
            Origin::Cart { capability, .. } => urls::selection(capability),
        }
    }

    /// What was typed at the contact step, to be given back.
    fn typed(&self) -> Vec<(&'static str, String)> {
        match &self.origin {
            Origin::List => Vec::new(),
            Origin::Cart { typed, .. } => typed.fields(),
        }
    }

    fn is_from_list(&self) -> bool {
        self.origin == Origin::List
    }
}

/// The opened date is gone, or was never there.
#[derive(Debug, Clone, Template)]
#[template(path = "not_offered.html")]
pub struct NotOffered {
    pub shell: Shell,
}

#[cfg(test)]
#[path = "event_page_tests.rs"]
mod tests;
