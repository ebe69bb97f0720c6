// What was found, as elements: marked words, excerpts, titles, and what to say when nothing was.
import { base, home, icon, make, t } from "./site.js";
import { portrait } from "./mentor-card.js";
import { today } from "./status.js";
import { fold, isDense } from "./search-index.js";

/** The kinds of things that can be found, in the order in which an empty list would show them. */
export const kinds = ["mentor", "guide", "goal", "worksheet", "program"];

/** The address of a site path. */
export function address(path) {
  return new URL(path, base).href;
}

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

/** The part of a text where the most words were found, as children of an element. */
function excerpt(text, words, length = 180) {
  if (text.length <= length) return marked(text, words);
  const found = places(text, words);
  let from = 0;
  let most = 0;
  for (const [start] of found) {
    const inside = found.filter(([s, e]) => s >= start && e <= start + length * 0.75).length;
    if (inside > most) [from, most] = [start, inside];
  }
  from = Math.max(0, from - Math.round(length * 0.25));
  if (from > 0) from = text.indexOf(" ", from) + 1 || from;
  let to = Math.min(text.length, from + length);
  if (to < text.length) to = Math.max(text.lastIndexOf(" ", to), from + length / 2);
  return [from > 0 ? "… " : "", ...marked(text.slice(from, to), words), to < text.length ? " …" : ""];
}

/** What is shown of a hit: its sign, title and the words around what was found. */
export function hitParts(hit, words) {
  const mentor = hit.kind === "mentor";
  const title = make("span", { class: "hit-title" }, mentor ? make("bdi", { translate: "no" }, marked(hit.name, words)) : marked(hit.title, words));
  if (hit.parent) title.prepend(make("span", { class: "hit-parent" }, hit.parent), " › ");
  const about = (mentor ? hit.headline || hit.role : hit.text) ?? "";
  const skills = mentor && !places(about, words).length ? (hit.skills ?? []).filter((skill) => places(skill, words).length) : [];
  return [
    mentor ? portrait(hit.portrait) : icon(hit.kind === "program" ? "calendar" : hit.kind),
    make("span", { class: "hit-words", lang: hit.lang || undefined }, title, about ? make("span", { class: "hit-text" }, excerpt(about, words)) : null,
      skills.length ? make("span", { class: "hit-text" }, marked(skills.join(" · "), words)) : null),
  ];
}

/** A term's page: the mentors who have it. */
export function termAddress(term) {
  return term.url === undefined ? new URL(`browse/${term.facet}/${term.id}/`, home).href : address(term.url);
}

/** Says what was corrected, and offers the search as it was typed. */
export function correction({ from, to }, literal) {
  return make("p", { class: "search-note" }, t("search.corrected", { to }), " ", make("a", { href: literal }, t("search.literal", { from })));
}
