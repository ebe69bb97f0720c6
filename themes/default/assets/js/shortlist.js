// The mentors whom a visitor saves on this device, in the order of preference. A record is
// {id, name, url, note, rank, saved}; ranks are numbers with gaps, and the first is the smallest.
import * as device from "./device.js";
import { today } from "./status.js";

/** The saved mentors, the first choice first. */
export function all() {
  return device.list("shortlist").map(([, record]) => record)
    .filter((record) => typeof record?.id === "string" && record.id && typeof record.name === "string")
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0) || (a.id < b.id ? -1 : 1));
}

export const has = (id) => device.get("shortlist", id) !== undefined;

/** Saves a mentor at the end of the list. Gives "" or why it is not kept: "full" or "off". */
export function add({ id, name, url }) {
  const last = all().at(-1)?.rank ?? 0;
  return device.set("shortlist", id, { id, name, url, note: "", rank: last + 1, saved: today() });
}

/** Changes parts of a record. */
export function change(id, part) {
  const record = device.get("shortlist", id);
  return record ? device.set("shortlist", id, { ...record, ...part }) : "";
}

/** Takes a mentor off the list, and gives the record, to put back. */
export function drop(id) {
  const record = device.get("shortlist", id);
  device.remove("shortlist", id);
  return record;
}

export const putBack = (record) => device.set("shortlist", record.id, record);

/** Moves a mentor by one place, -1 up or 1 down, and numbers all anew. Gives the new place, from 1. */
export function move(id, by) {
  const list = all();
  const from = list.findIndex((record) => record.id === id);
  const to = Math.min(list.length - 1, Math.max(0, from + by));
  if (from < 0) return 0;
  list.splice(to, 0, ...list.splice(from, 1));
  list.forEach((record, i) => {
    if (record.rank !== i + 1) device.set("shortlist", record.id, { ...record, rank: i + 1 });
  });
  return to + 1;
}

export const watch = (listener) => device.watch((kind) => kind === "shortlist" && listener());
