// The records of a plan (goals, worksheets, sessions): how they are made, changed and told apart.
//
// Every record has an id, the time it was last changed, and a revision: how often each device
// changed it, as {"device": count}. So two copies can be compared: one comes after the other when
// none of its counts is smaller; where each has a greater one, they diverged. A device is a random
// tag of this browser, made for nothing else.
//
// A change reads the record, changes one thing and writes it back at once, so two tabs that
// work on different fields of one record both keep what they wrote. A browser may tell a tab a moment
// late what another one wrote; where that tab has then written an older copy over it, the field is
// put back.
import { get, set, watch } from "./device.js";

/** The kinds of records that have a revision. */
export const kinds = ["goal", "worksheet", "session"];

/** The kinds that people think of as theirs, in what is counted; others are choices and drafts. */
export const things = [...kinds, "shortlist", "request"];

/** A random id. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// This browser's tag in revisions.
function thisDevice() {
  let device = get("device", "this")?.tag;
  if (typeof device !== "string") {
    device = newId().slice(0, 8);
    set("device", "this", { tag: device });
  }
  return device;
}

function now() {
  return new Date().toISOString();
}

/** A new record, not kept yet. */
export function fresh(value) {
  return { id: newId(), rev: {}, created: now(), updated: now(), ...value };
}

/**
 * Changes a record and keeps it: change is handed the record as it is now, or last where it has
 * gone (removed in another tab), so that nothing typed is lost. path is the one field that it
 * changes, if it is one. Gives the record and why it could not be stored: "", "full" or "off".
 */
export function edit(kind, last, change, path) {
  const record = get(kind, last.id) ?? structuredClone(last);
  const before = path && JSON.stringify(at(record, path));
  change(record);
  if (path) note(kind, record, path, before);
  const device = thisDevice();
  record.rev = { ...record.rev, [device]: (record.rev?.[device] ?? 0) + 1 };
  record.updated = now();
  return [record, set(kind, record.id, record)];
}

// What this tab wrote in the last seconds: by record and path, the value and what was there before.
const written = new Map();
const late = 5000; // milliseconds

function note(kind, record, path, before) {
  const key = JSON.stringify([kind, record.id, ...path]);
  const known = written.get(key);
  const befores = known && Date.now() - known.when < late ? known.befores : new Set();
  written.set(key, { kind, id: record.id, path, befores: befores.add(before), value: JSON.stringify(at(record, path)), when: Date.now() });
}

watch((kind, id, elsewhere) => {
  if (!elsewhere) return;
  for (const [key, entry] of written) {
    if (Date.now() - entry.when > late) written.delete(key);
    else if (entry.kind === kind && entry.id === id) putBack(entry);
  }
});

function putBack({ kind, id, path, befores, value }) {
  const record = get(kind, id);
  const now = record && JSON.stringify(at(record, path));
  if (!record || now === value || !befores.has(now)) return;
  edit(kind, record, (copy) => setAt(copy, path, value === undefined ? undefined : JSON.parse(value)));
}

/** What a path of keys leads to; in a list of things, the key is the id of one. */
export function at(record, path) {
  return path.reduce((value, key) => step(value, key), record);
}

/** Sets what a path leads to. Where a thing of a list has gone (removed in another tab), nothing happens. */
export function setAt(record, path, value) {
  let parent = record;
  for (const key of path.slice(0, -1)) {
    if (!Array.isArray(parent)) parent[key] ??= {};
    parent = step(parent, key);
    if (!parent) return;
  }
  parent[path.at(-1)] = value;
}

function step(value, key) {
  if (Array.isArray(value)) return value.find((item) => item.id === key);
  return value?.[key];
}

/** "same", "older" (mine comes after theirs), "newer" (theirs comes after mine) or "diverged". */
export function compare(mine, theirs) {
  const devices = new Set([...Object.keys(mine.rev ?? {}), ...Object.keys(theirs.rev ?? {})]);
  let [less, more] = [false, false];
  for (const device of devices) {
    const difference = (theirs.rev?.[device] ?? 0) - (mine.rev?.[device] ?? 0);
    if (difference < 0) less = true;
    if (difference > 0) more = true;
  }
  if (less && more) return "diverged";
  if (less) return "older";
  return more ? "newer" : "same";
}

/** The revision that comes after both. */
export function after(mine, theirs) {
  const rev = { ...mine.rev };
  for (const [device, count] of Object.entries(theirs.rev ?? {})) rev[device] = Math.max(rev[device] ?? 0, count);
  return rev;
}

/** How many changes a record has seen: a revision as one number, for people and calendars. */
export function revision(record) {
  return Object.values(record.rev ?? {}).reduce((sum, count) => sum + count, 0);
}

/** Today, where the visitor is: 2026-11-23. */
export function today() {
  return dayOf(new Date());
}

/** The civil day of a moment, where the visitor is. */
export function dayOf(moment) {
  const two = (n) => String(n).padStart(2, "0");
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

/** The day that is n days after a day; "" stays "". */
export function addDays(day, n) {
  if (!isDay(day)) return "";
  const [year, month, date] = day.split("-").map(Number);
  return new Date(Date.UTC(year, month - 1, date + n)).toISOString().slice(0, 10);
}

/** How many days lie from one day to another. */
export function daysBetween(from, to) {
  return Math.round((Date.parse(`${to}T00:00Z`) - Date.parse(`${from}T00:00Z`)) / 86_400_000);
}

/** Whether a text is a day of the calendar. */
export function isDay(text) {
  return /^\d{4}-\d{2}-\d{2}$/.test(text ?? "") && !Number.isNaN(Date.parse(`${text}T00:00Z`));
}
