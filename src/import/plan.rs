//! What a timetable comes to, studio by studio, and its way into the store.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use aggregates::booking_link::{Kind, Settings};
use aggregates::branch::{Details, MembershipBooking, Service};
use aggregates::ids::{ActivityId, BranchId, LinkId, ServiceId, TeamMemberId};
use aggregates::values::{Horizon, MaxEvents, MultipleEventBooking, Name};
use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, Timelike};
use uuid::Uuid;

use super::timetable::Line;
use super::{ImportError, Note, Opened, Report, Terms, Timetable};
use crate::app::App;
use crate::app::booking::Caller;
use crate::command::{Actor, Answer, Command, Gap, Reply, Scheduling};

/// The namespace of all imported ids (UUID version 5, RFC 9562). Never changes.
const IDS: Uuid = Uuid::from_u128(0x3f2b_9c54_8d1e_4a07_b6f0_c0de_ca27_0002);

/// Events in one command.
const AT_ONCE: usize = 200;

/// The id of what these fields name: the kind of thing first, every field trimmed.
#[must_use]
pub fn id(fields: &[&str]) -> Uuid {
    let fields: Vec<&str> = fields.iter().map(|field| field.trim()).collect();
    Uuid::new_v5(&IDS, fields.join("\u{1f}").as_bytes())
}

/// Everything that is to be there after an import.
#[derive(Debug)]
pub struct Plan {
    terms: Terms,
    studios: Vec<Studio>,
    skipped: Vec<Note>,
}

#[derive(Debug)]
struct Studio {
    branch: BranchId,
    link: LinkId,
    venue: Name,
    services: BTreeMap<ServiceId, Service>,
    team: BTreeMap<TeamMemberId, Name>,
    /// With the lines that they come from.
    events: Vec<(u64, Scheduling)>,
}

impl Timetable {
    /// Lays the file's week over the weeks that are asked for, by weekday and time.
    #[must_use]
    pub fn plan(self, terms: Terms) -> Plan {
        let mut skipped = self.skipped;
        let mut studios: Vec<Studio> = vec![];
        let mut places: HashMap<BranchId, usize> = HashMap::new();
        let mut lines_of: HashMap<ActivityId, u64> = HashMap::new();
        for line in self.lines {
            let studio = Studio::of(&line);
            let place = *places.entry(studio.branch).or_insert(studios.len());
            if place == studios.len() {
                studios.push(studio);
            }
            if let Some(studio) = studios.get_mut(place)
                && let Err(note) = studio.take(&line, &terms, &mut lines_of)
            {
                skipped.push(Note { line: line.number, note });
            }
        }
        skipped.sort_by_key(|note| note.line);
        Plan { terms, studios, skipped }
    }
}

impl Studio {
    fn of(line: &Line) -> Self {
        let venue = line.venue.as_str();
        Self {
            branch: BranchId(id(&["branch", venue])),
            link: LinkId(id(&["link", venue])),
            venue: line.venue.clone(),
            services: BTreeMap::new(),
            team: BTreeMap::new(),
            events: vec![],
        }
    }

    /// Adds a line in every week; says why if it adds nothing.
    fn take(
        &mut self,
        line: &Line,
        terms: &Terms,
        lines_of: &mut HashMap<ActivityId, u64>,
    ) -> Result<(), String> {
        let Line { venue, service, teacher_id, teacher, duration, .. } = line;
        let [venue, name, teacher_id] = [venue, service, teacher_id].map(Name::as_str);
        let service_id = ServiceId(id(&["service", venue, name]));
        let team_member = TeamMemberId(id(&["team", venue, teacher_id]));
        let day = first_on_weekday(terms.first_week, line.starts_local.date());
        let mut events = vec![];
        for week in 0..u64::from(terms.weeks) {
            let day = day.and_then(|day| day.checked_add_days(Days::new(7 * week)));
            let starts_local = day.ok_or("its weeks leave the calendar")?.and_time(line.starts_local.time());
            let activity = ActivityId(id(&["event", venue, name, teacher_id, &written(starts_local)]));
            if let Some(earlier) = lines_of.get(&activity) {
                return Err(format!("it is the same event as line {earlier}"));
            }
            events.push(Scheduling {
                activity,
                service: service_id,
                team_member,
                starts_local,
                gap: Gap::Shift,
                duration: *duration,
                capacity: terms.capacity,
                open: line.open,
            });
        }
        lines_of.extend(events.iter().map(|event| (event.activity, line.number)));
        self.services.entry(service_id).or_insert_with(|| Service {
            name: service.clone(),
            duration: *duration,
            price: None,
            prepayment_required: false,
            membership_booking: MembershipBooking::Off,
        });
        self.team.entry(team_member).or_insert_with(|| teacher.clone());
        self.events.extend(events.into_iter().map(|event| (line.number, event)));
        Ok(())
    }
}

/// The first date from that day on with the weekday of the other.
fn first_on_weekday(from: NaiveDate, like: NaiveDate) -> Option<NaiveDate> {
    from.checked_add_days(Days::new(like.weekday().days_since(from.weekday()).into()))
}

