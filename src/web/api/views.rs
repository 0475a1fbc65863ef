//! What a caller of the API sees.

/// An enum of the rules as callers write it, and back.
macro_rules! written_as {
    ($rule:ident as $written:ident { $($variant:ident),+ }) => {
        impl From<$rule> for $written {
            fn from(rule: $rule) -> Self {
                match rule {
                    $($rule::$variant => Self::$variant,)+
                }
            }
        }

        impl From<$written> for $rule {
            fn from(written: $written) -> Self {
                match written {
                    $($written::$variant => Self::$variant,)+
                }
            }
        }
    };
}
pub(super) use written_as;

mod activity;
mod appointment;
mod cart;
mod link;

pub use activity::{Activity, Membership, Price, at_branch, service_name, team_member_name, zone_name};
pub use appointment::{Appointment, AppointmentStatus, Attendance, Permission};
pub use cart::{Cart, CartStatus, SelectedActivity, Shown};
pub use link::{ChangeRuleView, Consent, ContactField, MultipleEvents, PublicLink, spot_limit};
