//! What of a plan is not there yet, and its way into the store.

use std::collections::HashSet;

use aggregates::booking_link::{Kind, Settings};
use aggregates::branch::Details;
use aggregates::ids::{ActivityId, BranchId};
use aggregates::values::{Horizon, MaxEvents, MultipleEventBooking};
use aggregates::wall_time::{self, Resolved};
use chrono::{DateTime, Utc};
use projections::availability::AvailabilityRow;

use super::plan::Studio;
use super::{ImportError, Note, Opened, Plan, Remark, Report, Terms};
use crate::app::App;
use crate::app::booking::Caller;
use crate::app::reading::Events;
use crate::command::{Command, Scheduling};

/// Events in one command, and ids in one question.
const AT_ONCE: usize = 200;

/// A plan beside what is there.
#[derive(Debug)]
pub struct Survey {
    terms: Terms,
    /// Each with the events that it lacks.
    studios: Vec<(Studio, Vec<Scheduling>)>,
    /// Nothing is added yet.
    pub report: Report,
}

impl Plan {
    /// Looks what is there already: events of the same id, wherever staff moved them, and those of the same service and
    /// team member at the same time.
    ///
    /// # Errors
    ///
    /// If a studio keeps another time zone, or the store cannot be asked. Nothing is imported.
    pub async fn survey(self, app: &App) -> Result<Survey, ImportError> {
        for studio in &self.studios {
            let is = app.branch(studio.branch).await.map_err(ImportError::Store)?;
            let is = is.and_then(|row| row.branch.details().map(|details| details.time_zone));
            if let Some(is) = is.filter(|is| *is != self.terms.zone) {
                let (venue, said) = (studio.name.to_string(), self.terms.zone);
                return Err(ImportError::OtherZone { venue, is, said });
            }
        }
        let mut report = Report { events: self.events(), skipped: self.skipped, ..Report::default() };
        let mut studios = vec![];
        for mut studio in self.studios {
            let events = std::mem::take(&mut studio.events);
            let there = There::of(app, studio.branch, &events, &self.terms).await?;
            let mut missing = vec![];
            for (line, event) in events {
                report.closed += usize::from(!event.open);
                let resolved = wall_time::resolve(self.terms.zone, event.starts_local);
                if there.has(&event, resolved.for_series()) {
                    continue;
                }
                if let Resolved::Never { later, .. } = resolved {
                    let starts = later.with_timezone(&self.terms.zone).time();
                    let remark = Remark::Shifted { asked: event.starts_local, starts };
                    report.shifted.push(Note { line, remark });
                }
                missing.push(event);
            }
            studios.push((studio, missing));
        }
        report.shifted.sort_by_key(|note| note.line);
        Ok(Survey { terms: self.terms, studios, report })
    }
}

/// The events of a branch that an import may meet.
struct There {
    ids: HashSet<ActivityId>,
    held: HashSet<(aggregates::ids::ServiceId, aggregates::ids::TeamMemberId, DateTime<Utc>)>,
}

impl There {
    async fn of(
        app: &App,
        branch: BranchId,
        events: &[(u64, Scheduling)],
        terms: &Terms,
    ) -> Result<Self, ImportError> {
        let starts = || {
            events.iter().map(|(_, event)| wall_time::resolve(terms.zone, event.starts_local).for_series())
        };
        let (mut rows, last) = (vec![], starts().max());
        if let Some((from, last)) = starts().min().zip(last) {
            let before = Some(last + chrono::TimeDelta::seconds(1));
            let span = Events { from: Some(from), before, ..Events::default() };
            rows = app.events(branch, span).await.map_err(ImportError::Store)?;
        }
        let held = |row: &&AvailabilityRow| !row.vacancy.cancelled;
        let held = rows.iter().filter(held).map(|row| &row.vacancy.plan);
        let held = held.map(|plan| (plan.service_id, plan.team_member_id, plan.starts_at)).collect();
        let mut ids: HashSet<ActivityId> = rows.iter().map(|row| row.activity_id).collect();
        let elsewhere: Vec<_> =
            events.iter().map(|(_, event)| event.activity).filter(|id| !ids.contains(id)).collect();
        for some in elsewhere.chunks(AT_ONCE) {
            let moved = app.activities(branch, some.iter().copied()).await.map_err(ImportError::Store)?;
            ids.extend(moved.into_iter().map(|row| row.activity_id));
        }
        Ok(Self { ids, held })
    }

    fn has(&self, event: &Scheduling, starts_at: DateTime<Utc>) -> bool {
        self.ids.contains(&event.activity)
            || self.held.contains(&(event.service, event.team_member, starts_at))
    }
}

impl Survey {
    /// How many events are to be added.
    #[must_use]
    pub fn missing(&self) -> usize {
        self.studios.iter().map(|(_, missing)| missing.len()).sum()
    }

    /// Adds what is missing. `told` hears how many more events were added.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked or a rule says no; importing again adds what is missing.
    pub async fn apply(
        self,
        app: &App,
        caller: &Caller,
        told: &(dyn Fn(u64) + Sync),
    ) -> Result<Report, ImportError> {
        let mut report = self.report;
        for (studio, missing) in &self.studios {
            for command in studio.lacks(app, &self.terms).await.map_err(ImportError::Store)? {
                studio.ask(app, caller, command).await?;
            }
            for some in missing.chunks(AT_ONCE) {
                studio.ask(app, caller, Command::Schedule(some.to_vec())).await?;
                report.added += some.len();
                told(some.len() as u64);
            }
            let (venue, branch_id) = (studio.name.to_string(), studio.branch);
            let opened = studio.link.map(|link_id| Opened { venue, branch_id, link_id });
            report.branches.extend(opened);
        }
        Ok(report)
    }
}

impl Studio {
    /// What the studio lacks beside events.
    async fn lacks(&self, app: &App, terms: &Terms) -> Result<Vec<Command>, crate::ledger::StoreError> {
        let row = app.branch(self.branch).await?;
        let mut commands = vec![];
        if row.is_none() {
            commands.push(Command::OpenBranch(Details {
                name: self.name.clone(),
                time_zone: terms.zone,
                country: terms.country,
                address: None,
                phone: None,
            }));
        }
        let branch = row.map(|row| row.branch).unwrap_or_default();
        let services = self.services.iter().filter(|(id, _)| branch.service(**id).is_none());
        commands.extend(services.map(|(id, service)| Command::SetService(*id, service.clone())));
        let team = self.team.iter().filter(|(id, _)| !branch.team().contains_key(id));
        commands.extend(team.map(|(id, name)| Command::SetTeamMember(*id, name.clone())));
        if let Some(link) = self.link
            && app.link(self.branch, link).await?.is_none()
        {
            let settings = Settings {
                multiple_events: MultipleEventBooking::UpTo(MaxEvents::MAX),
                // A timetable may begin more than a year ahead.
                horizon: Horizon::MAX,
                ..Settings::named(self.name.clone())
            };
            commands.push(Command::CreateLink(link, Kind::Group, Box::new(settings)));
        }
        Ok(commands)
    }

    async fn ask(&self, app: &App, caller: &Caller, command: Command) -> Result<(), ImportError> {
        let asked = app.ask(app.envelope(caller, self.branch, command)).await;
        asked.map(drop).map_err(|failure| ImportError::Refused { venue: self.name.to_string(), failure })
    }
}
