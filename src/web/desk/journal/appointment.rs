//! What staff change about one appointment. Cancelling, moving and fewer spots ask once; attendance is a switch.

mod told;

use aggregates::appointment::Attendance;
use aggregates::ids::{ActivityId, AppointmentId, BranchId};
use aggregates::values::Spots;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use projections::appointments::AppointmentRow;
use uuid::Uuid;

use super::Desk;
use super::event::{People, done, show};
use crate::app::App;
use crate::command::{Command, Refusal, Requester};
use crate::contact::Contact;
use crate::web::extract::Ids;
use crate::web::html::{Answer, Asked, Form, OrSorry, Page, Sorry, Visit, not_found, see_other};
use crate::web::pages::form::Pairs;
use crate::web::pages::problem::Problems;
use crate::web::pages::shell::Along;
use crate::web::pages::staff::journal::{ChangePage, Control, Field};
use crate::web::pages::urls;

/// What can be changed, by its name in addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change {
    Cancel,
    Move,
    Spots,
}

impl Change {
    fn parse(name: &str) -> Result<Self, Sorry> {
        match name {
            "cancel" => Ok(Self::Cancel),
            "move" => Ok(Self::Move),
            "spots" => Ok(Self::Spots),
            _ => Err(not_found()),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Cancel => "cancel",
            Self::Move => "move",
            Self::Spots => "spots",
        }
    }
}

/// An appointment with whom it is for.
struct Opened {
    row: AppointmentRow,
    person: Option<Contact>,
}

impl Opened {
    async fn find(app: &App, branch: BranchId, id: AppointmentId) -> Result<Self, Sorry> {
        let row = app.appointment(branch, id).await.or_sorry()?.or_sorry()?;
        let people = People::of(app, branch, std::slice::from_ref(&row)).await.or_sorry()?;
        let person = people.person(row.client_id).cloned();
        Ok(Self { row, person })
    }
}

/// Asks.
pub(in crate::web::desk) async fn ask(
    State(app): State<App>,
    Ids((branch_id, appointment, change)): Ids<(Uuid, Uuid, String)>,
    Asked(pairs): Asked,
) -> Answer {
    let change = Change::parse(&change)?;
    let desk = Desk::open(&app, BranchId(branch_id), &pairs).await?;
    let opened = Opened::find(&app, desk.branch_id, AppointmentId(appointment)).await?;
    let page = page(&app, &desk, &opened, change, &pairs).await?;
    Ok(Page(StatusCode::OK, page).into_response())
}

/// Does it.
pub(in crate::web::desk) async fn make(
    State(app): State<App>,
    visit: Visit,
    Ids((branch_id, appointment, change)): Ids<(Uuid, Uuid, String)>,
    Form(pairs): Form,
) -> Answer {
    if change == "attendance" {
        return attend(&app, &visit, BranchId(branch_id), AppointmentId(appointment), &pairs).await;
    }
    let change = Change::parse(&change)?;
    let desk = Desk::open(&app, BranchId(branch_id), &pairs).await?;
    let opened = Opened::find(&app, desk.branch_id, AppointmentId(appointment)).await?;
    let activity = opened.row.place.activity_id;
    let refusal = match command(change, AppointmentId(appointment), &pairs) {
        Ok(command) => {
            let version = Some(pairs.read("version").unwrap_or(0));
            match super::ask(&app, &visit, desk.branch_id, command, version).await? {
                Ok(()) => return Ok(done(desk.branch_id, activity, change.name(), &pairs)),
                Err(refusal) => Ok(refusal),
            }
        }
        Err(wrong) => Err(wrong),
    };
    let opened = Opened::find(&app, desk.branch_id, AppointmentId(appointment)).await?;
    let mut page = page(&app, &desk, &opened, change, &pairs).await?;
    let (status, why) = match &refusal {
        Err(wrong) => (StatusCode::UNPROCESSABLE_ENTITY, desk.shell.say(wrong)),
        Ok(refusal) => {
            if matches!(refusal, Refusal::Stale { .. }) {
                page.stale = Some(desk.stale_appointment(&app, change, &opened, &pairs).await?);
            }
            match desk.lost(&app, refusal, &opened, &pairs).await? {
                Some(lost) => (StatusCode::UNPROCESSABLE_ENTITY, lost),
                None => super::refused(desk.shell.language, refusal),
            }
        }
    };
    match change {
        Change::Move => page.problems.add(why, "to"),
        Change::Spots => page.problems.add(why, "spots"),
        Change::Cancel => page.problems.add_general(why),
    }
    Ok(Page(status, page).into_response())
}

