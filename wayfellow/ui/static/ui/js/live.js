/* One polite live region. A server says a sentence with the header HX-Trigger: {"say": "Moved to Started."} */
let region = null;

export function say(words) {
  if (!region || !words) return;
  region.textContent = "";
  // The same sentence twice is heard twice only when the region was empty in between.
  setTimeout(() => { region.textContent = words; }, 60);
}

export function start(element) {
  region = element;
  document.body.addEventListener("say", (event) => say(event.detail?.value ?? event.detail));
}
