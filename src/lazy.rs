//! Pages that the first load does without, in pieces that are loaded when the first of their pages is opened.
//!
//! `cargo xtask build` makes a wasm file of its own of everything that only one of the loaders here reaches
//! (docs/decisions/0010-split-wasm.md). In every other build it is part of the one wasm. Leptos' `#[lazy_route]` is not
//! used: it shows nothing when loading fails.

use std::{sync::Arc, time::Duration};

use api::LocalBoxFuture;
use domain::Tool;
use leptos::{prelude::*, task::spawn_local};
use wire::ToolVersion;

use crate::{
    components::PageHeader,
    inventory::Reader,
    pages::{
        configurations,
        tool_versions::{self, ListView},
    },
    paths::Page,
    ui::{Button, Notice, NoticeKind, dynamic, focus_heading},
};

/// Longer than this, and the page says that something may be wrong. Loading goes on.
const PATIENCE: Duration = Duration::from_secs(8);

/// A piece of the console.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// The pages of one version of a tool.
    ToolVersion,
    /// Plans for the selected versions, and their runs.
    Plan,
    /// The pages of the legacy API.
    Configurations,
}

/// A view for each address of a piece.
type Pages = fn(Page) -> AnyView;

/// The piece could not be loaded.
#[derive(Clone, Copy)]
struct NotLoaded;

#[cfg(split)]
impl From<wasm_split_helpers::SplitLoaderError> for NotLoaded {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}

#[cfg_attr(split, wasm_split_helpers::wasm_split(tool_version, fallible))]
fn tool_version_pages() -> Result<Pages, NotLoaded> {
    Ok(tool_versions::page)
}

/// The actions of a row of the list.
type RowActionsView = fn(Tool, ToolVersion) -> AnyView;

#[cfg_attr(split, wasm_split_helpers::wasm_split(tool_version, fallible))]
fn loaded_row_actions() -> Result<RowActionsView, NotLoaded> {
    Ok(|tool, version| view! { <tool_versions::RowActions tool version/> }.into_any())
}

#[cfg_attr(split, wasm_split_helpers::wasm_split(plan, fallible))]
fn plan_pages() -> Result<Pages, NotLoaded> {
    Ok(tool_versions::plan_page)
}

/// A part of the list that is in the piece of plans.
#[derive(Clone, Copy)]
enum ListPart {
    /// The region "Selection".
    SelectionBar,
    /// The dialog that exports what the list shows.
    Export,
    /// What is said of a run that was left before it was over.
    InterruptedRun,
}

type ListPartView = fn(ListView, ListPart) -> AnyView;

/// One for all of them: each loader is a part of the first load.
#[cfg_attr(split, wasm_split_helpers::wasm_split(plan, fallible))]
fn loaded_list_part() -> Result<ListPartView, NotLoaded> {
    Ok(|view, part| match part {
        ListPart::SelectionBar => view! { <tool_versions::SelectionBar view/> }.into_any(),
        ListPart::Export => view! { <tool_versions::ExportList view/> }.into_any(),
        ListPart::InterruptedRun => view! { <tool_versions::InterruptedRun tool=view.tool/> }.into_any(),
    })
}

/// The chart below the list.
type ChartView = fn(ListView) -> AnyView;

#[cfg_attr(split, wasm_split_helpers::wasm_split(chart, fallible))]
fn loaded_chart() -> Result<ChartView, NotLoaded> {
    Ok(|view| view! { <tool_versions::Chart view/> }.into_any())
}

#[cfg_attr(split, wasm_split_helpers::wasm_split(inventory, fallible))]
fn loaded_reader() -> Result<Reader, NotLoaded> {
    Ok(Reader { rest: api::inventory::rest, again: api::inventory::again })
}

#[cfg_attr(split, wasm_split_helpers::wasm_split(configurations, fallible))]
fn configuration_pages() -> Result<Pages, NotLoaded> {
    Ok(configurations::page)
}

impl Piece {
    #[cfg(split)]
    async fn load(self) -> Result<Pages, NotLoaded> {
        match self {
            Self::ToolVersion => tool_version_pages().await,
            Self::Plan => plan_pages().await,
            Self::Configurations => configuration_pages().await,
        }
    }

    #[cfg(not(split))]
    async fn load(self) -> Result<Pages, NotLoaded> {
        match self {
            Self::ToolVersion => tool_version_pages(),
            Self::Plan => plan_pages(),
            Self::Configurations => configuration_pages(),
        }
    }

    /// The heading while there is none of the page's own.
    fn heading(self) -> &'static str {
        match self {
            Self::ToolVersion | Self::Plan => "Versions",
            Self::Configurations => "Configuration versions",
        }
    }
}

/// Makes a page, or a part of one.
type Part = Arc<dyn Fn() -> AnyView + Send + Sync>;

/// How loading stands.
#[derive(Clone)]
enum Loading {
    Waiting,
    Slow,
    Failed,
    Loaded(Part),
}

