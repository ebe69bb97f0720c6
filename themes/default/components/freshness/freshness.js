// A page may be older than the day it is read on: the site was not built since, or the browser
// kept it. This script does what a build of that day would have done: it says that a profile is
// out of date, or takes it from the page and from lists (data-stale-on gives the day).
const now = new Date();
const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, "0")).join("-");

function refresh() {
  for (const stale of document.querySelectorAll("[data-stale-on]")) {
    if (stale.dataset.staleOn > today) continue;
    if (!stale.classList.contains("freshness")) {
      // a card in a list
      (stale.closest("li") ?? stale).hidden = true;
      continue;
    }
    stale.hidden = false;
    if (!stale.classList.contains("freshness-gone")) continue;
    for (const other of stale.parentElement.children) {
      if (other !== stale && !other.matches("nav")) other.hidden = true;
    }
  }
}

refresh();
