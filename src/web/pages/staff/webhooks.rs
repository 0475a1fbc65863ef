//! Webhooks: whom the studio's facts are sent to, and what became of them.

use askama::Template;
use uuid::Uuid;

use crate::web::pages::dates::Moment;
use crate::web::pages::form::Choice;
use crate::web::pages::problem::Problems;
use crate::web::pages::shell::StaffShell;
use crate::web::pages::urls::{self, Address};

/// All webhooks of a branch.
#[derive(Debug, Clone, Template)]
#[template(path = "webhooks.html")]
pub struct WebhooksPage {
    pub shell: StaffShell,
    pub webhooks: Vec<WebhookLine>,
    /// What was typed for a new one.
    pub url: String,
    pub done: Option<String>,
    pub problems: Problems,
}

/// One of them.
#[derive(Debug, Clone)]
pub struct WebhookLine {
    pub webhook: Uuid,
    pub url: String,
    /// "Everything", "3 kinds of facts".
    pub wanted: String,
    /// "On", "On, but nothing has arrived since …".
    pub standing: String,
}

impl WebhooksPage {
    fn action(&self) -> Address {
        urls::webhooks(self.shell.branch)
    }

    fn settings(&self, line: &WebhookLine) -> Address {
        urls::webhook(self.shell.branch, line.webhook).along(&self.shell.along)
    }
}

/// One webhook: its settings, its secret while that is shown, what was sent.
#[derive(Debug, Clone, Template)]
#[template(path = "webhook.html")]
pub struct WebhookPage {
    pub shell: StaffShell,
    pub webhook: Uuid,
    pub address: String,
    /// As it stands in the form.
    pub url: String,
    pub standing: String,
    pub active: bool,
    pub everything: bool,
    pub kinds: Vec<Kinds>,
    pub version: u64,
    pub secret: Option<ShownSecret>,
    /// "The old secret signs as well until …".
    pub old_secret: Option<String>,
    pub deliveries: Vec<DeliveryLine>,
    /// Where older ones are.
    pub older: Option<Address>,
    pub done: Option<String>,
    pub problems: Problems,
}

/// A secret that was made just now.
#[derive(Debug, Clone)]
pub struct ShownSecret {
    pub secret: String,
    /// "Shown until 10:52."
    pub until: String,
}

/// Facts about the same kind of thing.
#[derive(Debug, Clone)]
pub struct Kinds {
    pub about: String,
    pub names: Vec<Choice>,
}

/// Something that was, or is to be, sent.
#[derive(Debug, Clone)]
pub struct DeliveryLine {
    pub delivery: Uuid,
    /// The name of the fact.
    pub kind: String,
    pub at: Moment,
    pub state: String,
    pub attempts: Vec<AttemptLine>,
    /// Nothing more is tried by itself.
    pub ended: bool,
}

#[derive(Debug, Clone)]
pub struct AttemptLine {
    pub at: Moment,
    /// With seconds.
    pub time: String,
    pub outcome: String,
    /// "35 ms".
    pub took: String,
}

impl WebhookPage {
    fn back(&self) -> Address {
        self.shell.webhooks()
    }

    fn action(&self) -> Address {
        urls::webhook(self.shell.branch, self.webhook)
    }

    fn below(&self, action: &'static str) -> Address {
        self.action().below(action)
    }

    fn again(&self, line: &DeliveryLine) -> Address {
        urls::webhook_delivery(self.shell.branch, self.webhook, line.delivery)
    }
}

/// Asks once before a webhook is deleted.
#[derive(Debug, Clone, Template)]
#[template(path = "webhook_delete.html")]
pub struct DeleteWebhookPage {
    pub shell: StaffShell,
    pub webhook: Uuid,
    pub address: String,
    pub version: u64,
    pub problems: Problems,
}

impl DeleteWebhookPage {
    fn back(&self) -> Address {
        urls::webhook(self.shell.branch, self.webhook).along(&self.shell.along)
    }

    fn action(&self) -> Address {
        urls::webhook(self.shell.branch, self.webhook).below("delete")
    }
}
