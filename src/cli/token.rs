//! `token`: what programs show to the API of staff.

use aggregates::values::Name;
use clap::{Args, Subcommand};
use serde_json::json;
use uuid::Uuid;

use super::stores::Store;
use super::user::{away, branch, open};
use super::{Format, Output};
use crate::staff::TokenId;
use crate::staff::tokens::{DAYS, Scope};

#[derive(Debug, Subcommand)]
pub(super) enum Token {
    /// Make one, and print it this once.
    Create {
        /// What it is for.
        #[arg(long, value_parser = name)]
        name: Name,
        /// read, book or settings.
        #[arg(long)]
        scope: Scope,
        /// How many days it works.
        #[arg(long, default_value_t = 90, value_parser = days)]
        days: u32,
        #[command(flatten)]
        of: Of,
    },
    /// Print those of a branch, without what opens something.
    List {
        #[command(flatten)]
        of: Of,
    },
    /// End one.
    Revoke {
        /// Its id, as it is listed.
        token: TokenId,
        #[command(flatten)]
        of: Of,
    },
}

#[derive(Debug, Args)]
pub(super) struct Of {
    /// The branch; may be left out if there is only one.
    #[arg(long)]
    branch: Option<Uuid>,
    #[command(flatten)]
    store: Store,
    #[command(flatten)]
    output: Output,
}

fn name(text: &str) -> Result<Name, String> {
    Name::try_from(text.to_owned()).map_err(|error| error.to_string())
}

fn days(text: &str) -> Result<u32, String> {
    let days = text.parse().ok().filter(|days| DAYS.contains(days));
    days.ok_or_else(|| format!("from {} to {} days are possible", DAYS.start(), DAYS.end()))
}

impl Token {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        match self {
            Self::Create { name, scope, days, of } => create(of, &name, scope, days).await,
            Self::List { of } => list(of).await,
            Self::Revoke { token, of } => revoke(of, token).await,
        }
    }
}

async fn create(of: Of, name: &Name, scope: Scope, days: u32) -> anyhow::Result<()> {
    let app = open(of.store).await?;
    let branch = branch(&app, of.branch).await?;
    let made = app.staff.make_token(branch, (name, scope), days, None, app.clock.now()).await;
    let (id, token) = made.map_err(away)?;
    app.close().await;
    match of.output.format {
        Format::Json => {
            say!("{}", json!({"token_id": id.0, "branch_id": branch.0, "token": token.to_string()}));
        }
        Format::Text => say!("{token}\nIt is not shown again. Its id is {id}."),
    }
    Ok(())
}

async fn list(of: Of) -> anyhow::Result<()> {
    let app = open(of.store).await?;
    let branch = branch(&app, of.branch).await?;
    let tokens = app.staff.tokens(branch).await.map_err(away)?;
    app.close().await;
    for token in tokens {
        let (expires, used, revoked) = (token.expires_at, token.used_at, token.revoked_at);
        match of.output.format {
            Format::Json => say!(
                "{}",
                json!({
                    "token_id": token.id.0, "name": token.name, "scope": token.scope.name(),
                    "expires_at": expires, "used_at": used, "revoked_at": revoked,
                })
            ),
            Format::Text => {
                let ended = revoked.map_or(String::new(), |at| format!(", revoked {at}"));
                let used = used.map_or("never used".to_owned(), |at| format!("last used {at}"));
                say!("{}  {}  {}, until {expires}, {used}{ended}", token.id, token.scope.name(), token.name);
            }
        }
    }
    Ok(())
}

async fn revoke(of: Of, token: TokenId) -> anyhow::Result<()> {
    let app = open(of.store).await?;
    let branch = branch(&app, of.branch).await?;
    let revoked = app.staff.revoke_token(branch, token, app.clock.now()).await.map_err(away)?;
    app.close().await;
    anyhow::ensure!(revoked, "this branch has no token {token} that works");
    say!("The token {token} opens nothing any more.");
    Ok(())
}
