//! Server-sent events (WHATWG HTML, section 9.2): a page hears that something changed, and asks again for what it shows.

use std::convert::Infallible;
use std::time::Duration;

use aggregates::ids::{BranchId, LinkId};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures::stream::{self, Stream, StreamExt};
use uuid::Uuid;

use super::extract::Ids;
use super::html::{Answer, OrSorry, Sorry};
use super::problem::Problem;
use super::shop::Shop;
use crate::app::App;
use crate::watching::{CannotWatch, Watcher};

/// Longer streams are opened anew, by whichever process is asked then.
const LONGEST: Duration = Duration::from_mins(15);

/// How often a quiet stream says that it is there.
const STILL_HERE: Duration = Duration::from_secs(15);

/// When a page whose stream ended asks again.
const RETRY: Duration = Duration::from_secs(3);

/// What happens in the branch of a link, for its widget.
pub(super) async fn of_link(
    State(app): State<App>,
    Ids((branch, link)): Ids<(Uuid, Uuid)>,
    headers: HeaderMap,
) -> Answer {
    let shop = Shop::find(&app, BranchId(branch), LinkId(link)).await.or_sorry()?;
    stream(&app, shop.branch_id, &headers).await
}

/// What happens in a branch, for its journal.
pub(super) async fn of_branch(State(app): State<App>, Ids(branch): Ids<Uuid>, headers: HeaderMap) -> Answer {
    app.branch(BranchId(branch)).await.or_sorry()?.or_sorry()?;
    stream(&app, BranchId(branch), &headers).await
}

async fn stream(app: &App, branch: BranchId, headers: &HeaderMap) -> Answer {
    let mut watcher = app.watching.watch(branch).await.map_err(refused)?;
    let head = watcher.head();
    let seen = headers.get("last-event-id").and_then(|id| id.to_str().ok()?.parse::<u64>().ok());
    // Whoever comes back may have missed something; whoever comes for the first time has just loaded the page.
    let missed = seen.filter(|seen| *seen != head).map(|_| changed(head));
    let hello = Event::default().event("hello").id(head.to_string()).retry(RETRY).data(head.to_string());
    let events =
        stream::iter([hello].into_iter().chain(missed)).chain(changes(watcher)).map(Ok::<_, Infallible>);
    let events = events.take_until(tokio::time::sleep(LONGEST));
    let headers = [
        (HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no")),
        (HeaderName::from_static("cache-control"), HeaderValue::from_static("no-cache, no-transform")),
    ];
    let kept: Response = Sse::new(events).keep_alive(KeepAlive::new().interval(STILL_HERE)).into_response();
    Ok((headers, kept).into_response())
}

fn changes(watcher: Watcher) -> impl Stream<Item = Event> {
    stream::unfold(watcher, async |mut watcher| {
        let head = watcher.changed().await?;
        Some((changed(head), watcher))
    })
}

fn changed(head: u64) -> Event {
    Event::default().event("changed").id(head.to_string()).data(head.to_string())
}

fn refused(why: CannotWatch) -> Sorry {
    match why {
        CannotWatch::Full => Problem::later("busy", 30, "too many pages are watching at this moment"),
        CannotWatch::Store(error) => error.into(),
    }
}
