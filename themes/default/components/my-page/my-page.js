// The page of what the visitor keeps: what is due, goals, meetings, worksheets; and one of them,
// where the part of the address after # says which: #goal=<id>, #session=<id>, #shared=<a file>.
import { day, home, locale, make, t } from "./site.js";
import { get, list, remove, set, state, watch } from "./device.js";
import { addDays, kinds, today } from "./plan.js";
import { duties, newGoal } from "./goal.js";
import { latest, minutesIn, newSession, openActions } from "./session.js";
import { progressList, showGoal } from "./goal-plan.js";
import { showSession } from "./session-log.js";
import { backupIsDue, exportPlan, receive, showData } from "./my-data.js";
import { button, sayReason } from "./take.js";
import { hoursOf, people } from "./people.js";

const overview = document.querySelector("[data-my-overview]");
const view = document.querySelector("[data-my-view]");
const place = (name) => overview.querySelector(`[data-my="${name}"]`);
const records = (kind) => list(kind).map(([, record]) => record);
const hours = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
let current;
let frame;
const shownAll = new Set();

function route() {
  const query = new URLSearchParams(location.hash.slice(1));
  current = undefined;
  for (const [kind, open] of [["goal", showGoal], ["session", showSession]]) {
    const id = query.get(kind);
    if (!id) continue;
    enter();
    const shown = open(view, id, leave);
    if (shown) {
      current = { kind, id, ...shown };
      shown.title.focus();
    } else {
      view.replaceChildren(make("p", { class: "notice" }, t("plan.not_here")), make("p", {}, make("a", { href: "#" }, t("plan.back"))));
    }
    return;
  }
  if (query.has("shared")) {
    enter();
    receive(view, query.get("shared"), taken, true);
    return;
  }
  view.hidden = true;
  view.replaceChildren();
  overview.hidden = false;
  document.body.classList.remove("is-one");
  draw();
}

function enter() {
  overview.hidden = true;
  view.hidden = false;
  document.body.classList.add("is-one");
}

function leave() {
  location.hash = "";
}

function taken(one) {
  if (one.kind === "worksheet") location.href = worksheetAddress(one.theirs);
  else location.hash = `${one.kind}=${one.id}`;
}

function worksheetAddress(record) {
  return `${new URL(`worksheets/${encodeURIComponent(record.worksheet)}/`, home)}#copy=${encodeURIComponent(record.id)}`;
}

// Draws once after many changes, such as a record that comes back with all others.
function drawSoon() {
  cancelAnimationFrame(frame);
  frame = requestAnimationFrame(() => {
    if (!overview.hidden) draw();
  });
}

function draw() {
  const [goals, sessions, sheets] = [records("goal"), latest(records("session")), records("worksheet")];
  drawState();
  drawDue(goals, sessions);
  drawGoals(goals);
  drawSessions(sessions);
  drawSheets(sheets);
  showData(place("data"), (text) => {
    enter();
    receive(view, text, taken);
  }, draw);
}

function drawState() {
  const notes = [];
  if (state() !== "device") notes.push(make("p", { class: "notice" }, t(`device.${state()}`)));
  if (backupIsDue()) {
    notes.push(make("div", { class: "notice" }, make("p", {}, t("data.reminder")), button(t("data.export"), () => {
      exportPlan();
      draw();
    })));
  }
  place("state").replaceChildren(...notes);
}

function drawDue(goals, sessions) {
  const until = addDays(today(), 30);
  const all = [...goals.flatMap(duties), ...openActions(sessions)].filter((duty) => duty.day <= until).sort((a, b) => a.day.localeCompare(b.day));
  const items = all.slice(0, 12).map((duty) => make("li", {},
    make("span", { class: `due-day${duty.day < today() ? " is-late" : ""}` }, day(duty.day), duty.day < today() ? ` (${t("due.late")})` : ""),
    make("span", {}, make("a", { href: duty.goal ? `#goal=${duty.goal.id}` : `#session=${duty.session.id}` }, duty.what), duty.goal ? make("small", {}, ` ${duty.goal.title}`) : null)));
  place("due").replaceChildren(items.length ? make("ul", { class: "due" }, items) : make("p", { class: "quiet-text" }, t("due.none")), all.length > 12 ? make("p", { class: "small" }, t("due.more", { count: all.length - 12 })) : "");
}

