// The directory with a script: the list that is there can be searched, filtered and sorted. The
// address is the state. The first paint is the page as it was built; the search engine and what
// shows results (directory-results.js) are loaded when somebody turns to the field or a filter, or
// comes with a query. What the page always loads is in this one file: files that are packed one by
// one take more.
import { locale, make, t } from "./site.js";
import { get } from "./device.js";
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

// The state: what a visitor asked for, as it stands in the address,
// ?q=…&skills=python&skills=go&sort=name&page=2. Nothing else is kept, so that an address can be
// sent to somebody, and Back and reload show the same again.

/** A list without any wish. filters holds the chosen terms of each facet, in the order of choosing. */
export function nothing() {
  return { q: "", filters: new Map(), sort: "", page: 1, literal: false };
}

/** Reads the query of an address. facets are the names that the directory knows; what else there is, is not read. */
function read(query, facets) {
  const state = nothing();
  const given = new URLSearchParams(query);
  state.q = given.get("q")?.trim() ?? "";
  for (const name of facets) {
    const terms = [...new Set(given.getAll(name).filter(Boolean))];
    if (terms.length) state.filters.set(name, terms);
  }
  const sort = given.get("sort") ?? "";
  state.sort = ["fair", "name", "newest"].includes(sort) || (sort === "best" && state.q) ? sort : "";
  state.page = Math.max(1, Math.trunc(Number(given.get("page"))) || 1);
  state.literal = given.get("literal") === "1" && state.q !== "";
  return state;
}

/** The query that says the same, "" for a list without any wish. */
export function write({ q, filters, sort, page, literal }) {
  const query = new URLSearchParams();
  if (q) query.set("q", q);
  for (const [name, terms] of filters) for (const term of terms) query.append(name, term);
  if (sort) query.set("sort", sort);
  if (literal) query.set("literal", "1");
  if (page > 1) query.set("page", page);
  const text = query.toString();
  return text && `?${text}`;
}

/** The same with changes; without saying otherwise, from the first page. */
export function change(state, changes) {
  return { ...state, filters: new Map(state.filters), page: 1, ...changes };
}

/** The same with a term chosen, or no longer. */
export function choose(state, facet, term, chosen) {
  const next = change(state, {});
  const terms = (next.filters.get(facet) ?? []).filter((other) => other !== term);
  if (chosen) terms.push(term);
  if (terms.length) next.filters.set(facet, terms);
  else next.filters.delete(facet);
  return next;
}

/** Whether nothing narrows the list. */
function isOpen({ q, filters }) {
  return !q && filters.size === 0;
}

/** The filters as the search engine takes them. */
export function asked(filters) {
  return Object.fromEntries(filters);
}

// The facets: each link to a term's page becomes a box to tick, in the same place and of the same
// size. On a term's page they stay links, and lead to the directory with both terms chosen.

const numbers = new Intl.NumberFormat(locale, { useGrouping: "min2" });

// A Facet is one <details> and the rows of its terms.
class Facet {
  constructor(details, onChoose) {
    this.details = details;
    this.pristine = details.cloneNode(true);
    this.name = details.dataset.facet;
    this.label = details.querySelector("summary span").textContent;
    this.list = details.querySelector("ul");
    this.find = details.querySelector(".facet-find input");
    this.rows = new Map(); // by term
    this.onChoose = onChoose;
    this.counts = null; // the last ones given
  }

  /** Makes links boxes. */
  decorate() {
    for (const link of this.list.querySelectorAll("a[data-term]")) {
      const row = this.row(link.dataset.term, [...link.childNodes]);
      row.first = Number(row.visible.textContent.replace(/\D/g, "")) || 0;
      row.still = true;
      link.replaceWith(row.label);
      row.item = row.label.parentElement;
    }
    const group = make("fieldset", {}, make("legend", { class: "visually-hidden" }, this.label));
    this.list.replaceWith(group);
    group.append(this.list);
    this.chosen = make("span", { class: "facet-chosen" });
    this.details.querySelector("summary").append(this.chosen);
    this.find?.addEventListener("focus", () => import("./facet-terms.js").then(({ findIn }) => findIn(this)).catch(() => {}), { once: true });
  }

  /** A row for a term: its box, its name and how many have it. */
  row(id, children) {
    const box = make("input", { type: "checkbox", name: this.name, value: id });
    const label = make("label", {}, box, children);
    const [visible, spoken] = label.querySelectorAll(".count > span");
    const row = { id, box, label, visible, spoken, first: 0, still: false };
    box.addEventListener("change", () => this.onChoose(this.name, id, box.checked));
    this.rows.set(id, row);
    return row;
  }

  number(row) {
    const count = this.counts ? this.counts[row.id] ?? 0 : row.first;
    row.visible.textContent = numbers.format(count);
    row.spoken.textContent = t("mentors.count", { count });
    row.label.classList.toggle("is-none", count === 0);
  }

  text(id) {
    return this.rows.get(id)?.label.querySelector("span").textContent;
  }

  show(chosen) {
    if (chosen.length && !this.shown) this.details.open = true; // the first time; after that it is the visitor's
    this.shown = true;
    for (const row of this.rows.values()) {
      row.box.checked = chosen.includes(row.id);
      if (row.box.checked) row.item.hidden = false;
    }
    this.chosen.replaceChildren(...(chosen.length ? [make("span", { "aria-hidden": "true" }, numbers.format(chosen.length)), make("span", { class: "visually-hidden" }, ` ${t("directory.chosen_count", { count: chosen.length })}`)] : []));
  }

  /** Writes how many there are of each term; null means as the page had it. */
  count(counts) {
    this.counts = counts;
    for (const row of this.rows.values()) this.number(row);
  }

  /** Makes boxes links again: the search cannot be used, and each link has a page. */
  restore() {
    this.pristine.open = this.details.open;
    this.pristine.querySelector(".facet-find")?.remove();
    this.details.replaceWith(this.pristine);
  }
}

// The facets below root. onChoose(facet, term, chosen) is called when a box is ticked.
function decorateFacets(root, onChoose) {
  const facets = new Map();
  for (const details of root.querySelectorAll("details[data-facet]")) {
    const facet = new Facet(details, onChoose);
    facet.decorate();
    facets.set(facet.name, facet);
  }
  return facets;
}

if (results && canSearch()) begin();
else for (const element of document.querySelectorAll(".directory .needs-scripts")) element.hidden = true;
