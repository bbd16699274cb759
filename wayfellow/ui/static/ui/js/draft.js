/* Saves a form as it is written, the groups that changed, on the server. Nothing is kept on the device.

   <form data-behaviour="draft" data-draft-url="…" data-draft-version="3">: up to which change of the draft this page was filled;
   groups by data-group on a fieldset or div, else each field is its own. Sent: the hidden fields, `groups` (repeated), for each
   group its field names (`fields.GROUP`, repeated), the values of those fields, `draft_writer` (this page), `draft_seq` and
   `draft_version`. The same writer may save again over its own older version: an answer can be lost on its way.
   Answers: 2xx, with JSON {"version": 4, "at": "9:41"} if it has any; 409 with the HTML of both versions for
   [data-draft-conflict]; 410 when the draft was cleared since; 401, 403 or a redirect when the session is locked. X-Wayfellow-Background tells the server that no hand
   caused this one, so that a page that tries again doesn't hold the lock open. */

import { csrfToken } from "./behaviour.js";

const QUIET = 600;
const FIRST_WAIT = 2_000;
const LONGEST_WAIT = 60_000;
const KEEPALIVE_LIMIT = 60_000;
const LONGEST_HOLD = 3_000;
const UNTOUCHED = new Set(["csrfmiddlewaretoken", "draft_writer", "draft_seq", "draft_version"]);

function writerId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function clockWords() {
  const parts = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "numeric", minute: "2-digit" }).formatToParts(new Date());
  return parts.filter((part) => part.type !== "dayPeriod").map((part) => part.value).join("").trim();
}

/* Signing in again changes the form token. The page asks for itself once, takes the new one, and keeps every word. */
async function tokenRenew() {
  const headers = { Accept: "text/html", "X-Requested-With": "fetch", "X-Wayfellow-Background": "1" };
  const answer = await fetch(location.href, { credentials: "same-origin", redirect: "manual", headers });
  if (!answer.ok) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.body.getAttribute("hx-headers");
  if (!fresh || fresh === document.body.getAttribute("hx-headers")) return false;
  document.body.setAttribute("hx-headers", fresh);
  const token = JSON.parse(fresh)["X-CSRFToken"];
  for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = token;
  return true;
}

function isTouched(control) {
  if (control.type === "radio" || control.type === "checkbox") return control.checked !== control.defaultChecked;
  if (!control.options) return control.value !== control.defaultValue;
  const first = [...control.options].find((option) => option.defaultSelected) ?? control.options[0];
  return first !== control.selectedOptions[0];
}

class Draft {
  constructor(form) {
    this.form = form;
    this.url = form.dataset.draftUrl;
    this.dirty = new Map(); // group -> names of its fields
    this.sending = null;
    this.state = "";
    this.sequence = 0;
    this.wait = FIRST_WAIT;
    this.isLeaving = false;
    this.isByHand = false;
    this.writer = writerId();
    this.version = form.dataset.draftVersion ?? "";
  }

