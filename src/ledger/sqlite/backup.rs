//! Copies of a SQLite file, made while others write to it (sqlite.org, "Online Backup API").

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::backup::{Backup, Progress, StepResult};
use rusqlite::{Connection, OpenFlags};

use super::PATIENCE;
use crate::ledger::StoreError;

/// Pages that are copied at once, between two signs of progress.
const AT_ONCE: i32 = 1_000;

/// How long to wait if the file cannot be read for a moment.
const PAUSE: Duration = Duration::from_millis(50);

/// Why there is no copy. What was there before still is.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    #[error("there is no store at {}", .0.display())]
    NothingThere(PathBuf),
    #[error("{} exists already; please choose another name or remove it first", .0.display())]
    Exists(PathBuf),
    #[error("{} cannot be copied to {}: {error}", from.display(), to.display())]
    Failed { from: PathBuf, to: PathBuf, error: StoreError },
}

/// Copies the store in one file to another, as it is at one moment, while everybody else goes on. `told` hears how many
/// pages were copied, and of how many. The copy is on the disk when this returns, and appears under its name only then.
///
/// # Errors
///
/// If there is no store, something else has the name of the copy, or the copy cannot be written.
pub fn copy(from: &Path, to: &Path, told: impl Fn(u64, u64)) -> Result<(), CopyError> {
    if !from.exists() {
        return Err(CopyError::NothingThere(from.to_owned()));
    }
    if to.exists() {
        return Err(CopyError::Exists(to.to_owned()));
    }
    let mut unfinished = to.as_os_str().to_owned();
    unfinished.push(".unfinished");
    let unfinished = PathBuf::from(unfinished);
    let copied = write(from, &unfinished, told).and_then(|()| Ok(std::fs::rename(&unfinished, to)?));
    copied.and_then(|()| keep(to)).map_err(|error| {
        let _ = std::fs::remove_file(&unfinished);
        CopyError::Failed { from: from.to_owned(), to: to.to_owned(), error }
    })
}

fn write(from: &Path, to: &Path, told: impl Fn(u64, u64)) -> Result<(), StoreError> {
    // What an earlier copy left unfinished.
    let _ = std::fs::remove_file(to);
    let source = Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    source.busy_timeout(PATIENCE)?;
    // One reading transaction over all steps: the moment of the copy, whoever writes meanwhile.
    source.execute_batch("BEGIN; SELECT count(*) FROM sqlite_schema")?;
    let mut target = Connection::open(to)?;
    target.pragma_update(None, "synchronous", "FULL")?;
    let backup = Backup::new(&source, &mut target)?;
    loop {
        match backup.step(AT_ONCE)? {
            StepResult::Done => break,
            StepResult::More => {}
            _ => std::thread::sleep(PAUSE),
        }
        let Progress { remaining, pagecount } = backup.progress();
        told(pages(pagecount - remaining), pages(pagecount));
    }
    drop(backup);
    target.close().map_err(|(_, error)| error)?;
    Ok(File::open(to)?.sync_all()?)
}

fn pages(count: i32) -> u64 {
    u64::try_from(count).unwrap_or(0)
}

/// A name is on the disk once its folder is.
fn keep(to: &Path) -> Result<(), StoreError> {
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok(File::open(folder)?.sync_all()?)
}
