// A goal as a plan to work with: its questions, milestones with dates, measures, check-ins and how far
// it has come. It works for a goal of any template, of none, and of somebody else.
import { day, home, make, svg, t } from "./site.js";
import { get, remove, set } from "./device.js";
import { addDays, newId, today } from "./plan.js";
import { dayOfCheckIn, dueOf, events, inOrder, outline, progress, questions } from "./goal.js";
import { calendarText } from "./calendar.js";
import { exportOne, linkTo } from "./exchange.js";
import { toElements, toMarkdown } from "./outline.js";
import { Form, redraw, section, takeAlong } from "./form.js";
import { button, copyRich, copyText, download, fileName, sayReason, sayRemoved } from "./take.js";

// Where a goal is on this device.
const addressOf = (goal) => `${new URL("my/", home)}#goal=${goal.id}`;

/** How far a goal has come: a bar for each part, and what it says in words; in brief without its measures. */
export function progressList(goal, brief = false) {
  const parts = progress(goal).filter((part) => !brief || !part.isMeasure);
  if (parts.length === 0) return "";
  return make("ul", { class: "progress" }, parts.map((part) => make("li", { class: part.isTime ? "is-time" : "" },
    make("span", { class: "progress-name" }, part.name), bar(part.share), make("span", { class: "progress-words" }, part.words))));
}

function bar(share) {
  return svg("svg", { viewBox: "0 0 100 8", preserveAspectRatio: "none", class: "progress-bar", "aria-hidden": "true" },
    svg("rect", { width: share > 0 ? Math.max(2, 100 * share) : 0, height: 8, class: "progress-part" }));
}

