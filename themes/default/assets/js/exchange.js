// Takes what is kept on the device along, and brings it back: all of it as one file, or one thing
// as a file or as a link. The format is described by my/plan.schema.json:
//
//   {"stoa": "plan", "version": 2, "site": "https://…", "exported": "2026-11-23T10:00:00Z",
//    "records": {"goal": {"<id>": {…}}, "worksheet": {…}, "session": {…}, …}}
//
// What comes in is not trusted: it is read whole and checked before anything is kept, and
// when it cannot all be kept, nothing is.
import { base, home } from "./site.js";
import { all, get, remove, set } from "./device.js";
import { after, compare, fresh, isDay, kinds, newId } from "./plan.js";

export const version = 2;
const mostCharacters = 20_000_000;
const mostRecords = 20_000;
const mostText = 100_000;

// What belongs to this browser alone, and not to the person.
const ofTheDevice = ["device", "exported"];

/** A file that cannot be used. key names the word that says why, values go into it. */
export class Refused extends Error {
  constructor(key, values = {}) {
    super(key);
    this.key = key;
    this.values = values;
  }
}

function envelope(records) {
  return { stoa: "plan", version, site: base.href, exported: new Date().toISOString(), records };
}

/** All records, as the text of a file. */
export function exportAll() {
  const records = {};
  for (const [kind, id, value] of all()) {
    if (!ofTheDevice.includes(kind)) (records[kind] ??= {})[id] = value;
  }
  return JSON.stringify(envelope(records), null, 1);
}

/** One record, for somebody else: without notes to oneself. */
export function exportOne(kind, record) {
  const { notes, ...rest } = record;
  return JSON.stringify(envelope({ [kind]: { [record.id]: kind === "goal" ? rest : record } }), null, 1);
}

/** Reads a file, of this version or an older one: records by kind and id. Throws Refused. */
export function readFile(text) {
  if (text.length > mostCharacters) throw new Refused("exchange.too_big");
  let file;
  try {
    file = JSON.parse(text);
  } catch {
    throw new Refused("exchange.not_json");
  }
  if (!isTable(file) || file.stoa !== "plan") throw new Refused("exchange.not_plan");
  if (!Number.isInteger(file.version) || file.version < 1) throw new Refused("exchange.not_plan");
  if (file.version > version) throw new Refused("exchange.too_new");
  const records = file.version === 1 ? fromVersion1(file) : file.records;
  if (!isTable(records)) throw new Refused("exchange.not_plan");
  const checked = {};
  let count = 0;
  for (const [kind, table] of Object.entries(records)) {
    if (!/^[a-z][a-z-]*$/.test(kind) || !isTable(table)) throw new Refused("exchange.broken", { what: kind });
    if (ofTheDevice.includes(kind)) continue;
    checked[kind] = {};
    for (const [id, record] of Object.entries(table)) {
      if (++count > mostRecords) throw new Refused("exchange.too_big");
      if (!isTable(record) || !id || id.length > 128) throw new Refused("exchange.broken", { what: `${kind} ${id.slice(0, 40)}` });
      checked[kind][id] = kinds.includes(kind) ? check(kind, id, record) : record;
    }
  }
  return checked;
}

// Version 1 had lists of goals, worksheets and sessions, one number as the revision, and a milestone
// that was done said on which day.
function fromVersion1(file) {
  const records = {};
  for (const [list, kind] of [["goals", "goal"], ["worksheets", "worksheet"], ["sessions", "session"]]) {
    if (file[list] === undefined) continue;
    if (!Array.isArray(file[list])) throw new Refused("exchange.broken", { what: list });
    records[kind] = {};
    for (const old of file[list]) {
      if (!isTable(old) || typeof old.id !== "string") throw new Refused("exchange.broken", { what: list });
      const record = { ...old, rev: { v1: Number.isInteger(old.rev) && old.rev > 0 ? old.rev : 1 }, updated: old.updated ?? file.exported ?? "" };
      if (Array.isArray(old.milestones)) {
        record.milestones = old.milestones.map((step, i) => (isTable(step) ? { id: `m${i + 1}`, ...step, done: Boolean(step.done) } : step));
      }
      if (kind === "worksheet" && record.values === undefined) {
        record.values = record.answers ?? {};
        delete record.answers;
      }
      records[kind][old.id] = record;
    }
  }
  return records;
}

