//! What staff changed when they saved settings: each value as it was and as it is (S-43).

mod words;

use aggregates::Fact;
use aggregates::appearance::{Appearance, Sites};
use aggregates::booking_link::{BookingLink, Kind, Settled};
use aggregates::branch::{Branch, Details, Rules};
use aggregates::decider::Decider;
use aggregates::values::Offered;
use uuid::Uuid;

pub use words::{Setting, What};

use crate::Recorded;

/// One value that a save changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Which setting.
    pub what: What,
    /// The service or team member that it belongs to, if it belongs to one.
    pub of: Option<Uuid>,
    /// `None` if there was none.
    pub was: Option<Setting>,
    /// `None` if there is none any more.
    pub is: Option<Setting>,
}

/// "Multiple event booking: was off, now up to 4 events".
impl std::fmt::Display for Change {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { what, was, is, of: _ } = self;
        let is = is.as_ref().map_or_else(|| "none".to_owned(), Setting::to_string);
        match was {
            Some(was) => write!(f, "{what}: was {was}, now {is}"),
            None => write!(f, "{what}: {is}"),
        }
    }
}

/// A setting, and of which service or team member, if it is of one.
type Which = (What, Option<Uuid>);

/// Settings, in the order in which people read them.
type Settings = Vec<(Which, Setting)>;

/// What each fact of a link's history changed. Services and team members go by the names that they have now.
#[must_use]
pub fn link_changes(history: &[Recorded], branch: &Branch) -> Vec<Vec<Change>> {
    let mut link = BookingLink::default();
    let mut before = Settings::new();
    let step = |entry: &Recorded| {
        if let Fact::Link(fact) = &entry.fact {
            link = std::mem::take(&mut link).evolve(fact);
        }
        let after = link.settled().map_or_else(Settings::new, |link| of_link(link, branch));
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

fn differences(before: &Settings, after: &Settings) -> Vec<Change> {
    let value = |words: &Settings, which: &Which| {
        words.iter().find(|(other, _)| other == which).map(|(_, value)| value.clone())
    };
    let gone = before.iter().filter(|(which, _)| value(after, which).is_none());
    let all = after.iter().chain(gone).map(|(which, _)| which);
    all.map(|which| Change { what: which.0, of: which.1, was: value(before, which), is: value(after, which) })
        .filter(|change| change.was != change.is)
        .collect()
}

fn of_link(link: &Settled, branch: &Branch) -> Settings {
    let settings = &link.settings;
    let service =
        |id: &_| branch.service(*id).map_or_else(|| format!("service {id}"), |it| it.name.to_string());
    let member =
        |id: &_| branch.team().get(id).map_or_else(|| format!("team member {id}"), ToString::to_string);
    let mut all = vec![
        (What::Kind, Setting::Kind(link.kind)),
        (What::Name, Setting::text(&settings.name)),
        (What::ClientsCanBook, Setting::Yes(settings.active)),
        (What::Services, offered(&settings.services, service)),
        (What::TeamMembers, offered(&settings.team, member)),
        (What::Earliest, Setting::Until(settings.lead)),
        (What::Latest, Setting::Ahead(settings.horizon)),
    ];
    // The setting group exists only for group and mixed links (S-38).
    if link.kind != Kind::Individual {
        all.push((What::MultipleEvents, Setting::MultipleEvents(settings.multiple_events)));
    }
    all.extend([
        (What::Email, Setting::Field(settings.email)),
        (What::Comment, Setting::Field(settings.comment)),
        (What::PhoneCode, Setting::Yes(settings.phone_code)),
    ]);
    all.extend(settings.consent.clone().map(|text| (What::Consent, Setting::Text(text))));
    all.extend(of_looks(&link.appearance));
    all.into_iter().map(|(what, value)| ((what, None), value)).collect()
}

fn of_looks(looks: &Appearance) -> impl Iterator<Item = (What, Setting)> + use<> {
    let accent = looks.accent.map(|accent| (What::Accent, Setting::Text(format!("#{accent}"))));
    let language = looks.language.map_or(Setting::ByBrowser, |language| Setting::text(&language));
    let sites = match &looks.sites {
        Sites::Any => Setting::AnySite,
        Sites::Only(sites) => Setting::Only(sites.iter().map(ToString::to_string).collect()),
    };
    let others =
        [(What::Scheme, Setting::Scheme(looks.scheme)), (What::Language, language), (What::Sites, sites)];
    accent.into_iter().chain(others)
}

fn of_branch(branch: &Branch) -> Settings {
    let mut all = branch.details().map_or_else(Vec::new, details);
    all.extend(rules(branch.rules()));
    let mut all: Settings = all.into_iter().map(|(what, value)| ((what, None), value)).collect();
    let service = |it| Setting::Text(words::service(it));
    all.extend(branch.services().iter().map(|(id, it)| ((What::Service, Some(id.0)), service(it))));
    all.extend(branch.team().iter().map(|(id, it)| ((What::TeamMember, Some(id.0)), Setting::text(it))));
    all
}

fn details(details: &Details) -> Vec<(What, Setting)> {
    let mut all = vec![
        (What::Name, Setting::text(&details.name)),
        (What::TimeZone, Setting::text(details.time_zone.name())),
        (What::Country, Setting::Text(details.country.into())),
    ];
    all.extend(details.address.as_ref().map(|address| (What::Address, Setting::text(address))));
    all.extend(details.phone.as_ref().map(|phone| (What::Phone, Setting::text(phone))));
    all
}

fn rules(rules: &Rules) -> Vec<(What, Setting)> {
    let mut all = vec![
        (What::Prepayment, Setting::On(rules.prepayment)),
        (What::MultipleSpots, Setting::MultipleSpots(rules.multiple_spots)),
        (What::Cancelling, Setting::Rule(rules.cancellation)),
        (What::Rescheduling, Setting::Rule(rules.rescheduling)),
        (What::Duplicates, Setting::Duplicates(rules.duplicates)),
    ];
    all.extend(rules.reminder.map(|lead| (What::Reminders, Setting::Until(lead))));
    all
}

fn offered<Id: Ord>(offered: &Offered<Id>, name: impl Fn(&Id) -> String) -> Setting {
    match offered {
        Offered::All => Setting::All,
        Offered::Only(these) => Setting::Only(these.iter().map(name).collect()),
    }
}
