//! Which facts lead to messages, and to reminders.

use std::collections::HashMap;
use std::time::Duration;

use aggregates::Fact;
use aggregates::appointment::AppointmentEvent;
use aggregates::branch::BranchEvent;
use aggregates::cart::CartEvent;
use aggregates::ids::{AppointmentId, BranchId, CartId};
use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use projections::appointments::AppointmentRow;
use uuid::Uuid;

use super::{About, FOLLOWER, queue, way_to};
use crate::app::App;
use crate::app::reading::Journal;
use crate::followers::deadlines::{self, Deadline};
use crate::followers::deliveries::{Delivery, adding, derived};
use crate::followers::{Followed, Follower, Outcome};
use crate::ledger::change::Change;
use crate::ledger::{Entry, Position, StoreError, from_micros};
use crate::messenger::Way;

/// What its deadlines are called.
const REMINDER: &str = "reminder";

/// Nobody is told of what happened longer ago.
const NEWS: TimeDelta = TimeDelta::days(1);

/// How long to wait after each failed attempt: after a day, a message is of no use any more.
const PAUSES: [Duration; 7] = [
    Duration::from_secs(10),
    Duration::from_mins(1),
    Duration::from_mins(10),
    Duration::from_mins(30),
    Duration::from_hours(2),
    Duration::from_hours(6),
    Duration::from_hours(12),
];

/// The follower that tells clients.
#[derive(Clone)]
pub struct Messages(pub(super) App);

/// Something that a client is to be told.
struct News {
    about: About,
    subject: Uuid,
    cart: CartId,
    position: Position,
}

impl Messages {
    #[must_use]
    pub fn new(app: App) -> Self {
        Self(app)
    }

    /// The appointments that these facts are about, as they are now.
    async fn rows(
        &self,
        branch: BranchId,
        facts: &[(Position, Uuid, Fact)],
    ) -> Result<HashMap<AppointmentId, AppointmentRow>, StoreError> {
        let ids = facts.iter().filter(|(_, _, fact)| matches!(fact, Fact::Appointment(_)));
        let ids: Vec<AppointmentId> = ids.map(|(_, id, _)| AppointmentId(*id)).collect();
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let rows = self.0.appointments(branch, ids).await?;
        Ok(rows.into_iter().map(|row| (row.appointment_id, row)).collect())
    }

    /// How whoever confirmed a cart is told; `None` if they cannot be.
    async fn way(&self, branch: BranchId, cart: CartId) -> Result<Option<Way>, StoreError> {
        let Some(messenger) = &self.0.messenger else { return Ok(None) };
        let typed = self.0.vault.typed(branch, cart).await?;
        Ok(typed.and_then(|typed| way_to(messenger.as_ref(), &typed.contact)))
    }

    /// Deliveries of these news to those who can be told.
    async fn deliveries(&self, branch: BranchId, news: Vec<News>) -> Result<Vec<Delivery>, StoreError> {
        let now = self.0.clock.now();
        let mut ways = HashMap::<CartId, Option<Way>>::new();
        let mut deliveries = vec![];
        for News { about, subject, cart, position } in news {
            let way = match ways.get(&cart) {
                Some(way) => *way,
                None => *ways.entry(cart).or_insert(self.way(branch, cart).await?),
            };
            let Some(way) = way else { continue };
            let id = derived(FOLLOWER, branch, position, subject);
            let kind = (about.name(), subject);
            deliveries.push(Delivery::new((branch, id), (FOLLOWER, queue(way)), kind, position, now));
        }
        Ok(deliveries)
    }

    /// How long before its start an appointment is reminded of; `None` if it is not.
    async fn lead(&self, branch: BranchId) -> Result<Option<TimeDelta>, StoreError> {
        let row = self.0.branch(branch).await?;
        let lead = row.and_then(|row| row.branch.rules().reminder);
        Ok(lead.map(|lead| TimeDelta::minutes(lead.get().into())))
    }

    /// The reminder of an appointment as it is now: set, or lifted.
    fn reminder(&self, branch: BranchId, row: &AppointmentRow, lead: Option<TimeDelta>) -> Vec<Change> {
        let (id, about) = (row.appointment_id.0, row.place.starts_at);
        let due = lead.map(|lead| about - lead);
        match due.filter(|due| !row.is_cancelled() && self.0.clock.now() < *due) {
            Some(due) => Deadline { branch, kind: REMINDER.to_owned(), id, due, about }.set().into(),
            None => vec![deadlines::lifted(branch, REMINDER, id)],
        }
    }