function isTable(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// The shapes of values; a record is refused where one differs. Keys not named here are kept.
const text = (value) => typeof value === "string" && value.length <= mostText;
const day = (value) => value === "" || isDay(value);
const clock = (value) => value === "" || /^([01]\d|2[0-3]):[0-5]\d$/.test(value);
const whole = (most) => (value) => Number.isInteger(value) && value >= 0 && value <= most;
const flag = (value) => typeof value === "boolean";
const listOf = (shape) => (value) => Array.isArray(value) && value.length <= 1000 && value.every(shape);
const tableOf = (shape) => (value) => isTable(value) && Object.values(value).every(shape);
const like = (shapes, needs = []) => (value) => isTable(value) && needs.every((key) => key in value) &&
  Object.entries(shapes).every(([key, shape]) => value[key] === undefined || shape(value[key]));

const shapes = {
  goal: like({
    template: text, lang: text, title: text, statement: text, start: day, weeks: whole(520), time: clock, notes: text,
    status: (value) => ["open", "reached", "left"].includes(value),
    smart: listOf(like({ name: text, prompt: text, example: text })),
    grow: listOf(like({ name: text, questions: listOf(text) })),
    answers: tableOf(text),
    measures: listOf(like({ id: text, name: text, unit: text, baseline: text, target: text, now: text }, ["id"])),
    milestones: listOf(like({ id: text, title: text, evidence: text, week: whole(520), date: day, done: flag }, ["id"])),
    checkIns: listOf(like({ id: text, week: whole(520), date: day, questions: listOf(text), notes: text }, ["id"])),
  }, ["title"]),
  worksheet: like({
    worksheet: text, kind: text, title: text, labels: tableOf(text),
    values: tableOf((value) => text(value) || flag(value) || listOf(text)(value) || listOf(listOf(text))(value)),
  }, ["worksheet", "values"]),
  session: like({
    date: day, time: clock, minutes: whole(1440), with: text, agenda: text, notes: text, reflection: tableOf(text),
    actions: listOf(like({ id: text, what: text, owner: text, date: day, done: flag }, ["id"])),
  }, ["date"]),
};
const anyRecord = like({ id: text, rev: tableOf(whole(1_000_000_000)), updated: text, created: text }, ["id", "rev"]);

function check(kind, id, record) {
  if (!anyRecord(record) || record.id !== id || !/^[\w-]{1,64}$/.test(id) || !shapes[kind](record)) {
    throw new Refused("exchange.broken", { what: `${kind} ${id.slice(0, 40)}` });
  }
  return record;
}

/**
 * Says what bringing records in would do: each as {kind, id, theirs, mine, how}, where how is "new",
 * "newer", "older", "same" or "diverged".
 */
export function weigh(records) {
  const found = [];
  for (const [kind, table] of Object.entries(records)) {
    for (const [id, theirs] of Object.entries(table)) {
      const mine = get(kind, id);
      found.push({ kind, id, theirs, mine, how: mine === undefined ? "new" : relation(kind, mine, theirs) });
    }
  }
  return found;
}

function relation(kind, mine, theirs) {
  if (kinds.includes(kind)) {
    const how = compare(mine, theirs);
    return how === "same" && !equal(kind, mine, theirs) ? "diverged" : how;
  }
  if (JSON.stringify(mine) === JSON.stringify(theirs)) return "same";
  return (theirs.updated ?? "") > (mine.updated ?? "") ? "newer" : "older";
}

// Whether two copies say the same; notes to oneself are not shared, and may be missing.
function equal(kind, mine, theirs) {
  const essence = ({ rev, updated, created, notes, ...rest }) => JSON.stringify(kind === "goal" ? rest : { ...rest, notes }, (_, value) =>
    isTable(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value);
  return essence(mine) === essence(theirs);
}

/** Keeps all that is new or newer; what diverged is left to choose. Keeps nothing where not all can be kept: gives "", "full" or "off". */
export function bringIn(found) {
  const done = [];
  for (const { kind, id, theirs, mine, how } of found) {
    if (how !== "new" && how !== "newer") continue;
    const reason = set(kind, id, withNotes(theirs, mine));
    done.push([kind, id, mine]);
    if (reason) {
      for (const [kind, id, before] of done.reverse()) {
        if (before === undefined) remove(kind, id);
        else set(kind, id, before);
      }
      return reason;
    }
  }
  return "";
}

function withNotes(theirs, mine) {
  return mine?.notes && theirs.notes === undefined ? { ...theirs, notes: mine.notes } : theirs;
}

/** Settles what diverged: choice is "theirs", "mine" or "both". Gives "", "full" or "off". */
export function settle({ kind, id, theirs, mine }, choice, titleOfCopy) {
  if (choice === "both") {
    const copy = fresh({ ...theirs, id: newId() });
    if (copy.title !== undefined) copy.title = titleOfCopy(copy.title);
    return set(kind, copy.id, copy);
  }
  const kept = choice === "theirs" ? withNotes(theirs, mine) : mine;
  return set(kind, id, { ...kept, rev: after(mine, theirs) });
}

/** A link that carries a record to somebody else, in the part of the address after #, which browsers never send. */
export async function linkTo(kind, record) {
  return `${new URL("my/", home)}#shared=${await toFragment(exportOne(kind, record))}`;
}

async function toFragment(file) {
  const compact = JSON.stringify(JSON.parse(file));
  const packed = new Blob([compact]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The file in such a part. Throws Refused. */
export async function fromFragment(fragment) {
  try {
    const binary = atob(fragment.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
    const decoder = new TextDecoder();
    let file = "";
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      file += decoder.decode(part.value, { stream: true });
      if (file.length > mostText * 20) throw new Refused("exchange.too_big");
    }
    return file + decoder.decode();
  } catch (error) {
    throw error instanceof Refused ? error : new Refused("exchange.broken_link");
  }
}
