// Runs first in every page, and takes the times: from what the user did to the next painted frame, and to the one after
// it, which shows the rows. What is told is what is on the screen then.
const bench = (window.bench = { frames: [], tasks: [], first: null, loaded: null, memory: null });

const afterPaint = (work) =>
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = work;
    port2.postMessage(null);
  });

bench.shown = () =>
  Array.from(document.querySelectorAll("tbody tr:first-child th, [role=status], [aria-sort]"), (it) =>
    [it.textContent, it.ariaSort].join(" "),
  ).join("\n");

for (const kind of ["click", "input"]) {
  const measure = (event) => {
    const time = () => performance.now() - event.timeStamp;
    afterPaint(() => {
      const painted = time();
      setTimeout(() => afterPaint(() => bench.frames.push({ painted, answered: time(), shown: bench.shown() })));
    });
  };
  addEventListener(kind, measure, true);
}

const isLoaded = () =>
  Array.from(document.querySelectorAll("[role=status]")).some((it) => /^[\d,]+ versions$/.test(it.textContent.trim()));
const observer = new MutationObserver(() => {
  if (bench.first === null && document.querySelector("tbody th a[href]")) {
    bench.first = 0;
    afterPaint(() => (bench.first = performance.now()));
  }
  if (bench.first !== null && isLoaded()) {
    observer.disconnect();
    afterPaint(() => (bench.loaded = performance.now()));
  }
});
observer.observe(document, { childList: true, subtree: true, characterData: true });

new PerformanceObserver((list) => bench.tasks.push(...list.getEntries().map((it) => [it.startTime, it.duration]))).observe({
  type: "longtask",
  buffered: true,
});

for (const name of ["instantiate", "instantiateStreaming"]) {
  const real = WebAssembly[name];
  WebAssembly[name] = async (...all) => {
    const result = await real.apply(WebAssembly, all);
    const memories = Object.values((result.instance ?? result).exports).filter((it) => it instanceof WebAssembly.Memory);
    bench.memory ??= memories[0] ?? null;
    return result;
  };
}
