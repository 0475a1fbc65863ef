//! The personal account, A1 and A2: a client proves their telephone number and sees all of their appointments. Each of
//! them is changed on the pages of W5, which ask here who may.

mod cookies;
mod feed;
mod installed;
mod list;
mod sign_in;
mod stored;

use std::collections::HashMap;

use aggregates::ids::{AppointmentId, BranchId};
use axum::Router;
use axum::extract::{FromRequestParts, Path, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use projections::branches::BranchRow;
use tower_http::set_header::SetResponseHeaderLayer;

use self::cookies::{Cookies, Kind};
use super::html::{Chosen, OrSorry, Sorry, installable, not_found, see_other};
use super::mine::{self, Mine, changes};
use super::pages::account::AccountShell;
use super::pages::appointment::Door;
use super::pages::form::Pairs;
use super::pages::language::Language;
use super::pages::shell::Along;
use super::pages::urls;
use super::widget::studio;
use crate::app::App;
use crate::sessions::{Session, SessionId};

/// Pages of clients who sign in.
pub(super) fn routes(app: &App) -> Router<App> {
    let own = Router::new()
        .route("/account/{branch}", get(list::look))
        .route("/account/{branch}/language", post(list::speak))
        .route("/account/{branch}/feed", post(feed::renew))
        .route("/account/{branch}/data", get(stored::look))
        .route("/account/{branch}/data.json", get(stored::download))
        .route("/account/{branch}/data/links", post(stored::end_links))
        .route("/account/{branch}/data/erase", get(stored::ask_erase).post(stored::erase))
        .route("/account/{branch}/appointments/{appointment}", get(mine::look::<BySignIn>))
        .route(
            "/account/{branch}/appointments/{appointment}/calendar.ics",
            get(mine::calendar_file::<BySignIn>),
        )
        .route(
            "/account/{branch}/appointments/{appointment}/cancel",
            get(changes::ask_cancel::<BySignIn>).post(changes::cancel::<BySignIn>),
        )
        .route(
            "/account/{branch}/appointments/{appointment}/reschedule",
            get(changes::ask_reschedule::<BySignIn>).post(changes::reschedule::<BySignIn>),
        )
        .route(
            "/account/{branch}/appointments/{appointment}/spots",
            get(changes::ask_spots::<BySignIn>).post(changes::reduce_spots::<BySignIn>),
        )
        .route_layer(from_fn_with_state(app.clone(), let_in));
    let anybodys = Router::new()
        .route("/account/{branch}/sign-in", get(sign_in::look).post(sign_in::send))
        .route("/account/{branch}/code", get(sign_in::ask_code).post(sign_in::take_code))
        .route("/account/{branch}/sign-out", post(sign_in::sign_out));
    // What a signed-out browser still had could be read with *Back*.
    let unkept = (header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let unkept = SetResponseHeaderLayer::if_not_present(unkept.0, unkept.1);
    installable(own.merge(anybodys).layer(unkept).merge(installed::routes()))
}

/// Whoever is signed in, with the id that their browser showed.
#[derive(Debug, Clone)]
struct SignedIn {
    id: SessionId,
    session: Session,
}

impl SignedIn {
    /// The session of a request, if there is one.
    async fn find(app: &App, shown: Option<&str>, branch: BranchId) -> Result<Option<Self>, Sorry> {
        let Some(id) = shown.and_then(|shown| shown.parse::<SessionId>().ok()) else { return Ok(None) };
        let found = app.sessions.find(branch, &id, app.clock.now()).await.or_sorry()?;
        Ok(found.map(|session| Self { id, session }))
    }
}

/// Lets those in who are signed in; everybody else is asked to.
async fn let_in(
    State(app): State<App>,
    Path(path): Path<HashMap<String, String>>,
    mut request: Request,
    next: Next,
) -> Response {
    let branch = path.get("branch").and_then(|branch| branch.parse().ok().map(BranchId));
    let Some(branch) = branch else { return not_found().into_response() };
    let cookies = Cookies::of(request.headers(), branch);
    let shown = cookies.read(request.headers(), Kind::Session);
    match SignedIn::find(&app, shown.as_deref(), branch).await {
        Ok(Some(signed_in)) => {
            let language = signed_in.session.language.as_deref().and_then(Language::parse);
            if let Some(language) = language {
                request.extensions_mut().insert(Chosen(language));
            }
            request.extensions_mut().insert(signed_in);
            next.run(request).await
        }
        Ok(None) => {
            let pairs = Pairs::parse(request.uri().query().unwrap_or_default().as_bytes());
            let address = urls::sign_in(branch).along(&Along::parse(&pairs));
            // Somebody who comes for the first time has lost nothing.
            let over = shown.is_some() || request.method() != Method::GET;
            let answer = see_other(&if over { address.with("over", 1) } else { address });
            with_cookie(answer, shown.and_then(|_| cookies.forget(Kind::Session)))
        }
        Err(sorry) => sorry.into_response(),
    }
}

/// An appointment by the session that [`let_in`] found.
struct BySignIn(Mine);

impl From<BySignIn> for Mine {
    fn from(BySignIn(mine): BySignIn) -> Self {
        mine
    }
}

impl FromRequestParts<App> for BySignIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let ids = Path::<(BranchId, AppointmentId)>::from_request_parts(parts, app).await;
        let signed_in = parts.extensions.get::<SignedIn>();
        let (Ok(Path((branch, appointment))), Some(SignedIn { session, .. })) = (ids, signed_in) else {
            return Err(not_found().into_response());
        };
        let door = Door::Account(branch, appointment);
        match Mine::load(app, branch, appointment, door).await {
            Ok(mine) if mine.client() == session.client && branch == session.branch => Ok(Self(mine)),
            Ok(_) => Err(not_found().into_response()),
            Err(sorry) => Err(sorry.into_response()),
        }
    }
}

/// The branch, and what stands around its account's pages.
async fn at(app: &App, branch: BranchId, pairs: &Pairs) -> Result<(BranchRow, AccountShell), Sorry> {
    let row = app.branch(branch).await.or_sorry()?.or_sorry()?;
    let shell = AccountShell {
        studio: studio(&row.branch),
        branch,
        language: pairs.language(),
        along: Along::parse(pairs),
    };
    Ok((row, shell))
}

fn with_cookie(mut answer: Response, cookie: Option<HeaderValue>) -> Response {
    if let Some(cookie) = cookie {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
    answer
}
