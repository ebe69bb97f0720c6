// The questions of "Find my match", one at a time, and the list that follows from the answers. Answers
// are kept on the device and in the browser's history, so that a reload, Back and another visit find
// them; they are never sent anywhere, not even as part of an address.
import { readDay, refresh, statusText } from "./availability.js";
import { cardAt, profileURL } from "./cards.js";
import * as device from "./device.js";
import { portrait } from "./mentor-card.js";
import { availabilityOf, decode, explain, rank } from "./match.js";
import { saveButton } from "./shortlist-toggle.js";
import { base, day as dayName, has, icon, lang, make, t } from "./site.js";
import { phaseOn, takesRequests, today } from "./status.js";
import { isZone, ownZone } from "./zones.js";

const perPage = 10;
const asleepMost = 5;
const form = document.querySelector(".match-form");
const results = document.querySelector(".match-results");
const progress = form.querySelector(".match-progress");
const steps = [...form.querySelectorAll(".match-step")];
const zones = form.querySelector("select[name=timezones]");
const list = results.querySelector(".match-list");
const state = results.querySelector(".match-state");
const more = results.querySelector(".match-more");
const asleep = results.querySelector(".match-asleep");
const and = new Intl.ListFormat(lang, { type: "conjunction" });
const labels = new Map();
let facts; // a promise of them, while they are fetched and after
let shown = 0;
let visitor = 0;

for (const input of form.querySelectorAll("input[data-label]")) labels.set(`${input.name}/${input.value}`, input.dataset.label);

// What the visitor said: ids by facet, zone, program and the number by which equals are drawn.
function read() {
  const answers = {};
  for (const input of form.querySelectorAll("input[type=checkbox]:checked")) (answers[input.name] ??= []).push(input.value);
  return { answers, zone: zones?.value ?? "", program: form.elements.programs?.value ?? "", visitor };
}

function write({ answers = {}, zone = "", program = "", visitor: number = 0 }) {
  visitor = Number.isInteger(number) && number > 0 ? number : crypto.getRandomValues(new Uint32Array(1))[0] || 1;
  for (const input of form.querySelectorAll("input[type=checkbox]")) input.checked = !!answers[input.name]?.includes?.(input.value);
  for (const input of form.querySelectorAll("input[name=programs]")) input.checked = input.value === program;
  const any = form.querySelector('input[name=programs][value=""]');
  if (any && !form.querySelector("input[name=programs]:checked")) any.checked = true;
  if (zones) zones.value = zone && isZone(zone) ? zone : "";
}

// A step is a number, or "list". It is an entry of the history with the answers as they are.
function keep() {
  const said = read();
  device.set("match", "answers", said);
  history.replaceState({ ...history.state, step: current, said }, "");
}

let current = 0;

function go(step, { push = true, focus = true } = {}) {
  current = step;
  const isList = step === "list";
  form.hidden = isList;
  results.hidden = !isList;
  steps.forEach((fieldset, i) => (fieldset.hidden = i !== step));
  if (push) history.pushState({ step, said: read() }, "");
  if (isList) {
    showList(focus);
    return;
  }
  progress.textContent = t("match.progress", { number: step + 1, count: steps.length });
  form.querySelector(".match-back").hidden = step === 0;
  if (focus) {
    progress.focus();
    form.scrollIntoView({ block: "nearest" });
  }
}

const following = () => (current + 1 < steps.length ? current + 1 : "list");

form.addEventListener("submit", (event) => {
  event.preventDefault();
  keep();
  go(following());
});
form.addEventListener("change", keep);
form.querySelector(".match-back").addEventListener("click", () => go(current - 1));
form.querySelector(".match-show").addEventListener("click", () => go("list"));
form.querySelector(".match-skip").addEventListener("click", () => {
  for (const input of steps[current].querySelectorAll("input[type=checkbox]")) input.checked = false;
  if (steps[current].contains(zones)) zones.value = "";
  const any = steps[current].querySelector('input[type=radio][value=""]');
  if (any) any.checked = true;
  keep();
  go(following());
});
form.querySelector(".match-reset").addEventListener("click", () => {
  device.remove("match", "answers");
  write({ zone: zones ? ownZone() : "" });
  go(0);
});
results.querySelector(".match-again").addEventListener("click", () => go(0));
addEventListener("popstate", (event) => {
  if (event.state?.said) write(event.state.said);
  go(event.state?.step ?? 0, { push: false });
});

