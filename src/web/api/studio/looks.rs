//! How a booking link looks, and which sites may show it.

use std::collections::BTreeSet;

use aggregates::appearance::{Appearance, Colour, LanguageCode, Scheme, Site, Sites};
use aggregates::ids::{BranchId, LinkId};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::links::{LinkView, OneLink};
use crate::app::App;
use crate::command::Command;
use crate::web::api::asking::{Based, Retry, Staff};
use crate::web::api::refusals::Changing;
use crate::web::api::views::written_as;
use crate::web::extract::{Ids, Json, Wrong};
use crate::web::problem::Problem;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(dress_link))
}

/// Light or dark.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ColourScheme)]
enum SchemeBody {
    #[default]
    ByDevice,
    Light,
    Dark,
}

written_as!(Scheme as SchemeBody { ByDevice, Light, Dark });

/// The looks of a link.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = LinkAppearance)]
pub(super) struct AppearanceBody {
    /// The studio's colour; text keeps a contrast of 4.5 whatever it is.
    #[serde(default)]
    #[schema(pattern = "^#?[0-9a-fA-F]{6}$")]
    accent: Option<String>,
    #[serde(default)]
    scheme: SchemeBody,
    /// What visitors read unless they choose; by their browser if left out.
    #[serde(default)]
    #[schema(pattern = "^[a-z]{2}$")]
    language: Option<String>,
    /// Sites that may embed the widget, such as `https://studio.example`; any site if left out, none if empty.
    #[serde(default)]
    sites: Option<Vec<String>>,
}

impl From<&Appearance> for AppearanceBody {
    fn from(appearance: &Appearance) -> Self {
        Self {
            accent: appearance.accent.map(|accent| format!("#{accent}")),
            scheme: appearance.scheme.into(),
            language: appearance.language.map(|language| language.to_string()),
            sites: match &appearance.sites {
                Sites::Any => None,
                Sites::Only(sites) => Some(sites.iter().map(ToString::to_string).collect()),
            },
        }
    }
}

impl AppearanceBody {
    fn parse(self) -> Result<Appearance, Wrong> {
        let mut wrong = Wrong::default();
        let accent =
            self.accent.and_then(|accent| wrong.take("/accent", "invalid-colour", accent.parse::<Colour>()));
        let language = self
            .language
            .and_then(|code| wrong.take("/language", "invalid-language", code.parse::<LanguageCode>()));
        let sites = match self.sites {
            None => Sites::Any,
            Some(sites) => {
                let mut read = |(place, site): (usize, String)| {
                    wrong.take(&format!("/sites/{place}"), "invalid-site", site.parse::<Site>())
                };
                let sites: BTreeSet<Site> = sites.into_iter().enumerate().filter_map(&mut read).collect();
                Sites::Only(sites)
            }
        };
        if wrong.is_empty() {
            Ok(Appearance { accent, scheme: self.scheme.into(), language, sites })
        } else {
            Err(wrong)
        }
    }
}

/// Sets the looks of a booking link.
#[utoipa::path(
    put,
    path = "/api/v1/branches/{branch}/links/{link}/appearance",
    operation_id = "dress_link",
    tag = "studio",
    params(("branch" = Uuid, Path), ("link" = Uuid, Path), Based, Retry),
    request_body = AppearanceBody,
    responses((status = 200, body = LinkView), Changing)
)]
async fn dress_link(
    staff: Staff,
    Ids((branch, link)): Ids<(BranchId, LinkId)>,
    Json(body): Json<AppearanceBody>,
) -> Result<Response, Problem> {
    let appearance = body.parse().map_err(Wrong::problem)?;
    let command = Command::DressLink(link, Box::new(appearance.clone()));
    staff.change(branch, command, &appearance, OneLink(branch, link)).await
}
