use uuid::Uuid;

use super::{InLanguage, Pages, written};
use crate::followers::deliveries::{Attempt, State};
use crate::outbound::BadAddress;
use crate::web::pages::form::Choice;
use crate::web::pages::samples;
use crate::web::pages::staff::webhooks::{
    AttemptLine, DeleteWebhookPage, DeliveryLine, Kinds, ShownSecret, WebhookLine, WebhookPage, WebhooksPage,
};
use crate::web::pages::urls;
use crate::webhooks::{Wanted, types};

const OUTCOMES: [&str; 9] = [
    "delivered",
    "status",
    "gone",
    "timed-out",
    "no-connection",
    "no-such-name",
    "private-address",
    "switched-off",
    "store-away",
];

impl InLanguage {
    pub(super) fn webhooks(&self) -> Pages {
        let language = self.0;
        let line = |wanted: &Wanted, standing: &str| WebhookLine {
            webhook: Uuid::nil(),
            url: String::new(),
            wanted: language.wanted(wanted),
            standing: language.of_date(standing, self.calendar().at(samples::starts(0))),
        };
        let some = Wanted::Only(["cart.opened.v1".to_owned()].into());
        let mut problems = self.problems();
        for error in [BadAddress::NotAnAddress, BadAddress::NotHttps, BadAddress::Private] {
            problems.add(language.bad_address(error), "url");
        }
        problems.add_general(language.say("webhook-too-many"));
        let list = WebhooksPage {
            shell: self.staff_shell(),
            webhooks: vec![
                line(&Wanted::All, "webhook-on"),
                line(&some, "webhook-failing"),
                line(&some, "webhook-gone"),
                line(&some, "webhook-gave-up"),
                line(&some, "webhook-off"),
            ],
            url: String::new(),
            done: Some(language.say("webhook-deleted")),
            problems,
        };
        let delete = DeleteWebhookPage {
            shell: self.staff_shell(),
            webhook: Uuid::nil(),
            address: String::new(),
            version: 1,
            problems: self.problems(),
        };
        vec![
            ("webhooks, none", written(&WebhooksPage { webhooks: vec![], ..list.clone() })),
            ("webhooks", written(&list)),
            ("webhook", written(&self.webhook())),
            ("webhook, deleting", written(&delete)),
        ]
    }

    fn webhook(&self) -> WebhookPage {
        let (language, at) = (self.0, self.calendar().at(samples::starts(0)));
        let kinds = types().map(|(about, names)| Kinds {
            about: language.facts_about(about),
            names: names
                .iter()
                .map(|name| Choice { value: (*name).to_owned(), name: (*name).to_owned(), chosen: true })
                .collect(),
        });
        let states = [State::Waiting, State::Delivered, State::Failed, State::Dropped];
        let deliveries = states.map(|state| DeliveryLine {
            delivery: Uuid::nil(),
            kind: String::new(),
            at,
            state: self.calendar().delivery_state(state, Some(samples::starts(0))),
            attempts: OUTCOMES.map(|outcome| self.attempt(outcome)).into(),
            ended: state != State::Waiting,
        });
        let until = [("time", "18:30".into())];
        WebhookPage {
            shell: self.staff_shell(),
            webhook: Uuid::nil(),
            address: String::new(),
            url: String::new(),
            standing: language.say("webhook-on"),
            active: true,
            everything: false,
            kinds: kinds.collect(),
            version: 1,
            secret: Some(ShownSecret {
                secret: String::new(),
                until: language.say_with("webhook-secret-shown", until),
            }),
            old_secret: Some(language.of_date("webhook-old-secret", at)),
            deliveries: deliveries.into(),
            older: Some(urls::webhooks(aggregates::ids::BranchId(Uuid::nil()))),
            done: Some(language.say("webhook-test-sent")),
            problems: self.problems(),
        }
    }

    fn attempt(&self, outcome: &str) -> AttemptLine {
        let at = samples::starts(0);
        let attempt = Attempt { at, outcome: outcome.to_owned(), status: Some(500), milliseconds: 5 };
        AttemptLine {
            at: self.calendar().at(at),
            time: "18:30:00".to_owned(),
            outcome: self.0.outcome(&attempt),
            took: self.0.milliseconds(attempt.milliseconds),
        }
    }
}
