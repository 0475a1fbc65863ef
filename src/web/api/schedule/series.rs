//! New events: one, or a weekly series.

use aggregates::ids::{ActivityId, BranchId, ServiceId, TeamMemberId};
use aggregates::values::{Capacity, Duration};
use async_trait::async_trait;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, Days, FixedOffset, NaiveDateTime, Utc};
use projections::branches::BranchRow;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::check_years;
use crate::app::App;
use crate::command::{Answer, Command, Failure, Gap, Scheduling, Show, Shown};
use crate::read_models::Rows;
use crate::web::api;
use crate::web::api::asking::{Retry, Staff, shown};
use crate::web::api::refusals::Asking;
use crate::web::api::views::at_branch;
use crate::web::api::whole::{whole, whole_or_none};
use crate::web::extract::{Ids, Json, Wrong};
use crate::web::problem::Problem;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(schedule_activities))
}

/// One event, or a weekly series at the same time on the branch's wall clock.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewActivities {
    service_id: Uuid,
    team_member_id: Uuid,
    /// On the branch's wall clock, without offset.
    #[schema(value_type = String, format = "date-time-local", example = "2027-01-12T18:30:00")]
    starts_local: NaiveDateTime,
    /// How many weeks the series has; one event if left out.
    #[schema(minimum = 1, maximum = 520)]
    #[serde(default, deserialize_with = "whole_or_none")]
    weeks: Option<u32>,
    #[schema(minimum = 1, maximum = 1440)]
    #[serde(deserialize_with = "whole")]
    duration_minutes: u32,
    #[schema(minimum = 1, maximum = 65_535)]
    #[serde(deserialize_with = "whole")]
    capacity: u32,
    /// Open to online booking.
    #[serde(default = "open")]
    open: bool,
}

fn open() -> bool {
    true
}

#[derive(Debug, Serialize, ToSchema)]
struct NewActivity {
    activity_id: Uuid,
    starts_at: DateTime<FixedOffset>,
    /// Starts later than asked for, since the clock skips that time (daylight saving).
    shifted: bool,
}

#[derive(Debug, Serialize, ToSchema)]
struct Scheduled {
    items: Vec<NewActivity>,
}

/// Schedules one event or a weekly series. A single event in a gap of daylight saving is refused with both neighbours
/// named; one of a series starts later by the gap and says so.
#[utoipa::path(
    post,
    path = "/api/v1/branches/{branch}/activities",
    operation_id = "schedule_activities",
    tag = "studio",
    params(("branch" = Uuid, Path), Retry),
    request_body = NewActivities,
    responses((status = 201, body = Scheduled), Asking)
)]
async fn schedule_activities(
    staff: Staff,
    Ids(branch): Ids<BranchId>,
    Json(body): Json<NewActivities>,
) -> Result<Response, Problem> {
    const MOST_WEEKS: u32 = 520;
    api::branch(staff.app(), branch).await?;
    let mut wrong = Wrong::default();
    let duration = wrong.number::<Duration>("/duration_minutes", body.duration_minutes);
    let capacity = wrong.number::<Capacity>("/capacity", body.capacity);
    let weeks = body.weeks.unwrap_or(1);
    if !(1..=MOST_WEEKS).contains(&weeks) {
        wrong.note("/weeks", "out-of-range", format!("a series has 1 to {MOST_WEEKS} weeks"));
    }
    let last = body.starts_local.checked_add_days(Days::new(7 * u64::from(weeks)));
    check_years(&mut wrong, [Some(body.starts_local), last]);
    let (Some(duration), Some(capacity), true) = (duration, capacity, wrong.is_empty()) else {
        return Err(wrong.problem());
    };
    let event = |week: u32| Scheduling {
        activity: ActivityId(Uuid::now_v7()),
        service: ServiceId(body.service_id),
        team_member: TeamMemberId(body.team_member_id),
        starts_local: body.starts_local + Days::new(7 * u64::from(week)),
        gap: if body.weeks.is_some() { Gap::Shift } else { Gap::Refuse },
        duration,
        capacity,
        open: body.open,
    };
    let command = Command::Schedule((0..weeks).map(event).collect());
    staff.add(branch, command, &body, NewSeries(branch)).await
}

/// The events that were scheduled, on the branch's clock.
#[derive(Debug)]
struct NewSeries(BranchId);

#[async_trait]
impl Show for NewSeries {
    async fn show(&self, answer: &Answer, _: DateTime<Utc>, rows: &Rows<'_>) -> Result<Shown, Failure> {
        let (Answer::Scheduled(scheduled), Some(branch)) = (answer, rows.one::<BranchRow>(self.0.0).await?)
        else {
            return Err(Failure::Broken("nothing was scheduled".to_owned()));
        };
        let items = scheduled.iter().map(|it| NewActivity {
            activity_id: it.activity.0,
            starts_at: at_branch(&branch.branch, it.starts_at),
            shifted: it.shifted,
        });
        shown(StatusCode::CREATED, &Scheduled { items: items.collect() })
    }
}
