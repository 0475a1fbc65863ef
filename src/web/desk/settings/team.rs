//! The team, and the calendar that each of them may subscribe to.

use aggregates::ids::{BranchId, TeamMemberId};
use aggregates::values::Name;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use projections::settings::What;
use uuid::Uuid;

use super::{after_save, ask, branch, lines, not_saved, saved};
use crate::app::App;
use crate::audit::branch_saves;
use crate::command::Command;
use crate::feeds::Subject;
use crate::web::extract::Ids;
use crate::web::html::{Answer, Asked, Form, OrSorry, Page, Sorry, Visit, not_found, see_other};
use crate::web::origin::origin;
use crate::web::pages::form::Pairs;
use crate::web::pages::problem::Problems;
use crate::web::pages::staff::studio::{MemberForm, TeamPage};
use crate::web::pages::urls;
use crate::web::widget::calendar;

pub(in crate::web::desk) async fn look(
    State(app): State<App>,
    Ids(branch_id): Ids<BranchId>,
    headers: HeaderMap,
    Asked(pairs): Asked,
) -> Answer {
    Ok(Page(StatusCode::OK, page(&app, branch_id, &origin(&app, &headers), &pairs).await?).into_response())
}

async fn page(app: &App, branch_id: BranchId, origin: &str, pairs: &Pairs) -> Result<TeamPage, Sorry> {
    let (branch, version, shell) = branch(app, branch_id, pairs).await?;
    let saves = branch_saves(app.ledger.as_ref(), branch_id).await.or_sorry()?;
    let of_team =
        saves.iter().filter(|save| save.changes.iter().any(|change| change.what == What::TeamMember));
    let mut team = vec![];
    for (id, name) in branch.team() {
        let feed = app.feeds.find(branch_id, Subject::TeamMember(*id)).await.or_sorry()?;
        let feed = feed.map(|token| format!("{origin}{}", urls::feed(&token.to_string())));
        team.push(MemberForm { member: Some(*id), name: name.to_string(), feed });
    }
    team.sort_by(|one, other| one.name.cmp(&other.name));
    team.push(MemberForm { member: None, name: String::new(), feed: None });
    Ok(TeamPage {
        saves: lines(of_team, &calendar(&branch, &app.clock, shell.language)),
        saved: saved(pairs),
        shell,
        team,
        version,
        problems: Problems::default(),
    })
}

/// *Save* of one name, and *Add*.
pub(in crate::web::desk) async fn save(
    State(app): State<App>,
    visit: Visit,
    Ids(branch_id): Ids<BranchId>,
    headers: HeaderMap,
    Form(pairs): Form,
) -> Answer {
    let mut page = page(&app, branch_id, &origin(&app, &headers), &pairs.without_fields()).await?;
    let (member, name) = (pairs.read::<TeamMemberId>("member"), pairs.text("name"));
    let Some(shown) = page.team.iter_mut().find(|it| it.member == member) else { return Err(not_found()) };
    shown.name.clone_from(&name);
    let field = format!("name-{}", shown.key());
    page.version = pairs.read("version").unwrap_or(0);
    let (language, mut problems) = (page.shell.language, Problems::default());
    let Ok(name) = Name::try_from(name) else {
        problems.add(language.say("enter-name"), field);
        page.problems = problems;
        return Ok(Page(StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let id = member.unwrap_or_else(|| TeamMemberId(Uuid::now_v7()));
    match ask(&app, &visit, branch_id, Command::SetTeamMember(id, name), Some(page.version)).await? {
        Ok(version) => Ok(after_save(urls::team(branch_id), page.version, version, &pairs)),
        Err(refusal) => {
            Ok(not_saved(language, page, &refusal, problems, |page, problems| page.problems = problems))
        }
    }
}

/// *Make a new address*, and the first one.
pub(in crate::web::desk) async fn renew_feed(
    State(app): State<App>,
    Ids((branch_id, member)): Ids<(BranchId, TeamMemberId)>,
    Form(pairs): Form,
) -> Answer {
    let (branch, _, shell) = branch(&app, branch_id, &pairs).await?;
    if !branch.team().contains_key(&member) {
        return Err(not_found());
    }
    app.feeds.renew(branch_id, Subject::TeamMember(member), app.clock.now()).await.or_sorry()?;
    Ok(see_other(&urls::team(branch_id).along(&shell.along)))
}
