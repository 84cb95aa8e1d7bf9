// Starts the console, and says in the page why it does not start. The page has a notice (`#boot`) that shows by itself
// after a while, also where this script never runs; the console removes it when it is there.

const SCRIPT = new URL("./tfe-console.js", import.meta.url);
const WASM = new URL("./tfe-console.wasm", import.meta.url);

/** In milliseconds: so long may a second look at a file take, and a style sheet hold back everything else. */
const LIMIT = 7000;

const AGAIN = "Reload the page. If that does not help, tell the operator of this console what is said here.";
const CURRENT_BROWSER = "a current version of Chrome, Edge, Firefox or Safari";

/** A module with a reference type, the newest thing that the console's wasm needs. */
const NEWEST = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 111, 3, 2, 1, 0, 10, 6, 1, 4, 0, 208, 111, 11);

/** Why the console does not start, and what to do, in sentences; with the file that is at fault. */
class Problem {
  constructor(reason, advice = AGAIN, file = null) {
    Object.assign(this, { reason, advice, file });
  }
}

async function start() {
  if (typeof WebAssembly !== "object") {
    throw new Problem(
      "This browser has no WebAssembly, which the console needs, or it is switched off.",
      `Allow it for this page and reload, or use ${CURRENT_BROWSER}.`,
    );
  }
  if (!WebAssembly.validate(NEWEST)) {
    throw new Problem("This browser is too old for the console.", `Use ${CURRENT_BROWSER}.`);
  }
  const script = import(SCRIPT).catch((error) => because(error, SCRIPT, "javascript"));
  const wasm = fetch(WASM)
    .then((answer) => whatIsWrong(answer, "") ?? answer)
    .catch((error) => because(error, WASM, ""));
  const parts = Promise.all([script, wasm].map(orThrow));
  const [[{ default: run }, answer]] = await Promise.all([parts, pageIsRead()]);
  await run({ module_or_path: answer }).catch(async (error) => {
    // A fault of the console itself, which says so in a notice of its own.
    if (error instanceof WebAssembly.RuntimeError) throw error;
    throw await because(error, WASM, "");
  });
}

/** This script does not wait for the end of the page, but the console and the notice need all of it. */
async function pageIsRead() {
  if (document.readyState !== "loading") return;
  await new Promise((done) => document.addEventListener("DOMContentLoaded", done));
}

/** The same promise, in which a problem is a failure. */
async function orThrow(part) {
  const got = await part;
  if (got instanceof Problem) throw got;
  return got;
}

/** The problem of an answer that is not the file; nothing if it may be. */
function whatIsWrong(answer, type) {
  const declared = answer.headers.get("content-type") ?? "";
  if (!answer.ok) {
    return new Problem(
      `The server, or a gateway in front of it, refuses a file of the console (status ${answer.status}).`,
      AGAIN,
      answer.url,
    );
  }
  if (declared.includes("html")) {
    return new Problem(
      "A web page came in place of a file of the console: perhaps a gateway blocks it, or wants you to sign in again.",
      AGAIN,
      answer.url,
    );
  }
  if (!declared.includes(type)) {
    const reason = `The server says that a script of the console is “${declared}”, and browsers run no such thing.`;
    return new Problem(reason, AGAIN, answer.url);
  }
  return null;
}

/** The problem with a file that could not be used. Browsers do not tell, so it is asked for once more, past the cache. */
async function because(error, url, type) {
  console.error(error);
  try {
    const answer = await fetch(url, { cache: "reload", signal: AbortSignal.timeout?.(LIMIT) });
    const problem = whatIsWrong(answer, type);
    if (problem) return problem;
    // Read to its end, so that the cache has all of it.
    await answer.arrayBuffer();
    // What failed was in the cache, or has passed. Only once, since it may be that the file is always like that.
    if (performance.getEntriesByType("navigation")[0]?.type !== "reload") {
      location.reload();
      await new Promise(() => {});
    }
    return new Problem("A file of the console was incomplete or changed when it arrived.", AGAIN, url.href);
  } catch {
    return new Problem(
      "A file of the console did not arrive, or not to its end: the connection failed, or something on the way cut it.",
      "Check the network connection and reload the page. If that does not help, tell the operator of this console.",
      url.href,
    );
  }
}

/** Turns the page's own notice into one that says what is wrong. */
function tell(problem) {
  const place = document.getElementById("boot");
  if (!place) return;
  const heading = place.querySelector("h1");
  heading.textContent = "The console cannot start";
  document.title = `${heading.textContent} · tfe-console`;
  const slow = place.querySelector("[role=status]");
  const alert = slow.cloneNode();
  alert.setAttribute("role", "alert");
  alert.dataset.kind = "error";
  for (const text of [problem.reason, problem.advice]) alert.append(element("p", text));
  if (problem.file) {
    const file = element("p", "File: ");
    file.append(element("code", problem.file));
    alert.append(file);
  }
  alert.append(slow.querySelector("a"));
  slow.replaceWith(alert);
  place.dataset.state = "failed";
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

/** A style sheet in the page holds back the first paint: one that does not come must not hide the notice. */
function paintWithoutStyles() {
  for (const link of document.querySelectorAll("link[rel=stylesheet]")) {
    if (!link.sheet) link.replaceWith(link.cloneNode());
  }
}

setTimeout(paintWithoutStyles, LIMIT);
start().catch((error) => {
  console.error(error.reason ?? error);
  const problem =
    error instanceof Problem ? error : new Problem(`The console stopped while it was starting. (${error})`);
  pageIsRead().then(() => tell(problem));
});
