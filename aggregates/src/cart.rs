//! The booking cart: what a client has selected, up to the confirmation.
//!
//! A cart never outlives its confirmation: from then on each appointment goes its own way.

mod command;
mod event;
mod refusal;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

pub use command::{Candidate, Candidates, CartCommand, CartTerms, Confirmation, Mode, Pick, Seen};
pub use event::{
    CartConfirmed, CartEvent, CartOpened, ConfirmedLine, ItemsRefused, Line, RefusedItem, SelectionMade,
    SpotsSet,
};
pub use refusal::{CartRefusal, Changed, Value};

use crate::decider::Decider;
use crate::ids::{ActivityId, AppointmentId, LinkId};
use crate::obstacle::Obstacle;
use crate::values::Spots;

/// How long a cart can be edited and confirmed after it was opened.
pub const LIFETIME: TimeDelta = TimeDelta::hours(24);

/// How often a cart can be edited, so that nobody fills the ledger with a check box.
pub const MOST_EDITS: u8 = 100;

/// Where a cart stands.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub enum BookingCart {
    #[default]
    Unopened,
    Open(OpenCart),
    /// Done; the appointments have taken over.
    Confirmed(ConfirmedCart),
}

/// A selection in progress.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OpenCart {
    pub link: LinkId,
    pub opened_at: DateTime<Utc>,
    pub edits: u8,
    pub lines: Lines,
    /// What the client was shown when they last chose.
    pub shown: Seen,
}

/// A cart whose confirmation was accepted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ConfirmedCart {
    pub link: LinkId,
    pub lines: Vec<ConfirmedLine>,
    /// What a `best_effort` confirmation could not book.
    #[serde(default)]
    pub refused: Vec<RefusedItem>,
}

/// Selected events with the spots asked for in each.
pub type Lines = BTreeMap<ActivityId, Spots>;

impl BookingCart {
    /// The link that the cart was opened from.
    pub fn link(&self) -> Option<LinkId> {
        match self {
            Self::Unopened => None,
            Self::Open(cart) => Some(cart.link),
            Self::Confirmed(cart) => Some(cart.link),
        }
    }

    /// What is selected now; empty before and after.
    pub fn selected(&self) -> impl Iterator<Item = (ActivityId, Spots)> {
        let lines = match self {
            Self::Open(cart) => Some(&cart.lines),
            Self::Unopened | Self::Confirmed(_) => None,
        };
        lines.into_iter().flatten().map(|(activity, spots)| (*activity, *spots))
    }
}

impl Decider for BookingCart {
    const NAME: &'static str = "cart";
    type Command = CartCommand;
    type Event = CartEvent;
    type Refusal = CartRefusal;

    fn decide(&self, command: CartCommand) -> Result<Vec<CartEvent>, CartRefusal> {
        use BookingCart::{Confirmed, Open, Unopened};
        use CartCommand::{ConfirmMultiBooking, OpenCart, RecordRefusals, SelectEvents, SetSpots};

        match (self, command) {
            (Unopened, OpenCart { link, at }) => Ok(vec![CartOpened { link_id: link, opened_at: at }.into()]),
            (Open(cart), OpenCart { link, .. }) if cart.link == link => Ok(vec![]),
            (Unopened, _) => Err(CartRefusal::NotOpened),
            (Confirmed(cart), RecordRefusals(items)) if cart.refused == items => Ok(vec![]),
            (Confirmed(_), RecordRefusals(items)) => Ok(vec![ItemsRefused { items }.into()]),
            (Confirmed(_), _) => Err(CartRefusal::AlreadyConfirmed),
            (Open(_), OpenCart { .. } | RecordRefusals(_)) => Err(CartRefusal::NotConfirmed),
            (Open(cart), SelectEvents { picks, terms, candidates }) => {
                cart.permit_time(terms.at)?;
                cart.permit_edit(cart.select(&picks, &terms, &candidates)?)
            }
            (Open(cart), SetSpots { activity, spots, terms, candidate }) => {
                cart.permit_time(terms.at)?;
                cart.permit_edit(cart.set_spots(activity, spots, &terms, &candidate)?)
            }
            (Open(cart), ConfirmMultiBooking(confirmation)) => cart.confirm(*confirmation),
        }
    }

