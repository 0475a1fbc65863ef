//! What is noted of a refusal: ids, numbers and codes, and nobody's name.

use aggregates::Obstacle;
use aggregates::activity::ActivityRefusal;
use aggregates::appointment::AppointmentRefusal;
use aggregates::cart::CartRefusal;
use aggregates::client::ClientRefusal;
use aggregates::ids::{ActivityId, BranchId};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::Refused;
use crate::command::{Actor, Command, Envelope, Refusal};

/// The longest id of a request that is kept: callers choose them.
const LONGEST: usize = 100;

/// Who asked for what, before it is known what becomes of it.
#[derive(Debug, Clone)]
pub struct Asked {
    branch: BranchId,
    at: DateTime<Utc>,
    actor: Actor,
    request: String,
    command: &'static str,
    /// Without the intent to do it.
    tried: bool,
    subject: Option<(&'static str, Uuid)>,
}

impl Asked {
    #[must_use]
    pub fn of(envelope: &Envelope) -> Self {
        Self {
            branch: envelope.branch,
            at: envelope.at,
            actor: envelope.actor,
            request: envelope.request.chars().take(LONGEST).collect(),
            command: envelope.command.name(),
            tried: matches!(&envelope.command, Command::ConfirmMultiBooking(confirm) if confirm.dry_run),
            subject: subject(&envelope.command),
        }
    }

    /// What to note of its refusal: nothing of what was only tried, nor of what is not there.
    pub(super) fn refused(self, refusal: &Refusal) -> Option<Refused> {
        if self.tried || matches!(refusal, Refusal::NotFound { .. }) {
            return None;
        }
        Some(Refused {
            id: Uuid::now_v7(),
            branch: self.branch,
            at: self.at,
            actor: self.actor.name().into_owned(),
            request: self.request,
            command: self.command.to_owned(),
            code: refusal.code().to_owned(),
            reasons: reasons(refusal),
            subject: self.subject.map(|(kind, id)| (kind.to_owned(), id)),
        })
    }
}

/// What a command was asked of.
fn subject(command: &Command) -> Option<(&'static str, Uuid)> {
    match command {
        Command::OpenCart { link, .. }
        | Command::CreateLink(link, ..)
        | Command::SetUpLink(link, _)
        | Command::DressLink(link, _)
        | Command::SaveLink(link, ..) => Some(("link", link.0)),
        Command::SelectEvents { cart, .. } | Command::SetSpots { cart, .. } => Some(("cart", cart.0)),
        Command::ConfirmMultiBooking(confirm) => Some(("cart", confirm.cart.0)),
        Command::CancelAppointment { appointment, .. }
        | Command::RescheduleAppointment { appointment, .. }
        | Command::ReduceSpots { appointment, .. }
        | Command::NoteAttendance { appointment, .. } => Some(("appointment", appointment.0)),
        Command::SetCapacity { activity, .. }
        | Command::MoveActivity { activity, .. }
        | Command::CancelActivity(activity)
        | Command::ReplaceTeamMember(activity, _)
        | Command::SetOpen(activity, _) => Some(("activity", activity.0)),
        Command::GrantMembership(client, ..)
        | Command::ExportClient { client, .. }
        | Command::EndLinks { client, .. } => Some(("client", client.0)),
        Command::EraseClient(erasure) => Some(("client", erasure.client.0)),
        Command::BookForClient(_)
        | Command::OpenBranch(_)
        | Command::SetDetails(_)
        | Command::SetRules(_)
        | Command::SaveBranch(..)
        | Command::SetService(..)
        | Command::SetTeamMember(..)
        | Command::Schedule(_) => None,
    }
}

/// Each reason with its code and its numbers.
fn reasons(refusal: &Refusal) -> Value {
    let reasons = match refusal {
        Refusal::NotBooked { items, .. } => items
            .iter()
            .filter_map(|item| {
                let mut reason = obstacle(Some(item.activity), item.obstacle.as_ref()?);
                reason.insert("spots_left".to_owned(), item.left.into());
                Some(reason.into())
            })
            .collect(),
        Refusal::Cart { refusal: CartRefusal::ItemsRefused(items), .. } => {
            items.iter().map(|item| obstacle(Some(item.activity_id), &item.obstacle).into()).collect()
        }
        Refusal::Activity(ActivityRefusal::Obstacle(why))
        | Refusal::Appointment(AppointmentRefusal::Obstacle(why)) => vec![obstacle(None, why).into()],
        Refusal::Activity(ActivityRefusal::CapacityBelowTaken { taken }) => {
            vec![json!({"code": refusal.code(), "taken": taken})]
        }
        Refusal::Cart { refusal: CartRefusal::TooManyEvents { max }, .. } => {
            vec![json!({"code": refusal.code(), "max": max.get()})]
        }
        Refusal::Stale { version } => vec![json!({"code": refusal.code(), "version": version})],
        Refusal::Client(ClientRefusal::UpcomingAppointments { count }) => {
            vec![json!({"code": refusal.code(), "upcoming": count})]
        }
        other => vec![json!({"code": other.code()})],
    };
    Value::Array(reasons)
}

fn obstacle(activity: Option<ActivityId>, why: &Obstacle) -> Map<String, Value> {
    let mut reason = Map::new();
    let mut tell = |name: &str, value: Value| reason.insert(name.to_owned(), value);
    tell("code", why.code().into());
    if let Some(activity) = activity {
        tell("activity_id", activity.to_string().into());
    }
    match why {
        Obstacle::NotEnoughSpots { asked, left } => {
            tell("spots_asked", asked.get().into());
            tell("spots_left", (*left).into());
        }
        Obstacle::TooManySpots { max } => {
            tell("max", max.get().into());
        }
        _ => {}
    }
    reason
}
