// What the directory shows when nobody matches: what could be left out, and with how many then;
// what the words may have meant; whom to ask.
import { make, t } from "./site.js";
import { asked, change, nothing } from "./directory.js";
import { stated, withoutWords } from "./directory-results.js";

/** Shows that below the list. */
export async function help({ root, results, facets }, index, query, wanted, address) {
  if (query.signal.aborted) return;
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
  const { contact } = root.dataset;
  box.append(make("p", { class: "actions" },
    stated(make("a", { class: "button quiet", href: address(nothing()) }, t("directory.nobody_clear"))),
    contact ? make("a", { class: "button quiet", href: contact }, t("directory.nobody_ask")) : null));
}

// The same list with one thing left out, where that would not be the whole list.
function lighter(wanted, facets) {
  const list = [...wanted.filters.keys()].map((name) => {
    const next = change(wanted, {});
    next.filters.delete(name);
    return [next, wanted.filters.get(name).map((term) => facets.get(name).text(term)).join(", ")];
  });
  if (wanted.q) list.push([withoutWords(wanted), `“${wanted.q}”`]);
  return list.length > 1 ? list : [];
}
