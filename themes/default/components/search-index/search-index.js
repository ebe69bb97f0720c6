// The way from the page to the search engine: it is loaded when somebody first searches, and
// what goes wrong is said in words.
import { lang, t } from "./site.js";

let opened;
let engine; // it knows how the index folds words

/** The index of the site in the page's language. It is loaded when it is first asked for, and asked for again after a failure. */
export function searchIndex() {
  opened ??= load().catch((error) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

/** Whether this browser can search at all. */
export function canSearch() {
  return "DecompressionStream" in globalThis;
}

async function load() {
  if (!canSearch()) throw failure("unsupported");
  [engine] = await late(import("./search/engine.js"));
  return engine.openIndex(lang);
}

/** Modules that are imported when they are needed; without one of them there is no search. */
export async function late(...modules) {
  try {
    return await Promise.all(modules);
  } catch (cause) {
    throw failure(navigator.onLine ? "missing" : "offline", cause);
  }
}

function failure(reason, cause) {
  return Object.assign(new Error(reason, { cause }), { reason });
}

/** Why a search failed: "offline", "missing", "damaged" or "unsupported". */
export function reasonOf(error) {
  return ["offline", "damaged", "unsupported"].includes(error?.reason) ? error.reason : "missing";
}

/** The same in words. What is no failure of the search is a fault of the page, and is reported as one. */
export function explain(error) {
  if (!error?.reason) reportError(error);
  return t(`search.${reasonOf(error)}`);
}

/** A text folded as the index folds words, so that case and accents do not matter. */
export function fold(text) {
  return engine ? engine.fold(text) : text.toLowerCase();
}

/** Whether a word is of a script that is written without spaces. */
export function isDense(word) {
  return engine?.isDense(word) ?? false;
}

/**
 * Runs one search at a time: what is asked for later makes what was asked for before stop, as
 * stop() does. work is handed the index, a signal that ends it, and a function to call when there
 * is something to see; slow is called when that was not within 300 ms. A run may wait some
 * milliseconds before it begins, for another key.
 */
export function oneAtATime(slow) {
  let last;
  const run = async (work, wait = 0) => {
    last?.abort();
    const { signal } = (last = new AbortController());
    const timer = setTimeout(() => signal.aborted || slow(), wait + 300);
    try {
      if (wait) await new Promise((resolve) => setTimeout(resolve, wait));
      if (signal.aborted) return;
      const index = await searchIndex();
      if (!signal.aborted) await work(index, signal, () => clearTimeout(timer));
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      clearTimeout(timer);
    }
  };
  run.stop = () => last?.abort();
  return run;
}