    fn evolve(self, event: &CartEvent) -> Self {
        match (self, event) {
            (_, CartEvent::Opened(fact)) => Self::Open(OpenCart {
                link: fact.link_id,
                opened_at: fact.opened_at,
                edits: 0,
                lines: Lines::new(),
                shown: Seen::default(),
            }),
            (Self::Open(cart), CartEvent::SelectionMade(fact)) => Self::Open(OpenCart {
                edits: cart.edits.saturating_add(1),
                lines: fact.lines.iter().map(|pick| (pick.activity_id, pick.spots)).collect(),
                shown: fact.shown.clone(),
                ..cart
            }),
            (Self::Open(mut cart), CartEvent::SpotsSet(fact)) => {
                cart.edits = cart.edits.saturating_add(1);
                cart.lines.insert(fact.activity_id, fact.spots);
                Self::Open(cart)
            }
            (Self::Open(cart), CartEvent::Confirmed(fact)) => {
                Self::Confirmed(ConfirmedCart { link: cart.link, lines: fact.lines.clone(), refused: vec![] })
            }
            (Self::Confirmed(cart), CartEvent::ItemsRefused(fact)) => {
                Self::Confirmed(ConfirmedCart { refused: fact.items.clone(), ..cart })
            }
            (unchanged, _) => unchanged,
        }
    }
}

impl OpenCart {
    fn permit_time(&self, at: DateTime<Utc>) -> Result<(), CartRefusal> {
        if self.opened_at + LIFETIME < at { Err(CartRefusal::Expired) } else { Ok(()) }
    }

    /// One edit too many is refused, unless it changes nothing.
    fn permit_edit(&self, facts: Vec<CartEvent>) -> Result<Vec<CartEvent>, CartRefusal> {
        if facts.is_empty() || self.edits < MOST_EDITS { Ok(facts) } else { Err(CartRefusal::TooManyEdits) }
    }

    /// Makes the selection exactly these picks. What was selected before and is full or closed now stays until
    /// the client clears it; what is new must be bookable.
    fn select(
        &self,
        picks: &[Pick],
        terms: &CartTerms,
        candidates: &Candidates,
    ) -> Result<Vec<CartEvent>, CartRefusal> {
        let lines: Lines = picks
            .iter()
            .map(|pick| {
                let kept = self.lines.get(&pick.activity).copied();
                (pick.activity, pick.spots.or(kept).unwrap_or(Spots::ONE))
            })
            .collect();
        permit(&lines, terms, candidates)?;

        let refused: Vec<RefusedItem> = lines
            .iter()
            .filter(|(activity, spots)| self.lines.get(activity) != Some(spots))
            .filter_map(|(activity, spots)| {
                let obstacle = match candidates.get(activity) {
                    Some(candidate) => candidate.obstacle(*spots)?,
                    None => Obstacle::NotOffered,
                };
                Some(RefusedItem { activity_id: *activity, obstacle })
            })
            .collect();
        if !refused.is_empty() {
            return Err(CartRefusal::ItemsRefused(refused));
        }

        let shown = Seen::of(terms, lines.keys(), candidates);
        if lines == self.lines && shown == self.shown {
            return Ok(vec![]);
        }
        let lines =
            lines.into_iter().map(|(activity_id, spots)| event::Line { activity_id, spots }).collect();
        Ok(vec![SelectionMade { lines, shown }.into()])
    }

    fn set_spots(
        &self,
        activity: ActivityId,
        spots: Spots,
        terms: &CartTerms,
        candidate: &Candidate,
    ) -> Result<Vec<CartEvent>, CartRefusal> {
        if !terms.active {
            return Err(CartRefusal::LinkClosed);
        }
        match self.lines.get(&activity) {
            None => return Err(CartRefusal::NotSelected),
            Some(now) if *now == spots => return Ok(vec![]),
            Some(_) => {}
        }
        if let Some(obstacle) = candidate.obstacle(spots) {
            return Err(CartRefusal::ItemsRefused(vec![RefusedItem { activity_id: activity, obstacle }]));
        }
        Ok(vec![SpotsSet { activity_id: activity, spots }.into()])
    }

