//! Who works here, and as what.

use aggregates::ids::BranchId;
use aggregates::values::Name;
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use super::branch;
use crate::app::App;
use crate::staff::{Added, Invitation, Login, Member, NotChanged, Role, UserId};
use crate::web::access::Visitor;
use crate::web::extract::Ids;
use crate::web::html::{Answer, Asked, Form, OrSorry, Page, Sorry, not_found, see_other};
use crate::web::origin::here;
use crate::web::pages::form::Pairs;
use crate::web::pages::problem::Problems;
use crate::web::pages::staff::people::{PeoplePage, PersonLine};
use crate::web::pages::urls;

async fn page(app: &App, branch_id: BranchId, pairs: &Pairs) -> Result<PeoplePage, Sorry> {
    let (_, _, shell) = branch(app, branch_id, pairs).await?;
    let line = |Member { user, role }| PersonLine {
        user: user.id,
        has_password: user.has_password(),
        name: user.name,
        login: user.login,
        role,
    };
    let people = app.staff.members(branch_id).await.or_sorry()?;
    Ok(PeoplePage {
        people: people.into_iter().map(line).collect(),
        done: None,
        link: None,
        login: pairs.text("login"),
        name: pairs.text("name"),
        role: pairs.read("role").unwrap_or(Role::FrontDesk),
        shell,
        problems: Problems::default(),
    })
}

pub(in crate::web::desk) async fn look(
    State(app): State<App>,
    Ids(branch_id): Ids<BranchId>,
    Asked(pairs): Asked,
) -> Answer {
    let mut page = page(&app, branch_id, &pairs.without_fields()).await?;
    page.done = match pairs.last("done") {
        Some("role") => Some("staff-role-set"),
        Some("removed") => Some("staff-removed"),
        Some("known") => Some("staff-known"),
        _ => None,
    }
    .map(|name| page.shell.say(name));
    Ok(Page(StatusCode::OK, page).into_response())
}

/// *Add*, *Save* of a role, *New link* and *Remove*.
pub(in crate::web::desk) async fn save(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    Ids(branch_id): Ids<BranchId>,
    headers: HeaderMap,
    Form(pairs): Form,
) -> Answer {
    let asked = pairs.last("do").unwrap_or_default();
    if asked == "add" {
        return add(&app, branch_id, &headers, &pairs).await;
    }
    let page = page(&app, branch_id, &pairs.without_fields()).await?;
    let user = pairs.read::<UserId>("user").or_sorry()?;
    let changed = match asked {
        "role" => {
            let role = pairs.read::<Role>("role").or_sorry()?;
            app.staff.set_role(branch_id, user, role).await.or_sorry()?.map(|_| "role")
        }
        "remove" => app.staff.remove(branch_id, user).await.or_sorry()?.map(|()| "removed"),
        "link" => match app.staff.invite_again(branch_id, user, app.clock.now()).await.or_sorry()? {
            Ok(invitation) => return Ok(linked(page, &headers, &invitation)),
            Err(refused) => Err(refused),
        },
        _ => return Err(not_found()),
    };
    match changed {
        // Whoever changes what they are themselves has to sign in again, and is led there.
        Ok(done) => {
            tracing::info!(by = %visitor.actor.name(), %user, branch = %branch_id, done, "staff was changed");
            Ok(see_other(&urls::staff_people(branch_id).with("done", done).along(&page.shell.along)))
        }
        Err(refused) => Ok(told(page, refused, "problems")),
    }
}

async fn add(app: &App, branch_id: BranchId, headers: &HeaderMap, pairs: &Pairs) -> Answer {
    let mut page = page(app, branch_id, pairs).await?;
    let language = page.shell.language;
    let (login, name) = (page.login.parse::<Login>(), Name::try_from(page.name.clone()));
    if name.is_err() {
        page.problems.add(language.say("enter-name"), "name");
    }
    if login.is_err() {
        page.problems.add(language.say("staff-login-wrong"), "login");
    }
    let (Ok(login), Ok(name)) = (login, name) else {
        return Ok(Page(StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let (role, now) = (page.role, app.clock.now());
    match app.staff.add(branch_id, (&login, &name), role, None, now).await.or_sorry()? {
        Ok(Added::Invited(_, invitation)) => {
            let page = self::page(app, branch_id, &pairs.without_fields()).await?;
            Ok(linked(page, headers, &invitation))
        }
        Ok(Added::Known(_)) => {
            Ok(see_other(&urls::staff_people(branch_id).with("done", "known").along(&page.shell.along)))
        }
        Err(refused) => Ok(told(page, refused, "login")),
    }
}

/// The page with a link, which is shown this once.
fn linked(mut page: PeoplePage, headers: &HeaderMap, invitation: &Invitation) -> Response {
    let address = urls::invitation(&invitation.to_string()).along(&page.shell.along);
    page.link = Some(format!("{}{address}", here(headers)));
    Page(StatusCode::OK, page).into_response()
}

fn told(mut page: PeoplePage, refused: NotChanged, field: &str) -> Response {
    let sentence = page.shell.say(match refused {
        NotChanged::Already => "staff-already",
        NotChanged::Unknown => "staff-unknown",
        NotChanged::LastOwner => "staff-last-owner",
        NotChanged::Elsewhere => "staff-elsewhere",
    });
    page.problems.add(sentence, field);
    Page(StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}
