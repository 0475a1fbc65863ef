//! `audit export`, `audit check` and `audit key`.

use std::ffi::OsString;
use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use aggregates::ids::BranchId;
use anyhow::Context;
use chrono::SecondsFormat;
use clap::Args;
use indicatif::HumanCount;
use uuid::Uuid;

use super::super::progress::bar;
use super::super::stores::Store;
use super::super::{Format, Output};
use super::bar_of_facts;
use super::checkpoints::Against;
use crate::app::App;
use crate::audit::{self, Checked, SignedManifest};
use crate::clock::Clock;
use crate::signing::Signer;

/// That nothing can be said.
const CANNOT_TELL: u8 = 2;

#[derive(Debug, Args)]
pub(in crate::cli) struct Export {
    /// The file to make; its manifest stands beside it as FILE.manifest.json. Neither may exist yet.
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
    /// A branch to export, instead of all; may be given several times.
    #[arg(long)]
    branch: Vec<Uuid>,
    #[command(flatten)]
    store: Store,
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Check {
    /// The file; its manifest is looked for beside it.
    file: PathBuf,
    /// The key of whoever has to have signed it, as `audit key` prints it there.
    #[command(flatten)]
    against: Against,
    #[command(flatten)]
    output: Output,
}

/// How long the bar is going to be.
#[derive(serde::Deserialize)]
struct Counted {
    facts: u64,
}

fn manifest_of(file: &Path) -> PathBuf {
    let mut name = OsString::from(file);
    name.push(".manifest.json");
    PathBuf::from(name)
}

pub(super) fn signer(app: &App) -> anyhow::Result<Signer> {
    app.vault.signer().context("the master key of this store signs nothing")
}

/// Prints the public key of a store.
pub(super) async fn key(store: Store) -> anyhow::Result<()> {
    let app = App::open(&store.at(false), Clock::system()).await?;
    say!("{}", signer(&app)?.public_key());
    app.close().await;
    Ok(())
}

impl Export {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let manifest = manifest_of(&self.to);
        let taken = |path: &Path| format!("{} is there already, or cannot be made", path.display());
        anyhow::ensure!(!manifest.exists(), taken(&manifest));
        let address = &self.store.ledgers.store;
        anyhow::ensure!(address.is_there().await?, "there is no store at {address}");
        let app = App::open(&self.store.at(false), Clock::system()).await?;
        let file = File::create_new(&self.to).with_context(|| taken(&self.to))?;
        let exported = write(&app, &self.branch, file).await;
        app.close().await;
        let exported = match exported {
            Ok(exported) => exported,
            Err(error) => {
                // Half an export is none.
                let _gone = std::fs::remove_file(&self.to);
                return Err(error);
            }
        };
        let text = serde_json::to_string_pretty(&exported.signed)?;
        std::fs::write(&manifest, text).with_context(|| taken(&manifest))?;
        let (facts, key) = (exported.facts, &exported.signed.public_key);
        match self.output.format {
            Format::Json => say!(
                "{}",
                serde_json::json!({"branches": exported.branches, "facts": facts, "signed_by": key})
            ),
            Format::Text => {
                say!("{} facts of {} branches were exported.", HumanCount(facts), exported.branches);
                say!("Signed by {key}");
            }
        }
        Ok(())
    }
}

async fn write(app: &App, branches: &[Uuid], file: File) -> anyhow::Result<audit::Exported> {
    let only: Vec<BranchId> = branches.iter().copied().map(BranchId).collect();
    let (bar, told) = bar_of_facts(app.ledger.as_ref(), "Exporting").await;
    let mut file = BufWriter::new(file);
    let at = app.clock.now();
    let exported =
        audit::export(app.ledger.as_ref(), &only, &signer(app)?, at, &mut file, told.as_ref()).await;
    bar.finish_and_clear();
    let exported = exported?;
    file.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()?;
    Ok(exported)
}

impl Check {
    pub(super) fn run(self) -> ExitCode {
        match self.checked().and_then(|checked| report(&checked, self.output.format)) {
            Ok(code) => code,
            Err(error) => {
                eprintln!("{error:#}");
                ExitCode::from(CANNOT_TELL)
            }
        }
    }

    fn checked(&self) -> anyhow::Result<Checked> {
        let manifest = manifest_of(&self.file);
        let read = |path: &Path| format!("{} cannot be read", path.display());
        let text = std::fs::read_to_string(&manifest).with_context(|| read(&manifest))?;
        let signed: SignedManifest = serde_json::from_str(&text).with_context(|| read(&manifest))?;
        let file = File::open(&self.file).with_context(|| read(&self.file))?;
        let facts = serde_json::from_str::<Counted>(&signed.manifest).map_or(0, |it| it.facts);
        let anchors = self.against.read()?;
        let bar = bar(facts, "Checking");
        let told = bar.clone();
        let checked = audit::check(BufReader::new(file), &signed, self.against.key, &anchors, &move |more| {
            told.inc(more)
        });
        bar.finish_and_clear();
        Ok(checked?)
    }
}

fn report(checked: &Checked, format: Format) -> anyhow::Result<ExitCode> {
    let code = if checked.difference.is_some() { ExitCode::FAILURE } else { ExitCode::SUCCESS };
    match (format, &checked.difference) {
        (Format::Json, _) => say!("{}", serde_json::to_string(checked)?),
        (Format::Text, Some(difference)) => say!("Difference: {difference}."),
        (Format::Text, None) => {
            let at = checked.exported_at.map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true));
            say!("As it was signed: {} branches, {} facts.", checked.branches, HumanCount(checked.facts));
            say!("Exported {}, signed by {}", at.unwrap_or_default(), checked.signed_by);
        }
    }
    Ok(code)
}
