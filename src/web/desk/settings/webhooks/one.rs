//! One webhook: its settings, its secret, what was sent.

use aggregates::ids::BranchId;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::TimeDelta;
use uuid::Uuid;

use super::branch;
use crate::app::App;
use crate::app::reading::Cursor;
use crate::followers::deliveries::{Attempt, Delivery, State as DeliveryState};
use crate::ledger::{from_micros, micros};
use crate::web::api::{paging, webhooks as api};
use crate::web::extract::Ids;
use crate::web::html::{Answer, Asked, Form, OrSorry, Page, Sorry, not_found, see_other};
use crate::web::pages::dates::Calendar;
use crate::web::pages::form::{Choice, Pairs};
use crate::web::pages::language::Language;
use crate::web::pages::problem::Problems;
use crate::web::pages::shell::{Along, StaffShell};
use crate::web::pages::staff::webhooks::{
    AttemptLine, DeleteWebhookPage, DeliveryLine, Kinds, ShownSecret, WebhookPage,
};
use crate::web::pages::urls::{self, Address};
use crate::web::widget::calendar;
use crate::webhooks::{Endpoint, Standing, Wanted, types};

/// How long a secret is shown after it was made.
const SHOWN: TimeDelta = TimeDelta::minutes(10);

/// Deliveries on a page.
const PAGE: usize = 30;

type OneIds = Ids<(BranchId, Uuid)>;

pub(in crate::web::desk) async fn look(
    State(app): State<App>,
    Ids((branch_id, id)): OneIds,
    Asked(pairs): Asked,
) -> Answer {
    let endpoint = find(&app, branch_id, id).await?;
    Ok(Page(StatusCode::OK, page(&app, &endpoint, &pairs).await?).into_response())
}

async fn find(app: &App, branch: BranchId, id: Uuid) -> Result<Endpoint, Sorry> {
    app.endpoints.find(branch, id).await.or_sorry()?.ok_or_else(not_found)
}

async fn page(app: &App, endpoint: &Endpoint, pairs: &Pairs) -> Result<WebhookPage, Sorry> {
    let (branch, _, shell) = branch(app, endpoint.branch, pairs).await?;
    let calendar = calendar(&branch, &app.clock, shell.language);
    let (deliveries, older) = deliveries(app, endpoint, &calendar, pairs).await?;
    let now = app.clock.now();
    let old_until = endpoint.secret_was_until.filter(|until| now < *until);
    Ok(WebhookPage {
        webhook: endpoint.id,
        address: endpoint.url.to_string(),
        url: endpoint.url.to_string(),
        standing: calendar.standing(endpoint),
        active: endpoint.standing == Standing::On,
        everything: endpoint.wanted == Wanted::All,
        kinds: kinds(shell.language, |name| endpoint.wanted.is(name)),
        version: endpoint.version,
        secret: shown_secret(app, endpoint, &calendar)?,
        old_secret: old_until.map(|until| shell.language.of_date("webhook-old-secret", calendar.at(until))),
        deliveries,
        older,
        done: done(&shell, pairs),
        problems: Problems::default(),
        shell,
    })
}

fn done(shell: &StaffShell, pairs: &Pairs) -> Option<String> {
    let name = match pairs.last("done") {
        Some("save") => "saved",
        Some("test") => "webhook-test-sent",
        Some("again") => "webhook-sent-again",
        _ => return None,
    };
    Some(shell.say(name))
}

fn kinds(language: Language, chosen: impl Fn(&str) -> bool) -> Vec<Kinds> {
    let choice =
        |name: &&str| Choice { value: (*name).to_owned(), name: (*name).to_owned(), chosen: chosen(name) };
    let kinds = types().map(|(about, names)| Kinds {
        about: language.facts_about(about),
        names: names.iter().map(choice).collect(),
    });
    kinds.collect()
}

