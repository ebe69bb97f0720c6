// Finds mentors, guides, goals, worksheets and programs on a host that only hands out files.
// It knows neither the page nor its words. package search, which writes the index, says how
// it works; its reader there is this one's twin.
//
// What every search needs is in this one file, because files that are packed one by one take a
// fifth more: words, files, what a query finds, and the index. Filters and counts (facets.js),
// the names of terms (terms.js) and the likeliest words (spell.js) are loaded when they are first
// needed.

// Words. package fold and package search do the same in Go: testdata/vectors.json holds them to
// the same results.

const written = { ł: "l", ø: "o", đ: "d", ð: "d", þ: "th", ß: "ss", æ: "ae", œ: "oe", ı: "i", ς: "σ" };
const alphabets = "\\p{Script=Latin}\\p{Script=Greek}\\p{Script=Cyrillic}";
const dense = "ー" + ["Han", "Hiragana", "Katakana", "Hangul", "Thai", "Lao", "Khmer", "Myanmar"].map((name) => `\\p{Script=${name}}`).join("");
const letter = "(?:(?![ʻʼ])[\\p{L}\\p{N}\\p{M}])";

const marked = new RegExp(`([${alphabets}])([\\p{Mn}\\s]+)`, "gu");
const joined = new RegExp(`(${letter})['‘’ʻʼ](${letter}{1,2})(?!${letter})`, "gu");
const words = new RegExp(`(${letter}+)([+#]*)`, "gu");
const runs = new RegExp(`([${dense}]+)`, "u");

/** Whether a word is of a script that is written without spaces. */
export const isDense = (word) => runs.test(word);

/** Folds case, accents and width. */
export function fold(text) {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(marked, (_, base, rest) => base + rest.replace(/\p{Mn}/gu, ""))
    .replace(/[łøđðþßæœıς]/g, (sign) => written[sign])
    .normalize("NFC");
}

/** The words of a text, folded; of scripts without spaces, every two neighbouring characters. */
export function tokens(text) {
  const found = [];
  for (const [, word, signs] of fold(text).replace(joined, "$1$2").matchAll(words)) {
    const parts = word.split(runs);
    parts.forEach((part, i) => {
      if (i % 2) found.push(...pairs([...part]));
      else if (part) found.push([...(i === parts.length - 1 ? part + signs : part)].slice(0, 40).join(""));
    });
  }
  return found;
}

function pairs(characters) {
  return characters.length < 2 ? characters : characters.slice(1).map((character, i) => characters[i] + character);
}

/** The id that most labels have. */
export const slug = (label) => (fold(label).match(new RegExp(`${letter}+`, "gu")) ?? []).join("-");

// Files: each is read once, and past the browser's cache when the site was published anew in the
// meantime.

/** Why there is no search: "offline", "missing", "damaged" or "unsupported". */
export class SearchError extends Error {
  constructor(reason, cause) {
    super(`search: ${reason}`, { cause });
    this.name = "SearchError";
    this.reason = reason;
  }
}

/** A file that is not as the manifest says: the manifest may be an old one. */
export class Stale extends Error {}

const decoder = new TextDecoder();

/** Reads numbers and texts as package search packs them. */
export class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  number() {
    for (let n = 0, unit = 1; ; unit *= 128) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw new Stale("a file ends too early");
      n += (byte & 127) * unit;
      if (byte < 128) return n;
    }
  }

  text() {
    const size = this.number();
    return decoder.decode(this.bytes.subarray(this.at, (this.at += size)));
  }

  /** A text that begins as another one does. */
  sharing(other) {
    return other.slice(0, this.number()) + this.text();
  }

  /** Calls back with so many increasing numbers. */
  ascending(count, visit) {
    for (let n = 0; count-- > 0; ) visit((n += this.number()));
  }
}

