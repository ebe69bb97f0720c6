// Filters mentors by their terms, and counts terms. The engine loads it with the first filter or
// the first counts.
import { everyone, Reader, readSeats, termsOf } from "./engine.js";

/** Who has a term; rest reads what else they have. */
async function valueOf(store, f, number) {
  const per = store.manifest.values;
  const at = store.facets[f].offset + number;
  const parts = await store.file("v", Math.floor(at / per), (reader) => {
    if (per === 1) return [reader];
    const sizes = Array.from({ length: Math.min(per, store.terms - at + (at % per)) }, () => reader.number());
    return sizes.map((size) => new Reader(reader.bytes.subarray(reader.at, (reader.at += size))));
  });
  const reader = parts?.[at % per];
  if (!reader?.bytes.length) return { seats: [], classes: [], counts: new Map() }; // nobody has it
  reader.at = 0;
  const value = readSeats(reader);
  value.counts = new Map();
  store.facets.forEach((_, other) => {
    if (other === f) return;
    const numbers = [];
    reader.ascending(reader.number(), (n) => numbers.push(n));
    value.counts.set(other, numbers.map((n) => [n, reader.number()]));
  });
  return value;
}

/** The values selected of each facet that is filtered by. Unknown facets and values are passed over. */
export async function select(store, filters) {
  const selected = [];
  for (const [f, { name }] of store.facets.entries()) {
    const ids = Object.hasOwn(filters, name) ? new Set(filters[name]) : new Set();
    if (!ids.size) continue;
    const terms = await termsOf(store, f);
    const numbers = [...ids].map((id) => terms?.byId.get(id)?.number).filter((n) => n !== undefined);
    if (numbers.length) selected.push({ f, values: await Promise.all(numbers.map((n) => valueOf(store, f, n))) });
  }
  for (const facet of selected) {
    facet.has = new Uint8Array(store.seats);
    facet.disjoint = true;
    for (const { seats } of facet.values) {
      for (const seat of seats) {
        if (facet.has[seat]) facet.disjoint = false;
        facet.has[seat] = 1;
      }
    }
  }
  return selected;
}

/** The seats of mentors that have a value of every facet. seats are those who match the query; undefined stands for all. */
export function narrow(selected, seats) {
  const [first, ...others] = selected;
  let kept = seats ? seats.filter((seat) => first.has[seat]) : union(first);
  for (const { has } of others) kept = kept.filter((seat) => has[seat]);
  return kept;
}

function union({ values, disjoint }) {
  const seats = values.flatMap((value) => value.seats);
  return disjoint ? seats : [...new Set(seats)];
}

function readPeople(store, size) {
  return (reader) => {
    const people = Array.from({ length: size }, () => []);
    for (const { offset } of store.facets) {
      for (const terms of people) reader.ascending(reader.number(), (n) => terms.push(offset + n));
    }
    return people;
  };
}

/**
 * Counts the terms of mentors by facet and number: of those who pass the filters of the other
 * facets. seats are those who match the query; undefined stands for all.
 */
async function count(store, selected, seats, check) {
  const counts = new Uint32Array(store.terms);
  const plain = async (f) => {
    for (const { number, count: n } of (await termsOf(store, f))?.byNumber.values() ?? []) counts[store.facets[f].offset + number] = n;
  };
  const every = store.facets.map((_, f) => f);
  if (!seats && !selected.length) {
    await Promise.all(every.map(plain));
    return counts;
  }
  if (!seats && selected.length === 1 && selected[0].disjoint) {
    const [{ f, values }] = selected;
    await plain(f);
    for (const value of values) {
      for (const [other, list] of value.counts) {
        for (const [n, has] of list) counts[store.facets[other].offset + n] += has;
      }
    }
    return counts;
  }
  // Whoever fails the filter of one facet still counts for that facet.
  const fails = new Int16Array(store.seats).fill(-1); // the facet that somebody fails, or -1
  const counted = [];
  for (const seat of seats ?? (await everyone(store, 0)).seats) {
    const failed = selected.filter(({ has }) => !has[seat]);
    if (failed.length > 1) continue;
    if (failed.length) fails[seat] = failed[0].f;
    counted.push(seat);
  }
  const size = store.manifest.people;
  const files = new Map();
  for (const seat of counted) {
    const i = Math.floor(seat / size);
    if (!files.has(i)) files.set(i, store.file("f", i, readPeople(store, Math.min(size, store.seats - i * size))));
  }
  for (const [i, file] of files) files.set(i, await file);
  check();
  for (const seat of counted) {
    const terms = files.get(Math.floor(seat / size))[seat % size];
    if (fails[seat] < 0) {
      for (const term of terms) counts[term]++;
    } else {
      const { offset, space } = store.facets[fails[seat]];
      for (const term of terms) if (term >= offset && term < offset + space) counts[term]++;
    }
  }
  return counts;
}

/** The same by the names of facets and the ids of terms. */
export async function counts(store, selected, seats, check) {
  const all = await count(store, selected, seats, check);
  const result = Object.create(null);
  await Promise.all(store.facets.map(async ({ name, offset }, f) => {
    const byId = (result[name] = Object.create(null));
    for (const { number, id } of (await termsOf(store, f))?.byNumber.values() ?? []) byId[id] = all[offset + number];
  }));
  return result;
}
