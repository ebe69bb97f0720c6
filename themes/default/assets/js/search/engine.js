// Finds mentors, guides, goals, worksheets and programs on a host that only hands out files.
// It knows neither the page nor its words. package search, which writes the index, says how
// it works; its reader there is this one's twin.
import { fold, slug, tokens } from "./fold.js";
import { aliasesOf, count, everyone, narrow, select, termsOf } from "./facets.js";
import { match } from "./match.js";
import { nearest } from "./spell.js";
import { SearchError, Stale, Store } from "./store.js";

export { SearchError };

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
      const [found, selected] = await Promise.all([this.match(store, q, literal), select(store, filters)]);
      const asked = store.kinds.filter(({ name }) => kinds.includes(name));
      const fit = found && fitting(found, asked);
      const totals = Object.create(null);
      const all = [];
      for (const kind of store.kinds) {
        let documents = fit?.documents.filter((document) => document >= kind.start && document < kind.start + kind.space);
        if (!kind.start) documents = narrow(selected, documents);
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
      const counts = await count(store, selected, seats, () => signal?.throwIfAborted());
      const result = Object.create(null);
      await Promise.all(store.facets.map(async ({ name, offset }, f) => {
        const byId = (result[name] = Object.create(null));
        for (const { number, id } of (await termsOf(store, f))?.byNumber.values() ?? []) byId[id] = counts[offset + number];
      }));
      return result;
    }, signal);
  }

  terms(facet, { signal } = {}) {
    return this.run(async (store) => {
      const f = store.facets.findIndex(({ name }) => name === facet);
      if (f < 0) return [];
      const [terms, aliases] = await Promise.all([termsOf(store, f), aliasesOf(store, f)]);
      return [...(terms?.byNumber.values() ?? [])]
        .map(({ number, id, label, count: n }) => ({ id, label, aliases: aliases?.get(number), count: n }))
        .sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1));
    }, signal);
  }

  async suggest(prefix, { count: wanted = 8, signal } = {}) {
    const words = tokens(prefix);
    if (!words.length) return [];
    const [{ hits }, ...facets] = await Promise.all([
      this.run((store) => this.search({ q: prefix, kinds: store.kinds.map(({ name }) => name), count: wanted, literal: true, signal }), signal),
      ...(await this.facetNames(signal)).map(async (facet) => [facet, await this.terms(facet, { signal })]),
    ]);
    const terms = [];
    for (const [facet, list] of facets) {
      for (const { id, label, aliases = [], count: n } of list) {
        const begins = [label, ...aliases].some((text) => {
          const parts = fold(text).split(/\s+/);
          return words.every((word) => parts.some((part) => part.startsWith(word)));
        });
        if (begins && n) terms.push({ type: "term", label, facet, id, n, url: `${this.last.manifest.prefix ?? ""}browse/${facet}/${id}/` });
      }
    }
    terms.sort((a, b) => b.n - a.n || (a.id < b.id ? -1 : 1));
    const some = terms.slice(0, Math.max(wanted >> 1, wanted - hits.length)).map(({ n, ...term }) => term);
    return [...some, ...hits.map(({ kind, id, url, title }) => ({ type: kind, label: title, id, url }))].slice(0, wanted);
  }

  facetNames(signal) {
    return this.run((store) => store.facets.map(({ name }) => name), signal);
  }

  nearest(word, { count: wanted = 5, signal } = {}) {
    return this.run(async (store) => (await nearest(store, tokens(word)[0] ?? "", wanted)).map(({ form }) => form), signal);
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
