//! The widget: W1 to W5, rendered on the server, working without scripts.

mod checkout;
pub(super) mod choosing;
mod mine;

use aggregates::appearance::Appearance;
use aggregates::branch::{Branch, MembershipBooking};
use aggregates::ids::{BranchId, LinkId, ServiceId};
use axum::Router;
use axum::routing::get;
use tower_http::compression::CompressionLayer;

use super::html::embeddable;
use super::live;
use super::mine::{ByCapability, changes};
use super::pages::dates::Calendar;
use super::pages::form::Pairs;
use super::pages::language::Language;
use super::pages::shell::{Along, Shell, Studio};
use super::pages::words::Price;
use crate::app::App;
use crate::clock::Clock;

/// Pages that clients see.
pub(super) fn routes() -> Router<App> {
    // What nobody but its reader may see is not compressed: lengths of mixtures tell secrets (BREACH).
    let open_to_all = Router::new()
        .route("/w/{branch}/{link}", get(choosing::look).post(choosing::go_on))
        .layer(CompressionLayer::new());
    embeddable(
        open_to_all
            .route("/w/{branch}/{link}/live", get(live::of_link))
            .route("/c/{capability}", get(checkout::look).post(checkout::confirm))
            .route("/c/{capability}/selection", get(checkout::reloaded).post(checkout::change_selection))
            .route("/m/{capability}", get(mine::look))
            .route("/m/{capability}/calendar.ics", get(mine::calendar_file))
            .route(
                "/m/{capability}/cancel",
                get(changes::ask_cancel::<ByCapability>).post(changes::cancel::<ByCapability>),
            )
            .route(
                "/m/{capability}/reschedule",
                get(changes::ask_reschedule::<ByCapability>).post(changes::reschedule::<ByCapability>),
            )
            .route(
                "/m/{capability}/spots",
                get(changes::ask_spots::<ByCapability>).post(changes::reduce_spots::<ByCapability>),
            ),
    )
}

/// What stands around every page of a link.
pub(super) fn shell(
    branch_id: BranchId,
    branch: &Branch,
    link: LinkId,
    looks: &Appearance,
    pairs: &Pairs,
) -> Shell {
    Shell {
        studio: studio(branch),
        branch: branch_id,
        link,
        language: pairs.language(),
        along: Along::parse(pairs),
        looks: looks.clone(),
        account: false,
    }
}

/// The studio as clients see it.
pub(super) fn studio(branch: &Branch) -> Studio {
    let details = branch.details();
    Studio {
        name: details.map_or_else(String::new, |details| details.name.to_string()),
        address: details.and_then(|details| details.address.as_ref()).map(ToString::to_string),
        phone: details.and_then(|details| details.phone.as_ref()).map(ToString::to_string),
    }
}

/// The branch's wall clock.
pub(super) fn calendar(branch: &Branch, clock: &Clock, language: Language) -> Calendar {
    let zone = branch.details().map_or(chrono_tz::UTC, |details| details.time_zone);
    Calendar { language, zone, now: clock.now() }
}

fn price(branch: &Branch, service: ServiceId) -> Price {
    let service = branch.service(service);
    Price {
        amount: service.and_then(|service| service.price),
        membership: service.map_or(MembershipBooking::Off, |service| service.membership_booking),
        prepaid: service.is_some_and(|service| service.prepayment_required),
    }
}
