// What lists of results say of a search: the words that were found, marked, and what was corrected.
import { make, t } from "./site.js";
import { today } from "./status.js";
import { fold, isDense } from "./search-index.js";

/** Whether a hit may still be shown: a mentor whose profile is out of date by now may not, where the site says so. */
export function isCurrent({ staleOn }) {
  return !staleOn || staleOn > today();
}

const word = /[\p{L}\p{M}\p{N}]+[+#]*/gu;

/** Where words that were found stand in a text: pairs of start and end. */
export function places(text, words) {
  const found = [];
  for (const match of text.matchAll(word)) {
    const token = fold(match[0]);
    if (words.includes(token) || words.includes(token.replace(/[+#]+$/, ""))) {
      found.push([match.index, match.index + match[0].length]);
    } else if (isDense(token) && token.length === match[0].length) {
      for (const part of words) {
        for (let at = token.indexOf(part); at >= 0 && part; at = token.indexOf(part, at + 1)) {
          found.push([match.index + at, match.index + at + part.length]);
        }
      }
    }
  }
  found.sort((a, b) => a[0] - b[0]);
  const joined = [];
  for (const [from, to] of found) {
    const last = joined.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

/** A text with the words that were found in it marked, as children of an element. */
export function marked(text, words) {
  const parts = [];
  let at = 0;
  for (const [from, to] of places(text, words)) {
    if (from > at) parts.push(text.slice(at, from));
    parts.push(make("mark", {}, text.slice(from, to)));
    at = to;
  }
  if (at < text.length) parts.push(text.slice(at));
  return parts;
}

/** Says what was corrected, and offers the search as it was typed. */
export function correction({ from, to }, literal) {
  return make("p", { class: "search-note" }, t("search.corrected", { to }), " ", make("a", { href: literal }, t("search.literal", { from })));
}
