//! A folder, and the worker that packs it: here one of the test's own, so that it answers when and as the test wants.

use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, DataTransfer, Event, File, Url};

use super::{
    creating::{choose, step},
    *,
};

/// Wants all but what is in `out`, and lists the files that it was handed with what was wrong. Packs without an end; the
/// second packing begins with late messages of the first.
const PACKS: &str = "
    let paths = [];
    onmessage = ({ data }) => {
        if (data.kind === 'rules') { paths = []; postMessage({ kind: 'ruled' }); }
        if (data.kind === 'names') {
            const places = data.names.flatMap((name, place) => (name.includes('/out/') ? [] : [place]));
            postMessage({ kind: 'wanted', places });
        }
        if (data.kind === 'files') { paths.push(...data.paths); }
        if (data.kind === 'list') {
            postMessage({ kind: 'listed', paths, sizes: paths.map(() => 9), bytes: 9 * paths.length, leftOutFiles: 0,
                leftOutFolders: 1, executables: ['run.sh'], wrong: data.wrong, reasons: data.reasons });
        }
        if (data.kind === 'inspect') {
            const wrong = ['', 'a/<b>link</b>'];
            postMessage({ kind: 'inspected', wrong, reasons: ['It is cut.', 'leaves the archive'] });
        }
        if (data.kind === 'pack') {
            if (data.run > 1) {
                postMessage({ kind: 'packing', run: data.run - 1, bytes: 9, total: 9 });
                postMessage({ kind: 'packed', run: data.run - 1, archive: new Blob(['late']) });
            }
            postMessage({ kind: 'packing', run: data.run, bytes: 2 + data.run, total: 9 });
        }
    };
    postMessage({ kind: 'ready' });";

/// Never says that it is ready.
const HANGS: &str = "onmessage = () => {};";

/// The page's own word for where the worker's script is. It goes with the test.
struct Script(Element);

impl Script {
    fn of(program: &str) -> Self {
        let meta = document().create_element("meta").unwrap();
        meta.set_attribute("name", "packer").unwrap();
        document().head().unwrap().append_child(&meta).unwrap();
        let script = Self(meta);
        script.becomes(program);
        script
    }

    fn becomes(&self, program: &str) {
        let options = BlobPropertyBag::new();
        options.set_type("text/javascript");
        let parts = Array::of1(&program.into());
        let blob = Blob::new_with_str_sequence_and_options(&parts, &options).unwrap();
        self.0.set_attribute("content", &Url::create_object_url_with_blob(&blob).unwrap()).unwrap();
    }
}

impl Drop for Script {
    fn drop(&mut self) {
        self.0.remove();
    }
}

/// Chooses a folder with one file.
async fn choose_folder() {
    let parts = Array::of1(&Uint8Array::from(b"terraform".as_slice()));
    let chosen = DataTransfer::new().unwrap();
    chosen.items().add_with_file(&File::new_with_u8_array_sequence(&parts, "main.tf").unwrap()).unwrap();
    let folder = by_label("Configuration folder").await;
    Reflect::set(&folder, &"files".into(), &chosen.files().into()).unwrap();
    folder.dispatch_event(&Event::new("change").unwrap()).unwrap();
}

#[wasm_bindgen_test]
async fn messages_of_a_packing_that_was_cancelled_are_not_taken_for_those_of_the_next() {
    let installation = Installation::with([]);
    let _script = Script::of(PACKS);
    let _page = open(&installation, NEW);
    choose_folder().await;
    see("will be packed and sent: 9 bytes before compression.").await;
    click_button("Create and upload").await;
    see("3 bytes of 9 bytes packed").await;
    click_button("Cancel").await;
    see("Cancelled.").await;
    click_button("Try again").await;
    see("4 bytes of 9 bytes packed").await;
    settle().await;
    step("Preparing", "under way").await;
    assert_eq!(installation.sent("POST"), [""; 0], "the late archive is nobody's");
}

#[wasm_bindgen_test]
async fn a_packer_that_cannot_be_loaded_is_told_and_loaded_again() {
    let installation = Installation::with([]);
    let script = Script::of("postMessage({ kind: 'failed', reason: 'cut' })");
    let _page = open(&installation, NEW);
    choose_folder().await;
    let why = "The part of the console that packs folders cannot be loaded. Try again, or choose a .tar.gz.";
    wait_for(why, || said("alert").contains(&why.to_owned()).then_some(())).await;
    click_button("Create and upload").await;
    assert!(sees(why), "the reason stays");
    script.becomes(PACKS);
    click_button("Try again").await;
    see("will be packed and sent").await;
    gone(why).await;
    assert_eq!(all("button", "Try again").len(), 0);
}

