// Narrows the list of goals by category, stage and skill. The choice stands in the address, so that it can
// be shared and survives the way back.
import { t } from "./site.js";

const panel = document.querySelector("[data-goal-filter]");
const selects = [...panel.querySelectorAll("[data-filter]")];
const count = panel.querySelector("[data-filter-count]");
const goals = [...document.querySelectorAll("[data-goal]")];

function read() {
  const query = new URLSearchParams(location.search);
  for (const select of selects) {
    const wanted = query.get(select.dataset.filter) ?? "";
    select.value = [...select.options].some((option) => option.value === wanted) ? wanted : "";
  }
}

function narrow() {
  let shown = 0;
  for (const goal of goals) {
    goal.hidden = !selects.every((select) => !select.value || goal.dataset[select.dataset.filter].split(" ").includes(select.value));
    if (!goal.hidden) shown++;
  }
  for (const shelf of document.querySelectorAll(".shelf")) shelf.hidden = !shelf.querySelector("[data-goal]:not([hidden])");
  count.textContent = t("goal_filter.count", { count: shown });
}

panel.addEventListener("change", () => {
  const query = new URLSearchParams();
  for (const select of selects) if (select.value) query.set(select.dataset.filter, select.value);
  history.replaceState(null, "", query.size ? `?${query}` : location.pathname);
  narrow();
});
addEventListener("popstate", () => {
  read();
  narrow();
});
read();
narrow();
panel.hidden = false;
document.querySelector(".without-script")?.remove();
