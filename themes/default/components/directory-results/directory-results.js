// What the directory shows of a search: cards with what was found marked, the steps to further
// pages, and help when nobody matches. It is loaded with the first search.
import { refresh } from "./availability.js";
import { make, t } from "./site.js";
import { asked, change } from "./directory-state.js";
import { mentorCard } from "./mentor-card.js";
import { pager } from "./pager.js";
import { correction, isCurrent, marked } from "./search-results.js";

// A link that changes the list in its place.
function stated(link) {
  link.dataset.state = "";
  return link;
}

/** The elements of a page of results. address gives the address of a state. */
export function resultsOf(found, wanted, size, address) {
  const mark = found.words.length ? (text) => marked(text, found.words) : undefined;
  const parts = [make("ul", { class: "cards" }, found.hits.filter(isCurrent).map((hit) => make("li", {}, mentorCard(hit, mark))))];
  refresh(parts[0]);
  if (found.corrected) parts.unshift(correction(found.corrected, address(change(wanted, { literal: true }))));
  const steps = pager(wanted.page, Math.ceil(found.total / size), (page) => address({ ...wanted, page }));
  if (steps) parts.push(steps);
  for (const part of parts) if (!part.matches(".cards")) part.querySelectorAll("a").forEach(stated);
  return parts;
}

/** Shows what to do when nobody matches: what could be left out, and with how many then; what the words may have meant; whom to ask. */
export async function helpFor(results, index, query, wanted, { address, facets, contact }) {
  const box = make("div", { class: "directory-nobody" }, make("p", {}, make("strong", {}, t("directory.nobody"))));
  results.replaceChildren(box);
  const link = (next, text) => make("li", {}, stated(make("a", { href: address(next) }, text)));
  const drops = [];
  for (const [next, what] of lighter(wanted, facets)) {
    const { total } = await index.search({ ...query, q: next.q, filters: asked(next.filters), sort: "fair", count: 0 });
    if (total) drops.push(link(next, t("directory.nobody_without", { what, count: total })));
  }
  const words = wanted.q ? await index.nearest(wanted.q, { count: 5, signal: query.signal }).catch(() => []) : [];
  if (query.signal.aborted) return;
  if (drops.length) box.append(make("p", {}, t("directory.nobody_drop")), make("ul", { class: "plain-list" }, drops));
  if (words.length) box.append(make("p", {}, t("directory.nobody_near")), make("ul", { class: "inline-list" }, words.map((word) => link(change(wanted, { q: word, literal: false }), word))));
  box.append(make("p", { class: "actions" },
    stated(make("a", { class: "button quiet", href: address(change(wanted, { q: "", filters: new Map(), sort: "", literal: false })) }, t("directory.nobody_clear"))),
    contact ? make("a", { class: "button quiet", href: contact }, t("directory.nobody_ask")) : null));
}

// The same list with one thing left out, where it would not be the whole list.
function lighter(wanted, facets) {
  const list = [...wanted.filters.keys()].map((name) => {
    const next = change(wanted, {});
    next.filters.delete(name);
    return [next, wanted.filters.get(name).map((term) => facets.get(name).text(term)).join(", ")];
  });
  if (wanted.q) list.push([change(wanted, { q: "", literal: false, sort: "" }), `“${wanted.q}”`]);
  return list.length > 1 ? list : [];
}