function drawGoals(goals) {
  const order = goals.sort((a, b) => (a.updated < b.updated ? 1 : -1));
  const open = order.filter((goal) => !goal.status || goal.status === "open");
  const others = order.filter((goal) => !open.includes(goal));
  place("goals").replaceChildren(
    open.length ? some("goals", open, 12, goalItem, "my-goals") : make("p", { class: "quiet-text" }, t("my.no_goals")),
    others.length ? make("details", {}, make("summary", {}, t("my.other_goals", { count: others.length })), some("others", others, 50, goalItem, "my-goals")) : "",
    make("p", { class: "actions" }, button(t("my.new_goal"), () => {
      const goal = newGoal(undefined, today());
      sayReason(set("goal", goal.id, goal));
      location.hash = `goal=${goal.id}`;
    })));
}

function goalItem(goal) {
  return make("li", {}, make("h3", {}, make("a", { href: `#goal=${goal.id}` }, goal.title || t("plan.untitled"))),
    goal.status && goal.status !== "open" ? make("p", { class: "quiet-text" }, t(`plan.status_${goal.status}`)) : progressList(goal, true));
}

// The first of a list, and all of it when asked.
function some(name, all, most, item, className) {
  const shown = shownAll.has(name) ? all : all.slice(0, most);
  const rows = make("ul", { class: className }, shown.map(item));
  if (shown.length === all.length) return rows;
  return make("div", {}, rows, button(t("my.all", { count: all.length }), () => {
    shownAll.add(name);
    draw();
    overview.querySelectorAll(`.${className} > li`)[most]?.querySelector("a")?.focus();
  }));
}

function drawSessions(sessions) {
  const spent = minutesIn(sessions, today()) / 60;
  const agreed = get("choice", "hours")?.hours;
  const input = make("input", { type: "number", id: "my-hours", min: 0, max: 100, step: 0.5, class: "is-short" });
  input.value = agreed ?? "";
  input.addEventListener("change", () => {
    const number = Math.min(100, Math.max(0, Number(input.value) || 0));
    if (number) sayReason(set("choice", "hours", { hours: number, updated: new Date().toISOString() }));
    else remove("choice", "hours");
    draw();
  });
  const meter = make("p", {}, agreed ? t("my.hours_of", { count: agreed, spent: hours.format(spent), agreed: hours.format(agreed) }) : t("my.hours", { count: spent, spent: hours.format(spent) }), spent > agreed ? ` ${t("my.hours_over")}` : "");
  if (!agreed) offerHours(meter, input, spent, sessions[0]?.with);
  place("sessions").replaceChildren(
    meter,
    sessions.length ? some("sessions", sessions, 5, sessionItem, "my-rows") : make("p", { class: "quiet-text" }, t("my.no_sessions")),
    make("p", { class: "actions" }, button(t("my.new_session"), () => {
      const session = newSession(records("goal").filter((goal) => !goal.status || goal.status === "open"), records("session"));
      sayReason(set("session", session.id, session));
      location.hash = `session=${session.id}`;
    })),
    make("p", { class: "my-hours" }, make("label", { for: "my-hours" }, t("my.hours_agreed")), " ", input));
}

// Where nothing was agreed on, the mentor's profile may say how much time there is: that of the mentor whom the last meeting was
// with, or of the first who was asked.
async function offerHours(meter, input, spent, name) {
  const asked = people();
  const mentor = asked.find((one) => one.name === name) ?? asked[0];
  const given = mentor ? await hoursOf(mentor.id) : 0;
  if (!given) return;
  meter.textContent = t("my.hours_given", { count: given, spent: hours.format(spent), given: hours.format(given), name: mentor.name });
  input.placeholder = hours.format(given);
}

function sessionItem(session) {
  const open = (session.actions ?? []).filter((action) => !action.done && action.what).length;
  return make("li", {}, make("a", { href: `#session=${session.id}` }, session.date ? day(session.date) : t("session.undated")),
    make("span", {}, [session.with, session.minutes && t("session.minutes", { count: session.minutes }), open && t("my.open_actions", { count: open })].filter(Boolean).join(" · ")));
}

function drawSheets(sheets) {
  const order = sheets.sort((a, b) => (a.updated < b.updated ? 1 : -1));
  place("worksheets").replaceChildren(order.length ? some("worksheets", order, 8, (sheet) => make("li", {},
    make("a", { href: worksheetAddress(sheet) }, sheet.title || sheet.worksheet), make("span", {}, t("my.changed", { date: day(sheet.updated.slice(0, 10)) }))), "my-rows")
    : make("p", { class: "quiet-text" }, t("my.no_worksheets")));
}

watch((kind, id, elsewhere) => {
  if (current?.kind === kind && current.id === id) {
    if (elsewhere) current.refresh();
  } else if (!overview.hidden && kinds.includes(kind)) {
    drawSoon();
  }
});
addEventListener("hashchange", route);
document.querySelector(".without-script").remove();
route();
performance.mark("my-ready"); // so that tests can measure it
