use uuid::Uuid;

use super::{InLanguage, Pages, written};
use crate::web::pages::form::Choice;
use crate::web::pages::problem::Problems;
use crate::web::pages::samples;
use crate::web::pages::staff::audit::{
    AuditPage, DifferenceLine, Looked, RefusalLine, RefusalsPage, Signed, ValueLine,
};
use crate::web::pages::staff::journal::HistoryLine;

impl InLanguage {
    pub(super) fn audit(&self) -> Pages {
        let at = self.calendar().at(samples::starts(0));
        let kinds = ["cart", "activity", "appointment", "client", "link", "branch"];
        let kind = |kind: &str| Choice {
            value: kind.to_owned(),
            name: self.0.audit_kind(kind),
            chosen: kind == "cart",
        };
        let line = HistoryLine {
            at,
            sentence: self.0.say("fact-cart-opened"),
            who: self.0.actor("client", None),
            why: self.0.cause("open-cart"),
        };
        let value = |was| ValueLine { path: "x".to_owned(), was, is: "1".to_owned() };
        let of_one = Looked {
            from: 1,
            to: 9,
            history: Some(vec![(1, line)]),
            next: Some(1),
            state: vec![value(None)],
            ..Looked::default()
        };
        let thing = DifferenceLine {
            kind: "appointment".to_owned(),
            id: Uuid::nil(),
            values: vec![value(Some("2".to_owned()))],
        };
        let changed = Looked {
            from: 1,
            to: 9,
            differences: vec![thing],
            facts: vec![("x".to_owned(), 2)],
            more: 3,
            ..Looked::default()
        };
        let signed = Signed { at, position: 7, differs: None };
        let page = AuditPage {
            shell: self.staff_shell(),
            kinds: kinds.map(kind).into(),
            id: String::new(),
            from: String::new(),
            to: String::new(),
            looked: Some(of_one),
            signed: Some(signed.clone()),
            problems: Problems::default(),
        };
        let differs = Signed { differs: Some("x".to_owned()), ..signed };
        let with = |looked| AuditPage { looked: Some(looked), ..page.clone() };
        let nothing = Looked { history: Some(vec![]), ..Looked::default() };
        let refused = RefusalLine {
            at,
            what: "x".to_owned(),
            code: "x".to_owned(),
            reasons: vec!["x".to_owned()],
            of: Some(("cart".to_owned(), Uuid::nil())),
            who: self.0.actor("client", None),
            request: "x".to_owned(),
        };
        let refusals = RefusalsPage {
            shell: self.staff_shell(),
            id: String::new(),
            lines: vec![refused],
            next: Some(Uuid::nil()),
        };
        vec![
            ("audit", written(&page)),
            ("audit, nothing", written(&with(nothing))),
            ("audit, what changed", written(&with(changed))),
            ("audit, nothing changed", written(&with(Looked::default()))),
            ("audit, problems", written(&AuditPage { problems: self.problems(), ..page.clone() })),
            ("audit, never signed", written(&AuditPage { signed: None, looked: None, ..page.clone() })),
            ("audit, rewritten", written(&AuditPage { signed: Some(differs), ..page })),
            ("refusals", written(&refusals)),
            ("refusals, none", written(&RefusalsPage { lines: vec![], next: None, ..refusals })),
        ]
    }
}
