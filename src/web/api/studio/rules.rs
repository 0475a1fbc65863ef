//! The rules for all links of a branch.

use aggregates::branch::{Branch, Duplicates, Rules};
use aggregates::change_rules::ChangeRule;
use aggregates::ids::BranchId;
use aggregates::values::{MultipleSpots, Notice, SpotLimit};
use async_trait::async_trait;
use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, Utc};
use projections::branches::BranchRow;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::command::Command;
use crate::ledger::StoreError;
use crate::read_models::Rows;
use crate::web::api::asking::{Based, Retry, Staff, View, see};
use crate::web::api::refusals::{Changing, Reading};
use crate::web::api::views::{ChangeRuleView, written_as};
use crate::web::api::whole::whole_or_none;
use crate::web::extract::{Ids, Json, Wrong};
use crate::web::problem::Problem;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_branch_rules, change_branch_rules))
}

/// The rules for all links of a branch.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BranchRules)]
pub(crate) struct RulesBody {
    /// Online prepayment; while it is on, clients book one event at a time.
    pub(crate) prepayment: bool,
    /// *Allow occupying multiple spots within one booking*: `null` is off.
    #[schema(minimum = 2, maximum = 255)]
    #[serde(default, deserialize_with = "whole_or_none")]
    pub(crate) multiple_spots: Option<u32>,
    pub(crate) cancellation: ChangeRuleView,
    pub(crate) rescheduling: ChangeRuleView,
    /// Whether the same client may hold two appointments in one event.
    pub(crate) duplicates: DuplicatesBody,
    /// How long before the start clients are reminded of their appointments: `null` is not at all.
    #[serde(default, deserialize_with = "whole_or_none", skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 525_600)]
    pub(crate) reminder_minutes: Option<u32>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Duplicates)]
pub(crate) enum DuplicatesBody {
    Refuse,
    Allow,
}

written_as!(Duplicates as DuplicatesBody { Refuse, Allow });

impl From<&Branch> for RulesBody {
    fn from(branch: &Branch) -> Self {
        let rules = branch.rules();
        Self {
            prepayment: rules.prepayment,
            multiple_spots: match rules.multiple_spots {
                MultipleSpots::Off => None,
                MultipleSpots::UpTo(limit) => Some(limit.into()),
            },
            cancellation: rules.cancellation.into(),
            rescheduling: rules.rescheduling.into(),
            duplicates: rules.duplicates.into(),
            reminder_minutes: rules.reminder.map(Notice::get),
        }
    }
}

impl RulesBody {
    /// The rules, or everything that is wrong with them.
    ///
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub(crate) fn parse(&self) -> Result<Rules, Wrong> {
        let mut wrong = Wrong::default();
        let multiple_spots = match self.multiple_spots {
            None => Some(MultipleSpots::Off),
            Some(limit) => wrong.number::<SpotLimit>("/multiple_spots", limit).map(MultipleSpots::UpTo),
        };
        let cancellation = change_rule(&mut wrong, "/cancellation", self.cancellation);
        let rescheduling = change_rule(&mut wrong, "/rescheduling", self.rescheduling);
        let reminder = match self.reminder_minutes {
            None => Some(None),
            Some(0) => {
                wrong.note("/reminder_minutes", "out-of-range", "a reminder comes before the start");
                None
            }
            Some(minutes) => wrong.number::<Notice>("/reminder_minutes", minutes).map(Some),
        };
        match (multiple_spots, cancellation, rescheduling, reminder) {
            (Some(multiple_spots), Some(cancellation), Some(rescheduling), Some(reminder)) => Ok(Rules {
                prepayment: self.prepayment,
                multiple_spots,
                cancellation,
                rescheduling,
                duplicates: self.duplicates.into(),
                reminder,
            }),
            _ => Err(wrong),
        }
    }
}

fn change_rule(wrong: &mut Wrong, pointer: &str, rule: ChangeRuleView) -> Option<ChangeRule> {
    let notice = wrong.number(&format!("{pointer}/notice_minutes"), rule.notice_minutes)?;
    Some(ChangeRule { allowed: rule.allowed, notice })
}

/// The rules for all links of a branch.
#[utoipa::path(
    get,
    path = "/api/v1/branches/{branch}/rules",
    operation_id = "get_branch_rules",
    tag = "studio",
    params(("branch" = Uuid, Path)),
    responses((status = 200, body = RulesBody), Reading)
)]
async fn get_branch_rules(State(app): State<App>, Ids(branch): Ids<BranchId>) -> Result<Response, Problem> {
    see(&app, branch, RulesOf(branch)).await
}

/// The rules of a branch as they are.
#[derive(Debug)]
struct RulesOf(BranchId);

#[async_trait]
impl View for RulesOf {
    const WHAT: &'static str = "branch";
    type Body = RulesBody;

    async fn see(&self, rows: &Rows<'_>, _: DateTime<Utc>) -> Result<Option<(RulesBody, u64)>, StoreError> {
        let row = rows.one::<BranchRow>(self.0.0).await?;
        Ok(row.map(|row| (RulesBody::from(&row.branch), row.version)))
    }
}

/// Sets the rules for all links of a branch. They count at once, also for what is booked already.
#[utoipa::path(
    put,
    path = "/api/v1/branches/{branch}/rules",
    operation_id = "change_branch_rules",
    tag = "studio",
    params(("branch" = Uuid, Path), Based, Retry),
    request_body = RulesBody,
    responses((status = 200, body = RulesBody), Changing)
)]
async fn change_branch_rules(
    staff: Staff,
    Ids(branch): Ids<BranchId>,
    Json(body): Json<RulesBody>,
) -> Result<Response, Problem> {
    let rules = body.parse().map_err(Wrong::problem)?;
    staff.change(branch, Command::SetRules(rules.clone()), &rules, RulesOf(branch)).await
}
