// A meeting: before (an agenda from the open goals), during (notes, actions) and after (a look back).
import { base, make, t } from "./site.js";
import { get, list, remove, set } from "./device.js";
import { addDays, isDay, newId, revision, today } from "./plan.js";
import { outline, proposals, reflections } from "./session.js";
import { calendarText, momentOf } from "./calendar.js";
import { exportOne } from "./exchange.js";
import { toElements, toMarkdown } from "./outline.js";
import { people } from "./people.js";
import { Form, redraw, section, takeAlong } from "./form.js";
import { button, copyRich, download, fileName, sayReason, sayRemoved } from "./take.js";

const others = (kind) => list(kind).map(([, record]) => record);

/** Shows a meeting in a place, to be worked on. gone is called when it is removed. */
export function showSession(place, id, gone) {
  const kept = get("session", id);
  if (!kept) return false;
  const form = new Form("session", kept, update);
  const title = make("h2", { tabindex: "-1" });
  const paper = make("div", { class: "paper", "aria-hidden": "true" });

  function update() {
    const blocks = outline(form.record);
    title.textContent = blocks[0][1];
    paper.replaceChildren(...toElements(blocks));
  }

  const change = (work) => {
    form.edit(work);
    draw();
  };

  function draw() {
    redraw(place, make("p", { class: "back" }, make("a", { href: "#" }, t("plan.back"))), title,
      make("div", { class: "plan-form" }, basics(), before(), during(), after(), along()), paper);
    update();
  }

  function basics() {
    return section(t("session.basics"), make("div", { class: "field-row" },
      form.field(["date"], t("session.date"), { type: "date" }),
      form.field(["time"], t("session.time"), { type: "time" }),
      form.number(["minutes"], t("session.length"), 1440),
      form.field(["with"], t("session.with"), { list: "session-people" }),
      make("datalist", { id: "session-people" }, people().map(({ name }) => make("option", { value: name })))));
  }

  function before() {
    return section(t("session.before"),
      form.field(["agenda"], t("session.agenda"), { rows: 6, hint: t("session.agenda_hint") }),
      button(t("session.propose"), () => change((session) => {
        const lines = (session.agenda ?? "").split("\n").filter((line) => line.trim());
        const earlier = others("session").filter((other) => other.id !== id);
        session.agenda = [...new Set([...lines, ...proposals(others("goal"), earlier)])].join("\n");
      })));
  }

  function during() {
    const items = (form.record.actions ?? []).map((action) => {
      const taken = button(t("plan.remove"), () => {
        const at = form.record.actions.findIndex((other) => other.id === action.id);
        const gone = form.record.actions[at];
        change((session) => { session.actions = session.actions.filter((other) => other.id !== action.id); });
        sayRemoved(t("plan.removed", { name: gone.what || t("session.what") }), () => change((session) => { session.actions.splice(at, 0, gone); }));
      }, "text-button");
      taken.setAttribute("aria-label", t("plan.remove_what", { name: action.what || t("session.what") }));
      return make("li", { class: "plan-row" },
        form.box(["actions", action.id, "done"], t("plan.done_what", { name: action.what || t("session.what") }), true),
        make("div", { class: "plan-row-main field-row" },
          form.field(["actions", action.id, "what"], t("session.what")),
          form.field(["actions", action.id, "owner"], t("session.owner"), { class: "is-short" }),
          form.field(["actions", action.id, "date"], t("session.when"), { type: "date", class: "is-date" })),
        taken);
    });
    return section(t("session.during"),
      form.field(["notes"], t("session.notes"), { rows: 6, hint: t("session.notes_hint") }),
      make("h4", {}, t("session.actions")),
      make("ul", { class: "plan-rows" }, items),
      button(t("session.add_action"), () => {
        const action = { id: newId(), what: "", owner: "", date: addDays(today(), 14), done: false };
        change((session) => { (session.actions ??= []).push(action); });
        place.querySelector(`[data-path="actions/${action.id}/what"]`)?.focus();
      }));
  }

  function after() {
    return section(t("session.after"), ...reflections.map((key) => form.field(["reflection", key], t(`session.${key}`), { rows: 2 })));
  }

  function along() {
    const name = () => outline(form.record)[0][1];
    return takeAlong([
      [t("take.calendar"), () => download(fileName(name(), "ics"), "text/calendar;charset=utf-8", calendarText(name(), events(form.record, name())))],
      [t("take.file"), () => download(fileName(name(), "json"), "application/json", exportOne("session", form.record))],
      [t("take.rich"), () => copyRich(outline(form.record))],
      [t("take.markdown"), () => download(fileName(name(), "md"), "text/markdown", toMarkdown(outline(form.record)))],
      [t("take.print"), () => print()],
    ], t("session.delete"), () => {
      const gonePart = form.record;
      remove("session", id);
      gone();
      sayRemoved(t("plan.removed", { name: name() }), () => sayReason(set("session", id, gonePart)));
    });
  }

  draw();
  return {
    title,
    refresh() {
      const now = get("session", id);
      if (!now) return;
      form.record = now;
      draw();
    },
  };
}

// The meeting, at its time where it has one, and its actions.
function events(session, name) {
  const shared = { sequence: revision(session), stamp: new Date(session.updated) };
  const uid = (part) => `${session.id}${part}@${base.host}`;
  const meeting = { ...shared, uid: uid(""), summary: name, details: session.agenda };
  const found = [];
  if (isDay(session.date)) found.push(session.time ? { ...meeting, start: momentOf(session.date, session.time), minutes: session.minutes || 60 } : { ...meeting, day: session.date });
  for (const action of session.actions ?? []) {
    if (action.what && isDay(action.date)) found.push({ ...shared, uid: uid(`.${action.id}`), day: action.date, summary: action.owner ? `${action.what} (${action.owner})` : action.what });
  }
  return found;
}
