// Suggests mentors to a mentee: the generator's room "match" in JavaScript, held to the same
// cases. What the score is, what limits it and how equals are ordered is written there, and on
// the page itself. All is computed here; nothing that a visitor answers leaves the device.
import { canAsk, phaseOn, statusOn, takesRequests, week } from "./status.js";
import { isZone, overlapOn } from "./zones.js";

const enoughHours = 240; // minutes of a day
const unsaid = 500;
const agreed = new Set(["stages", "languages", "formats", "modes"]);

/** Reads match/facts.json: columns of characters become lists of numbers. */
export function decode(file) {
  const facets = {};
  for (const [name, { terms, of }] of Object.entries(file.facets)) {
    facets[name] = { terms, number: new Map(terms.map((id, i) => [id, i])), of: lists(of) };
  }
  return {
    weights: file.weights, ids: file.ids ? file.ids.split(" ") : [], facets,
    zones: { terms: file.zones.terms, of: numbers(file.zones.of) },
    rules: {
      terms: file.rules.terms.map(([written, from, until, months, full]) => ({ written, from, until, months, full: full === 1 })),
      of: numbers(file.rules.of),
    },
    free: numbers(file.free).map((n) => n - 1),
    programs: file.programs.map(({ id, cohorts }) => ({
      id, cohorts: cohorts.map(([opens, closes, starts, ends]) => ({ opens, closes, starts, ends })),
    })),
  };
}

function number(character) {
  let code = character.codePointAt(0);
  if (code > 0xdfff) code -= 0x800;
  if (code > 92) code--;
  return code - 35;
}

const numbers = (text) => Array.from(text, number);

function lists(text) {
  const all = [];
  let list = [];
  for (const character of text) {
    if (character === "!") {
      all.push(list);
      list = [];
    } else {
      list.push(number(character));
    }
  }
  return all;
}

// FNV-1a of a text's UTF-8, from a state on
function hash(text, state = 0x811c9dc5) {
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) > 127) return hashBytes(new TextEncoder().encode(text.slice(i)), state);
    state = Math.imul(state ^ text.charCodeAt(i), 0x01000193);
  }
  return state;
}

function hashBytes(bytes, state) {
  for (const byte of bytes) state = Math.imul(state ^ byte, 0x01000193);
  return state;
}

// the last step of MurmurHash3: a number between 0 and 2³²
function mix(h) {
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

const lots = 3;

// the best of a mentor's lots: equals are drawn, and several free places give one lot more
function lot(turns, id, free) {
  const state = hash("/", hash(id, turns));
  let best = 0xffffffff;
  for (let i = 0; i < (free > 1 ? lots + 1 : lots); i++) best = Math.min(best, mix(hash(String(i), state)));
  return best;
}

// what a mentee's answers are in the numbers of the facts
function prepare(facts, mentee) {
  const questions = [];
  for (const [facet, weight] of Object.entries(facts.weights)) {
    if (facet === "timezones") continue;
    const wanted = mentee.answers[facet] ?? [];
    if (!wanted.length) continue;
    const column = facts.facets[facet];
    const known = new Set(wanted.map((id) => column?.number.get(id)).filter((n) => n !== undefined));
    questions.push({ facet, weight, count: wanted.length, known, of: column?.of, agreed: agreed.has(facet) });
  }
  const zone = mentee.zone && facts.weights.timezones && isZone(mentee.zone) ? mentee.zone : "";
  return {
    questions,
    overlaps: zone ? facts.zones.terms.map((other) => (other && isZone(other) ? overlapOn(mentee.day, zone, other) : null)) : null,
    languages: questions.find(({ facet }) => facet === "languages"),
    status: facts.rules.terms.map((rule) => statusOn(rule, mentee.day)),
    open: new Set(facts.programs.filter(({ cohorts }) => takesRequests(phaseOn(cohorts, mentee.day)[0])).map(({ id }) => id)),
    programs: facts.facets.programs,
  };
}

function sharedCount(question, index) {
  let shared = 0;
  for (const n of question.of?.[index] ?? []) if (question.known.has(n)) shared++;
  return shared;
}

function shareOf(question, index) {
  const shared = sharedCount(question, index);
  if (!question.agreed) return Math.floor((shared * 1000) / question.count);
  if (shared > 0) return 1000;
  return question.of?.[index]?.length ? 0 : unsaid;
}

const overlapShare = (overlap) => (overlap ? Math.min(1000, Math.floor((overlap.awake * 1000) / enoughHours)) : unsaid);

function scoreOf(facts, ready, index) {
  let sum = 0;
  let all = 0;
  for (const question of ready.questions) {
    sum += question.weight * shareOf(question, index);
    all += question.weight;
  }
  if (ready.overlaps) {
    sum += facts.weights.timezones * overlapShare(ready.overlaps[facts.zones.of[index]]);
    all += facts.weights.timezones;
  }
  return all ? Math.floor(sum / all) : 0;
}

function limitOf(facts, mentee, ready, index) {
  const { languages, programs } = ready;
  if (languages?.of?.[index]?.length && sharedCount(languages, index) === 0) return "language";
  const status = ready.status[facts.rules.of[index]];
  if (!canAsk(status)) return status;
  const mine = (programs?.of[index] ?? []).map((n) => programs.terms[n]);
  if (mentee.program) {
    if (!mine.includes(mentee.program)) return "program";
    return ready.open.has(mentee.program) ? "" : "window";
  }
  return mine.length && !mine.some((id) => ready.open.has(id)) ? "window" : "";
}

/**
 * All mentors by how well they suit: {index, id, score, limit, waits}. mentee has answers (ids by
 * facet), zone, program, day and visitor. Those that a limit keeps out come last.
 */
export function rank(facts, mentee) {
  const ready = prepare(facts, mentee);
  const turns = hash(`${week(mentee.day)}/${mentee.visitor}/`);
  const results = facts.ids.map((id, index) => ({
    index, id, score: scoreOf(facts, ready, index), limit: limitOf(facts, mentee, ready, index),
    waits: ready.status[facts.rules.of[index]] === "waitlist", turn: lot(turns, id, facts.free[index]),
  }));
  return results.sort((a, b) =>
    (a.limit !== "") - (b.limit !== "") || a.waits - b.waits || b.score - a.score ||
    a.turn - b.turn || (a.id < b.id ? -1 : 1));
}

/** The reasons of a mentor's score, one for each question that was answered: {facet, share, shared, missing, unsaid, overlap}. */
export function explain(facts, mentee, index) {
  const ready = prepare(facts, mentee);
  const reasons = ready.questions.map((question) => {
    const terms = facts.facets[question.facet]?.terms ?? [];
    const theirs = new Set((question.of?.[index] ?? []).map((n) => terms[n]));
    const wanted = mentee.answers[question.facet];
    return {
      facet: question.facet, share: shareOf(question, index), unsaid: theirs.size === 0,
      shared: wanted.filter((id) => theirs.has(id)), missing: wanted.filter((id) => !theirs.has(id)),
    };
  });
  if (ready.overlaps) {
    const overlap = ready.overlaps[facts.zones.of[index]];
    reasons.push({ facet: "timezones", share: overlapShare(overlap), unsaid: !overlap, shared: [], missing: [], overlap });
  }
  return reasons.sort((a, b) => (a.facet < b.facet ? -1 : 1));
}

/** What is shown of a mentor's availability on the day, with the reasons: {status, free, from}. */
export function availabilityOf(facts, index, day) {
  const rule = facts.rules.terms[facts.rules.of[index]];
  return { status: statusOn(rule, day), free: facts.free[index], from: rule.from };
}
