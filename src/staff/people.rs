//! Who works in a branch, and as what.

use std::collections::HashMap;

use aggregates::ids::BranchId;
use aggregates::values::Name;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::users::{USERS, User};
use super::{CannotTell, Invitation, Login, Password, Role, Staff, UserId};
use crate::ledger::StoreError;
use crate::ledger::change::Change;
use crate::ledger::query::Select;
use crate::ledger::table::{Cell, Cells, Kind, Table};

/// Not a read model: no fold makes it, and a rebuild leaves it alone.
static ROLES: Table = Table {
    name: "staff_roles",
    columns: &[("branch_id", Kind::Id), ("user_id", Kind::Id), ("role", Kind::Text)],
    key: &["branch_id", "user_id"],
};

/// Somebody who works in a branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub user: User,
    pub role: Role,
}

/// Somebody who was added to a branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Added {
    /// They choose a password with this link, which is shown once.
    Invited(UserId, Invitation),
    /// They sign in already, for another branch or with the password that was given.
    Known(UserId),
}

/// Why somebody stays what they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotChanged {
    #[error("they work here already")]
    Already,
    #[error("nobody here has that id")]
    Unknown,
    #[error("a branch keeps at least one owner")]
    LastOwner,
    /// Whoever could hand out such a link would be let into the other branches too.
    #[error(
        "they work in other branches too; whoever runs the service can help them with `cartwheel user reset`"
    )]
    Elsewhere,
}

type Changed<T> = Result<Result<T, NotChanged>, StoreError>;

fn read(row: Vec<Cell>) -> Result<(BranchId, UserId, Role), StoreError> {
    let mut cells = Cells::of(row);
    Ok((cells.id()?, cells.id()?, cells.text()?.parse()?))
}

