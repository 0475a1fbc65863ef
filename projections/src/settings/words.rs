//! Settings in English words. Programs and audits get them as they stand here; pages say them in the reader's language.

use std::fmt;

use aggregates::appearance::Scheme;
use aggregates::booking_link::{Field, Kind};
use aggregates::branch::{Duplicates, MembershipBooking, Service};
use aggregates::change_rules::ChangeRule;
use aggregates::values::{Horizon, MultipleEventBooking, MultipleSpots, Notice};

/// Which setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    Kind,
    Name,
    ClientsCanBook,
    Services,
    TeamMembers,
    Earliest,
    Latest,
    MultipleEvents,
    Email,
    Comment,
    PhoneCode,
    Consent,
    Accent,
    Scheme,
    Language,
    Sites,
    TimeZone,
    Country,
    Address,
    Phone,
    Prepayment,
    MultipleSpots,
    Cancelling,
    Rescheduling,
    Duplicates,
    Reminders,
    Service,
    TeamMember,
}

impl What {
    /// As forms call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Kind => "Kind",
            Self::Name => "Name",
            Self::ClientsCanBook => "Clients can book here",
            Self::Services => "Services",
            Self::TeamMembers => "Team members",
            Self::Earliest => "Earliest",
            Self::Latest => "Latest",
            Self::MultipleEvents => "Multiple event booking",
            Self::Email => "E-mail",
            Self::Comment => "Comment",
            Self::PhoneCode => "Clients confirm their phone number with a code",
            Self::Consent => "Consent text",
            Self::Accent => "Colour",
            Self::Scheme => "Light or dark",
            Self::Language => "Language",
            Self::Sites => "Sites that may embed it",
            Self::TimeZone => "Time zone",
            Self::Country => "Country for phone numbers",
            Self::Address => "Address",
            Self::Phone => "Phone",
            Self::Prepayment => "Online prepayment",
            Self::MultipleSpots => "Multiple spots within one booking",
            Self::Cancelling => "Clients can cancel",
            Self::Rescheduling => "Clients can reschedule",
            Self::Duplicates => "Same client twice in one event",
            Self::Reminders => "Reminders",
            Self::Service => "Service",
            Self::TeamMember => "Team member",
        }
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a setting was set to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Setting {
    /// As it was typed, or a name.
    Text(String),
    On(bool),
    Yes(bool),
    Kind(Kind),
    Field(Field),
    /// All services or team members, later ones too.
    All,
    /// These, by name.
    Only(Vec<String>),
    /// So long before the start.
    Until(Notice),
    Ahead(Horizon),
    MultipleEvents(MultipleEventBooking),
    MultipleSpots(MultipleSpots),
    /// A rule that is off keeps its number, so the number is told too.
    Rule(ChangeRule),
    Duplicates(Duplicates),
    Scheme(Scheme),
    /// As the browser of whoever looks wants it.
    ByBrowser,
    /// Every site.
    AnySite,
}

impl Setting {
    pub(super) fn text(text: &(impl ToString + ?Sized)) -> Self {
        Self::Text(text.to_string())
    }
}

impl fmt::Display for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::On(on) => f.write_str(if *on { "on" } else { "off" }),
            Self::Yes(yes) => f.write_str(if *yes { "yes" } else { "no" }),
            Self::Kind(kind) => f.write_str(match kind {
                Kind::Individual => "individual",
                Kind::Group => "group",
                Kind::Mixed => "mixed",
            }),
            Self::Field(field) => f.write_str(match field {
                Field::Off => "off",
                Field::Optional => "optional",
                Field::Required => "required",
            }),
            Self::All => f.write_str("all"),
            Self::Only(names) if names.is_empty() => f.write_str("none"),
            Self::Only(names) => f.write_str(&names.join(", ")),
            Self::Until(notice) => f.write_str(&until(*notice)),
            Self::Ahead(horizon) => write!(f, "{} ahead", counted(horizon.get().into(), "day", "days")),
            Self::MultipleEvents(MultipleEventBooking::Off) | Self::MultipleSpots(MultipleSpots::Off) => {
                f.write_str("off")
            }
            Self::MultipleEvents(MultipleEventBooking::UpTo(max)) => {
                write!(f, "up to {}", counted((*max).into(), "event", "events"))
            }
            Self::MultipleSpots(MultipleSpots::UpTo(limit)) => {
                write!(f, "up to {}", counted((*limit).into(), "spot", "spots"))
            }
            Self::Rule(rule) => match (rule.allowed, rule.notice == Notice::MIN) {
                (true, _) => write!(f, "yes, until {}", until(rule.notice)),
                (false, true) => f.write_str("no"),
                (false, false) => write!(f, "no; if switched on, until {}", until(rule.notice)),
            },
            Self::Duplicates(Duplicates::Refuse) => f.write_str("refused"),
            Self::Duplicates(Duplicates::Allow) => f.write_str("allowed"),
            Self::Scheme(Scheme::ByDevice) => f.write_str("by device"),
            Self::Scheme(Scheme::Light) => f.write_str("light"),
            Self::Scheme(Scheme::Dark) => f.write_str("dark"),
            Self::ByBrowser => f.write_str("by browser"),
            Self::AnySite => f.write_str("any"),
        }
    }
}

pub(super) fn service(service: &Service) -> String {
    let mut words =
        vec![service.name.to_string(), counted(service.duration.get().into(), "minute", "minutes")];
    words.extend(service.price.map(|price| price.to_string()));
    if service.prepayment_required {
        words.push("paid online".to_owned());
    }
    match service.membership_booking {
        MembershipBooking::Off => {}
        MembershipBooking::Optional => words.push("membership optional".to_owned()),
        MembershipBooking::Required => words.push("membership required".to_owned()),
    }
    words.join(", ")
}

fn until(notice: Notice) -> String {
    const HOUR: u32 = 60;
    match notice.get() {
        0 => "the start".to_owned(),
        minutes if minutes % HOUR == 0 => {
            format!("{} before the start", counted(minutes / HOUR, "hour", "hours"))
        }
        minutes => format!("{} before the start", counted(minutes, "minute", "minutes")),
    }
}

fn counted(number: u32, one: &str, several: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { several })
}
