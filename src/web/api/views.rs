//! What a caller of the API sees.

mod activity;
mod appointment;
mod cart;
mod link;

pub use activity::{Activity, Membership, Price, at_branch};
pub use appointment::{Appointment, AppointmentStatus, Permission};
pub use cart::{Cart, CartStatus, SelectedActivity, Shown};
pub use link::{ChangeRuleView, Consent, ContactField, MultipleEvents, PublicLink, spot_limit};
