// The directory with a script: the list that is there can be searched, filtered and sorted. The
// address is the state (directory-state.js). The first paint is the page as it was built; the
// search engine is loaded when somebody turns to the field or a filter, or comes with a query.
import { icon, make, t } from "./site.js";
import { get } from "./device.js";
import { decorateFacets } from "./directory-facets.js";
import { asked, change, choose, isOpen, nothing, read, write } from "./directory-state.js";
import { setView } from "./directory-view.js";
import { mentorCard } from "./mentor-card.js";
import { pager } from "./pager.js";
import { keepPlaces, placeOf, resume, step } from "./search-place.js";
import { canSearch, explain, oneAtATime, reasonOf, searchIndex } from "./search-index.js";
import { correction, marked } from "./search-results.js";

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
  state = read(location.search, facets.keys());
  if (!typing) field.value = state.q;
  showControls();
  const asBuilt = isOpen(state) && !state.sort && state.page === 1 && location.pathname === still.path;
  try {
    if (asBuilt) {
      run.stop();
      showStill();
    } else {
      root.dataset.counting = "";
      await run(find, typing ? 80 : 0);
    }
  } catch (error) {
    fail(error);
  }
  if (place) resume(place);
  else if (from) toResults();
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
  let found = await index.search({ ...query, from: (page - 1) * size });
  if (found.total && !found.hits.length) {
    page = Math.ceil(found.total / size);
    found = await index.search({ ...query, from: (page - 1) * size });
  }
  if (signal.aborted) return;
  arrived();
  results.removeAttribute("aria-busy");
  if (found.total) showFound(found, { ...wanted, page }, size);
  else await showNothing(index, query, wanted, signal);
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

function showFound(found, wanted, size) {
  const { total, hits, words } = found;
  const mark = (text) => marked(text, words);
  const pages = Math.ceil(total / size);
  const first = (wanted.page - 1) * size + 1;
  const sort = wanted.sort || standard(wanted);
  const steps = pager(wanted.page, pages, (page) => root.dataset.directory + write({ ...wanted, page }));
  for (const link of steps?.querySelectorAll("a") ?? []) link.dataset.state = "";
  const note = found.corrected && correction(found.corrected, root.dataset.directory + write({ ...wanted, page: 1, literal: true }));
  if (note) note.querySelector("a").dataset.state = "";
  results.replaceChildren(...[note, make("ul", { class: "cards" }, hits.map((hit) => make("li", {}, mentorCard(hit, words.length ? mark : undefined)))), steps].filter(Boolean));
  const count = t("mentors.count", { count: total });
  summary.replaceChildren(make("strong", {}, count), ...(pages > 1 ? [" ", make("span", {}, t("directory.range", { from: first, to: first + hits.length - 1 }))] : []),
    ...(sort === "best" ? [] : [" ", make("span", {}, t(`order.${sort}`))]));
  showButton(t("directory.show", { count: total }));
  const corrected = found.corrected ? `${t("search.corrected", found.corrected)} ` : "";
  tell(corrected + t("directory.found", { count: total }));
}

// Nobody matches: what could be left out, and with how many then; what the words may have meant;
// whom to ask.
async function showNothing(index, query, wanted, signal) {
  const drops = make("ul", { class: "plain-list" });
  const near = make("ul", { class: "inline-list" });
  const contact = root.dataset.contact;
  const box = make("div", { class: "directory-nobody" }, make("p", {}, make("strong", {}, t("directory.nobody"))));
  results.replaceChildren(box);
  summary.replaceChildren(make("strong", {}, t("mentors.count", { count: 0 })));
  showButton(t("directory.show", { count: 0 }));
  tell(t("directory.nobody"));
  const link = (next, text) => make("li", {}, make("a", { href: root.dataset.directory + write(next), "data-state": true }, text));
  const lighter = [...wanted.filters.keys()].map((name) => {
    const next = change(wanted, {});
    next.filters.delete(name);
    return [next, wanted.filters.get(name).map((term) => facets.get(name).text(term)).join(", ")];
  });
  if (wanted.q && wanted.filters.size) lighter.push([change(wanted, { q: "", literal: false, sort: "" }), `“${wanted.q}”`]);
  if (lighter.length > 1 || (wanted.q && lighter.length)) {
    for (const [next, what] of lighter) {
      const { total } = await index.search({ ...query, q: next.q, filters: asked(next.filters), sort: "fair", count: 0 });
      if (signal.aborted) return;
      if (total) drops.append(link(next, t("directory.nobody_without", { what, count: total })));
    }
  }
  if (wanted.q) {
    const words = await index.nearest(wanted.q, { count: 5, signal }).catch(() => []);
    if (signal.aborted) return;
    for (const word of words) near.append(link(change(wanted, { q: word, literal: false }), word));
  }
  box.append(
    ...(drops.childElementCount ? [make("p", {}, t("directory.nobody_drop")), drops] : []),
    ...(near.childElementCount ? [make("p", {}, t("directory.nobody_near")), near] : []),
    make("p", { class: "actions" },
      make("a", { class: "button quiet", href: root.dataset.directory, "data-state": true }, t("directory.nobody_clear")),
      contact ? make("a", { class: "button quiet", href: contact }, t("directory.nobody_ask")) : null));
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
