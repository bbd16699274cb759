/* Single keys for those who like them; `data-keys="g t"` on a link or button says which. Never taken from a field. */
const PAUSE = 1500;
const FIELDS = "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]:not([contenteditable=false])";
const isMac = /Mac|iP(hone|ad|od)/.test(navigator.platform);

function press(keys) {
  const found = [...document.querySelectorAll("[data-keys]")].find((element) => element.dataset.keys === keys);
  if (!found) return false;
  if (found.matches(FIELDS)) found.focus();
  else found.click();
  return true;
}

function jump() {
  const field = document.querySelector("[data-jump]");
  if (!field) return press("/");
  field.focus();
  field.select?.();
  return true;
}

function help() {
  const dialog = document.getElementById("keys-help");
  if (!dialog) return false;
  dialog.showModal();
  return true;
}

export function start() {
  if (!isMac) {
    for (const mark of document.querySelectorAll(".jump .kbd, [data-mod-key]")) mark.textContent = mark.textContent.replace("⌘", "Ctrl ");
  }
  let first = "";
  let clock = 0;
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.repeat) return;
    const isMod = isMac ? event.metaKey : event.ctrlKey;
    if (isMod && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
      if (jump()) event.preventDefault();
      return;
    }
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    if (event.target.closest?.(FIELDS) || document.querySelector("dialog[open]")) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : "";
    if (!key) return;
    const pair = first ? `${first} ${key}` : key;
    first = "";
    clearTimeout(clock);
    if (pair === "g") {
      first = "g";
      clock = setTimeout(() => { first = ""; }, PAUSE);
      return;
    }
    const done = pair === "/" ? jump() : pair === "?" ? help() : press(pair);
    if (done) event.preventDefault();
  });
}
