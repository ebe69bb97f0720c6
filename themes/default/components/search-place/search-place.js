// Where a visitor was on a page that a script fills: how far it was scrolled and what had the
// focus, for each entry of the history, so that Back, Forward and reload lead there again. The
// browser cannot do it, because the list is made only after it would have scrolled.
import { base } from "./site.js";

const prefix = `stoa:${base.pathname}:place:`;
let root;

/** Begins to note places on this page; what may have the focus is below an element. */
export function keepPlaces(element) {
  root = element;
  history.scrollRestoration = "manual";
  if (!history.state?.place) history.replaceState({ place: newName() }, "");
  current = history.state.place;
  addEventListener("pagehide", note);
  addEventListener("popstate", () => {
    note(); // the place that was left: nothing has scrolled yet
    current = history.state?.place ?? newName();
  });
}

let current = "";

function newName() {
  return `${Math.round(performance.timeOrigin + performance.now())}-${Math.random().toString(36).slice(2, 8)}`;
}

function note() {
  const focus = root.contains(document.activeElement) ? nameOf(document.activeElement) : "";
  try {
    sessionStorage.setItem(prefix + current, JSON.stringify({ y: scrollY, focus }));
  } catch {
    // storage is switched off, or full: the page begins at its top
  }
}

/** Writes an address into the history: as a new step, or in the place of the one before. */
export function step(address, replace) {
  if (replace) {
    history.replaceState(history.state, "", address);
    return;
  }
  note();
  current = newName();
  history.pushState({ place: current }, "", address);
}

/** Where the visitor was in the present entry of the history, or null when they have not been there. */
export function placeOf() {
  try {
    return JSON.parse(sessionStorage.getItem(prefix + current));
  } catch {
    return null;
  }
}

/** Leads back to a place. The focus stays where the visitor has put it in the meantime. */
export function resume({ y, focus }) {
  if (focus && document.activeElement === document.body) {
    const element = [...root.querySelectorAll("a[href], input, select, button")].find((other) => nameOf(other) === focus);
    element?.focus({ preventScroll: true });
  }
  scrollTo({ top: y, behavior: "instant" });
}

// What tells an element from others, also after the list was made anew.
function nameOf(element) {
  if (element.matches("a[href]")) return element.getAttribute("href");
  if (element.matches("input[type=checkbox]")) return `${element.name}=${element.value}`;
  return element.id || element.name || element.getAttribute("aria-label") || "";
}
