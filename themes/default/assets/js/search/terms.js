// The terms of facets by their names: all of one, and those that are meant by the beginning of a word.
// The engine loads it when it is asked for them.
import { fold, termsOf, tokens } from "./engine.js";

/** The other words for the terms of a facet, by number. */
function aliasesOf(store, f) {
  return store.file("a", f, (reader) => {
    const aliases = new Map();
    for (let n = 0; reader.at < reader.bytes.length; ) {
      n += reader.number();
      aliases.set(n, Array.from({ length: reader.number() }, () => reader.text()));
    }
    return aliases;
  });
}

/** The terms of a facet with their aliases, those first that most mentors have. */
export async function terms(store, facet) {
  const f = store.facets.findIndex(({ name }) => name === facet);
  if (f < 0) return [];
  const [known, aliases] = await Promise.all([termsOf(store, f), aliasesOf(store, f)]);
  return [...(known?.byNumber.values() ?? [])]
    .map(({ number, id, label, count: n }) => ({ id, label, aliases: aliases?.get(number), count: n }))
    .sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1));
}

/** Terms with words that begin as those of a text do, and what a search for it finds. */
export async function suggest(index, store, prefix, wanted, signal) {
  const words = tokens(prefix);
  if (!words.length) return [];
  const [{ hits }, ...lists] = await Promise.all([
    index.search({ q: prefix, kinds: store.kinds.map(({ name }) => name), count: wanted, literal: true, signal }),
    ...store.facets.map(({ name }) => terms(store, name)),
  ]);
  const begun = [];
  for (const [f, list] of lists.entries()) {
    const facet = store.facets[f].name;
    for (const { id, label, aliases = [], count: n } of list) {
      const begins = [label, ...aliases].some((text) => {
        const parts = fold(text).split(/\s+/);
        return words.every((word) => parts.some((part) => part.startsWith(word)));
      });
      if (begins && n) begun.push({ type: "term", label, facet, id, n, url: `${store.manifest.prefix ?? ""}browse/${facet}/${id}/` });
    }
  }
  begun.sort((a, b) => b.n - a.n || (a.id < b.id ? -1 : 1));
  const some = begun.slice(0, Math.max(wanted >> 1, wanted - hits.length)).map(({ n, ...term }) => term);
  return [...some, ...hits.map(({ kind, id, url, title }) => ({ type: kind, label: title, id, url }))].slice(0, wanted);
}