// A long list of words gets a field that narrows it.
for (const input of form.querySelectorAll(".match-filter input")) {
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase(lang);
  const fieldset = input.closest("fieldset");
  input.addEventListener("input", () => {
    const wanted = plain(input.value.trim());
    for (const item of fieldset.querySelectorAll(".choices > li")) {
      item.hidden = !plain(item.textContent).includes(wanted) && !item.querySelector("input").checked;
    }
    for (const group of fieldset.querySelectorAll(".match-group")) group.hidden = !group.querySelector("li:not([hidden])");
  });
  input.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
}

function fillZones() {
  if (!zones) return;
  const own = ownZone();
  const all = Intl.supportedValuesOf?.("timeZone") ?? [];
  for (const zone of new Set([own, ...all])) zones.append(make("option", { value: zone }, zone.replaceAll("_", " ")));
  zones.value = own;
}

const loadFacts = () => (facts ??= fetch(new URL("match/facts.json", base))
  .then((answer) => {
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  })
  .then(decode)
  .catch((error) => {
    facts = undefined;
    throw error;
  }));

async function showList(focus) {
  const heading = results.querySelector("h2");
  if (focus) heading.focus();
  state.textContent = t("match.loading");
  list.replaceChildren();
  asleep.hidden = more.hidden = true;
  let known;
  try {
    known = await loadFacts();
  } catch {
    const retry = make("button", { class: "button quiet", type: "button" }, t("match.retry"));
    retry.addEventListener("click", () => showList(false));
    state.replaceChildren(t("match.failed"), " ", retry);
    return;
  }
  const mentee = { ...read(), day: today() };
  const ranked = rank(known, mentee);
  const fit = ranked.filter(({ limit }) => limit === "");
  const outOfLanguage = ranked.some(({ limit }) => limit === "language");
  state.textContent = fit.length ? t("match.found", { count: fit.length })
    : t(outOfLanguage && ranked.every(({ limit }) => limit === "language") ? "match.nobody_language" : "match.nobody");
  shown = 0;
  const next = async () => {
    const part = fit.slice(shown, shown + perPage);
    const items = await Promise.all(part.map((result) => item(known, mentee, result)));
    list.append(...items);
    if (shown) items[0]?.querySelector("a")?.focus();
    shown += part.length;
    more.hidden = shown >= fit.length;
  };
  more.onclick = next;
  await next();
  await showAsleep(known, mentee, ranked.filter(({ limit, score }) => score > 0 && !["", "language", "program"].includes(limit)).slice(0, asleepMost));
}

async function showAsleep(known, mentee, others) {
  asleep.hidden = others.length === 0;
  asleep.querySelector("ul").replaceChildren(...await Promise.all(others.map(async ({ id, index, limit }) => {
    const card = await cardOr(id, index);
    return make("li", {}, make("a", { href: profileURL(id) }, make("bdi", { translate: "no" }, card.name)), ": ", why(known, mentee, index, limit));
  })));
}

// why a mentor cannot be asked
function why(known, mentee, index, limit) {
  if (limit !== "window") return statusText(limit, availabilityOf(known, index, mentee.day));
  const column = known.facets.programs;
  const opens = known.programs.filter(({ id }) => (mentee.program ? id === mentee.program : column?.of[index].some((n) => column.terms[n] === id)))
    .map(({ cohorts }) => phaseOn(cohorts, mentee.day))
    .filter(([phase, next]) => !takesRequests(phase) && phase === "upcoming" && next)
    .map(([, next]) => next).sort()[0];
  return opens ? t("match.window_opens", { date: dayName(opens) }) : t("match.window");
}

