// Starts the worker that packs folders. Only an error that nobody catches tells the page that it does not start.
load(new URL("./packer.wasm", import.meta.url))
  .then((answer) => __wbg_init({ module_or_path: answer }))
  .catch((error) =>
    setTimeout(() => {
      throw error;
    }),
  );
