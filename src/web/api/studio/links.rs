//! Booking links, as staff set them up.

use aggregates::booking_link::{Kind, Settings};
use aggregates::ids::{BranchId, LinkId, ServiceId, TeamMemberId};
use aggregates::values::{Horizon, MaxEvents, MultipleEventBooking, Name, Notice, Offered};
use async_trait::async_trait;
use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, Utc};
use projections::links::LinkRow;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::looks::AppearanceBody;
use crate::app::App;
use crate::command::Command;
use crate::ledger::StoreError;
use crate::read_models::Rows;
use crate::web::api;
use crate::web::api::asking::{Based, Created, Retry, Staff, View, see};
use crate::web::api::refusals::{Asking, Changing, Reading};
use crate::web::api::views::{ContactField, MultipleEvents, written_as};
use crate::web::api::whole::whole;
use crate::web::extract::{Ids, Json, Wrong};
use crate::web::problem::Problem;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_links, create_link))
        .routes(routes!(get_link_settings, change_link))
}

/// What a link books; a mixed link shows its events only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = LinkKind)]
enum KindBody {
    Individual,
    Group,
    Mixed,
}

written_as!(Kind as KindBody { Individual, Group, Mixed });

/// Everything that staff set on a link.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = LinkSettings)]
pub(crate) struct SettingsBody {
    #[schema(min_length = 1, max_length = 200)]
    pub(crate) name: String,
    #[serde(default = "yes")]
    pub(crate) active: bool,
    /// The services it offers; all of them if left out.
    #[serde(default)]
    pub(crate) service_ids: Option<Vec<Uuid>>,
    /// The team members it offers; all of them if left out.
    #[serde(default)]
    pub(crate) team_member_ids: Option<Vec<Uuid>>,
    /// How long before its start an event can still be booked.
    #[serde(default, deserialize_with = "whole")]
    #[schema(maximum = 525_600)]
    pub(crate) lead_minutes: u32,
    #[serde(default = "a_year", deserialize_with = "whole")]
    #[schema(minimum = 1, maximum = 3650)]
    pub(crate) horizon_days: u32,
    /// Off if left out. Group and mixed links only.
    #[serde(default = "off")]
    pub(crate) multiple_event_booking: MultipleEvents,
    #[serde(default)]
    pub(crate) email: ContactField,
    #[serde(default)]
    pub(crate) comment: ContactField,
    /// What clients agree to before they confirm.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 5000)]
    pub(crate) consent_text: Option<String>,
    /// *Clients confirm their phone number with a code.*
    #[serde(default)]
    pub(crate) phone_code: bool,
}

fn yes() -> bool {
    true
}

fn a_year() -> u32 {
    365
}

