//! What somebody changes of their own sign-in.

use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::cookies::{self, Kind};
use super::{device, with_cookie};
use crate::app::App;
use crate::staff::{Password, Staff, User};
use crate::web::access::Visitor;
use crate::web::html::{Answer, Asked, Form, OrSorry, Page, Sorry, not_found, see_other};
use crate::web::pages::dates::Calendar;
use crate::web::pages::door::DoorShell;
use crate::web::pages::form::Pairs;
use crate::web::pages::language::Language;
use crate::web::pages::my_sign_in::{CodesPage, MyPage, Offer, SessionLine};
use crate::web::pages::problem::Problems;
use crate::web::pages::urls;

/// Whoever signed in, and the page of what is theirs.
struct Me {
    user: User,
    page: MyPage,
}

impl Me {
    async fn load(app: &App, visitor: &Visitor, pairs: &Pairs) -> Result<Self, Sorry> {
        let id = visitor.user().ok_or_else(not_found)?;
        let user = app.staff.user(id).await.or_sorry()?.or_sorry()?;
        let shell = DoorShell::of(pairs);
        let calendar = calendar(app, &user, shell.language).await?;
        let sessions = app.staff.sessions_of(id, app.clock.now()).await.or_sorry()?;
        let line = |session: crate::staff::StaffSession| SessionLine {
            session: session.id,
            own: Some(session.id) == visitor.session,
            when: shell
                .language
                .staff_session(calendar.at(session.signed_in_at), calendar.at(session.seen_at)),
            device: session.device,
        };
        let offer = pairs.is_on("second").then(|| app.staff.offer_secret(id));
        let page = MyPage {
            name: user.name.clone(),
            login: user.login.clone(),
            done: None,
            codes_left: user.has_second_factor().then(|| Staff::codes_left(&user)),
            offer: offer.map(|(secret, kept)| Offer {
                key: secret.written(),
                uri: secret.uri(&user.login),
                kept,
            }),
            sessions: sessions.into_iter().map(line).collect(),
            shell,
            problems: Problems::default(),
        };
        Ok(Self { user, page })
    }

    fn refused(mut self, name: &str, field: &str) -> Response {
        self.page.problems.add(self.page.shell.language.say(name), field);
        Page(StatusCode::UNPROCESSABLE_ENTITY, self.page).into_response()
    }
}

/// Times as the first of their studios has them.
async fn calendar(app: &App, user: &User, language: Language) -> Result<Calendar, Sorry> {
    let roles = app.staff.roles_of(user.id).await.or_sorry()?;
    let row = match roles.first() {
        Some((branch, _)) => app.branch(*branch).await.or_sorry()?,
        None => None,
    };
    let zone = row.and_then(|row| row.branch.details().map(|details| details.time_zone));
    Ok(Calendar { language, zone: zone.unwrap_or(chrono_tz::UTC), now: app.clock.now() })
}

pub(super) async fn look(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    Asked(pairs): Asked,
) -> Answer {
    let mut me = Me::load(&app, &visitor, &pairs).await?;
    me.page.done = match pairs.last("done") {
        Some("password") => Some(me.page.shell.say("staff-password-changed")),
        Some("off") => Some(me.page.shell.say("staff-second-is-off")),
        Some("sessions") => Some(me.page.shell.say("staff-sessions-ended")),
        _ => None,
    };
    Ok(Page(StatusCode::OK, me.page).into_response())
}

/// Another password: every session ends, and this browser gets a new one.
pub(super) async fn set_password(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
    Form(pairs): Form,
) -> Answer {
    let me = Me::load(&app, &visitor, &pairs).await?;
    if !app.staff.is_password(&me.user, &pairs.text("current")).await.or_sorry()? {
        return Ok(me.refused("staff-wrong-password", "current"));
    }
    let Ok(password) = pairs.text("password").parse::<Password>() else {
        return Ok(me.refused("staff-password-short", "password"));
    };
    app.staff.set_password(me.user.id, &password).await.or_sorry()?;
    let id = app.staff.open_session(me.user.id, device(&headers), app.clock.now()).await.or_sorry()?;
    let answer = see_other(&urls::staff_me().with("done", "password").along(&me.page.shell.along));
    Ok(with_cookie(answer, cookies::keep(&headers, Kind::Session, id.to_string())))
}

/// *Switch on*, with a code of the secret that was offered, and *Switch off*; both ask for the password.
pub(super) async fn set_second_factor(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    Form(pairs): Form,
) -> Answer {
    let mut me = Me::load(&app, &visitor, &pairs).await?;
    let kept = pairs.text("offer");
    let offered = app.staff.offered(me.user.id, &kept);
    if let Some(secret) = offered.as_ref().filter(|_| me.page.codes_left.is_none()) {
        let (key, uri) = (secret.written(), secret.uri(&me.user.login));
        me.page.offer = Some(Offer { key, uri, kept });
    }
    if !app.staff.is_password(&me.user, &pairs.text("current")).await.or_sorry()? {
        return Ok(me.refused("staff-wrong-password", "second-password"));
    }
    let (id, now) = (me.user.id, app.clock.now());
    match (pairs.last("do"), offered) {
        (Some("off"), _) => {
            app.staff.drop_second_factor(id).await.or_sorry()?;
            Ok(see_other(&urls::staff_me().with("done", "off").along(&me.page.shell.along)))
        }
        (Some("on"), Some(secret)) if me.page.codes_left.is_none() => {
            match app.staff.set_second_factor(id, &secret, &pairs.text("code"), now).await.or_sorry()? {
                Some(codes) => {
                    let page = CodesPage { shell: me.page.shell, codes };
                    Ok(Page(StatusCode::OK, page).into_response())
                }
                None => Ok(me.refused("staff-second-wrong", "code")),
            }
        }
        _ => Ok(see_other(&urls::staff_me().along(&me.page.shell.along))),
    }
}

/// *Sign out there*, and *Sign out everywhere else*.
pub(super) async fn end_sessions(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    Form(pairs): Form,
) -> Answer {
    let me = Me::load(&app, &visitor, &pairs).await?;
    let others = pairs.last("session") == Some("others");
    let one = pairs.read::<Uuid>("session");
    for line in me.page.sessions.iter().filter(|line| !line.own) {
        if others || one == Some(line.session) {
            app.staff.end_session(me.user.id, line.session).await.or_sorry()?;
        }
    }
    Ok(see_other(&urls::staff_me().with("done", "sessions").along(&me.page.shell.along)))
}
