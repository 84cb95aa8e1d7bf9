//! What stands in for a part of the browser until it is dropped: sending archives, long waits, and the language.

use js_sys::{Array, Function, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};

use super::waiting::wait_for;

/// Sends nothing, and tells what it is told to tell.
const ARCHIVES: &str = "(() => {
  const original = window.XMLHttpRequest;
  const sent = [];
  window.XMLHttpRequest = class extends original {
    #status = 0;
    isAborted = false;
    open(method, url) { this.line = method + ' ' + url; }
    setRequestHeader() {}
    getResponseHeader() { return null; }
    getAllResponseHeaders() { return ''; }
    get status() { return this.#status; }
    get readyState() { return this.#status === 0 ? 1 : 4; }
    get responseText() { return ''; }
    get response() { return ''; }
    send() { sent.push(this); }
    abort() { this.isAborted = true; }
    tell(bytes, total) {
      const numbers = { lengthComputable: true, loaded: bytes, total };
      this.upload.dispatchEvent(new ProgressEvent('progress', numbers));
    }
    answer(status) {
      this.#status = status;
      for (const name of ['readystatechange', 'load', 'loadend']) { this.dispatchEvent(new ProgressEvent(name)); }
    }
  };
  return [sent, () => { window.XMLHttpRequest = original; }];
})()";

/// Keeps waits of 5 s and more, and ends them when it is told to.
const LONG_WAITS: &str = "(() => {
  const original = window.setTimeout;
  let waiting = [];
  window.setTimeout = (then, milliseconds, ...rest) => {
    if (!(milliseconds >= 5000)) { return original.call(window, then, milliseconds, ...rest); }
    waiting.push(() => then(...rest));
    return -1;
  };
  const over = () => { const now = waiting; waiting = []; for (const then of now) { then(); } };
  return [over, () => { window.setTimeout = original; }];
})()";

/// The browser's clock, which is put forward when it is told to. What is done at intervals is done then, and only then.
const CLOCK: &str = "(() => {
  const originals = [Date.now, window.setInterval, window.clearInterval];
  let ahead = 0;
  let latest = 0;
  const regular = new Map();
  Date.now = () => originals[0]() + ahead;
  window.setInterval = (then, _, ...rest) => {
    latest -= 1;
    regular.set(latest, () => then(...rest));
    return latest;
  };
  window.clearInterval = (id) => { if (!regular.delete(id)) { originals[2].call(window, id); } };
  const putForward = (milliseconds) => {
    ahead += milliseconds;
    for (const then of [...regular.values()]) { then(); }
  };
  return [putForward, () => { [Date.now, window.setInterval, window.clearInterval] = originals; }];
})()";

/// Writes dates as for readers of `LOCALE` unless another language is asked for by name.
const LANGUAGE: &str = "(() => {
  const locale = 'LOCALE';
  const isLeftOpen = (asked) => asked === undefined || asked.length === 0 || String(asked) === 'default';
  const of = (asked) => (isLeftOpen(asked) ? locale : asked);
  const names = ['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString'];
  const originals = names.map((name) => Date.prototype[name]);
  names.forEach((name, at) => {
    Date.prototype[name] = function (asked, options) { return originals[at].call(this, of(asked), options); };
  });
  const format = Intl.DateTimeFormat;
  Intl.DateTimeFormat = new Proxy(format, {
    construct: (target, [asked, options]) => new target(of(asked), options),
    apply: (target, _, [asked, options]) => new target(of(asked), options),
  });
  const own = { language: locale, languages: [locale] };
  for (const [name, value] of Object.entries(own)) {
    Object.defineProperty(navigator, name, { value, configurable: true });
  }
  return [null, () => {
    names.forEach((name, at) => { Date.prototype[name] = originals[at]; });
    Intl.DateTimeFormat = format;
    for (const name of Object.keys(own)) { delete navigator[name]; }
  }];
})()";

/// A part of the browser that is something else.
struct StandIn {
    handle: JsValue,
    give_back: Function,
}

impl StandIn {
    fn new(script: &str) -> Self {
        let parts: Array = js_sys::eval(script).unwrap().unchecked_into();
        Self { handle: parts.get(0), give_back: parts.get(1).unchecked_into() }
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        self.give_back.call0(&JsValue::NULL).unwrap();
    }
}

/// Archives that are on their way for as long as the test wants.
pub struct Archives(StandIn);

impl Archives {
    /// From now on none is really sent.
    pub fn take() -> Self {
        Self(StandIn::new(ARCHIVES))
    }

    /// Waits until the console sends one.
    pub async fn arrives(&self) {
        wait_for("an archive that is sent", || self.latest().is_object().then_some(())).await;
    }

    /// So many bytes of the latest one have been sent.
    pub fn sent(&self, bytes: u32, total: u32) {
        self.call("tell", &Array::of2(&bytes.into(), &total.into()));
    }

    /// The latest one is answered.
    pub fn answer(&self, status: u16) {
        self.call("answer", &Array::of1(&status.into()));
    }

    /// Whether the console gave the latest one up.
    pub fn is_aborted(&self) -> bool {
        Reflect::get(&self.latest(), &"isAborted".into()).unwrap().is_truthy()
    }

    /// How many were sent.
    pub fn count(&self) -> u32 {
        self.0.handle.unchecked_ref::<Array>().length()
    }

    /// Method and address of the latest one.
    pub fn line(&self) -> String {
        Reflect::get(&self.latest(), &"line".into()).unwrap().as_string().unwrap()
    }

    fn latest(&self) -> JsValue {
        let all: &Array = self.0.handle.unchecked_ref();
        all.at(-1)
    }

    fn call(&self, method: &str, arguments: &Array) {
        let latest = self.latest();
        let method: Function = Reflect::get(&latest, &method.into()).unwrap().unchecked_into();
        method.apply(&latest, arguments).unwrap();
    }
}

/// Waits of 5 s and more, which end when the test wants.
pub struct LongWaits(StandIn);

impl LongWaits {
    /// From now on none ends by itself.
    pub fn take() -> Self {
        Self(StandIn::new(LONG_WAITS))
    }

    /// All that have begun are over.
    pub fn are_over(&self) {
        self.0.handle.unchecked_ref::<Function>().call0(&window()).unwrap();
    }
}

/// The time of day, which the test may put forward.
pub struct Clock(StandIn);

impl Clock {
    /// From now on it can be put forward.
    pub fn take() -> Self {
        Self(StandIn::new(CLOCK))
    }

    /// As if so much time had passed.
    pub fn put_forward(&self, seconds: u32) {
        let milliseconds = JsValue::from(f64::from(seconds) * 1_000.0);
        self.0.handle.unchecked_ref::<Function>().call1(&JsValue::NULL, &milliseconds).unwrap();
    }
}

/// The language of the browser's user.
pub struct Language(#[expect(dead_code, reason = "it gives the browser's own language back")] StandIn);

impl Language {
    /// From now on it is this one, for example `de-DE`.
    pub fn set(locale: &str) -> Self {
        Self(StandIn::new(&LANGUAGE.replace("LOCALE", locale)))
    }
}
