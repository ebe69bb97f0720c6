// What the directory shows of a search: cards with what was found marked, the steps to further
// pages, chips and counts. It is loaded with the first search.
import { refresh } from "./availability.js";
import { icon, make, t } from "./site.js";
import { asked, change, choose, nothing, write } from "./directory.js";
import { mentorCard } from "./mentor-card.js";
import { pager } from "./pager.js";
import { late } from "./search-index.js";
import { correction, isCurrent, marked } from "./search-marks.js";

/** Shows what a state asks for, then the counts of all facets. arrived is called in between. */
export async function showResults(page, state, index, signal, arrived) {
  const { root, results, summary, facets } = page;
  const wanted = { ...state, filters: await known(state.filters, facets) };
  if (signal.aborted) return;
  page.become(wanted);
  showChips(page, wanted);
  const { q, literal } = wanted;
  const size = Number(root.dataset.size);
  const query = { q, filters: asked(wanted.filters), sort: wanted.sort || page.standard(wanted), count: size, literal, signal };
  let found = await index.search({ ...query, from: (wanted.page - 1) * size });
  if (found.total && !found.hits.length) {
    wanted.page = Math.ceil(found.total / size);
    found = await index.search({ ...query, from: (wanted.page - 1) * size });
  }
  if (signal.aborted) return;
  const address = (next) => root.dataset.directory + write(next);
  results.removeAttribute("aria-busy");
  page.showButton(t("directory.show", { count: found.total }));
  summary.replaceChildren(make("strong", {}, t("mentors.count", { count: found.total })));
  if (found.total) {
    results.replaceChildren(...resultsOf(found, wanted, size, address));
    const from = (wanted.page - 1) * size + 1;
    const more = [];
    if (found.total > size) more.push(t("directory.range", { from, to: from + found.hits.length - 1 }));
    if (query.sort !== "best") more.push(t(`order.${query.sort}`));
    for (const text of more) summary.append(" ", make("span", {}, text));
    page.tell((found.corrected ? `${t("search.corrected", found.corrected)} ` : "") + t("directory.found", { count: found.total }));
    arrived();
  } else {
    page.tell(t("directory.nobody"));
    arrived();
    const [{ help }] = await late(import("./directory-nobody.js"));
    await help(page, index, query, wanted, address);
  }
  const counts = await index.counts({ q, filters: query.filters, literal, signal });
  if (signal.aborted) return;
  for (const facet of facets.values()) facet.count(counts[facet.name] ?? {});
  delete root.dataset.counting;
}

// Terms that there are not are left out.
async function known(filters, facets) {
  const checked = new Map();
  for (const [name, terms] of filters) {
    const facet = facets.get(name);
    if (!terms.every((term) => facet.rows.has(term))) {
      const [{ named }] = await late(import("./facet-terms.js"));
      await Promise.all(terms.map((term) => named(facet, term)));
    }
    const there = terms.filter((term) => facet.rows.has(term));
    if (there.length) checked.set(name, there);
  }
  return checked;
}

/** Makes a link change the list in its place. */
export function stated(link) {
  link.dataset.state = "";
  return link;
}

function resultsOf(found, wanted, size, address) {
  const mark = found.words.length ? (text) => marked(text, found.words) : undefined;
  const cards = make("ul", { class: "cards" }, found.hits.filter(isCurrent).map((hit) => make("li", {}, mentorCard(hit, mark))));
  refresh(cards);
  const steps = pager(wanted.page, Math.ceil(found.total / size), (page) => address({ ...wanted, page }));
  const note = found.corrected && correction(found.corrected, address(change(wanted, { literal: true })));
  for (const part of [steps, note]) part?.querySelectorAll("a").forEach(stated);
  return [note, cards, steps].filter(Boolean);
}

/** The same list without words. */
export function withoutWords(state) {
  return change(state, { q: "", literal: false, sort: state.sort === "best" ? "" : state.sort });
}

// What was chosen, each with a button that takes it away. The focus keeps its place in the row.
function showChips({ chips, field, facets, go }, state) {
  const button = (attributes, next, ...children) => {
    const made = make("button", { type: "button", ...attributes }, children);
    made.addEventListener("click", () => go(next));
    return make("li", {}, made);
  };
  const chip = (label, spoken, next) => button({ "aria-label": spoken }, next, make("span", {}, label), icon("close"));
  const items = state.q ? [chip(`“${state.q}”`, t("directory.remove_words", { words: state.q }), withoutWords(state))] : [];
  for (const [name, terms] of state.filters) {
    const facet = facets.get(name);
    for (const term of terms) {
      items.push(chip(facet.text(term), t("directory.remove", { facet: facet.label, term: facet.text(term) }), choose(state, name, term, false)));
    }
  }
  if (items.length > 1) items.push(button({ class: "chips-clear" }, { ...nothing(), sort: withoutWords(state).sort }, t("directory.clear")));
  const at = [...chips.children].findIndex((item) => item.contains(document.activeElement));
  chips.replaceChildren(...items);
  if (at >= 0) (items[Math.min(at, items.length - 1)]?.firstChild ?? field).focus();
}
