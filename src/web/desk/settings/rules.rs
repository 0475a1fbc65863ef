//! S3: the rules for all links of a branch, and who the studio is.

use aggregates::branch::{Details, Duplicates, Rules};
use aggregates::change_rules::ChangeRule;
use aggregates::ids::BranchId;
use aggregates::values::{Country, MultipleEventBooking, MultipleSpots, Name, Notice, SpotLimit};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use uuid::Uuid;

use super::{after_save, ask, branch, hours, lines, not_saved, notice, number, saved};
use crate::app::App;
use crate::audit::branch_saves;
use crate::command::Command;
use crate::web::extract::Ids;
use crate::web::html::{Answer, Asked, Form, OrSorry, Page, Sorry, Visit};
use crate::web::pages::form::Pairs;
use crate::web::pages::language::Language;
use crate::web::pages::problem::Problems;
use crate::web::pages::staff::settings::{BranchRulesPage, ChangeRuleFields, StudioFields};
use crate::web::pages::urls;
use crate::web::widget::calendar;

/// S3.
pub(in crate::web::desk) async fn look(
    State(app): State<App>,
    Ids(branch_id): Ids<Uuid>,
    Asked(pairs): Asked,
) -> Answer {
    let page = page(&app, BranchId(branch_id), &pairs).await?;
    Ok(Page(StatusCode::OK, page).into_response())
}

async fn page(app: &App, branch_id: BranchId, pairs: &Pairs) -> Result<BranchRulesPage, Sorry> {
    let (branch, version, shell) = branch(app, branch_id, pairs).await?;
    let links = app.links(branch_id).await.or_sorry()?;
    let is_on = |row: &&projections::links::LinkRow| {
        row.settled().is_some_and(|link| link.settings.multiple_events != MultipleEventBooking::Off)
    };
    let rules = branch.rules();
    let fields = |rule: ChangeRule| ChangeRuleFields { allowed: rule.allowed, hours: hours(rule.notice) };
    let saves = branch_saves(app.ledger.as_ref(), branch_id).await.or_sorry()?;
    // What was added to the catalogue or the team is no rule.
    let of_rules = saves.iter().filter(|save| save.changes.iter().any(|change| change.of.is_none()));
    Ok(BranchRulesPage {
        saves: lines(of_rules, &calendar(&branch, &app.clock, pairs.language())),
        shell,
        prepayment: rules.prepayment,
        several_spots: rules.multiple_spots != MultipleSpots::Off,
        max_spots: match rules.multiple_spots {
            MultipleSpots::Off => "4".to_owned(),
            MultipleSpots::UpTo(limit) => limit.get().to_string(),
        },
        cancelling: fields(rules.cancellation),
        rescheduling: fields(rules.rescheduling),
        reminder: ChangeRuleFields {
            allowed: rules.reminder.is_some(),
            hours: rules.reminder.map_or_else(|| "24".to_owned(), hours),
        },
        sends_messages: app.messenger.is_some(),
        studio: branch.details().map(studio).unwrap_or_default(),
        allow_duplicates: rules.duplicates == Duplicates::Allow,
        version,
        paused_links: links.iter().filter(is_on).count(),
        saved: saved(pairs),
        problems: Problems::default(),
    })
}

fn studio(details: &Details) -> StudioFields {
    let line = |line: &Option<Name>| line.as_ref().map_or_else(String::new, ToString::to_string);
    StudioFields {
        name: details.name.to_string(),
        address: line(&details.address),
        phone: line(&details.phone),
        time_zone: details.time_zone.name().to_owned(),
        country: details.country.into(),
    }
}

