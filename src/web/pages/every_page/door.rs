use aggregates::ids::BranchId;
use uuid::Uuid;

use super::{InLanguage, Pages, written};
use crate::staff::tokens::Scope;
use crate::staff::{Role, TokenId, UserId};
use crate::web::pages::door::{
    CodePage, DoorShell, Greeting, InvitationPage, NotYetPage, SignInPage, StudioLine, StudiosPage,
};
use crate::web::pages::my_sign_in::{CodesPage, MyPage, Offer, SessionLine};
use crate::web::pages::samples;
use crate::web::pages::shell::{Along, StaffShell, You};
use crate::web::pages::staff::people::{PeoplePage, PersonLine, TokenLine, TokensPage};

impl InLanguage {
    fn door(&self) -> DoorShell {
        DoorShell { language: self.0, along: Along::default(), to: Some("/journal/7".to_owned()) }
    }

    fn owner(&self) -> StaffShell {
        let you = You::SignedIn { name: "Anna Berg".to_owned(), role: Some(Role::Owner) };
        StaffShell { you, ..self.staff_shell() }
    }

    pub(super) fn doors(&self) -> Pages {
        let language = self.0;
        let sign_in = SignInPage {
            shell: self.door(),
            greeting: Some(Greeting::Set),
            login: "Berg".to_owned(),
            problems: self.problems(),
        };
        let line =
            |role| StudioLine { branch: BranchId(Uuid::nil()), name: "Riverside Studio".to_owned(), role };
        let studios = StudiosPage { shell: self.door(), studios: Role::ALL.into_iter().map(line).collect() };
        let calendar = self.calendar();
        let at = calendar.at(samples::starts(0));
        let session = |own| SessionLine {
            session: Uuid::nil(),
            device: "Firefox".to_owned(),
            when: language.staff_session(at, at),
            own,
        };
        let mine = MyPage {
            shell: self.door(),
            name: "Anna Berg".to_owned(),
            login: "Berg".to_owned(),
            done: Some(language.say("staff-password-changed")),
            codes_left: None,
            offer: None,
            sessions: vec![session(true), session(false)],
            problems: self.problems(),
        };
        let offer = Offer { key: "27".to_owned(), uri: "otpauth://totp/7".to_owned(), kept: String::new() };
        vec![
            ("staff sign-in", written(&sign_in)),
            ("staff sign-in, over", written(&SignInPage { greeting: Some(Greeting::Over), ..sign_in })),
            ("staff not yet", written(&NotYetPage { shell: self.door(), branch: None })),
            ("staff code", written(&CodePage { shell: self.door(), problems: self.problems() })),
            (
                "invitation",
                written(&InvitationPage {
                    shell: self.door(),
                    invitation: String::new(),
                    login: "Berg".to_owned(),
                    problems: self.problems(),
                }),
            ),
            ("studios", written(&studios)),
            ("studios, none", written(&StudiosPage { studios: vec![], ..studios })),
            ("my sign-in, second factor on", written(&MyPage { codes_left: Some(9), ..mine.clone() })),
            ("my sign-in, an offer", written(&MyPage { offer: Some(offer), ..mine.clone() })),
            ("my sign-in", written(&mine)),
            ("codes", written(&CodesPage { shell: self.door(), codes: vec![String::new()] })),
        ]
    }

    pub(super) fn people_and_tokens(&self) -> Pages {
        let language = self.0;
        let person = |role| PersonLine {
            user: UserId(Uuid::nil()),
            name: "Anna Berg".to_owned(),
            login: "Berg".to_owned(),
            role,
            has_password: false,
        };
        let people = PeoplePage {
            shell: self.owner(),
            people: Role::ALL.into_iter().map(person).collect(),
            done: Some(language.say("staff-role-set")),
            link: Some(String::new()),
            login: String::new(),
            name: String::new(),
            role: Role::FrontDesk,
            problems: self.problems(),
        };
        let auditor = You::SignedIn { name: "Anna Berg".to_owned(), role: Some(Role::Auditor) };
        let auditor = StaffShell { you: auditor, ..self.staff_shell() };
        let token = |works| TokenLine {
            token: TokenId(Uuid::nil()),
            name: "Berg".to_owned(),
            about: [language.scope(Scope::Book), language.say("token-never-used")].join("; "),
            works,
        };
        let tokens = TokensPage {
            shell: self.owner(),
            tokens: vec![token(true), token(false)],
            done: Some(language.say("token-revoked")),
            made: Some(String::new()),
            name: String::new(),
            scope: Scope::Settings,
            days: "90".to_owned(),
            problems: self.problems(),
        };
        vec![
            ("people", written(&people)),
            ("people, for an auditor", written(&PeoplePage { shell: auditor.clone(), ..people })),
            ("tokens", written(&tokens)),
            ("tokens, none", written(&TokensPage { tokens: vec![], shell: auditor, ..tokens })),
        ]
    }
}
