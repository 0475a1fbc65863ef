//! What became of webhooks.

use chrono::{DateTime, Utc};

use crate::followers::deliveries::{Attempt, State};
use crate::outbound::BadAddress;
use crate::web::pages::dates::Calendar;
use crate::web::pages::language::Language;
use crate::webhooks::{Because, Endpoint, Standing, Wanted};

impl Language {
    /// What is wrong with the address of a webhook.
    #[must_use]
    pub fn bad_address(self, error: BadAddress) -> String {
        self.say(match error {
            BadAddress::NotAnAddress => "webhook-url-wrong",
            BadAddress::NotHttps => "webhook-url-https",
            BadAddress::Private => "webhook-url-private",
        })
    }

    /// "Everything", "3 kinds of facts".
    #[must_use]
    pub fn wanted(self, wanted: &Wanted) -> String {
        match wanted {
            Wanted::All => self.say("webhook-everything"),
            Wanted::Only(names) => self.say_with("webhook-kinds", [("n", names.len().into())]),
        }
    }

    /// Facts about the same kind of thing, as a heading.
    #[must_use]
    pub fn facts_about(self, aggregate: &str) -> String {
        self.say(match aggregate {
            "appointment" => "facts-appointment",
            "cart" => "facts-cart",
            "activity" => "facts-activity",
            "membership" => "facts-membership",
            "client" => "facts-client",
            "link" => "facts-link",
            _ => "facts-branch",
        })
    }

    #[must_use]
    pub fn milliseconds(self, n: u32) -> String {
        self.say_with("milliseconds", [("n", n.into())])
    }

    /// "answered with 500".
    #[must_use]
    pub fn outcome(self, attempt: &Attempt) -> String {
        let status = attempt.status.map_or_else(String::new, |status| status.to_string());
        let with_status = |name: &str| self.say_with(name, [("status", status.clone().into())]);
        match attempt.outcome.as_str() {
            "delivered" => with_status("outcome-delivered"),
            "status" => with_status("outcome-status"),
            "gone" => with_status("outcome-gone"),
            "timed-out" => self.say("outcome-timed-out"),
            "no-connection" => self.say("outcome-no-connection"),
            "no-such-name" => self.say("outcome-no-such-name"),
            "private-address" => self.say("outcome-private-address"),
            "switched-off" => self.say("outcome-switched-off"),
            _ => self.say("outcome-not-sent"),
        }
    }
}

impl Calendar {
    /// Whether anything is sent there, and whether it arrives.
    #[must_use]
    pub fn standing(&self, endpoint: &Endpoint) -> String {
        let language = self.language;
        match (endpoint.standing, endpoint.failing_since) {
            (Standing::On, None) => language.say("webhook-on"),
            (Standing::On, Some(since)) => language.of_date("webhook-failing", self.at(since)),
            (Standing::Off, _) => language.say("webhook-off"),
            (Standing::Disabled(Because::Gone), _) => {
                language.of_date("webhook-gone", self.at(endpoint.changed_at))
            }
            (Standing::Disabled(Because::Failing), _) => {
                language.of_date("webhook-gave-up", self.at(endpoint.changed_at))
            }
        }
    }

    /// "Arrived", "Waiting, next attempt on Tue 12 Jan, 18:30".
    #[must_use]
    pub fn delivery_state(&self, state: State, due: Option<DateTime<Utc>>) -> String {
        let language = self.language;
        match (state, due) {
            (State::Waiting, Some(due)) => language.of_date("delivery-waiting", self.at(due)),
            (State::Delivered, _) => language.say("delivery-delivered"),
            (State::Dropped, _) => language.say("delivery-dropped"),
            (State::Failed | State::Waiting, _) => language.say("delivery-failed"),
        }
    }
}
