//! What staff change about an event. Each change asks first, and says who is affected.

use aggregates::activity::ActivityRefusal;
use aggregates::ids::{ActivityId, BranchId, TeamMemberId};
use aggregates::values::{Capacity, Duration};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use chrono::{NaiveDate, NaiveTime};
use projections::availability::AvailabilityRow;
use uuid::Uuid;

use super::Desk;
use super::event::{People, done, within};
use crate::app::App;
use crate::app::reading::Journal;
use crate::command::{Command, Refusal};
use crate::web::extract::Ids;
use crate::web::html::{Answer, Asked, Form, OrSorry, Page, Sorry, Visit, not_found};
use crate::web::pages::form::{Choice, Pairs};
use crate::web::pages::problem::Problems;
use crate::web::pages::staff::journal::{Affected, ChangePage, Control, Field, Stale};
use crate::web::pages::urls;

/// What can be changed, by its name in addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change {
    Move,
    Cancel,
    Capacity,
    TeamMember,
}

impl Change {
    fn parse(name: &str) -> Result<Self, Sorry> {
        match name {
            "move" => Ok(Self::Move),
            "cancel" => Ok(Self::Cancel),
            "capacity" => Ok(Self::Capacity),
            "team-member" => Ok(Self::TeamMember),
            _ => Err(not_found()),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Move => "move",
            Self::Cancel => "cancel",
            Self::Capacity => "capacity",
            Self::TeamMember => "team-member",
        }
    }

    fn heading(self) -> &'static str {
        match self {
            Self::Move => "move-event",
            Self::Cancel => "cancel-event",
            Self::Capacity => "capacity",
            Self::TeamMember => "replace-team-member",
        }
    }
}

/// Asks, and says who is affected.
pub(in crate::web::desk) async fn ask(
    State(app): State<App>,
    Ids((branch_id, event, change)): Ids<(Uuid, Uuid, String)>,
    Asked(pairs): Asked,
) -> Answer {
    let change = Change::parse(&change)?;
    let desk = Desk::open(&app, BranchId(branch_id), &pairs).await?;
    let row = app.activity(desk.branch_id, ActivityId(event)).await.or_sorry()?.or_sorry()?;
    let page = page(&app, &desk, &row, change, &pairs).await?;
    Ok(Page(StatusCode::OK, page).into_response())
}

