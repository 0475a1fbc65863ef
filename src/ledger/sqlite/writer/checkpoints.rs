//! Writes the write-ahead log back into the file while the writer goes on: that is a sixth of the time of a busy
//! writer, and nobody has to wait for it.
//!
//! What is written back can be overwritten only once the writer meets a log that is written back as a whole. Under an
//! unceasing load it may not, so at [`LOG_LIMIT`] the writer writes the rest back itself.
//!
//! After a person was erased the log is written back as a whole and cut off, so that what was taken away stands in neither
//! of the two files.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rusqlite::Connection;

use super::super::PATIENCE;

/// Pages after which the writer itself writes the log back: 64 MiB.
pub(in super::super) const LOG_LIMIT: u32 = 16_384;

/// Bytes up to which a log is left alone; opening the store again reads that much in a moment.
const SMALL: u64 = 4 << 20;

/// Time between two rounds, so that a page that changes with every booking is written back once for many of them.
const PAUSE: Duration = Duration::from_millis(100);

/// How long readers and writers may stand in the way of a log that is to be cut off; then the next round does it.
const BRIEFLY: Duration = Duration::from_millis(20);

/// The thread that writes back.
#[derive(Debug)]
pub(super) struct Checkpoints {
    stored: SyncSender<()>,
    /// The log is to be cut off.
    empty: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl Checkpoints {
    /// Starts the thread over a connection of its own to that file.
    pub(super) fn start(connection: Connection, path: &Path) -> std::io::Result<Self> {
        let (stored, told) = sync_channel(1);
        let mut log = path.as_os_str().to_owned();
        log.push("-wal");
        let thread = std::thread::Builder::new().name("ledger-log".to_owned());
        // What a process that was killed had no time for.
        let empty = Arc::new(AtomicBool::new(!cut_off(&connection)));
        let wanted = Arc::clone(&empty);
        let thread = thread.spawn(move || run(&connection, &PathBuf::from(log), &told, &wanted))?;
        Ok(Self { stored, empty, thread })
    }

    /// Something was added to the log.
    pub(super) fn stored(&self) {
        // Told once is enough, however much was added meanwhile.
        let _ = self.stored.try_send(());
    }

    /// Something was taken away that may still stand in the log.
    pub(super) fn empty(&self) {
        self.empty.store(true, Ordering::Release);
    }

    /// Ends the thread after the round that is under way.
    pub(super) fn stop(self) {
        drop(self.stored);
        if self.thread.join().is_err() {
            tracing::warn!("writing the log back ended in a panic");
        }
    }
}

fn run(connection: &Connection, log: &Path, told: &Receiver<()>, empty: &AtomicBool) {
    loop {
        // A log that could not be cut off is tried again, whether or not something is added to it.
        let waits = !empty.load(Ordering::Acquire);
        if waits && told.recv().is_err() {
            return;
        }
        let next = Instant::now() + PAUSE;
        loop {
            match told.recv_timeout(next.saturating_duration_since(Instant::now())) {
                Ok(()) => {}
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
        if empty.swap(false, Ordering::AcqRel) {
            if !cut_off(connection) {
                empty.store(true, Ordering::Release);
            }
            continue;
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

/// Writes the log back as a whole and cuts it off; `false` if somebody stood in the way.
fn cut_off(connection: &Connection) -> bool {
    let done = connection.busy_timeout(BRIEFLY).and_then(|()| {
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0))
    });
    let _ = connection.busy_timeout(PATIENCE);
    match done {
        Ok(busy) => busy == 0,
        Err(error) => {
            tracing::debug!(%error, "the log was not cut off");
            false
        }
    }
}
