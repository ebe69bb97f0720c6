// The page /search/: everything that was found, by kind. The address is the state: ?q=…&kind=guide&page=2.
import { make, icon, t } from "./site.js";
import { get, set } from "./device.js";
import { pager } from "./pager.js";
import { keepPlaces, placeOf, resume, step } from "./search-place.js";
import { explain, oneAtATime, searchIndex } from "./search-index.js";
import { correction, isCurrent } from "./search-marks.js";
import { address, hitParts, kinds, termAddress } from "./search-results.js";

const perKind = 5;
const perPage = 20;

const root = document.querySelector(".search-page");
const form = root.querySelector(".search-form");
const field = form.querySelector("input[type=search]");
const results = root.querySelector(".search-results");
const status = root.querySelector("[role=status]");
const key = root.querySelector(".search-key input");
const title = document.title;
const run = oneAtATime(() => {
  if (!results.childElementCount) results.replaceChildren(make("p", {}, t("search.loading")));
  tell(t("search.loading"), 0);
});
let told;

form.addEventListener("submit", (event) => {
  event.preventDefault();
  go({ ...read(), q: field.value.trim(), page: 1, literal: false });
});
field.addEventListener("input", () => go({ ...read(), q: field.value.trim(), page: 1, literal: false }, true));
field.addEventListener("focus", () => searchIndex().catch(() => {}), { once: true });
results.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-state]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  step(link.href, false);
  show();
  field.focus({ preventScroll: true });
  scrollTo({ top: 0, behavior: "instant" });
});
addEventListener("popstate", () => show(false, placeOf()));
key.checked = get("setting", "search-key") !== "off";
key.addEventListener("change", () => set("setting", "search-key", key.checked ? "on" : "off"));
keepPlaces(root);
if (!location.search) field.focus({ preventScroll: true });
show(false, placeOf());

function read() {
  const given = new URLSearchParams(location.search);
  const kind = given.get("kind");
  return {
    q: given.get("q")?.trim() ?? "",
    kind: kinds.includes(kind) ? kind : "",
    page: Math.max(1, Math.trunc(Number(given.get("page"))) || 1),
    literal: given.get("literal") === "1",
  };
}

function write({ q, kind, page, literal }) {
  const query = new URLSearchParams();
  if (q) query.set("q", q);
  if (kind) query.set("kind", kind);
  if (literal) query.set("literal", "1");
  if (page > 1) query.set("page", page);
  return `${location.pathname}${query.size ? "?" : ""}${query}`;
}

function go(state, replace = false) {
  const next = write(state);
  if (next === location.pathname + location.search) return;
  step(next, replace);
  show(replace);
}

async function show(typing = false, place = null) {
  const state = read();
  if (!typing) field.value = state.q;
  document.title = state.q ? `${state.q} · ${title}` : title;
  if (!state.q) {
    run.stop();
    results.replaceChildren();
    tell("");
    return;
  }
  try {
    await run((index, signal, arrived) => find(index, signal, arrived, state), typing ? 80 : 0);
  } catch (error) {
    const again = make("button", { type: "button", class: "button quiet" }, t("search.retry"));
    again.addEventListener("click", () => show());
    results.replaceChildren(make("div", { class: "notice" }, make("p", {}, explain(error)), again));
    tell(explain(error), 0);
  }
  if (place) resume(place);
}