/** Shows a goal in a place, to be worked on. gone is called when it is removed. */
export function showGoal(place, id, gone) {
  const goal = get("goal", id);
  if (!goal) return false;
  const glance = make("div");
  const dates = new Map();
  const paper = make("div", { class: "paper", "aria-hidden": "true" });
  const title = make("h2", { tabindex: "-1" });
  const form = new Form("goal", goal, update);

  function update() {
    const now = form.record;
    title.textContent = now.title || t("plan.untitled");
    glance.replaceChildren(progressList(now));
    for (const [step, { note, control }] of dates) {
      note.textContent = noteOf(now, step);
      if (document.activeElement !== control) control.value = dateOf(now, step);
    }
    paper.replaceChildren(...toElements(outline(now)));
  }

  function dateOf(now, step) {
    const [milestone, talk] = [now.milestones, now.checkIns].map((list) => list?.find((item) => item.id === step));
    return milestone ? dueOf(now, milestone) : talk ? dayOfCheckIn(now, talk) : "";
  }

  function noteOf(now, step) {
    const milestone = now.milestones?.find((item) => item.id === step);
    return [milestone && !milestone.done && dateOf(now, step) && dateOf(now, step) < today() ? t("due.late") : "", milestone?.evidence].filter(Boolean).join(" · ");
  }

  // The date of a step: its own, or the one that follows from the start.
  function dateField(list, item, label) {
    const field = form.field([list, item.id, "date"], label, { type: "date", hidden: true, class: "is-date", write: () => dateOf(form.record, item.id) });
    const note = make("p", { class: "plan-row-note" });
    dates.set(item.id, { note, control: field.querySelector("input") });
    return [note, field];
  }

  function draw() {
    dates.clear();
    const now = form.record;
    redraw(place,
      make("p", { class: "back" }, make("a", { href: "#" }, t("plan.back"))),
      title, glance,
      make("div", { class: "plan-form" }, basics(now), answers(now), milestones(now), measures(now), checkIns(now), notes(), along()),
      paper);
    update();
  }

  const change = (work) => {
    form.edit(work);
    draw();
  };

  function basics(now) {
    return section(t("plan.basics"),
      form.field(["title"], t("plan.title")),
      form.field(["statement"], t("plan.statement"), { rows: 3, hint: now.example ? `${t("goal.example")}: ${now.example}` : "" }),
      make("div", { class: "field-row" },
        form.field(["start"], t("plan.start"), { type: "date" }),
        form.number(["weeks"], t("plan.weeks"), 520),
        form.field(["time"], t("plan.check_in_time"), { type: "time", hint: t("plan.check_in_time_hint") }),
        form.choice(["status"], t("plan.status"), ["open", "reached", "left"].map((value) => [value, t(`plan.status_${value}`)]))),
      now.template ? make("p", { class: "back" }, make("a", { href: new URL(`goals/${encodeURIComponent(now.template)}/`, home).href }, t("plan.template"))) : null);
  }

  function answers(now) {
    const all = questions(now);
    if (all.length === 0) return "";
    return section(t("plan.answers"), ...all.map(({ key, name, question, example }) => form.field(["answers", key], question ? `${name}: ${question}` : name, { rows: 3, hint: example ? `${t("goal.example")}: ${example}` : "" })));
  }

  function row(list, item, word, ...controls) {
    const taken = button(t("plan.remove"), () => {
      const at = form.record[list].findIndex((other) => other.id === item.id);
      const gone = form.record[list][at];
      change((goal) => { goal[list] = goal[list].filter((other) => other.id !== item.id); });
      sayRemoved(t("plan.removed", { name: word }), () => change((goal) => { goal[list].splice(at, 0, gone); }));
    }, "text-button");
    taken.setAttribute("aria-label", t("plan.remove_what", { name: word }));
    return make("li", { class: "plan-row" }, ...controls, taken);
  }

  function adder(list, word, made) {
    return button(word, () => {
      const item = { id: newId(), ...made };
      change((goal) => { (goal[list] ??= []).push(item); });
      place.querySelector(`[data-path^="${list}/${item.id}/"]:not([type="checkbox"])`)?.focus();
    });
  }

  function milestones(now) {
    const items = inOrder(now).map((step) => {
      const [note, date] = dateField("milestones", step, t("plan.due"));
      return row("milestones", step, step.title || t("plan.milestone"),
        form.box(["milestones", step.id, "done"], step.title ? t("plan.done_what", { name: step.title }) : t("plan.done"), true),
        make("div", { class: "plan-row-main" }, form.field(["milestones", step.id, "title"], t("plan.milestone"), { hidden: true }), note), date);
    });
    return section(t("plan.milestones"), make("ul", { class: "plan-rows" }, items),
      adder("milestones", t("plan.add_milestone"), { title: "", evidence: "", week: 0, date: "", done: false }));
  }

  function measures(now) {
    const number = { type: "text", class: "is-short" };
    const items = (now.measures ?? []).map((m) => row("measures", m, m.name || t("plan.measure"),
      make("div", { class: "plan-row-main field-row" },
        form.field(["measures", m.id, "name"], t("plan.measure")),
        form.field(["measures", m.id, "unit"], t("plan.unit"), number),
        form.field(["measures", m.id, "baseline"], t("plan.baseline"), number),
        form.field(["measures", m.id, "now"], t("plan.now"), number),
        form.field(["measures", m.id, "target"], t("plan.target"), number))));
    return section(t("plan.measures"), make("ul", { class: "plan-rows" }, items), adder("measures", t("plan.add_measure"), { name: "", unit: "", baseline: "0", target: "", now: "" }));
  }

  function checkIns(now) {
    const items = (now.checkIns ?? []).map((talk) => {
      const [, date] = dateField("checkIns", talk, t("plan.check_in_date"));
      const words = dateOf(now, talk.id) ? day(dateOf(now, talk.id)) : t("plan.check_in");
      return row("checkIns", talk, words, date,
        make("div", { class: "plan-row-main" },
          talk.questions?.length ? make("ul", {}, talk.questions.map((question) => make("li", {}, question))) : null,
          form.field(["checkIns", talk.id, "notes"], t("plan.check_in_notes"), { rows: 2 })));
    });
    return section(t("plan.check_ins"), make("ul", { class: "plan-rows" }, items),
      adder("checkIns", t("plan.add_check_in"), { week: 0, date: addDays(today(), 14), questions: [], notes: "" }));
  }

  function notes() {
    return section(t("plan.notes"), form.field(["notes"], t("plan.notes"), { rows: 4, hidden: true, hint: t("plan.notes_hint") }));
  }

  function along() {
    const name = () => form.record.title || t("plan.untitled");
    return takeAlong([
      [t("take.calendar"), () => download(fileName(name(), "ics"), "text/calendar;charset=utf-8", calendarText(name(), events(form.record, addressOf(form.record))))],
      [t("take.link"), async () => copyText(await linkTo("goal", form.record))],
      [t("take.file"), () => download(fileName(name(), "json"), "application/json", exportOne("goal", form.record))],
      [t("take.rich"), () => copyRich(outline(form.record))],
      [t("take.markdown"), () => download(fileName(name(), "md"), "text/markdown", toMarkdown(outline(form.record)))],
      [t("take.print"), () => print()],
    ], t("plan.delete"), () => {
      const kept = form.record;
      remove("goal", kept.id);
      gone();
      sayRemoved(t("plan.removed", { name: name() }), () => sayReason(set("goal", kept.id, kept)));
    });
  }

  draw();
  return {
    title,
    refresh() {
      const now = get("goal", id);
      if (!now) return;
      form.record = now;
      draw();
    },
  };
}
