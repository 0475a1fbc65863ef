//! Styles, scripts and icons, built into the program.
//!
//! All of them stand under one version, so that scripts can import each other by name and browsers may keep them for
//! ever: another release has other addresses. `embed.js` is on the pages of studios and keeps its address.

use std::sync::LazyLock;

use aggregates::appearance::Colour;
use axum::Router;
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use sha2::{Digest, Sha256};
use tower_http::compression::{CompressionLayer, CompressionLevel};
use tower_http::set_header::SetResponseHeaderLayer;

use super::pages::accent::theme;
use super::problem::Problem;

const CSS: &str = "text/css; charset=utf-8";
pub(super) const SCRIPT: &str = "text/javascript; charset=utf-8";

/// Of brotli and gzip: files are kept by whoever gets them, so a little more work for each is well spent.
const SMALLER: i32 = 7;

struct Asset {
    name: &'static str,
    kind: &'static str,
    content: &'static [u8],
}

macro_rules! asset {
    ($kind:expr, $name:literal) => {
        Asset { name: $name, kind: $kind, content: include_bytes!(concat!("assets/", $name)) }
    };
}

const ASSETS: [Asset; 24] = [
    asset!(CSS, "cartwheel.css"),
    asset!(SCRIPT, "widget.js"),
    asset!(SCRIPT, "swap.js"),
    asset!(SCRIPT, "selection.js"),
    asset!(SCRIPT, "list.js"),
    asset!(SCRIPT, "contact.js"),
    asset!(SCRIPT, "result.js"),
    asset!(SCRIPT, "frame.js"),
    asset!(SCRIPT, "live.js"),
    asset!(SCRIPT, "memory.js"),
    asset!(SCRIPT, "stream.js"),
    asset!(SCRIPT, "zone.js"),
    asset!(SCRIPT, "account.js"),
    asset!("image/svg+xml", "icon.svg"),
    asset!("image/png", "icon-192.png"),
    asset!("image/png", "icon-512.png"),
    asset!(SCRIPT, "journal.js"),
    asset!(SCRIPT, "today.js"),
    asset!(SCRIPT, "keys.js"),
    asset!(SCRIPT, "drag.js"),
    asset!(SCRIPT, "desk.js"),
    asset!(SCRIPT, "import.js"),
    asset!(SCRIPT, "copy.js"),
    asset!(SCRIPT, "settings.js"),
];

const EMBED: Asset = asset!(SCRIPT, "embed.js");

/// Six hexadecimal digits that change when any file does.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let all = ASSETS.iter().fold(Sha256::new(), |all, asset| all.chain_update(asset.content));
    let [a, b, c, ..] = <[u8; 32]>::from(all.finalize());
    format!("{a:02x}{b:02x}{c:02x}")
});

/// Where a page finds a file of this release.
#[must_use]
pub(super) fn address(name: &str) -> String {
    format!("/assets/{}/{name}", *VERSION)
}

/// Where a page finds the style sheet of a colour.
#[must_use]
pub(super) fn colours(accent: Colour) -> String {
    format!("/assets/{}/colours/{accent}", *VERSION)
}

pub(super) fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    let anywhere = [("cross-origin-resource-policy", "cross-origin"), ("access-control-allow-origin", "*")];
    let embed = anywhere.into_iter().fold(Router::new().route("/embed.js", get(embed)), |routes, header| {
        let (name, value) = (HeaderName::from_static(header.0), HeaderValue::from_static(header.1));
        routes.layer(SetResponseHeaderLayer::if_not_present(name, value))
    });
    Router::new()
        .route("/assets/{version}/{name}", get(asset))
        .route("/assets/{version}/colours/{accent}", get(dressed))
        .merge(embed)
        .layer(CompressionLayer::new().quality(CompressionLevel::Precise(SMALLER)))
}

async fn dressed(Path((version, accent)): Path<(String, String)>) -> Response {
    match accent.parse::<Colour>() {
        Ok(accent) => ([(CONTENT_TYPE, CSS), (CACHE_CONTROL, kept(&version))], theme(accent)).into_response(),
        Err(_) => Problem::not_found("colour").into_response(),
    }
}

/// A page of another release gets what there is; it will not be asked for again by that name.
fn kept(version: &str) -> &'static str {
    if version == *VERSION { "public, max-age=31536000, immutable" } else { "no-cache" }
}

async fn asset(Path((version, name)): Path<(String, String)>) -> Response {
    let Some(asset) = ASSETS.iter().find(|asset| asset.name == name) else {
        return Problem::not_found("file").into_response();
    };
    ([(CONTENT_TYPE, asset.kind), (CACHE_CONTROL, kept(&version))], asset.content).into_response()
}

async fn embed() -> impl IntoResponse {
    let kept = "public, max-age=300, stale-while-revalidate=86400";
    ([(CONTENT_TYPE, EMBED.kind), (CACHE_CONTROL, kept)], EMBED.content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_import_only_what_is_served() {
        for asset in ASSETS.iter().filter(|asset| asset.kind == SCRIPT) {
            let script = std::str::from_utf8(asset.content).unwrap();
            for import in script.split("from './").skip(1) {
                let name = import.split('\'').next().unwrap();
                assert!(ASSETS.iter().any(|asset| asset.name == name), "{} imports {name}", asset.name);
            }
        }
    }
}
