// The directory with a script: the list that is there can be searched, filtered and sorted. The
// address is the state (directory-state.js). The first paint is the page as it was built; the
// search engine is loaded when somebody turns to the field or a filter, or comes with a query.
import { make, t } from "./site.js";
import { get } from "./device.js";
import { decorateFacets } from "./directory-facets.js";
import { change, choose, isOpen, nothing, read, write } from "./directory-state.js";
import { setView } from "./directory-view.js";
import { keepPlaces, placeOf, resume, step } from "./search-place.js";
import { canSearch, explain, late, oneAtATime, reasonOf, searchIndex } from "./search-index.js";

const root = document.querySelector(".directory");
const results = root?.querySelector(".directory-results");

const one = (selector) => root.querySelector(selector);
let field, sorting, summary, chips, status, facets; // parts of the page
let still; // the page as it was built
let state = nothing();
let told;

function begin() {
  field = one(".search-form input[type=search]");
  sorting = one("select[name=sort]");
  summary = one(".directory-summary");
  status = one("[role=status]");
  chips = one(".chips");
  still = { path: location.pathname, list: [...results.childNodes], summary: [...summary.childNodes] };
  facets = decorateFacets(root, (facet, term, chosen) => go(choose(state, facet, term, chosen)));
  keepPlaces(root);
  listen();
  show({ place: placeOf() });
}

function listen() {
  const form = one(".search-form");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go(change(state, { q: field.value.trim(), literal: false }));
  });
  field.addEventListener("input", () => go(change(state, { q: field.value.trim(), literal: false }), { replace: true }));
  sorting.addEventListener("change", () => go(change(state, { sort: sorting.value === standard(state) ? "" : sorting.value })));
  for (const type of ["focusin", "pointerdown"]) root.addEventListener(type, warm, { passive: true });
  for (const button of root.querySelectorAll("button[data-view]")) {
    button.addEventListener("click", () => {
      setView(button.dataset.view);
      showView();
    });
  }
  showView();
  root.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-state]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(read(link.search, facets.keys()), { from: link });
  });
  addEventListener("popstate", () => show({ place: placeOf() }));
}

// Loads the engine when somebody turns to the field or a filter.
function warm(event) {
  if (event.target.closest(".search-form, .directory-side, .directory-tools select")) searchIndex().catch(() => {});
}

function showView() {
  const view = get("setting", "directory-view") === "list" ? "list" : "cards";
  for (const button of root.querySelectorAll("button[data-view]")) button.setAttribute("aria-pressed", String(button.dataset.view === view));
}

// What the list is sorted by without another wish.
function standard({ q }) {
  return q ? "best" : root.dataset.order;
}

// Goes to another state: in the place of the one before while somebody types, else as a step
// that Back undoes.
function go(next, { replace = false, from = null } = {}) {
  const address = root.dataset.directory + write(next);
  if (address === location.pathname + location.search) return;
  step(address, replace);
  show({ typing: replace, from });
}

const run = oneAtATime(() => {
  results.setAttribute("aria-busy", "true");
  summary.replaceChildren(make("strong", {}, t("search.loading")));
  tell(t("search.loading"), 0);
});

// Shows what the address says.
async function show({ typing = false, from = null, place = null } = {}) {
  const settle = () => (place ? resume(place) : from && toResults());
  state = read(location.search, facets.keys());
  if (!typing) field.value = state.q;
  showControls();
  const asBuilt = isOpen(state) && !state.sort && state.page === 1 && location.pathname === still.path;
  try {
    if (asBuilt) {
      run.stop();
      showStill();
      settle();
    } else {
      root.dataset.counting = "";
      const rest = late(import("./directory-results.js"));
      rest.catch(() => {}); // told by run, unless that fails first
      await run(async (index, signal, arrived) => {
        const [{ showResults }] = await rest;
        await showResults({ root, results, summary, chips, field, facets, standard, tell, showButton, go, become }, state, index, signal, () => {
          arrived();
          settle();
        });
      }, typing ? 80 : 0);
    }
  } catch (error) {
    fail(error);
    settle();
  }
}

// Terms that there are not were left out of the state.
function become(known) {
  state = known;
  showControls();
}

function showControls() {
  for (const facet of facets.values()) facet.show(state.filters.get(facet.name) ?? []);
  const best = sorting.querySelector("[value=best]");
  best.disabled = !state.q;
  sorting.value = state.sort || standard(state);
}

function showStill() {
  results.removeAttribute("aria-busy");
  delete root.dataset.counting;
  if (chips.contains(document.activeElement)) field.focus();
  chips.replaceChildren();
  summary.replaceChildren(...still.summary);
  if (results.firstChild !== still.list[0]) {
    results.replaceChildren(...still.list);
    tell(summary.querySelector("strong").textContent);
  }
  for (const facet of facets.values()) facet.count(null);
  showButton(summary.querySelector("strong").textContent);
}

// The search cannot be used: says why, and shows the page as it was built, which stays of use.
function fail(error) {
  const reason = reasonOf(error);
  showStill();
  if (reason === "unsupported" || reason === "missing") {
    for (const facet of facets.values()) facet.restore();
  }
  const again = make("button", { type: "button", class: "button quiet" }, t("search.retry"));
  again.addEventListener("click", () => location.reload());
  one(".directory-fault")?.remove();
  results.prepend(make("div", { class: "directory-fault notice" }, make("p", {}, explain(error), " ", t("directory.list_below")), again));
  tell(explain(error), 0);
}

// The button that closes the sheet of filters on a phone says what there is to see.
function showButton(text) {
  const button = one(".facets-show button");
  if (button) button.textContent = text;
}

// Tells a screen reader when things have come to rest.
function tell(text, after = 800) {
  clearTimeout(told);
  told = setTimeout(() => (status.textContent = text), after);
}

// The list after a step to another page of it.
function toResults() {
  const heading = document.getElementById("results-title");
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  root.querySelector(".directory-main").scrollIntoView({ block: "start" });
}

if (results && canSearch()) begin();
else for (const element of document.querySelectorAll(".directory .needs-scripts")) element.hidden = true;
