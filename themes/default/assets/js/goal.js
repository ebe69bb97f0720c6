// What a goal is: made from a template, with dates from its start, its progress, what goes into a
// calendar, and how it reads on paper.
import { base, day, lang, t } from "./site.js";
import { addDays, daysBetween, fresh, isDay, newId, revision, today } from "./plan.js";
import { momentOf } from "./calendar.js";

/** A goal from a template, or (without one) an empty goal. It is not kept yet. */
export function newGoal(template, start) {
  const number = (value) => (value === null || value === undefined ? "" : String(value));
  const from = template ?? {};
  return fresh({
    template: from.id ?? "", lang: from.lang ?? lang, title: from.title ?? "", statement: "", start, weeks: from.weeks || 12, time: "", status: "open",
    example: from.statement ?? "",
    smart: from.smart ?? (from.grow?.length ? [] : ["specific", "measurable", "achievable", "relevant", "time_bound"].map((name) => ({ name, prompt: "", example: "" }))),
    grow: from.grow ?? [],
    answers: {},
    measures: (from.measures ?? []).map((m) => ({ id: newId(), name: m.name, unit: m.unit, baseline: number(m.baseline), target: number(m.target), now: "" })),
    milestones: (from.milestones ?? []).map((m) => ({ id: newId(), title: m.title, evidence: m.evidence, week: m.week, date: "", done: false })),
    checkIns: (from.checkIns ?? []).map((c) => ({ id: newId(), week: c.week, date: "", questions: c.questions ?? [], notes: "" })),
    notes: "",
  });
}

/** When a milestone is due: its own date, or the end of its week; "" when neither is known. */
export function dueOf(goal, milestone) {
  if (isDay(milestone.date)) return milestone.date;
  return milestone.week > 0 && isDay(goal.start) ? addDays(goal.start, 7 * milestone.week - 1) : "";
}

/** When a check-in is: its own date, or the day of the week on which the goal began, in its week. */
export function dayOfCheckIn(goal, checkIn) {
  if (isDay(checkIn.date)) return checkIn.date;
  return checkIn.week > 0 && isDay(goal.start) ? addDays(goal.start, 7 * (checkIn.week - 1)) : "";
}

/** The day on which the goal ends; "" when it is not known. */
export function endOf(goal) {
  return goal.weeks > 0 && isDay(goal.start) ? addDays(goal.start, 7 * goal.weeks - 1) : "";
}

/** Milestones in the order in which they are due. */
export function inOrder(goal) {
  return [...goal.milestones ?? []].sort((a, b) => (dueOf(goal, a) || "9999").localeCompare(dueOf(goal, b) || "9999"));
}

/** Parts of the way, each from 0 to 1 with what it says in words. */
export function progress(goal) {
  const parts = [];
  const steps = goal.milestones ?? [];
  if (steps.length > 0) {
    const done = steps.filter((step) => step.done).length;
    parts.push({ name: t("plan.milestones"), share: done / steps.length, words: t("plan.done_of", { count: steps.length, done }) });
  }
  for (const measure of goal.measures ?? []) {
    const [from, to, now] = [measure.baseline || "0", measure.target, measure.now || measure.baseline || "0"].map((text) => parseFloat(text));
    if (!measure.name || Number.isNaN(from) || Number.isNaN(to) || Number.isNaN(now) || from === to) continue;
    parts.push({ name: measure.name, isMeasure: true, share: clamp((now - from) / (to - from)), words: t("plan.now_of", { now: String(now), target: String(to), unit: measure.unit ?? "" }).trim() });
  }
  if (isDay(goal.start) && goal.weeks > 0) {
    const days = daysBetween(goal.start, today());
    const share = clamp(days / (7 * goal.weeks));
    const week = Math.floor(days / 7) + 1;
    const words = days < 0 ? t("plan.starts", { date: day(goal.start) })
      : week > goal.weeks ? t("plan.over", { date: day(endOf(goal)) })
      : t("plan.week_of", { count: goal.weeks, week });
    parts.push({ name: t("plan.time"), share, words, isTime: true });
  }
  return parts;
}

function clamp(share) {
  return Math.min(1, Math.max(0, share));
}