/// The secret, for a while after it was made: nobody has to see it again.
fn shown_secret(app: &App, endpoint: &Endpoint, calendar: &Calendar) -> Result<Option<ShownSecret>, Sorry> {
    let until = endpoint.secret_made_at() + SHOWN;
    if until <= app.clock.now() {
        return Ok(None);
    }
    let secret = app.endpoints.secret(endpoint).or_sorry()?.told();
    let time = calendar.at(until).time();
    let until = calendar.language.say_with("webhook-secret-shown", [("time", time.into())]);
    Ok(Some(ShownSecret { secret, until }))
}

async fn deliveries(
    app: &App,
    endpoint: &Endpoint,
    calendar: &Calendar,
    pairs: &Pairs,
) -> Result<(Vec<DeliveryLine>, Option<Address>), Sorry> {
    let (branch, id) = (endpoint.branch, endpoint.id);
    let after = pairs.last("after").and_then(|cursor| paging::parse(cursor).ok());
    let after = after.map(|cursor| (from_micros(cursor.starts_at), cursor.id));
    let one_more = u32::try_from(PAGE + 1).unwrap_or(u32::MAX);
    let mut found = app.deliveries.of_queue(branch, id, after, one_more).await.or_sorry()?;
    let more = PAGE < found.len();
    found.truncate(PAGE);
    let older = found.last().filter(|_| more).map(|last| {
        let cursor = Cursor { starts_at: micros(last.made_at), id: last.id };
        let page = urls::webhook(branch, id).with("after", paging::write(cursor));
        page.along(&Along::parse(pairs)).at("deliveries")
    });
    let mut attempts = app.deliveries.attempts(branch, &found).await.or_sorry()?;
    let line =
        |delivery: &Delivery| line(delivery, &attempts.remove(&delivery.id).unwrap_or_default(), calendar);
    Ok((found.iter().map(line).collect(), older))
}

fn line(delivery: &Delivery, attempts: &[Attempt], calendar: &Calendar) -> DeliveryLine {
    let attempt = |attempt: &Attempt| AttemptLine {
        at: calendar.at(attempt.at),
        time: attempt.at.with_timezone(&calendar.zone).format("%H:%M:%S").to_string(),
        outcome: calendar.language.outcome(attempt),
        took: calendar.language.milliseconds(attempt.milliseconds),
    };
    DeliveryLine {
        delivery: delivery.id,
        kind: delivery.kind.clone(),
        at: calendar.at(delivery.made_at),
        state: calendar.delivery_state(delivery.state, delivery.due),
        attempts: attempts.iter().map(attempt).collect(),
        ended: delivery.state != DeliveryState::Waiting,
    }
}

