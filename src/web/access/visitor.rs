//! Who asks, as far as is known before a handler runs.

use aggregates::ids::BranchId;
use axum::http::{HeaderMap, HeaderName, header};
use uuid::Uuid;

use crate::app::App;
use crate::command::Actor;
use crate::ledger::StoreError;
use crate::staff::tokens::ApiToken;
use crate::staff::{Role, UserId};
use crate::web::origin::is_local;
use crate::web::pages::shell::You;
use crate::web::staff::cookies::{self, Kind};

/// Somebody on the staff listener who was let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Visitor {
    pub(crate) actor: Actor,
    /// What they are called; nothing before there is any sign-in.
    pub(crate) name: Option<String>,
    /// What they are in the branch of the address; nothing if it names none.
    pub(crate) role: Option<Role>,
    /// The session by which they came.
    pub(crate) session: Option<Uuid>,
    /// The branch that a token is for.
    token_of: Option<(BranchId, Role)>,
}

/// What came of looking at a request.
pub(super) enum Seen {
    Visitor(Visitor),
    /// Nobody; `over` if they were signed in before.
    Nobody {
        over: bool,
    },
    /// Nobody can sign in yet, and the request comes from beyond this machine.
    NotYet,
}

/// What proxies add. A request that has one of these comes from beyond this machine, whatever it says of itself.
const FORWARDED: [HeaderName; 6] = [
    header::FORWARDED,
    header::VIA,
    HeaderName::from_static("x-forwarded-for"),
    HeaderName::from_static("x-forwarded-host"),
    HeaderName::from_static("x-forwarded-proto"),
    HeaderName::from_static("x-real-ip"),
];

fn is_of_this_machine(headers: &HeaderMap) -> bool {
    is_local(headers) && !FORWARDED.iter().any(|name| headers.contains_key(name))
}

/// Who asks. A token counts for the API alone, and where one is shown nothing else does.
pub(super) async fn look(app: &App, headers: &HeaderMap, is_api: bool) -> Result<Seen, StoreError> {
    let now = app.clock.now();
    if !app.staff.sign_in().await? {
        return Ok(if is_of_this_machine(headers) {
            Seen::Visitor(Visitor {
                actor: Actor::Staff,
                name: None,
                role: None,
                session: None,
                token_of: None,
            })
        } else {
            Seen::NotYet
        });
    }
    if let Some(shown) = headers.get(header::AUTHORIZATION).filter(|_| is_api) {
        let token = shown.to_str().ok().and_then(|shown| shown.split_once(' '));
        let token = token.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
        let token = token.and_then(|(_, token)| token.trim().parse::<ApiToken>().ok());
        let Some(token) = token else { return Ok(Seen::Nobody { over: false }) };
        let Some(kept) = app.staff.token(&token, now).await? else { return Ok(Seen::Nobody { over: true }) };
        return Ok(Seen::Visitor(Visitor {
            actor: Actor::Token(kept.id),
            name: Some(kept.name),
            role: None,
            session: None,
            token_of: Some((kept.branch, kept.scope.role())),
        }));
    }
    let Some(shown) = cookies::read(headers, Kind::Session) else { return Ok(Seen::Nobody { over: false }) };
    let Ok(id) = shown.parse() else { return Ok(Seen::Nobody { over: true }) };
    let Some(session) = app.staff.session(&id, now).await? else { return Ok(Seen::Nobody { over: true }) };
    let Some(user) = app.staff.user(session.user).await? else { return Ok(Seen::Nobody { over: true }) };
    Ok(Seen::Visitor(Visitor {
        actor: Actor::User(user.id),
        name: Some(user.name),
        role: None,
        session: Some(session.id),
        token_of: None,
    }))
}

impl Visitor {
    /// Nobody can sign in yet, and this is somebody at this machine.
    pub(crate) fn is_anybody(&self) -> bool {
        self.actor == Actor::Staff
    }

    pub(crate) fn user(&self) -> Option<UserId> {
        match self.actor {
            Actor::User(id) => Some(id),
            _ => None,
        }
    }

    /// The branches that they work in; `None` if all are open to them.
    pub(crate) async fn branches(&self, app: &App) -> Result<Option<Vec<BranchId>>, StoreError> {
        match (self.token_of, self.user()) {
            (Some((branch, _)), _) => Ok(Some(vec![branch])),
            (None, Some(user)) => {
                let roles = app.staff.roles_of(user).await?;
                Ok(Some(roles.into_iter().map(|(branch, _)| branch).collect()))
            }
            (None, None) => Ok(None),
        }
    }

    /// What they are in a branch.
    pub(super) async fn role_in(&self, app: &App, branch: BranchId) -> Result<Option<Role>, StoreError> {
        match (self.token_of, self.user()) {
            (Some((of, role)), _) => Ok((of == branch).then_some(role)),
            (None, Some(user)) => app.staff.role(branch, user).await,
            (None, None) => Ok(None),
        }
    }

    /// The same, as pages know it.
    pub(crate) fn you(&self) -> You {
        match (&self.name, self.role) {
            (Some(name), role) => You::SignedIn { name: name.clone(), role },
            (None, _) => You::Anybody,
        }
    }
}
