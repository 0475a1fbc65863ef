//! What can go wrong on request.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tonic::Status;

/// The faults of a server that are on now.
#[derive(Debug)]
pub struct Faults {
    stalled: watch::Sender<bool>,
    busy: AtomicBool,
    /// Appends whose answers are still to be lost.
    lost: AtomicU32,
    /// Ends when every connection is to break.
    connections: Mutex<CancellationToken>,
    /// Ends when every subscription is to end.
    subscriptions: Mutex<CancellationToken>,
}

impl Default for Faults {
    fn default() -> Self {
        Self {
            stalled: watch::Sender::new(false),
            busy: AtomicBool::new(false),
            lost: AtomicU32::new(0),
            connections: Mutex::default(),
            subscriptions: Mutex::default(),
        }
    }
}

impl Faults {
    /// Takes requests and answers none, until told otherwise.
    pub fn stall(&self, stalled: bool) {
        self.stalled.send_replace(stalled);
    }

    /// Refuses every request, as a server does that has too much to do, until told otherwise.
    pub fn refuse(&self, busy: bool) {
        self.busy.store(busy, Ordering::SeqCst);
    }

    /// Stores so many appends whose connections break before the answer.
    pub fn lose_answers(&self, appends: u32) {
        self.lost.store(appends, Ordering::SeqCst);
    }

    /// Breaks every connection.
    pub fn drop_connections(&self) {
        end(&self.connections);
    }

    /// Ends every subscription as if there were nothing more to come.
    pub fn end_subscriptions(&self) {
        end(&self.subscriptions);
    }

    /// Waits as long as this server stalls; an error if it refuses.
    pub(crate) async fn pass(&self) -> Result<(), Status> {
        // The sender is this one.
        let _ = self.stalled.subscribe().wait_for(|stalled| !stalled).await;
        if self.busy.load(Ordering::SeqCst) {
            return Err(Status::unavailable("Server Is Too Busy"));
        }
        Ok(())
    }

    /// Loses the answer to an append that was stored, if that was asked for.
    pub(crate) async fn lose(&self) {
        let one_less = |lost: u32| lost.checked_sub(1);
        if self.lost.fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_less).is_ok() {
            self.drop_connections();
            std::future::pending::<()>().await;
        }
    }

    pub(crate) fn connections(&self) -> CancellationToken {
        self.connections.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn subscriptions(&self) -> CancellationToken {
        self.subscriptions.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn end(token: &Mutex<CancellationToken>) {
    std::mem::take(&mut *token.lock().unwrap_or_else(PoisonError::into_inner)).cancel();
}
