import { register, scan } from "./behaviour.js";

/* Each address is written out, so that static files can give it its hashed name. */
register("draft", () => import("./draft.js"));
register("errors-focus", () => import("./errors-focus.js"));
register("idle", () => import("./idle.js"));
register("keys", () => import("./keys.js"));
register("live", () => import("./live.js"));
register("submit-once", () => import("./submit-once.js"));
register("theme", () => import("./theme.js"));
register("toast", () => import("./toast.js"));

/* htmx tells of each piece that it brought in, also of those outside its target. */
document.addEventListener("htmx:load", (event) => scan(event.detail.elt));

/* After a swap focus goes to what changed, if the answer names it; a summary of errors takes focus by itself. */
document.addEventListener("htmx:afterSettle", (event) => {
  const wanted = event.detail.target?.isConnected ? event.detail.target : document.getElementById(event.detail.target?.id);
  const place = wanted?.matches?.("[data-focus]") ? wanted : wanted?.querySelector?.("[data-focus]");
  if (!place) return;
  if (place.tabIndex < 0) place.tabIndex = -1;
  place.focus();
});

/* What htmx sent and couldn't: the page stays as it is, and says so. */
function trouble(event) {
  const area = document.getElementById("toasts");
  if (!area) return;
  const isLocked = event.detail.xhr?.getResponseHeader?.("X-Wayfellow-Door");
  const toast = document.createElement("div");
  toast.className = "toast";
  toast.setAttribute("role", "status");
  toast.dataset.behaviour = "toast";
  toast.textContent = isLocked ? area.dataset.locked : area.dataset.trouble;
  area.replaceChildren(toast);
  scan(toast);
}
document.addEventListener("htmx:responseError", trouble);
document.addEventListener("htmx:sendError", trouble);
