// What a meeting is: an agenda that the open goals propose, notes, actions, a look back; and how much
// time meetings took.
import { day, t } from "./site.js";
import { addDays, fresh, isDay, today } from "./plan.js";
import { duties } from "./goal.js";

/** What one looks back on after a meeting. */
export const reflections = ["learned", "open", "thanks"];

/** A meeting of today. It is not kept yet. */
export function newSession(goals, sessions) {
  const last = latest(sessions)[0];
  return fresh({
    date: today(), time: "", minutes: last?.minutes || 60, with: last?.with ?? "", agenda: proposals(goals, sessions).join("\n"),
    notes: "", actions: [], reflection: {},
  });
}

/** Meetings, the last one first. */
export function latest(sessions) {
  return [...sessions].sort((a, b) => `${b.date}${b.time ?? ""}`.localeCompare(`${a.date}${a.time ?? ""}`));
}

/** Lines for an agenda: what is overdue or due within three weeks, and actions that are open. */
export function proposals(goals, sessions) {
  const until = addDays(today(), 21);
  const lines = [];
  for (const session of latest(sessions).slice(0, 10)) {
    for (const action of session.actions ?? []) if (!action.done && action.what) lines.push(action.owner ? `${action.what} (${action.owner})` : action.what);
  }
  for (const goal of goals) {
    for (const duty of duties(goal).filter((duty) => duty.day <= until).slice(0, 3)) {
      lines.push(duty.kind === "milestone" ? `${goal.title}: ${duty.what} (${day(duty.day)})` : [`${goal.title}:`, ...duty.questions].join(" "));
    }
  }
  return [...new Set(lines)].slice(0, 12);
}

/** Open actions with a date as duties, soonest first. */
export function openActions(sessions) {
  return sessions.flatMap((session) => (session.actions ?? [])
    .filter((action) => !action.done && action.what && isDay(action.date))
    .map((action) => ({ day: action.date, what: action.owner ? `${action.what} (${action.owner})` : action.what, kind: "action", session })));
}

/** Minutes of meetings in the month of a day. */
export function minutesIn(sessions, day) {
  return sessions.filter((session) => session.date?.slice(0, 7) === day.slice(0, 7)).reduce((sum, session) => sum + (session.minutes || 0), 0);
}

/** A meeting as an outline. */
export function outline(session) {
  const heading = session.with ? t("session.title_with", { date: isDay(session.date) ? day(session.date) : "", name: session.with }) : t("session.title", { date: isDay(session.date) ? day(session.date) : "" });
  const blocks = [["h1", heading]];
  if (session.minutes) blocks.push(["p", t("session.minutes", { count: session.minutes })]);
  if (session.agenda) blocks.push(["h2", t("session.agenda")], ["ul", session.agenda.split("\n").filter((line) => line.trim())]);
  if (session.notes) blocks.push(["h2", t("session.notes")], ["p", session.notes]);
  const actions = (session.actions ?? []).filter((action) => action.what);
  if (actions.length) {
    blocks.push(["h2", t("session.actions")], ["table", {
      head: [t("session.done"), t("session.what"), t("session.owner"), t("session.when")],
      rows: actions.map((action) => [action.done ? "\u2611" : "\u2610", action.what, action.owner ?? "", isDay(action.date) ? day(action.date) : ""]),
    }]);
  }
  const looks = reflections.filter((key) => session.reflection?.[key]);
  if (looks.length) blocks.push(["h2", t("session.after")]);
  for (const key of looks) blocks.push(["h3", t(`session.${key}`)], ["p", session.reflection[key]]);
  return blocks;
}