impl Staff {
    /// What somebody is in a branch.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn role(&self, branch: BranchId, user: UserId) -> Result<Option<Role>, StoreError> {
        let own = self.ledger.select(&Select::of(&ROLES, branch).is("user_id", user)).await?;
        own.into_iter().next().map(|row| read(row).map(|(_, _, role)| role)).transpose()
    }

    /// Where somebody works, and as what.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn roles_of(&self, user: UserId) -> Result<Vec<(BranchId, Role)>, StoreError> {
        let own = Select::all(&ROLES).is("user_id", user).by(&["branch_id"]);
        let own = self.ledger.select(&own).await?.into_iter().map(read);
        own.map(|row| row.map(|(branch, _, role)| (branch, role))).collect()
    }

    /// Who works in a branch, by name.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn members(&self, branch: BranchId) -> Result<Vec<Member>, StoreError> {
        let rows = self.ledger.select(&Select::of(&ROLES, branch)).await?.into_iter().map(read);
        let roles: HashMap<UserId, Role> =
            rows.map(|row| row.map(|(_, user, role)| (user, role))).collect::<Result<_, _>>()?;
        let users = self.users(roles.keys().copied()).await?;
        let member = |user: User| roles.get(&user.id).map(|role| Member { role: *role, user });
        let mut members: Vec<_> = users.into_iter().filter_map(member).collect();
        members.sort_by(|one, other| (&one.user.name, one.user.id).cmp(&(&other.user.name, other.user.id)));
        Ok(members)
    }

    /// Adds somebody to a branch: whoever has that login, or somebody new. Only who is new gets the name, and the
    /// password if one is given.
    ///
    /// # Errors
    ///
    /// If too many ask at once, or the store cannot be asked.
    pub async fn add(
        &self,
        branch: BranchId,
        (login, name): (&Login, &Name),
        role: Role,
        password: Option<&Password>,
        now: DateTime<Utc>,
    ) -> Result<Result<Added, NotChanged>, CannotTell> {
        let _one_at_a_time = self.changing.lock().await;
        let known = self.with_login(login).await?;
        let id = match &known {
            Some(user) if self.role(branch, user.id).await?.is_some() => return Ok(Err(NotChanged::Already)),
            Some(user) => user.id,
            None => {
                self.begin().await?;
                let id = UserId(Uuid::now_v7());
                let hashed = match password {
                    Some(password) => Some(self.hashing.hash(password).await?),
                    None => None,
                };
                let user = User { password: hashed, ..User::new(id, login, name, now) };
                self.ledger.insert_new(&USERS, user.cells()).await?;
                // Another process may have been faster; whoever is stored has the login.
                if self.user(id).await?.is_none() {
                    return Ok(Err(NotChanged::Already));
                }
                id
            }
        };
        self.ledger.insert_new(&ROLES, vec![branch.into(), id.into(), role.name().into()]).await?;
        if known.is_some() || password.is_some() {
            return Ok(Ok(Added::Known(id)));
        }
        Ok(Ok(Added::Invited(id, self.invite(id, now).await?)))
    }

    /// Makes somebody something else in a branch; they sign in anew. False if they are that already.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn set_role(&self, branch: BranchId, user: UserId, role: Role) -> Changed<bool> {
        let _one_at_a_time = self.changing.lock().await;
        let before = match self.may_leave(branch, user, Some(role)).await? {
            Ok(before) => before,
            Err(refused) => return Ok(Err(refused)),
        };
        if before == role {
            return Ok(Ok(false));
        }
        let row = vec![branch.into(), user.into(), role.name().into()];
        self.ledger.change(Change::replace(&ROLES, row)).await?;
        self.end_sessions(user).await?;
        Ok(Ok(true))
    }

    /// Somebody works in a branch no more. Who works nowhere is forgotten.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn remove(&self, branch: BranchId, user: UserId) -> Changed<()> {
        let _one_at_a_time = self.changing.lock().await;
        if let Err(refused) = self.may_leave(branch, user, None).await? {
            return Ok(Err(refused));
        }
        let one = Change::delete(&ROLES).is("branch_id", branch).is("user_id", user);
        self.ledger.change(one).await?;
        self.end_sessions(user).await?;
        if self.roles_of(user).await?.is_empty() {
            self.uninvite(user).await?;
            self.ledger.change(Change::delete(&USERS).is("user_id", user)).await?;
        }
        Ok(Ok(()))
    }

    /// What somebody is, if they may become this, or nothing.
    async fn may_leave(&self, branch: BranchId, user: UserId, to: Option<Role>) -> Changed<Role> {
        let Some(before) = self.role(branch, user).await? else { return Ok(Err(NotChanged::Unknown)) };
        if before == Role::Owner && to != Some(Role::Owner) {
            let owners = Select::of(&ROLES, branch).is("role", Role::Owner.name()).limit(2);
            if self.ledger.select(&owners).await?.len() < 2 {
                return Ok(Err(NotChanged::LastOwner));
            }
        }
        Ok(Ok(before))
    }

    /// Another link for somebody who works in this branch alone.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn invite_again(
        &self,
        branch: BranchId,
        user: UserId,
        now: DateTime<Utc>,
    ) -> Changed<Invitation> {
        let roles = self.roles_of(user).await?;
        match roles.as_slice() {
            [(at, _)] if *at == branch => Ok(Ok(self.invite(user, now).await?)),
            all if all.iter().any(|(at, _)| *at == branch) => Ok(Err(NotChanged::Elsewhere)),
            _ => Ok(Err(NotChanged::Unknown)),
        }
    }

    /// Takes password, second factor and sessions from somebody, and gives a link to choose another password with.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn reset(&self, user: UserId, now: DateTime<Utc>) -> Result<Option<Invitation>, StoreError> {
        let bare = |user: User| User {
            password: None,
            totp: None,
            recovery: vec![],
            wrong_codes: 0,
            closed_until: crate::ledger::from_micros(0),
            ..user
        };
        let Some(()) = self.change_user(user, bare).await? else { return Ok(None) };
        self.end_sessions(user).await?;
        self.invite(user, now).await.map(Some)
    }

    /// Everybody, by login, with what they are where.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn everybody(&self) -> Result<Vec<(User, Vec<(BranchId, Role)>)>, StoreError> {
        let rows = self.ledger.select(&Select::all(&ROLES)).await?.into_iter().map(read);
        let mut roles: HashMap<UserId, Vec<(BranchId, Role)>> = HashMap::new();
        for row in rows {
            let (branch, user, role) = row?;
            roles.entry(user).or_default().push((branch, role));
        }
        let ids: Vec<UserId> = roles.keys().copied().collect();
        let mut all: Vec<_> = self
            .users(ids)
            .await?
            .into_iter()
            .map(|user| {
                let roles = roles.remove(&user.id).unwrap_or_default();
                (user, roles)
            })
            .collect();
        all.sort_by(|(one, _), (other, _)| one.login.cmp(&other.login));
        Ok(all)
    }
}
