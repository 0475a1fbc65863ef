//! Whoever looks at a branch hears that something changed there, whichever process changed it.

use std::time::Duration;

use cartwheel::watching::CannotWatch;

use axum::body::Body;
use axum::http::Request;
use futures::StreamExt;
use tower::ServiceExt;

use crate::studio::store::on_every_store;
use crate::studio::{BRANCH, LINK, Studio};

on_every_store!(a_booking_by_another_process_is_heard_of,);

/// Within which a page has to know (expectation 20), with a little for a busy machine.
const SOON: Duration = Duration::from_secs(4);

async fn a_booking_by_another_process_is_heard_of() {
    let studio = Studio::open().await;
    let other = studio.another_process().await;
    let mut watcher = other.watching.watch(BRANCH).await.unwrap();
    let before = watcher.head();

    studio.select(&studio.yoga[..2]).await.unwrap();

    let heard = tokio::time::timeout(SOON, watcher.changed()).await.unwrap().unwrap();
    assert!(before < heard);
    assert_eq!(heard, studio.app.ledger.tail(BRANCH).await.unwrap().head);
}

#[tokio::test]
async fn nobody_who_watches_leaves_no_task_behind() {
    let studio = Studio::open().await;
    let tasks = || tokio::runtime::Handle::current().metrics().num_alive_tasks();
    let before = tasks();
    let watchers = [studio.app.watching.watch(BRANCH).await, studio.app.watching.watch(BRANCH).await];
    assert_eq!(tasks(), before + 1, "one task for a branch, however many watch");

    drop(watchers);
    tokio::time::sleep(Duration::from_millis(1_200)).await;

    assert_eq!(tasks(), before);
}

#[tokio::test]
async fn too_many_are_told_and_those_who_leave_make_room() {
    let studio = Studio::open().await;
    let watch = || studio.app.watching.watch(BRANCH);
    let mut all = vec![];
    let refused = loop {
        match watch().await {
            Ok(watcher) => all.push(watcher),
            Err(refused) => break refused,
        }
    };

    assert!(matches!(refused, CannotWatch::Full));
    assert_eq!(all.len(), 2_000);
    all.pop();
    assert!(watch().await.is_ok());
}

#[tokio::test]
async fn a_service_that_stops_ends_every_stream() {
    let studio = Studio::open().await;
    let mut watcher = studio.app.watching.watch(BRANCH).await.unwrap();

    studio.app.watching.stop();

    assert_eq!(tokio::time::timeout(SOON, watcher.changed()).await.unwrap(), None);
}

/// What a stream sends next.
async fn next(body: &mut axum::body::BodyDataStream) -> String {
    let chunk = tokio::time::timeout(SOON, body.next()).await.unwrap().unwrap().unwrap();
    String::from_utf8(chunk.to_vec()).unwrap()
}

#[tokio::test]
async fn a_page_hears_of_it_and_whoever_comes_back_of_what_was_missed() {
    let studio = Studio::open().await;
    let stream = async |last: Option<&str>| {
        let request = Request::get(format!("/w/{BRANCH}/{LINK}/live")).header("host", "localhost");
        let request = last.into_iter().fold(request, |request, id| request.header("last-event-id", id));
        let answer = studio.public().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(answer.headers()["content-type"], "text/event-stream");
        assert_eq!(answer.headers()["x-accel-buffering"], "no");
        answer.into_body().into_data_stream()
    };
    let head = studio.head().await;

    let mut first = stream(None).await;
    assert!(next(&mut first).await.contains(&format!("event: hello\nid: {head}\nretry: 3000")));
    studio.select(&studio.yoga[..1]).await.unwrap();
    let later = studio.head().await;
    assert!(next(&mut first).await.contains(&format!("event: changed\nid: {later}\n")));

    let mut again = stream(Some(&head.to_string())).await;
    let both = next(&mut again).await + &next(&mut again).await;
    assert!(
        both.contains("event: hello") && both.contains(&format!("event: changed\nid: {later}\n")),
        "{both}"
    );
    let elsewhere = studio.ask("GET", &format!("/w/{BRANCH}/{BRANCH}/live"), &[], None).await;
    assert_eq!(elsewhere.status, 404);
}
