//! S1: the list of booking links, and *New link*.

use aggregates::booking_link::{Kind, Settings};
use aggregates::branch::Branch;
use aggregates::ids::{BranchId, LinkId};
use aggregates::values::{MultipleEventBooking, Name};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use uuid::Uuid;

use super::{ask, branch};
use crate::app::App;
use crate::command::Command;
use crate::web::extract::Ids;
use crate::web::html::{Answer, Asked, Form, OrSorry, Page, Visit, see_other};
use crate::web::pages::form::Pairs;
use crate::web::pages::language::Language;
use crate::web::pages::problem::Problems;
use crate::web::pages::shell::Along;
use crate::web::pages::staff::settings::{LinkLine, LinksPage};
use crate::web::pages::urls;

/// S1.
pub(in crate::web::desk) async fn look(
    State(app): State<App>,
    Ids(branch_id): Ids<Uuid>,
    Asked(pairs): Asked,
) -> Answer {
    list(&app, BranchId(branch_id), &pairs, Problems::default()).await
}

async fn list(app: &App, branch_id: BranchId, pairs: &Pairs, problems: Problems) -> Answer {
    let (branch, _, shell) = branch(app, branch_id, pairs).await?;
    let language = shell.language;
    let links = app.links(branch_id).await.or_sorry()?;
    let line = |row: &projections::links::LinkRow| {
        let settled = row.settled()?;
        Some(LinkLine {
            link: row.link_id,
            name: settled.settings.name.to_string(),
            kind: settled.kind,
            multiple: multiple(language, settled.settings.multiple_events, &branch),
        })
    };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(Page(status, LinksPage { shell, links: links.iter().filter_map(line).collect(), problems })
        .into_response())
}

fn multiple(language: Language, setting: MultipleEventBooking, branch: &Branch) -> String {
    match setting {
        MultipleEventBooking::Off => language.say("multiple-off"),
        MultipleEventBooking::UpTo(_) if branch.rules().prepayment => language.say("multiple-paused"),
        MultipleEventBooking::UpTo(max) => language.say_with("multiple-up-to", [("max", max.get().into())]),
    }
}

/// S1's *New link*.
pub(in crate::web::desk) async fn create(
    State(app): State<App>,
    visit: Visit,
    Ids(branch_id): Ids<Uuid>,
    Form(pairs): Form,
) -> Answer {
    let branch_id = BranchId(branch_id);
    let kind = match pairs.last("kind") {
        Some("individual") => Kind::Individual,
        Some("mixed") => Kind::Mixed,
        _ => Kind::Group,
    };
    let language = pairs.language();
    let mut problems = Problems::default();
    match Name::try_from(pairs.text("name")) {
        Err(_) => {
            problems.add(language.say_with("name-wrong", [("n", Name::LONGEST.into())]), "name");
        }
        Ok(name) => {
            let link = LinkId(Uuid::now_v7());
            let command = Command::CreateLink(link, kind, Box::new(Settings::named(name)));
            match ask(&app, &visit, branch_id, command, None).await? {
                Ok(_) => {
                    let settings = urls::link_settings(branch_id, link).along(&Along::parse(&pairs));
                    return Ok(see_other(&settings));
                }
                Err(refusal) => {
                    problems.add_general(language.because("not-saved-because", language.refusal(&refusal)));
                }
            }
        }
    }
    list(&app, branch_id, &pairs, problems).await
}
