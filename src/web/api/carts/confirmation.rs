//! The confirmation of a cart, and what it would do.

use aggregates::cart::{Mode, Seen};
use aggregates::ids::{BranchId, CartId};
use aggregates::values::{Country, Name};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::app::booking::Asked;
use crate::app::proving::WouldConfirm;
use crate::capability::{Kind, Token};
use crate::codes::Code;
use crate::command::{Answer, Confirmed, Reply};
use crate::contact::{self, Contact, Phone};
use crate::web::api;
use crate::web::api::asking::{self, Client};
use crate::web::api::refusals::Asking;
use crate::web::api::views::Shown;
use crate::web::api::whole::whole_or_none;
use crate::web::extract::{Ids, Json, Wrong};
use crate::web::problem::{Item, Problem};
use crate::web::turnstile::Turnstile;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(dry_run_confirmation)).routes(routes!(confirm_multi_booking))
}

/// Contact details, once for all events of the cart.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Confirm {
    #[schema(example = "Anna Berg", max_length = 200)]
    name: String,
    /// In local or international form.
    #[schema(example = "+49 30 23125014")]
    phone: String,
    email: Option<String>,
    #[schema(max_length = 2000)]
    comment: Option<String>,
    #[serde(default)]
    mode: ModeBody,
    /// Book with a membership where the service leaves the choice.
    #[serde(default)]
    with_membership: bool,
    /// The version of the consent text that the client agreed to.
    #[serde(default, deserialize_with = "whole_or_none")]
    consent_version: Option<u32>,
    /// What the client was shown: `seen` of the cart.
    seen: Option<Shown>,
    /// The six digits that `send_phone_code` sent, where the link asks for them. Once they were right they need not come
    /// along again for this cart and number until they end.
    #[schema(example = "042042")]
    code: Option<String>,
    /// In which messages are written to the client; that of the booking link, or English, if left out.
    language: Option<LanguageBody>,
}

/// A language of messages (ISO 639-1).
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = Language)]
enum LanguageBody {
    En,
    De,
    Es,
    Ru,
}

impl LanguageBody {
    fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
            Self::Es => "es",
            Self::Ru => "ru",
        }
    }
}

/// What happens if not everything can be booked.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Mode)]
enum ModeBody {
    /// Then nothing is booked.
    #[default]
    AllOrNothing,
    /// Then the rest is booked.
    BestEffort,
}

/// What one confirmation booked.
#[derive(Debug, Serialize, ToSchema)]
struct Confirmation {
    cart_id: Uuid,
    /// The result page; keep it private, it opens the appointments.
    result_url: String,
    appointments: Vec<BookedItem>,
    /// What a `best_effort` confirmation could not book.
    refused: Vec<Item>,
}

#[derive(Debug, Serialize, ToSchema)]
struct BookedItem {
    appointment_id: Uuid,
    activity_id: Uuid,
    starts_at: chrono::DateTime<chrono::Utc>,
    spots: u32,
    /// To say on the telephone.
    reference: String,
    /// Opens this appointment: send it as `Authorization: Bearer`.
    token: String,
    /// The page of this appointment.
    url: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct DryRun {
    /// Whether a confirmation would be accepted now, with a code if one is needed.
    accepted: bool,
    /// The link asks for a code, which `send_phone_code` sends. Until then it is judged as for a client of whom nothing is
    /// known, so that nobody learns what a number has booked.
    phone_code_needed: bool,
    items: Vec<Item>,
}

/// Contact details as typed, or every field that is wrong with them.
pub(crate) fn parse_contact(
    name: String,
    phone: &str,
    email: Option<&str>,
    comment: Option<String>,
    country: Country,
) -> Result<Contact, Wrong> {
    const LONGEST_COMMENT: usize = 2000;
    let mut wrong = Wrong::default();
    let name = wrong.take("/name", "invalid-name", Name::try_from(name));
    let phone = wrong.take("/phone", "invalid-phone", Phone::parse(phone, country));
    let email = email.map(str::trim).filter(|email| !email.is_empty()).and_then(|email| {
        wrong.take(
            "/email",
            "invalid-email",
            contact::email(email).ok_or("this e-mail address looks incomplete"),
        )
    });
    let comment = comment.map(|comment| comment.trim().to_owned()).filter(|comment| !comment.is_empty());
    if comment.as_ref().is_some_and(|comment| LONGEST_COMMENT < comment.chars().count()) {
        wrong.note("/comment", "too-long", format!("a comment has up to {LONGEST_COMMENT} characters"));
    }
    match (name, phone) {
        (Some(name), Some(phone)) if wrong.is_empty() => Ok(Contact { name, phone, email, comment }),
        _ => Err(wrong),
    }
}

pub(super) async fn asked(app: &App, branch: BranchId, body: Confirm) -> Result<Asked, Problem> {
    let country = api::country(&api::branch(app, branch).await?)?;
    let contact = parse_contact(body.name, &body.phone, body.email.as_deref(), body.comment, country);
    let code = body.code.map(|code| code.parse::<Code>()).transpose();
    let (contact, code) = match (contact, code) {
        (Ok(contact), Ok(code)) => (contact, code),
        (contact, code) => {
            let mut wrong = contact.err().unwrap_or_default();
            wrong.take("/code", "invalid-code", code);
            return Err(wrong.problem());
        }
    };
    Ok(Asked {
        contact,
        mode: match body.mode {
            ModeBody::AllOrNothing => Mode::AllOrNothing,
            ModeBody::BestEffort => Mode::BestEffort,
        },
        with_membership: body.with_membership,
        consent: body.consent_version,
        seen: body.seen.map(Seen::from),
        code,
        language: body.language.map(|language| language.code().to_owned()),
    })
}

/// Judges a confirmation as if it were sent now, and changes nothing.
#[utoipa::path(
    post,
    path = "/api/v1/branches/{branch}/carts/{cart}/confirmation/dry-run",
    operation_id = "dry_run_confirmation",
    tag = "widget",
    params(("branch" = Uuid, Path), ("cart" = Uuid, Path)),
    security(("token" = [])),
    request_body = Confirm,
    responses((status = 200, body = DryRun), Asking)
)]
async fn dry_run_confirmation(
    client: Client,
    Ids((branch, cart)): Ids<(BranchId, CartId)>,
    Json(body): Json<Confirm>,
) -> Result<axum::Json<DryRun>, Problem> {
    client.opens(branch, Kind::Cart, cart.0).await?;
    let asked = asked(client.app(), branch, body).await?;
    let mode = asked.mode;
    let would = client.app().try_confirmation(client.caller(), branch, cart, asked).await?;
    let WouldConfirm { reply, code_needed } = would;
    let Answer::WouldConfirm(outcomes) = reply.answer else {
        return Err(Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "a dry run was not dry"));
    };
    let bookable = outcomes.iter().filter(|outcome| outcome.obstacle.is_none()).count();
    let accepted = match mode {
        Mode::AllOrNothing => bookable == outcomes.len(),
        Mode::BestEffort => 0 < bookable,
    };
    Ok(axum::Json(DryRun {
        accepted,
        phone_code_needed: code_needed,
        items: outcomes.iter().map(Item::from).collect(),
    }))
}

