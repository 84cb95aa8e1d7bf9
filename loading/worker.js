// Starts the worker that packs folders. A promise that fails in a worker is no `error` to the page: not the wasm's that
// is blocked, cut or something else, and not a step of packing that runs out of memory. The message is
// `packer::protocol`'s.
addEventListener("unhandledrejection", (event) => {
  postMessage({ kind: "failed", reason: `Folders cannot be packed here (${event.reason}). Choose a .tar.gz.` });
});
load(new URL("./packer.wasm", import.meta.url)).then((answer) => __wbg_init({ module_or_path: answer }));