async function inflate(data) {
  const stream = new Blob([data]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The index of one language, as of one manifest. */
export class Store {
  /** Reads the manifest: past the cache, when one was there before that does not fit. */
  static async open(folder, fetch, before) {
    const store = new Store();
    Object.assign(store, { folder, fetch, known: new Map(), cache: before ? "reload" : "default" });
    store.text = decoder.decode(await store.get("manifest.json", () => { throw new SearchError("missing"); }));
    try {
      store.manifest = JSON.parse(store.text);
      store.layOut();
    } catch (cause) {
      throw new SearchError("damaged", cause);
    }
    if (store.text !== before?.text) store.cache = "default"; // its files have other names
    return store;
  }

  /** Numbers documents and terms as the manifest says. */
  layOut() {
    const { v, kinds, facets, files = {} } = this.manifest;
    if (v !== 1) throw new Error(`version ${v}`);
    this.groups = files;
    this.space = this.terms = this.documents = 0;
    let cardFiles = 0;
    this.kinds = kinds.map(([name, space, documents, cards], number) => {
      const kind = { name, number, start: this.space, space, documents, cards, files: cardFiles };
      this.space += space;
      this.documents += documents;
      cardFiles += Math.ceil(space / cards);
      return kind;
    });
    this.seats = this.kinds[0].space;
    this.facets = facets.map(([name, space]) => ({ name, space, offset: (this.terms += space) - space }));
  }

  async get(name, absent) {
    let response;
    try {
      response = await this.fetch(new URL(name, this.folder), { cache: this.cache });
      if (response.ok) return await response.arrayBuffer();
    } catch (cause) {
      throw new SearchError("offline", cause);
    }
    return absent(response.status);
  }

  async load(name) {
    const data = await this.get(name, (status) => { throw new Stale(`${name}: ${status}`); });
    try {
      return await inflate(data);
    } catch (cause) {
      throw new Stale(name, { cause });
    }
  }

  /** Divides the one file of a small portal. */
  async unpack() {
    if (!this.manifest.one) return;
    const bytes = await this.load(`o-${this.manifest.one}.bin`);
    const reader = new Reader(bytes);
    const sizes = [];
    for (let letter; (letter = reader.text()); ) {
      this.groups[letter] = ["", reader.text()];
      for (let i = 0, n = reader.number(); i < n; i++) sizes.push([letter + i, reader.number()]);
    }
    this.parts = new Map();
    for (const [key, size] of sizes) this.parts.set(key, bytes.subarray(reader.at, (reader.at += size)));
  }

  /** Which of the files that are found by key has a word; -1 when there is none. */
  async find(letter, word) {
    const lists = this.groups[`${letter}d`];
    if (!lists) return last(this.groups[letter]?.[1], word);
    const i = last(lists[1], word);
    return 32 * i + last((await this.list(letter, i)).keys, word);
  }

  /** A list of names of files, and of their keys when they have any. */
  list(letter, i) {
    const size = 3 * Math.min(32, this.groups[`${letter}d`][2] - 32 * i);
    return this.file(`${letter}d`, i, (reader) => {
      reader.at = size;
      return { names: hex(reader.bytes.subarray(0, size)), keys: size < reader.bytes.length ? reader.text() : undefined };
    });
  }

  /** A file as read makes it, remembered; undefined when there is nothing in it. */
  file(letter, i, read) {
    const key = letter + i;
    let made = this.known.get(key);
    if (!made) {
      made = this.bytes(letter, i).then((bytes) => (bytes?.length ? read(new Reader(bytes)) : undefined));
      this.known.set(key, made);
      made.catch(() => this.known.delete(key));
    }
    return made;
  }

  async bytes(letter, i) {
    if (this.parts) return this.parts.get(letter + i);
    const lists = this.groups[`${letter}d`];
    const { names, keys } = lists ? await this.list(letter, i >> 5) : { names: this.groups[letter]?.[0] ?? "", keys: this.groups[letter]?.[1] };
    const at = 6 * (lists ? i & 31 : i);
    const name = names.slice(at, at + 6);
    if (!name || name === "000000") return undefined;
    return this.load(`${letter}${keys === undefined || letter[1] ? i : ""}-${name}.bin`);
  }
}

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** The last of the keys, a line each, that is not behind a word. */
function last(keys, word) {
  const list = keys?.split("\n") ?? [];
  let low = 0;
  for (let high = list.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (list[middle] <= word) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

// What is in them, besides words.

function readTerms(reader) {
  const terms = new Map(); // by number
  for (let n = 0; reader.at < reader.bytes.length; ) {
    n += reader.number();
    terms.set(n, { number: n, label: reader.text(), id: reader.text(), count: reader.number() });
  }
  return terms;
}

/** The terms of a facet, by number and by id. */
export function termsOf(store, f) {
  return store.file("t", f, (reader) => {
    const byNumber = readTerms(reader);
    const byId = new Map();
    for (const term of byNumber.values()) {
      term.id ||= slug(term.label);
      byId.set(term.id, term);
    }
    return { byNumber, byId };
  });
}

/** Mentors by class of availability: the seats, and the class of each. */
export function readSeats(reader) {
  const seats = [];
  const classes = [];
  for (let c = 0; c < 8; c++) {
    reader.ascending(reader.number(), (seat) => {
      seats.push(seat);
      classes.push(c);
    });
  }
  return { seats, classes };
}

/** All documents of a kind. */
export const everyone = async (store, kind) => (await store.file("k", kind, readSeats)) ?? { seats: [], classes: [] };

// The documents that a query matches, and their weights.

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
    family.posts = new Reader(reader.bytes.subarray(reader.at, (reader.at += family.size)));
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

function sizeOf(family) {
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
    for (const family of parts) having += family.common ? Math.max(sizeOf(family), store.documents >> 2) : sizeOf(family);
    const worth = factor * rarity(Math.min(having, store.documents), store.documents);
    for (const family of parts) result.parts.push({ family, worth });
  };
  if (own) {
    add([own], exact);
    result.forms.push(...own.forms);
  }
  const few = !own || (!own.common && sizeOf(own) < enough);
  if (few && (isDense(word) ? [...word].length === 1 : open && word.length > 1)) {
    const families = await beginning(store, word);
    if (families.length) add(families, begun);
    for (const family of families) result.forms.push(...family.forms.filter((form) => form.startsWith(word)));
  }
  if (!result.parts.length && !literal) {
    const [best, ...others] = await (await speller()).nearest(store, word, 4);
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
    const worth = exact * rarity(sizeOf(family), store.documents);
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

// What is loaded when it is needed.

const late = (module) => module.catch((cause) => {
  throw new SearchError(navigator.onLine ? "missing" : "offline", cause);
});
const facets = () => late(import("./facets.js"));
const terms = () => late(import("./terms.js"));
const speller = () => late(import("./spell.js"));

/** The values selected of each facet that is filtered by. */
const select = async (store, filters) => (Object.keys(filters).length ? (await facets()).select(store, filters) : []);

// The index.

const statuses = ["open", "waitlist", "full", "later", "off-season", "paused", "ended", "retired"];
const site = new URL("../../../../", import.meta.url); // this file is assets/<digest>/js/search/engine.js

/** Opens the index of the site's edition in a language. It rejects with a SearchError. */
export async function openIndex(lang, { base = site, fetch = globalThis.fetch.bind(globalThis) } = {}) {
  if (typeof DecompressionStream === "undefined") throw new SearchError("unsupported");
  const index = new Index(base, new URL(`search/${lang}/`, base), fetch);
  await index.run(() => {});
  return index;
}

class Index {
  constructor(base, folder, fetch) {
    Object.assign(this, { base, folder, fetch, matches: new Map() });
  }

  async open(again) {
    const store = await Store.open(this.folder, this.fetch, again && (this.last ?? {}));
    this.last = store;
    await store.unpack();
    return store;
  }

  /** Works with the index; when it turns out to be of another deploy, once more with that of now. */
  async run(work, signal) {
    for (let again = false; ; again = true) {
      signal?.throwIfAborted();
      const opening = (this.store ??= this.open(again));
      try {
        const result = await work(await opening);
        signal?.throwIfAborted();
        return result;
      } catch (error) {
        const stale = error instanceof Stale;
        if (this.store === opening && (stale || !(await opening.catch(() => false)))) this.store = undefined;
        if (!stale) throw error;
        this.matches.clear();
        if (again) throw new SearchError("damaged", error);
      }
    }
  }

  /** What a query matches, remembered for the counts. */
  match(store, q, literal) {
    const key = `${literal} ${q}`;
    if (!this.matches.has(key)) {
      if (this.matches.size > 8) this.matches.clear();
      const found = match(store, q, literal);
      this.matches.set(key, found);
      found.catch(() => this.matches.delete(key));
    }
    return this.matches.get(key);
  }

  search({ q = "", kinds = ["mentor"], filters = {}, sort, from = 0, count: wanted = 24, signal, literal = false } = {}) {
    return this.run(async (store) => {
      const asked = store.kinds.filter(({ name }) => kinds.includes(name));
      const [found, selected] = await Promise.all([this.match(store, q, literal), select(store, filters)]);
      const fit = found && fitting(found, asked);
      const totals = Object.create(null);
      const all = [];
      for (const kind of store.kinds) {
        let documents = fit?.documents.filter((document) => document >= kind.start && document < kind.start + kind.space);
        if (!kind.start && selected.length) documents = (await facets()).narrow(selected, documents);
        totals[kind.name] = documents?.length ?? kind.documents;
        if (asked.includes(kind)) all.push(documents ?? (await everyone(store, kind.number)).seats.map((seat) => kind.start + seat));
      }
      signal?.throwIfAborted();
      const documents = all.flat();
      const score = (document) => (fit ? found.scores[document] * (fit.loose ? found.matched[document] : 1) : 0);
      const rank = await ranking(store, sort ?? (found ? "best" : "fair"), fit && score, selected, documents);
      const shown = first(documents, rank, from, wanted);
      const read = await Promise.all(shown.map((document) => this.hit(store, document)));
      return {
        total: documents.length, totals, words: found?.forms ?? [], corrected: found?.corrected ?? null,
        hits: read.map((hit, i) => ({ ...hit, score: score(shown[i]) })),
      };
    }, signal);
  }

  counts({ q = "", kinds = ["mentor"], filters = {}, signal, literal = false } = {}) {
    return this.run(async (store) => {
      const [found, selected] = await Promise.all([this.match(store, q, literal), select(store, filters)]);
      const asked = store.kinds.filter(({ name }) => kinds.includes(name));
      const seats = found && fitting(found, asked).documents.filter((document) => document < store.seats);
      return (await facets()).counts(store, selected, seats, () => signal?.throwIfAborted());
    }, signal);
  }

  terms(facet, { signal } = {}) {
    return this.run(async (store) => (await terms()).terms(store, facet), signal);
  }

  suggest(prefix, { count = 8, signal } = {}) {
    return this.run(async (store) => (await terms()).suggest(this, store, prefix, count, signal), signal);
  }

  nearest(word, { count: wanted = 5, signal } = {}) {
    return this.run(async (store) => (await (await speller()).nearest(store, tokens(word)[0] ?? "", wanted)).map(({ form }) => form), signal);
  }

  /** What a hit shows. */
  async hit(store, document) {
    const kind = store.kinds.findLast(({ start }) => document >= start);
    const at = document - kind.start;
    const cards = await store.file("c", kind.files + Math.floor(at / kind.cards), (reader) => new TextDecoder().decode(reader.bytes).split("\n"));
    const card = cards?.[at % kind.cards];
    if (!card) throw new Stale("a card is missing");
    const parts = card.split("\t");
    return kind.start ? page(store, kind.name, parts) : this.mentor(store, parts);
  }

  async mentor(store, [name, id, nameLocal, pronouns, headline, role, location, skills, more, available, flags = "", alt, lang, initials, hue, staleOn]) {
    id ||= slug(name);
    const { prefix = "", portrait: sides } = store.manifest;
    const path = (side) => `mentors/${id}/photo-${side}.jpg`;
    const [status, free, capacity, from, until, months, written, full] = (available ?? "").split(" ");
    const f = store.facets.findIndex((facet) => facet.name === "skills");
    const terms = f >= 0 && skills ? await termsOf(store, f) : undefined;
    const photo = flags.match(/p(\d*)/); // with the side of the sharpest file, where there is one
    const densities = photo ? [...new Set([sides[0], sides[1], +photo[1] || sides[1]])] : [];
    return {
      kind: "mentor", id, url: `${prefix}mentors/${id}/`, title: name, lang,
      name, nameLocal, pronouns, headline, role, location,
      skills: skills ? skills.split("|").map((skill) => terms?.byNumber.get(+skill)?.label ?? skill.slice(1)) : [],
      moreSkills: +(more || 0), verified: flags.includes("v"), featured: flags.includes("f"), staleOn,
      availability: {
        status: statuses[+status || 0], free: number(free), capacity: number(capacity), from, until,
        months: months ? months.split(",").map(Number) : [], written: statuses[+written || 0], full: full === "1",
      },
      portrait: {
        url: photo ? path(sides[0]) : "", size: sides[2], alt: alt ?? "", initials: initials ?? "", hue: +(hue ?? 0),
        srcset: densities.length > 1 ? densities.map((side) => `${new URL(path(side), this.base).pathname} ${+(side / sides[0]).toPrecision(3)}x`).join(", ") : "",
      },
    };
  }
}

const number = (text) => (text ? +text : -1);

/** A guide's section, a goal, a worksheet, a program. */
function page(store, kind, [title, url, id, text, parent, lang]) {
  return { kind, id, url: (store.manifest.prefix ?? "") + url, title, text: text ?? "", parent: parent || undefined, lang: lang || undefined };
}

/**
 * The documents that have all words of a short query; where none of the kinds asked for does, and
 * for a long query, those that have any.
 */
function fitting(found, kinds) {
  if (!found.strict) return { documents: found.documents };
  const documents = found.documents.filter((document) => found.matched[document] >= found.needed);
  const asked = (document) => kinds.some(({ start, space }) => document >= start && document < start + space);
  return documents.some(asked) ? { documents } : { documents: found.documents, loose: true };
}

/** Whose turn it is in a week, as package turn has it: the lowest comes first. */
export function turn(week, seat) {
  let h = week ^ seat;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

const turns = 2 ** 32;

/** Gives a function by which documents come in an order, the lowest first. */
async function ranking(store, order, score, selected, documents) {
  const { week } = store.manifest;
  const letter = { name: "n", newest: "j" }[order];
  if (letter) return listed(store, letter, documents);
  if (score && order === "best") return (document) => turn(week, document) - score(document) * turns;
  const classes = new Uint8Array(store.space);
  if (documents.some((document) => document < store.seats)) {
    for (const list of selected[0]?.values ?? [await everyone(store, 0)]) list.seats.forEach((seat, i) => (classes[seat] = list.classes[i]));
  }
  return (document) => turn(week, document) + classes[document] * turns;
}

/** An order that is the same every week, of mentors; anything else comes behind them. */
async function listed(store, letter, documents) {
  const files = new Map();
  for (const document of documents) {
    if (document < store.seats && !files.has(document >> 14)) files.set(document >> 14, store.file(letter, document >> 14, ({ bytes }) => bytes));
  }
  for (const [i, file] of files) files.set(i, await file);
  return (document) => {
    const bytes = files.get(document >> 14);
    if (document >= store.seats || !bytes) return turns + document;
    const size = bytes.length / 3;
    const at = document & 16383;
    return (bytes[at] << 16) | (bytes[size + at] << 8) | bytes[2 * size + at];
  };
}

/** So many of the documents, in the order of their ranks. */
function first(documents, rank, from, wanted) {
  const ranks = Float64Array.from(documents, rank);
  const last = ranks.slice().sort()[Math.min(from + wanted, ranks.length) - 1];
  return documents
    .map((document, i) => [ranks[i], document])
    .filter(([r]) => r <= last)
    .sort((a, b) => a[0] - b[0])
    .slice(from, from + wanted)
    .map(([, document]) => document);
}
