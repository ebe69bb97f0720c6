// What was found, as elements: titles with the words around what was found.
import { base, home, icon, make, t } from "./site.js";
import { portrait } from "./mentor-card.js";
import { marked, places } from "./search-marks.js";

/** The kinds of things that can be found, in the order in which an empty list would show them. */
export const kinds = ["mentor", "guide", "goal", "worksheet", "program"];

/** The address of a site path. */
export function address(path) {
  return new URL(path, base).href;
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
