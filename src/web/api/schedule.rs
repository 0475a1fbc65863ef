//! The schedule: events, one or a weekly series, and what staff change about them.

mod changes;
mod series;

use aggregates::branch::Branch;
use aggregates::ids::{ActivityId, BranchId, ServiceId, TeamMemberId};
use aggregates::values::Spots;
use async_trait::async_trait;
use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use chrono::{DateTime, Datelike, NaiveDateTime, Utc};
use projections::availability::AvailabilityRow;
use projections::branches::BranchRow;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::asking::{View, see};
use super::paging::{self, Limit, Page};
use super::views::Activity;
use crate::app::App;
use crate::app::reading::{Cursor, Events};
use crate::ledger::StoreError;
use crate::read_models::Rows;
use crate::web::api;
use crate::web::api::refusals::Reading;
use crate::web::extract::{Ids, Query, Wrong};
use crate::web::problem::Problem;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_activities))
        .routes(routes!(get_activity))
        .merge(series::routes())
        .merge(changes::routes())
}

/// One event as staff see it.
#[derive(Debug, Serialize, ToSchema)]
struct StaffActivity {
    #[serde(flatten)]
    activity: Activity,
    taken: u32,
    cancelled: bool,
    /// Open to online booking.
    open: bool,
    version: u64,
}

/// Which events of the schedule, past and cancelled ones included.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ScheduleQuery {
    service_id: Option<Uuid>,
    team_member_id: Option<Uuid>,
    from: Option<DateTime<Utc>>,
    before: Option<DateTime<Utc>>,
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// The `next_cursor` of the page before.
    #[param(format = "cursor")]
    cursor: Option<String>,
}

fn staff_view(branch: &Branch, row: &AvailabilityRow) -> StaffActivity {
    let obstacle = row.vacancy.obstacle_for_staff(Spots::ONE);
    StaffActivity {
        activity: Activity::new(branch, row, obstacle.as_ref()),
        taken: row.vacancy.taken,
        cancelled: row.vacancy.cancelled,
        open: row.vacancy.plan.open,
        version: row.version,
    }
}

/// One event as it is.
#[derive(Debug)]
struct OneActivity(BranchId, ActivityId);

#[async_trait]
impl View for OneActivity {
    const WHAT: &'static str = "event";
    type Body = StaffActivity;

    async fn see(
        &self,
        rows: &Rows<'_>,
        _: DateTime<Utc>,
    ) -> Result<Option<(StaffActivity, u64)>, StoreError> {
        let (branch, row) =
            (rows.one::<BranchRow>(self.0.0).await?, rows.one::<AvailabilityRow>(self.1.0).await?);
        Ok(branch.zip(row).map(|(branch, row)| (staff_view(&branch.branch, &row), row.version)))
    }
}

/// The schedule of a branch, by start.
#[utoipa::path(
    get,
    path = "/api/v1/branches/{branch}/activities",
    operation_id = "list_activities",
    tag = "studio",
    params(("branch" = Uuid, Path), ScheduleQuery),
    responses((status = 200, body = Page<StaffActivity>, headers(("Link" = String))), Reading)
)]
async fn list_activities(
    State(app): State<App>,
    Ids(branch): Ids<Uuid>,
    Query(query): Query<ScheduleQuery>,
    request: Uri,
) -> Result<Response, Problem> {
    let branch_id = BranchId(branch);
    let branch = api::branch(&app, branch_id).await?.branch;
    let limit = Limit::parse(query.limit)?;
    let asked = Events {
        service: query.service_id.map(ServiceId),
        team_member: query.team_member_id.map(TeamMemberId),
        from: query.from,
        before: query.before,
        after: query.cursor.as_deref().map(paging::parse).transpose()?,
        limit: Some(limit.and_one()),
    };
    let mut rows = app.events(branch_id, asked).await?;
    let next = limit.cut(&mut rows, Cursor::of_event);
    let items = rows.iter().map(|row| staff_view(&branch, row)).collect();
    Ok(Page::new(items, next).answer(&request))
}

/// One event, with its version for `If-Match`.
#[utoipa::path(
    get,
    path = "/api/v1/branches/{branch}/activities/{activity}",
    operation_id = "get_activity",
    tag = "studio",
    params(("branch" = Uuid, Path), ("activity" = Uuid, Path)),
    responses((status = 200, body = StaffActivity), Reading)
)]
async fn get_activity(
    State(app): State<App>,
    Ids((branch, id)): Ids<(BranchId, ActivityId)>,
) -> Result<Response, Problem> {
    see(&app, branch, OneActivity(branch, id)).await
}

/// Notes a start that no calendar shows.
fn check_years<const N: usize>(wrong: &mut Wrong, starts: [Option<NaiveDateTime>; N]) {
    let years = 1970..=9999;
    if !starts.iter().all(|start| start.is_some_and(|start| years.contains(&start.year()))) {
        wrong.note("/starts_local", "out-of-range", "an event takes place between the years 1970 and 9999");
    }
}
