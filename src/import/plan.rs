//! What a timetable comes to: every week of it, studio by studio.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use aggregates::branch::{Branch, MembershipBooking, Service};
use aggregates::ids::{ActivityId, BranchId, LinkId, ServiceId, TeamMemberId};
use aggregates::values::{Duration, Name};
use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, Timelike};
use uuid::Uuid;

use super::timetable::Line;
use super::{ImportError, Note, Remark, Terms, Timetable};
use crate::command::{Gap, Scheduling};

/// The namespace of all imported ids (UUID version 5, RFC 9562). Never changes.
const IDS: Uuid = Uuid::from_u128(0x3f2b_9c54_8d1e_4a07_b6f0_c0de_ca27_0002);

/// The id of what these fields name: the kind of thing first, every field trimmed.
#[must_use]
pub fn id(fields: &[&str]) -> Uuid {
    let fields: Vec<&str> = fields.iter().map(|field| field.trim()).collect();
    Uuid::new_v5(&IDS, fields.join("\u{1f}").as_bytes())
}

/// Everything that is to be there after an import.
#[derive(Debug)]
pub struct Plan {
    pub(super) terms: Terms,
    pub(super) studios: Vec<Studio>,
    pub(super) skipped: Vec<Note>,
}

/// What one branch is to have.
#[derive(Debug)]
pub(super) struct Studio {
    pub(super) branch: BranchId,
    pub(super) name: Name,
    /// Through which it is booked; none if staff see to that.
    pub(super) link: Option<LinkId>,
    pub(super) services: BTreeMap<ServiceId, Service>,
    pub(super) team: BTreeMap<TeamMemberId, Name>,
    /// With the lines that they come from.
    pub(super) events: Vec<(u64, Scheduling)>,
    known: Known,
}

/// How ids follow from the fields of a file.
#[derive(Debug)]
struct Known {
    /// What the ids of a branch have in common: the venue by which it was imported, or else its own id.
    scope: String,
    /// What can be meant by its name, whoever added it.
    services: Vec<(ServiceId, Name)>,
    team: Vec<(TeamMemberId, Name)>,
}

impl Known {
    fn of(scope: String, branch: &Branch) -> Self {
        let services = branch.services().iter().map(|(id, service)| (*id, service.name.clone())).collect();
        let team = branch.team().iter().map(|(id, name)| (*id, name.clone())).collect();
        Self { scope, services, team }
    }

    fn service(&self, name: &Name) -> ServiceId {
        meant(&self.services, ServiceId(id(&["service", &self.scope, name.as_str()])), name)
    }

    fn team_member(&self, number: &Name, name: &Name) -> TeamMemberId {
        meant(&self.team, TeamMemberId(id(&["team", &self.scope, number.as_str()])), name)
    }
}

/// What was imported under this id, or else is called so; otherwise it is new.
fn meant<T: Copy + PartialEq>(known: &[(T, Name)], imported: T, name: &Name) -> T {
    if known.iter().any(|(id, _)| *id == imported) {
        return imported;
    }
    known.iter().find(|(_, known)| is_called(known, name.as_str())).map_or(imported, |(id, _)| *id)
}

fn is_called(name: &Name, other: &str) -> bool {
    name.as_str().to_lowercase() == other.to_lowercase()
}

impl Timetable {
    /// Lays the file's week over the weeks that are asked for, by weekday and time. Every venue becomes a branch of its
    /// own, with a link.
    ///
    /// # Errors
    ///
    /// If the file does not say its venues.
    pub fn plan(self, terms: Terms) -> Result<Plan, ImportError> {
        if !self.has_venues {
            return Err(ImportError::NoColumn("venue"));
        }
        let mut plan = Plan { terms, studios: vec![], skipped: self.skipped };
        let mut places: HashMap<BranchId, usize> = HashMap::new();
        let mut lines_of = HashMap::new();
        for line in self.lines {
            let Some(venue) = &line.venue else { continue };
            let studio = Studio::of_venue(venue);
            let place = *places.entry(studio.branch).or_insert(plan.studios.len());
            if place == plan.studios.len() {
                plan.studios.push(studio);
            }
            if let Some(studio) = plan.studios.get_mut(place)
                && let Err(remark) = studio.take(&line, &terms, &mut lines_of)
            {
                plan.skipped.push(Note { line: line.number, remark });
            }
        }
        plan.skipped.sort_by_key(|note| note.line);
        Ok(plan)
    }

