//! S1 to S3: booking links and branch rules, each with one form and one Save.

use aggregates::booking_link::{Field, Kind, Settings};
use aggregates::branch::{Branch, Duplicates, Rules};
use aggregates::change_rules::ChangeRule;
use aggregates::ids::{BranchId, LinkId, ServiceId, TeamMemberId};
use aggregates::values::{
    Horizon, MaxEvents, MultipleEventBooking, MultipleSpots, Name, Notice, Offered, SpotLimit,
};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::branch;
use crate::app::App;
use crate::command::{Actor, Command, Failure, Refusal};
use crate::web::extract::Ids;
use crate::web::html::{Answer, Asked, Form, OrSorry, Page, Sorry, Visit, see_other};
use crate::web::pages::form::{Choice, Pairs};
use crate::web::pages::problem::Problems;
use crate::web::pages::staff::settings::{
    BranchRulesPage, ChangeRuleFields, LinkLine, LinkSettingsPage, LinksPage,
};
use crate::web::pages::urls;

const MINUTES: u32 = 60;

/// S1.
pub(super) async fn links(State(app): State<App>, visit: Visit, Ids(branch_id): Ids<Uuid>) -> Answer {
    list(&app, &visit, BranchId(branch_id), Problems::default()).await
}

async fn list(app: &App, visit: &Visit, branch_id: BranchId, problems: Problems) -> Answer {
    let (branch, _, shell) = branch(app, visit, branch_id).await?;
    let links = app.links(branch_id).await.or_sorry(visit)?;
    let line = |row: &projections::links::LinkRow| {
        let settled = row.settled()?;
        Some(LinkLine {
            link: row.link_id,
            name: settled.settings.name.to_string(),
            kind: settled.kind,
            multiple: multiple(settled.settings.multiple_events, &branch),
        })
    };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(Page(status, LinksPage { shell, links: links.iter().filter_map(line).collect(), problems })
        .into_response())
}

fn multiple(setting: MultipleEventBooking, branch: &Branch) -> String {
    match setting {
        MultipleEventBooking::Off => "Off".to_owned(),
        MultipleEventBooking::UpTo(_) if branch.rules().prepayment => "Paused, prepayment is on".to_owned(),
        MultipleEventBooking::UpTo(max) => format!("Up to {} dates", max.get()),
    }
}

/// Asks for a change of staff; a refusal is told on the page.
async fn ask(
    app: &App,
    visit: &Visit,
    branch_id: BranchId,
    command: Command,
    version: Option<u64>,
) -> Result<Result<(), Refusal>, Sorry> {
    let mut envelope = app.envelope(&visit.caller(Actor::Staff), branch_id, command);
    envelope.if_match = version;
    match app.ask(envelope).await {
        Ok(_) => Ok(Ok(())),
        Err(Failure::Refused(refusal)) => Ok(Err(*refusal)),
        Err(failure) => Err(visit.sorry(failure)),
    }
}

/// S1's *New link*.
pub(super) async fn new_link(
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
    let mut problems = Problems::default();
    match Name::try_from(pairs.text("name")) {
        Err(error) => problems.add(format!("Please enter a name: {error}."), "name"),
        Ok(name) => {
            let link = LinkId(Uuid::now_v7());
            let command = Command::CreateLink(link, kind, Box::new(Settings::named(name)));
            match ask(&app, &visit, branch_id, command, None).await? {
                Ok(()) => return Ok(see_other(&urls::link_settings(branch_id, link))),
                Err(refusal) => problems.add_general(format!("Nothing was saved: {refusal}.")),
            }
        }
    }
    list(&app, &visit, branch_id, problems).await
}

/// S2.
pub(super) async fn link(
    State(app): State<App>,
    visit: Visit,
    Ids((branch_id, link)): Ids<(Uuid, Uuid)>,
    Asked(pairs): Asked,
) -> Answer {
    let page = link_page(&app, &visit, BranchId(branch_id), LinkId(link), &pairs).await?;
    Ok(Page(StatusCode::OK, page).into_response())
}

fn saved(pairs: &Pairs) -> Option<&'static str> {
    pairs.is_on("saved").then_some("Saved.")
}

