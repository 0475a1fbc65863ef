//! The JSON API, version 1. `openapi.json` is made from this code and says the rest.

pub(crate) mod appointments;
mod asking;
pub(crate) mod carts;
mod clients;
pub(crate) mod events;
mod follows;
mod history;
mod journal;
pub(crate) mod paging;
mod refusals;
mod refused;
mod schedule;
pub(crate) mod studio;
pub mod views;
pub(crate) mod webhooks;
pub mod whole;

use aggregates::ids::BranchId;
use aggregates::values::Country;
use axum::Router;
use axum::http::StatusCode;
use projections::branches::BranchRow;
use utoipa::openapi::path::Operation;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{ContentBuilder, Ref, RefOr, ResponseBuilder};
use utoipa::{IntoResponses, OpenApi};
use utoipa_axum::router::OpenApiRouter;

use self::refusals::{Sending, TooOften};
use super::problem::Problem;
use crate::app::App;

/// Books several group events in one go. Times are RFC 3339; errors are problem details (RFC 9457) with stable codes.
#[derive(OpenApi)]
#[openapi(
    info(title = "Cartwheel", license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")),
    modifiers(&Tokens),
    components(schemas(crate::web::problem::Body)),
    tags(
        (name = "widget", description = "For clients and their widgets; carts and appointments open with their own token."),
        (name = "journal", description = "For staff, on the staff listener."),
        (name = "studio", description = "Settings, for staff, on the staff listener."),
        (name = "integrations", description = "Webhooks, for staff, on the staff listener.")
    )
)]
struct Document;

struct Tokens;

impl utoipa::Modify for Tokens {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let token = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("The token of a cart or an appointment: 43 characters."));
        let staff = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(
            "An API token of the branch: cw_ and 43 characters. A session of staff will do too.",
        ));
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("token", SecurityScheme::Http(token.build()));
        components.add_security_scheme(STAFF, SecurityScheme::Http(staff.build()));
    }
}

fn for_clients() -> OpenApiRouter<App> {
    events::routes().merge(carts::routes()).merge(appointments::routes())
}

fn for_staff() -> OpenApiRouter<App> {
    journal::routes()
        .merge(clients::routes())
        .merge(refused::routes())
        .merge(history::routes())
        .merge(schedule::routes())
        .merge(studio::routes())
        .merge(webhooks::routes())
}

/// A branch that is there.
async fn branch(app: &App, id: BranchId) -> Result<BranchRow, Problem> {
    app.branch(id).await?.ok_or_else(|| Problem::not_found("branch"))
}

/// How its clients write telephone numbers.
fn country(branch: &BranchRow) -> Result<Country, Problem> {
    Ok(branch.branch.details().ok_or_else(|| Problem::not_found("branch"))?.country)
}

/// Routes of the public listener.
pub(super) fn public() -> Router<App> {
    for_clients().into()
}

/// Routes of the staff listener.
pub(super) fn staff() -> Router<App> {
    for_staff().into()
}

/// The whole API as an `OpenAPI` 3.1 document.
#[must_use]
pub fn openapi_json() -> String {
    let (_, mut document) = OpenApiRouter::with_openapi(Document::openapi())
        .merge(for_clients())
        .merge(for_staff())
        .split_for_parts();
    follows::link(&mut document);
    for operation in operations(&mut document) {
        say_who_may(operation);
        if operation.request_body.is_some() {
            operation.responses.responses.extend(Sending::responses());
        }
        // Whatever is asked for, it can have been asked for too often.
        for (status, answer) in TooOften::responses() {
            operation.responses.responses.entry(status).or_insert(answer);
        }
        describe_answers(operation);
    }
    document.to_pretty_json().unwrap_or_default()
}

/// How staff and their programs show who they are.
const STAFF: &str = "staff";

/// What staff are asked for, the same for all of theirs. On this machine nothing is, before there is any sign-in.
fn say_who_may(operation: &mut Operation) {
    if operation.tags.iter().flatten().any(|tag| tag == "widget") {
        return;
    }
    let problem = || ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    let asked = [SecurityRequirement::default(), SecurityRequirement::new(STAFF, [] as [&str; 0])];
    operation.security = Some(asked.into());
    for (status, why) in [
        ("401", "Nobody is signed in, and no token is shown that works."),
        ("403", "The role does not include this."),
    ] {
        let answer = ResponseBuilder::new().description(why).content("application/problem+json", problem());
        operation.responses.responses.insert(status.to_owned(), answer.build().into());
    }
}

fn operations(document: &mut utoipa::openapi::OpenApi) -> impl Iterator<Item = &mut Operation> {
    let paths = document.paths.paths.values_mut();
    paths.flat_map(|path| [&mut path.get, &mut path.put, &mut path.post, &mut path.delete]).flatten()
}

/// The standard asks for a description of every answer; where the code has none, the status says it.
fn describe_answers(operation: &mut Operation) {
    for (status, answer) in &mut operation.responses.responses {
        if let RefOr::T(answer) = answer
            && answer.description.is_empty()
            && let Ok(status) = status.parse::<StatusCode>()
        {
            status.canonical_reason().unwrap_or_default().clone_into(&mut answer.description);
        }
    }
}
