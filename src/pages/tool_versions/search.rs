//! The search field above the list. What is searched for is in the address.

use std::time::Duration;

use api::ListOptions;
use domain::Tool;
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};

use crate::{
    paths::{self, Page},
    router::{NavigateOptions, use_location, use_navigate},
    ui::{Icon, IconView},
};

/// Typing pauses this long before it is searched for: shorter than a glance, longer than the gap between two keys.
const TYPING_PAUSE: Duration = Duration::from_millis(250);

/// What is in the field, and the search of the address that it goes with: as soon as the address has another one, by Back
/// or by a link, that one is in the field.
#[derive(Clone, Default, PartialEq)]
struct Typed {
    text: String,
    search: String,
}

/// The field "Search versions".
#[component]
pub fn Search(
    /// Whose versions.
    tool: Tool,
    /// What the address asks for.
    options: Memo<ListOptions>,
) -> impl IntoView {
    let navigate = use_navigate();
    let typed = RwSignal::new(Typed::default());
    let shown = Signal::derive(move || {
        let search = options.with(|options| options.search.clone());
        typed.with(|typed| if typed.search == search { typed.text.clone() } else { search })
    });
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        timer.try_update_value(|timer| {
            if let Some(timer) = timer.take() {
                timer.clear();
            }
        });
    };
    on_cleanup(stop);
    // Back is stronger than what was typed before it.
    Effect::new(move |_| {
        options.track();
        stop();
    });
    let location = use_location();
    // A field that has the focus tells of a change while its page goes away: that is no search, and there may be nothing
    // to read by then.
    let is_leaving = move || Page::at(&location.pathname_untracked()) != Page::ToolVersions(tool);
    let search_for = move |text: String| {
        stop();
        if is_leaving() {
            return;
        }
        let Some(now) = options.try_get_untracked() else { return };
        let search = text.trim().to_owned();
        if search == now.search {
            return;
        }
        // The first search is a step that Back undoes; correcting it is not another one.
        let replace = !now.search.is_empty();
        typed.set(Typed { text, search: search.clone() });
        navigate(&paths::tool_versions(tool, &ListOptions { page: 1, search, ..now }), NavigateOptions { replace });
    };
    let type_in = move |text: String| {
        stop();
        let Some(now) = options.try_get_untracked() else { return };
        typed.set(Typed { text: text.clone(), search: now.search });
        let waiting = set_timeout_with_handle(move || search_for(text.clone()), TYPING_PAUSE);
        timer.set_value(waiting.ok());
    };
    view! {
        <form class="toolbar" role="search" on:submit=|event| event.prevent_default()>
            <label class="visually-hidden" for="search">
                "Search versions"
            </label>
            <div class="search">
                <IconView icon=Icon::Search/>
                <input
                    id="search"
                    class="input"
                    type="search"
                    placeholder="Search versions"
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=shown
                    on:input:target=move |event| type_in(event.target().value())
                    on:change:target=move |event| search_for(event.target().value())
                />
            </div>
        </form>
    }
}
