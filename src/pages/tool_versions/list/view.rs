//! What the list shows: what the address and the fields of the toolbar make of the inventory.

use domain::{
    Tool,
    inventory::{ArchFilter, Facets, Filters, Found, Sort, by_version, find, order},
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
    /// What the list is narrowed to, by what is typed now.
    pub filters: Memo<Filters>,
    /// Its order.
    pub sort: Memo<Sort>,
    /// What the filters let through, in order.
    pub matching: Memo<Found>,
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
        let filters = Memo::new(move |_| {
            let (is, arch) = query.with(|query| (Facets::parse(&query.is), ArchFilter::parse(&query.arch)));
            let range = VersionRange::parse(&text_of(range, query, |query| &mut query.range)).ok();
            let search = text_of(search, query, |query| &mut query.search).trim().to_owned();
            Filters { is, arch, range, search }
        });
        let sort = Memo::new(move |_| query.with(|query| Sort::parse(&query.sort)));
        let newest_first = Memo::new(move |known: Option<&Vec<u32>>| {
            let known = known.map(Vec::as_slice).unwrap_or_default();
            inventory.with(|store| {
                let mut places = by_version(store.entries(), known);
                places.retain(|place| !store.has_gone(*place));
                places
            })
        });
        let ordered = Memo::new(move |_| {
            let sort = sort.get();
            inventory.with(|store| newest_first.with(|places| order(store.entries(), places, sort)))
        });
        let matching = Memo::new(move |_| {
            inventory
                .with(|store| ordered.with(|ordered| filters.with(|filters| find(store.entries(), ordered, filters))))
        });
        let shown = Memo::new(move |_| {
            let range = text_of(range, query, |query| &mut query.range);
            let ListQuery { page, size, search, range: known_range, .. } = query.get();
            // What is typed and not in the address yet begins at the first page.
            let is_typing = range.trim() != known_range || filters.with(|filters| filters.search != search.trim());
            let first = if is_typing { 0 } else { (page - 1).saturating_mul(size) };
            matching.with(|found| {
                let rows = found.places.iter().skip(usize::try_from(first).unwrap_or(usize::MAX));
                rows.take(usize::try_from(size).unwrap_or_default()).copied().collect::<Vec<u32>>()
            })
        });
        let lists = expect_context::<ListAddresses>();
        Effect::new(move |_| lists.keep(tool, paths::tool_versions(tool, &query.get())));
        Self { tool, inventory, query, search, range, filters, sort, matching, shown }
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