/** What is due of a goal that is open: [{day, what, kind, goal}], soonest first. */
export function duties(goal) {
  if (goal.status && goal.status !== "open") return [];
  const steps = (goal.milestones ?? []).filter((step) => !step.done && step.title).map((step) => ({ day: dueOf(goal, step), what: step.title, kind: "milestone", goal, id: step.id }));
  const talks = (goal.checkIns ?? []).filter((talk) => !talk.notes).map((talk) => ({ day: dayOfCheckIn(goal, talk), what: t("plan.check_in"), kind: "check-in", goal, id: talk.id, questions: talk.questions ?? [] }));
  return [...steps, ...talks].filter((duty) => duty.day).sort((a, b) => a.day.localeCompare(b.day));
}

/** The milestones and check-ins as events of a calendar. Check-ins have a time where the goal gives one. */
export function events(goal, url) {
  const stamp = new Date(goal.updated);
  const shared = { sequence: revision(goal), stamp: Number.isNaN(stamp.getTime()) ? new Date() : stamp, url };
  const uid = (id) => `${goal.id}.${id}@${base.host}`;
  const list = [];
  for (const step of inOrder(goal)) {
    const due = dueOf(goal, step);
    if (due && step.title) list.push({ ...shared, uid: uid(step.id), day: due, summary: `${goal.title}: ${step.title}`, details: step.evidence });
  }
  for (const talk of goal.checkIns ?? []) {
    const date = dayOfCheckIn(goal, talk);
    if (!date) continue;
    const event = { ...shared, uid: uid(talk.id), summary: `${goal.title}: ${t("plan.check_in")}`, details: (talk.questions ?? []).join("\n") };
    list.push(goal.time ? { ...event, start: momentOf(date, goal.time), minutes: 30 } : { ...event, day: date });
  }
  return list;
}

/** The questions of a goal: [{key, name, question, example}]. The answer is goal.answers[key]. */
export function questions(goal) {
  const smart = (goal.smart ?? []).map((part) => ({ key: `smart.${part.name}`, name: known("smart", part.name), question: part.prompt, example: part.example }));
  const grow = (goal.grow ?? []).flatMap((step) => (step.questions ?? []).map((question, i) => ({ key: `grow.${step.name}.${i}`, name: known("grow", step.name), question })));
  return [...smart, ...grow];
}

const names = ["smart.specific", "smart.measurable", "smart.achievable", "smart.relevant", "smart.time_bound", "grow.goal", "grow.reality", "grow.options", "grow.way_forward"];

function known(group, name) {
  return names.includes(`${group}.${name}`) ? t(`${group}.${name}`) : name ?? "";
}

/** A goal as an outline. */
export function outline(goal) {
  const blocks = [["h1", goal.title || t("plan.untitled")]];
  if (goal.statement) blocks.push(["p", goal.statement]);
  const dates = [isDay(goal.start) && t("plan.from", { date: day(goal.start) }), endOf(goal) && t("plan.until", { date: day(endOf(goal)) })].filter(Boolean);
  if (dates.length) blocks.push(["p", dates.join(" · ")]);
  const answered = questions(goal).filter((question) => goal.answers?.[question.key]);
  if (answered.length) blocks.push(["h2", t("plan.answers")]);
  for (const { key, name, question } of answered) blocks.push(["h3", question ? `${name}: ${question}` : name], ["p", goal.answers[key]]);
  if (goal.milestones?.length) {
    blocks.push(["h2", t("plan.milestones")], ["table", {
      head: [t("plan.done"), t("plan.due"), t("plan.milestone"), t("plan.evidence")],
      rows: inOrder(goal).map((step) => [step.done ? "\u2611" : "\u2610", dueOf(goal, step) && day(dueOf(goal, step)), step.title, step.evidence ?? ""]),
    }]);
  }
  if (goal.measures?.length) {
    blocks.push(["h2", t("plan.measures")], ["table", {
      head: [t("plan.measure"), t("plan.baseline"), t("plan.now"), t("plan.target")],
      rows: goal.measures.map((m) => [m.unit ? `${m.name} (${m.unit})` : m.name, m.baseline, m.now, m.target]),
    }]);
  }
  if (goal.checkIns?.length) {
    blocks.push(["h2", t("plan.check_ins")]);
    for (const talk of goal.checkIns) {
      const date = dayOfCheckIn(goal, talk);
      blocks.push(["h3", date ? day(date) : t("plan.check_in")], ["ul", talk.questions ?? []]);
      if (talk.notes) blocks.push(["p", talk.notes]);
    }
  }
  return blocks;
}
