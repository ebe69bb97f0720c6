// Finds and weighs the documents that a query matches.
import { isDense, tokens } from "./fold.js";
import { nearest } from "./spell.js";

const longest = 400; // characters of a query that count
const most = 24; // words of a query, and words that one of them may begin

const longestPhrase = 6; // words of a skill that is found as a whole
const enough = 10; // documents: a word that so many have is not looked for as a beginning of others

// What a word counts for: as written, as a beginning, as near to what was written.
const exact = 4;
const begun = 2;
const near = 2;

/** The words with their documents in one file. */
function readWords(reader) {
  const families = [];
  const forms = new Map();
  for (let n = reader.number(), stem = ""; n > 0; n--) {
    stem = reader.sharing(stem);
    const flags = reader.number();
    const family = { stem, common: flags & 1, forms: [] };
    for (let k = flags >> 1; k > 0; k--) family.forms.push(reader.sharing(stem));
    for (const form of family.forms) forms.set(form, family);
    family.size = reader.number();
    families.push(family);
  }
  for (let n = reader.number(); n > 0; n--) {
    const form = reader.text();
    forms.set(form, reader.sharing(form));
  }
  for (const family of families) {
    family.posts = new reader.constructor(reader.bytes.subarray(reader.at, (reader.at += family.size)));
  }
  return { forms, stems: new Map(families.map((family) => [family.stem, family])) };
}

/** Calls back with every document of a family and its impact. */
function each(family, visit) {
  const { posts } = family;
  for (posts.at = 0; posts.at < family.size; ) {
    const group = posts.number();
    posts.ascending(group >> 4, (document) => visit(document, group & 15));
  }
}

function count(family) {
  let n = 0;
  each(family, () => n++);
  return n;
}

const shard = (store, i) => (i < 0 ? undefined : store.file("w", i, readWords));

/** The family that a file has under a word, which may be an alias of one elsewhere. */
async function resolve(store, entry) {
  return typeof entry === "string" ? (await shard(store, await store.find("w", entry)))?.stems.get(entry) : entry;
}

async function lookup(store, word) {
  const words = await shard(store, await store.find("w", word));
  return resolve(store, words?.forms.get(word));
}

/** The families that have a word which begins so, at most a few files' worth. */
async function beginning(store, start) {
  const from = await store.find("w", start);
  const to = Math.min(await store.find("w", `${start}\uD7FF`), from + 2);
  const files = [];
  for (let i = Math.max(from, 0); i <= to; i++) files.push(shard(store, i));
  const found = new Set();
  for (const words of await Promise.all(files)) {
    for (const [form, entry] of words?.forms ?? []) {
      if (form.startsWith(start) && form !== start && !form.includes(" ")) found.add(await resolve(store, entry));
    }
  }
  found.delete(undefined);
  return [...found].sort((a, b) => b.size - a.size || (a.stem < b.stem ? -1 : 1)).slice(0, most);
}

/** How much it says that a document has a word that so many have. */
function rarity(having, documents) {
  return Math.max(1, Math.round(16 * Math.log2(1 + (documents - having + 0.5) / (having + 0.5))));
}

/** What one word of a query finds. */
async function expand(store, word, open, literal) {
  const own = await lookup(store, word);
  const result = { word, common: Boolean(own?.common), forms: [], parts: [] };
  const add = (families, factor) => {
    const parts = families.filter((family) => !result.parts.some((part) => part.family === family));
    let having = 0;
    for (const family of parts) having += family.common ? Math.max(count(family), store.documents >> 2) : count(family);
    const worth = factor * rarity(Math.min(having, store.documents), store.documents);
    for (const family of parts) result.parts.push({ family, worth });
  };
  if (own) {
    add([own], exact);
    result.forms.push(...own.forms);
  }
  const few = !own || (!own.common && count(own) < enough);
  if (few && (isDense(word) ? [...word].length === 1 : open && word.length > 1)) {
    const families = await beginning(store, word);
    if (families.length) add(families, begun);
    for (const family of families) result.forms.push(...family.forms.filter((form) => form.startsWith(word)));
  }
  if (!result.parts.length && !literal) {
    const [best, ...others] = await nearest(store, word, 4);
    if (best) {
      const forms = [best, ...others.filter((other) => other.distance === best.distance)].map(({ form }) => form);
      const families = await Promise.all(forms.map((form) => lookup(store, form)));
      add([...new Set(families)].filter(Boolean), near);
      result.corrected = best.form;
      result.forms.push(...forms);
    }
  }
  return result;
}

/** Gives more to documents that have a skill which is some of the words in a row. */
async function addPhrases(store, words, scores) {
  const phrases = words.flatMap((_, from) => words.slice(from + 1, from + longestPhrase).map((__, i) => words.slice(from, from + i + 2).join(" ")));
  for (const family of await Promise.all(phrases.map((phrase) => lookup(store, phrase)))) {
    if (!family) continue;
    const worth = exact * rarity(count(family), store.documents);
    each(family, (document, impact) => {
      if (scores[document]) scores[document] += worth * impact;
    });
  }
}

/**
 * Finds the documents that have any word of a query. Gives undefined for a query without words;
 * else the documents, their scores, how many of the words they have, and how many there are.
 */
export async function match(store, q, literal) {
  const text = q.slice(0, longest);
  const words = [...new Set(tokens(text))].slice(0, most);
  if (!words.length) return undefined;
  const open = /[\p{L}\p{N}\p{M}]$/u.test(text);
  const found = await Promise.all(words.map((word, i) => expand(store, word, open && i === words.length - 1, literal)));
  const scores = new Float64Array(store.space);
  const matched = new Uint8Array(store.space);
  const best = new Float64Array(store.space);
  const documents = [];
  for (const { parts, common } of found) {
    const touched = [];
    for (const { family, worth } of parts) {
      each(family, (document, impact) => {
        if (!best[document]) touched.push(document);
        best[document] = Math.max(best[document], worth * impact);
      });
    }
    for (const document of touched) {
      if (!scores[document]) documents.push(document);
      scores[document] += best[document];
      if (!common) matched[document]++;
      best[document] = 0;
    }
  }
  await addPhrases(store, words, scores);
  const needed = found.filter(({ common }) => !common).length;
  const corrected = found.some((part) => part.corrected)
    ? { from: words.join(" "), to: found.map((part) => part.corrected ?? part.word).join(" ") }
    : null;
  return {
    documents, scores, matched, needed, corrected,
    strict: words.length <= 3,
    forms: [...new Set(found.flatMap(({ forms }) => forms))],
  };
}
