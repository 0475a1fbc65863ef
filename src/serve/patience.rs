//! How long a connection may take over what is its turn to do: send a request's head, read an answer, come back.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use http_body::{Frame, SizeHint};
use pin_project_lite::pin_project;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::Instant;

/// Between two requests: longer than proxies keep a connection that they mean to use again.
const IDLE: Duration = Duration::from_secs(75);

/// From the first byte of a request's head to its last.
const HEAD: Duration = Duration::from_secs(10);

/// Without taking a byte of an answer.
const READING: Duration = Duration::from_secs(20);

/// The same for whoever is only to be told to come later, or once the service stops.
const SHORT: Duration = Duration::from_secs(1);

/// How far a connection is.
#[derive(Debug, Clone)]
pub(super) struct Progress(Arc<Mutex<At>>);

#[derive(Debug)]
struct At {
    turn: Turn,
    since: Instant,
    /// Since when no byte of an answer was taken, while some waits.
    stalled: Option<Instant>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    Idle,
    Head,
    Ours,
}

impl Progress {
    pub(super) fn begin() -> Self {
        Self(Arc::new(Mutex::new(At { turn: Turn::Idle, since: Instant::now(), stalled: None })))
    }

    /// A request is whole, and ours to answer.
    pub(super) fn is_ours(&self) {
        self.turn(Turn::Ours);
    }

    /// Whether the other side took longer than it may, or than it may while `hurried`.
    pub(super) fn is_overdue(&self, now: Instant, hurried: bool) -> bool {
        let at = self.at();
        let patience = |long: Duration| if hurried { SHORT } else { long };
        if at.stalled.is_some_and(|since| patience(READING) <= now - since) {
            return true;
        }
        match at.turn {
            Turn::Ours => false,
            Turn::Head => patience(HEAD) <= now - at.since,
            Turn::Idle => patience(IDLE) <= now - at.since,
        }
    }

    fn turn(&self, turn: Turn) {
        let mut at = self.at();
        at.turn = turn;
        at.since = Instant::now();
    }

    fn heard(&self) {
        let is_first = self.at().turn == Turn::Idle;
        if is_first {
            self.turn(Turn::Head);
        }
    }

    fn wrote<T>(&self, written: Poll<T>) -> Poll<T> {
        let mut at = self.at();
        match written {
            Poll::Pending => {
                at.stalled.get_or_insert_with(Instant::now);
            }
            Poll::Ready(_) => at.stalled = None,
        }
        written
    }

    fn at(&self) -> std::sync::MutexGuard<'_, At> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pin_project! {
    /// A stream whose progress is known.
    pub(super) struct Watched<S> {
        #[pin]
        stream: S,
        progress: Progress,
    }
}

impl<S> Watched<S> {
    pub(super) fn new(stream: S, progress: Progress) -> Self {
        Self { stream, progress }
    }
}

impl<S: AsyncRead> AsyncRead for Watched<S> {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.project();
        let before = buf.filled().len();
        ready!(this.stream.poll_read(cx, buf))?;
        if before < buf.filled().len() {
            this.progress.heard();
        }
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite> AsyncWrite for Watched<S> {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.project();
        this.progress.wrote(this.stream.poll_write(cx, buf))
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.project().stream.poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.project().stream.poll_shutdown(cx)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.project();
        this.progress.wrote(this.stream.poll_write_vectored(cx, bufs))
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

/// An answer's body: with its end, the next request is the other side's turn.
pub(super) struct Answering {
    body: Body,
    progress: Progress,
}

impl Answering {
    pub(super) fn new(body: Body, progress: Progress) -> Self {
        Self { body, progress }
    }
}

impl HttpBody for Answering {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        self.progress.turn(Turn::Idle);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(progress: &Progress, wait: Duration, hurried: bool) -> bool {
        progress.is_overdue(Instant::now() + wait, hurried)
    }

    /// A little less than so long.
    fn just(long: Duration) -> Duration {
        long.saturating_sub(SHORT)
    }

    #[test]
    fn a_head_has_ten_seconds_from_its_first_byte() {
        let progress = Progress::begin();
        assert!(!after(&progress, HEAD * 2, false), "nothing has begun");

        progress.heard();
        progress.heard();
        assert!(!after(&progress, just(HEAD), false));
        assert!(after(&progress, HEAD, false));
        progress.is_ours();
        assert!(!after(&progress, HEAD * 100, false), "it is we who are slow");
    }

    #[test]
    fn between_two_requests_there_is_more_time() {
        let progress = Progress::begin();
        progress.is_ours();
        drop(Answering::new(Body::empty(), progress.clone()));

        assert!(!after(&progress, just(IDLE), false));
        assert!(after(&progress, IDLE, false));
        assert!(after(&progress, SHORT, true));
    }

    #[test]
    fn whoever_takes_no_byte_of_an_answer_is_left() {
        let progress = Progress::begin();
        progress.is_ours();
        let _waiting: Poll<()> = progress.wrote(Poll::Pending);

        assert!(!after(&progress, just(READING), false));
        assert!(after(&progress, READING, false));
        let _taken: Poll<()> = progress.wrote(Poll::Ready(()));
        assert!(!after(&progress, READING, false));
    }
}
