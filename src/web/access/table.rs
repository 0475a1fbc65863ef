//! The table.

use super::Listener::{Both, Public, Staff};
use crate::staff::Role::{self, Auditor, FrontDesk, Manager, Owner};

/// Where a route is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listener {
    Public,
    Staff,
    Both,
}

/// Who may ask for something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    Anyone,
    /// Whoever shows what a client was given: a capability, or a session of their account. The handler opens it, and says
    /// 404 or leads to the sign-in.
    Client,
    /// Staff with one of these roles in the branch of the address; before there is any sign-in, whoever is at this
    /// machine.
    Role(&'static [Role]),
    /// The same, but never without a sign-in.
    SignedInRole(&'static [Role]),
    /// Staff of any branch: what they see is their own. Before there is any sign-in, whoever is at this machine.
    AnyStaff,
    /// Staff of any branch, never without a sign-in.
    SignedIn,
}

/// One route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    pub listener: Listener,
    pub method: &'static str,
    /// As the router knows it.
    pub path: &'static str,
    pub who: Who,
}

impl Row {
    /// Whether it is reached there.
    #[must_use]
    pub fn is_on(&self, listener: Listener) -> bool {
        self.listener == listener || self.listener == Both
    }
}

/// Sees what happens in a branch, and changes nothing.
const ALL: &[Role] = &[Owner, Manager, FrontDesk, Auditor];
/// Works at the desk: appointments and clients.
const DESK: &[Role] = &[Owner, Manager, FrontDesk];
/// Plans events, and sets the studio up.
const MANAGERS: &[Role] = &[Owner, Manager];
/// Says who works here, and which programs may ask.
const OWNERS: &[Role] = &[Owner];
/// Reads who works here.
const OWNERS_AND_AUDITORS: &[Role] = &[Owner, Auditor];

const fn row(listener: Listener, method: &'static str, path: &'static str, who: Who) -> Row {
    Row { listener, method, path, who }
}

