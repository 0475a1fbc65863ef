//! W4 and W5: the result page, and each appointment, opened with their own tokens.

pub(super) mod changes;

use aggregates::appointment::AppointmentRefusal;
use aggregates::branch::Branch;
use aggregates::change_rules::{ChangeRule, Closed};
use aggregates::ids::{ActivityId, AppointmentId, BranchId, CartId, LinkId};
use aggregates::obstacle::Obstacle;
use aggregates::values::Spots;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use projections::appointments::AppointmentRow;

use super::{calendar, shell};
use crate::app::App;
use crate::app::booking::ResultTokens;
use crate::calendar as calendars;
use crate::capability::{Kind, Opened, Token};
use crate::command::{Actor, Command, Failure, Refusal};
use crate::web::api::appointments::calendar_file as file;
use crate::web::html::{Answer, Asked, OrSorry, Page, Sorry, Visit, not_found};
use crate::web::pages::appointment::{AppointmentPage, Change, Panel, Rule, State as Standing};
use crate::web::pages::dates::Calendar;
use crate::web::pages::form::Pairs;
use crate::web::pages::language::Language;
use crate::web::pages::result::ResultPage;
use crate::web::pages::shell::Shell;
use crate::web::pages::urls;
use crate::web::shop::Shop;

async fn opened(app: &App, capability: &str) -> Result<(Token, Opened), Sorry> {
    let token: Token = capability.parse().ok().or_sorry()?;
    let opened = token.open(app.ledger.as_ref()).await.or_sorry()?.or_sorry()?;
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
    async fn open(app: &App, capability: &str) -> Result<Self, Sorry> {
        let (token, opened) = opened(app, capability).await?;
        if opened.kind != Kind::Appointment {
            return Err(not_found());
        }
        Self::load(app, opened, token).await
    }

    async fn load(app: &App, opened: Opened, token: Token) -> Result<Self, Sorry> {
        let branch = app.branch(opened.branch).await.or_sorry()?.or_sorry()?.branch;
        let row = app.appointment(opened.branch, AppointmentId(opened.id)).await.or_sorry()?.or_sorry()?;
        Ok(Self { branch_id: opened.branch, branch, row, token })
    }

    fn calendar(&self, app: &App, language: Language) -> Calendar {
        calendar(&self.branch, &app.clock, language)
    }

    fn panel(&self, app: &App, language: Language) -> Panel {
        panel(&self.branch, &self.row, &self.token, &self.calendar(app, language))
    }

    fn shell(&self, pairs: &Pairs) -> Shell {
        shell(self.branch_id, &self.branch, self.row.link_id, pairs)
    }

    /// Where the same date can be booked once more, if it can.
    async fn again(&self, app: &App) -> Result<Option<urls::Address>, Sorry> {
        let (link, activity) = (self.row.link_id, self.row.place.activity_id);
        let shop = Shop::find(app, self.branch_id, link).await?;
        let event = app.activity(self.branch_id, activity).await.or_sorry()?;
        let offered = |event: &_| {
            shop.link.settings.active && shop.obstacle(event, Spots::ONE, app.clock.now()).is_none()
        };
        let free = event.filter(offered);
        Ok(free.map(|_| urls::event_page(self.branch_id, link, activity)))
    }

    async fn ask(&self, app: &App, visit: &Visit, command: Command) -> Result<Result<(), Refusal>, Sorry> {
        let caller = visit.caller(Actor::Client);
        match app.ask(app.envelope(&caller, self.branch_id, command)).await {
            Ok(_) => Ok(Ok(())),
            Err(Failure::Refused(refusal)) => Ok(Err(*refusal)),
            Err(failure) => Err(Sorry::from(failure)),
        }
    }

    /// The details, with why nothing was changed on top.
    fn refused(&self, app: &App, pairs: &Pairs, refusal: &Refusal) -> Response {
        let shell = self.shell(pairs);
        let panel = self.panel(app, shell.language);
        let sentence = match refusal {
            Refusal::Appointment(AppointmentRefusal::CancellingClosed(_)) => {
                panel.cancelling.refusal(Change::Cancel, &shell)
            }
            Refusal::Appointment(AppointmentRefusal::ReschedulingClosed(_)) => {
                panel.rescheduling.refusal(Change::Move, &shell)
            }
            other => {
                let why = shell.language.refusal(other);
                shell.language.because("nothing-changed-because", why)
            }
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
    Path(capability): Path<String>,
    Asked(pairs): Asked,
) -> Answer {
    let (token, opened) = opened(&app, &capability).await?;
    match opened.kind {
        Kind::Result => result(&app, opened, &token, &pairs).await,
        Kind::Appointment => {
            let mine = Mine::load(&app, opened, token).await?;
            let panel = mine.panel(&app, pairs.language());
            let shell = mine.shell(&pairs);
            let language = shell.language;
            let done = match pairs.last("done") {
                Some("cancel") if panel.cancelled() => Some(language.of_date("date-cancelled", panel.starts)),
                Some("move") if panel.moved_from.is_some() => {
                    Some(language.of_date("moved-to", panel.starts))
                }
                Some("spots") => {
                    let kept = [("n", panel.spots.into()), ("date", panel.starts.to_string().into())];
                    Some(language.say_with("you-keep", kept))
                }
                _ => None,
            };
            let again = if panel.cancelled() { mine.again(&app).await? } else { None };
            let again = again.map(|address| address.along(&shell.along));
            let page = AppointmentPage { shell, panel, done, refused: None, again };
            Ok(Page(StatusCode::OK, page).into_response())
        }
        Kind::Cart => Err(not_found()),
    }
}

/// A confirmed cart: its link, its branch, its appointments with their tokens.
struct Booked {
    branch: Branch,
    link: LinkId,
    rows: Vec<(AppointmentRow, Token)>,
    refused: Vec<(ActivityId, Obstacle)>,
}

async fn booked(app: &App, opened: Opened) -> Result<Booked, Sorry> {
    let cart = CartId(opened.id);
    let branch = app.branch(opened.branch).await.or_sorry()?.or_sorry()?.branch;
    let row = app.cart(opened.branch, cart).await.or_sorry()?.or_sorry()?;
    let tokens: ResultTokens = app.tokens_of(opened.branch, cart).await.or_sorry()?.or_sorry()?;
    let ids = tokens.appointments.iter().map(|(id, _)| *id);
    let rows = app.appointments(opened.branch, ids).await.or_sorry()?;
    let token = |row: &AppointmentRow| {
        tokens.appointments.iter().find(|(id, _)| *id == row.appointment_id).map(|(_, token)| token.clone())
    };
    let rows = rows.into_iter().filter_map(|row| token(&row).map(|token| (row, token))).collect();
    let refused = row.confirmed.into_iter().flat_map(|confirmed| confirmed.refused);
    let refused = refused.map(|item| (item.activity_id, item.obstacle)).collect();
    Ok(Booked { branch, link: row.link_id, rows, refused })
}

async fn result(app: &App, opened: Opened, token: &Token, pairs: &Pairs) -> Answer {
    let booked = booked(app, opened).await?;
    let calendar = calendar(&booked.branch, &app.clock, pairs.language());
    let refused = app.activities(opened.branch, booked.refused.iter().map(|(id, _)| *id)).await.or_sorry()?;
    let refused = refused
        .iter()
        .filter_map(|event| {
            let (_, obstacle) = booked.refused.iter().find(|(id, _)| *id == event.activity_id)?;
            let why = match obstacle {
                Obstacle::NotEnoughSpots { .. } => calendar.language.say("why-sold-out"),
                other => calendar.language.obstacle(other),
            };
            let date = calendar.at(event.vacancy.plan.starts_at).to_string();
            let of = [("date", date.into()), ("why", why.into())];
            Some(calendar.language.say_with("not-booked-date", of))
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
pub(super) async fn calendar_file(State(app): State<App>, Path(capability): Path<String>) -> Answer {
    let (token, opened) = opened(&app, &capability).await?;
    let now = app.clock.now();
    Ok(match opened.kind {
        Kind::Result => {
            let booked = booked(&app, opened).await?;
            let rows: Vec<_> = booked.rows.into_iter().map(|(row, _)| row).collect();
            file("appointments", calendars::file(&booked.branch, &rows, now)).into_response()
        }
        Kind::Appointment => {
            let mine = Mine::load(&app, opened, token).await?;
            let name = mine.row.appointment_id.reference();
            file(&name, calendars::file(&mine.branch, &[mine.row], now)).into_response()
        }
        Kind::Cart => return Err(not_found()),
    })
}