  listen() {
    // Not "change": it comes once more when a field is left, for words that are saved already.
    this.form.addEventListener("input", (event) => this.changed(event.target));
    this.form.addEventListener("focusout", () => this.send());
    // Before anybody else hears of it: a save on its way must not arrive after the form, and bring the draft back that the form has cleared.
    document.addEventListener("submit", (event) => { if (event.target === this.form && this.sending) this.hold(event); }, true);
    this.form.addEventListener("submit", (event) => { if (!event.defaultPrevented) this.leave(); });
    this.form.addEventListener("htmx:afterRequest", (event) => { if (event.detail.elt === this.form) this.isLeaving = false; });
    document.addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
        event.preventDefault();
        this.send();
      }
    });
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.send(); });
    window.addEventListener("online", () => this.send());
    window.addEventListener("pagehide", () => { if (!this.isLeaving) this.send(true); });
    window.addEventListener("pageshow", () => { this.isLeaving = false; });
    window.addEventListener("beforeunload", (event) => { if (this.isAtRisk()) event.preventDefault(); });
    // The page is about to be covered. What is not on the server yet must stay in it.
    document.addEventListener("wayfellow:lock", (event) => {
      this.send();
      if (this.isAtRisk()) event.preventDefault();
      else this.leave();
    });
  }

  /* What was typed before this module was there, or what the browser has filled in again, is not on the server yet. */
  catchUp() {
    for (const control of this.form.querySelectorAll("input:not([type=hidden], [type=submit]), textarea, select")) {
      if (isTouched(control)) this.changed(control);
    }
  }

  /* Something would be lost by closing now: not what the last request of a closing page can still carry. */
  isAtRisk() {
    if (this.isLeaving || !(this.dirty.size || this.sending)) return false;
    return ["off", "locked", "conflict"].includes(this.state) || this.body(this.dirty).toString().length > KEEPALIVE_LIMIT;
  }

  async hold(event) {
    const { submitter } = event;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (this.isHolding) return;
    this.isHolding = true;
    await Promise.race([this.sending, new Promise((done) => { setTimeout(done, LONGEST_HOLD); })]);
    this.sending = null;
    this.isHolding = false;
    this.form.requestSubmit(submitter);
  }

  leave() {
    this.isLeaving = true;
    clearTimeout(this.clock);
  }

  changed(control) {
    if (!control.name || control.type === "file" || UNTOUCHED.has(control.name)) return;
    const box = control.closest("[data-group]");
    const names = box && this.form.contains(box)
      ? [...box.querySelectorAll("input, select, textarea")].map((field) => field.name).filter(Boolean)
      : [control.name];
    this.dirty.set(box?.dataset.group ?? control.name, new Set(names));
    this.isByHand = true;
    if (this.state !== "off" && this.state !== "locked" && this.state !== "conflict") this.show("writing");
    clearTimeout(this.clock);
    this.clock = setTimeout(() => this.send(), QUIET);
  }

  body(groups) {
    const names = new Set([...groups.values()].flatMap((fields) => [...fields]));
    const body = new URLSearchParams();
    for (const [group, fields] of groups) {
      body.append("groups", group);
      for (const name of fields) body.append(`fields.${group}`, name);
    }
    const hidden = new Set([...this.form.querySelectorAll("input[type=hidden]")].map((field) => field.name));
    for (const [name, value] of new FormData(this.form)) {
      if (typeof value === "string" && name !== "csrfmiddlewaretoken" && (names.has(name) || hidden.has(name))) body.append(name, value);
    }
    return body;
  }

  async send(isLast = false) {
    clearTimeout(this.clock);
    if (!this.dirty.size || this.state === "conflict") return;
    // One at a time, so that each carries the version that the one before it was given. A closing page has no second chance.
    if (this.sending && !isLast) return;
    const groups = this.dirty;
    this.dirty = new Map();
    const body = this.body(groups);
    this.sequence += 1;
    body.append("draft_writer", this.writer);
    body.append("draft_seq", String(this.sequence));
    body.append("draft_version", this.version);
    this.sending = this.post(body).catch(() => null);
    const answer = await this.sending;
    this.sending = null;
    const outcome = await this.take(answer);
    if (outcome !== "saved") {
      for (const [group, names] of groups) if (!this.dirty.has(group)) this.dirty.set(group, names);
    }
    this.next(outcome);
  }

  post(body) {
    const headers = { "X-CSRFToken": csrfToken(this.form), "X-Requested-With": "fetch", Accept: "application/json, text/html" };
    if (!this.isByHand) headers["X-Wayfellow-Background"] = "1";
    this.isByHand = false;
    return fetch(this.url, {
      method: "POST",
      body,
      credentials: "same-origin",
      redirect: "manual",
      keepalive: body.toString().length < KEEPALIVE_LIMIT,
      headers,
    });
  }

  async take(answer) {
    if (!answer) return "off";
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.headers.has("X-Wayfellow-Door")) return "locked";
    if (answer.status === 403) return (await tokenRenew().catch(() => false)) ? "again" : "locked";
    if (answer.status === 410) {
      // The draft became something, in this window or another; what is written from here on begins a new one.
      this.version = "0";
      return this.isLeaving ? "off" : "again";
    }
    if (answer.status === 409) {
      this.conflict(await answer.text());
      return "conflict";
    }
    if (!answer.ok) return "off";
    const isJson = (answer.headers.get("Content-Type") ?? "").includes("json");
    const told = isJson ? await answer.json().catch(() => ({})) : {};
    if (told.version !== undefined) this.version = String(told.version);
    this.at = told.at || clockWords();
    return "saved";
  }

  next(outcome) {
    // The form is on its way: a save that followed it would bring back what the form has cleared.
    if (this.isLeaving) return;
    if (outcome === "saved") {
      this.wait = FIRST_WAIT;
      document.dispatchEvent(new CustomEvent("wayfellow:unlocked"));
      if (this.dirty.size) {
        this.clock = setTimeout(() => this.send(), QUIET);
        this.show("writing");
      } else {
        this.show("saved", this.at);
      }
      return;
    }
    if (outcome === "again") {
      this.send();
      return;
    }
    this.show(outcome);
    if (outcome === "conflict") return;
    this.clock = setTimeout(() => this.send(), this.wait);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
  }

  /* Theirs is shown beside; what stands in the fields is not touched. The server's markup, which escapes what people wrote. */
  conflict(html) {
    const slot = this.form.querySelector("[data-draft-conflict]") ?? document.querySelector("[data-draft-conflict]");
    if (!slot) return;
    const page = new DOMParser().parseFromString(html, "text/html");
    slot.replaceChildren(...page.body.childNodes);
    for (const field of slot.querySelectorAll("[data-draft-field]")) this.name(field);
    slot.querySelector("[data-draft-keep]")?.addEventListener("click", (event) => this.keep(slot, event.target));
    slot.hidden = false;
    slot.tabIndex = -1;
    window.htmx?.process(slot);
  }

  /* The server knows names and codes only; what they are called stands in this page. */
  name(field) {
    const controls = [...this.form.elements].filter((control) => control.name === field.dataset.draftField);
    const words = (label) => label?.textContent.trim().replace(/\s+/g, " ") ?? "";
    const legend = controls[0]?.closest("fieldset")?.querySelector("legend");
    const isChoice = controls[0]?.type === "radio" || controls[0]?.type === "checkbox";
    const title = field.querySelector("[data-draft-label]");
    title.textContent = words(isChoice && legend ? legend : controls[0]?.labels?.[0]) || title.textContent;
    for (const value of field.querySelectorAll("[data-draft-value]")) {
      const code = value.textContent;
      const option = controls[0]?.options && [...controls[0].options].find((one) => one.value === code);
      const choice = isChoice && controls.find((one) => one.value === code);
      value.textContent = words(option) || words(choice?.labels?.[0]) || code;
    }
  }

  /* Mine stays: I have seen theirs. */
  keep(slot, button) {
    this.version = button.dataset.draftKeep;
    this.state = "";
    slot.hidden = true;
    slot.replaceChildren();
    this.send();
  }

  show(state, time = "") {
    this.state = state;
    for (const place of document.querySelectorAll("[data-save]")) {
      place.hidden = false;
      place.dataset.state = state === "writing" || state === "saved" ? state : "off";
      place.classList.toggle("off", place.dataset.state === "off");
      place.querySelector("[data-save-words]").textContent = [place.dataset[state], time].filter(Boolean).join(" ");
    }
  }
}

export function start(form) {
  const draft = new Draft(form);
  draft.listen();
  draft.catchUp();
}
