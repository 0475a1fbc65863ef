//! What a link offers: its settings, its events, and *Book another*.

use aggregates::booking_link::Kind;
use aggregates::cart::CartTerms;
use aggregates::ids::{ActivityId, BranchId, LinkId, ServiceId, TeamMemberId};
use aggregates::values::Spots;
use axum::extract::State;
use axum::http::Uri;
use axum::http::uri::PathAndQuery;
use axum::response::Response;
use chrono::{DateTime, Utc, Weekday};
use projections::availability::AvailabilityRow;
use projections::book_another::{self, book_another, falls_on};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::paging::{self, Limit, Page};
use super::views::{Activity, Consent, MultipleEvents, PublicLink, spot_limit, zone_name};
use crate::app::App;
use crate::app::reading::Events;
use crate::web::api::refusals::Reading;
use crate::web::extract::{Ids, Query};
use crate::web::problem::Problem;
use crate::web::shop::Shop;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_link)).routes(routes!(list_events)).routes(routes!(get_offer))
}

/// The settings of a booking link, as its clients need them.
#[utoipa::path(
    get,
    path = "/api/v1/branches/{branch}/links/{link}",
    operation_id = "get_link",
    tag = "widget",
    params(("branch" = Uuid, Path), ("link" = Uuid, Path)),
    responses((status = 200, body = PublicLink), Reading)
)]
async fn get_link(
    State(app): State<App>,
    Ids((branch, link)): Ids<(Uuid, Uuid)>,
) -> Result<axum::Json<PublicLink>, Problem> {
    let shop = Shop::find(&app, BranchId(branch), LinkId(link)).await?;
    let terms = CartTerms::new(shop.branch.rules(), &shop.link, app.clock.now());
    let settings = &shop.link.settings;
    let rules = shop.branch.rules();
    let details = shop.branch.details();
    Ok(axum::Json(PublicLink {
        link_id: shop.link_id.0,
        name: settings.name.to_string(),
        closed: !terms.active,
        studio: details.map_or_else(String::new, |details| details.name.to_string()),
        address: details.and_then(|details| details.address.as_ref()).map(ToString::to_string),
        phone: details.and_then(|details| details.phone.as_ref()).map(ToString::to_string),
        time_zone: zone_name(&shop.branch),
        limit: terms.limit().into(),
        multiple_event_booking: MultipleEvents::from(settings.multiple_events),
        prepayment: rules.prepayment,
        max_spots: spot_limit(rules.multiple_spots),
        email: settings.email.into(),
        comment: settings.comment.into(),
        consent: Consent::of(&shop.link),
        phone_code: settings.phone_code,
        cancellation: rules.cancellation.into(),
        rescheduling: rules.rescheduling.into(),
    }))
}

/// Which events of a link.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct EventsQuery {
    service_id: Option<Uuid>,
    team_member_id: Option<Uuid>,
    /// Only events that start at this moment or later.
    from: Option<DateTime<Utc>>,
    /// Only events that start before this moment.
    before: Option<DateTime<Utc>>,
    /// ISO 8601: 1 is Monday, 7 is Sunday, on the branch's calendar.
    #[param(minimum = 1, maximum = 7)]
    weekday: Option<u8>,
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// The `next_cursor` of the page before.
    #[param(format = "cursor")]
    cursor: Option<String>,
}

/// The events that a link lists: bookable ones, and sold-out ones, which are marked.
#[utoipa::path(
    get,
    path = "/api/v1/branches/{branch}/links/{link}/activities",
    operation_id = "list_events",
    tag = "widget",
    params(("branch" = Uuid, Path), ("link" = Uuid, Path), EventsQuery),
    responses((status = 200, body = Page<Activity>, headers(("Link" = String))), Reading)
)]
async fn list_events(
    State(app): State<App>,
    Ids((branch, link)): Ids<(Uuid, Uuid)>,
    Query(query): Query<EventsQuery>,
    request: Uri,
) -> Result<Response, Problem> {
    let (branch, link) = (BranchId(branch), LinkId(link));
    let asked = request.path_and_query().map_or_else(|| request.path(), PathAndQuery::as_str);
    let now = app.kept_answers.now(branch, app.clock.now());
    if let Some(answer) = app.kept_answers.get(asked, now) {
        return Ok(paging::send(answer));
    }
    let answer = listed(&app, branch, link, &query).await?.written(&request)?;
    app.kept_answers.keep(asked, now, &answer);
    Ok(paging::send(answer))
}

async fn listed(
    app: &App,
    branch: BranchId,
    link: LinkId,
    query: &EventsQuery,
) -> Result<Page<Activity>, Problem> {
    let shop = Shop::find(app, branch, link).await?;
    let limit = Limit::parse(query.limit)?;
    let weekday = query.weekday.map(parse_weekday).transpose()?;
    let now = app.clock.now();
    let asked = Events {
        service: query.service_id.map(ServiceId),
        team_member: query.team_member_id.map(TeamMemberId),
        from: Some(query.from.unwrap_or(now).max(now)),
        before: query.before,
        after: query.cursor.as_deref().map(paging::parse).transpose()?,
        limit: None,
    };
    let (rows, next) = shop
        .listed(app, asked, limit.get(), |row| {
            weekday.is_none_or(|weekday| falls_on(weekday, row.vacancy.plan.starts_at, &shop.branch))
        })
        .await?;
    let items = rows
        .iter()
        .map(|row| Activity::new(&shop.branch, row, shop.obstacle(row, Spots::ONE, now).as_ref()))
        .collect();
    Ok(Page::new(items, next))
}