async fn link_page(
    app: &App,
    visit: &Visit,
    branch_id: BranchId,
    link: LinkId,
    pairs: &Pairs,
) -> Result<LinkSettingsPage, Sorry> {
    let (branch, _, shell) = branch(app, visit, branch_id).await?;
    let row = app.link(branch_id, link).await.or_sorry(visit)?.or_sorry(visit)?;
    let settled = row.settled().or_sorry(visit)?;
    let settings = &settled.settings;
    let max = match settings.multiple_events {
        MultipleEventBooking::Off => MaxEvents::MAX,
        MultipleEventBooking::UpTo(max) => max,
    };
    Ok(LinkSettingsPage {
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
        lead_hours: (settings.lead.get() / MINUTES).to_string(),
        horizon_days: settings.horizon.get().to_string(),
        allow_multiple: settings.multiple_events != MultipleEventBooking::Off,
        max_events: max.get().to_string(),
        email: settings.email,
        comment: settings.comment,
        consent: settings.consent.clone().unwrap_or_default(),
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
pub(super) async fn save_link(
    State(app): State<App>,
    visit: Visit,
    Ids((branch_id, link)): Ids<(Uuid, Uuid)>,
    Form(pairs): Form,
) -> Answer {
    let (branch_id, link) = (BranchId(branch_id), LinkId(link));
    let mut page = link_page(&app, &visit, branch_id, link, &Pairs::default()).await?;
    let (branch, _, _) = branch(&app, &visit, branch_id).await?;
    page.name = pairs.text("name");
    page.active = pairs.is_on("active");
    page.allow_multiple = pairs.is_on("multiple");
    page.max_events = pairs.last("max").unwrap_or("10").to_owned();
    page.lead_hours = pairs.text("lead");
    page.horizon_days = pairs.text("horizon");
    page.email = field(pairs.last("email"));
    page.comment = field(pairs.last("comment"));
    page.consent = pairs.text("consent");
    page.version = pairs.read("version").unwrap_or(0);

    let mut problems = Problems::default();
    let name = Name::try_from(page.name.clone());
    if name.is_err() {
        problems.add("Please enter a name.", "name");
    }
    let max = number::<MaxEvents>(&page.max_events, 1);
    if max.is_none() {
        problems.add("Please choose a number from 1 to 10.", "max");
    }
    let lead = number::<Notice>(&page.lead_hours, MINUTES);
    if lead.is_none() {
        problems.add("Please enter a number of hours from 0 to 8760.", "lead");
    }
    let horizon = number::<Horizon>(&page.horizon_days, 1);
    if horizon.is_none() {
        problems.add("Please enter a number of days from 1 to 3650.", "horizon");
    }
    if let (Ok(name), Some(max), Some(lead), Some(horizon)) = (name, max, lead, horizon) {
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
        };
        let command = Command::SetUpLink(link, Box::new(settings));
        match ask(&app, &visit, branch_id, command, Some(page.version)).await? {
            Ok(()) => return Ok(see_other(&urls::link_settings(branch_id, link).with("saved", 1))),
            Err(refusal) => {
                return Ok(not_saved(page, &refusal, problems, |page, problems| page.problems = problems));
            }
        }
    }
    page.problems = problems;
    Ok(Page(StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

fn not_saved<P: askama::Template>(
    mut page: P,
    refusal: &Refusal,
    mut problems: Problems,
    tell: impl Fn(&mut P, Problems),
) -> Response {
    let status = match refusal {
        Refusal::Stale { .. } => {
            problems.add_general(
                "Somebody changed this meanwhile, so your change was not saved. Open it again to see it.",
            );
            StatusCode::PRECONDITION_FAILED
        }
        Refusal::Link(refusal) => {
            problems.add_general(format!("Nothing was saved: {refusal}."));
            StatusCode::UNPROCESSABLE_ENTITY
        }
        other => {
            problems.add_general(format!("Nothing was saved: {other}."));
            StatusCode::UNPROCESSABLE_ENTITY
        }
    };
    tell(&mut page, problems);
    Page(status, page).into_response()
}

/// A number in a larger unit as a value in its own.
fn number<T: TryFrom<u32>>(text: &str, unit: u32) -> Option<T> {
    text.trim().parse::<u32>().ok()?.checked_mul(unit).and_then(|number| T::try_from(number).ok())
}

/// S3.
pub(super) async fn rules(
    State(app): State<App>,
    visit: Visit,
    Ids(branch_id): Ids<Uuid>,
    Asked(pairs): Asked,
) -> Answer {
    let page = rules_page(&app, &visit, BranchId(branch_id), &pairs).await?;
    Ok(Page(StatusCode::OK, page).into_response())
}

async fn rules_page(
    app: &App,
    visit: &Visit,
    branch_id: BranchId,
    pairs: &Pairs,
) -> Result<BranchRulesPage, Sorry> {
    let (branch, version, shell) = branch(app, visit, branch_id).await?;
    let links = app.links(branch_id).await.or_sorry(visit)?;
    let is_on = |row: &&projections::links::LinkRow| {
        row.settled().is_some_and(|link| link.settings.multiple_events != MultipleEventBooking::Off)
    };
    let rules = branch.rules();
    let fields = |rule: ChangeRule| ChangeRuleFields {
        allowed: rule.allowed,
        hours: (rule.notice.get() / MINUTES).to_string(),
    };
    Ok(BranchRulesPage {
        shell,
        prepayment: rules.prepayment,
        several_spots: rules.multiple_spots != MultipleSpots::Off,
        max_spots: match rules.multiple_spots {
            MultipleSpots::Off => "4".to_owned(),
            MultipleSpots::UpTo(limit) => limit.get().to_string(),
        },
        cancelling: fields(rules.cancellation),
        rescheduling: fields(rules.rescheduling),
        allow_duplicates: rules.duplicates == Duplicates::Allow,
        version,
        paused_links: links.iter().filter(is_on).count(),
        saved: saved(pairs),
        problems: Problems::default(),
    })
}

/// S3's *Save*.
pub(super) async fn save_rules(
    State(app): State<App>,
    visit: Visit,
    Ids(branch_id): Ids<Uuid>,
    Form(pairs): Form,
) -> Answer {
    let branch_id = BranchId(branch_id);
    let mut page = rules_page(&app, &visit, branch_id, &Pairs::default()).await?;
    page.prepayment = pairs.is_on("prepayment");
    page.several_spots = pairs.is_on("several");
    page.max_spots = pairs.text("spots");
    page.cancelling = ChangeRuleFields { allowed: pairs.is_on("cancel"), hours: pairs.text("cancel_hours") };
    page.rescheduling =
        ChangeRuleFields { allowed: pairs.is_on("reschedule"), hours: pairs.text("reschedule_hours") };
    page.allow_duplicates = pairs.is_on("duplicates");
    page.version = pairs.read("version").unwrap_or(0);

    let mut problems = Problems::default();
    let spots = if page.several_spots {
        let limit = number::<SpotLimit>(&page.max_spots, 1).map(MultipleSpots::UpTo);
        if limit.is_none() {
            problems.add("Please enter a number from 2 to 255.", "spots");
        }
        limit
    } else {
        Some(MultipleSpots::Off)
    };
    let mut rule = |fields: &ChangeRuleFields, id: &str| {
        let notice = number::<Notice>(&fields.hours, MINUTES);
        if notice.is_none() {
            problems.add("Please enter a number of hours from 0 to 8760.", id);
        }
        notice.map(|notice| ChangeRule { allowed: fields.allowed, notice })
    };
    let cancellation = rule(&page.cancelling, "cancel-hours");
    let rescheduling = rule(&page.rescheduling, "reschedule-hours");
    if let (Some(multiple_spots), Some(cancellation), Some(rescheduling)) =
        (spots, cancellation, rescheduling)
    {
        let duplicates = if page.allow_duplicates { Duplicates::Allow } else { Duplicates::Refuse };
        let rules =
            Rules { prepayment: page.prepayment, multiple_spots, cancellation, rescheduling, duplicates };
        match ask(&app, &visit, branch_id, Command::SetRules(rules), Some(page.version)).await? {
            Ok(()) => return Ok(see_other(&urls::branch_rules(branch_id).with("saved", 1))),
            Err(refusal) => {
                return Ok(not_saved(page, &refusal, problems, |page, problems| page.problems = problems));
            }
        }
    }
    page.problems = problems;
    Ok(Page(StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}