/// Books everything in the cart at once. Safe to retry with the same key: nothing is booked twice, and the answer is
/// the same.
///
/// Where the link asks for a code (`phone_code`), it comes along as `code`: without it the answer is 422
/// `phone-code-needed`; with another one `phone-code-wrong`, `phone-code-ended` after ten minutes, or `phone-code-closed`
/// after five wrong ones. `send_phone_code` sends it. The code is no part of what the key stands for, and once the cart is
/// confirmed none is asked for.
#[utoipa::path(
    put,
    path = "/api/v1/branches/{branch}/carts/{cart}/confirmation",
    operation_id = "confirm_multi_booking",
    tag = "widget",
    params(
        ("branch" = Uuid, Path),
        ("cart" = Uuid, Path),
        ("Idempotency-Key" = String, Header, min_length = 1, max_length = 255, pattern = "^[!-~]([ -~]*[!-~])?$", description = "1 to 255 printable ASCII characters, unique within the cart")
    ),
    security(("token" = [])),
    request_body = Confirm,
    responses((status = 200, body = Confirmation, headers(("Idempotency-Replayed" = String))), Asking)
)]
async fn confirm_multi_booking(
    client: Client,
    turnstile: Turnstile,
    Ids((branch, cart)): Ids<(BranchId, CartId)>,
    Json(body): Json<Confirm>,
) -> Result<impl IntoResponse, Problem> {
    client.opens(branch, Kind::Cart, cart.0).await?;
    let Some(key) = client.key()? else {
        let detail = "send an Idempotency-Key, so that a retry books nothing twice";
        return Err(Problem::new(StatusCode::BAD_REQUEST, "idempotency-key-required", detail));
    };
    let asked = asked(client.app(), branch, body).await?;
    if asked.code.is_some() {
        turnstile.attempt()?;
    }
    let reply = match client.app().confirm(client.caller(), branch, cart, key, asked).await {
        Ok(reply) => reply,
        Err(why) => return Err(with_result(client.app(), branch, cart, why.into()).await),
    };
    let Reply { answer: Answer::Confirmed(confirmed), replayed, .. } = reply else {
        return Err(Problem::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "a confirmation did not confirm",
        ));
    };
    let header = asking::replayed(replayed);
    Ok((axum::response::AppendHeaders(header), axum::Json(Confirmation::from(confirmed))))
}

/// Whoever holds the cart and finds it confirmed is told where its result is.
async fn with_result(app: &App, branch: BranchId, cart: CartId, problem: Problem) -> Problem {
    if problem.code != "already-confirmed" {
        return problem;
    }
    match app.tokens_of(branch, cart).await {
        Ok(Some(tokens)) => Problem { location: Some(page(&tokens.result)), ..problem },
        _ => problem,
    }
}

fn page(token: &Token) -> String {
    format!("/m/{token}")
}

impl From<Confirmed> for Confirmation {
    fn from(confirmed: Confirmed) -> Self {
        Self {
            cart_id: confirmed.cart.0,
            result_url: page(&confirmed.result),
            appointments: confirmed
                .booked
                .into_iter()
                .map(|booked| BookedItem {
                    appointment_id: booked.appointment.0,
                    activity_id: booked.activity.0,
                    starts_at: booked.starts_at,
                    spots: booked.spots.into(),
                    reference: booked.appointment.reference(),
                    url: page(&booked.token),
                    token: booked.token.to_string(),
                })
                .collect(),
            refused: confirmed.refused.iter().map(Item::from).collect(),
        }
    }
}
