//! An invented studio for the tests of all pages.

use aggregates::branch::MembershipBooking;
use aggregates::ids::{ActivityId, BranchId, LinkId};
use aggregates::values::Money;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::dates::Calendar;
use super::event_page::{DateOffer, EventPage, Origin};
use super::event_query::EventPageQuery;
use super::form::Pairs;
use super::language::Language;
use super::shell::{Along, Shell, Studio};
use super::words::Price;

/// A name that would break a page that does not escape.
pub(super) const HOSTILE: &str = "<script>alert('&\"')</script>";

pub(super) fn shell() -> Shell {
    Shell {
        studio: Studio {
            name: "Riverside Studio".to_owned(),
            address: Some("12 Quay Street".to_owned()),
            phone: Some("030 23125 014".to_owned()),
        },
        branch: BranchId(Uuid::from_u128(0xB)),
        link: LinkId(Uuid::from_u128(0x11)),
        language: Language::English,
        along: Along::default(),
        looks: aggregates::appearance::Appearance::default(),
        account: false,
    }
}

/// Tuesday 12 January 2027, ten in the morning in Berlin.
pub(super) fn calendar() -> Calendar {
    Calendar {
        language: Language::English,
        zone: chrono_tz::Europe::Berlin,
        now: utc("2027-01-12T09:00:00Z"),
    }
}

pub(super) fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub(super) fn activity(n: u128) -> ActivityId {
    ActivityId(Uuid::from_u128(n))
}

pub(super) fn price() -> Price {
    let amount = Some(Money { minor: 1500, currency: "EUR".to_owned().try_into().unwrap() });
    Price { amount, membership: MembershipBooking::Off, prepaid: false }
}

/// The n-th date of Yoga with Sofie at 18:30, Tuesdays and Thursdays from 12 January: 0 is Tue 12, 1 is Thu 14.
pub(super) fn starts(n: u32) -> DateTime<Utc> {
    utc("2027-01-12T17:30:00Z") + chrono::TimeDelta::days(i64::from(n / 2 * 7 + n % 2 * 2))
}

pub(super) fn offer(n: u32, free: u16) -> DateOffer {
    let starts_at = starts(n);
    let ends_at = starts_at + chrono::TimeDelta::hours(1);
    DateOffer { activity: activity(100 + u128::from(n)), starts_at, ends_at, free, obstacle: None }
}

/// Yoga with Sofie on Tue 12 January with that many similar dates; 10 dates and 4 spots at most.
pub(super) fn event_page(similar: u32, query: &str) -> EventPage {
    let query = (0..40)
        .rev()
        .fold(query.to_owned(), |query, n| query.replace(&format!("@{n}"), &activity(100 + n).to_string()));
    EventPage {
        shell: shell(),
        calendar: calendar(),
        service: "Yoga".to_owned(),
        team_member: "Sofie".to_owned(),
        price: price(),
        opened: offer(0, 9),
        similar: (1..=similar).map(|n| offer(n, 9)).collect(),
        max_events: 10,
        max_spots: 4,
        query: EventPageQuery::parse(&Pairs::parse(query.as_bytes())),
        origin: Origin::List,
        continued: false,
        mixed: false,
        added: None,
    }
}

/// What holds for every page.
pub(super) fn assert_sound(html: &str) {
    let own = [
        "<script type=\"module\" src=\"/assets/",
        "<script type=\"module\" blocking=\"render\" src=\"/assets/",
        "<script type=\"application/json\" id=\"words\">",
    ];
    let scripts: usize = own.iter().map(|script| html.matches(script).count()).sum();
    assert_eq!(html.matches("<script").count(), scripts, "a script without escape: {html}");
    assert!(!html.contains(" style="), "an inline style: {html}");
    assert!(!html.contains("onclick="), "an inline handler");
    assert_eq!(html.matches("<h1").count(), 1, "one h1");
    assert_eq!(html.matches("<main").count(), 1, "one main");
    assert!(html.contains("<title>") && html.contains("lang=\"en\""));
    let ids: Vec<&str> = attributes(html, " id=\"").collect();
    for (place, id) in ids.iter().enumerate() {
        assert!(!ids[..place].contains(id), "id {id} stands twice: {html}");
    }
    for named in attributes(html, " aria-labelledby=\"").chain(attributes(html, " aria-describedby=\"")) {
        for id in named.split_whitespace() {
            assert!(ids.contains(&id), "{id} is named and is not there: {html}");
        }
    }
    for tag in ["<input", "<select", "<textarea"] {
        for field in html.split(tag).skip(1) {
            let field = &field[..field.find('>').unwrap()];
            if field.contains("type=\"hidden\"") {
                continue;
            }
            let id = attributes(field, " id=\"").next().unwrap_or_else(|| panic!("{tag} {field} has no id"));
            assert!(html.contains(&format!(" for=\"{id}\"")), "{id} has no label: {html}");
        }
    }
    let links = html.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next());
    for target in links {
        assert!(ids.contains(&target), "#{target} leads nowhere: {html}");
    }
}

fn attributes<'a>(html: &'a str, start: &'a str) -> impl Iterator<Item = &'a str> {
    html.split(start).skip(1).filter_map(|rest| rest.split('"').next())
}

pub(super) fn contact() -> crate::contact::Contact {
    crate::contact::Contact {
        name: "Anna Berg".to_owned().try_into().unwrap(),
        phone: crate::contact::Phone::parse("+49 30 23125 014", "DE".to_owned().try_into().unwrap()).unwrap(),
        email: Some("@".to_owned()),
        comment: None,
    }
}
