/* Light, dark, or as the device has it: at once, and kept in a cookie that the server reads for the next page. */
const YEAR = 365 * 24 * 60 * 60;

export function start(form) {
  const send = form.querySelector("[data-theme-send]");
  if (send) send.hidden = true;
  form.addEventListener("change", () => {
    const chosen = new FormData(form).get("theme");
    const root = document.documentElement;
    const secure = location.protocol === "https:" ? "; Secure" : "";
    if (chosen === "light" || chosen === "dark") {
      root.dataset.theme = chosen;
      document.cookie = `theme=${chosen}; Path=/; Max-Age=${YEAR}; SameSite=Lax${secure}`;
    } else {
      delete root.dataset.theme;
      document.cookie = `theme=; Path=/; Max-Age=0; SameSite=Lax${secure}`;
    }
  });
}
