//! What may be asked of a cart, with what the rules need of other aggregates.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::RefusedItem;
use super::refusal::CartRefusal;
use crate::activity::{Taking, Vacancy};
use crate::booking_link::{Field, Kind, Settled};
use crate::branch::{Branch, Rules};
use crate::ids::{ActivityId, CartId, ClientId, LinkId};
use crate::values::{MaxEvents, Spots};

/// What may be asked of a cart.
#[derive(Debug, Clone)]
pub enum CartCommand {
    OpenCart {
        link: LinkId,
        at: DateTime<Utc>,
    },
    /// Make the selection exactly these events, as check boxes do.
    SelectEvents {
        picks: Vec<Pick>,
        terms: CartTerms,
        candidates: Candidates,
    },
    /// Take this many spots in one selected event.
    SetSpots {
        activity: ActivityId,
        spots: Spots,
        terms: CartTerms,
        candidate: Box<Candidate>,
    },
    /// Book everything in the cart.
    ConfirmMultiBooking(Box<Confirmation>),
    /// Some items of a `best_effort` confirmation could not be booked.
    RecordRefusals(Vec<RefusedItem>),
}

/// A ticked box; without a number of spots the event keeps what it has, at first one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pick {
    pub activity: ActivityId,
    pub spots: Option<Spots>,
}

/// One confirmation for everything in the cart.
#[derive(Debug, Clone)]
pub struct Confirmation {
    pub cart: CartId,
    pub client: ClientId,
    pub mode: Mode,
    /// The client chose *Book with membership*.
    pub with_membership: bool,
    /// The version of the consent text that the client agreed to.
    pub consent: Option<u32>,
    pub has_email: bool,
    pub has_comment: bool,
    /// The client proved their telephone number for this cart.
    pub phone_proved: bool,
    pub terms: CartTerms,
    pub candidates: Candidates,
}

/// What happens if not everything can be booked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Then nothing is booked.
    #[default]
    AllOrNothing,
    /// Then the rest is booked.
    BestEffort,
}

/// The settings that bear on a cart at the moment of the command.
#[derive(Debug, Clone, Copy)]
pub struct CartTerms {
    pub at: DateTime<Utc>,
    /// Whether the link books events at all: switched on, and for groups.
    pub active: bool,
    pub max_events: MaxEvents,
    /// Online prepayment of the branch.
    pub prepayment: bool,
    pub email_required: bool,
    pub comment_required: bool,
    /// The version of the consent text, if the link has one.
    pub consent_version: Option<u32>,
    /// The link books only for clients who proved their telephone number.
    pub phone_code: bool,
}

impl CartTerms {
    #[must_use]
    pub fn new(rules: &Rules, link: &Settled, at: DateTime<Utc>) -> Self {
        let settings = &link.settings;
        Self {
            at,
            active: settings.active && link.kind != Kind::Individual,
            max_events: settings.multiple_events.max_events(),
            prepayment: rules.prepayment,
            email_required: settings.email == Field::Required,
            comment_required: settings.comment == Field::Required,
            consent_version: settings.consent.is_some().then_some(link.consent_version),
            phone_code: settings.phone_code,
        }
    }

    /// For staff who book for a client: what the link asks of visitors was settled by talking to them.
    #[must_use]
    pub fn at_desk(at: DateTime<Utc>) -> Self {
        Self {
            at,
            active: true,
            max_events: MaxEvents::MAX,
            prepayment: false,
            email_required: false,
            comment_required: false,
            consent_version: None,
            phone_code: false,
        }
    }

    /// Everything that the link asks a client for and that was not given.
    #[must_use]
    pub fn unanswered(&self, consent: Option<u32>, has_email: bool, has_comment: bool) -> Vec<CartRefusal> {
        let consent = match (self.consent_version, consent) {
            (Some(current), Some(given)) if given != current => Some(CartRefusal::ConsentChanged),
            (Some(_), None) => Some(CartRefusal::ConsentMissing),
            _ => None,
        };
        let email = (self.email_required && !has_email).then_some(CartRefusal::EmailMissing);
        let comment = (self.comment_required && !has_comment).then_some(CartRefusal::CommentMissing);
        [consent, email, comment].into_iter().flatten().collect()
    }

    /// How many events fit into one booking now: the link's limit, or one while the branch takes prepayment.
    pub fn limit(&self) -> MaxEvents {
        if self.prepayment { MaxEvents::MIN } else { self.max_events }
    }
}

/// An event that is, or is to be, selected.
#[derive(Debug, Clone, Copy)]
pub struct Candidate {
    pub vacancy: Vacancy,
    /// On whose behalf its spots are to be taken.
    pub taking: Taking,
    /// Its service has to be paid online before the visit.
    pub prepayment_required: bool,
}

/// The events that a command names and the cart has, by id.
pub type Candidates = BTreeMap<ActivityId, Candidate>;

impl Candidate {
    #[must_use]
    pub fn new(vacancy: Vacancy, branch: &Branch, link: &Settled, at: DateTime<Utc>) -> Self {
        let service = branch.service(vacancy.plan.service_id);
        Self {
            taking: Taking::Online(link.online(&vacancy.plan, branch.rules(), at)),
            prepayment_required: service.is_some_and(|service| service.prepayment_required),
            vacancy,
        }
    }

    /// An event that staff select for a client; what is paid online does not bind them.
    #[must_use]
    pub fn at_desk(vacancy: Vacancy, force: bool) -> Self {
        Self { taking: Taking::Staff { force }, prepayment_required: false, vacancy }
    }

    /// Whether even one spot can be booked.
    pub(super) fn is_bookable(&self) -> bool {
        self.obstacle(Spots::ONE).is_none()
    }
}

/// What a client was shown: compared with how it is, it tells what changed (E-19).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    pub max_events: Option<MaxEvents>,
    pub prepayment: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent_version: Option<u32>,
    /// When each selected event started.
    pub starts: BTreeMap<ActivityId, DateTime<Utc>>,
    /// Those of them that were marked as not bookable any more.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub unbookable: BTreeSet<ActivityId>,
}

impl Seen {
    /// What these terms and events show.
    #[must_use]
    pub fn of<'a>(
        terms: &CartTerms,
        activities: impl Iterator<Item = &'a ActivityId>,
        candidates: &Candidates,
    ) -> Self {
        let found: Vec<_> = activities.filter_map(|id| Some((*id, candidates.get(id)?))).collect();
        Self {
            max_events: Some(terms.max_events),
            prepayment: terms.prepayment,
            consent_version: terms.consent_version,
            starts: found.iter().map(|(id, candidate)| (*id, candidate.vacancy.plan.starts_at)).collect(),
            unbookable: found.iter().filter(|(_, it)| !it.is_bookable()).map(|(id, _)| *id).collect(),
        }
    }
}
