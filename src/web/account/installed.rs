//! The account as an app on a phone (S-34): a manifest, icons, and a page for when there is no network. Its service
//! worker keeps that page and how it looks, and nothing of anybody.

use aggregates::ids::BranchId;
use axum::Router;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderName, StatusCode};
use axum::response::IntoResponse;
use axum::routing::get;
use serde_json::json;

use super::at;
use crate::app::App;
use crate::web::assets;
use crate::web::extract::Ids;
use crate::web::html::{Answer, Asked, Page};
use crate::web::pages::account::offline::OfflinePage;
use crate::web::pages::urls;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/account/{branch}/manifest.webmanifest", get(manifest))
        .route("/account/{branch}/service-worker.js", get(service_worker))
        .route("/account/{branch}/offline", get(offline))
}

/// What a phone needs to know to install it (W3C, "Web Application Manifest").
async fn manifest(State(app): State<App>, Ids(branch): Ids<BranchId>, Asked(pairs): Asked) -> Answer {
    let (_, shell) = at(&app, branch, &pairs).await?;
    let account = urls::account(branch).to_string();
    let icon = |name: &str, kind: &str, sizes: &str, purpose: &str| json!({ "src": assets::address(name), "type": kind, "sizes": sizes, "purpose": purpose });
    let manifest = json!({
        "id": account,
        "name": shell.language.account_app(&shell.studio.name),
        "short_name": shell.studio.name,
        "lang": shell.language.tag(),
        "dir": shell.language.direction(),
        "start_url": account,
        "scope": account,
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#0f6b5f",
        "icons": [
            icon("icon.svg", "image/svg+xml", "any", "any"),
            icon("icon-192.png", "image/png", "192x192", "any"),
            icon("icon-512.png", "image/png", "512x512", "any maskable"),
        ],
    });
    let headers = [(CONTENT_TYPE, "application/manifest+json"), (CACHE_CONTROL, "no-cache")];
    Ok((headers, manifest.to_string()).into_response())
}

/// The service worker, told what it keeps: other files of another release make it another worker.
async fn service_worker(Ids(branch): Ids<BranchId>) -> impl IntoResponse {
    let account = urls::account(branch);
    let offline = account.clone().below("offline").to_string();
    let kept = json!([offline, assets::address("cartwheel.css")]);
    let headers = [
        (CONTENT_TYPE, assets::SCRIPT.to_owned()),
        (CACHE_CONTROL, "no-cache".to_owned()),
        // The account's first page stands above the worker's own folder.
        (HeaderName::from_static("service-worker-allowed"), account.to_string()),
    ];
    (headers, format!("const KEPT = {kept};\n{}", include_str!("../assets/service-worker.js")))
}

async fn offline(State(app): State<App>, Ids(branch): Ids<BranchId>, Asked(pairs): Asked) -> Answer {
    let (_, shell) = at(&app, branch, &pairs).await?;
    let page = Page(StatusCode::OK, OfflinePage { shell });
    Ok(([(CACHE_CONTROL, "no-cache")], page).into_response())
}
