/* A scale one question at a time. Without this module all its questions stand below each other, and nothing is missing.

   <form data-behaviour="scale">: each question is a [data-question] with radio buttons; [data-first] shows with the first one.
   [data-steps] holds a bar for each, a [data-step]; [data-where] says where one is; [data-to] in [data-so-far] leads to a question
   and shows its number.
   [data-back], [data-next], [data-clear] are buttons that only make sense here; [data-last] shows with the last question;
   [data-begun] says that one goes on where one left, until one does.
   A number key answers and goes on, unless single keys are switched off. A press with the mouse or a finger goes on too; arrow
   keys only move the choice, as people who use them expect. An answer that tells of self-harm never goes on by itself. */

import { register } from "../ui/js/behaviour.js";

const LINGER = 280; // long enough to see which answer was taken

class Scale {
  constructor(form) {
    this.form = form;
    this.questions = [...form.querySelectorAll("[data-question]")];
    this.soFar = document.querySelector("[data-so-far]");
    this.here = 0;
    this.clock = 0;
  }

  start() {
    for (const part of this.form.querySelectorAll("[data-steps], [data-back], [data-next], [data-clear]")) part.hidden = false;
    this.form.addEventListener("input", () => this.tell());
    this.form.addEventListener("click", (event) => this.clicked(event));
    this.form.addEventListener("keydown", (event) => this.entered(event));
    this.soFar?.addEventListener("click", (event) => this.jumped(event));
    document.addEventListener("keydown", (event) => this.typed(event));
    const wrong = this.questions.findIndex((question) => question.querySelector(".err"));
    const open = this.questions.findIndex((question) => !this.answer(question));
    const begun = this.questions.some((question) => this.answer(question));
    this.show(wrong >= 0 ? wrong : begun ? (open >= 0 ? open : this.questions.length - 1) : 0);
  }

  answer(question) {
    return question.querySelector("input:checked");
  }

  show(place, takesFocus = false) {
    clearTimeout(this.clock);
    this.here = Math.max(0, Math.min(place, this.questions.length - 1));
    const isFirst = this.here === 0;
    const isLast = this.here === this.questions.length - 1;
    this.questions.forEach((question, at) => { question.hidden = at !== this.here; });
    for (const part of this.form.querySelectorAll("[data-first]")) part.hidden = !isFirst;
    for (const part of this.form.querySelectorAll("[data-last]")) part.hidden = !isLast;
    for (const button of this.form.querySelectorAll("[data-back]")) button.hidden = isFirst;
    for (const button of this.form.querySelectorAll("[data-next]")) button.hidden = isLast;
    this.tell();
    if (!takesFocus) return;
    this.form.querySelector("[data-begun]")?.remove();
    const question = this.questions[this.here];
    (this.answer(question) ?? question.querySelector("input")).focus({ preventScroll: true });
    window.scrollTo({ top: 0 });
  }

  /* Where one is and what was answered, in the bars, in words and beside. */
  tell() {
    const where = this.form.querySelector("[data-where]");
    if (where) where.textContent = where.dataset.where.replace("0", String(this.here + 1));
    this.form.querySelectorAll("[data-step]").forEach((bar, at) => {
      bar.className = at === this.here ? "on" : this.answer(this.questions[at]) ? "" : "todo";
    });
    let total = 0;
    this.questions.forEach((question, at) => {
      const chosen = this.answer(question);
      if (chosen && question.hasAttribute("data-scored")) total += Number(chosen.value);
      const link = this.soFar?.querySelectorAll("[data-to]")[at];
      if (!link) return;
      link.querySelector("b").textContent = chosen ? chosen.value : "";
      if (at === this.here) link.setAttribute("aria-current", "step");
      else link.removeAttribute("aria-current");
    });
    const sum = document.querySelector("[data-total]");
    if (sum) sum.textContent = String(total);
  }

  clicked(event) {
    if (event.target.closest("[data-back]")) this.show(this.here - 1, true);
    else if (event.target.closest("[data-next]")) this.show(this.here + 1, true);
    else if (event.target.closest("[data-clear] button")) this.clear();
    else if (event.detail && event.target.closest("[data-question] label")) this.goOn();
  }

  /* Enter on an answer would send the whole form. */
  entered(event) {
    if (event.key !== "Enter" || event.target.type !== "radio") return;
    event.preventDefault();
    this.show(this.here + 1, true);
  }

  typed(event) {
    const isOn = document.body.dataset.behaviour?.split(/\s+/).includes("keys");
    if (!isOn || event.defaultPrevented || event.repeat || event.metaKey || event.ctrlKey || event.altKey) return;
    if (!/^[0-9]$/.test(event.key) || document.querySelector("dialog[open]")) return;
    if (event.target.closest?.("input:not([type=radio]), textarea, select")) return;
    const chosen = this.questions[this.here].querySelector(`input[value="${event.key}"]`);
    if (!chosen) return;
    event.preventDefault();
    chosen.checked = true;
    chosen.dispatchEvent(new Event("input", { bubbles: true }));
    chosen.focus({ preventScroll: true });
    this.goOn();
  }

  goOn() {
    const question = this.questions[this.here];
    clearTimeout(this.clock);
    this.clock = setTimeout(() => {
      const chosen = this.answer(question);
      const tells = question.querySelector(".tells") && chosen?.value !== "0";
      if (chosen && !tells && this.here < this.questions.length - 1) this.show(this.here + 1, true);
    }, LINGER);
  }

  clear() {
    const chosen = this.answer(this.questions[this.here]);
    if (chosen) {
      chosen.checked = false;
      chosen.dispatchEvent(new Event("input", { bubbles: true }));
    }
    this.show(this.here + 1, true);
  }

  jumped(event) {
    const link = event.target.closest("[data-to]");
    if (!link) return;
    event.preventDefault();
    this.show(Number(link.dataset.to), true);
  }
}

register("scale", async () => ({ start: (form) => new Scale(form).start() }));