/// *Save*.
pub(in crate::web::desk) async fn save(
    State(app): State<App>,
    Ids((branch_id, id)): OneIds,
    Form(pairs): Form,
) -> Answer {
    let was = find(&app, branch_id, id).await?;
    let mut page = page(&app, &was, &pairs.without_fields()).await?;
    let language = page.shell.language;
    let mut problems = Problems::default();
    let url = app.reach.parse(&pairs.text("url"));
    if let Err(error) = &url {
        problems.add(language.bad_address(*error), "url");
    }
    let everything = pairs.last("what") != Some("only");
    let wanted =
        if everything { Ok(Wanted::All) } else { Wanted::only(pairs.all("type").map(str::to_owned)) };
    if wanted.is_err() {
        problems.add(language.say("webhook-types-none"), "what");
    }
    let standing = match was.standing {
        Standing::Disabled(because) if !pairs.is_on("active") => Standing::Disabled(because),
        _ if pairs.is_on("active") => Standing::On,
        _ => Standing::Off,
    };
    page.url = pairs.text("url");
    page.active = pairs.is_on("active");
    page.everything = everything;
    page.kinds = kinds(language, |name| pairs.all("type").any(|ticked| ticked == name));
    let (Ok(url), Ok(wanted)) = (url, wanted) else {
        page.problems = problems;
        return Ok(Page(StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let next = Endpoint { url, wanted, standing, ..was.clone() };
    if pairs.read("version") != Some(was.version)
        || app.endpoints.change(&was, next, app.clock.now()).await.or_sorry()?.is_none()
    {
        return Ok(stale(page));
    }
    Ok(back(&was, &pairs, "save"))
}

/// Somebody was faster: what was typed stays, to be looked at beside what is there now.
fn stale(mut page: WebhookPage) -> Response {
    let language = page.shell.language;
    let changed = language.say("changed-meanwhile");
    page.problems.add_general(format!("{changed} {}", language.say("open-again")));
    Page(StatusCode::PRECONDITION_FAILED, page).into_response()
}

fn back(endpoint: &Endpoint, pairs: &Pairs, done: &str) -> Response {
    let page = urls::webhook(endpoint.branch, endpoint.id).with("done", done);
    see_other(&page.along(&Along::parse(pairs)))
}

/// *Make a new secret*.
pub(in crate::web::desk) async fn renew_secret(
    State(app): State<App>,
    Ids((branch_id, id)): OneIds,
    Form(pairs): Form,
) -> Answer {
    let was = find(&app, branch_id, id).await?;
    if pairs.read("version") != Some(was.version)
        || app.endpoints.rotate(&was, app.clock.now()).await.or_sorry()?.is_none()
    {
        return Ok(stale(page(&app, &was, &pairs.without_fields()).await?));
    }
    Ok(back(&was, &pairs, "secret"))
}

/// *Send a test event*.
pub(in crate::web::desk) async fn test(
    State(app): State<App>,
    Ids((branch_id, id)): OneIds,
    Form(pairs): Form,
) -> Answer {
    let endpoint = find(&app, branch_id, id).await?;
    api::test(&app, &endpoint).await?;
    Ok(back(&endpoint, &pairs, "test"))
}

/// *Send again*.
pub(in crate::web::desk) async fn send_again(
    State(app): State<App>,
    Ids((branch_id, id, delivery)): Ids<(BranchId, Uuid, Uuid)>,
    Form(pairs): Form,
) -> Answer {
    let endpoint = find(&app, branch_id, id).await?;
    api::redeliver(&app, branch_id, id, delivery).await?;
    Ok(back(&endpoint, &pairs, "again"))
}

pub(in crate::web::desk) async fn ask_to_delete(
    State(app): State<App>,
    Ids((branch_id, id)): OneIds,
    Asked(pairs): Asked,
) -> Answer {
    let endpoint = find(&app, branch_id, id).await?;
    let page = delete_page(&app, &endpoint, &pairs, Problems::default()).await?;
    Ok(Page(StatusCode::OK, page).into_response())
}

async fn delete_page(
    app: &App,
    endpoint: &Endpoint,
    pairs: &Pairs,
    problems: Problems,
) -> Result<DeleteWebhookPage, Sorry> {
    let (_, _, shell) = branch(app, endpoint.branch, pairs).await?;
    let (address, version) = (endpoint.url.to_string(), endpoint.version);
    Ok(DeleteWebhookPage { shell, webhook: endpoint.id, address, version, problems })
}

/// *Delete webhook*.
pub(in crate::web::desk) async fn delete(
    State(app): State<App>,
    Ids((branch_id, id)): OneIds,
    Form(pairs): Form,
) -> Answer {
    let endpoint = find(&app, branch_id, id).await?;
    let seen = pairs.read("version") == Some(endpoint.version);
    if !seen || !app.endpoints.remove(&endpoint).await.or_sorry()? {
        let mut problems = Problems::default();
        problems.add_general(pairs.language().say("changed-meanwhile"));
        let page = delete_page(&app, &endpoint, &pairs, problems).await?;
        return Ok(Page(StatusCode::PRECONDITION_FAILED, page).into_response());
    }
    app.deliveries.forget_queue(branch_id, id).await.or_sorry()?;
    Ok(see_other(&urls::webhooks(branch_id).with("done", "delete").along(&Along::parse(&pairs))))
}
