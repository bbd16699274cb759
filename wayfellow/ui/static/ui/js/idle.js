/* Warns a minute before the lock, and covers the page when its time has come. The lock itself is the server's.
   Only a human counts: a press, a key, a touch, a scroll by hand. Other tabs of the same person count too. */
const MINUTE = 60_000;
const HUMAN = ["pointerdown", "keydown", "wheel", "touchstart"];
const LOOK = 5_000;
// The server writes "last seen" once a minute at most; asking it more often would tell it nothing.
const TELL = 4 * MINUTE;

export function start(body) {
  const minutes = Number(body.dataset.idleMinutes) || 10;
  const dialog = document.getElementById("idle");
  const channel = "BroadcastChannel" in window ? new BroadcastChannel("wayfellow-idle") : null;
  let last = Date.now();
  let told = Date.now();

  const tell = () => {
    if (!body.dataset.idleStayUrl) return;
    told = Date.now();
    const token = JSON.parse(body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";
    fetch(body.dataset.idleStayUrl, { method: "POST", headers: { "X-CSRFToken": token, "X-Requested-With": "fetch" }, credentials: "same-origin", redirect: "manual" }).catch(() => {});
  };
  const touched = () => {
    const now = Date.now();
    if (now - last > 1000) channel?.postMessage(now);
    last = now;
    // Somebody reads or writes a long page without asking the server for anything: their hand, not a clock, tells it.
    if (now - told > TELL) tell();
  };
  for (const name of HUMAN) window.addEventListener(name, (event) => { if (event.isTrusted && !dialog?.open) touched(); }, { passive: true, capture: true });
  channel?.addEventListener("message", (event) => {
    last = Math.max(last, Number(event.data) || 0);
    if (dialog?.open) dialog.close();
  });
  dialog?.addEventListener("close", () => {
    touched();
    tell();
  });

  /* A form that could not be saved yet asks for the page to stay: then it is covered, until a save has gone through. */
  const lock = () => {
    if (document.documentElement.hasAttribute("data-covered")) return;
    const ask = new CustomEvent("wayfellow:lock", { cancelable: true });
    const cover = document.getElementById("cover");
    if (document.dispatchEvent(ask) || !cover) {
      location.replace(`${body.dataset.idleUrl}?next=${encodeURIComponent(location.pathname + location.search)}`);
      return;
    }
    dialog?.close();
    document.documentElement.setAttribute("data-covered", "");
    cover.addEventListener("cancel", (event) => event.preventDefault());
    cover.showModal();
  };
  document.addEventListener("wayfellow:unlocked", () => {
    if (!document.documentElement.hasAttribute("data-covered")) return;
    document.documentElement.removeAttribute("data-covered");
    last = Date.now();
    document.getElementById("cover")?.close();
  });

  const look = () => {
    const away = Date.now() - last;
    if (away >= minutes * MINUTE) {
      lock();
    } else if (away >= (minutes - 1) * MINUTE && dialog && !dialog.open) {
      dialog.showModal();
    }
  };
  setInterval(look, LOOK);
  // A laptop that slept: clocks stood still, so look as soon as somebody is back.
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
}
