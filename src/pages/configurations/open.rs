//! `/configurations`: choosing a configuration. The API has no list of them.

use domain::{
    configurations::{check_name, check_username},
    text::{tidy, visible},
};
use leptos::prelude::*;

use super::recent::{forget, recent};
use crate::{
    components::PageHeader,
    paths::{self, Configuration},
    router::{Link, NavigateOptions, use_navigate},
    ui::{Button, ButtonKind, FieldErrors, SubmitButton, TextField, focus_heading},
};

const USERNAME: &str = "username";
const NAME: &str = "name";

/// What is typed.
#[derive(Clone, Default)]
struct Names {
    username: String,
    name: String,
}

impl Names {
    /// The configuration of these names, or what is wrong with them.
    fn to_configuration(&self) -> Result<Configuration, Vec<(&'static str, String)>> {
        let (username, name) = (tidy(&self.username), tidy(&self.name));
        let checks = [(USERNAME, check_username(&username)), (NAME, check_name(&name))];
        let errors: Vec<_> = checks.into_iter().filter_map(|(id, check)| Some((id, check.err()?))).collect();
        if errors.is_empty() { Ok(Configuration::new(&username, &name)) } else { Err(errors) }
    }
}

/// The form, and the last configurations opened.
#[component]
pub fn OpenPage() -> impl IntoView {
    view! {
        <PageHeader heading="Configuration versions"/>
        <div class="beside">
            <OpenForm/>
            <LastOpened/>
        </div>
    }
}

#[component]
fn OpenForm() -> impl IntoView {
    let navigate = use_navigate();
    let names = RwSignal::new(Names::default());
    let errors = FieldErrors::default();
    let open = move || match names.with_untracked(Names::to_configuration) {
        Ok(configuration) => navigate(&paths::configuration(&configuration), NavigateOptions::default()),
        Err(found) => {
            errors.show(found);
        }
    };
    view! {
        <form
            class="form"
            novalidate
            on:submit=move |event| {
                event.prevent_default();
                open();
            }
        >
            <TextField
                id=USERNAME
                label="Username"
                required=true
                hint="Who the configuration belongs to: a user or an organization."
                value=slice!(names.username)
                errors
            />
            <TextField
                id=NAME
                label="Configuration name"
                required=true
                hint="Letters, digits, hyphens, underscores and dots, up to 50."
                value=slice!(names.name)
                errors
            />
            <div class="form-actions">
                <SubmitButton>"Open"</SubmitButton>
            </div>
        </form>
    }
}

/// The last configurations opened in this browser, if there are any.
#[component]
fn LastOpened() -> impl IntoView {
    let all = RwSignal::new(recent());
    let clear = Callback::new(move |()| {
        forget();
        all.set(Vec::new());
        // The button goes away with the list: the focus needs another place.
        focus_heading();
    });
    let item = |configuration: Configuration| {
        let title = visible(&configuration.title());
        view! {
            <li>
                <Link href=configuration.path()>{title}</Link>
            </li>
        }
    };
    view! {
        <Show when=move || !all.with(Vec::is_empty)>
            <section class="card">
                <h2>"Last opened"</h2>
                <ul class="plain-list">
                    <For each=move || all.get() key=Configuration::path children=item/>
                </ul>
                <Button kind=ButtonKind::Quiet on_press=clear>
                    "Clear this list"
                </Button>
            </section>
        </Show>
    }
}
