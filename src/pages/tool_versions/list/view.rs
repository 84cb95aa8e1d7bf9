//! What the list shows: what the address and the fields of the toolbar make of the inventory.

use std::time::Duration;

use domain::{
    Tool,
    inventory::{ArchFilter, Asked, Facets, Filters, Listing, Sort},
    version_range::VersionRange,
};
use leptos::prelude::*;

use super::{
    toolbar::SEARCH,
    typed_field::{Typed, text_of},
};
use crate::{
    components::ListAddresses,
    inventory::{Inventory, use_inventory},
    paths::{self, ListQuery, Page},
    router::{Location, NavigateOptions, use_location, use_navigate},
    ui::focus_by_id,
};

/// The numbers of rows to choose from.
pub const SIZES: &[u64] = &[20, 50, 100, 250];

/// The list as it is shown. Copied freely; all copies are one.
#[derive(Clone, Copy)]
pub struct ListView {
    /// Whose versions.
    pub tool: Tool,
    /// All that is known of them.
    pub inventory: Inventory,
    /// What the address asks for.
    pub query: Memo<ListQuery>,
    /// What is typed in the field "Search versions".
    pub search: RwSignal<Typed>,
    /// What is typed in the field "Version range".
    pub range: RwSignal<Typed>,
    /// What it shows, a moment after it was asked for ([`after_paint`]).
    pub listing: Memo<Listing>,
    /// The places of the versions on the page.
    pub shown: Memo<Vec<u32>>,
}

impl ListView {
    /// The list at the present address.
    pub fn new(tool: Tool) -> Self {
        let location = use_location();
        let inventory = use_inventory(tool);
        // In the moment of leaving, the address is another page's already.
        let query = Memo::new(move |known: Option<&ListQuery>| match known {
            Some(known) if Page::at(&location.pathname()) != Page::ToolVersions(tool) => known.clone(),
            _ => query_of(location),
        });
        let (search, range) = (RwSignal::new(Typed::default()), RwSignal::new(Typed::default()));
        let asked = after_paint(Memo::new(move |known: Option<&Asked>| {
            let range = text_of(range, query, |query| &mut query.range);
            let search = text_of(search, query, |query| &mut query.search).trim().to_owned();
            query.with(|query| {
                // What is typed and not in the address yet begins at the first page.
                let is_typing = range.trim() != query.range || search != query.search.trim();
                let first = if is_typing { 0 } else { (query.page - 1).saturating_mul(query.size) };
                let (is, arch) = (Facets::parse(&query.is), ArchFilter::parse(&query.arch));
                // With an error, as between two keys of a range, the list stays as narrow as it is.
                let range = match VersionRange::parse(&range) {
                    Ok(range) => Some(range),
                    Err(_) => known.and_then(|known| known.filters.range.clone()),
                };
                let filters = Filters { is, arch, range, search };
                Asked { filters, sort: Sort::parse(&query.sort), first, size: query.size }
            })
        }));
        let listing = Memo::new_owning(move |known: Option<Listing>| {
            let mut listing = known.unwrap_or_default();
            let asked = asked.get();
            inventory.with(|store| listing.update(store.entries(), |it| store.has_gone(it), store.revision(), asked));
            (listing, true)
        });
        let shown = Memo::new(move |_| listing.with(|listing| listing.page().to_vec()));
        let lists = expect_context::<ListAddresses>();
        Effect::new(move |_| lists.keep(tool, paths::tool_versions(tool, &query.get())));
        Self { tool, inventory, query, search, range, listing, shown }
    }

    /// What the list is narrowed to. Tracked.
    pub fn has_filters(&self) -> bool {
        self.listing.with(|listing| !listing.asked().filters.is_empty())
    }

    /// How many versions the filters let through. Tracked.
    pub fn count(&self) -> usize {
        self.listing.with(|listing| listing.found().places.len())
    }

    /// Goes to another view of the list; with `replace` in the place of the present one.
    pub fn go(&self) -> impl Fn(ListQuery, bool) + Copy + Send + Sync + use<> {
        let (navigate, tool) = (use_navigate(), self.tool);
        move |query: ListQuery, replace| navigate(&paths::tool_versions(tool, &query), NavigateOptions { replace })
    }

    /// Takes the search and all filters away; order and size stay. The focus goes to the search.
    pub fn clear(&self) -> impl Fn() + Copy + Send + Sync + use<> {
        let (go, query, search, range) = (self.go(), self.query, self.search, self.range);
        move || {
            let ListQuery { size, sort, .. } = query.get_untracked();
            // What was typed and is not in the address yet.
            search.set(Typed::default());
            range.set(Typed::default());
            go(ListQuery { size, sort, ..ListQuery::default() }, false);
            focus_by_id(SEARCH);
        }
    }
}

/// What is asked for, once the browser has painted what asked for it: the letter that was typed, the button that was
/// pressed. The rows take longer than a frame on a slow machine, and whoever types must not wait for them.
fn after_paint(asked: Memo<Asked>) -> ReadSignal<Asked> {
    let (painted, set_painted) = signal(asked.get_untracked());
    let is_waiting = StoredValue::new(false);
    let take = move || {
        // The list may be gone by then.
        if is_waiting.try_set_value(false).is_none() {
            set_painted.set(asked.get_untracked());
        }
    };
    Effect::new(move |_| {
        let is_known = asked.with(|asked| painted.with_untracked(|painted| asked == painted));
        if is_known || is_waiting.get_value() {
            return;
        }
        if document().hidden() {
            // Nothing is painted before somebody looks.
            return take();
        }
        is_waiting.set_value(true);
        request_animation_frame(move || set_timeout(take, Duration::ZERO));
    });
    painted
}

/// What the address asks for; what it cannot ask for is ignored. Tracked.
fn query_of(location: Location) -> ListQuery {
    let number = |name: &str| location.query(name).and_then(|text| text.parse::<u64>().ok());
    let text = |name: &str| location.query(name).unwrap_or_default();
    let default = ListQuery::default();
    let sort = Sort::parse(&text("sort"));
    ListQuery {
        page: number("page").filter(|page| *page > 0).unwrap_or(default.page),
        size: number("size").filter(|size| SIZES.contains(size)).unwrap_or(default.size),
        search: text("search"),
        is: Facets::parse(&text("is")).query(),
        arch: ArchFilter::parse(&text("arch")).map(ArchFilter::query).unwrap_or_default(),
        range: text("range").trim().to_owned(),
        sort: if sort == Sort::default() { String::new() } else { sort.query() },
    }
}