    /// All reminders anew, after their rule changed.
    async fn all_reminders(
        &self,
        branch: BranchId,
        lead: Option<TimeDelta>,
    ) -> Result<Vec<Change>, StoreError> {
        let mut changes = vec![deadlines::all_lifted(branch, REMINDER)];
        if lead.is_some() {
            let from = Some(self.0.clock.now());
            let upcoming = Journal { from, cancelled: Some(false), ..Journal::default() };
            for row in self.0.journal(branch, upcoming).await? {
                changes.extend(self.reminder(branch, &row, lead));
            }
        }
        Ok(changes)
    }
}

/// Facts that may concern somebody, read.
fn read(facts: &[Entry]) -> Result<Vec<(Position, Uuid, Fact)>, StoreError> {
    let concerning =
        facts.iter().filter(|fact| ["cart", "appointment", "branch"].contains(&&*fact.aggregate_type));
    let read = concerning.map(|entry| {
        let recorded = entry.read()?;
        Ok((recorded.position, recorded.id, recorded.fact))
    });
    read.collect()
}

fn is_news(recorded_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now - recorded_at < NEWS
}

#[async_trait]
impl Follower for Messages {
    fn name(&self) -> &'static str {
        FOLLOWER
    }

    /// All branches, from now on.
    async fn followed(&self, heads: &[(BranchId, Position)]) -> Result<Vec<Followed>, StoreError> {
        if self.0.messenger.is_none() {
            return Ok(vec![]);
        }
        Ok(heads
            .iter()
            .map(|(branch, head)| Followed { branch: *branch, begin: *head, at_least: 0 })
            .collect())
    }

    async fn react(&self, branch: BranchId, facts: &[Entry]) -> Result<Vec<Change>, StoreError> {
        let now = self.0.clock.now();
        let fresh: Vec<Entry> =
            facts.iter().filter(|fact| is_news(from_micros(fact.recorded_at), now)).cloned().collect();
        let facts = read(&fresh)?;
        let rows = self.rows(branch, &facts).await?;
        let lead = self.lead(branch).await?;
        let (mut news, mut changes) = (vec![], vec![]);
        for (position, subject, fact) in facts {
            match fact {
                Fact::Cart(CartEvent::Confirmed(_)) => {
                    let about = About::Confirmation;
                    news.push(News { about, subject, cart: CartId(subject), position });
                }
                Fact::Appointment(fact) => {
                    let Some(row) = rows.get(&AppointmentId(subject)) else { continue };
                    if !matches!(fact, AppointmentEvent::AttendanceNoted(_)) {
                        changes.extend(self.reminder(branch, row, lead));
                    }
                    let told = About::of(&fact);
                    news.extend(told.map(|about| News { about, subject, cart: row.cart_id, position }));
                }
                Fact::Branch(BranchEvent::RulesSet(_)) => {
                    changes.extend(self.all_reminders(branch, lead).await?);
                }
                _ => {}
            }
        }
        let deliveries = self.deliveries(branch, news).await?;
        if !deliveries.is_empty() {
            changes.push(adding(&deliveries));
        }
        Ok(changes)
    }

    /// An appointment that is still when it was when the reminder was set is reminded of.
    async fn due(&self, deadline: &Deadline) -> Result<Vec<Change>, StoreError> {
        if deadline.kind != REMINDER || deadline.about <= self.0.clock.now() {
            return Ok(vec![]);
        }
        let (branch, id) = (deadline.branch, AppointmentId(deadline.id));
        let Some(row) = self.0.appointment(branch, id).await? else { return Ok(vec![]) };
        if row.is_cancelled() || row.place.starts_at != deadline.about {
            return Ok(vec![]);
        }
        let Some(way) = self.way(branch, row.cart_id).await? else { return Ok(vec![]) };
        let start = deadline.about.timestamp_micros().cast_unsigned();
        let one = (branch, derived(REMINDER, branch, start, deadline.id));
        let kind = (About::Reminder.name(), deadline.id);
        Ok(vec![adding(&[Delivery::new(one, (FOLLOWER, queue(way)), kind, 0, self.0.clock.now())])])
    }

    async fn send(&self, delivery: &Delivery) -> Outcome {
        self.try_send(delivery).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "a message cannot be sent yet");
            Outcome::failed("store-away")
        })
    }

    fn pause(&self, attempts: u32) -> Option<Duration> {
        PAUSES.get(attempts.saturating_sub(1) as usize).copied()
    }
}
