//! `user`: who signs in as staff. The first owner of a studio is made here.

use std::io::Read;
use std::path::PathBuf;

use aggregates::ids::BranchId;
use aggregates::values::Name;
use anyhow::Context;
use clap::{Args, Subcommand};
use serde_json::json;
use uuid::Uuid;

use super::stores::Store;
use super::{Format, Output};
use crate::app::App;
use crate::clock::Clock;
use crate::staff::{Added, Invitation, Login, Password, Role};

#[derive(Debug, Subcommand)]
pub(super) enum User {
    /// Add somebody to a branch. Without a password, a link is printed with which they choose one.
    Create(Create),
    /// Print who signs in, and as what.
    List {
        #[command(flatten)]
        store: Store,
        #[command(flatten)]
        output: Output,
    },
    /// Take password, second factor and sessions from somebody, and print a link to choose another password with.
    Reset {
        /// What they sign in with.
        #[arg(long)]
        login: Login,
        #[command(flatten)]
        link: Link,
        #[command(flatten)]
        store: Store,
    },
}

#[derive(Debug, Args)]
pub(super) struct Create {
    /// The branch; may be left out if there is only one.
    #[arg(long)]
    branch: Option<Uuid>,
    /// owner, manager, front-desk or auditor.
    #[arg(long)]
    role: Role,
    /// A name or an e-mail address to sign in with.
    #[arg(long)]
    login: Login,
    /// What others see; by default the login.
    #[arg(long, value_parser = name)]
    name: Option<Name>,
    /// A file with the password; `-` for what is typed or piped in.
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
    #[command(flatten)]
    link: Link,
    #[command(flatten)]
    store: Store,
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Args)]
pub(super) struct Link {
    /// Where staff reach the service, for the link.
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8081")]
    staff_url: String,
}

impl Link {
    fn to(&self, invitation: &Invitation) -> String {
        format!("{}/staff/invitation/{invitation}", self.staff_url.trim_end_matches('/'))
    }
}

fn name(text: &str) -> Result<Name, String> {
    Name::try_from(text.to_owned()).map_err(|error| error.to_string())
}

impl User {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        match self {
            Self::Create(create) => create.run().await,
            Self::List { store, output } => list(store, output.format).await,
            Self::Reset { login, link, store } => reset(store, &login, &link).await,
        }
    }
}

pub(super) async fn open(store: Store) -> anyhow::Result<App> {
    let address = &store.ledgers.store;
    anyhow::ensure!(address.is_there().await?, "there is no store at {address}");
    Ok(App::open(&store.at(false), Clock::system()).await?)
}

/// The branch that is meant, if there is one.
pub(super) async fn branch(app: &App, named: Option<Uuid>) -> anyhow::Result<BranchId> {
    let all: Vec<BranchId> = app.branches().await.map_err(away)?.iter().map(|row| row.branch_id).collect();
    match (named.map(BranchId), all.as_slice()) {
        (Some(branch), all) if all.contains(&branch) => Ok(branch),
        (Some(branch), _) => anyhow::bail!("there is no branch {branch} in this store"),
        (None, [only]) => Ok(*only),
        (None, []) => anyhow::bail!("there is no branch yet; create one with `cartwheel import`"),
        (None, _) => anyhow::bail!("there are several branches; say which one with --branch"),
    }
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
pub(super) fn away(error: crate::ledger::StoreError) -> anyhow::Error {
    anyhow::anyhow!("the store cannot be asked: {error}")
}

impl Create {
    async fn run(self) -> anyhow::Result<()> {
        let password = self.password_file.as_ref().map(read_password).transpose()?;
        let name = match self.name {
            Some(name) => name,
            None => Name::try_from(self.login.to_string())?,
        };
        let app = open(self.store).await?;
        let branch = branch(&app, self.branch).await?;
        let added = app
            .staff
            .add(branch, (&self.login, &name), self.role, password.as_ref(), app.clock.now())
            .await?;
        app.close().await;
        let (user, link) = match added? {
            Added::Invited(user, invitation) => (user, Some(self.link.to(&invitation))),
            Added::Known(user) => (user, None),
        };
        if self.output.format == Format::Json {
            say!(
                "{}",
                json!({"user_id": user.0, "branch_id": branch.0, "role": self.role.name(), "link": link})
            );
            return Ok(());
        }
        say!("{} is {} of branch {branch}.", self.login, self.role);
        if let Some(link) = link {
            say!("They choose a password within 7 days, once: {link}");
        }
        Ok(())
    }
}

fn read_password(path: &PathBuf) -> anyhow::Result<Password> {
    const LARGEST: u64 = 4 << 10;
    let mut text = String::new();
    if path.as_os_str() == "-" {
        std::io::stdin().take(LARGEST).read_to_string(&mut text)?;
    } else {
        let file = std::fs::File::open(path);
        let file = file.with_context(|| format!("{} cannot be read", path.display()))?;
        file.take(LARGEST).read_to_string(&mut text)?;
    }
    Ok(text.trim_end_matches(['\r', '\n']).parse()?)
}

async fn list(store: Store, format: Format) -> anyhow::Result<()> {
    let app = open(store).await?;
    let all = app.staff.everybody().await.map_err(away)?;
    app.close().await;
    for (user, roles) in all {
        let roles: Vec<_> = roles.iter().map(|(branch, role)| (branch, role.name())).collect();
        match format {
            Format::Json => {
                let roles = roles.iter().map(|(branch, role)| json!({"branch_id": branch.0, "role": role}));
                let roles: Vec<_> = roles.collect();
                let shown = json!({
                    "user_id": user.id.0, "login": user.login, "name": user.name, "roles": roles,
                    "has_password": user.has_password(), "has_second_factor": user.has_second_factor(),
                });
                say!("{shown}");
            }
            Format::Text => {
                let roles: Vec<_> =
                    roles.iter().map(|(branch, role)| format!("{role} of {branch}")).collect();
                say!("{}  {}  {}", user.login, user.name, roles.join(", "));
            }
        }
    }
    Ok(())
}

async fn reset(store: Store, login: &Login, link: &Link) -> anyhow::Result<()> {
    let app = open(store).await?;
    let user = app.staff.with_login(login).await.map_err(away)?;
    let user = user.with_context(|| format!("nobody signs in as {login}"))?;
    let invitation = app.staff.reset(user.id, app.clock.now()).await.map_err(away)?;
    app.close().await;
    let invitation = invitation.with_context(|| format!("nobody signs in as {login}"))?;
    say!("{login} is signed out, without password and second factor.");
    say!("They choose a password within 7 days, once: {}", link.to(&invitation));
    Ok(())
}
