//! The buttons of a refusal that change the selection first.

use aggregates::cart::Pick;
use aggregates::ids::ActivityId;
use aggregates::values::Spots;

use super::Open;
use crate::app::App;
use crate::command::{Actor, Command, Failure, Refusal};
use crate::web::html::{Sorry, Visit};
use crate::web::pages::form::Pairs;

/// What became of the selection.
pub(super) enum Fixed {
    /// The button that was pressed changes nothing about it.
    Untouched,
    Changed,
    Refused(Refusal),
}

/// Carries out the button that was pressed, if it changes the selection.
pub(super) async fn fix(app: &App, visit: &Visit, cart: &Open, pairs: &Pairs) -> Result<Fixed, Sorry> {
    let mut picks: Vec<Pick> =
        cart.row.selected.iter().map(|it| Pick { activity: it.activity_id, spots: Some(it.spots) }).collect();
    let before = picks.clone();
    if pairs.last("fix") == Some("drop") {
        let failed: Vec<ActivityId> = pairs.all("failed").filter_map(|id| id.parse().ok()).collect();
        picks.retain(|pick| !failed.contains(&pick.activity));
    }
    if let Some((from, to)) = pairs.last("swap").and_then(|swap| swap.split_once(':'))
        && let (Ok(from), Ok(to)) = (from.parse::<ActivityId>(), to.parse())
    {
        picks.iter_mut().filter(|pick| pick.activity == from).for_each(|pick| pick.activity = to);
    }
    if let Some((activity, spots)) = pairs.last("fewer").and_then(|fewer| fewer.split_once(':'))
        && let (Ok(activity), Ok(spots)) = (activity.parse::<ActivityId>(), spots.parse::<u32>())
    {
        let spots = Spots::try_from(spots).ok();
        picks.iter_mut().filter(|pick| pick.activity == activity).for_each(|pick| pick.spots = spots);
    }
    if picks == before {
        return Ok(Fixed::Untouched);
    }
    let command = Command::SelectEvents { cart: cart.row.cart_id, picks };
    let caller = visit.caller(Actor::Client);
    match app.ask(app.envelope(&caller, cart.shop.branch_id, command)).await {
        Ok(_) => Ok(Fixed::Changed),
        Err(Failure::Refused(refusal)) => Ok(Fixed::Refused(*refusal)),
        Err(failure) => Err(Sorry::from(failure)),
    }
}
