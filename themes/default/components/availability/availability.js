// Says on the visitor's day what the page said on its own: a mentor who is back since then, a
// registration that closed. Elements whose word changes get it and its sign; nothing moves.
import { day as dayName, has, home, learn, t } from "./site.js";
import { daysBetween, phaseOn, readCohorts, statusOn, today } from "./status.js";

/** The rule that an element of the component availability carries. */
export function ruleOf(element) {
  const data = element.dataset;
  return {
    written: data.written, from: data.from, until: data.until, full: "full" in data,
    months: data.months?.split(" ").map(Number) ?? [],
  };
}

/** The status that an element shows. */
export function shownStatus(element) {
  return [...element.classList].find((name) => name.startsWith("is-"))?.slice(3) ?? "";
}

function show(element, group, status, text) {
  const before = shownStatus(element);
  if (before === status) return;
  element.classList.replace(`is-${before}`, `is-${status}`);
  const use = element.querySelector("use");
  if (use) use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#${group}-${status}`));
  const words = element.querySelector("span");
  if (words) words.textContent = text;
}

/** What is said of a status. */
export function statusText(status, { free = -1, from = "" } = {}) {
  if (status === "open" && free > 0) return t("availability.free", { count: free });
  if (status === "later") return from ? t("availability.from", { date: dayName(from) }) : t("availability.later");
  return has(`status.${status}`) ? t(`status.${status}`) : status;
}

const changing = ".availability[data-written], .status[data-cohorts]";

/** Says again what elements below root show, as of a day. The page has the words, or readDay was waited for. */
export function refresh(root = document, on = today()) {
  for (const element of root.querySelectorAll(changing)) {
    if (element.matches(".availability")) {
      const status = statusOn(ruleOf(element), on);
      show(element, "status", status, statusText(status, { free: Number(element.dataset.free), from: element.dataset.from }));
    } else {
      const [phase, next] = phaseOn(readCohorts(element.dataset.cohorts), on);
      const dated = next && !("brief" in element.dataset);
      show(element, "program", phase, dated ? t(`program_next.${phase}`, { date: dayName(next) }) : t(`program_status.${phase}`));
    }
  }
}

let reading;

/** Reads the day of which the site speaks ("" where that cannot be told), and the words for what may have changed since. */
export function readDay() {
  reading ??= fetch(new URL("match/day.json", home), { cache: "no-cache" })
    .then((answer) => (answer.ok ? answer.json() : {}))
    .catch(() => ({})) // offline
    .then(({ as_of: asOf = "", words = {} }) => {
      learn(words);
      return asOf;
    });
  return reading;
}

// A page that is weeks old says so; one that does not give its day asks the site for it.
function sayAge(note, siteDay) {
  const made = note.dataset.asOf || siteDay;
  if (!made) return;
  const old = daysBetween(made, today()) > 31;
  note.textContent = t(old ? "availability.stale" : "availability.as_of", { date: dayName(made) });
  note.hidden = false;
}

const notes = document.querySelectorAll("[data-as-of]");
if (notes.length || document.querySelector(changing)) {
  const siteDay = await readDay();
  if (has("status.open")) {
    refresh();
    for (const note of notes) sayAge(note, siteDay);
    document.dispatchEvent(new CustomEvent("availability"));
  }
}
