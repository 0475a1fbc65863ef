//! The catalogue: services, each saved on its own.

use aggregates::branch::{MembershipBooking, Service};
use aggregates::ids::{BranchId, ServiceId};
use aggregates::values::{Currency, Duration, Money, Name};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use projections::settings::What;
use uuid::Uuid;

use super::{after_save, ask, branch, lines, not_saved, number, saved};
use crate::app::App;
use crate::audit::branch_saves;
use crate::command::Command;
use crate::web::extract::Ids;
use crate::web::html::{Answer, Asked, Form, OrSorry, Page, Sorry, Visit};
use crate::web::pages::form::Pairs;
use crate::web::pages::problem::Problems;
use crate::web::pages::staff::studio::{CataloguePage, ServiceForm};
use crate::web::pages::urls;
use crate::web::widget::calendar;

pub(in crate::web::desk) async fn look(
    State(app): State<App>,
    Ids(branch_id): Ids<BranchId>,
    Asked(pairs): Asked,
) -> Answer {
    Ok(Page(StatusCode::OK, page(&app, branch_id, &pairs).await?).into_response())
}

async fn page(app: &App, branch_id: BranchId, pairs: &Pairs) -> Result<CataloguePage, Sorry> {
    let (branch, version, shell) = branch(app, branch_id, pairs).await?;
    let saves = branch_saves(app.ledger.as_ref(), branch_id).await.or_sorry()?;
    let of_services =
        saves.iter().filter(|save| save.changes.iter().any(|change| change.what == What::Service));
    let mut services: Vec<_> = branch.services().iter().map(|(id, service)| form(*id, service)).collect();
    services.sort_by(|one, other| one.name.cmp(&other.name));
    let currency = services.iter().map(|it| it.currency.clone()).find(|it| !it.is_empty());
    services.push(ServiceForm {
        service: None,
        name: String::new(),
        duration: "60".to_owned(),
        price: String::new(),
        currency: currency.unwrap_or_else(|| "EUR".to_owned()),
        membership: MembershipBooking::Off,
        prepaid: false,
    });
    Ok(CataloguePage {
        saves: lines(of_services, &calendar(&branch, &app.clock, shell.language)),
        saved: saved(pairs),
        shell,
        services,
        version,
        problems: Problems::default(),
    })
}

fn form(id: ServiceId, service: &Service) -> ServiceForm {
    ServiceForm {
        service: Some(id),
        name: service.name.to_string(),
        duration: service.duration.get().to_string(),
        price: service.price.map_or_else(String::new, |price| price.amount()),
        currency: service.price.map_or_else(String::new, |price| price.currency.into()),
        membership: service.membership_booking,
        prepaid: service.prepayment_required,
    }
}

fn typed(pairs: &Pairs) -> ServiceForm {
    ServiceForm {
        service: pairs.read("service"),
        name: pairs.text("name"),
        duration: pairs.text("duration"),
        price: pairs.text("price"),
        currency: pairs.text("currency").trim().to_uppercase(),
        membership: match pairs.last("membership") {
            Some("optional") => MembershipBooking::Optional,
            Some("required") => MembershipBooking::Required,
            _ => MembershipBooking::Off,
        },
        prepaid: pairs.is_on("prepaid"),
    }
}

/// What was meant, or `None` with a problem for each field that cannot be read.
fn read(form: &ServiceForm, problems: &mut Problems, say: impl Fn(&str) -> String) -> Option<Service> {
    let field = |name: &str| format!("{name}-{}", form.key());
    let name = Name::try_from(form.name.clone());
    if name.is_err() {
        problems.add(say("enter-name"), field("name"));
    }
    let duration = number::<Duration>(&form.duration);
    if duration.is_none() {
        problems.add(say("enter-minutes"), field("duration"));
    }
    let price = if form.price.trim().is_empty() {
        Ok(None)
    } else {
        match Currency::try_from(form.currency.clone()) {
            Ok(currency) => Money::typed(&form.price, currency).map(Some).map_err(|_| "enter-amount"),
            Err(_) => Err("enter-currency"),
        }
    };
    if let Err(name) = price {
        problems.add(say(name), field("price"));
    }
    let (Ok(name), Some(duration), Ok(price)) = (name, duration, price) else { return None };
    Some(Service {
        name,
        duration,
        price,
        prepayment_required: form.prepaid,
        membership_booking: form.membership,
    })
}

/// *Save* of one service, and *Add service*.
pub(in crate::web::desk) async fn save(
    State(app): State<App>,
    visit: Visit,
    Ids(branch_id): Ids<BranchId>,
    Form(pairs): Form,
) -> Answer {
    let mut page = page(&app, branch_id, &pairs.without_fields()).await?;
    let typed = typed(&pairs);
    if let Some(shown) = page.services.iter_mut().find(|it| it.service == typed.service) {
        *shown = typed.clone();
    }
    page.version = pairs.read("version").unwrap_or(0);
    let mut problems = Problems::default();
    if let Some(service) = read(&typed, &mut problems, |name| page.shell.language.say(name)) {
        let id = typed.service.unwrap_or_else(|| ServiceId(Uuid::now_v7()));
        match ask(&app, &visit, branch_id, Command::SetService(id, service), Some(page.version)).await? {
            Ok(version) => {
                return Ok(after_save(urls::catalogue(branch_id), page.version, version, &pairs));
            }
            Err(refusal) => {
                let language = page.shell.language;
                return Ok(not_saved(language, page, &refusal, problems, |page, problems| {
                    page.problems = problems;
                }));
            }
        }
    }
    page.problems = problems;
    Ok(Page(StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}
