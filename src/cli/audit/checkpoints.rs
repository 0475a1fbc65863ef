//! `audit checkpoint`, and the flags with which checkpoints are made and compared with.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context;
use clap::Args;

use super::super::{Format, Output, Store};
use crate::app::App;
use crate::audit::{self, Anchors};
use crate::clock::Clock;
use crate::signing::PublicKey;

#[derive(Debug, Args)]
pub(in crate::cli) struct Checkpoint {
    #[command(flatten)]
    store: Store,
    #[command(flatten)]
    folder: Folder,
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Args)]
struct Folder {
    /// A folder outside the store where checkpoints are kept too, in the file checkpoints.jsonl.
    #[arg(long, env = "CARTWHEEL_CHECKPOINT_DIR", value_name = "FOLDER")]
    checkpoint_dir: Option<PathBuf>,
}

/// Checkpoints while the service runs.
#[derive(Debug, Args)]
pub(in crate::cli) struct Scheduled {
    /// After how many minutes it is signed again where ledgers end; 0 for never.
    #[arg(long, env = "CARTWHEEL_CHECKPOINT_EVERY", value_name = "MINUTES", default_value_t = 60)]
    checkpoint_every: u32,
    #[command(flatten)]
    folder: Folder,
}

/// What to compare with.
#[derive(Debug, Args)]
pub(in crate::cli) struct Against {
    /// Checkpoints that were kept outside the store: checkpoints.jsonl.
    #[arg(long, value_name = "FILE")]
    checkpoints: Option<PathBuf>,
    /// The key of whoever has to have signed, as `audit key` prints it there.
    #[arg(long)]
    pub(super) key: Option<PublicKey>,
}

impl Checkpoint {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let address = &self.store.ledgers.store;
        anyhow::ensure!(address.is_there().await?, "there is no store at {address}");
        let app = App::open(&self.store.at(false), Clock::system()).await?;
        let made = audit::take(&app, self.folder.checkpoint_dir.as_deref()).await;
        app.close().await;
        let made = made?;
        match self.output.format {
            Format::Json => say!("{}", serde_json::to_string(&made)?),
            Format::Text => say!("{} checkpoints were signed.", made.len()),
        }
        Ok(())
    }
}

impl Scheduled {
    /// Makes checkpoints as long as it is waited for.
    pub(in crate::cli) async fn keep(self, app: App) {
        match self.checkpoint_every {
            0 => std::future::pending().await,
            minutes => {
                let every = Duration::from_secs(60 * u64::from(minutes));
                audit::schedule(app, every, self.folder.checkpoint_dir).await;
            }
        }
    }
}

impl Against {
    /// Reads the file, if one is named.
    pub(super) fn read(&self) -> anyhow::Result<Anchors> {
        let Some(path) = &self.checkpoints else { return Ok(Anchors::default()) };
        let text =
            std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
        Anchors::read(&text, self.key).map_err(anyhow::Error::msg)
    }
}
