//! All that one client has paid ahead. One aggregate per client; its id is the client's.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::decider::Decider;
use crate::ids::{MembershipId, ServiceId};
use crate::values::{Name, Offered};

/// The memberships of one client.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Membership(BTreeMap<MembershipId, Terms>);

/// What one membership entitles to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Terms {
    pub name: Name,
    pub services: Offered<ServiceId>,
    /// Visits left; `None` is without limit. Compared with nothing but zero (S-08).
    pub balance: Option<u32>,
    /// The last day on which it applies, on the branch's calendar.
    pub expires_on: Option<NaiveDate>,
    pub status: Status,
}

/// How far along a membership is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Sold, not used yet.
    Released,
    Active,
    Frozen,
    /// Taken back or used up.
    Ended,
}

/// What staff may ask of a client's memberships.
#[derive(Debug, Clone)]
pub enum MembershipCommand {
    Grant(MembershipId, Terms),
}

facts! {
    /// A fact about a client's memberships.
    MembershipEvent {
        "membership.granted.v1" => Granted(MembershipGranted),
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MembershipGranted {
    pub membership_id: MembershipId,
    pub terms: Terms,
}

/// Why a membership was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MembershipRefusal {
    #[error("this membership was granted with other terms")]
    AlreadyGranted,
}

impl Terms {
    /// Whether it applies to the service on that day.
    pub fn apply(&self, service: ServiceId, day: NaiveDate) -> bool {
        self.services.includes(&service)
            && self.status != Status::Ended
            && self.balance.is_none_or(|visits| 1 <= visits)
            && self.expires_on.is_none_or(|last| day <= last)
    }
}

impl Membership {
    /// All of them, by id.
    pub fn all(&self) -> &BTreeMap<MembershipId, Terms> {
        &self.0
    }

    /// A membership that applies to the service on that day: the one that expires first.
    pub fn applying(&self, service: ServiceId, day: NaiveDate) -> Option<MembershipId> {
        self.0
            .iter()
            .filter(|(_, terms)| terms.apply(service, day))
            .min_by_key(|(_, terms)| (terms.expires_on.is_none(), terms.expires_on))
            .map(|(id, _)| *id)
    }
}

impl Decider for Membership {
    const NAME: &'static str = "membership";
    type Command = MembershipCommand;
    type Event = MembershipEvent;
    type Refusal = MembershipRefusal;

    fn decide(&self, command: MembershipCommand) -> Result<Vec<MembershipEvent>, MembershipRefusal> {
        let MembershipCommand::Grant(membership_id, terms) = command;
        match self.0.get(&membership_id) {
            Some(now) if *now == terms => Ok(vec![]),
            Some(_) => Err(MembershipRefusal::AlreadyGranted),
            None => Ok(vec![MembershipGranted { membership_id, terms }.into()]),
        }
    }

    fn evolve(mut self, event: &MembershipEvent) -> Self {
        let MembershipEvent::Granted(MembershipGranted { membership_id, terms }) = event;
        self.0.insert(*membership_id, terms.clone());
        self
    }
}
