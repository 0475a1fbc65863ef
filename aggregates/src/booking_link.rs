//! A booking link: a configured widget, and the setting group *Multiple event booking*.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::activity::{Online, Plan};
use crate::appearance::Appearance;
use crate::branch::Rules;
use crate::decider::Decider;
use crate::ids::{ServiceId, TeamMemberId};
use crate::values::{Horizon, MultipleEventBooking, Name, Notice, Offered};

/// A link as it stands; the default is the moment before it was created.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct BookingLink(Option<Settled>);

/// A link that was created.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Settled {
    pub kind: Kind,
    pub settings: Settings,
    /// Rises whenever the consent text changes; 0 before there was one.
    pub consent_version: u32,
    /// Left out where nothing was set, as in rows from before looks could be set.
    #[serde(default, skip_serializing_if = "Appearance::is_default")]
    pub appearance: Appearance,
}

/// What a link books. Cartwheel books events; a mixed link shows its events only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    Individual,
    Group,
    Mixed,
}

/// Everything that staff set on a link.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    pub name: Name,
    /// Switched off, a link opens to a notice and books nothing.
    pub active: bool,
    pub services: Offered<ServiceId>,
    pub team: Offered<TeamMemberId>,
    /// How long before its start an event can still be booked.
    pub lead: Notice,
    pub horizon: Horizon,
    pub multiple_events: MultipleEventBooking,
    pub email: Field,
    pub comment: Field,
    /// What clients agree to before they confirm.
    pub consent: Option<String>,
    /// Clients prove their telephone number with a code before they confirm. Left out where it is off, as in
    /// facts from before it could be set.
    #[serde(default, skip_serializing_if = "is_off")]
    pub phone_code: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_off(setting: &bool) -> bool {
    !*setting
}

/// A field of the contact form that a link may ask for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    Off,
    #[default]
    Optional,
    Required,
}

impl Settings {
    /// The defaults of a new link: everything offered for a year ahead, one event at a time.
    #[must_use]
    pub fn named(name: Name) -> Self {
        Self {
            name,
            active: true,
            services: Offered::All,
            team: Offered::All,
            lead: Notice::MIN,
            horizon: Horizon::try_from(365).unwrap_or(Horizon::MAX),
            multiple_events: MultipleEventBooking::Off,
            email: Field::Optional,
            comment: Field::Optional,
            consent: None,
            phone_code: false,
        }
    }
}

impl Settled {
    /// The terms on which a client takes spots of an event through this link.
    #[must_use]
    pub fn online(&self, plan: &Plan, rules: &Rules, at: DateTime<Utc>) -> Online {
        let settings = &self.settings;
        Online {
            at,
            lead: settings.lead,
            horizon: settings.horizon,
            offered: settings.services.includes(&plan.service_id)
                && settings.team.includes(&plan.team_member_id),
            max_spots: rules.multiple_spots.max_spots(),
            seen_start: None,
        }
    }
}

/// What staff may ask of a link.
#[derive(Debug, Clone)]
pub enum LinkCommand {
    Create(Kind, Settings),
    SetUp(Settings),
    Dress(Appearance),
}

facts! {
    /// A fact about a booking link.
    LinkEvent {
        "link.created.v1" => Created(LinkCreated),
        "link.set-up.v1" => SetUp(LinkSetUp),
        "link.dressed.v1" => Dressed(LinkDressed),
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LinkCreated {
    pub kind: Kind,
    pub settings: Settings,
    pub consent_version: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LinkSetUp {
    pub settings: Settings,
    pub consent_version: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LinkDressed {
    pub appearance: Appearance,
}

/// Why a link said no.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LinkRefusal {
    #[error("there is no such booking link")]
    NotCreated,
    #[error("this booking link exists already")]
    AlreadyCreated,
    /// The setting group exists only for group and mixed links (S-38).
    #[error("individual links book one appointment at a time")]
    NotForIndividualLinks,
    /// Clients cannot agree to nothing.
    #[error("a consent text says something; leave it out to ask for none")]
    ConsentEmpty,
}

impl BookingLink {
    /// The link's settings; `None` before it was created.
    pub fn settled(&self) -> Option<&Settled> {
        self.0.as_ref()
    }
}

impl Decider for BookingLink {
    const NAME: &'static str = "link";
    type Command = LinkCommand;
    type Event = LinkEvent;
    type Refusal = LinkRefusal;

    fn decide(&self, command: LinkCommand) -> Result<Vec<LinkEvent>, LinkRefusal> {
        match (&self.0, command) {
            (None, LinkCommand::Create(kind, settings)) => {
                permit(kind, &settings)?;
                let consent_version = u32::from(settings.consent.is_some());
                Ok(vec![LinkCreated { kind, settings, consent_version }.into()])
            }
            (Some(now), LinkCommand::Create(kind, settings))
                if now.kind == kind && now.settings == settings =>
            {
                Ok(vec![])
            }
            (Some(_), LinkCommand::Create(..)) => Err(LinkRefusal::AlreadyCreated),
            (None, LinkCommand::SetUp(_) | LinkCommand::Dress(_)) => Err(LinkRefusal::NotCreated),
            (Some(now), LinkCommand::Dress(appearance)) if now.appearance == appearance => Ok(vec![]),
            (Some(_), LinkCommand::Dress(appearance)) => Ok(vec![LinkDressed { appearance }.into()]),
            (Some(now), LinkCommand::SetUp(settings)) if now.settings == settings => Ok(vec![]),
            (Some(now), LinkCommand::SetUp(settings)) => {
                permit(now.kind, &settings)?;
                let reworded = settings.consent.is_some() && settings.consent != now.settings.consent;
                let consent_version = now.consent_version.saturating_add(u32::from(reworded));
                Ok(vec![LinkSetUp { settings, consent_version }.into()])
            }
        }
    }

    fn evolve(self, event: &LinkEvent) -> Self {
        match (self.0, event) {
            (_, LinkEvent::Created(LinkCreated { kind, settings, consent_version })) => Self(Some(Settled {
                kind: *kind,
                settings: settings.clone(),
                consent_version: *consent_version,
                appearance: Appearance::default(),
            })),
            (Some(now), LinkEvent::SetUp(LinkSetUp { settings, consent_version })) => {
                Self(Some(Settled { settings: settings.clone(), consent_version: *consent_version, ..now }))
            }
            (Some(now), LinkEvent::Dressed(LinkDressed { appearance })) => {
                Self(Some(Settled { appearance: appearance.clone(), ..now }))
            }
            (None, LinkEvent::SetUp(_) | LinkEvent::Dressed(_)) => Self(None),
        }
    }
}

/// Whether a link of this kind may be set up like this.
fn permit(kind: Kind, settings: &Settings) -> Result<(), LinkRefusal> {
    if kind == Kind::Individual && settings.multiple_events != MultipleEventBooking::Off {
        return Err(LinkRefusal::NotForIndividualLinks);
    }
    if settings.consent.as_ref().is_some_and(|text| text.trim().is_empty()) {
        return Err(LinkRefusal::ConsentEmpty);
    }
    Ok(())
}
