//! A branch: a studio's rules, services and team.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::change_rules::ChangeRule;
use crate::decider::Decider;
use crate::ids::{ServiceId, TeamMemberId};
use crate::values::{Country, Duration, Money, MultipleSpots, Name, Notice};

/// What the rules of a branch and of everything in it need to remember.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Branch {
    details: Option<Details>,
    rules: Rules,
    services: BTreeMap<ServiceId, Service>,
    team: BTreeMap<TeamMemberId, Name>,
}

/// Who the studio is, and where.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Details {
    pub name: Name,
    pub time_zone: Tz,
    /// How telephone numbers without a country prefix are read.
    pub country: Country,
    pub address: Option<Name>,
    /// What clients are told to call.
    pub phone: Option<Name>,
}

/// The rules for all of a branch's links.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Rules {
    /// Online prepayment; while it is on, clients book one event at a time (S-09).
    pub prepayment: bool,
    pub multiple_spots: MultipleSpots,
    pub cancellation: ChangeRule,
    pub rescheduling: ChangeRule,
    pub duplicates: Duplicates,
    /// How long before its start a client is reminded of an appointment; not at all if there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reminder: Option<Notice>,
}

/// Whether the same client may hold two appointments in one event.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Duplicates {
    #[default]
    Refuse,
    Allow,
}

/// What is taught.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Service {
    pub name: Name,
    /// How long an event of it usually lasts.
    pub duration: Duration,
    pub price: Option<Money>,
    /// Has to be paid online before the visit, so it cannot be one of several.
    pub prepayment_required: bool,
    pub membership_booking: MembershipBooking,
}

/// Whether a service is booked with a membership.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MembershipBooking {
    #[default]
    Off,
    Optional,
    Required,
}

/// What staff may ask of a branch.
#[derive(Debug, Clone)]
pub enum BranchCommand {
    Open(Details),
    SetDetails(Details),
    SetRules(Rules),
    /// Adds a service, or sets what is known of it.
    SetService(ServiceId, Service),
    /// Adds a team member, or renames one.
    SetTeamMember(TeamMemberId, Name),
}

facts! {
    /// A fact about a branch.
    BranchEvent {
        "branch.opened.v1" => Opened(BranchOpened),
        "branch.details-set.v1" => DetailsSet(DetailsSet),
        "branch.rules-set.v1" => RulesSet(RulesSet),
        "branch.service-added.v1" => ServiceAdded(ServiceAdded),
        "branch.service-set.v1" => ServiceSet(ServiceSet),
        "branch.team-member-added.v1" => TeamMemberAdded(TeamMemberAdded),
        "branch.team-member-renamed.v1" => TeamMemberRenamed(TeamMemberRenamed),
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BranchOpened {
    pub details: Details,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DetailsSet {
    pub details: Details,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RulesSet {
    pub rules: Rules,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ServiceAdded {
    pub service_id: ServiceId,
    pub service: Service,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ServiceSet {
    pub service_id: ServiceId,
    pub service: Service,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TeamMemberAdded {
    pub team_member_id: TeamMemberId,
    pub name: Name,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TeamMemberRenamed {
    pub team_member_id: TeamMemberId,
    pub name: Name,
}

/// Why a branch said no.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BranchRefusal {
    #[error("there is no such branch")]
    NotOpen,
    #[error("this branch is open already")]
    AlreadyOpen,
}

impl Branch {
    /// Who the studio is; `None` before it was opened.
    pub fn details(&self) -> Option<&Details> {
        self.details.as_ref()
    }

    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    pub fn service(&self, id: ServiceId) -> Option<&Service> {
        self.services.get(&id)
    }

    /// Whether any service can be booked with a membership.
    pub fn takes_memberships(&self) -> bool {
        self.services.values().any(|service| service.membership_booking != MembershipBooking::Off)
    }

    pub fn services(&self) -> &BTreeMap<ServiceId, Service> {
        &self.services
    }

    pub fn team(&self) -> &BTreeMap<TeamMemberId, Name> {
        &self.team
    }

    /// The day on the branch's calendar at this moment; UTC before it was opened.
    pub fn day_of(&self, at: DateTime<Utc>) -> NaiveDate {
        match &self.details {
            Some(details) => at.with_timezone(&details.time_zone).date_naive(),
            None => at.date_naive(),
        }
    }
}

impl Decider for Branch {
    const NAME: &'static str = "branch";
    type Command = BranchCommand;
    type Event = BranchEvent;
    type Refusal = BranchRefusal;

    fn decide(&self, command: BranchCommand) -> Result<Vec<BranchEvent>, BranchRefusal> {
        use BranchCommand::{Open, SetDetails, SetRules, SetService, SetTeamMember};

        let fact = match (&self.details, command) {
            (None, Open(details)) => BranchOpened { details }.into(),
            (Some(now), Open(details) | SetDetails(details)) if *now == details => return Ok(vec![]),
            (Some(_), Open(_)) => return Err(BranchRefusal::AlreadyOpen),
            (None, _) => return Err(BranchRefusal::NotOpen),
            (Some(_), SetDetails(details)) => DetailsSet { details }.into(),
            (Some(_), SetRules(rules)) if self.rules == rules => return Ok(vec![]),
            (Some(_), SetRules(rules)) => RulesSet { rules }.into(),
            (Some(_), SetService(service_id, service)) => match self.services.get(&service_id) {
                Some(now) if *now == service => return Ok(vec![]),
                Some(_) => ServiceSet { service_id, service }.into(),
                None => ServiceAdded { service_id, service }.into(),
            },
            (Some(_), SetTeamMember(team_member_id, name)) => match self.team.get(&team_member_id) {
                Some(now) if *now == name => return Ok(vec![]),
                Some(_) => TeamMemberRenamed { team_member_id, name }.into(),
                None => TeamMemberAdded { team_member_id, name }.into(),
            },
        };
        Ok(vec![fact])
    }

    fn evolve(mut self, event: &BranchEvent) -> Self {
        use BranchEvent::{
            DetailsSet as Set, Opened, RulesSet, ServiceAdded, ServiceSet, TeamMemberAdded, TeamMemberRenamed,
        };

        match event {
            Opened(BranchOpened { details }) | Set(DetailsSet { details }) => {
                self.details = Some(details.clone());
            }
            RulesSet(fact) => self.rules = fact.rules.clone(),
            ServiceAdded(self::ServiceAdded { service_id, service })
            | ServiceSet(self::ServiceSet { service_id, service }) => {
                self.services.insert(*service_id, service.clone());
            }
            TeamMemberAdded(self::TeamMemberAdded { team_member_id, name })
            | TeamMemberRenamed(self::TeamMemberRenamed { team_member_id, name }) => {
                self.team.insert(*team_member_id, name.clone());
            }
        }
        self
    }
}
