// Fetching the console's own wasm files, other than the first. The build makes this a part of the main script, which
// loads the pieces, and of the worker's, so that neither needs another file.

/** So long, in milliseconds, may a server say nothing at all. A file that is on its way may take as long as it takes. */
const SILENCE = 8000;

/** Addresses of files that did not load: the browser may have kept another answer in their place. */
const failed = new Set();

/** The answer with a file; rejects if there is none in time. */
async function load(url) {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(new Error(`no answer from ${url}`)), SILENCE);
  try {
    const answer = await fetch(url, { cache: failed.has(String(url)) ? "reload" : "default", signal: silence.signal });
    if (!answer.ok) throw new Error(`status ${answer.status} from ${url}`);
    return answer;
  } catch (error) {
    failed.add(String(url));
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** `WebAssembly.instantiateStreaming`, also for a server that calls the file something else. */
async function instantiate(loading, imports) {
  const answer = await loading;
  try {
    return answer.headers.get("content-type") === "application/wasm"
      ? await WebAssembly.instantiateStreaming(answer, imports)
      : await WebAssembly.instantiate(await answer.arrayBuffer(), imports);
  } catch (error) {
    failed.add(answer.url);
    throw error;
  }
}
