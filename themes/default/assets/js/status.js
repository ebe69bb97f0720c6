// Whether a mentor can be asked, and whether a program takes people, on a day. The same rules
// as the generator's (Rule.On and the phases of programs), held to the same cases, because a
// page is read long after it was made. Days are texts such as 2026-10-12, which compare as
// they are; one that is not given is "".

/** The day that the visitor's clock shows. */
export function today(now = new Date()) {
  const two = (n) => String(n).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** A day some days later, or earlier. */
export function addDays(day, count) {
  return new Date(Date.parse(day) + count * 86_400_000).toISOString().slice(0, 10);
}

/** How many days one day is after another. */
export function daysBetween(from, to) {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** The ISO 8601 week, such as 2026-W48: it starts on Monday and belongs to the year of its Thursday. */
export function week(day) {
  const date = new Date(Date.parse(day));
  const thursday = new Date(date.getTime() + (4 - (date.getUTCDay() || 7)) * 86_400_000);
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return `${thursday.getUTCFullYear()}-W${String(Math.floor((thursday - first) / 604_800_000) + 1).padStart(2, "0")}`;
}

/** What is shown of an availability: written, from, until, months (1–12) and full. */
export function statusOn({ written, from, until, months, full }, day) {
  const early = !!from && day < from;
  const late = !!until && day > until;
  if (written === "paused") {
    if (!early && !late) return "paused";
  } else if (written && written !== "open") {
    return written;
  } else if (early) {
    return "later";
  } else if (late) {
    return "ended";
  }
  if (months?.length && !months.includes(Number(day.slice(5, 7)))) return "off-season";
  return full ? "full" : "open";
}

/** Whether a request makes sense. */
export const canAsk = (status) => status === "open" || status === "waitlist";

function cohortOn({ opens, closes, starts, ends }, day) {
  const reached = (date) => !!date && day >= date;
  const passed = (date) => !!date && day > date;
  if (passed(ends)) return ["ended", ""];
  if (reached(starts) && !(reached(opens) && closes && !passed(closes))) return ["running", ends];
  if (reached(opens) && !passed(closes)) return ["open", closes || starts];
  if (reached(opens)) return ["closed", starts];
  return ["upcoming", opens || starts];
}

const rank = { open: 0, running: 1, closed: 2, upcoming: 3, ended: 4 };

/**
 * Where a program stands, and the day on which that changes: [phase, day or ""]. Its cohorts
 * give the days opens, closes, starts and ends; without any, one can join at any time.
 */
export function phaseOn(cohorts, day) {
  if (!cohorts.length) return ["rolling", ""];
  let best = "ended";
  let next = "";
  for (const cohort of cohorts) {
    const [phase, change] = cohortOn(cohort, day);
    if (rank[phase] < rank[best] || (phase === best && change && (!next || change < next))) {
      best = phase;
      next = change ?? "";
    }
  }
  return [best, next ?? ""];
}

/** Whether one can ask for a mentor in a program of that phase. */
export const takesRequests = (phase) => phase === "open" || phase === "rolling";

/** Reads cohorts as the attribute data-cohorts has them: "opens/closes/starts/ends", one after the other. */
export function readCohorts(text) {
  return (text ?? "").split(" ").filter(Boolean).map((cohort) => {
    const [opens, closes, starts, ends] = cohort.split("/");
    return { opens, closes, starts, ends };
  });
}