/// Does it.
pub(in crate::web::desk) async fn make(
    State(app): State<App>,
    visit: Visit,
    Ids((branch_id, event, change)): Ids<(Uuid, Uuid, String)>,
    Form(pairs): Form,
) -> Answer {
    let change = Change::parse(&change)?;
    let (branch_id, activity) = (BranchId(branch_id), ActivityId(event));
    let desk = Desk::open(&app, branch_id, &pairs).await?;
    let refusal = match command(change, activity, &pairs) {
        Ok(command) => {
            let version = Some(pairs.read("version").unwrap_or(0));
            match super::ask(&app, &visit, branch_id, command, version).await? {
                Ok(()) => return Ok(done(branch_id, activity, "event", &pairs)),
                Err(refusal) => Ok(refusal),
            }
        }
        Err(wrong) => Err(wrong),
    };
    let row = app.activity(branch_id, activity).await.or_sorry()?.or_sorry()?;
    let mut page = page(&app, &desk, &row, change, &pairs).await?;
    let status = match refusal {
        Err((name, field)) => {
            page.problems.add(desk.shell.say(name), field);
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Ok(Refusal::Activity(ActivityRefusal::CapacityBelowTaken { taken })) => {
            let capacity: u32 = pairs.read("capacity").unwrap_or(0);
            let of = [
                ("taken", taken.into()),
                ("capacity", capacity.into()),
                ("over", taken.saturating_sub(capacity).into()),
            ];
            page.problems.add(desk.shell.language.say_with("would-be-overbooked", of), "capacity");
            page.anyway = Some(desk.shell.say("save-anyway"));
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Ok(refusal) => {
            if matches!(refusal, Refusal::Stale { .. }) {
                page.stale = Some(desk.stale(change, &row, &pairs));
            }
            let (status, why) = super::refused(desk.shell.language, &refusal);
            page.problems.add_general(why);
            status
        }
    };
    Ok(Page(status, page).into_response())
}

/// Reads a command, or what is wrong with which field.
fn command(
    change: Change,
    activity: ActivityId,
    pairs: &Pairs,
) -> Result<Command, (&'static str, &'static str)> {
    match change {
        Change::Cancel => Ok(Command::CancelActivity(activity)),
        Change::Capacity => {
            let capacity = pairs.read::<u32>("capacity").and_then(|number| Capacity::try_from(number).ok());
            let capacity = capacity.ok_or(("capacity-1-to-65535", "capacity"))?;
            Ok(Command::SetCapacity { activity, capacity, force: pairs.is_on("force") })
        }
        Change::TeamMember => {
            let member = pairs.read::<TeamMemberId>("to").ok_or(("choose-team-member", "to"))?;
            Ok(Command::ReplaceTeamMember(activity, member))
        }
        Change::Move => {
            let day = pairs
                .read::<NaiveDate>("day")
                .filter(|day| (1970..=9999).contains(&chrono::Datelike::year(day)));
            let day = day.ok_or(("enter-date", "day"))?;
            let time = time(pairs).ok_or(("enter-time", "time"))?;
            let minutes = pairs.read::<u32>("minutes").and_then(|number| Duration::try_from(number).ok());
            let minutes = minutes.ok_or(("enter-minutes", "minutes"))?;
            Ok(Command::MoveActivity { activity, starts_local: day.and_time(time), duration: Some(minutes) })
        }
    }
}

fn time(pairs: &Pairs) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(pairs.last("time")?.trim(), "%H:%M").ok()
}

impl Desk {
    /// Their change beside this one.
    fn stale(&self, change: Change, row: &AvailabilityRow, pairs: &Pairs) -> Stale {
        let event = self.event(row);
        let theirs = format!("{}. {}, {}", event.title(), event.lasts(), event.counts(self.shell.language));
        let yours = match change {
            Change::Cancel => self.shell.say("cancel-event"),
            Change::Capacity => format!("{}: {}", self.shell.say("capacity"), pairs.text("capacity")),
            Change::TeamMember => pairs.read("to").map_or_else(String::new, |to| self.team_member(to)),
            Change::Move => match (pairs.read("day"), time(pairs)) {
                (Some(day), Some(time)) => format!("{}, {}", self.calendar.full(day), time.format("%H:%M")),
                _ => String::new(),
            },
        };
        Stale { theirs, yours }
    }

    fn fields(&self, change: Change, row: &AvailabilityRow, pairs: &Pairs) -> Vec<Field> {
        let plan = &row.vacancy.plan;
        let field = |id, label, control| Field { id, label: self.shell.say(label), hint: None, control };
        let typed = |name: &str, now: String| pairs.last(name).map_or(now, str::to_owned);
        let starts = self.calendar.at(plan.starts_at);
        match change {
            Change::Cancel => vec![],
            Change::Capacity => {
                let value = typed("capacity", plan.capacity.get().to_string());
                let max = u32::from(u16::MAX);
                vec![field("capacity", "capacity", Control::Number { value, min: 1, max })]
            }
            Change::TeamMember => {
                let chosen = pairs.read("to").unwrap_or(plan.team_member_id);
                let choice = |(id, name): (&TeamMemberId, &aggregates::values::Name)| Choice {
                    value: id.to_string(),
                    name: name.to_string(),
                    chosen: *id == chosen,
                };
                let mut team: Vec<Choice> = self.branch.team().iter().map(choice).collect();
                team.sort_by(|one, other| one.name.cmp(&other.name));
                vec![field("to", "team-member", Control::Select(team))]
            }
            Change::Move => {
                let minutes = typed("minutes", plan.duration.get().to_string());
                let max = 24 * 60;
                vec![
                    field("day", "date", Control::Date(typed("day", starts.day().to_string()))),
                    field("time", "time", Control::Time(typed("time", starts.time()))),
                    field("minutes", "minutes-long", Control::Number { value: minutes, min: 1, max }),
                ]
            }
        }
    }
}

async fn page(
    app: &App,
    desk: &Desk,
    row: &AvailabilityRow,
    change: Change,
    pairs: &Pairs,
) -> Result<ChangePage, Sorry> {
    let asked = Journal { cancelled: Some(false), ..within(row) };
    let rows = app.journal(desk.branch_id, asked).await.or_sorry()?;
    let people = People::of(app, desk.branch_id, &rows).await.or_sorry()?;
    let told = people.told(app, desk.branch_id, &rows).await.or_sorry()?;
    let affected = rows.iter().map(|row| {
        let person = people.person(row.client_id);
        let phone = person.map(|person| desk.phone(person));
        let told = told.contains(&row.cart_id);
        Affected { name: desk.name(person), phone, spots: row.spots.get(), told }
    });
    let affected: Vec<Affected> = affected.collect();
    let event = desk.event(row);
    let say = |name| desk.shell.say(name);
    let along = |address: urls::Address| address.along(&desk.shell.along);
    let mut notes = vec![];
    if change == Change::Capacity {
        notes.push(event.counts_and_free(desk.shell.language));
    }
    Ok(ChangePage {
        heading: say(change.heading()),
        of: format!("{}. {}", event.title(), event.lasts()),
        back: along(urls::journal_event(desk.branch_id, row.activity_id)),
        action: urls::journal_event_action(desk.branch_id, row.activity_id, change.name()),
        version: row.version,
        fields: desk.fields(change, row, pairs),
        notes,
        button: match change {
            Change::Capacity => say("save"),
            _ => desk.shell.language.change_and_tell(say(change.heading()), &affected),
        },
        affected: (change != Change::Capacity).then_some(affected),
        anyway: None,
        keep: say("keep-it"),
        stale: None,
        problems: Problems::default(),
        shell: desk.shell.clone(),
    })
}
