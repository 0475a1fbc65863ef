//! What staff changed when they saved settings: each value as it was and as it is, in words (S-43).

use aggregates::Fact;
use aggregates::booking_link::{BookingLink, Field, Kind, Settled};
use aggregates::branch::{Branch, Details, Duplicates, MembershipBooking, Rules, Service};
use aggregates::change_rules::ChangeRule;
use aggregates::decider::Decider;
use aggregates::values::{MultipleEventBooking, MultipleSpots, Notice, Offered};
use uuid::Uuid;

use crate::Recorded;

/// One value that a save changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Which setting.
    pub what: &'static str,
    /// The service or team member that it belongs to, if it belongs to one.
    pub of: Option<Uuid>,
    /// `None` if there was none.
    pub was: Option<String>,
    /// `None` if there is none any more.
    pub is: Option<String>,
}

/// "Multiple event booking: was off, now up to 4 events".
impl std::fmt::Display for Change {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { what, was, is, of: _ } = self;
        match (was, is) {
            (Some(was), is) => write!(f, "{what}: was {was}, now {}", is.as_deref().unwrap_or("none")),
            (None, is) => write!(f, "{what}: {}", is.as_deref().unwrap_or("none")),
        }
    }
}

/// A setting, and of which service or team member, if it is of one.
type Which = (&'static str, Option<Uuid>);

/// Settings in words, in the order in which people read them.
type Words = Vec<(Which, String)>;

/// What each fact of a link's history changed. Services and team members go by the names that they have now.
#[must_use]
pub fn link_changes(history: &[Recorded], branch: &Branch) -> Vec<Vec<Change>> {
    let mut link = BookingLink::default();
    let mut before = Words::new();
    let step = |entry: &Recorded| {
        if let Fact::Link(fact) = &entry.fact {
            link = std::mem::take(&mut link).evolve(fact);
        }
        let after = link.settled().map_or_else(Words::new, |link| of_link(link, branch));
        differences(&std::mem::replace(&mut before, after.clone()), &after)
    };
    history.iter().map(step).collect()
}

/// What each fact of a branch's history changed.
#[must_use]
pub fn branch_changes(history: &[Recorded]) -> Vec<Vec<Change>> {
    let mut branch = Branch::default();
    let mut before = of_branch(&branch);
    let step = |entry: &Recorded| {
        if let Fact::Branch(fact) = &entry.fact {
            branch = std::mem::take(&mut branch).evolve(fact);
        }
        let after = of_branch(&branch);
        differences(&std::mem::replace(&mut before, after.clone()), &after)
    };
    history.iter().map(step).collect()
}

fn differences(before: &Words, after: &Words) -> Vec<Change> {
    let value = |words: &Words, which: &Which| {
        words.iter().find(|(other, _)| other == which).map(|(_, value)| value.clone())
    };
    let gone = before.iter().filter(|(which, _)| value(after, which).is_none());
    let all = after.iter().chain(gone).map(|(which, _)| which);
    all.map(|which| Change { what: which.0, of: which.1, was: value(before, which), is: value(after, which) })
        .filter(|change| change.was != change.is)
        .collect()
}

fn of_link(link: &Settled, branch: &Branch) -> Words {
    let settings = &link.settings;
    let service =
        |id: &_| branch.service(*id).map_or_else(|| format!("service {id}"), |it| it.name.to_string());
    let member =
        |id: &_| branch.team().get(id).map_or_else(|| format!("team member {id}"), ToString::to_string);
    let mut words = vec![
        ("Kind", kind(link.kind).to_owned()),
        ("Name", settings.name.to_string()),
        ("Clients can book here", yes(settings.active).to_owned()),
        ("Services", offered(&settings.services, service)),
        ("Team members", offered(&settings.team, member)),
        ("Earliest", until(settings.lead)),
        ("Latest", format!("{} ahead", counted(settings.horizon.get().into(), "day", "days"))),
    ];
    // The setting group exists only for group and mixed links (S-38).
    if link.kind != Kind::Individual {
        words.push(("Multiple event booking", multiple_events(settings.multiple_events)));
    }
    words.extend([
        ("E-mail", field(settings.email).to_owned()),
        ("Comment", field(settings.comment).to_owned()),
    ]);
    words.extend(settings.consent.clone().map(|text| ("Consent text", text)));
    words.into_iter().map(|(what, value)| ((what, None), value)).collect()
}

fn of_branch(branch: &Branch) -> Words {
    let mut words = branch.details().map_or_else(Vec::new, details);
    words.extend(rules(branch.rules()));
    let mut words: Words = words.into_iter().map(|(what, value)| ((what, None), value)).collect();
    words.extend(branch.services().iter().map(|(id, it)| (("Service", Some(id.0)), service(it))));
    words.extend(branch.team().iter().map(|(id, name)| (("Team member", Some(id.0)), name.to_string())));
    words
}

fn details(details: &Details) -> Vec<(&'static str, String)> {
    let mut words = vec![
        ("Name", details.name.to_string()),
        ("Time zone", details.time_zone.name().to_owned()),
        ("Country for phone numbers", String::from(details.country)),
    ];
    words.extend(details.address.as_ref().map(|address| ("Address", address.to_string())));
    words.extend(details.phone.as_ref().map(|phone| ("Phone", phone.to_string())));
    words
}

fn rules(rules: &Rules) -> Vec<(&'static str, String)> {
    let duplicates = match rules.duplicates {
        Duplicates::Refuse => "refused",
        Duplicates::Allow => "allowed",
    };
    vec![
        ("Online prepayment", if rules.prepayment { "on" } else { "off" }.to_owned()),
        ("Multiple spots within one booking", multiple_spots(rules.multiple_spots)),
        ("Clients can cancel", change_rule(rules.cancellation)),
        ("Clients can reschedule", change_rule(rules.rescheduling)),
        ("Same client twice in one event", duplicates.to_owned()),
    ]
}

fn service(service: &Service) -> String {
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

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Individual => "individual",
        Kind::Group => "group",
        Kind::Mixed => "mixed",
    }
}

fn offered<Id: Ord>(offered: &Offered<Id>, name: impl Fn(&Id) -> String) -> String {
    match offered {
        Offered::All => "all".to_owned(),
        Offered::Only(these) if these.is_empty() => "none".to_owned(),
        Offered::Only(these) => these.iter().map(name).collect::<Vec<_>>().join(", "),
    }
}

fn multiple_events(setting: MultipleEventBooking) -> String {
    match setting {
        MultipleEventBooking::Off => "off".to_owned(),
        MultipleEventBooking::UpTo(max) => format!("up to {}", counted(max.into(), "event", "events")),
    }
}

fn multiple_spots(setting: MultipleSpots) -> String {
    match setting {
        MultipleSpots::Off => "off".to_owned(),
        MultipleSpots::UpTo(limit) => format!("up to {}", counted(limit.into(), "spot", "spots")),
    }
}

/// A rule that is off keeps its number, so the number is told too.
fn change_rule(rule: ChangeRule) -> String {
    match (rule.allowed, rule.notice == Notice::MIN) {
        (true, _) => format!("yes, until {}", until(rule.notice)),
        (false, true) => "no".to_owned(),
        (false, false) => format!("no; if switched on, until {}", until(rule.notice)),
    }
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

fn field(field: Field) -> &'static str {
    match field {
        Field::Off => "off",
        Field::Optional => "optional",
        Field::Required => "required",
    }
}

fn yes(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

fn counted(number: u32, one: &str, several: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { several })
}
