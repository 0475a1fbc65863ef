//! What an installed account shows without a network: nothing of anybody.

use askama::Template;

use super::AccountShell;

#[derive(Debug, Clone, Template)]
#[template(path = "offline.html")]
pub struct OfflinePage {
    pub shell: AccountShell,
}
