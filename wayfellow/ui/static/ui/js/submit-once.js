/* A second press while the first is on its way is ignored; the button is never greyed. The server's `key` is the real guard. */
const AGAIN_AFTER = 10_000;

export function start(form) {
  let sent = 0;
  form.addEventListener("submit", (event) => {
    if (sent && Date.now() - sent < AGAIN_AFTER) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    sent = Date.now();
  }, true);
  const open = () => { sent = 0; };
  form.addEventListener("htmx:afterRequest", open);
  window.addEventListener("pageshow", (event) => { if (event.persisted) open(); });
}
