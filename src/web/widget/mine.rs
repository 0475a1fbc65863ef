//! W4 and W5: the result page, and each appointment, opened with their own tokens.

use aggregates::appointment::AppointmentRefusal;
use aggregates::branch::Branch;
use aggregates::change_rules::{ChangeRule, Closed};
use aggregates::ids::{ActivityId, AppointmentId, BranchId, CartId, LinkId};
use aggregates::obstacle::Obstacle;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use projections::appointments::AppointmentRow;

use super::{calendar, shell};
use crate::app::App;
use crate::app::booking::ResultTokens;
use crate::calendar as calendars;
use crate::capability::{Kind, Opened, Token};
use crate::command::{Actor, Command, Failure, Refusal, Requester};
use crate::web::api::appointments::{calendar_file as file, rescheduling_dates};
use crate::web::html::{Answer, Asked, Form, OrSorry, Page, Sorry, Visit, see_other};
use crate::web::pages::appointment::{
    AppointmentPage, CancelPage, Panel, ReschedulePage, Rule, SpotsPage, State as Standing, Target,
};
use crate::web::pages::dates::Calendar;
use crate::web::pages::form::Pairs;
use crate::web::pages::problem::Problems;
use crate::web::pages::result::ResultPage;
use crate::web::pages::shell::Shell;
use crate::web::pages::{urls, words};

async fn opened(app: &App, visit: &Visit, capability: &str) -> Result<(Token, Opened), Sorry> {
    let token: Token = capability.parse().ok().or_sorry(visit)?;
    let opened = token.open(app.ledger.as_ref()).await.or_sorry(visit)?.or_sorry(visit)?;
    Ok((token, opened))
}

/// An appointment that its token opened.
struct Mine {
    branch_id: BranchId,
    branch: Branch,
    row: AppointmentRow,
    token: Token,
}

impl Mine {
    async fn open(app: &App, visit: &Visit, capability: &str) -> Result<Self, Sorry> {
        let (token, opened) = opened(app, visit, capability).await?;
        if opened.kind != Kind::Appointment {
            return Err(visit.not_found());
        }
        Self::load(app, visit, opened, token).await
    }

    async fn load(app: &App, visit: &Visit, opened: Opened, token: Token) -> Result<Self, Sorry> {
        let branch = app.branch(opened.branch).await.or_sorry(visit)?.or_sorry(visit)?.branch;
        let row = app
            .appointment(opened.branch, AppointmentId(opened.id))
            .await
            .or_sorry(visit)?
            .or_sorry(visit)?;
        Ok(Self { branch_id: opened.branch, branch, row, token })
    }

    fn calendar(&self, app: &App) -> Calendar {
        calendar(&self.branch, &app.clock)
    }

    fn panel(&self, app: &App) -> Panel {
        panel(&self.branch, &self.row, &self.token, &self.calendar(app))
    }

    fn shell(&self, pairs: &Pairs) -> Shell {
        shell(self.branch_id, &self.branch, self.row.link_id, pairs)
    }

    async fn ask(&self, app: &App, visit: &Visit, command: Command) -> Result<Result<(), Refusal>, Sorry> {
        let caller = visit.caller(Actor::Client);
        match app.ask(app.envelope(&caller, self.branch_id, command)).await {
            Ok(_) => Ok(Ok(())),
            Err(Failure::Refused(refusal)) => Ok(Err(*refusal)),
            Err(failure) => Err(visit.sorry(failure)),
        }
    }

