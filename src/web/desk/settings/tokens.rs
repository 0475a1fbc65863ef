//! What programs of a studio show to the API.

use aggregates::ids::BranchId;
use aggregates::values::Name;
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;

use super::branch;
use crate::app::App;
use crate::staff::TokenId;
use crate::staff::tokens::{DAYS, Kept, Scope};
use crate::web::access::Visitor;
use crate::web::extract::Ids;
use crate::web::html::{Answer, Asked, Form, OrSorry, Page, Sorry, see_other};
use crate::web::pages::dates::Calendar;
use crate::web::pages::form::Pairs;
use crate::web::pages::problem::Problems;
use crate::web::pages::staff::people::{TokenLine, TokensPage};
use crate::web::pages::urls;
use crate::web::widget::calendar;

/// How long a token lives if nobody says otherwise.
const USUAL_DAYS: u32 = 90;

async fn page(app: &App, branch_id: BranchId, pairs: &Pairs) -> Result<TokensPage, Sorry> {
    let (branch, _, shell) = branch(app, branch_id, pairs).await?;
    let calendar = calendar(&branch, &app.clock, shell.language);
    let tokens = app.staff.tokens(branch_id).await.or_sorry()?;
    Ok(TokensPage {
        tokens: tokens.into_iter().map(|token| line(&calendar, token)).collect(),
        done: None,
        made: None,
        name: pairs.text("name"),
        scope: pairs.read("scope").unwrap_or(Scope::Read),
        days: pairs.last("days").map_or_else(|| USUAL_DAYS.to_string(), ToOwned::to_owned),
        shell,
        problems: Problems::default(),
    })
}

fn line(calendar: &Calendar, token: Kept) -> TokenLine {
    let language = calendar.language;
    let works = token.works(calendar.now);
    let ends = match token.revoked_at {
        Some(at) => language.of_date("token-revoked-at", calendar.at(at)),
        None if works => language.of_date("token-until", calendar.at(token.expires_at)),
        None => language.of_date("token-ended-at", calendar.at(token.expires_at)),
    };
    let used = match token.used_at {
        Some(at) => language.of_date("token-used-at", calendar.at(at)),
        None => language.say("token-never-used"),
    };
    let about = [language.scope(token.scope), ends, used].join("; ");
    TokenLine { token: token.id, name: token.name, about, works }
}

pub(in crate::web::desk) async fn look(
    State(app): State<App>,
    Ids(branch_id): Ids<BranchId>,
    Asked(pairs): Asked,
) -> Answer {
    let mut page = page(&app, branch_id, &pairs.without_fields()).await?;
    page.done = pairs.is_on("revoked").then(|| page.shell.say("token-revoked"));
    Ok(Page(StatusCode::OK, page).into_response())
}

/// *Make a token* and *Revoke*.
pub(in crate::web::desk) async fn save(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    Ids(branch_id): Ids<BranchId>,
    Form(pairs): Form,
) -> Answer {
    let now = app.clock.now();
    if pairs.last("do") == Some("revoke") {
        let token = pairs.read::<TokenId>("token").or_sorry()?;
        app.staff.revoke_token(branch_id, token, now).await.or_sorry()?;
        let along = crate::web::pages::shell::Along::parse(&pairs);
        return Ok(see_other(&urls::tokens(branch_id).with("revoked", 1).along(&along)));
    }
    let mut page = page(&app, branch_id, &pairs).await?;
    let language = page.shell.language;
    let (name, days) = (Name::try_from(page.name.clone()), pairs.read::<u32>("days"));
    if name.is_err() {
        page.problems.add(language.say("enter-name"), "name");
    }
    let days = days.filter(|days| DAYS.contains(days));
    if days.is_none() {
        page.problems.add(language.say("token-days-wrong"), "days");
    }
    let (Ok(name), Some(days)) = (name, days) else {
        return Ok(Page(StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let made = app.staff.make_token(branch_id, (&name, page.scope), days, visitor.user(), now);
    let (_, token) = made.await.or_sorry()?;
    let mut page = self::page(&app, branch_id, &pairs.without_fields()).await?;
    page.made = Some(token.to_string());
    Ok(Page(StatusCode::OK, page).into_response())
}