async function find(index, signal, arrived, state) {
  const { q, kind, literal } = state;
  const query = { q, literal, signal };
  const [all, terms] = await Promise.all([
    index.search({ ...query, kinds, count: kind ? 0 : 30 }),
    kind ? [] : index.suggest(q, { count: 12, signal }).catch(() => []),
  ]);
  let found = all;
  if (kind) found = await index.search({ ...query, kinds: [kind], from: (state.page - 1) * perPage, count: perPage, sort: "best" });
  if (signal.aborted) return;
  arrived();
  if (!all.total) return showNothing(index, signal, q);
  const parts = [kindLinks(state, all.totals)];
  const { corrected } = all;
  if (corrected) parts.unshift(stated(correction(corrected, write({ ...state, page: 1, literal: true }))));
  const suggested = terms.filter(({ type }) => type === "term").slice(0, 8);
  if (suggested.length) parts.push(group("term", termLinks(suggested)));
  if (kind) {
    parts.push(make("ol", { class: "hits", start: (state.page - 1) * perPage + 1 }, found.hits.filter(isCurrent).map((hit) => row(hit, found.words))));
    const steps = pager(state.page, Math.ceil(found.total / perPage), (page) => write({ ...state, page }));
    if (steps) parts.push(stated(steps));
  } else {
    for (const name of new Set(found.hits.map((hit) => hit.kind))) {
      const hits = found.hits.filter((hit) => hit.kind === name && isCurrent(hit)).slice(0, perKind);
      const total = all.totals[name] ?? hits.length;
      parts.push(group(name, make("ul", { class: "hits" }, hits.map((hit) => row(hit, found.words))),
        total > hits.length ? make("p", { class: "more" }, moreLink(state, name, total)) : null));
    }
  }
  results.replaceChildren(...parts);
  tell((corrected ? `${t("search.corrected", corrected)} ` : "") + t("search.results", { count: kind ? found.total : all.total }));
}

// Links that change what this page shows.
function stated(element) {
  for (const link of element.querySelectorAll("a")) link.dataset.state = "";
  return element;
}

function row(hit, words) {
  return make("li", {}, make("a", { class: "hit", href: address(hit.url) }, hitParts(hit, words)));
}

function group(kind, ...children) {
  return make("section", { "aria-labelledby": `found-${kind}` }, make("h2", { id: `found-${kind}` }, t(`search_kind.${kind}`)), children);
}

function termLinks(terms) {
  return make("ul", { class: "tags" }, terms.map((term) => make("li", {}, make("a", { href: termAddress(term) }, term.label))));
}

// Mentors have a list with filters of its own.
function moreLink(state, kind, total) {
  const text = [t("search_page.more", { count: total }), " ", icon("forward")];
  if (kind !== "mentor") return make("a", { href: write({ ...state, kind, page: 1 }), "data-state": "" }, text);
  return make("a", { href: `${root.dataset.directory}?${new URLSearchParams({ q: state.q })}` }, text);
}

function kindLinks(state, totals) {
  const entry = (kind, label, count) => make("li", {}, make("a", { href: write({ ...state, kind, page: 1 }), "data-state": "", "aria-current": kind === state.kind && "true" },
    label, " ", make("span", { class: "count" }, String(count))));
  const sum = kinds.reduce((n, kind) => n + (totals[kind] ?? 0), 0);
  return make("nav", { class: "search-kinds", "aria-label": t("search_page.kinds") }, make("ul", {},
    entry("", t("search_page.everything"), sum),
    kinds.filter((kind) => totals[kind] || kind === state.kind).map((kind) => entry(kind, t(`search_kind.${kind}`), totals[kind] ?? 0))));
}

async function showNothing(index, signal, q) {
  const none = t("search.none", { query: q });
  const box = make("div", { class: "search-nothing" }, make("p", {}, make("strong", {}, none)));
  results.replaceChildren(box);
  tell(none);
  const near = await index.nearest(q, { count: 5, signal }).catch(() => []);
  if (signal.aborted) return;
  const links = near.map((word) => make("li", {}, make("a", { href: write({ q: word, kind: "", page: 1 }), "data-state": "" }, word)));
  if (links.length) box.append(make("p", {}, t("search.near")), make("ul", { class: "tags" }, links));
  if (root.dataset.contact) box.append(make("p", { class: "actions" }, make("a", { class: "button quiet", href: root.dataset.contact }, t("search_page.ask"))));
}

function tell(text, after = 800) {
  clearTimeout(told);
  told = setTimeout(() => (status.textContent = text), after);
}
