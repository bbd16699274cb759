/* Finds data-behaviour="name other" and starts each named behaviour once for its element.
   A package with a behaviour of its own registers it here from its own module. */

const loaders = new Map();
const started = new WeakMap();

/** @param {string} name @param {() => Promise<{start: (element: HTMLElement) => void}>} load */
export function register(name, load) {
  loaders.set(name, load);
  scan(document);
}

async function begin(element, name) {
  const names = started.get(element) ?? new Set();
  if (names.has(name) || !loaders.has(name)) return;
  names.add(name);
  started.set(element, names);
  const module = await loaders.get(name)();
  if (element.isConnected) module.start(element);
}

export function scan(root) {
  const found = [...root.querySelectorAll("[data-behaviour]")];
  if (root instanceof Element && root.matches("[data-behaviour]")) found.unshift(root);
  for (const element of found) {
    for (const name of element.dataset.behaviour.split(/\s+/).filter(Boolean)) begin(element, name);
  }
}

/** The form token of this page: the cookie is closed to scripts. */
export function csrfToken(near) {
  const field = near?.querySelector?.("input[name=csrfmiddlewaretoken]") ?? document.querySelector("input[name=csrfmiddlewaretoken]");
  if (field) return field.value;
  try {
    return JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";
  } catch {
    return "";
  }
}