/// Reads a command, or says what is wrong.
fn command(change: Change, appointment: AppointmentId, pairs: &Pairs) -> Result<Command, &'static str> {
    let by = Requester::Staff { force: pairs.is_on("force") };
    match change {
        Change::Cancel => Ok(Command::CancelAppointment { appointment, by }),
        Change::Move => {
            let to = pairs.read::<ActivityId>("to").ok_or("choose-date-to-move")?;
            Ok(Command::RescheduleAppointment { appointment, to, by })
        }
        Change::Spots => {
            let spots = pairs.read::<u32>("spots").and_then(|spots| Spots::try_from(spots).ok());
            Ok(Command::ReduceSpots { appointment, spots: spots.ok_or("enter-spots-left")?, by })
        }
    }
}

/// Notes that a client came, or did not, or takes the note back. It says what is to be, so it needs no version.
async fn attend(
    app: &App,
    visit: &Visit,
    branch_id: BranchId,
    appointment: AppointmentId,
    pairs: &Pairs,
) -> Answer {
    let row = app.appointment(branch_id, appointment).await.or_sorry()?.or_sorry()?;
    let attendance = pairs.last("attendance").and_then(Attendance::parse);
    let activity = row.place.activity_id;
    let command = Command::NoteAttendance { appointment, attendance };
    match super::ask(app, visit, branch_id, command, None).await? {
        Ok(()) => {
            let event = urls::journal_event(branch_id, activity).along(&Along::parse(pairs));
            Ok(see_other(&event.at(format!("a-{appointment}"))))
        }
        Err(refusal) => {
            let (status, why) = super::refused(pairs.language(), &refusal);
            let mut problems = Problems::default();
            problems.add_general(why);
            show(app, branch_id, activity, pairs, status, problems).await
        }
    }
}

async fn page(
    app: &App,
    desk: &Desk,
    opened: &Opened,
    change: Change,
    pairs: &Pairs,
) -> Result<ChangePage, Sorry> {
    let row = &opened.row;
    let language = desk.shell.language;
    let client = desk.name(opened.person.as_ref());
    let starts = desk.calendar.at(row.place.starts_at);
    let spots = language.spots_count(row.spots.get().into());
    let field = |id, label, control| Field { id, label: desk.shell.say(label), hint: None, control };
    let (heading, button, fields) = match change {
        Change::Cancel => ("cancel-of-client", "cancel-this-appointment", vec![]),
        Change::Spots => {
            let max = u32::from(row.spots.get()).saturating_sub(1).max(1);
            let value = pairs.last("spots").map_or_else(|| max.to_string(), str::to_owned);
            let fields = vec![field("spots", "spots", Control::Number { value, min: 1, max })];
            ("spots-of-client", "keep-these", fields)
        }
        Change::Move => {
            let targets = desk.targets(app, row, pairs).await?;
            let force = Control::Tick(pairs.is_on("force"));
            let fields =
                vec![field("to", "move-to", Control::Dates(targets)), field("force", "overbook", force)];
            ("move-of-client", "move-this-appointment", fields)
        }
    };
    let rule = match change {
        Change::Move => desk.branch.rules().rescheduling,
        Change::Cancel | Change::Spots => desk.branch.rules().cancellation,
    };
    let mut notes = vec![];
    if let Err(aggregates::change_rules::Closed::NoticePassed { since }) =
        rule.permit(row.place.starts_at, desk.calendar.now)
    {
        let name = if change == Change::Move { "own-deadline-moving" } else { "own-deadline" };
        notes.push(language.of_date(name, desk.calendar.at(since)));
    }
    Ok(ChangePage {
        heading: language.say_with(heading, [("client", client.as_str().into())]),
        of: format!("{client}. {starts}, {}, {spots}", desk.service(row.place.service_id)),
        back: urls::journal_event(desk.branch_id, row.place.activity_id).along(&desk.shell.along),
        action: urls::journal_appointment_action(desk.branch_id, row.appointment_id, change.name()),
        version: row.version,
        fields,
        notes,
        affected: None,
        button: desk.shell.say(button),
        anyway: None,
        keep: desk.shell.say("keep-it"),
        stale: None,
        problems: Problems::default(),
        shell: desk.shell.clone(),
    })
}