/// Every route. Whoever adds one adds it here; `GET` answers `HEAD` too.
#[rustfmt::skip]
pub const TABLE: &[Row] = &[
    // On both listeners: that the service is there, what it can be asked, and what pages are made of.
    row(Both, "GET", "/healthz", Who::Anyone),
    row(Both, "GET", "/readyz", Who::Anyone),
    row(Both, "GET", "/api/v1/openapi.json", Who::Anyone),
    row(Both, "GET", "/api/docs", Who::Anyone),
    row(Both, "GET", "/api/docs/", Who::Anyone),
    row(Both, "GET", "/api/docs/{*rest}", Who::Anyone),
    row(Both, "GET", "/embed.js", Who::Anyone),
    row(Both, "GET", "/assets/{version}/{name}", Who::Anyone),
    row(Both, "GET", "/assets/{version}/colours/{accent}", Who::Anyone),

    // The widget.
    row(Public, "GET", "/w/{branch}/{link}", Who::Anyone),
    row(Public, "POST", "/w/{branch}/{link}", Who::Anyone),
    row(Public, "GET", "/w/{branch}/{link}/live", Who::Anyone),
    row(Public, "GET", "/c/{capability}", Who::Client),
    row(Public, "POST", "/c/{capability}", Who::Client),
    row(Public, "GET", "/c/{capability}/selection", Who::Client),
    row(Public, "POST", "/c/{capability}/selection", Who::Client),
    row(Public, "GET", "/m/{capability}", Who::Client),
    row(Public, "GET", "/m/{capability}/calendar.ics", Who::Client),
    row(Public, "GET", "/m/{capability}/cancel", Who::Client),
    row(Public, "POST", "/m/{capability}/cancel", Who::Client),
    row(Public, "GET", "/m/{capability}/reschedule", Who::Client),
    row(Public, "POST", "/m/{capability}/reschedule", Who::Client),
    row(Public, "GET", "/m/{capability}/spots", Who::Client),
    row(Public, "POST", "/m/{capability}/spots", Who::Client),
    row(Public, "GET", "/cal/{file}", Who::Client),
    row(Public, "GET", "/dev/mailbox", Who::Anyone),

    // The personal account.
    row(Public, "GET", "/account/{branch}", Who::Client),
    row(Public, "POST", "/account/{branch}/language", Who::Client),
    row(Public, "POST", "/account/{branch}/feed", Who::Client),
    row(Public, "GET", "/account/{branch}/data", Who::Client),
    row(Public, "GET", "/account/{branch}/data.json", Who::Client),
    row(Public, "POST", "/account/{branch}/data/links", Who::Client),
    row(Public, "GET", "/account/{branch}/data/erase", Who::Client),
    row(Public, "POST", "/account/{branch}/data/erase", Who::Client),
    row(Public, "GET", "/account/{branch}/appointments/{appointment}", Who::Client),
    row(Public, "GET", "/account/{branch}/appointments/{appointment}/calendar.ics", Who::Client),
    row(Public, "GET", "/account/{branch}/appointments/{appointment}/cancel", Who::Client),
    row(Public, "POST", "/account/{branch}/appointments/{appointment}/cancel", Who::Client),
    row(Public, "GET", "/account/{branch}/appointments/{appointment}/reschedule", Who::Client),
    row(Public, "POST", "/account/{branch}/appointments/{appointment}/reschedule", Who::Client),
    row(Public, "GET", "/account/{branch}/appointments/{appointment}/spots", Who::Client),
    row(Public, "POST", "/account/{branch}/appointments/{appointment}/spots", Who::Client),
    row(Public, "GET", "/account/{branch}/sign-in", Who::Anyone),
    row(Public, "POST", "/account/{branch}/sign-in", Who::Anyone),
    row(Public, "GET", "/account/{branch}/code", Who::Anyone),
    row(Public, "POST", "/account/{branch}/code", Who::Anyone),
    row(Public, "POST", "/account/{branch}/sign-out", Who::Anyone),
    row(Public, "GET", "/account/{branch}/manifest.webmanifest", Who::Anyone),
    row(Public, "GET", "/account/{branch}/service-worker.js", Who::Anyone),
    row(Public, "GET", "/account/{branch}/offline", Who::Anyone),

    // The API of widgets.
    row(Public, "GET", "/api/v1/branches/{branch}/links/{link}", Who::Anyone),
    row(Public, "GET", "/api/v1/branches/{branch}/links/{link}/activities", Who::Anyone),
    row(Public, "GET", "/api/v1/branches/{branch}/links/{link}/activities/{activity}/offer", Who::Anyone),
    row(Public, "POST", "/api/v1/branches/{branch}/carts", Who::Anyone),
    row(Public, "GET", "/api/v1/branches/{branch}/carts/{cart}", Who::Client),
    row(Public, "GET", "/api/v1/branches/{branch}/carts/{cart}/offer", Who::Client),
    row(Public, "PUT", "/api/v1/branches/{branch}/carts/{cart}/selection", Who::Client),
    row(Public, "PUT", "/api/v1/branches/{branch}/carts/{cart}/activities/{activity}/spots", Who::Client),
    row(Public, "PUT", "/api/v1/branches/{branch}/carts/{cart}/confirmation", Who::Client),
    row(Public, "POST", "/api/v1/branches/{branch}/carts/{cart}/confirmation/code", Who::Client),
    row(Public, "POST", "/api/v1/branches/{branch}/carts/{cart}/confirmation/dry-run", Who::Client),
    row(Public, "GET", "/api/v1/branches/{branch}/appointments/{appointment}", Who::Client),
    row(Public, "GET", "/api/v1/branches/{branch}/appointments/{appointment}/calendar.ics", Who::Client),
    row(Public, "POST", "/api/v1/branches/{branch}/appointments/{appointment}/cancellation", Who::Client),
    row(Public, "GET", "/api/v1/branches/{branch}/appointments/{appointment}/rescheduling", Who::Client),
    row(Public, "POST", "/api/v1/branches/{branch}/appointments/{appointment}/rescheduling", Who::Client),
    row(Public, "PUT", "/api/v1/branches/{branch}/appointments/{appointment}/spots", Who::Client),

    // Signing in as staff.
    row(Staff, "GET", "/staff", Who::SignedIn),
    row(Staff, "GET", "/staff/sign-in", Who::Anyone),
    row(Staff, "POST", "/staff/sign-in", Who::Anyone),
    row(Staff, "GET", "/staff/code", Who::Anyone),
    row(Staff, "POST", "/staff/code", Who::Anyone),
    row(Staff, "POST", "/staff/sign-out", Who::Anyone),
    row(Staff, "GET", "/staff/invitation/{invitation}", Who::Anyone),
    row(Staff, "POST", "/staff/invitation/{invitation}", Who::Anyone),
    row(Staff, "GET", "/staff/me", Who::SignedIn),
    row(Staff, "POST", "/staff/me/password", Who::SignedIn),
    row(Staff, "POST", "/staff/me/second-factor", Who::SignedIn),
    row(Staff, "POST", "/staff/me/sessions", Who::SignedIn),

    // The journal.
    row(Staff, "GET", "/audit/{branch}", Who::Role(ALL)),
    row(Staff, "GET", "/audit/{branch}/refusals", Who::Role(ALL)),
    row(Staff, "GET", "/journal/{branch}", Who::Role(ALL)),
    row(Staff, "GET", "/journal/{branch}/search", Who::Role(ALL)),
    row(Staff, "POST", "/journal/{branch}/search", Who::Role(ALL)),
    row(Staff, "GET", "/journal/{branch}/print", Who::Role(ALL)),
    row(Staff, "GET", "/journal/{branch}/live", Who::Role(ALL)),
    row(Staff, "GET", "/journal/{branch}/book", Who::Role(DESK)),
    row(Staff, "POST", "/journal/{branch}/book", Who::Role(DESK)),
    row(Staff, "GET", "/journal/{branch}/clients/{client}", Who::Role(ALL)),
    row(Staff, "POST", "/journal/{branch}/clients/{client}/memberships", Who::Role(DESK)),
    row(Staff, "POST", "/journal/{branch}/clients/{client}/export", Who::Role(MANAGERS)),
    row(Staff, "GET", "/journal/{branch}/clients/{client}/links", Who::Role(DESK)),
    row(Staff, "POST", "/journal/{branch}/clients/{client}/links", Who::Role(DESK)),
    row(Staff, "GET", "/journal/{branch}/clients/{client}/erase", Who::Role(MANAGERS)),
    row(Staff, "POST", "/journal/{branch}/clients/{client}/erase", Who::Role(MANAGERS)),
    row(Staff, "GET", "/journal/{branch}/events/{event}", Who::Role(ALL)),
    row(Staff, "GET", "/journal/{branch}/events/{event}/history", Who::Role(ALL)),
    row(Staff, "POST", "/journal/{branch}/events/{event}/online", Who::Role(MANAGERS)),
    row(Staff, "GET", "/journal/{branch}/events/{event}/{change}", Who::Role(MANAGERS)),
    row(Staff, "POST", "/journal/{branch}/events/{event}/{change}", Who::Role(MANAGERS)),
    row(Staff, "GET", "/journal/{branch}/appointments/{appointment}/{change}", Who::Role(DESK)),
    row(Staff, "POST", "/journal/{branch}/appointments/{appointment}/{change}", Who::Role(DESK)),

    // Settings.
    row(Staff, "GET", "/settings/{branch}/links", Who::Role(ALL)),
    row(Staff, "POST", "/settings/{branch}/links", Who::Role(MANAGERS)),
    row(Staff, "GET", "/settings/{branch}/links/{link}", Who::Role(ALL)),
    row(Staff, "POST", "/settings/{branch}/links/{link}", Who::Role(MANAGERS)),
    row(Staff, "GET", "/settings/{branch}/links/{link}/preview", Who::Role(ALL)),
    row(Staff, "GET", "/settings/{branch}/catalogue", Who::Role(ALL)),
    row(Staff, "POST", "/settings/{branch}/catalogue", Who::Role(MANAGERS)),
    row(Staff, "GET", "/settings/{branch}/team", Who::Role(ALL)),
    row(Staff, "POST", "/settings/{branch}/team", Who::Role(MANAGERS)),
    row(Staff, "POST", "/settings/{branch}/team/{member}/feed", Who::Role(MANAGERS)),
    row(Staff, "GET", "/settings/{branch}/import", Who::Role(MANAGERS)),
    row(Staff, "POST", "/settings/{branch}/import", Who::Role(MANAGERS)),
    row(Staff, "GET", "/settings/{branch}/import/{upload}", Who::Role(MANAGERS)),
    row(Staff, "POST", "/settings/{branch}/import/{upload}", Who::Role(MANAGERS)),
    row(Staff, "GET", "/settings/{branch}/rules", Who::Role(ALL)),
    row(Staff, "POST", "/settings/{branch}/rules", Who::Role(MANAGERS)),
    row(Staff, "GET", "/settings/{branch}/webhooks", Who::Role(ALL)),
    row(Staff, "POST", "/settings/{branch}/webhooks", Who::Role(MANAGERS)),
    row(Staff, "GET", "/settings/{branch}/webhooks/{webhook}", Who::Role(MANAGERS)),
    row(Staff, "POST", "/settings/{branch}/webhooks/{webhook}", Who::Role(MANAGERS)),
    row(Staff, "POST", "/settings/{branch}/webhooks/{webhook}/secret", Who::Role(MANAGERS)),
    row(Staff, "POST", "/settings/{branch}/webhooks/{webhook}/test", Who::Role(MANAGERS)),
    row(Staff, "GET", "/settings/{branch}/webhooks/{webhook}/delete", Who::Role(MANAGERS)),
    row(Staff, "POST", "/settings/{branch}/webhooks/{webhook}/delete", Who::Role(MANAGERS)),
    row(Staff, "POST", "/settings/{branch}/webhooks/{webhook}/deliveries/{delivery}", Who::Role(MANAGERS)),
    row(Staff, "GET", "/settings/{branch}/staff", Who::SignedInRole(OWNERS_AND_AUDITORS)),
    row(Staff, "POST", "/settings/{branch}/staff", Who::SignedInRole(OWNERS)),
    row(Staff, "GET", "/settings/{branch}/tokens", Who::SignedInRole(OWNERS_AND_AUDITORS)),
    row(Staff, "POST", "/settings/{branch}/tokens", Who::SignedInRole(OWNERS)),

    // The API of staff.
    row(Staff, "GET", "/api/v1/branches", Who::AnyStaff),
    row(Staff, "GET", "/api/v1/branches/{branch}", Who::Role(ALL)),
    row(Staff, "PUT", "/api/v1/branches/{branch}", Who::Role(MANAGERS)),
    row(Staff, "GET", "/api/v1/branches/{branch}/rules", Who::Role(ALL)),
    row(Staff, "PUT", "/api/v1/branches/{branch}/rules", Who::Role(MANAGERS)),
    row(Staff, "GET", "/api/v1/branches/{branch}/saves", Who::Role(ALL)),
    row(Staff, "GET", "/api/v1/branches/{branch}/services", Who::Role(ALL)),
    row(Staff, "POST", "/api/v1/branches/{branch}/services", Who::Role(MANAGERS)),
    row(Staff, "PUT", "/api/v1/branches/{branch}/services/{service}", Who::Role(MANAGERS)),
    row(Staff, "GET", "/api/v1/branches/{branch}/team", Who::Role(ALL)),
    row(Staff, "POST", "/api/v1/branches/{branch}/team", Who::Role(MANAGERS)),
    row(Staff, "PUT", "/api/v1/branches/{branch}/team/{team_member}", Who::Role(MANAGERS)),
    row(Staff, "GET", "/api/v1/branches/{branch}/webhooks", Who::Role(ALL)),
    row(Staff, "POST", "/api/v1/branches/{branch}/webhooks", Who::Role(MANAGERS)),
    row(Staff, "GET", "/api/v1/branches/{branch}/webhooks/{webhook}", Who::Role(ALL)),
    row(Staff, "PUT", "/api/v1/branches/{branch}/webhooks/{webhook}", Who::Role(MANAGERS)),
    row(Staff, "DELETE", "/api/v1/branches/{branch}/webhooks/{webhook}", Who::Role(MANAGERS)),
    row(Staff, "POST", "/api/v1/branches/{branch}/webhooks/{webhook}/secret", Who::Role(MANAGERS)),
    row(Staff, "POST", "/api/v1/branches/{branch}/webhooks/{webhook}/test", Who::Role(MANAGERS)),
    row(Staff, "GET", "/api/v1/branches/{branch}/webhooks/{webhook}/deliveries", Who::Role(ALL)),
    row(Staff, "POST", "/api/v1/branches/{branch}/webhooks/{webhook}/deliveries/{delivery}/redelivery", Who::Role(MANAGERS)),
    row(Staff, "GET", "/api/v1/branches/{branch}/links", Who::Role(ALL)),
    row(Staff, "POST", "/api/v1/branches/{branch}/links", Who::Role(MANAGERS)),
    row(Staff, "GET", "/api/v1/branches/{branch}/links/{link}/settings", Who::Role(ALL)),
    row(Staff, "PUT", "/api/v1/branches/{branch}/links/{link}/settings", Who::Role(MANAGERS)),
    row(Staff, "PUT", "/api/v1/branches/{branch}/links/{link}/appearance", Who::Role(MANAGERS)),
    row(Staff, "GET", "/api/v1/branches/{branch}/links/{link}/saves", Who::Role(ALL)),
    row(Staff, "GET", "/api/v1/branches/{branch}/activities", Who::Role(ALL)),
    row(Staff, "POST", "/api/v1/branches/{branch}/activities", Who::Role(MANAGERS)),
    row(Staff, "GET", "/api/v1/branches/{branch}/activities/{activity}", Who::Role(ALL)),
    row(Staff, "POST", "/api/v1/branches/{branch}/activities/{activity}/cancellation", Who::Role(MANAGERS)),
    row(Staff, "PUT", "/api/v1/branches/{branch}/activities/{activity}/capacity", Who::Role(MANAGERS)),
    row(Staff, "POST", "/api/v1/branches/{branch}/activities/{activity}/moving", Who::Role(MANAGERS)),
    row(Staff, "PUT", "/api/v1/branches/{branch}/activities/{activity}/online-booking", Who::Role(MANAGERS)),
    row(Staff, "PUT", "/api/v1/branches/{branch}/activities/{activity}/team-member", Who::Role(MANAGERS)),
    row(Staff, "POST", "/api/v1/branches/{branch}/memberships", Who::Role(DESK)),
    row(Staff, "POST", "/api/v1/branches/{branch}/clients/{client}/export", Who::Role(MANAGERS)),
    row(Staff, "POST", "/api/v1/branches/{branch}/clients/{client}/links/ending", Who::Role(DESK)),
    row(Staff, "POST", "/api/v1/branches/{branch}/clients/{client}/erasure", Who::Role(MANAGERS)),
    row(Staff, "GET", "/api/v1/branches/{branch}/refusals", Who::Role(ALL)),
    row(Staff, "GET", "/api/v1/branches/{branch}/history/{kind}/{id}", Who::Role(ALL)),
    row(Staff, "GET", "/api/v1/branches/{branch}/history/{kind}/{id}/state", Who::Role(ALL)),
    row(Staff, "GET", "/api/v1/branches/{branch}/differences", Who::Role(ALL)),
    row(Staff, "GET", "/api/v1/branches/{branch}/journal", Who::Role(ALL)),
    row(Staff, "GET", "/api/v1/branches/{branch}/journal/appointments/{appointment}", Who::Role(ALL)),
    row(Staff, "PUT", "/api/v1/branches/{branch}/journal/appointments/{appointment}/attendance", Who::Role(DESK)),
    row(Staff, "POST", "/api/v1/branches/{branch}/journal/appointments/{appointment}/cancellation", Who::Role(DESK)),
    row(Staff, "POST", "/api/v1/branches/{branch}/journal/appointments/{appointment}/rescheduling", Who::Role(DESK)),
    row(Staff, "PUT", "/api/v1/branches/{branch}/journal/appointments/{appointment}/spots", Who::Role(DESK)),
];

