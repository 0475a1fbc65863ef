use aggregates::membership::{Status, Terms};
use aggregates::values::{Name, Offered};

use super::{InLanguage, Pages, written};
use crate::web::pages::account::AccountShell;
use crate::web::pages::account::list::AccountPage;
use crate::web::pages::account::mailbox::{MailboxPage, Sent};
use crate::web::pages::account::offline::OfflinePage;
use crate::web::pages::account::sign_in::{CodePage, Greeting, SignInPage};
use crate::web::pages::account::stored::{ErasePage, Known, StoredPage, Typed};
use crate::web::pages::appointment::{Rule, State};
use crate::web::pages::problem::Problems;
use crate::web::pages::samples;

impl InLanguage {
    fn account_shell(&self) -> AccountShell {
        let shell = self.shell();
        AccountShell {
            studio: shell.studio,
            branch: shell.branch,
            language: shell.language,
            along: shell.along,
        }
    }

    pub(super) fn account(&self) -> Pages {
        let (language, at) = (self.0, self.calendar().at(samples::starts(0)));
        let sign_in = SignInPage::empty(self.account_shell());
        let greeted = |greeting| SignInPage { greeting: Some(greeting), ..sign_in.clone() };
        let wrong = sign_in.clone().with_problem(|language| language.say("please-phone"));
        let mut problems = Problems::default();
        problems.add(language.account_wrong_code(4), "code");
        problems.add(language.account_wait(20), "again");
        for name in ["account-type-six", "account-ended-code", "account-closed-code", "account-enough-codes"]
        {
            problems.add_general(language.say(name));
        }
        let shell = self.account_shell();
        let code = CodePage { shell, phone: "030 23125 014".to_owned(), wait: Some(20), problems };
        let yoga = Terms {
            name: Name::try_from("Yoga 8".to_owned()).unwrap(),
            services: Offered::All,
            balance: Some(2),
            expires_on: Some(samples::starts(0).date_naive()),
            status: Status::Active,
        };
        let panel = self.panel(State::Booked, Rule::Until(at), Rule::Until(at));
        let account = AccountPage {
            shell: self.account_shell(),
            calendar: self.calendar(),
            past: false,
            appointments: vec![panel.clone()],
            open: 1,
            after: None,
            next: Some("x".to_owned()),
            feed: Some("http://x/cal".to_owned()),
            memberships: vec![yoga.clone()],
            book: Some(self.shell().link),
        };
        let none = |past| AccountPage { past, appointments: vec![], next: None, ..account.clone() };
        let known = Known {
            name: "Anna Berg".to_owned(),
            phone: "030 23125 014".to_owned(),
            email: Some("Berg".to_owned()),
            comment: Some("...".to_owned()),
        };
        let stored = StoredPage {
            shell: self.account_shell(),
            calendar: self.calendar(),
            person: known.clone(),
            bookings: vec![Typed { at, contact: known, consent_version: Some(1) }],
            appointments: vec![panel],
            memberships: vec![yoga],
            sign_ins: vec![at],
            feed: Some(self.calendar().at(samples::starts(0))),
            links_ended: true,
        };
        let text = Sent {
            at: "2027".to_owned(),
            to: language.text_to("+49"),
            subject: None,
            text: "123456".to_owned(),
            invitations: 0,
        };
        let mail =
            Sent { to: language.mail_to("@"), subject: Some(String::new()), invitations: 2, ..text.clone() };
        vec![
            ("sign in", written(&sign_in)),
            ("sign in, session over", written(&greeted(Greeting::Over))),
            ("sign in, signed out", written(&greeted(Greeting::Out))),
            ("sign in, begun too long ago", written(&greeted(Greeting::Again))),
            ("sign in, erased", written(&greeted(Greeting::Erased))),
            ("sign in, no number", written(&wrong)),
            ("sign in, not set up", written(&SignInPage { is_set_up: false, ..sign_in })),
            ("code", written(&code)),
            ("account", written(&account)),
            ("account, nothing upcoming", written(&none(false))),
            ("account, nothing past", written(&none(true))),
            ("what is stored", written(&stored)),
            ("erase", written(&ErasePage { shell: self.account_shell(), upcoming: 2 })),
            ("mailbox, empty", written(&MailboxPage { language, messages: vec![] })),
            ("mailbox", written(&MailboxPage { language, messages: vec![text, mail] })),
            ("offline", written(&OfflinePage { shell: self.account_shell() })),
        ]
    }
}
