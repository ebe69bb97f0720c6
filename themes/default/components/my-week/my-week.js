// Shows what the visitor's cohort does this week: agenda, worksheet, one question. The weeks are a file of
// the site, asked for only when a cohort was chosen, or is to be.
import { day, home, make, t } from "./site.js";
import { get, remove, set, watch } from "./device.js";
import { daysBetween, today } from "./plan.js";

const panel = document.querySelector("[data-my-week]");
const body = panel.querySelector("[data-my-week-body]");
const canPick = "pick" in panel.dataset;
let cohorts;

async function load() {
  cohorts ??= await fetch(new URL("my/weeks.json", home)).then((answer) => (answer.ok ? answer.json() : [])).catch(() => []);
  return cohorts;
}

function chosen() {
  return get("choice", "cohort");
}

function choose(key) {
  const [program, cohort] = key.split("/");
  if (cohort) set("choice", "cohort", { program, cohort, updated: new Date().toISOString() });
  else remove("choice", "cohort");
}

async function show() {
  const choice = chosen();
  if (!choice && !canPick) {
    panel.hidden = true;
    return;
  }
  const all = await load();
  if (all.length === 0) return;
  const cohort = choice && all.find((one) => one.program === choice.program && one.cohort === choice.cohort);
  body.replaceChildren(...(cohort ? week(cohort) : canPick ? [make("p", {}, t(choice ? "week_now.ended" : "week_now.none"))] : []), ...(canPick ? [picker(all, cohort)] : []));
  panel.hidden = !cohort && !canPick;
}

function week(cohort) {
  const number = Math.floor(daysBetween(cohort.starts, today()) / 7) + 1;
  const last = Math.max(...cohort.weeks.map((one) => one.number));
  const now = cohort.weeks.find((one) => one.number === number);
  const parts = [make("p", { class: "my-week-cohort" }, make("a", { href: cohort.url }, cohort.title))];
  if (number < 1) return [...parts, make("p", {}, t("week_now.starts", { date: day(cohort.starts) }))];
  if (number > last || (cohort.ends && today() > cohort.ends)) return [...parts, make("p", {}, t("week_now.over"))];
  if (!now) return [...parts, make("p", {}, t("week_now.free", { number }))];
  parts.push(make("h3", {}, t("week_now.heading", { number, title: now.title })));
  if (now.text) parts.push(make("p", {}, now.text));
  if (now.question) parts.push(make("p", { class: "my-week-question" }, make("q", {}, now.question)));
  const links = [now.worksheet, now.guide].filter(Boolean).map((link) => make("li", {}, make("a", { href: link.url }, link.label)));
  if (links.length > 0) parts.push(make("ul", { class: "inline-list" }, links));
  return parts;
}

function picker(all, cohort) {
  const select = make("select", { id: "my-cohort" }, make("option", { value: "" }, t("week_now.no_cohort")),
    all.map((one) => make("option", { value: `${one.program}/${one.cohort}`, selected: one === cohort }, one.title)));
  select.addEventListener("change", () => choose(select.value));
  return make("p", { class: "my-week-pick" }, make("label", { for: "my-cohort" }, t("week_now.pick")), " ", select,
    cohort ? calendarLink(cohort) : null);
}

function calendarLink(cohort) {
  return cohort.calendar ? make("a", { href: cohort.calendar }, t("week_now.calendar")) : null;
}

// A link from a program's page chooses its cohort: #cohort=<program>/<cohort>.
function follow() {
  const key = new URLSearchParams(location.hash.slice(1)).get("cohort");
  if (!key || !canPick) return;
  choose(key);
  history.replaceState(null, "", location.pathname);
}

watch((kind) => {
  if (kind === "choice") show();
});
addEventListener("hashchange", follow);
follow();
show();