    /// The same for one branch that is there already. Services and team members are those of the same name, and new ones.
    /// If the file says its venues, lines of others are left out.
    ///
    /// # Errors
    ///
    /// If the file is of several venues, of which none is this branch; or the branch was never opened.
    pub fn plan_for(self, terms: Terms, id: BranchId, branch: &Branch) -> Result<Plan, ImportError> {
        let name = branch.details().ok_or(ImportError::NoBranch)?.name.clone();
        let is_here = |venue: &Name| is_of(venue, id) || is_called(venue, name.as_str());
        let venues: BTreeSet<Name> = self.lines.iter().filter_map(|line| line.venue.clone()).collect();
        let names_it = venues.iter().any(is_here);
        if 1 < venues.len() && !names_it {
            let venues = venues.iter().map(Name::to_string).collect();
            return Err(ImportError::OtherVenues { venues, branch: name.into() });
        }
        let imported_as = venues.iter().chain([&name]).find(|venue| is_of(venue, id));
        let scope = imported_as.map_or_else(|| id.to_string(), Name::to_string);
        let mut studio = Studio::new(id, name.clone(), None, Known::of(scope, branch));
        let (mut skipped, mut lines_of) = (self.skipped, HashMap::new());
        for line in self.lines {
            let elsewhere = line.venue.as_ref().filter(|venue| names_it && !is_here(venue));
            let taken = match elsewhere {
                Some(venue) => Err(Remark::OtherVenue(venue.to_string())),
                None => studio.take(&line, &terms, &mut lines_of),
            };
            if let Err(remark) = taken {
                skipped.push(Note { line: line.number, remark });
            }
        }
        skipped.sort_by_key(|note| note.line);
        Ok(Plan { terms, studios: vec![studio], skipped })
    }
}

/// Whether a branch was imported as this venue.
fn is_of(venue: &Name, branch: BranchId) -> bool {
    BranchId(id(&["branch", venue.as_str()])) == branch
}

impl Studio {
    fn new(branch: BranchId, name: Name, link: Option<LinkId>, known: Known) -> Self {
        Self { branch, name, link, services: BTreeMap::new(), team: BTreeMap::new(), events: vec![], known }
    }

    fn of_venue(venue: &Name) -> Self {
        let scope = venue.to_string();
        let [branch, link] = ["branch", "link"].map(|kind| id(&[kind, &scope]));
        let known = Known::of(scope, &Branch::default());
        Self::new(BranchId(branch), venue.clone(), Some(LinkId(link)), known)
    }

    /// Adds a line in every week; says why if it adds nothing.
    fn take(
        &mut self,
        line: &Line,
        terms: &Terms,
        lines_of: &mut HashMap<ActivityId, u64>,
    ) -> Result<(), Remark> {
        let Line { service, teacher_id, teacher, duration, .. } = line;
        let service_id = self.known.service(service);
        let team_member = self.known.team_member(teacher_id, teacher);
        let day = first_on_weekday(terms.first_week, line.starts_local.date());
        let mut events = vec![];
        for week in 0..u64::from(terms.weeks) {
            let day = day.and_then(|day| day.checked_add_days(Days::new(7 * week)));
            let starts_local = day.ok_or(Remark::LeavesCalendar)?.and_time(line.starts_local.time());
            let named =
                ["event", &self.known.scope, service.as_str(), teacher_id.as_str(), &written(starts_local)];
            let activity = ActivityId(id(&named));
            if let Some(earlier) = lines_of.get(&activity) {
                return Err(Remark::SameAs(*earlier));
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
        if !self.services.contains_key(&service_id) {
            self.known.services.push((service_id, service.clone()));
            self.services.insert(service_id, new_service(service.clone(), *duration));
        }
        self.team.entry(team_member).or_insert_with(|| teacher.clone());
        self.events.extend(events.into_iter().map(|event| (line.number, event)));
        Ok(())
    }
}

fn new_service(name: Name, duration: Duration) -> Service {
    let membership_booking = MembershipBooking::Off;
    Service { name, duration, price: None, prepayment_required: false, membership_booking }
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
}
