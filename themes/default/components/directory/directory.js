// The directory with a script: the list that is there can be searched, filtered and sorted. The
// address is the state (directory-state.js). The first paint is the page as it was built; the
// search engine is loaded when somebody turns to the field or a filter, or comes with a query.
import { icon, make, t } from "./site.js";
import { get } from "./device.js";
import { decorateFacets } from "./directory-facets.js";
import { asked, change, choose, isOpen, nothing, read, write } from "./directory-state.js";
import { setView } from "./directory-view.js";
import { keepPlaces, placeOf, resume, step } from "./search-place.js";
import { canSearch, explain, late, oneAtATime, reasonOf, searchIndex } from "./search-index.js";

const root = document.querySelector(".directory");
const results = root?.querySelector(".directory-results");

const one = (selector) => root.querySelector(selector);
let field, sorting, summary, chips, status, facets;
let still; // the page as it was built
let state = nothing();
let told;
let chipsSaid = "";

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
      await run((index, signal, arrived) => find(index, signal, () => {
        arrived();
        settle();
      }), typing ? 80 : 0);
    }
  } catch (error) {
    fail(error);
    settle();
  }
}

function showControls() {
  for (const facet of facets.values()) facet.show(state.filters.get(facet.name) ?? []);
  const best = sorting.querySelector("[value=best]");
  best.disabled = !state.q;
  sorting.value = state.sort || standard(state);
  showChips();
}

function showStill() {
  results.removeAttribute("aria-busy");
  delete root.dataset.counting;
  summary.replaceChildren(...still.summary);
  if (results.firstChild !== still.list[0]) {
    results.replaceChildren(...still.list);
    tell(summary.querySelector("strong").textContent);
  }
  for (const facet of facets.values()) facet.count(null);
  showButton(summary.querySelector("strong").textContent, null);
}

async function find(index, signal, arrived) {
  const filters = await known(state.filters);
  if (signal.aborted) return;
  state = { ...state, filters };
  showControls();
  const wanted = state;
  const { q, sort, literal } = wanted;
  const size = Number(root.dataset.size);
  const query = { q, filters: asked(filters), sort: sort || standard(wanted), count: size, literal, signal };
  let { page } = wanted;
  let [found, [{ resultsOf, helpFor }]] = await Promise.all([index.search({ ...query, from: (page - 1) * size }), late(import("./directory-results.js"))]);
  if (found.total && !found.hits.length) {
    page = Math.ceil(found.total / size);
    found = await index.search({ ...query, from: (page - 1) * size });
  }
  if (signal.aborted) return;
  results.removeAttribute("aria-busy");
  const address = (next) => root.dataset.directory + write(next);
  const count = t("mentors.count", { count: found.total });
  showButton(t("directory.show", { count: found.total }));
  if (found.total) {
    const first = (page - 1) * size + 1;
    results.replaceChildren(...resultsOf(found, { ...wanted, page }, size, address));
    summary.replaceChildren(make("strong", {}, count),
      ...(found.total > size ? [" ", make("span", {}, t("directory.range", { from: first, to: first + found.hits.length - 1 }))] : []),
      ...(query.sort === "best" ? [] : [" ", make("span", {}, t(`order.${query.sort}`))]));
    tell((found.corrected ? `${t("search.corrected", found.corrected)} ` : "") + t("directory.found", { count: found.total }));
    arrived();
  } else {
    summary.replaceChildren(make("strong", {}, count));
    tell(t("directory.nobody"));
    arrived();
    await helpFor(results, index, query, wanted, { address, facets, contact: root.dataset.contact });
  }
  const counts = await index.counts({ q, filters: query.filters, literal, signal });
  if (signal.aborted) return;
  for (const facet of facets.values()) facet.count(counts[facet.name] ?? {});
  delete root.dataset.counting;
}

// Terms that there are not are left out.
async function known(filters) {
  const checked = new Map();
  for (const [name, terms] of filters) {
    const names = await Promise.all(terms.map((term) => facets.get(name).named(term)));
    const there = terms.filter((term, i) => names[i] !== undefined);
    if (there.length) checked.set(name, there);
  }
  return checked;
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

function showChips() {
  const chip = (label, spoken, next) => {
    const button = make("button", { type: "button", "aria-label": spoken }, make("span", {}, label), icon("close"));
    button.addEventListener("click", () => {
      const at = [...chips.querySelectorAll("button")].indexOf(button);
      go(next());
      const rest = chips.querySelectorAll("button");
      (rest[Math.min(at, rest.length - 1)] ?? field).focus();
    });
    return make("li", {}, button);
  };
  const items = [];
  if (state.q) items.push(chip(`“${state.q}”`, t("directory.remove_words", { words: state.q }), () => change(state, { q: "", literal: false, sort: state.sort === "best" ? "" : state.sort })));
  for (const [name, terms] of state.filters) {
    const facet = facets.get(name);
    for (const term of terms) {
      const label = facet.text(term);
      if (label !== undefined) items.push(chip(label, t("directory.remove", { facet: facet.label, term: label }), () => choose(state, name, term, false)));
    }
  }
  if (items.length > 1) {
    const clear = make("button", { type: "button", class: "chips-clear" }, t("directory.clear"));
    clear.addEventListener("click", () => {
      go(change(nothing(), { sort: state.sort === "best" ? "" : state.sort }));
      field.focus();
    });
    items.push(make("li", {}, clear));
  }
  const said = items.map((item) => item.textContent).join("\n");
  if (said !== chipsSaid) chips.replaceChildren(...items); // else the focus stays where it is
  chipsSaid = said;
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
