//! Sends facts to the endpoints that want them.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use aggregates::ids::BranchId;
use async_trait::async_trait;
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use hyper::header::{HeaderName, HeaderValue};
use serde::Serialize;
use serde_json::value::RawValue;
use uuid::Uuid;

use super::{Because, Endpoint, Endpoints, Standing, sign};
use crate::clock::Clock;
use crate::followers::deliveries::{Delivery, adding, derived};
use crate::followers::{End, Followed, Follower, Outcome};
use crate::ledger::change::Change;
use crate::ledger::{Entry, Ledger, Position, StoreError, from_micros};
use crate::outbound::Outbound;

/// The name that positions and deliveries are stored under.
pub const FOLLOWER: &str = "webhooks";

/// What a test event is called.
pub const TEST: &str = "webhook.test";

/// How long to wait after each failed attempt, as the Standard Webhooks specification proposes: over three days in all.
const PAUSES: [Duration; 9] = [
    Duration::from_secs(5),
    Duration::from_mins(5),
    Duration::from_mins(30),
    Duration::from_hours(2),
    Duration::from_hours(5),
    Duration::from_hours(10),
    Duration::from_hours(14),
    Duration::from_hours(20),
    Duration::from_hours(24),
];

/// How long nothing has to have arrived before an endpoint is switched off.
const FAILING: TimeDelta = TimeDelta::days(3);

/// The follower that sends webhooks.
#[derive(Clone)]
pub struct Webhooks {
    ledger: Arc<dyn Ledger>,
    endpoints: Endpoints,
    outbound: Outbound,
    clock: Clock,
}

/// What is sent: nothing in it is about a person.
#[derive(Debug, Serialize)]
struct Body<'a, D> {
    r#type: &'a str,
    timestamp: String,
    data: D,
}

#[derive(Debug, Serialize)]
struct Data<'a> {
    branch_id: BranchId,
    position: Position,
    aggregate_type: &'a str,
    aggregate_id: &'a str,
    sequence: u64,
    payload: &'a RawValue,
}

#[derive(Debug, Serialize)]
struct Test {
    branch_id: BranchId,
    webhook_id: Uuid,
}

impl Webhooks {
    #[must_use]
    pub fn new(ledger: Arc<dyn Ledger>, endpoints: Endpoints, outbound: Outbound, clock: Clock) -> Self {
        Self { ledger, endpoints, outbound, clock }
    }

    async fn body(&self, delivery: &Delivery) -> Result<Option<String>, StoreError> {
        if delivery.kind == TEST {
            let data = Test { branch_id: delivery.branch, webhook_id: delivery.queue };
            let test = Body { r#type: TEST, timestamp: written(delivery.made_at), data };
            return Ok(Some(serde_json::to_string(&test)?));
        }
        let before = delivery.position.saturating_sub(1);
        let Some(fact) = self.ledger.read(delivery.branch, before, 1).await?.into_iter().next() else {
            return Ok(None);
        };
        Ok(Some(body_of(delivery.branch, &fact)?))
    }

    /// The headers that carry id, time and signatures.
    fn headers(
        &self,
        endpoint: &Endpoint,
        id: &str,
        body: &str,
    ) -> Result<[(HeaderName, HeaderValue); 3], StoreError> {
        let now = self.clock.now();
        let secrets = self.endpoints.secrets(endpoint, now)?;
        let signature = sign(&secrets, id, now.timestamp(), body.as_bytes());
        Ok([
            (HeaderName::from_static("webhook-id"), HeaderValue::from_str(id)?),
            (HeaderName::from_static("webhook-timestamp"), HeaderValue::from(now.timestamp())),
            (HeaderName::from_static("webhook-signature"), HeaderValue::from_str(&signature)?),
        ])
    }

    async fn try_send(&self, delivery: &Delivery) -> Result<Outcome, StoreError> {
        let Some(endpoint) = self.endpoints.find(delivery.branch, delivery.queue).await? else {
            return Ok(Outcome::dropped("deleted"));
        };
        // A test is sent to try out what is switched off, too.
        if endpoint.standing != Standing::On && delivery.kind != TEST {
            return Ok(Outcome::dropped("switched-off"));
        }
        let Some(body) = self.body(delivery).await? else { return Ok(Outcome::dropped("no-such-fact")) };
        let headers = self.headers(&endpoint, &delivery.id.to_string(), &body)?;
        let outcome = match self.outbound.post(&endpoint.url, headers, body.into_bytes()).await {
            Ok(status @ 200..=299) => Outcome::delivered().with(status),
            Ok(410) => Outcome::dropped("gone").with(410),
            Ok(status) => Outcome::failed("status").with(status),
            Err(why) => Outcome::failed(why.word()),
        };
        self.learn(&endpoint, delivery, &outcome).await?;
        Ok(outcome)
    }

    /// What an attempt says of its endpoint.
    async fn learn(
        &self,
        endpoint: &Endpoint,
        delivery: &Delivery,
        outcome: &Outcome,
    ) -> Result<(), StoreError> {
        let now = self.clock.now();
        let last = self.pause(delivery.attempts).is_none();
        let next = match (outcome.end, endpoint.failing_since) {
            (End::Delivered, Some(_)) => Endpoint { failing_since: None, ..endpoint.clone() },
            (End::Dropped, _) => disabled(endpoint, Because::Gone),
            (End::Failed, None) => Endpoint { failing_since: Some(now), ..endpoint.clone() },
            (End::Failed, Some(since)) if last && FAILING <= now - since => {
                disabled(endpoint, Because::Failing)
            }
            _ => return Ok(()),
        };
        if let Standing::Disabled(because) = next.standing {
            let (branch, id) = (endpoint.branch, endpoint.id);
            tracing::warn!(%branch, %id, ?because, "a webhook was switched off");
        }
        // Should somebody have changed it meanwhile, the next attempt says the same.
        self.endpoints.change(endpoint, next, now).await.map(|_| ())
    }
}

fn disabled(endpoint: &Endpoint, because: Because) -> Endpoint {
    Endpoint { standing: Standing::Disabled(because), ..endpoint.clone() }
}

fn written(moment: DateTime<Utc>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::Micros, true)
}

