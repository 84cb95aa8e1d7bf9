//! The side navigation, and whose console it is.

use api::{Client, server};
use domain::{Tool, text::visible};
use leptos::prelude::*;

use super::about::{BuildLine, InstallationLine};
use crate::{
    paths,
    query::Task,
    router::{Link, use_leave_question, use_location},
    session::Session,
    ui::{Button, ButtonKind, Icon, IconView, dynamic},
};

/// The links to the sections, and the connection at the foot.
#[component]
pub fn Nav(
    /// Opens the list of keyboard shortcuts.
    on_shortcuts: Callback<()>,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let question = use_leave_question();
    let disconnect = move |()| question.before(Callback::new(move |()| session.disconnect()));
    view! {
        <header class="side">
            <div>
                <p class="brand">"tfe-console"</p>
                <InstallationLine/>
            </div>
            <nav aria-label="Main">
                <ul>
                    <Section href=paths::all_tool_versions(Tool::Terraform) icon=Icon::Versions>
                        {Tool::Terraform.versions()}
                    </Section>
                    <Section href=paths::configurations() icon=Icon::Upload>
                        "Configuration versions"
                    </Section>
                </ul>
            </nav>
            <div class="side-foot">
                <Identity/>
                <ServerLine/>
                <Button kind=ButtonKind::Quiet icon=Icon::SignOut on_press=disconnect>"Sign out"</Button>
                <Button kind=ButtonKind::Quiet icon=Icon::Keyboard on_press=on_shortcuts>"Keyboard shortcuts"</Button>
                <BuildLine/>
            </div>
        </header>
    }
}

#[component]
fn Section(href: String, icon: Icon, children: Children) -> impl IntoView {
    let location = use_location();
    let section = href.clone();
    let current = Memo::new(move |_| {
        let pathname = location.pathname();
        pathname.strip_prefix(section.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    });
    view! {
        <li>
            <Link href current>
                <IconView icon/>
                {children()}
            </Link>
        </li>
    }
}

/// Which installation this is, where it tells.
#[component]
fn ServerLine() -> impl IntoView {
    let client = expect_context::<Client>();
    let title = RwSignal::new(String::new());
    Task::new().start(Box::pin(async move {
        // There are installations that do not tell.
        if let Ok(server) = server::read(&client).await {
            title.try_set(server.title().unwrap_or_default());
        }
    }));
    let is_told = move || title.with(|title| !title.is_empty());
    dynamic(move || is_told().then(|| view! { <p class="server">{visible(&title.get())}</p> }))
}

/// Who the token belongs to, as far as the installation tells.
#[component]
pub fn Identity() -> impl IntoView {
    let session = expect_context::<Session>();
    let name = Signal::derive(move || match session.account().and_then(|account| account.username) {
        Some(name) => visible(&name),
        None => "Connected".to_owned(),
    });
    let role = Signal::derive(move || match session.is_administrator() {
        Some(true) => "Site administrator",
        Some(false) => "Not an administrator",
        None => "Role unknown",
    });
    view! {
        <p class="identity">
            <span class="identity-name">{name}</span>
            <span class="identity-role">{role}</span>
        </p>
    }
}