/// What was meant, or `None` with a problem for each field that cannot be read.
fn details(typed: &StudioFields, problems: &mut Problems, language: Language) -> Option<Details> {
    let name = Name::try_from(typed.name.clone()).ok();
    if name.is_none() {
        problems.add(language.say("enter-name"), "studio");
    }
    let mut line = |text: &str, field: &str| {
        let line = (!text.trim().is_empty()).then(|| Name::try_from(text.to_owned())).transpose().ok();
        if line.is_none() {
            problems.add(language.say("line-please"), field);
        }
        line
    };
    let (address, phone) = (line(&typed.address, "address"), line(&typed.phone, "phone"));
    let time_zone = typed.time_zone.parse().ok();
    if time_zone.is_none() {
        problems.add(language.say("time-zone-please"), "time-zone");
    }
    let country = Country::try_from(typed.country.trim().to_uppercase()).ok();
    if country.is_none() {
        problems.add(language.say("country-please"), "country");
    }
    Some(Details { name: name?, time_zone: time_zone?, country: country?, address: address?, phone: phone? })
}

/// S3's *Save*.
pub(in crate::web::desk) async fn save(
    State(app): State<App>,
    visit: Visit,
    Ids(branch_id): Ids<Uuid>,
    Form(pairs): Form,
) -> Answer {
    let branch_id = BranchId(branch_id);
    let mut page = page(&app, branch_id, &pairs.without_fields()).await?;
    page.prepayment = pairs.is_on("prepayment");
    page.several_spots = pairs.is_on("several");
    page.max_spots = pairs.text("spots");
    page.cancelling = ChangeRuleFields { allowed: pairs.is_on("cancel"), hours: pairs.text("cancel_hours") };
    page.rescheduling =
        ChangeRuleFields { allowed: pairs.is_on("reschedule"), hours: pairs.text("reschedule_hours") };
    page.allow_duplicates = pairs.is_on("duplicates");
    page.reminder.allowed = pairs.is_on("remind");
    if let Some(hours) = pairs.last("remind_hours") {
        hours.clone_into(&mut page.reminder.hours);
    }
    // A form without these fields is not about them.
    if pairs.last("studio").is_some() {
        page.studio = StudioFields {
            name: pairs.text("studio"),
            address: pairs.text("address"),
            phone: pairs.text("phone"),
            time_zone: pairs.text("time_zone"),
            country: pairs.text("country"),
        };
    }
    page.version = pairs.read("version").unwrap_or(0);

    let language = pairs.language();
    let mut problems = Problems::default();
    let spots = if page.several_spots {
        let limit = number::<SpotLimit>(&page.max_spots).map(MultipleSpots::UpTo);
        if limit.is_none() {
            problems.add(language.say("number-2-to-255"), "spots");
        }
        limit
    } else {
        Some(MultipleSpots::Off)
    };
    let mut rule = |fields: &ChangeRuleFields, id: &str| {
        let notice = notice(&fields.hours);
        if notice.is_none() {
            problems.add(language.say("hours-0-to-8760"), id);
        }
        notice.map(|notice| ChangeRule { allowed: fields.allowed, notice })
    };
    let cancellation = rule(&page.cancelling, "cancel-hours");
    let rescheduling = rule(&page.rescheduling, "reschedule-hours");
    let reminder = match notice(&page.reminder.hours).filter(|lead| Notice::MIN < *lead) {
        _ if !page.reminder.allowed => Some(None),
        Some(lead) => Some(Some(lead)),
        None => {
            problems.add(language.say("hours-1-to-8760"), "remind-hours");
            None
        }
    };
    let details = details(&page.studio, &mut problems, language);
    if let (Some(multiple_spots), Some(cancellation), Some(rescheduling), Some(reminder), Some(details)) =
        (spots, cancellation, rescheduling, reminder, details)
    {
        let duplicates = if page.allow_duplicates { Duplicates::Allow } else { Duplicates::Refuse };
        let prepayment = page.prepayment;
        let rules = Rules { prepayment, multiple_spots, cancellation, rescheduling, duplicates, reminder };
        let command = Command::SaveBranch(Box::new(details), rules);
        match ask(&app, &visit, branch_id, command, Some(page.version)).await? {
            Ok(version) => {
                return Ok(after_save(urls::branch_rules(branch_id), page.version, version, &pairs));
            }
            Err(refusal) => {
                return Ok(not_saved(language, page, &refusal, problems, |page, problems| {
                    page.problems = problems;
                }));
            }
        }
    }
    page.problems = problems;
    Ok(Page(StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}