fn body_of(branch: BranchId, fact: &Entry) -> Result<String, StoreError> {
    let data = Data {
        branch_id: branch,
        position: fact.position,
        aggregate_type: &fact.aggregate_type,
        aggregate_id: fact.aggregate_id.split_once('/').map_or("", |(_, id)| id),
        sequence: fact.sequence,
        payload: serde_json::from_str(&fact.payload)?,
    };
    let timestamp = written(from_micros(fact.recorded_at));
    Ok(serde_json::to_string(&Body { r#type: &fact.event_type, timestamp, data })?)
}

#[async_trait]
impl Follower for Webhooks {
    fn name(&self) -> &'static str {
        FOLLOWER
    }

    /// Branches that have an endpoint, from where the first of them begins.
    async fn followed(&self, heads: &[(BranchId, Position)]) -> Result<Vec<Followed>, StoreError> {
        let endpoints = match heads {
            [] => return Ok(vec![]),
            [(branch, _)] => self.endpoints.of_branch(*branch).await?,
            _ => self.endpoints.on().await?,
        };
        let mut begins = HashMap::<BranchId, Position>::new();
        for endpoint in endpoints.iter().filter(|endpoint| endpoint.standing == Standing::On) {
            let begin = begins.entry(endpoint.branch).or_insert(endpoint.since);
            *begin = endpoint.since.min(*begin);
        }
        let followed =
            begins.into_iter().map(|(branch, since)| Followed { branch, begin: since, at_least: since });
        Ok(followed.collect())
    }

    async fn react(&self, branch: BranchId, facts: &[Entry]) -> Result<Vec<Change>, StoreError> {
        // Asked for after the facts were read, so that an endpoint misses none that was recorded after it was made.
        let endpoints = self.endpoints.of_branch(branch).await?;
        let now = self.clock.now();
        let mut deliveries = vec![];
        for fact in facts {
            for endpoint in &endpoints {
                let wants = endpoint.standing == Standing::On && endpoint.wanted.is(&fact.event_type);
                if wants && endpoint.since < fact.position {
                    deliveries.push(delivery(endpoint, fact, now)?);
                }
            }
        }
        Ok(if deliveries.is_empty() { vec![] } else { vec![adding(&deliveries)] })
    }

    async fn send(&self, delivery: &Delivery) -> Outcome {
        self.try_send(delivery).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "a webhook cannot be sent yet");
            Outcome::failed("store-away")
        })
    }

    fn pause(&self, attempts: u32) -> Option<Duration> {
        PAUSES.get(attempts.saturating_sub(1) as usize).copied()
    }
}

fn delivery(endpoint: &Endpoint, fact: &Entry, now: DateTime<Utc>) -> Result<Delivery, StoreError> {
    let id = derived(FOLLOWER, endpoint.branch, fact.position, endpoint.id);
    let subject = fact.aggregate_id.split_once('/').map_or("", |(_, id)| id);
    let kind = (fact.event_type.as_str(), Uuid::parse_str(subject)?);
    Ok(Delivery::new((endpoint.branch, id), (FOLLOWER, endpoint.id), kind, fact.position, now))
}