#[wasm_bindgen_test]
async fn a_packer_that_hangs_is_given_up() {
    let waits = LongWaits::take();
    let script = Script::of(HANGS);
    let _page = open(&Installation::with([]), NEW);
    choose_folder().await;
    see("Reading what was chosen…").await;
    waits.are_over();
    see("The part of the console that packs folders cannot be loaded.").await;
    script.becomes(PACKS);
    click_button("Try again").await;
    see("will be packed and sent").await;
}

/// What stands in for a folder of a disk that is dropped: a folder with 300,000 files that are left out, some that cannot
/// be read, and an empty folder. `opened` are the folders and files that were.
const DISK: &str = "(() => {
    const opened = [];
    const fail = (error) => setTimeout(() => error(new DOMException('no', 'NotReadableError')));
    const file = (fullPath) => ({
        isFile: true, isDirectory: false, name: fullPath.split('/').pop(), fullPath,
        file: (ok, error) => {
            opened.push(fullPath);
            if (fullPath.includes('locked')) { return fail(error); }
            setTimeout(() => ok(new File(['terraform'], fullPath)));
        },
    });
    const folder = (fullPath, entries) => ({
        isFile: false, isDirectory: true, name: fullPath.split('/').pop(), fullPath,
        createReader: () => {
            let rest = entries();
            return { readEntries: (ok, error) => {
                opened.push(fullPath + '/');
                if (fullPath.includes('locked')) { return fail(error); }
                const some = rest.splice(0, 100);
                setTimeout(() => ok(some));
            } };
        },
    });
    const many = () => Array.from({ length: 300000 }, (_, at) => file('/app/out/' + at));
    const root = folder('/app', () => [
        file('/app/main.tf'), file('/app/.terraformignore'), file('/app/locked.tf'), folder('/app/out', many),
        folder('/app/locked', () => []), folder('/app/empty', () => []), folder('/app/modules', () => [
            file('/app/modules/main.tf'),
        ]),
    ]);
    const event = (name) => {
        const event = new DragEvent(name, { bubbles: true, cancelable: true });
        const items = { length: 1, 0: { webkitGetAsEntry: () => root } };
        Object.defineProperty(event, 'dataTransfer', { value: { items } });
        return event;
    };
    return [opened, event('drop')];
})()";

#[wasm_bindgen_test]
async fn what_the_rules_leave_out_is_not_entered_and_what_cannot_be_read_does_not_stop_it() {
    let _script = Script::of(PACKS);
    let _page = open(&Installation::with([]), NEW);
    let disk: Array = js_sys::eval(DISK).unwrap().unchecked_into();
    let place = by_label("Configuration archive").await;
    place.dispatch_event(disk.get(1).unchecked_ref()).unwrap();
    see("3 files of app will be packed and sent: 27 bytes before compression.").await;
    see("1 folder left out by Terraform's ignore rules.").await;
    see("Made executable, for beginning with “#!”: run.sh").await;
    see("3 things to know before it is sent").await;
    for problem in [
        "app/locked.tf: cannot be read, and is left out",
        "app/locked: cannot be read, and is left out",
        "app/empty: is an empty folder, and is not sent",
    ] {
        assert!(sees(problem), "{problem} in {}", screen());
    }
    let opened: Vec<String> = Array::from(&disk.get(0)).iter().filter_map(|it| it.as_string()).collect();
    assert!(opened.len() < 20 && !opened.iter().any(|path| path.contains("/out")), "{opened:?}");
    click_button("Create and upload").await;
    see("packed").await;
}

#[wasm_bindgen_test]
async fn what_should_be_known_of_an_archive_is_told_and_refuses_nothing() {
    let installation = Installation::with([]);
    let _script = Script::of(PACKS);
    let _page = open(&installation, NEW);
    choose("atlas.tar.gz", &[0x1f, 0x8b, 8, 0]).await;
    see("2 things to know before it is sent").await;
    for problem in ["It is cut.", "a/<b>link</b>: leaves the archive"] {
        assert!(sees(problem), "{problem} in {}", screen());
    }
    let held = installation.hold("POST");
    click_button("Create and upload").await;
    held.arrives().await;
}

#[wasm_bindgen_test]
async fn an_archive_that_is_looked_into_for_long_can_be_given_up() {
    let _script = Script::of("onmessage = () => {}; postMessage({ kind: 'ready' });");
    let _page = open(&Installation::with([]), NEW);
    choose("atlas.tar.gz", &[0x1f, 0x8b, 8, 0]).await;
    see("Reading what was chosen…").await;
    click_button("Create and upload").await;
    see("What was chosen is still being read. Wait a moment.").await;
    click_button("Choose something else").await;
    gone("Reading what was chosen…").await;
    assert!(!ask_to_close_the_tab(), "nothing was chosen");
}
