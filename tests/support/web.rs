//! What the browser tests are written with: an installation in memory, the console in the test's own page, and the
//! eyes and hands of a user, who finds things by what they are called and not by how they are built.

#[path = "web/acting.rs"]
mod acting;
#[path = "web/configurations.rs"]
mod configurations;
#[path = "web/finding.rs"]
mod finding;
#[path = "web/installation.rs"]
mod installation;
#[path = "web/page.rs"]
mod page;
#[path = "web/pressing.rs"]
mod pressing;
#[path = "web/stand_ins.rs"]
mod stand_ins;
#[path = "web/waiting.rs"]
mod waiting;
#[path = "web/watch.rs"]
mod watch;

pub use acting::{ask_to_close_the_tab, choose, click, click_button, click_link, go_back, press, type_into};
pub use configurations::UPLOAD_HOST;
pub use finding::{
    all, by_label, by_role_name, definition, description, focused, gone, heading, is_busy, is_disabled, is_shown,
    is_ticked, links_in, name, row, rows, said, screen, see, sees, text, value,
};
pub use installation::{
    ADMIN, Answer, Held, Installation, NOBODY_KNOWN, NOT_ADMIN, SHA, SHA_2, TOKEN, answer, errors, limited, many,
    timed_out, unreachable, url, version,
};
pub use page::{Page, address, at, have_a_fault};
pub use pressing::{focus_on, go_forward, press_slowly, press_with_shift, type_behind};
pub use stand_ins::{Archives, Clock, Language, LongWaits};
pub use waiting::{settle, tick, wait_for};