    /// Checks every rule again, by the settings of this moment.
    fn confirm(&self, asked: Confirmation) -> Result<Vec<CartEvent>, CartRefusal> {
        let Confirmation { cart, client, mode, with_membership, consent, terms, candidates, .. } = asked;
        self.permit_time(terms.at)?;
        if self.lines.is_empty() {
            return Err(CartRefusal::NothingSelected);
        }
        permit(&self.lines, &terms, &candidates)?;
        if let Some(first) = terms.unanswered(consent, asked.has_email, asked.has_comment).into_iter().next()
        {
            return Err(first);
        }
        // After all that a client can answer on the spot, so that no code is sent in vain; before anything is said of
        // what a number has booked already, which is for those who have it.
        if terms.phone_code && !asked.phone_proved {
            return Err(CartRefusal::PhoneCodeNeeded);
        }

        let mut lines: Vec<ConfirmedLine> = self
            .lines
            .iter()
            .map(|(activity, spots)| ConfirmedLine {
                activity_id: *activity,
                appointment_id: AppointmentId::derive(cart, *activity),
                spots: *spots,
            })
            .collect();
        lines.sort_by_key(|line| {
            (
                candidates.get(&line.activity_id).map(|candidate| candidate.vacancy.plan.starts_at),
                line.activity_id,
            )
        });
        Ok(vec![
            CartConfirmed {
                client_id: client,
                lines,
                mode,
                with_membership,
                consent_version: terms.consent_version,
                confirmed_at: terms.at,
            }
            .into(),
        ])
    }

    /// What is different now from what the client was shown, in the order of [`Value`]'s names (E-19).
    ///
    /// `seen` is what a page showed last, if it says so; else what the cart showed at its last edit.
    pub fn changed(&self, seen: Option<&Seen>, terms: &CartTerms, candidates: &Candidates) -> Vec<Changed> {
        let shown = seen.unwrap_or(&self.shown);
        let mut changed = vec![];
        if shown.max_events.is_some_and(|was| was != terms.max_events) {
            let [was, is] = [shown.max_events, Some(terms.max_events)].map(Value::MaxEvents);
            changed.push(Changed { was, is });
        }
        let was_shown = shown.max_events.is_some();
        if was_shown && shown.prepayment != terms.prepayment {
            let [was, is] = [shown.prepayment, terms.prepayment].map(Value::Prepayment);
            changed.push(Changed { was, is });
        }
        let was_asked = was_shown || shown.consent_version.is_some();
        if was_asked && shown.consent_version != terms.consent_version {
            let [was, is] = [shown.consent_version, terms.consent_version].map(Value::ConsentVersion);
            changed.push(Changed { was, is });
        }
        for (activity, was) in &shown.starts {
            let Some(candidate) = candidates.get(activity) else { continue };
            let is = candidate.vacancy.plan.starts_at;
            if is != *was {
                let [was, is] = [*was, is].map(|starts_at| Value::Start { activity: *activity, starts_at });
                changed.push(Changed { was, is });
            }
            let was = !shown.unbookable.contains(activity);
            let is = candidate.is_bookable();
            if is != was {
                let [was, is] = [was, is].map(|bookable| Value::Bookable { activity: *activity, bookable });
                changed.push(Changed { was, is });
            }
        }
        changed
    }
}

/// Whether these events may be one booking on these terms.
fn permit(lines: &Lines, terms: &CartTerms, candidates: &Candidates) -> Result<(), CartRefusal> {
    let count = lines.len();
    let chosen = || lines.keys().filter_map(|id| candidates.get(id));
    let distinct_plans = |of: fn(&Candidate) -> uuid::Uuid| chosen().map(of).collect::<BTreeSet<_>>().len();

    if !terms.active {
        return Err(CartRefusal::LinkClosed);
    }
    if 1 < distinct_plans(|it| it.vacancy.plan.team_member_id.0) {
        return Err(CartRefusal::DifferentTeamMembers);
    }
    if 1 < distinct_plans(|it| it.vacancy.plan.service_id.0) {
        return Err(CartRefusal::DifferentServices);
    }
    if 1 < count && terms.prepayment {
        return Err(CartRefusal::PrepaymentEnabled);
    }
    if 1 < count && chosen().any(|it| it.prepayment_required) {
        return Err(CartRefusal::PrepaymentRequired);
    }
    if usize::from(terms.max_events.get()) < count {
        return Err(CartRefusal::TooManyEvents { max: terms.max_events });
    }
    Ok(())
}

impl Candidate {
    /// What stands in the way of selecting that many spots.
    fn obstacle(&self, spots: Spots) -> Option<Obstacle> {
        self.vacancy.obstacle_to(self.taking, spots)
    }
}
