//! The group "Archive": its two fields, which also take what is dropped on them, and what was chosen.

use domain::text::visible;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, Event, File, HtmlInputElement};

use super::{
    archive::{ARCHIVE, ArchiveChoice, FOLDER},
    chosen::ChosenView,
    folder::picked,
};
use crate::ui::{Button, dynamic, true_if};

/// The id of the text that says what is wrong.
const ERROR: &str = "archive-error";

/// What the file field offers.
const ACCEPT: &str = ".tar.gz,.tgz,application/gzip,application/x-gzip";

/// The two fields, and what was chosen.
#[component]
pub fn ArchiveGroup(
    /// What was chosen.
    archive: ArchiveChoice,
    /// Whether it cannot be changed, because it is being sent.
    #[prop(into)]
    is_locked: Signal<bool>,
) -> impl IntoView {
    let is_dragged_over = RwSignal::new(false);
    let drag = move |is_over: bool| {
        move |event: DragEvent| {
            // The browser would leave the page and open what is dropped, also while the form is locked.
            event.prevent_default();
            is_dragged_over.set(is_over && !is_locked.get_untracked());
        }
    };
    let drop = move |event: DragEvent| {
        event.prevent_default();
        is_dragged_over.set(false);
        if !is_locked.get_untracked() {
            archive.take_dropped(&event);
        }
    };
    let has_problem = Memo::new(move |_| archive.problem().is_some());
    let take_file = Callback::new(move |files: Vec<File>| {
        if let Some(file) = files.into_iter().next() {
            archive.take_file(file);
        }
    });
    let take_folder = Callback::new(move |files: Vec<File>| {
        if let Some(folder) = picked(files) {
            archive.take_folder(folder);
        }
    });
    view! {
        <fieldset
            class="group drop-zone"
            data-over=true_if(move || is_dragged_over.get())
            on:dragenter=drag(true)
            on:dragover=drag(true)
            on:dragleave=drag(false)
            on:drop=drop
        >
            <legend>"Archive"</legend>
            <p class="field-hint">"Choose one of the two, or drop an archive or a folder here."</p>
            <div class="choices">
                <FileField
                    id=ARCHIVE
                    label="Configuration archive"
                    hint="A .tar.gz of the configuration's folder."
                    is_invalid=has_problem
                    on_files=take_file
                />
                <FileField
                    id=FOLDER
                    label="Configuration folder"
                    hint="Packed here in the browser, without what .terraformignore leaves out."
                    takes_folder=true
                    on_files=take_folder
                />
            </div>
            {dynamic(move || archive.problem().map(|text| view! {
                <p id=ERROR class="field-error" role="alert">{visible(&text)}</p>
            }))}
            <Show when=move || archive.can_retry()>
                <Button on_press=move |()| archive.retry()>"Try again"</Button>
            </Show>
            <Show when=move || archive.is_reading()>
                <p role="status">"Reading what was chosen…"</p>
                <Button on_press=move |()| archive.remove()>"Choose something else"</Button>
            </Show>
            {dynamic(move || archive.chosen().map(|chosen| view! {
                <ChosenView chosen on_remove=move |()| archive.remove()/>
            }))}
        </fieldset>
    }
}

#[component]
fn FileField(
    id: &'static str,
    label: &'static str,
    hint: &'static str,
    /// Whether it takes a folder with everything in it, in place of one file.
    #[prop(optional)]
    takes_folder: bool,
    #[prop(optional, into)] is_invalid: Signal<bool>,
    on_files: Callback<Vec<File>>,
) -> impl IntoView {
    let hint_id = [id, "-hint"].concat();
    let described_by = [ERROR, " ", &hint_id].concat();
    view! {
        <div class="field">
            <label class="field-label" for=id>{label}</label>
            <p id=hint_id class="field-hint">{hint}</p>
            <input
                id=id
                class="file-input"
                type="file"
                accept=(!takes_folder).then_some(ACCEPT)
                multiple=takes_folder
                prop:webkitdirectory=takes_folder
                aria-invalid=true_if(move || is_invalid.get())
                aria-describedby=described_by
                on:change=move |event| on_files.run(files_of(&event))
            />
        </div>
    }
}

/// The files of a field. The field is emptied, so that choosing the same again is a change again.
fn files_of(event: &Event) -> Vec<File> {
    let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else {
        return Vec::new();
    };
    let list = input.files();
    let files = list.map(|list| (0..list.length()).filter_map(|at| list.get(at)).collect()).unwrap_or_default();
    input.set_value("");
    files
}
