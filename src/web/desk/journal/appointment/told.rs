//! What a change of an appointment is told with: where it can go, what it met, and what is lost.

use aggregates::activity::ActivityRefusal;
use aggregates::appointment::AppointmentRefusal;
use aggregates::ids::ActivityId;
use aggregates::obstacle::Obstacle;
use chrono::TimeDelta;
use projections::appointments::AppointmentRow;

use super::super::Desk;
use super::{Change, Opened};
use crate::app::App;
use crate::app::reading::Events;
use crate::command::Refusal;
use crate::web::html::{OrSorry, Sorry};
use crate::web::pages::form::{Choice, Pairs};
use crate::web::pages::staff::journal::Stale;

/// How many events an appointment can be moved to from the list.
const TARGETS: u32 = 200;

impl Desk {
    /// A date that filled up while it was chosen: "Anna Berg still has Tue 12 Jan, 18:30."
    pub(super) async fn lost(
        &self,
        app: &App,
        refusal: &Refusal,
        opened: &Opened,
        pairs: &Pairs,
    ) -> Result<Option<String>, Sorry> {
        let (Refusal::Activity(ActivityRefusal::Obstacle(obstacle))
        | Refusal::Appointment(AppointmentRefusal::Obstacle(obstacle))) = refusal
        else {
            return Ok(None);
        };
        let Some(to) = pairs.read::<ActivityId>("to") else { return Ok(None) };
        let Some(target) = app.activity(self.branch_id, to).await.or_sorry()? else { return Ok(None) };
        let language = self.shell.language;
        let date = self.calendar.at(target.vacancy.plan.starts_at).to_string();
        let what = match obstacle {
            Obstacle::NotEnoughSpots { .. } => language.say_with("date-filled-up", [("date", date.into())]),
            other => {
                let of = [("date", date.into()), ("why", language.obstacle(other).into())];
                language.say_with("does-not-fit", of)
            }
        };
        let still = [
            ("client", self.name(opened.person.as_ref()).into()),
            ("date", self.calendar.at(opened.row.place.starts_at).to_string().into()),
        ];
        Ok(Some(format!("{what} {}", language.say_with("client-still-has", still))))
    }

    pub(super) async fn stale_appointment(
        &self,
        app: &App,
        change: Change,
        opened: &Opened,
        pairs: &Pairs,
    ) -> Result<Stale, Sorry> {
        let row = &opened.row;
        let spots = self.shell.language.spots_count(row.spots.get().into());
        let now = format!("{}, {spots}", self.calendar.at(row.place.starts_at));
        let theirs = self.cancelled(row).unwrap_or(now);
        let yours = match change {
            Change::Cancel => self.shell.say("cancel"),
            Change::Spots => {
                let spots = pairs.read::<usize>("spots").unwrap_or_default();
                self.shell.language.spots_count(spots)
            }
            Change::Move => match pairs.read::<ActivityId>("to") {
                Some(to) => match app.activity(self.branch_id, to).await.or_sorry()? {
                    Some(target) => self.calendar.at(target.vacancy.plan.starts_at).to_string(),
                    None => String::new(),
                },
                None => String::new(),
            },
        };
        Ok(Stale { theirs, yours })
    }

    /// Where an appointment can be moved: dates of the same service first.
    pub(super) async fn targets(
        &self,
        app: &App,
        row: &AppointmentRow,
        pairs: &Pairs,
    ) -> Result<Vec<Choice>, Sorry> {
        // What has just begun can still be joined.
        let from = self.calendar.now - TimeDelta::hours(12);
        let asked = Events { from: Some(from), limit: Some(TARGETS), ..Events::default() };
        let mut events = app.events(self.branch_id, asked).await.or_sorry()?;
        events.retain(|other| other.activity_id != row.place.activity_id && !other.vacancy.cancelled);
        events.sort_by_key(|other| other.vacancy.plan.service_id != row.place.service_id);
        let chosen = pairs.read::<ActivityId>("to");
        let choice = |other: &projections::availability::AvailabilityRow| {
            let event = self.event(other);
            let of = [
                ("date", event.starts.to_string().into()),
                ("service", event.service.into()),
                ("member", event.team_member.into()),
                ("n", other.vacancy.free().into()),
            ];
            Choice {
                value: other.activity_id.to_string(),
                name: self.shell.language.say_with("move-target", of),
                chosen: chosen == Some(other.activity_id),
            }
        };
        Ok(events.iter().map(choice).collect())
    }
}
