//! What staff do: rules, links, catalogue, schedule, memberships.

use aggregates::Fact;
use aggregates::activity::{Activity, ActivityCommand, Plan};
use aggregates::appearance::Appearance;
use aggregates::appointment::Appointment;
use aggregates::booking_link::{BookingLink, LinkCommand, Settings};
use aggregates::branch::{Branch, BranchCommand, Details};
use aggregates::ids::{ActivityId, ServiceId, TeamMemberId};
use aggregates::membership::{Membership, MembershipCommand};
use aggregates::schedule_change;
use aggregates::values::Offered;
use aggregates::wall_time::{self, Resolved};
use chrono::{DateTime, NaiveDateTime, Utc};

use super::{Unit, missing};
use crate::command::{Answer, Command, Failure, Gap, Refusal, Scheduled, Scheduling};

impl Unit<'_> {
    pub(super) async fn run_the_studio(&self) -> Result<Answer, Failure> {
        match &self.envelope.command {
            Command::OpenBranch(details) => self.ask_branch(BranchCommand::Open(details.clone())).await,
            Command::SetDetails(details) => self.ask_branch(BranchCommand::SetDetails(details.clone())).await,
            Command::SetRules(rules) => self.ask_branch(BranchCommand::SetRules(rules.clone())).await,
            Command::SaveBranch(details, rules) => {
                self.ask_branch(BranchCommand::SetDetails(Details::clone(details))).await?;
                self.ask::<Branch>(self.envelope.branch.0, BranchCommand::SetRules(rules.clone())).await?;
                self.done::<Branch>(self.envelope.branch.0).await
            }
            Command::SetService(id, service) => {
                self.ask_branch(BranchCommand::SetService(*id, service.clone())).await
            }
            Command::SetTeamMember(id, name) => {
                self.ask_branch(BranchCommand::SetTeamMember(*id, name.clone())).await
            }
            Command::CreateLink(id, kind, settings) => {
                self.check_offer(settings).await?;
                self.ask::<BookingLink>(id.0, LinkCommand::Create(*kind, Settings::clone(settings))).await?;
                self.done::<BookingLink>(id.0).await
            }
            Command::SetUpLink(id, settings) => {
                self.link(*id).await?;
                self.check_version::<BookingLink>(id.0).await?;
                self.check_offer(settings).await?;
                self.ask::<BookingLink>(id.0, LinkCommand::SetUp(Settings::clone(settings))).await?;
                self.done::<BookingLink>(id.0).await
            }
            Command::DressLink(id, appearance) => {
                self.link(*id).await?;
                self.check_version::<BookingLink>(id.0).await?;
                self.ask::<BookingLink>(id.0, LinkCommand::Dress(Appearance::clone(appearance))).await?;
                self.done::<BookingLink>(id.0).await
            }
            Command::SaveLink(id, settings, appearance) => {
                self.link(*id).await?;
                self.check_version::<BookingLink>(id.0).await?;
                self.check_offer(settings).await?;
                self.ask::<BookingLink>(id.0, LinkCommand::SetUp(Settings::clone(settings))).await?;
                self.ask::<BookingLink>(id.0, LinkCommand::Dress(Appearance::clone(appearance))).await?;
                self.done::<BookingLink>(id.0).await
            }
            Command::Schedule(events) => self.schedule(events).await,
            Command::SetCapacity { activity, capacity, force } => {
                let command = ActivityCommand::SetCapacity { capacity: *capacity, force: *force };
                self.change_activity(*activity, command).await
            }
            Command::MoveActivity { activity, starts_local, duration } => {
                let plan = self.plan(*activity).await?;
                let starts_at = self.moment(*starts_local, Gap::Refuse, "/starts_local").await?.0;
                let duration = duration.unwrap_or(plan.duration);
                self.change_activity(*activity, ActivityCommand::Move { starts_at, duration }).await
            }
            Command::CancelActivity(activity) => {
                self.change_activity(*activity, ActivityCommand::Cancel).await
            }
            Command::ReplaceTeamMember(activity, member) => {
                self.check_team_member(*member, "/team_member_id").await?;
                self.change_activity(*activity, ActivityCommand::ReplaceTeamMember(*member)).await
            }
            Command::SetOpen(activity, open) => {
                self.change_activity(*activity, ActivityCommand::SetOpen(*open)).await
            }
            Command::GrantMembership(client, membership, terms) => {
                self.check_known(*client).await?;
                let command = MembershipCommand::Grant(*membership, terms.clone());
                self.ask::<Membership>(client.0, command).await?;
                self.done::<Membership>(client.0).await
            }
            other => Err(Failure::Broken(format!("{} does not concern the studio", other.name()))),
        }
    }

    async fn ask_branch(&self, command: BranchCommand) -> Result<Answer, Failure> {
        let id = self.envelope.branch.0;
        if !matches!(command, BranchCommand::Open(_)) && self.branch().await?.details().is_none() {
            return Err(missing("branch", ""));
        }
        self.check_version::<Branch>(id).await?;
        self.ask::<Branch>(id, command).await?;
        self.done::<Branch>(id).await
    }

    async fn check_service(&self, service: ServiceId, pointer: &str) -> Result<(), Failure> {
        match self.branch().await?.service(service) {
            Some(_) => Ok(()),
            None => Err(missing("service", pointer)),
        }
    }

    async fn check_team_member(&self, member: TeamMemberId, pointer: &str) -> Result<(), Failure> {
        match self.branch().await?.team().get(&member) {
            Some(_) => Ok(()),
            None => Err(missing("team member", pointer)),
        }
    }

    /// A link offers only what the branch has.
    async fn check_offer(&self, settings: &Settings) -> Result<(), Failure> {
        if let Offered::Only(services) = &settings.services {
            for service in services {
                self.check_service(*service, "/service_ids").await?;
            }
        }
        if let Offered::Only(team) = &settings.team {
            for member in team {
                self.check_team_member(*member, "/team_member_ids").await?;
            }
        }
        if self.branch().await?.details().is_none() { Err(missing("branch", "")) } else { Ok(()) }
    }

    /// The moment of a wall time, and whether the clock skipped it.
    async fn moment(
        &self,
        local: NaiveDateTime,
        gap: Gap,
        pointer: &str,
    ) -> Result<(DateTime<Utc>, bool), Failure> {
        let branch = self.branch().await?;
        let zone = branch.details().ok_or_else(|| missing("branch", ""))?.time_zone;
        let resolved = wall_time::resolve(zone, local);
        match (resolved, gap) {
            (Resolved::Never { earlier, later }, Gap::Refuse) => {
                let [earlier, later] =
                    [earlier, later].map(|moment| moment.with_timezone(&zone).naive_local());
                Err(Refusal::Gap { earlier, later, pointer: pointer.to_owned() }.into())
            }
            (Resolved::Never { later, .. }, Gap::Shift) => Ok((later, true)),
            (resolved, _) => Ok((resolved.for_series(), false)),
        }
    }

    async fn schedule(&self, events: &[Scheduling]) -> Result<Answer, Failure> {
        let mut scheduled = vec![];
        for event in events {
            self.check_service(event.service, "/service_id").await?;
            self.check_team_member(event.team_member, "/team_member_id").await?;
            let (starts_at, shifted) = self.moment(event.starts_local, event.gap, "/starts_local").await?;
            let plan = Plan {
                service_id: event.service,
                team_member_id: event.team_member,
                starts_at,
                duration: event.duration,
                capacity: event.capacity,
                open: event.open,
            };
            self.ask::<Activity>(event.activity.0, ActivityCommand::Schedule(plan)).await?;
            scheduled.push(Scheduled { activity: event.activity, starts_at, shifted });
        }
        Ok(Answer::Scheduled(scheduled))
    }

    async fn plan(&self, id: ActivityId) -> Result<Plan, Failure> {
        let activity = self.staging.get::<Activity>(id.0).await?;
        activity.vacancy().map(|vacancy| vacancy.plan).ok_or_else(|| missing("event", ""))
    }

    /// Asks the event, and its appointments for what follows.
    async fn change_activity(&self, id: ActivityId, command: ActivityCommand) -> Result<Answer, Failure> {
        self.plan(id).await?;
        self.check_version::<Activity>(id.0).await?;
        let before = self.staging.get::<Activity>(id.0).await?;
        for fact in self.ask_for_facts::<Activity>(id.0, command).await? {
            let Fact::Activity(fact) = fact else { continue };
            for (appointment, command) in schedule_change::react(&before, &fact, self.envelope.at) {
                self.ask::<Appointment>(appointment.0, command).await?;
            }
        }
        self.done::<Activity>(id.0).await
    }
}
