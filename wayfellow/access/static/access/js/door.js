/* The door: passkeys, and showing a password. Loaded by the pages of access that need it.

   <form data-behaviour="passkey" data-passkey="get" data-passkey-options="id of a JSON element" or data-passkey-url="…" hidden>
   with a hidden `credential`. It stays hidden where the browser knows no passkeys. data-passkey="create" makes a new one.
   <div data-behaviour="reveal"> around a password field and its hidden button with data-show and data-hide words. */

import { register } from "../../ui/js/behaviour.js";

const knowsPasskeys = () => typeof window.PublicKeyCredential?.parseRequestOptionsFromJSON === "function";

async function optionsOf(form) {
  if (form.dataset.passkeyOptions) return JSON.parse(document.getElementById(form.dataset.passkeyOptions).textContent);
  const answer = await fetch(form.dataset.passkeyUrl, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  if (!answer.ok) throw new Error("no options");
  return answer.json();
}

async function credentialOf(form) {
  const options = await optionsOf(form);
  if (form.dataset.passkey === "create") {
    const wanted = structuredClone(options.creation_options.publicKey);
    // One that signs in by itself: kept on the device, opened by a finger, a face or its code.
    wanted.authenticatorSelection = { ...wanted.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required" };
    return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(wanted) });
  }
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options.request_options.publicKey) });
}

function passkey(form) {
  const none = document.querySelector("[data-passkey-none]");
  if (!knowsPasskeys()) {
    if (none) none.hidden = false;
    return;
  }
  form.hidden = false;
  const trouble = form.querySelector("[data-passkey-trouble]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (trouble) trouble.hidden = true;
    try {
      const credential = await credentialOf(form);
      form.elements.namedItem("credential").value = JSON.stringify(credential.toJSON());
      form.submit();
    } catch {
      // Pressed away, timed out, or none on this device: all the same to who stands here.
      if (trouble) trouble.hidden = false;
    }
  });
}

function reveal(box) {
  const field = box.querySelector("input");
  const button = box.querySelector("button");
  button.hidden = false;
  button.addEventListener("click", () => {
    const isShown = field.type === "text";
    field.type = isShown ? "password" : "text";
    button.querySelector("[data-reveal-words]").textContent = isShown ? button.dataset.show : button.dataset.hide;
    button.setAttribute("aria-pressed", String(!isShown));
  });
  field.form?.addEventListener("submit", () => { field.type = "password"; });
}

register("passkey", async () => ({ start: passkey }));
register("reveal", async () => ({ start: reveal }));