fn parse_weekday(number: u8) -> Result<Weekday, Problem> {
    number
        .checked_sub(1)
        .and_then(|day| Weekday::try_from(day).ok())
        .ok_or_else(|| Problem::malformed("malformed-query", "/weekday", "a weekday is a number from 1 to 7"))
}

/// How many spots are asked for, and on which weekday.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct OfferQuery {
    /// Spots in each event; 1 if left out.
    #[param(minimum = 1, maximum = 255)]
    spots: Option<u32>,
    /// ISO 8601: 1 is Monday, 7 is Sunday, on the branch's calendar.
    #[param(minimum = 1, maximum = 7)]
    weekday: Option<u8>,
}

/// The block *Book another*, and why something is not in it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Offer {
    /// Whether the block is shown.
    offered: bool,
    /// Why it is not: `multiple-events-off`, `limit-of-one`, `prepayment-enabled`, `prepayment-required`,
    /// `nothing-else` or `link-closed`.
    reason: Option<String>,
    /// How many events fit into one booking, the first included.
    #[schema(minimum = 1, maximum = 10)]
    limit: u32,
    /// The event that was opened.
    opened: Activity,
    /// The bookable similar events: same service, same team member, by start.
    candidates: Vec<Activity>,
    /// How many of the candidates are shown at first.
    shown: usize,
    /// Whether there are more than are shown at first (*View all dates*).
    more: bool,
    /// Similar events that are not offered, each with its reason.
    hidden: Vec<Activity>,
}

impl Offer {
    /// What is offered beside an event, apart from what is selected already (S-17). A weekday hides dates, not the
    /// block.
    pub(super) async fn beside(
        app: &App,
        shop: &Shop,
        opened: &AvailabilityRow,
        selected: &[AvailabilityRow],
        spots: Spots,
        weekday: Option<Weekday>,
    ) -> Result<Self, Problem> {
        let now = app.clock.now();
        let mut rows = app.similar(shop.branch_id, opened, now).await?;
        rows.retain(|row| selected.iter().all(|other| other.activity_id != row.activity_id));
        let offer = book_another(&shop.branch, &shop.link, now, opened, spots, &rows);
        let view = |date: &book_another::Date| {
            if weekday.is_some_and(|weekday| !falls_on(weekday, date.starts_at, &shop.branch)) {
                return None;
            }
            let row = rows.iter().find(|row| row.activity_id == date.activity_id)?;
            Some(Activity::new(&shop.branch, row, date.obstacle.as_ref()))
        };
        let candidates: Vec<Activity> = match offer.hidden {
            None => offer.bookable().filter_map(view).collect(),
            Some(_) => vec![],
        };
        let shown =
            if weekday.is_some() { candidates.len() } else { candidates.len().min(book_another::SHOWN) };
        let hidden = offer.dates.iter().filter(|date| date.obstacle.is_some()).filter_map(view).collect();
        Ok(Self {
            offered: offer.hidden.is_none(),
            reason: offer.hidden.map(|hidden| hidden.code().to_owned()),
            limit: offer.limit.into(),
            opened: Activity::new(&shop.branch, opened, shop.obstacle(opened, spots, now).as_ref()),
            more: shown < candidates.len(),
            candidates,
            shown,
            hidden,
        })
    }
}

/// What *Book another* offers beside an event: the limit, all candidates, and a reason for whatever is hidden.
#[utoipa::path(
    get,
    path = "/api/v1/branches/{branch}/links/{link}/activities/{activity}/offer",
    operation_id = "get_offer",
    tag = "widget",
    params(("branch" = Uuid, Path), ("link" = Uuid, Path), ("activity" = Uuid, Path), OfferQuery),
    responses((status = 200, body = Offer), Reading)
)]
async fn get_offer(
    State(app): State<App>,
    Ids((branch, link, activity)): Ids<(Uuid, Uuid, Uuid)>,
    Query(query): Query<OfferQuery>,
) -> Result<axum::Json<Offer>, Problem> {
    let shop = Shop::find(&app, BranchId(branch), LinkId(link)).await?;
    let opened = app.activity(shop.branch_id, ActivityId(activity)).await?;
    let opened = opened.ok_or_else(|| Problem::not_found("event"))?;
    let spots = match query.spots {
        Some(spots) => Spots::try_from(spots)
            .map_err(|error| Problem::malformed("malformed-query", "/spots", error.to_string()))?,
        None => Spots::ONE,
    };
    let weekday = query.weekday.map(parse_weekday).transpose()?;
    if shop.link.kind == Kind::Individual {
        return Err(Problem::not_found("event on this link"));
    }
    Ok(axum::Json(Offer::beside(&app, &shop, &opened, &[], spots, weekday).await?))
}
