/* Stays 20 seconds, and as long as the pointer or focus is on it. */
const STAYS = 20_000;

export function start(toast) {
  let clock = 0;
  const close = () => toast.remove();
  const wait = () => { clearTimeout(clock); clock = setTimeout(close, STAYS); };
  const hold = () => clearTimeout(clock);
  toast.addEventListener("pointerenter", hold);
  toast.addEventListener("focusin", hold);
  toast.addEventListener("pointerleave", wait);
  toast.addEventListener("focusout", wait);
  toast.querySelector("[data-toast-close]")?.addEventListener("click", close);
  wait();
}
