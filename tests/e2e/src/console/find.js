// Elements that are shown, match a selector, and have a text somewhere that could be a part of their name. The browser
// itself says afterwards what their role and name are: this only spares it most of the page.
const [selector, name] = arguments;
const tidy = (text) => (text ?? "").replace(/\s+/g, " ").trim();
const texts = (element) => [
  element.innerText,
  element.textContent,
  element.value,
  element.title,
  element.placeholder,
  element.getAttribute("aria-label"),
  ...Array.from(element.labels ?? [], (label) => label.textContent),
  ...(element.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent),
];
return Array.from(document.querySelectorAll(selector)).filter(
  (element) => element.checkVisibility({ visibilityProperty: true }) && tidy(texts(element).join(" ")).includes(name),
);
