/* The summary of what a form needs takes focus when it appears; its links put the cursor into the field. */
export function start(box) {
  box.tabIndex = -1;
  box.focus();
  box.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.scrollIntoView({ block: "center" });
  });
}
