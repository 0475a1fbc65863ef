//! W5: one appointment, seen and changed, whoever opened it: its capability, or a sign-in.
//!
//! The rules are those of the same commands either way; only where the pages stand differs.

pub(super) mod changes;

use aggregates::appearance::Appearance;
use aggregates::appointment::AppointmentRefusal;
use aggregates::branch::Branch;
use aggregates::change_rules::{ChangeRule, Closed};
use aggregates::ids::{AppointmentId, BranchId, LinkId};
use aggregates::values::Spots;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use projections::appointments::AppointmentRow;

use super::api::appointments::calendar_file as file;
use super::html::{Answer, Asked, Framed, OrSorry, Sorry, Visit, not_found};
use super::pages::appointment::{AppointmentPage, Change, Door, Panel, Rule, State as Standing};
use super::pages::dates::Calendar;
use super::pages::form::Pairs;
use super::pages::language::Language;
use super::pages::shell::Shell;
use super::pages::urls;
use super::shop::Shop;
use super::widget::{calendar, shell};
use crate::app::App;
use crate::capability::{Kind, Opened, Token};
use crate::command::{Actor, Command, Failure, Refusal};
use crate::web::calendar::Written;

/// An appointment that somebody opened.
pub(super) struct Mine {
    branch_id: BranchId,
    branch: Branch,
    row: AppointmentRow,
    /// Of the link that it was booked through.
    looks: Appearance,
    door: Door,
}

/// How somebody opens an appointment, as a handler asks for it.
pub(super) trait Entry:
    FromRequestParts<App, Rejection = Response> + Into<Mine> + Send + 'static
{
}

impl<E: FromRequestParts<App, Rejection = Response> + Into<Mine> + Send + 'static> Entry for E {}

/// By the capability in the address.
pub(super) struct ByCapability(Mine);

impl From<ByCapability> for Mine {
    fn from(ByCapability(mine): ByCapability) -> Self {
        mine
    }
}

impl FromRequestParts<App> for ByCapability {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let Ok(Path(capability)) = Path::<String>::from_request_parts(parts, app).await else {
            return Err(not_found().into_response());
        };
        let opened = async {
            let (token, opened) = opened(app, &capability).await?;
            if opened.kind != Kind::Appointment {
                return Err(not_found());
            }
            Mine::load(app, opened.branch, AppointmentId(opened.id), Door::Capability(token.to_string()))
                .await
        };
        opened.await.map(Self).map_err(IntoResponse::into_response)
    }
}

/// What a capability of an address opens.
pub(super) async fn opened(app: &App, capability: &str) -> Result<(Token, Opened), Sorry> {
    let token: Token = capability.parse().ok().or_sorry()?;
    let opened = app.open_capability(&token).await.or_sorry()?.or_sorry()?;
    Ok((token, opened))
}

/// How the pages of a link look; plain if the link is not there any more.
pub(super) async fn looks(app: &App, branch: BranchId, link: LinkId) -> Result<Appearance, Sorry> {
    let row = app.link(branch, link).await.or_sorry()?;
    Ok(row
        .as_ref()
        .and_then(|row| row.settled())
        .map_or_else(Appearance::default, |it| it.appearance.clone()))
}

impl Mine {
    /// An appointment, for whom the door was opened already.
    pub(super) async fn load(
        app: &App,
        branch_id: BranchId,
        appointment: AppointmentId,
        door: Door,
    ) -> Result<Self, Sorry> {
        let branch = app.branch(branch_id).await.or_sorry()?.or_sorry()?.branch;
        let row = app.appointment(branch_id, appointment).await.or_sorry()?.or_sorry()?;
        let looks = looks(app, branch_id, row.link_id).await?;
        Ok(Self { branch_id, branch, row, looks, door })
    }

    /// Whose it is.
    pub(super) fn client(&self) -> aggregates::ids::ClientId {
        self.row.client_id
    }

    fn calendar(&self, app: &App, language: Language) -> Calendar {
        calendar(&self.branch, &app.clock, language)
    }

    fn panel(&self, app: &App, language: Language) -> Panel {
        panel(&self.branch, &self.row, self.door.clone(), &self.calendar(app, language))
    }

    fn shell(&self, pairs: &Pairs) -> Shell {
        let account = self.door.is_in_account();
        Shell { account, ..shell(self.branch_id, &self.branch, self.row.link_id, &self.looks, pairs) }
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
        Framed(StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
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

/// What there is to see of an appointment, behind that door.
pub(super) fn panel(branch: &Branch, row: &AppointmentRow, door: Door, calendar: &Calendar) -> Panel {
    let place = &row.place;
    let ends_at = place.starts_at + place.duration.span();
    Panel {
        door,
        service: branch
            .service(place.service_id)
            .map_or_else(String::new, |service| service.name.to_string()),
        team_member: branch.team().get(&place.team_member_id).map_or_else(String::new, ToString::to_string),
        starts: calendar.at(place.starts_at),
        ends: calendar.at(ends_at),
        spots: row.spots.get(),
        reference: row.appointment_id.reference(),
        google: Written { branch, language: calendar.language }.google(row),
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

/// The details.
pub(super) async fn look<E: Entry>(State(app): State<App>, entry: E, Asked(pairs): Asked) -> Answer {
    details(&app, entry.into(), pairs).await
}

/// The details, with what was done just now on top.
pub(super) async fn details(app: &App, mine: Mine, mut pairs: Pairs) -> Answer {
    pairs.prefer(&mine.looks);
    let pairs = &pairs;
    let panel = mine.panel(app, pairs.language());
    let shell = mine.shell(pairs);
    let language = shell.language;
    let done = match pairs.last("done") {
        Some("cancel") if panel.cancelled() => Some(language.of_date("date-cancelled", panel.starts)),
        Some("move") if panel.moved_from.is_some() => Some(language.of_date("moved-to", panel.starts)),
        Some("spots") => {
            let kept = [("n", panel.spots.into()), ("date", panel.starts.to_string().into())];
            Some(language.say_with("you-keep", kept))
        }
        _ => None,
    };
    let again = if panel.cancelled() { mine.again(app).await? } else { None };
    let again = again.map(|address| address.along(&shell.along));
    let page = AppointmentPage { shell, panel, done, refused: None, again };
    Ok(Framed(StatusCode::OK, page).into_response())
}

/// The appointment as a calendar file.
pub(super) async fn calendar_file<E: Entry>(entry: E, Asked(pairs): Asked) -> Response {
    in_calendar(entry.into(), pairs)
}

/// The same, of an appointment that is open already.
pub(super) fn in_calendar(mine: Mine, mut pairs: Pairs) -> Response {
    pairs.prefer(&mine.looks);
    let name = mine.row.appointment_id.reference();
    let written = Written { branch: &mine.branch, language: pairs.language() };
    file(&name, written.file(&[mine.row])).into_response()
}
