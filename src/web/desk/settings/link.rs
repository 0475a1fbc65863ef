//! S2: the settings of one booking link.

use aggregates::booking_link::{Field, Settings};
use aggregates::ids::{BranchId, LinkId, ServiceId, TeamMemberId};
use aggregates::values::{Horizon, MaxEvents, MultipleEventBooking, Name, Offered};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use uuid::Uuid;

use super::{after_save, ask, branch, hours, lines, looks, not_saved, notice, number, preview, saved};
use crate::app::App;
use crate::audit::link_saves;
use crate::command::Command;
use crate::web::extract::Ids;
use crate::web::html::{Answer, Asked, Form, OrSorry, Page, Sorry, Visit};
use crate::web::pages::form::{Choice, Pairs};
use crate::web::pages::problem::Problems;
use crate::web::pages::staff::settings::LinkSettingsPage;
use crate::web::pages::urls;
use crate::web::widget::calendar;

/// S2.
pub(in crate::web::desk) async fn look(
    State(app): State<App>,
    Ids((branch_id, link)): Ids<(Uuid, Uuid)>,
    Asked(pairs): Asked,
) -> Answer {
    let page = page(&app, BranchId(branch_id), LinkId(link), &pairs).await?;
    Ok(preview::beside(Page(StatusCode::OK, page).into_response()))
}

async fn page(
    app: &App,
    branch_id: BranchId,
    link: LinkId,
    pairs: &Pairs,
) -> Result<LinkSettingsPage, Sorry> {
    let (branch, _, shell) = branch(app, branch_id, pairs).await?;
    let row = app.link(branch_id, link).await.or_sorry()?.or_sorry()?;
    let settled = row.settled().or_sorry()?;
    let settings = &settled.settings;
    let max = match settings.multiple_events {
        MultipleEventBooking::Off => MaxEvents::MAX,
        MultipleEventBooking::UpTo(max) => max,
    };
    let saves = link_saves(app.ledger.as_ref(), branch_id, link).await.or_sorry()?;
    Ok(LinkSettingsPage {
        saves: lines(&saves, &calendar(&branch, &app.clock, pairs.language())),
        shell,
        link,
        kind: settled.kind,
        name: settings.name.to_string(),
        active: settings.active,
        services: branch
            .services()
            .iter()
            .map(|(id, service)| choice(id, service.name.to_string(), settings.services.includes(id)))
            .collect(),
        team: branch
            .team()
            .iter()
            .map(|(id, name)| choice(id, name.to_string(), settings.team.includes(id)))
            .collect(),
        lead_hours: hours(settings.lead),
        horizon_days: settings.horizon.get().to_string(),
        allow_multiple: settings.multiple_events != MultipleEventBooking::Off,
        max_events: max.get().to_string(),
        email: settings.email,
        comment: settings.comment,
        consent: settings.consent.clone().unwrap_or_default(),
        phone_code: settings.phone_code,
        sends_codes: app.sends_texts(),
        looks: looks::shown(&settled.appearance),
        version: row.version,
        prepayment: branch.rules().prepayment,
        saved: saved(pairs),
        problems: Problems::default(),
    })
}

fn choice(id: &impl ToString, name: String, chosen: bool) -> Choice {
    Choice { value: id.to_string(), name, chosen }
}

fn field(text: Option<&str>) -> Field {
    match text {
        Some("off") => Field::Off,
        Some("required") => Field::Required,
        _ => Field::Optional,
    }
}

/// All, if every one is ticked; so that what the studio adds later is offered too.
fn offered<Id: Ord + Copy + std::str::FromStr>(
    pairs: &Pairs,
    name: &str,
    all: impl Iterator<Item = Id>,
) -> Offered<Id> {
    let ticked: std::collections::BTreeSet<Id> =
        pairs.iter().filter(|(key, _)| *key == name).filter_map(|(_, id)| id.parse().ok()).collect();
    let mut all = all;
    if all.all(|id| ticked.contains(&id)) { Offered::All } else { Offered::Only(ticked) }
}

/// S2's *Save*.
pub(in crate::web::desk) async fn save(
    State(app): State<App>,
    visit: Visit,
    Ids((branch_id, link)): Ids<(Uuid, Uuid)>,
    Form(pairs): Form,
) -> Answer {
    let (branch_id, link) = (BranchId(branch_id), LinkId(link));
    let mut page = page(&app, branch_id, link, &pairs.without_fields()).await?;
    let (branch, _, _) = branch(&app, branch_id, &pairs).await?;
    page.name = pairs.text("name");
    page.active = pairs.is_on("active");
    page.allow_multiple = pairs.is_on("multiple");
    page.max_events = pairs.last("max").unwrap_or("10").to_owned();
    page.lead_hours = pairs.text("lead");
    page.horizon_days = pairs.text("horizon");
    page.email = field(pairs.last("email"));
    page.comment = field(pairs.last("comment"));
    page.consent = pairs.text("consent");
    page.phone_code = pairs.is_on("phone_code");
    page.looks = looks::typed(&pairs);
    page.version = pairs.read("version").unwrap_or(0);

    let language = pairs.language();
    let mut problems = Problems::default();
    let name = Name::try_from(page.name.clone());
    if name.is_err() {
        problems.add(language.say("please-name"), "name");
    }
    let max = number::<MaxEvents>(&page.max_events);
    if max.is_none() {
        problems.add(language.say("choose-1-to-10"), "max");
    }
    let lead = notice(&page.lead_hours);
    if lead.is_none() {
        problems.add(language.say("hours-0-to-8760"), "lead");
    }
    let horizon = number::<Horizon>(&page.horizon_days);
    if horizon.is_none() {
        problems.add(language.say("days-1-to-3650"), "horizon");
    }
    let appearance = looks::read(&page.looks, &mut problems, |name| page.shell.language.say(name));
    if let (Ok(name), Some(max), Some(lead), Some(horizon), Some(appearance)) =
        (name, max, lead, horizon, appearance)
    {
        let consent = Some(page.consent.trim().to_owned()).filter(|text| !text.is_empty());
        let settings = Settings {
            name,
            active: page.active,
            services: offered::<ServiceId>(&pairs, "service", branch.services().keys().copied()),
            team: offered::<TeamMemberId>(&pairs, "member", branch.team().keys().copied()),
            lead,
            horizon,
            multiple_events: if page.allow_multiple {
                MultipleEventBooking::UpTo(max)
            } else {
                MultipleEventBooking::Off
            },
            email: page.email,
            comment: page.comment,
            consent,
            phone_code: page.phone_code,
        };
        let command = Command::SaveLink(link, Box::new(settings), Box::new(appearance));
        match ask(&app, &visit, branch_id, command, Some(page.version)).await? {
            Ok(version) => {
                return Ok(after_save(urls::link_settings(branch_id, link), page.version, version, &pairs));
            }
            Err(refusal) => {
                let page = not_saved(language, page, &refusal, problems, |page, problems| {
                    page.problems = problems;
                });
                return Ok(preview::beside(page));
            }
        }
    }
    page.problems = problems;
    Ok(preview::beside(Page(StatusCode::UNPROCESSABLE_ENTITY, page).into_response()))
}