/// A wall time as an id remembers it.
fn written(local: NaiveDateTime) -> String {
    local.format(if local.second() == 0 { "%Y-%m-%dT%H:%M" } else { "%Y-%m-%dT%H:%M:%S" }).to_string()
}

impl Plan {
    /// How many events there are to be, those that are there already included.
    #[must_use]
    pub fn events(&self) -> usize {
        self.studios.iter().map(|studio| studio.events.len()).sum()
    }

    /// Adds what is missing. `told` hears how many more events are dealt with.
    ///
    /// # Errors
    ///
    /// If a studio keeps another time zone, then nothing is imported; or if the store cannot be asked, then importing
    /// again adds what is missing.
    pub async fn apply(self, app: &App, told: &(dyn Fn(u64) + Sync)) -> Result<Report, ImportError> {
        for studio in &self.studios {
            let is = app.branch(studio.branch).await.map_err(ImportError::Store)?;
            let is = is.and_then(|row| row.branch.details().map(|details| details.time_zone));
            if let Some(is) = is.filter(|is| *is != self.terms.zone) {
                let (venue, said) = (studio.venue.to_string(), self.terms.zone);
                return Err(ImportError::OtherZone { venue, is, said });
            }
        }
        let closed = |studio: &Studio| studio.events.iter().filter(|(_, event)| !event.open).count();
        let mut report = Report {
            events: self.events(),
            closed: self.studios.iter().map(closed).sum(),
            skipped: self.skipped,
            ..Report::default()
        };
        for studio in self.studios {
            studio.apply(app, &self.terms, &mut report, told).await?;
        }
        report.shifted.sort_by_key(|note| note.line);
        Ok(report)
    }
}

impl Studio {
    async fn apply(
        self,
        app: &App,
        terms: &Terms,
        report: &mut Report,
        told: &(dyn Fn(u64) + Sync),
    ) -> Result<(), ImportError> {
        for command in self.missing(app, terms).await.map_err(ImportError::Store)? {
            self.ask(app, command).await?;
        }
        for chunk in self.events.chunks(AT_ONCE) {
            let ids = chunk.iter().map(|(_, event)| event.activity);
            let there = app.activities(self.branch, ids).await.map_err(ImportError::Store)?;
            let there: BTreeSet<ActivityId> = there.into_iter().map(|row| row.activity_id).collect();
            let missing: Vec<&(u64, Scheduling)> =
                chunk.iter().filter(|(_, event)| !there.contains(&event.activity)).collect();
            if !missing.is_empty() {
                let events = missing.iter().map(|(_, event)| event.clone()).collect();
                let reply = self.ask(app, Command::Schedule(events)).await?;
                report.added += missing.len();
                report.shifted.extend(shifted(&reply.answer, &missing, terms));
            }
            told(chunk.len() as u64);
        }
        report.branches.push(Opened {
            venue: self.venue.to_string(),
            branch_id: self.branch,
            link_id: self.link,
        });
        Ok(())
    }

    /// What the studio lacks beside events.
    async fn missing(&self, app: &App, terms: &Terms) -> Result<Vec<Command>, crate::ledger::StoreError> {
        let row = app.branch(self.branch).await?;
        let mut commands = vec![];
        if row.is_none() {
            commands.push(Command::OpenBranch(Details {
                name: self.venue.clone(),
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
        if app.link(self.branch, self.link).await?.is_none() {
            let settings = Settings {
                multiple_events: MultipleEventBooking::UpTo(MaxEvents::MAX),
                // A timetable may begin more than a year ahead.
                horizon: Horizon::MAX,
                ..Settings::named(self.venue.clone())
            };
            commands.push(Command::CreateLink(self.link, Kind::Group, Box::new(settings)));
        }
        Ok(commands)
    }

    async fn ask(&self, app: &App, command: Command) -> Result<Reply, ImportError> {
        let caller = Caller { actor: Actor::Import, request: format!("import-{}", Uuid::now_v7()) };
        app.ask(app.envelope(&caller, self.branch, command))
            .await
            .map_err(|failure| ImportError::Refused { venue: self.venue.to_string(), failure })
    }
}

/// The events that start later than asked for.
fn shifted(answer: &Answer, asked: &[&(u64, Scheduling)], terms: &Terms) -> Vec<Note> {
    let Answer::Scheduled(scheduled) = answer else { return vec![] };
    let pairs = scheduled.iter().zip(asked).filter(|(scheduled, _)| scheduled.shifted);
    let note = |(scheduled, (line, event)): (&crate::command::Scheduled, &&(u64, Scheduling))| {
        let starts = scheduled.starts_at.with_timezone(&terms.zone).format("%H:%M");
        let asked = event.starts_local.format("%H:%M on %Y-%m-%d");
        Note { line: *line, note: format!("the clock skips {asked}, so that event starts at {starts}") }
    };
    pairs.map(note).collect()
}
