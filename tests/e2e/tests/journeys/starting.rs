//! A console whose own files are blocked, replaced, cut or slow: the page says so in time, and starts when it can.

use std::{
    fs,
    time::{Duration, Instant},
};

use axum::http::Method;
use e2e::{Answer, Console, Deployment, Gate, starting_journey};

use crate::archives::{archive_of, choose, start};

/// What a gateway sends in place of a file.
const GATEWAY: &str = "<!doctype html><title>Blocked</title><h1>Blocked by policy</h1>";

const NOT_STARTED: &str = "The console has not started";

const CANNOT_START: &str = "The console cannot start";

const HELD_BACK: &str = "or a file of it is held back on the way";

/// A notice is there at the latest after so long.
const NOTICE_LIMIT: Duration = Duration::from_secs(10);

/// Everything that the browser logs when a file is not what it should be.
const LOGGED: [&str; 8] = [
    "Failed to load",
    "Failed to fetch",
    "status of 403",
    "net::ERR_",
    "integrity",
    "MIME type",
    "of the console",
    "WebAssembly",
];

#[tokio::test]
async fn a_file_that_is_not_what_it_should_be_is_told_at_once_and_a_reload_helps() {
    let refused = || Answer::html(403, GATEWAY);
    let replaced = || Answer::html(200, GATEWAY);
    starting_journey(async |console| {
        LOGGED.iter().for_each(|text| console.expect_logged(text));
        for (ending, answer, said) in [
            (".wasm", refused(), "refuses a file of the console (status 403)"),
            (".wasm", replaced(), "A web page came in place of a file"),
            (".wasm", Answer::BrokenOff, "did not arrive, or not to its end"),
            (".js", refused(), "refuses a file of the console (status 403)"),
            (".js", replaced(), "A web page came in place of a file"),
            (".js", Answer::Called("text/plain"), "is “text/plain”"),
            (
                ".js",
                Answer::Text(200, vec![("content-type", "text/javascript")], "1".to_owned()),
                "incomplete or changed",
            ),
        ] {
            let file = Deployment::file("tfe-console-", ending);
            console.clear_cache().await;
            console.front().answer(Method::GET, &file, usize::MAX, answer);
            let begun = Instant::now();
            console.open("/terraform-versions").await;
            console.expect_heading(CANNOT_START).await;
            console.expect_alert(said).await;
            console.expect_alert(&file).await;
            assert!(begun.elapsed() < NOTICE_LIMIT, "{said}: {:?}", begun.elapsed());
            console.front().behave();
            console.click("link", "Reload").await;
            starts(console).await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_file_that_is_slow_is_told_in_time_and_the_console_starts_after_all() {
    starting_journey(async |console| {
        LOGGED.iter().for_each(|text| console.expect_logged(text));
        for (begin, ending) in
            [("tfe-console-", ".wasm"), ("tfe-console-", ".js"), ("boot-", ".js"), ("style-", ".css")]
        {
            let gate = Gate::closed();
            console.clear_cache().await;
            let file = Deployment::file(begin, ending);
            console.front().answer(Method::GET, &file, usize::MAX, Answer::After(gate.clone()));
            let begun = Instant::now();
            console.open("/terraform-versions").await;
            if begin != "style-" {
                console.expect_status(HELD_BACK).await;
                console.expect("link", "Reload").await;
            }
            // Without its styles the console is there all the same.
            until_painted(console).await;
            assert!(begun.elapsed() < NOTICE_LIMIT, "{file}: {:?}", begun.elapsed());
            gate.open();
            starts(console).await;
            console.front().behave();
        }
    })
    .await;
}

#[tokio::test]
async fn where_the_first_script_does_not_run_the_page_says_so_itself() {
    starting_journey(async |console| {
        LOGGED.iter().for_each(|text| console.expect_logged(text));
        console.front().answer(Method::GET, &Deployment::file("boot-", ".js"), usize::MAX, Answer::html(403, GATEWAY));
        console.open("/terraform-versions").await;
        console.expect_status(HELD_BACK).await;
        console.expect("heading", NOT_STARTED).await;
        console.expect_accessible("a console without its first script").await;
        console.set_width(320).await;
        console.expect_no_sideways_scrolling("a console without its first script").await;

        // Without styles nothing hides the notice.
        console.front().answer(
            Method::GET,
            &Deployment::file("style-", ".css"),
            usize::MAX,
            Answer::html(403, GATEWAY),
        );
        console.clear_cache().await;
        let begun = Instant::now();
        console.click("link", "Reload").await;
        console.expect_status(HELD_BACK).await;
        assert!(begun.elapsed() < NOTICE_LIMIT / 2, "{:?}", begun.elapsed());
        console.front().behave();
        console.click("link", "Reload").await;
        starts(console).await;
    })
    .await;
}

#[tokio::test]
async fn a_browser_without_scripts_or_webassembly_or_a_too_old_one_is_told_what_is_needed() {
    starting_journey(async |console| {
        console.expect_logged("WebAssembly");
        console.expect_logged("too old");
        console.allow_scripts(false).await;
        console.open("/terraform-versions").await;
        console.expect_text("it needs JavaScript and WebAssembly").await;
        console.expect("heading", NOT_STARTED).await;
        console.expect("link", "Reload").await;
        console.allow_scripts(true).await;

        console.run_first("WebAssembly.validate = () => false").await;
        console.open("/terraform-versions").await;
        console.expect_heading(CANNOT_START).await;
        console.expect_alert("This browser is too old").await;
        console.run_first("delete globalThis.WebAssembly").await;
        console.open("/terraform-versions").await;
        console.expect_heading(CANNOT_START).await;
        console.expect_alert("This browser has no WebAssembly").await;
        console.expect("link", "Reload").await;
        console.expect_accessible("a console that cannot start").await;
        console.set_width(320).await;
        console.expect_no_sideways_scrolling("a console that cannot start").await;
    })
    .await;
}

#[tokio::test]
async fn wasm_files_may_be_called_plain_text() {
    starting_journey(async |console| {
        let folder = tempfile::tempdir().unwrap();
        for begin in ["tfe-console-", "split_configurations-", "packer-"] {
            let plain = Answer::Called("text/plain");
            console.front().answer(Method::GET, &Deployment::file(begin, ".wasm"), usize::MAX, plain);
        }
        start(console).await;
        choose(console, "folder", &module_in(folder.path())).await;
        console.expect_text("will be packed and sent").await;
    })
    .await;
}

#[tokio::test]
async fn a_page_of_its_own_file_that_does_not_load_can_be_loaded_again() {
    starting_journey(async |console| {
        LOGGED.iter().for_each(|text| console.expect_logged(text));
        console.expect_logged("status 403");
        console.expect_logged("no answer from");
        let file = Deployment::file("split_configurations-", ".wasm");
        console.start_at("/terraform-versions").await;
        console.expect_text("1–20 of 70").await;
        let answers = [Answer::html(403, GATEWAY), Answer::html(200, GATEWAY), Answer::BrokenOff, Answer::Never];
        for (number, answer) in answers.into_iter().enumerate() {
            console.front().behave();
            console.front().answer(Method::GET, &file, usize::MAX, answer);
            if number == 0 {
                console.click("link", "Configuration versions").await;
            } else {
                console.click("button", "Try again").await;
            }
            console.expect_alert("cannot be loaded").await;
        }
        console.front().behave();
        console.click("button", "Try again").await;
        console.expect("field", "Username").await;
    })
    .await;
}

#[tokio::test]
async fn a_packer_that_does_not_load_is_told_where_the_folder_is_chosen() {
    starting_journey(async |console| {
        LOGGED.iter().for_each(|text| console.expect_logged(text));
        console.expect_logged("status 403");
        let folder = tempfile::tempdir().unwrap();
        let module = module_in(folder.path());
        start(console).await;
        for (ending, answer) in [
            (".wasm", Answer::html(403, GATEWAY)),
            (".wasm", Answer::html(200, GATEWAY)),
            (".wasm", Answer::Never),
            (".js", Answer::html(403, GATEWAY)),
            (".js", Answer::html(200, GATEWAY)),
        ] {
            // What came before is kept for ever.
            console.clear_cache().await;
            console.front().answer(Method::GET, &Deployment::file("packer-", ending), usize::MAX, answer);
            choose(console, "folder", &module).await;
            console.expect_text("The part of the console that packs folders cannot be loaded").await;
            console.front().behave();
            console.reload().await;
            console.connect(e2e::ADMIN_TOKEN).await;
            console.expect_heading("New configuration version").await;
        }
        choose(console, "folder", &module).await;
        console.expect_text("will be packed and sent").await;
    })
    .await;
}

/// Waits until the console is there, and its page's notice gone.
async fn starts(console: &Console) {
    console.expect_heading("Connect").await;
    console.expect_no("link", "Reload").await;
}

/// Waits until the browser has painted anything.
async fn until_painted(console: &Console) {
    let script = "return performance.getEntriesByName('first-contentful-paint').length";
    console
        .until("the first paint", async || match console.script(script, Vec::new()).await? {
            none if none == 0 => Err("nothing is painted".to_owned()),
            _ => Ok(()),
        })
        .await;
}

fn module_in(folder: &std::path::Path) -> std::path::PathBuf {
    let module = folder.join("module");
    fs::create_dir(&module).unwrap();
    archive_of(&module);
    module
}
