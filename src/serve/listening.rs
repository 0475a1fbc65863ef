//! One listener's connections: each bounded in what it may hold and in how long, all of them in their number.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt;

use super::patience::{Answering, Progress, Watched};
use crate::limits::Limits;
use crate::limits::connections::{Connections, Place};
use crate::telemetry;
use crate::web::Arrived;

/// Bytes of the largest head of a request, with its address and cookies.
const LARGEST_HEAD: usize = 32 << 10;

/// Bytes that a connection keeps of what it reads, and of what it has to write before it asks for more.
const BUFFER: usize = 64 << 10;

/// How often a connection's patience is looked at.
const OFTEN: Duration = Duration::from_secs(2);

/// The same once the service stops, or for somebody who is turned away.
const HURRIED: Duration = Duration::from_millis(250);

/// What all listeners share.
#[derive(Debug, Clone)]
pub(super) struct Front {
    pub(super) limits: Arc<Limits>,
    pub(super) connections: Arc<Connections>,
    pub(super) stop: CancellationToken,
}

impl Front {
    /// Takes connections until the service stops, and then waits until they are done.
    pub(super) async fn serve(self, listener: TcpListener, routes: Router) {
        let tasks = TaskTracker::new();
        loop {
            let accepted = tokio::select! {
                () = self.stop.cancelled() => break,
                accepted = listener.accept() => accepted,
            };
            match accepted {
                Ok((stream, peer)) => self.take(stream, peer, &routes, &tasks),
                Err(error) if went_away(&error) => {}
                Err(error) => {
                    // Too many open files, most likely: others have to end first.
                    tracing::warn!(%error, "no connection can be taken");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            }
        }
        drop(listener);
        tasks.close();
        tasks.wait().await;
    }

    fn take(&self, stream: TcpStream, peer: SocketAddr, routes: &Router, tasks: &TaskTracker) {
        let is_proxy = self.limits.proxies().include(peer.ip());
        let Some(place) = self.connections.enter(peer.ip(), is_proxy) else {
            return telemetry::turned_away("not-told");
        };
        if let Some(why) = place.turned_away {
            telemetry::turned_away(why.name());
        }
        let arrived =
            Arrived { peer: peer.ip(), limits: Arc::clone(&self.limits), turned_away: place.turned_away };
        // Small answers go out at once.
        let _ = stream.set_nodelay(true);
        tasks.spawn(converse(stream, arrived, routes.clone(), place, self.stop.clone()));
    }
}

/// Answers the requests of one connection.
async fn converse(
    stream: TcpStream,
    arrived: Arrived,
    routes: Router,
    place: Place,
    stop: CancellationToken,
) {
    let progress = Progress::begin();
    let io = TokioIo::new(Watched::new(stream, progress.clone()));
    let answer = service_fn(|request| answer(request, arrived.clone(), routes.clone(), progress.clone()));
    let turned_away = place.turned_away.is_some();
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(None)
        .keep_alive(!turned_away)
        .max_header_size(LARGEST_HEAD)
        .max_buf_size(BUFFER)
        .serve_connection(io, answer);
    let mut connection = std::pin::pin!(connection);
    let mut look = interval(if turned_away { HURRIED } else { OFTEN });
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut stopping = false;
    loop {
        tokio::select! {
            // Whatever broke, the other side has heard of it or is gone.
            _ended = connection.as_mut() => break,
            () = stop.cancelled(), if !stopping => {
                stopping = true;
                connection.as_mut().graceful_shutdown();
                look = interval(HURRIED);
            }
            _ = look.tick() => {
                if progress.is_overdue(Instant::now(), turned_away || stopping) {
                    break;
                }
            }
        }
    }
    drop(place);
}

async fn answer(
    request: hyper::Request<Incoming>,
    arrived: Arrived,
    routes: Router,
    progress: Progress,
) -> Result<Response<Answering>, Infallible> {
    progress.is_ours();
    let mut request: Request = request.map(Body::new);
    request.extensions_mut().insert(arrived);
    let answer = routes.oneshot(request).await?;
    Ok(answer.map(|body| Answering::new(body, progress)))
}

/// Whether it is only this connection that is not there any more.
fn went_away(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    [ConnectionAborted, ConnectionRefused, ConnectionReset].contains(&error.kind())
}
