//! Writes the write-ahead log back into the file while the writer goes on: that is a sixth of the time of a busy
//! writer, and nobody has to wait for it.
//!
//! What is written back can be overwritten only once the writer meets a log that is written back as a whole. Under an
//! unceasing load it may not, so at [`LOG_LIMIT`] the writer writes the rest back itself.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rusqlite::Connection;

/// Pages after which the writer itself writes the log back: 64 MiB.
pub(in super::super) const LOG_LIMIT: u32 = 16_384;

/// Bytes up to which a log is left alone; opening the store again reads that much in a moment.
const SMALL: u64 = 4 << 20;

/// Time between two rounds, so that a page that changes with every booking is written back once for many of them.
const PAUSE: Duration = Duration::from_millis(100);

/// The thread that writes back.
#[derive(Debug)]
pub(super) struct Checkpoints {
    stored: SyncSender<()>,
    thread: JoinHandle<()>,
}

impl Checkpoints {
    /// Starts the thread over a connection of its own to that file.
    pub(super) fn start(connection: Connection, path: &Path) -> std::io::Result<Self> {
        let (stored, told) = sync_channel(1);
        let mut log = path.as_os_str().to_owned();
        log.push("-wal");
        let thread = std::thread::Builder::new().name("ledger-log".to_owned());
        let thread = thread.spawn(move || run(&connection, &PathBuf::from(log), &told))?;
        Ok(Self { stored, thread })
    }

    /// Something was added to the log.
    pub(super) fn stored(&self) {
        // Told once is enough, however much was added meanwhile.
        let _ = self.stored.try_send(());
    }

    /// Ends the thread after the round that is under way.
    pub(super) fn stop(self) {
        drop(self.stored);
        if self.thread.join().is_err() {
            tracing::warn!("writing the log back ended in a panic");
        }
    }
}

fn run(connection: &Connection, log: &Path, told: &Receiver<()>) {
    while told.recv().is_ok() {
        let next = Instant::now() + PAUSE;
        loop {
            match told.recv_timeout(next.saturating_duration_since(Instant::now())) {
                Ok(()) => {}
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
        if std::fs::metadata(log).is_ok_and(|log| log.len() <= SMALL) {
            continue;
        }
        // Another process may be at it, or a reader in the way: then the next round does it.
        if let Err(error) = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(())) {
            tracing::debug!(%error, "the log was not written back");
        }
    }
}
