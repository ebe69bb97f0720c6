// Keeps the place in the page when the language changes: what was searched for or chosen, and
// the heading that was linked to, go along with the link.
for (const event of ["pointerdown", "click"]) {
  document.addEventListener(event, ({ target }) => {
    const link = target.closest?.(".language-switch a");
    if (!link) return;
    link.search = location.search;
    link.hash = location.hash;
  });
}