fn off() -> MultipleEvents {
    MultipleEventBooking::Off.into()
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewLink {
    kind: KindBody,
    settings: SettingsBody,
}

#[derive(Debug, Serialize, ToSchema)]
pub(super) struct LinkView {
    link_id: Uuid,
    kind: KindBody,
    settings: SettingsBody,
    appearance: AppearanceBody,
    /// Rises whenever the consent text changes.
    consent_version: u32,
    /// Where clients book.
    url: String,
    version: u64,
}

#[derive(Debug, Serialize, ToSchema)]
struct LinkList {
    items: Vec<LinkView>,
}

impl From<&Settings> for SettingsBody {
    fn from(settings: &Settings) -> Self {
        Self {
            name: settings.name.to_string(),
            active: settings.active,
            service_ids: only(&settings.services, |id| id.0),
            team_member_ids: only(&settings.team, |id| id.0),
            lead_minutes: settings.lead.into(),
            horizon_days: settings.horizon.into(),
            multiple_event_booking: settings.multiple_events.into(),
            email: settings.email.into(),
            comment: settings.comment.into(),
            consent_text: settings.consent.clone(),
            phone_code: settings.phone_code,
        }
    }
}

fn only<Id: Ord>(offered: &Offered<Id>, id: fn(&Id) -> Uuid) -> Option<Vec<Uuid>> {
    match offered {
        Offered::All => None,
        Offered::Only(these) => Some(these.iter().map(id).collect()),
    }
}

impl SettingsBody {
    /// The settings, or everything that is wrong with them.
    ///
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub(crate) fn parse(self) -> Result<Settings, Wrong> {
        const LONGEST_CONSENT: usize = 5000;
        let mut wrong = Wrong::default();
        let name = wrong.take("/name", "invalid-name", Name::try_from(self.name));
        let lead = wrong.number::<Notice>("/lead_minutes", self.lead_minutes);
        let horizon = wrong.number::<Horizon>("/horizon_days", self.horizon_days);
        let max = wrong.number::<MaxEvents>(
            "/multiple_event_booking/max_events",
            self.multiple_event_booking.max_events,
        );
        let consent = self.consent_text.map(|text| text.trim().to_owned());
        if consent.as_ref().is_some_and(|text| LONGEST_CONSENT < text.chars().count()) {
            wrong.note(
                "/consent_text",
                "too-long",
                format!("a consent text has up to {LONGEST_CONSENT} characters"),
            );
        }
        let (Some(name), Some(lead), Some(horizon), Some(max), true) =
            (name, lead, horizon, max, wrong.is_empty())
        else {
            return Err(wrong);
        };
        Ok(Settings {
            name,
            active: self.active,
            services: offered(self.service_ids, ServiceId),
            team: offered(self.team_member_ids, TeamMemberId),
            lead,
            horizon,
            multiple_events: if self.multiple_event_booking.allowed {
                MultipleEventBooking::UpTo(max)
            } else {
                MultipleEventBooking::Off
            },
            email: self.email.into(),
            comment: self.comment.into(),
            consent,
            phone_code: self.phone_code,
        })
    }
}

fn offered<Id: Ord>(ids: Option<Vec<Uuid>>, id: fn(Uuid) -> Id) -> Offered<Id> {
    match ids {
        None => Offered::All,
        Some(ids) => Offered::Only(ids.into_iter().map(id).collect()),
    }
}

fn view(branch: BranchId, row: &LinkRow) -> Option<LinkView> {
    let settled = row.settled()?;
    Some(LinkView {
        link_id: row.link_id.0,
        kind: settled.kind.into(),
        settings: (&settled.settings).into(),
        appearance: (&settled.appearance).into(),
        consent_version: settled.consent_version,
        url: format!("/w/{branch}/{}", row.link_id),
        version: row.version,
    })
}

/// A booking link as it is.
#[derive(Debug)]
pub(super) struct OneLink(pub(super) BranchId, pub(super) LinkId);

#[async_trait]
impl View for OneLink {
    const WHAT: &'static str = "booking link";
    type Body = LinkView;

    async fn see(&self, rows: &Rows<'_>, _: DateTime<Utc>) -> Result<Option<(LinkView, u64)>, StoreError> {
        let row = rows.one::<LinkRow>(self.1.0).await?;
        Ok(row.and_then(|row| Some((view(self.0, &row)?, row.version))))
    }
}

/// The booking links of a branch.
#[utoipa::path(
    get,
    path = "/api/v1/branches/{branch}/links",
    operation_id = "list_links",
    tag = "studio",
    params(("branch" = Uuid, Path)),
    responses((status = 200, body = LinkList), Reading)
)]
async fn list_links(State(app): State<App>, Ids(branch): Ids<Uuid>) -> Result<axum::Json<LinkList>, Problem> {
    let branch = BranchId(branch);
    api::branch(&app, branch).await?;
    let items = app.links(branch).await?.iter().filter_map(|row| view(branch, row)).collect();
    Ok(axum::Json(LinkList { items }))
}

/// Creates a booking link.
#[utoipa::path(
    post,
    path = "/api/v1/branches/{branch}/links",
    operation_id = "create_link",
    tag = "studio",
    params(("branch" = Uuid, Path), Retry),
    request_body = NewLink,
    responses((status = 201, body = LinkView), Asking)
)]
async fn create_link(
    staff: Staff,
    Ids(branch): Ids<BranchId>,
    Json(body): Json<NewLink>,
) -> Result<Response, Problem> {
    let id = LinkId(Uuid::now_v7());
    let below = |problem: Problem| problem.below("/settings");
    let settings = body.settings.parse().map_err(|wrong| below(wrong.problem()))?;
    let request = (body.kind, settings.clone());
    let command = Command::CreateLink(id, body.kind.into(), Box::new(settings));
    staff.add(branch, command, &request, Created(OneLink(branch, id))).await.map_err(below)
}

/// The settings of one booking link, with their version for `If-Match`.
#[utoipa::path(
    get,
    path = "/api/v1/branches/{branch}/links/{link}/settings",
    operation_id = "get_link_settings",
    tag = "studio",
    params(("branch" = Uuid, Path), ("link" = Uuid, Path)),
    responses((status = 200, body = LinkView), Reading)
)]
async fn get_link_settings(
    State(app): State<App>,
    Ids((branch, link)): Ids<(BranchId, LinkId)>,
) -> Result<Response, Problem> {
    see(&app, branch, OneLink(branch, link)).await
}

/// Sets a booking link up anew.
#[utoipa::path(
    put,
    path = "/api/v1/branches/{branch}/links/{link}/settings",
    operation_id = "change_link",
    tag = "studio",
    params(("branch" = Uuid, Path), ("link" = Uuid, Path), Based, Retry),
    request_body = SettingsBody,
    responses((status = 200, body = LinkView), Changing)
)]
async fn change_link(
    staff: Staff,
    Ids((branch, link)): Ids<(BranchId, LinkId)>,
    Json(body): Json<SettingsBody>,
) -> Result<Response, Problem> {
    let settings = body.parse().map_err(Wrong::problem)?;
    let command = Command::SetUpLink(link, Box::new(settings.clone()));
    staff.change(branch, command, &settings, OneLink(branch, link)).await
}
