//! What calendar apps subscribe to.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DurationRound, TimeDelta};
use projections::appointments::AppointmentRow;
use sha2::{Digest, Sha256};

use super::calendar::{CANCELLED_FOR, Written};
use super::html::Asked;
use super::problem::Problem;
use crate::app::App;
use crate::app::reading::{Events, Side};
use crate::capability::Token;
use crate::feeds::Subject;

/// How far back a feed reaches: an app that is set up anew shows what has just been.
const BACK: TimeDelta = TimeDelta::days(90);

/// Entries in one feed.
const MOST: u32 = 1_000;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/cal/{file}", get(feed))
}

/// The dates of a client or a team member. An address that ended opens nothing, like one that never was.
async fn feed(
    State(app): State<App>,
    Path(file): Path<String>,
    headers: HeaderMap,
    Asked(pairs): Asked,
) -> Result<Response, Problem> {
    let not_found = || Problem::not_found("calendar");
    let token: Token =
        file.strip_suffix(".ics").and_then(|token| token.parse().ok()).ok_or_else(not_found)?;
    let branch_id = token.branch();
    let subject = app.feeds.open(&token).await?.ok_or_else(not_found)?;
    let branch = app.branch(branch_id).await?.ok_or_else(not_found)?.branch;
    let now = app.clock.now();
    let written = Written { branch: &branch, language: pairs.language() };
    let calendar = match subject {
        Subject::Client(client) => {
            let side = Side::Upcoming(now - BACK);
            let mut rows = app.appointments_of(branch_id, client, side, None, Some(MOST)).await?;
            rows.retain(|row: &AppointmentRow| !row.is_cancelled() || now - row.changed_at < CANCELLED_FOR);
            written.feed_of_client(&rows)
        }
        Subject::TeamMember(member) => {
            let asked = Events {
                team_member: Some(member),
                from: Some(now - BACK),
                limit: Some(MOST),
                ..Events::default()
            };
            let rows = app.events(branch_id, asked).await?;
            let name = branch.team().get(&member).map_or_else(String::new, ToString::to_string);
            // To the hour, so that the calendar stays the same between two looks of an app.
            let hour = now.duration_trunc(TimeDelta::hours(1)).unwrap_or(now);
            written.feed_of_team_member(&name, &rows, hour)
        }
    };
    let etag = format!("\"{}\"", URL_SAFE_NO_PAD.encode(Sha256::digest(&calendar)));
    let asked = headers.get(header::IF_NONE_MATCH).and_then(|etag| etag.to_str().ok());
    let mut answer = if asked == Some(etag.as_str()) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(header::CONTENT_TYPE, "text/calendar; charset=utf-8")], calendar).into_response()
    };
    let of_all = [
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache")),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    ];
    answer.headers_mut().extend(of_all.map(|(name, value)| (Some(name), value)));
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        answer.headers_mut().insert(header::ETAG, etag);
    }
    Ok(answer)
}
