//! What those are called whom facts remember by an id.

use std::collections::HashMap;

use aggregates::ids::BranchId;

use super::tokens::{Kept, TOKENS};
use super::users::{USERS, User};
use crate::command::Actor;
use crate::ledger::query::Select;
use crate::ledger::{Ledger, StoreError};

/// The names of those among these actors who are known by one; who is gone is missing.
///
/// # Errors
///
/// If the store cannot be asked.
pub async fn names(
    ledger: &dyn Ledger,
    branch: BranchId,
    actors: impl IntoIterator<Item = &str>,
) -> Result<HashMap<String, String>, StoreError> {
    let (mut users, mut tokens) = (vec![], vec![]);
    for actor in actors {
        match Actor::of_staff(actor) {
            Some(Actor::User(id)) if !users.contains(&id) => users.push(id),
            Some(Actor::Token(id)) if !tokens.contains(&id) => tokens.push(id),
            _ => {}
        }
    }
    let mut names = HashMap::new();
    if !users.is_empty() {
        for row in ledger.select(&Select::all(&USERS).one_of("user_id", users)).await? {
            let user = User::read(row)?;
            names.insert(Actor::User(user.id).name().into_owned(), user.name);
        }
    }
    if !tokens.is_empty() {
        for row in ledger.select(&Select::of(&TOKENS, branch).one_of("token_id", tokens)).await? {
            let token = Kept::read(row)?;
            names.insert(Actor::Token(token.id).name().into_owned(), token.name);
        }
    }
    Ok(names)
}
