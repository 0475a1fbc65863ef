//! W5's changes: cancel, move, fewer spots. Each asks once, then does it.

use aggregates::appointment::AppointmentRefusal;
use aggregates::ids::ActivityId;
use aggregates::obstacle::Obstacle;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::{Entry, Mine};
use crate::app::App;
use crate::command::{Command, Refusal, Requester};
use crate::web::api::appointments::rescheduling_dates;
use crate::web::html::{Answer, Asked, Form, Framed, OrSorry, Sorry, Visit, see_other};
use crate::web::pages::appointment::{CancelPage, ReschedulePage, SpotsPage, Target};
use crate::web::pages::form::Pairs;
use crate::web::pages::language::Language;
use crate::web::pages::problem::Problems;

pub(in crate::web) async fn ask_cancel<E: Entry>(
    State(app): State<App>,
    entry: E,
    Asked(mut pairs): Asked,
) -> Answer {
    let mine: Mine = entry.into();
    pairs.prefer(&mine.looks);
    let page = CancelPage { shell: mine.shell(&pairs), panel: mine.panel(&app, pairs.language()) };
    Ok(Framed(StatusCode::OK, page).into_response())
}

pub(in crate::web) async fn cancel<E: Entry>(
    State(app): State<App>,
    visit: Visit,
    entry: E,
    Form(mut pairs): Form,
) -> Answer {
    let mine: Mine = entry.into();
    pairs.prefer(&mine.looks);
    let command = Command::CancelAppointment { appointment: mine.row.appointment_id, by: Requester::Client };
    match mine.ask(&app, &visit, command).await? {
        Ok(()) => Ok(done(&mine, "cancel", &pairs)),
        Err(refusal) => Ok(mine.refused(&app, &pairs, &refusal)),
    }
}

fn done(mine: &Mine, what: &'static str, pairs: &Pairs) -> Response {
    see_other(&mine.door.details().with("done", what).along(&mine.shell(pairs).along))
}

async fn targets(app: &App, mine: &Mine, language: Language) -> Result<Vec<Target>, Sorry> {
    let calendar = mine.calendar(app, language);
    let (_, rows) = rescheduling_dates(app, mine.branch_id, &mine.row).await.or_sorry()?;
    let target = |row: &projections::availability::AvailabilityRow| Target {
        activity: row.activity_id,
        starts: calendar.at(row.vacancy.plan.starts_at),
        free: row.vacancy.free(),
    };
    Ok(rows.iter().map(target).collect())
}

async fn reschedule_page(
    app: &App,
    mine: &Mine,
    pairs: &Pairs,
    problems: Problems,
) -> Result<ReschedulePage, Sorry> {
    let dates = targets(app, mine, pairs.language()).await?;
    Ok(ReschedulePage {
        shell: mine.shell(pairs),
        calendar: mine.calendar(app, pairs.language()),
        panel: mine.panel(app, pairs.language()),
        dates,
        problems,
    })
}

pub(in crate::web) async fn ask_reschedule<E: Entry>(
    State(app): State<App>,
    entry: E,
    Asked(mut pairs): Asked,
) -> Answer {
    let mine: Mine = entry.into();
    pairs.prefer(&mine.looks);
    let page = reschedule_page(&app, &mine, &pairs, Problems::default()).await?;
    Ok(Framed(StatusCode::OK, page).into_response())
}

pub(in crate::web) async fn reschedule<E: Entry>(
    State(app): State<App>,
    visit: Visit,
    entry: E,
    Form(mut pairs): Form,
) -> Answer {
    let mine: Mine = entry.into();
    pairs.prefer(&mine.looks);
    let language = pairs.language();
    let now = mine.panel(&app, language).starts;
    let mut problems = Problems::default();
    if let Some(to) = pairs.read::<ActivityId>("to") {
        let appointment = mine.row.appointment_id;
        let command = Command::RescheduleAppointment { appointment, to, by: Requester::Client };
        match mine.ask(&app, &visit, command).await? {
            Ok(()) => return Ok(done(&mine, "move", &pairs)),
            Err(
                refusal @ Refusal::Appointment(
                    AppointmentRefusal::ReschedulingClosed(_) | AppointmentRefusal::Cancelled,
                ),
            ) => return Ok(mine.refused(&app, &pairs, &refusal)),
            Err(refusal) => {
                let date = app.activity(mine.branch_id, to).await.or_sorry()?;
                let date = date.map_or_else(
                    || language.say("that-date"),
                    |row| mine.calendar(&app, language).at(row.vacancy.plan.starts_at).to_string(),
                );
                let why = cannot_move(language, &refusal, date);
                problems.add(format!("{why} {}", language.of_date("still-have", now)), "dates");
            }
        }
    } else {
        problems.add(language.say("choose-date-to-move"), "dates");
    }
    let page = reschedule_page(&app, &mine, &pairs, problems).await?;
    Ok(Framed(StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

fn cannot_move(language: Language, refusal: &Refusal, date: String) -> String {
    use aggregates::activity::ActivityRefusal;

    let obstacle = match refusal {
        Refusal::Activity(ActivityRefusal::Obstacle(obstacle))
        | Refusal::Appointment(AppointmentRefusal::Obstacle(obstacle)) => obstacle,
        other => {
            let why = language.refusal(other);
            return language.say_with("does-not-fit", [("date", date.into()), ("why", why.into())]);
        }
    };
    let name = match obstacle {
        Obstacle::NotEnoughSpots { .. } => {
            return language.say_with("filled-up", [("n", 1.into()), ("date", date.into())]);
        }
        Obstacle::AlreadyBooked => "already-have",
        Obstacle::NoMembership => "membership-not-cover",
        _ => "closed-for",
    };
    language.of_date(name, date)
}

pub(in crate::web) async fn ask_spots<E: Entry>(
    State(app): State<App>,
    entry: E,
    Asked(mut pairs): Asked,
) -> Answer {
    let mine: Mine = entry.into();
    pairs.prefer(&mine.looks);
    let page = SpotsPage {
        shell: mine.shell(&pairs),
        panel: mine.panel(&app, pairs.language()),
        problems: Problems::default(),
    };
    Ok(Framed(StatusCode::OK, page).into_response())
}

pub(in crate::web) async fn reduce_spots<E: Entry>(
    State(app): State<App>,
    visit: Visit,
    entry: E,
    Form(mut pairs): Form,
) -> Answer {
    let mine: Mine = entry.into();
    pairs.prefer(&mine.looks);
    let spots = pairs.read::<u32>("spots").and_then(|spots| spots.try_into().ok());
    let Some(spots) = spots else {
        let mut problems = Problems::default();
        problems.add(pairs.language().say("enter-spots-kept"), "spots");
        let page =
            SpotsPage { shell: mine.shell(&pairs), panel: mine.panel(&app, pairs.language()), problems };
        return Ok(Framed(StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let command = Command::ReduceSpots { appointment: mine.row.appointment_id, spots, by: Requester::Client };
    match mine.ask(&app, &visit, command).await? {
        Ok(()) => Ok(done(&mine, "spots", &pairs)),
        Err(refusal) => Ok(mine.refused(&app, &pairs, &refusal)),
    }
}