/// The page, as soon as its piece is there.
#[component]
pub fn LazyPage(
    /// The piece that the page is in.
    piece: Piece,
    /// The page.
    page: Page,
) -> impl IntoView {
    let state = RwSignal::new(Loading::Waiting);
    let load = Callback::new(move |()| {
        state.set(Loading::Waiting);
        let page = page.clone();
        spawn_local(async move {
            let loaded = match piece.load().await {
                Ok(pages) => Loading::Loaded(Arc::new(move || pages(page.clone()))),
                Err(NotLoaded) => Loading::Failed,
            };
            // The page may have been left meanwhile.
            state.try_set(loaded);
        });
        let be_patient = move || {
            if matches!(state.try_get_untracked(), Some(Loading::Waiting)) {
                state.set(Loading::Slow);
            }
        };
        set_timeout(be_patient, PATIENCE);
    });
    load.run(());
    dynamic(move || match state.get() {
        Loading::Loaded(page) => page(),
        Loading::Failed => {
            let text = "This part of the console cannot be loaded. Check the network connection and try again. If the \
                        console was updated meanwhile, reload the page.";
            view! { <CannotLoad piece kind=NoticeKind::Error text on_retry=load/> }.into_any()
        }
        Loading::Slow => {
            let text = "This part of the console is still being loaded, which takes unusually long.";
            view! { <CannotLoad piece kind=NoticeKind::Status text on_retry=load/> }.into_any()
        }
        Loading::Waiting => view! {
            <p role="status" class="visually-hidden">
                "Loading the page…"
            </p>
        }
        .into_any(),
    })
}

#[component]
fn CannotLoad(piece: Piece, kind: NoticeKind, text: &'static str, on_retry: Callback<()>) -> impl IntoView {
    let retry = move |()| {
        // The button goes away with the notice: the focus needs another place.
        focus_heading();
        on_retry.run(());
    };
    let reload = |()| {
        // It fails only in a page that is going away.
        let _ = window().location().reload();
    };
    view! {
        <PageHeader heading=piece.heading()/>
        <Notice kind text>
            <Button on_press=retry>"Try again"</Button>
            <Button on_press=reload>"Reload the page"</Button>
        </Notice>
    }
}

/// The actions of a row of the list, as soon as their piece is there.
pub fn row_actions(tool: Tool, version: ToolVersion) -> AnyView {
    part(Box::pin(async move {
        #[cfg(split)]
        let actions = loaded_row_actions().await?;
        #[cfg(not(split))]
        let actions = loaded_row_actions()?;
        Ok(Arc::new(move || actions(tool, version.clone())) as Part)
    }))
}

/// The region "Selection" of the list, as soon as its piece is there.
pub fn selection_bar(list: ListView) -> AnyView {
    list_part(list, ListPart::SelectionBar)
}

/// The dialog that exports what the list shows, open, as soon as its piece is there.
pub fn export(list: ListView) -> AnyView {
    list_part(list, ListPart::Export)
}

/// What is said of a run that was left before it was over, as soon as its piece is there.
pub fn interrupted_run(list: ListView) -> AnyView {
    list_part(list, ListPart::InterruptedRun)
}

fn list_part(list: ListView, which: ListPart) -> AnyView {
    part(Box::pin(async move {
        #[cfg(split)]
        let view = loaded_list_part().await?;
        #[cfg(not(split))]
        let view = loaded_list_part()?;
        Ok(Arc::new(move || view(list, which)) as Part)
    }))
}

/// The chart below the list, as soon as its piece is there.
pub fn chart(list: ListView) -> AnyView {
    part(Box::pin(async move {
        #[cfg(split)]
        let chart = loaded_chart().await?;
        #[cfg(not(split))]
        let chart = loaded_chart()?;
        Ok(Arc::new(move || chart(list)) as Part)
    }))
}

/// What reads all that is behind the first page of a list, as soon as its piece is there.
pub fn inventory_reader() -> LocalBoxFuture<'static, Option<Reader>> {
    Box::pin(async move {
        #[cfg(split)]
        let reader = loaded_reader().await;
        #[cfg(not(split))]
        let reader = loaded_reader();
        reader.ok()
    })
}

/// A part of a page, as soon as its piece is there.
fn part(load: LocalBoxFuture<'static, Result<Part, NotLoaded>>) -> AnyView {
    let state = RwSignal::new(Loading::Waiting);
    spawn_local(async move {
        let loaded = load.await.map_or(Loading::Failed, Loading::Loaded);
        // What it belongs to may be gone by then.
        state.try_set(loaded);
    });
    dynamic(move || match state.get() {
        Loading::Loaded(part) => part(),
        Loading::Failed => {
            let text = "This part of the page cannot be loaded. Check the network connection and reload the page.";
            view! { <p role="alert">{text}</p> }.into_any()
        }
        Loading::Waiting | Loading::Slow => view! { <p role="status">"Loading…"</p> }.into_any(),
    })
    .into_any()
}
