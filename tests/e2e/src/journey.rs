//! Runs a story, and shows what was on the screen when it fails.

use std::{
    fs,
    num::NonZeroU32,
    panic::{AssertUnwindSafe, resume_unwind},
    path::PathBuf,
    sync::LazyLock,
    thread,
    time::Duration,
};

use futures_util::FutureExt;
use tfe_console_server::Seed;
use tokio::{sync::Semaphore, time::timeout};

use crate::{Browser, Console, Deployment, Host, Patience, Site, project};

/// Each journey has a browser of its own, which takes a processor and some memory.
static TURNS: LazyLock<Semaphore> =
    LazyLock::new(|| Semaphore::new(thread::available_parallelism().map_or(1, |cores| cores.get().min(4))));

/// No story takes so long: something hangs.
const LIMIT: Duration = Duration::from_secs(120);

/// What is to be seen: the text, what is typed, and where the focus is. Never a password.
const SCREEN: &str = "const fields = Array.from(document.querySelectorAll('input, select'), (field) => {
    const label = field.labels[0]?.textContent ?? field.id;
    return label + ': ' + (field.type === 'checkbox' ? field.checked : field.type === 'password' ? '…' : field.value);
  });
  const focused = document.activeElement;
  return [document.body.innerText, ...fields, 'focus: ' + focused?.localName + ' ' + focused?.textContent.slice(0, 50)]
    .join('\\n')";

/// Runs `story` with a fresh server that has this data, and a fresh browser.
///
/// It fails when the story panics, and when the browser's console has an error that the story did not expect, such as
/// a violation of the page's security policy.
pub async fn journey(seed: Seed, story: impl AsyncFnOnce(&Console)) {
    journey_in(Deployment::usual(), seed, story).await;
}

/// The same with a console that is hosted in another way.
pub async fn journey_in(deployment: Deployment, seed: Seed, story: impl AsyncFnOnce(&Console)) {
    run(Host::of_environment(), deployment, seed, Patience::ForEverything, story).await;
}

/// The same for a console whose own files do not all come: always from our server, and without waiting for them.
pub async fn starting_journey(story: impl AsyncFnOnce(&Console)) {
    run(Host::Own, Deployment::usual(), Seed::Demo, Patience::ForThePage, story).await;
}

/// Runs what is no test but measures: without a limit of time, on a server that answers so many requests a second.
pub async fn measurement<T>(seed: Seed, rate_limit: NonZeroU32, story: impl AsyncFnOnce(&Console) -> T) -> T {
    let site = Site::start_limited(Host::Own, Deployment::usual(), seed, Some(rate_limit)).await;
    let console = Console::new(site, Browser::start(Patience::ForEverything).await);
    let measured = story(&console).await;
    console.close().await;
    measured
}

async fn run(host: Host, deployment: Deployment, seed: Seed, patience: Patience, story: impl AsyncFnOnce(&Console)) {
    let _turn = TURNS.acquire().await;
    let console = Console::new(Site::start(host, deployment, seed).await, Browser::start(patience).await);
    let told = AssertUnwindSafe(timeout(LIMIT, story(&console))).catch_unwind().await;
    let errors = console.unexpected_errors().await;
    let failed = !matches!(told, Ok(Ok(()))) || !errors.is_empty();
    if failed {
        show(&console).await;
    }
    console.close().await;
    match told {
        Err(panic) => resume_unwind(panic),
        Ok(Err(_)) => panic!("the story did not end within {} s", LIMIT.as_secs()),
        Ok(Ok(())) => assert!(errors.is_empty(), "unexpected in the browser's console:\n{}", errors.join("\n")),
    }
}

/// Prints the screen and everything that led to it, and saves a picture.
async fn show(console: &Console) {
    let client = console.browser().client();
    let url = client.current_url().await.map(String::from).unwrap_or_default();
    let title = client.title().await.unwrap_or_default();
    let screen = client.execute(SCREEN, Vec::new()).await.unwrap_or_default();
    eprintln!("--- on the screen: {title} ({url})");
    eprintln!("{}", screen.as_str().unwrap_or_default());
    eprintln!("--- what the user did\n{}", console.steps());
    eprintln!("--- what the API was asked\n{}", console.front().summary());
    eprintln!("--- what the web server wrote\n{}", console.site().logs());
    eprintln!("--- the browser's console\n{}", console.logged());
    match client.screenshot().await.map(|picture| save(&picture)) {
        Ok(Ok(path)) => eprintln!("--- a picture of the screen: {}", path.display()),
        Ok(Err(error)) => eprintln!("--- the picture of the screen was not saved: {error}"),
        Err(error) => eprintln!("--- there is no picture of the screen: {error}"),
    }
}

/// Under `target/e2e`, by the name of the test.
fn save(picture: &[u8]) -> std::io::Result<PathBuf> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| project().join("target"), PathBuf::from);
    let folder = target.join("e2e");
    fs::create_dir_all(&folder)?;
    let name = thread::current().name().unwrap_or("journey").replace("::", "-");
    let path = folder.canonicalize()?.join(name).with_extension("png");
    fs::write(&path, picture)?;
    Ok(path)
}
