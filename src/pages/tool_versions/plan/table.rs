//! The rows of a plan and of its run: as many as a page of a list has.

use domain::{
    count::on_page,
    plan::Item,
    run::{End, State},
    text::{visible, visible_name},
};
use leptos::prelude::*;

use super::{draft::Draft, runner::Runner};
use crate::ui::{Pagination, Table, keyed};

/// The numbers of rows to choose from.
const SIZES: &[u64] = &[100, 250];

/// The table "Plan" before it is run.
#[component]
pub fn PlanTable(
    /// What it shows.
    draft: Draft,
) -> impl IntoView {
    let count = Memo::new(move |_| draft.len());
    let places = Memo::new(move |_| (0..count.get()).collect::<Vec<usize>>());
    let row = move |place: usize| {
        let item = Memo::new(move |_| draft.item(place));
        let text = move |read: fn(&Item) -> &str| {
            move || item.with(|item| item.as_ref().map(|item| visible(read(item))).unwrap_or_default())
        };
        view! {
            <tr>
                <th scope="row">{move || item.with(|item| item.as_ref().map(name_of))}</th>
                <td data-label="Now">{text(|item| &item.now)}</td>
                <td data-label="After">{text(|item| &item.after)}</td>
                <td data-label="Note">{text(|item| &item.note)}</td>
            </tr>
        }
        .into_any()
    };
    view! { <Paged places columns=&["Version", "Now", "After", "Note"] row/> }
}

/// The table "Plan" while it is run and afterwards: what is not done stands first then.
#[component]
pub fn RunTable(
    /// The run.
    runner: Runner,
    /// Whether it is over.
    is_over: Memo<bool>,
) -> impl IntoView {
    let places = Memo::new(move |_| {
        let is_over = is_over.get();
        let count = untrack(|| runner.with(|run| run.plan().items.len())).unwrap_or_default();
        let mut places: Vec<usize> = (0..count).collect();
        if is_over {
            places.sort_by_key(|place| untrack(|| runner.with(|run| run.state(*place).map_or(0, urgency))));
        }
        places
    });
    let row = move |place: usize| {
        let state = Memo::new(move |_| runner.with(|run| run.state(place).cloned()).flatten());
        let label = move || state.with(|state| state.as_ref().map(State::label));
        let tone = move || state.with(|state| state.as_ref().map_or("", tone));
        // What was planned does not change while it is run.
        let planned = untrack(|| runner.with(|run| run.plan().items.get(place).cloned()).flatten());
        let text = |read: fn(&Item) -> &str| planned.as_ref().map(|item| visible(read(item)));
        let (name, now, after) = (planned.as_ref().map(name_of), text(|item| &item.now), text(|item| &item.after));
        let note_of_plan = text(|item| &item.note);
        let note = move || {
            let why = state.with(|state| match state {
                Some(State::Ended(end)) => visible(end.why()),
                _ => String::new(),
            });
            if why.is_empty() { note_of_plan.clone() } else { Some(why) }
        };
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td data-label="State">
                    <span class="badge" data-tone=tone>
                        {label}
                    </span>
                </td>
                <td data-label="Now">{now}</td>
                <td data-label="After">{after}</td>
                <td data-label="Note">{note}</td>
            </tr>
        }
        .into_any()
    };
    view! { <Paged places columns=&["Version", "State", "Now", "After", "Note"] row/> }
}

fn name_of(item: &Item) -> String {
    visible_name(&item.version).unwrap_or_else(|| "(no version)".to_owned())
}

/// What somebody has to look at first.
fn urgency(state: &State) -> u8 {
    match state {
        State::Ended(End::Done) => 3,
        State::Ended(End::AlreadySo) => 2,
        State::Ended(End::NotTried) => 1,
        _ => 0,
    }
}

fn tone(state: &State) -> &'static str {
    match state {
        State::Ended(End::Done) => "good",
        State::Ended(End::AlreadySo) | State::Ahead => "neutral",
        State::Ended(End::NotTried | End::Refused(_)) => "muted",
        State::Ended(_) => "warning",
        _ => "accent",
    }
}

#[component]
fn Paged<R>(places: Memo<Vec<usize>>, columns: &'static [&'static str], row: R) -> impl IntoView
where
    R: Fn(usize) -> AnyView + Send + Sync + 'static,
{
    let page = RwSignal::new(1_u64);
    let size = RwSignal::new(100_u64);
    let count = Signal::derive(move || places.with(Vec::len) as u64);
    let last = Signal::derive(move || count.get().div_ceil(size.get()).max(1));
    let first = Signal::derive(move || (page.get().min(last.get()) - 1) * size.get());
    let keys = move || {
        let (first, size) = (first.get() as usize, size.get() as usize);
        places.with(|places| places.iter().skip(first).take(size).map(|place| (String::new(), *place)).collect())
    };
    let range = move || on_page(first.get(), size.get(), count.get());
    let pager = move || {
        (count.get() > 100).then(|| {
            view! {
                <Pagination
                    range=Signal::derive(range)
                    previous=Signal::derive(move || (page.get() > 1).then(|| page.get() - 1))
                    next=Signal::derive(move || (page.get() < last.get()).then(|| page.get() + 1))
                    size
                    sizes=SIZES
                    busy=false
                    on_page=Callback::new(move |to| page.set(to))
                    on_size=Callback::new(move |to| {
                        page.set(1);
                        size.set(to);
                    })
                />
            }
        })
    };
    view! {
        <Table name="Plan" columns class="stacked plan">
            {keyed(keys, move |(_, place)| row(place))}
        </Table>
        {pager}
    }
}