/// The rows of a path, one for each method.
pub(super) fn rows(listener: Listener, path: &str) -> impl Iterator<Item = &'static Row> {
    TABLE.iter().filter(move |row| row.path == path && row.is_on(listener))
}

/// Whether somebody with that role may do that: `"POST /journal/{branch}/book"`. Without one it is whoever is at this machine
/// before there is any sign-in. For pages, which show nothing else.
#[must_use]
pub fn may(role: Option<Role>, what: &str) -> bool {
    let asked =
        what.split_once(' ').and_then(|(method, path)| rows(Staff, path).find(|row| row.method == method));
    match asked.map(|row| row.who) {
        Some(Who::Role(roles)) => role.is_none_or(|role| roles.contains(&role)),
        Some(Who::SignedInRole(roles)) => role.is_some_and(|role| roles.contains(&role)),
        Some(Who::Anyone | Who::AnyStaff) => true,
        Some(Who::SignedIn) => role.is_some(),
        Some(Who::Client) | None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_route_stands_once() {
        for (place, row) in TABLE.iter().enumerate() {
            let again = TABLE.iter().skip(place + 1).find(|other| {
                (other.method, other.path) == (row.method, row.path)
                    && (other.is_on(row.listener) || row.listener == Both)
            });
            assert_eq!(again, None);
        }
    }

    #[test]
    fn whoever_may_change_something_may_do_no_less_as_an_owner() {
        for row in TABLE {
            if let Who::Role(roles) | Who::SignedInRole(roles) = row.who {
                assert!(roles.contains(&Owner), "{row:?}");
                let reads = row.method == "GET" || row.path.ends_with("/search");
                assert!(reads || !roles.contains(&Auditor), "an auditor changes nothing: {row:?}");
                assert_eq!(row.listener, Staff, "{row:?}");
            }
        }
    }

    #[test]
    fn what_pages_ask_the_table_stands_in_it() {
        let templates = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web/templates");
        let mut asked = 0;
        for file in std::fs::read_dir(templates).unwrap() {
            let path = file.unwrap().path();
            let Ok(template) = std::fs::read_to_string(&path) else { continue };
            for what in template.split("shell.may(\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                assert!(may(Some(Owner), what), "{} asks for {what}", path.display());
                asked += 1;
            }
        }
        assert!(5 < asked, "{asked}");
    }
}
