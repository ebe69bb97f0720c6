// What a visitor keeps on this device: shortlist, requests, goals, worksheets, sessions.
// Nothing here is ever sent anywhere.
//
// Each record has a key of its own, stoa:<base path>:<kind>:<id>, so that two sites on one
// host, and two tabs of one site, do not overwrite each other. Where the visitor says that the
// device is shared, records live in the tab and end with it. Where the browser lets nothing
// be stored, they live in the page, and state() says so.
import { base } from "./site.js";

const prefix = `stoa:${base.pathname}:`;
const sharedKey = `${prefix}shared`;
const askedKey = `${prefix}asked`;
const memory = new Map();
const listeners = new Set();

/** "device" (kept), "tab" (a shared device: until the tab closes) or "page" (nothing can be stored). */
export function state() {
  try {
    const probe = `${prefix}probe`;
    localStorage.setItem(probe, "1");
    localStorage.removeItem(probe);
  } catch (error) {
    if (!isFull(error)) return "page";
  }
  return isShared() ? "tab" : "device";
}

function isFull(error) {
  return error?.name === "QuotaExceededError" || error?.name === "NS_ERROR_DOM_QUOTA_REACHED";
}

function isShared() {
  try {
    return sessionStorage.getItem(sharedKey) === "1";
  } catch {
    return false;
  }
}

function storage() {
  return isShared() ? sessionStorage : localStorage;
}

function name(kind, id) {
  return `${prefix}${kind}:${id}`;
}

/** The record, or undefined. One that cannot be read counts as absent, and stays where it is. */
export function get(kind, id) {
  const key = name(kind, id);
  let text = memory.get(key);
  try {
    text ??= storage().getItem(key) ?? undefined;
  } catch {
    // storage is switched off
  }
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Keeps a record. Gives "" when it is stored, else why not: "full" or "off"; it lasts for the page even then. */
export function set(kind, id, value) {
  const key = name(kind, id);
  const text = JSON.stringify(value);
  let reason = "";
  try {
    storage().setItem(key, text);
    memory.delete(key);
    persist();
  } catch (error) {
    memory.set(key, text);
    reason = isFull(error) ? "full" : "off";
  }
  tell(kind, id);
  return reason;
}

// A browser may forget what it stores when space gets short, unless it was asked not to. Some
// ask the visitor in turn, so this happens once, with the first thing that is kept.
function persist() {
  try {
    if (isShared() || localStorage.getItem(askedKey)) return;
    localStorage.setItem(askedKey, "1");
    navigator.storage?.persist?.().catch(() => {});
  } catch {
    // there is no room even for that
  }
}

/** Whether the browser promises to keep what is stored when space gets short. */
export async function isPersistent() {
  try {
    return await navigator.storage.persisted();
  } catch {
    return false;
  }
}

/** Begins or ends the mode for a shared computer: all records move to the tab, or back to the device. Gives "", "full" or "off". */
export function setShared(on) {
  const kept = all();
  try {
    if (on) {
      for (const [kind, id, value] of kept) sessionStorage.setItem(name(kind, id), JSON.stringify(value));
      sessionStorage.setItem(sharedKey, "1");
      for (const [kind, id] of kept) localStorage.removeItem(name(kind, id));
      localStorage.removeItem(askedKey);
    } else {
      for (const [kind, id, value] of kept) localStorage.setItem(name(kind, id), JSON.stringify(value));
      sessionStorage.removeItem(sharedKey);
      for (const [kind, id] of kept) sessionStorage.removeItem(name(kind, id));
    }
  } catch (error) {
    return isFull(error) ? "full" : "off";
  }
  return "";
}

/** Forgets a record. */
export function remove(kind, id) {
  const key = name(kind, id);
  memory.delete(key);
  try {
    storage().removeItem(key);
  } catch {
    // storage is switched off
  }
  tell(kind, id);
}

/** All records of a kind as [id, value] pairs, sorted by id. */
export function list(kind) {
  const start = name(kind, "");
  return keysFrom(start)
    .map((key) => key.slice(start.length))
    .map((id) => [id, get(kind, id)])
    .filter(([, value]) => value !== undefined);
}

/** All records as [kind, id, value], sorted. */
export function all() {
  return keysFrom(prefix)
    .map((key) => key.slice(prefix.length).match(/^([^:]+):(.+)$/s))
    .filter((parts) => parts)
    .map(([, kind, id]) => [kind, id, get(kind, id)])
    .filter(([, , value]) => value !== undefined);
}

function keysFrom(start) {
  const keys = new Set([...memory.keys()].filter((key) => key.startsWith(start)));
  try {
    const store = storage();
    for (let i = 0; i < store.length; i++) {
      if (store.key(i).startsWith(start)) keys.add(store.key(i));
    }
  } catch {
    // storage is switched off
  }
  return [...keys].sort();
}

/** Calls listener(kind, id, elsewhere) when a record changes, here or (elsewhere) in another tab. Gives a function that ends it. */
export function watch(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(kind, id, elsewhere = false) {
  for (const listener of listeners) listener(kind, id, elsewhere);
}

addEventListener("storage", (event) => {
  if (!event.key?.startsWith(prefix)) return;
  const rest = event.key.slice(prefix.length);
  const colon = rest.indexOf(":");
  if (colon > 0) tell(rest.slice(0, colon), rest.slice(colon + 1), true);
});