// Somebody whose card cannot be had is still somebody: the name of the profile stands for them.
async function cardOr(id, index) {
  try {
    return await cardAt(index);
  } catch {
    return { id, name: id, portrait: { initials: "", hue: 0 } };
  }
}

async function item(known, mentee, { id, index, waits }) {
  const card = await cardOr(id, index);
  const url = profileURL(id);
  const order = steps.map((fieldset) => fieldset.dataset.facet);
  const reasons = explain(known, mentee, index).sort((a, b) => order.indexOf(a.facet) - order.indexOf(b.facet));
  const { status, free, from } = availabilityOf(known, index, mentee.day);
  const good = [];
  const but = [];
  for (const reason of reasons) sort(reason, good, but);
  if (status === "open" && free > 0) good.push(statusText(status, { free, from }));
  if (waits) but.push(statusText("waitlist"));
  const line = (sign, text) => make("li", { class: sign === "check" ? null : "is-missing" }, icon(sign), make("span", {}, text));
  const actions = [saveButton({ id, name: card.name, url })];
  if (form.dataset.request) {
    const ask = new URL(form.dataset.request, location.href);
    ask.searchParams.set("mentor", id);
    actions.push(make("a", { class: "button", href: ask.href }, t("request.title", { name: card.name })));
  }
  return make("li", {}, make("article", { class: "match-result", lang: card.lang || null },
    portrait(card.portrait),
    make("div", {},
      make("h3", {}, make("a", { href: url }, make("bdi", { translate: "no" }, card.name)),
        card.verified ? [" ", make("span", { class: "verified" }, icon("verified"), make("span", { class: "visually-hidden" }, t("mentor.verified")))] : null),
      card.role ? make("p", { class: "match-role" }, card.role) : null),
    card.headline ? make("p", { class: "match-headline" }, card.headline) : null,
    make("ul", { class: "match-reasons", lang: card.lang ? lang : null, "aria-label": t("match.why", { name: card.name }) },
      good.map((text) => line("check", text)), but.map((text) => line("caution", text))),
    make("div", { class: "actions", lang: card.lang ? lang : null }, ...actions)));
}

// says a reason in words, for or against
function sort({ facet, share, shared, missing, unsaid, overlap }, good, but) {
  const names = (ids) => and.format(ids.map((id) => labels.get(`${facet}/${id}`) ?? id));
  const label = form.querySelector(`[data-facet="${CSS.escape(facet)}"]`)?.dataset.label ?? facet;
  const word = (group) => (has(`${group}.${facet}`) ? `${group}.${facet}` : `${group}.any`);
  if (facet === "timezones") {
    if (unsaid) but.push(t("match_unsaid.timezones"));
    else if (share === 0) but.push(t("match_missing.timezones"));
    else good.push(hours(overlap));
    return;
  }
  if (shared.length) good.push(t(word("match_reason"), { names: names(shared), shared: shared.length, count: shared.length + missing.length, facet: label }));
  if (unsaid && has(`match_unsaid.${facet}`)) but.push(t(`match_unsaid.${facet}`));
  else if (missing.length && (share < 1000 || facet === "languages")) {
    if (!(facet === "languages" && shared.length)) but.push(t(word("match_missing"), { names: names(missing), facet: label }));
  }
}

/** The hours that two people share, in words: in the evening where there are any, else at work, else awake. */
function hours({ working, evening, awake }) {
  const [kind, minutes] = evening >= 60 ? ["evening", evening] : working >= 60 ? ["working", working] : ["awake", awake];
  return t(`match_reason.${kind}`, { count: Math.round(minutes / 30) / 2 });
}

fillZones();
const said = history.state?.said ?? device.get("match", "answers");
if (said) write(said);
else visitor = crypto.getRandomValues(new Uint32Array(1))[0] || 1;
document.querySelector(".match-plain").hidden = true;
go(history.state?.step ?? 0, { push: false, focus: false });
keep();
readDay().then(() => has("program_status.open") && refresh(form));