    /// The details, with why nothing was changed on top.
    fn refused(&self, app: &App, pairs: &Pairs, refusal: &Refusal) -> Response {
        let shell = self.shell(pairs);
        let panel = self.panel(app);
        let sentence = match refusal {
            Refusal::Appointment(AppointmentRefusal::CancellingClosed(_)) => {
                panel.cancelling.refusal("cancelling", &shell.studio)
            }
            Refusal::Appointment(AppointmentRefusal::ReschedulingClosed(_)) => {
                panel.rescheduling.refusal("rescheduling", &shell.studio)
            }
            other => format!("Nothing was changed: {other}."),
        };
        let page = AppointmentPage { shell, panel, done: None, refused: Some(sentence), again: None };
        Page(StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
    }
}

fn rule(rule: ChangeRule, row: &AppointmentRow, calendar: &Calendar) -> Rule {
    let starts_at = row.place.starts_at;
    match (rule.permit(starts_at, calendar.now), rule.deadline(starts_at)) {
        (Ok(()), Some(until)) => Rule::Until(calendar.at(until)),
        (Err(Closed::NoticePassed { since }), _) => Rule::EndedOn(calendar.at(since)),
        _ => Rule::Off,
    }
}

fn panel(branch: &Branch, row: &AppointmentRow, token: &Token, calendar: &Calendar) -> Panel {
    let place = &row.place;
    let ends_at = place.starts_at + place.duration.span();
    Panel {
        capability: token.to_string(),
        service: branch
            .service(place.service_id)
            .map_or_else(String::new, |service| service.name.to_string()),
        team_member: branch.team().get(&place.team_member_id).map_or_else(String::new, ToString::to_string),
        starts: calendar.at(place.starts_at),
        ends: calendar.at(ends_at),
        spots: row.spots.get(),
        reference: row.appointment_id.reference(),
        google: calendars::google(branch, row),
        state: match row.cancelled_by {
            Some(by) => Standing::Cancelled(by, calendar.at(row.changed_at)),
            None if place.starts_at < calendar.now => Standing::Over,
            None => Standing::Booked,
        },
        cancelling: rule(branch.rules().cancellation, row, calendar),
        rescheduling: rule(branch.rules().rescheduling, row, calendar),
        moved_from: row.moved_from.map(|moment| calendar.at(moment)),
        replaced: row.team_member_was.is_some(),
    }
}

/// A result page, or one appointment: the token knows which.
pub(super) async fn look(
    State(app): State<App>,
    visit: Visit,
    Path(capability): Path<String>,
    Asked(pairs): Asked,
) -> Answer {
    let (token, opened) = opened(&app, &visit, &capability).await?;
    match opened.kind {
        Kind::Result => result(&app, &visit, opened, &token, &pairs).await,
        Kind::Appointment => {
            let mine = Mine::load(&app, &visit, opened, token).await?;
            let panel = mine.panel(&app);
            let shell = mine.shell(&pairs);
            let done = match pairs.last("done") {
                Some("cancel") if panel.cancelled() => Some(format!("{} is cancelled.", panel.starts)),
                Some("move") if panel.moved_from.is_some() => {
                    Some(format!("Moved to {}. Your old spots are free again.", panel.starts))
                }
                Some("spots") => {
                    Some(format!("You keep {} on {}.", words::spots_count(panel.spots.into()), panel.starts))
                }
                _ => None,
            };
            let future = app.clock.now() < mine.row.place.starts_at;
            let again = (panel.cancelled() && future)
                .then(|| urls::event_page(mine.branch_id, mine.row.link_id, mine.row.place.activity_id));
            let page = AppointmentPage { shell, panel, done, refused: None, again };
            Ok(Page(StatusCode::OK, page).into_response())
        }
        Kind::Cart => Err(visit.not_found()),
    }
}

/// A confirmed cart: its link, its branch, its appointments with their tokens.
struct Booked {
    branch: Branch,
    link: LinkId,
    rows: Vec<(AppointmentRow, Token)>,
    refused: Vec<(ActivityId, Obstacle)>,
}

async fn booked(app: &App, visit: &Visit, opened: Opened) -> Result<Booked, Sorry> {
    let cart = CartId(opened.id);
    let branch = app.branch(opened.branch).await.or_sorry(visit)?.or_sorry(visit)?.branch;
    let row = app.cart(opened.branch, cart).await.or_sorry(visit)?.or_sorry(visit)?;
    let tokens: ResultTokens = app.tokens_of(opened.branch, cart).await.or_sorry(visit)?.or_sorry(visit)?;
    let ids = tokens.appointments.iter().map(|(id, _)| *id);
    let rows = app.appointments(opened.branch, ids).await.or_sorry(visit)?;
    let token = |row: &AppointmentRow| {
        tokens.appointments.iter().find(|(id, _)| *id == row.appointment_id).map(|(_, token)| token.clone())
    };
    let rows = rows.into_iter().filter_map(|row| token(&row).map(|token| (row, token))).collect();
    let refused = row.confirmed.map(|confirmed| confirmed.refused).unwrap_or_default();
    let refused = refused.into_iter().map(|item| (item.activity_id, item.obstacle)).collect();
    Ok(Booked { branch, link: row.link_id, rows, refused })
}

async fn result(app: &App, visit: &Visit, opened: Opened, token: &Token, pairs: &Pairs) -> Answer {
    let booked = booked(app, visit, opened).await?;
    let calendar = calendar(&booked.branch, &app.clock);
    let refused =
        app.activities(opened.branch, booked.refused.iter().map(|(id, _)| *id)).await.or_sorry(visit)?;
    let refused = refused
        .iter()
        .filter_map(|event| {
            let (_, obstacle) = booked.refused.iter().find(|(id, _)| *id == event.activity_id)?;
            let why = match obstacle {
                Obstacle::NotEnoughSpots { .. } => "sold out".to_owned(),
                other => other.to_string(),
            };
            Some(format!("{}, {why}", calendar.at(event.vacancy.plan.starts_at)))
        })
        .collect();
    let page = ResultPage {
        shell: shell(opened.branch, &booked.branch, booked.link, pairs),
        calendar,
        capability: token.to_string(),
        appointments: booked
            .rows
            .iter()
            .map(|(row, token)| panel(&booked.branch, row, token, &calendar))
            .collect(),
        open: pairs.read("open").unwrap_or(1),
        refused,
    };
    Ok(Page(StatusCode::OK, page).into_response())
}

/// A calendar file of everything that the token opens.
pub(super) async fn calendar_file(
    State(app): State<App>,
    visit: Visit,
    Path(capability): Path<String>,
) -> Answer {
    let (token, opened) = opened(&app, &visit, &capability).await?;
    let now = app.clock.now();
    Ok(match opened.kind {
        Kind::Result => {
            let booked = booked(&app, &visit, opened).await?;
            let rows: Vec<_> = booked.rows.into_iter().map(|(row, _)| row).collect();
            file("appointments", calendars::file(&booked.branch, &rows, now)).into_response()
        }
        Kind::Appointment => {
            let mine = Mine::load(&app, &visit, opened, token).await?;
            let name = mine.row.appointment_id.reference();
            file(&name, calendars::file(&mine.branch, &[mine.row], now)).into_response()
        }
        Kind::Cart => return Err(visit.not_found()),
    })
}

pub(super) async fn ask_cancel(
    State(app): State<App>,
    visit: Visit,
    Path(capability): Path<String>,
    Asked(pairs): Asked,
) -> Answer {
    let mine = Mine::open(&app, &visit, &capability).await?;
    let page = CancelPage { shell: mine.shell(&pairs), panel: mine.panel(&app) };
    Ok(Page(StatusCode::OK, page).into_response())
}

pub(super) async fn cancel(
    State(app): State<App>,
    visit: Visit,
    Path(capability): Path<String>,
    Form(pairs): Form,
) -> Answer {
    let mine = Mine::open(&app, &visit, &capability).await?;
    let command = Command::CancelAppointment { appointment: mine.row.appointment_id, by: Requester::Client };
    match mine.ask(&app, &visit, command).await? {
        Ok(()) => Ok(done(&mine, "cancel", &pairs)),
        Err(refusal) => Ok(mine.refused(&app, &pairs, &refusal)),
    }
}

fn done(mine: &Mine, what: &'static str, pairs: &Pairs) -> Response {
    see_other(&urls::mine(&mine.token.to_string()).with("done", what).along(&mine.shell(pairs).along))
}

async fn targets(app: &App, visit: &Visit, mine: &Mine) -> Result<Vec<Target>, Sorry> {
    let calendar = mine.calendar(app);
    let (_, rows) = rescheduling_dates(app, mine.branch_id, &mine.row).await.or_sorry(visit)?;
    let target = |row: &projections::availability::AvailabilityRow| Target {
        activity: row.activity_id,
        starts: calendar.at(row.vacancy.plan.starts_at),
        free: row.vacancy.free(),
    };
    Ok(rows.iter().map(target).collect())
}

async fn reschedule_page(
    app: &App,
    visit: &Visit,
    mine: &Mine,
    pairs: &Pairs,
    problems: Problems,
) -> Result<ReschedulePage, Sorry> {
    let dates = targets(app, visit, mine).await?;
    Ok(ReschedulePage {
        shell: mine.shell(pairs),
        calendar: mine.calendar(app),
        panel: mine.panel(app),
        dates,
        problems,
    })
}

pub(super) async fn ask_reschedule(
    State(app): State<App>,
    visit: Visit,
    Path(capability): Path<String>,
    Asked(pairs): Asked,
) -> Answer {
    let mine = Mine::open(&app, &visit, &capability).await?;
    let page = reschedule_page(&app, &visit, &mine, &pairs, Problems::default()).await?;
    Ok(Page(StatusCode::OK, page).into_response())
}

pub(super) async fn reschedule(
    State(app): State<App>,
    visit: Visit,
    Path(capability): Path<String>,
    Form(pairs): Form,
) -> Answer {
    let mine = Mine::open(&app, &visit, &capability).await?;
    let now = mine.panel(&app).starts;
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
                let date = app.activity(mine.branch_id, to).await.or_sorry(&visit)?;
                let date = date.map(|row| mine.calendar(&app).at(row.vacancy.plan.starts_at).to_string());
                let why = cannot_move(&refusal, date.as_deref().unwrap_or("That date"));
                problems.add(format!("{why} You still have {now}."), "dates");
            }
        }
    } else {
        problems.add("Please choose a date to move to.", "dates");
    }
    let page = reschedule_page(&app, &visit, &mine, &pairs, problems).await?;
    Ok(Page(StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

fn cannot_move(refusal: &Refusal, date: &str) -> String {
    use aggregates::activity::ActivityRefusal;

    let obstacle = match refusal {
        Refusal::Activity(ActivityRefusal::Obstacle(obstacle))
        | Refusal::Appointment(AppointmentRefusal::Obstacle(obstacle)) => obstacle,
        other => return format!("{date} does not fit: {other}."),
    };
    match obstacle {
        Obstacle::NotEnoughSpots { .. } => format!("{date} filled up a moment ago."),
        Obstacle::AlreadyBooked => format!("You already have {date}."),
        Obstacle::NoMembership => format!("Your membership does not cover {date}."),
        _ => format!("Booking has closed for {date}."),
    }
}

pub(super) async fn ask_spots(
    State(app): State<App>,
    visit: Visit,
    Path(capability): Path<String>,
    Asked(pairs): Asked,
) -> Answer {
    let mine = Mine::open(&app, &visit, &capability).await?;
    let page =
        SpotsPage { shell: mine.shell(&pairs), panel: mine.panel(&app), problems: Problems::default() };
    Ok(Page(StatusCode::OK, page).into_response())
}

pub(super) async fn reduce_spots(
    State(app): State<App>,
    visit: Visit,
    Path(capability): Path<String>,
    Form(pairs): Form,
) -> Answer {
    let mine = Mine::open(&app, &visit, &capability).await?;
    let spots = pairs.read::<u32>("spots").and_then(|spots| spots.try_into().ok());
    let Some(spots) = spots else {
        let mut problems = Problems::default();
        problems.add("Please enter how many spots you keep.", "spots");
        let page = SpotsPage { shell: mine.shell(&pairs), panel: mine.panel(&app), problems };
        return Ok(Page(StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let command = Command::ReduceSpots { appointment: mine.row.appointment_id, spots, by: Requester::Client };
    match mine.ask(&app, &visit, command).await? {
        Ok(()) => Ok(done(&mine, "spots", &pairs)),
        Err(refusal) => Ok(mine.refused(&app, &pairs, &refusal)),
    }
}
