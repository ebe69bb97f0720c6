// The page to ask: finds out who is asked, whether they can be asked today, keeps the draft, and hands
// the request to the site's channel. Nothing is sent before the visitor says so.
import { readDay, statusText } from "./availability.js";
import { profileURL } from "./cards.js";
import * as channel from "./channel.js";
import * as device from "./device.js";
import { readProfile } from "./profiles.js";
import { offer } from "./reminder.js";
import * as shortlist from "./shortlist.js";
import { day as dayName, home, icon, lang, make, t } from "./site.js";
import { addDays, canAsk, phaseOn, readCohorts, takesRequests, today } from "./status.js";

const form = document.querySelector(".ask-form");
const find = (selector) => form.querySelector(selector);
const people = find(".ask-people");
const said = find(".ask-state");
const progress = find(".ask-progress");
const errors = find(".ask-errors");
const programs = find("#ask-program");
const sentPanel = document.querySelector(".ask-sent");
const texts = ["who", "why", "hope", "times"].map((name) => find(`[name=${name}]`));
const kept = ["name", "email", "who", "why", "hope", "times"];
const query = new URLSearchParams(location.search);
const and = new Intl.ListFormat(lang, { type: "conjunction" });
const site = form.dataset;
let method = site.method;
let asked = []; // profiles, in the order of preference
let goal = "";

const button = (text, action, quiet = true) => {
  const made = make("button", { class: quiet ? "button quiet" : "button", type: "button" }, text);
  made.addEventListener("click", action);
  return made;
};

// Who is asked: those of the address, else the shortlist.
async function lookUp() {
  const wanted = [...new Set(query.getAll("mentor").flatMap((ids) => ids.split(",")).map((id) => id.trim()).filter(Boolean))];
  const ids = wanted.length ? wanted : shortlist.all().map(({ id }) => id);
  find(".ask-plain").hidden = true;
  find("#ask-mentors").disabled = true; // a script's fields say it
  people.hidden = false;
  if (ids.length) said.textContent = t("ask.loading");
  const [profiles] = await Promise.all([Promise.all(ids.slice(0, 20).map(readProfile)), readDay()]);
  said.textContent = "";
  asked = profiles.map((profile) => ({ ...profile, name: profile.name ?? shortlist.all().find(({ id }) => id === profile.id)?.name ?? profile.id }));
  chooseProgram();
  show();
}

function chooseProgram() {
  if (!programs) return;
  const wanted = query.get("program");
  const shared = asked[0]?.programs?.filter((id) => asked.every((one) => one.programs?.includes(id)) && takesRequests(phase(id)[0])) ?? [];
  const id = wanted ?? (shared.length === 1 ? shared[0] : "");
  if ([...programs.options].some((option) => option.value === id)) programs.value = id;
}

const optionOf = (id) => [...(programs?.options ?? [])].find((option) => option.value === id);
const phase = (id) => (optionOf(id) ? phaseOn(readCohorts(optionOf(id).dataset.cohorts), today()) : ["rolling", ""]);
const chosenProgram = () => ({ id: programs?.value ?? "", title: programs?.value ? optionOf(programs.value).textContent : "" });

// Why a profile cannot be asked now: {text, day}, or nothing. day is when it can be.
function problem(one) {
  if (one.state === "gone") return { text: t("ask.gone", { name: one.name }) };
  if (one.state !== "listed") return null;
  if (!canAsk(one.status)) {
    const text = t("ask.cannot", { name: one.name, status: statusText(one.status, one) });
    const back = one.status === "later" ? one.from : one.status === "paused" && one.until ? addDays(one.until, 1) : "";
    return { text, day: back };
  }
  if (one.method === "none") return { text: t("ask.takes_none", { name: one.name }) };
  if (one.link) return { text: t("ask.own", { name: one.name }), link: one.link };
  const { id, title } = chosenProgram();
  if (id) return one.programs.includes(id) ? null : { text: t("ask.program_other", { name: one.name, program: title }) };
  const known = one.programs.filter((program) => optionOf(program));
  if (!known.length || known.some((program) => takesRequests(phase(program)[0]))) return null;
  return closed(known);
}

// what is said of programs that take nobody now
function closed(ids) {
  const next = ids.map((id) => [id, phase(id)]).filter(([, [name, when]]) => name === "upcoming" && when).sort((a, b) => (a[1][1] < b[1][1] ? -1 : 1))[0];
  if (!next) return { text: t("ask.program_closed", { program: optionOf(ids[0]).textContent }) };
  const program = optionOf(next[0]).textContent;
  return { text: t("ask.program_opens", { program, date: dayName(next[1][1]) }), day: next[1][1], opens: program };
}

const most = () => Math.min(Number(site.most), Number(optionOf(programs?.value)?.dataset.most) || Infinity);
const possible = () => asked.filter((one) => !problem(one));
const chosen = () => possible().slice(0, most());

function show() {
  const able = possible();
  const now = chosen();
  people.replaceChildren(...asked.map((one) => person(one, now.indexOf(one))));
  const left = able.slice(now.length);
  said.replaceChildren(left.length ? make("p", { class: "small" }, t("ask.too_many", { count: most(), names: and.format(left.map(({ name }) => name)) })) : "");
  find(".ask-nobody").hidden = asked.length > 0;
  const { id } = chosenProgram();
  const notice = find(".ask-window");
  const shut = id && !takesRequests(phase(id)[0]) ? closed([id]) : null;
  notice.hidden = !shut;
  if (shut) notice.replaceChildren(make("p", {}, shut.text), ...nextSteps(shut, null));
  method = channelOf(now);
  const writes = method !== "link" && method !== "none";
  find(".ask-message").hidden = !writes || (asked.length > 0 && !able.length);
  for (const part of form.querySelectorAll("[data-channel]")) {
    const on = part.dataset.channel === method;
    part.hidden = !on;
    for (const input of part.querySelectorAll("input")) input.disabled = !on;
  }
  const word = { email: "ask.send_email", github: "ask.send_github", link: "ask.send_link" }[method] ?? "ask.send";
  find(".ask-send span").textContent = t(word);
  find(".ask-send").disabled = !now.length || !!shut;
  find(".ask-send").closest("p").hidden = asked.length > 0 && !able.length;
  keepHidden();
}

// the site's way, or the first mentor's where the site has what it takes
function channelOf([first]) {
  const able = { form: site.endpoint, email: site.address, github: site.issues, link: site.link };
  return first?.method && able[first.method] ? first.method : site.method;
}

function person(one, place) {
  const reason = problem(one);
  const listed = one.state !== "gone";
  const name = make("bdi", { translate: "no" }, one.name);
  const leave = make("button", { class: "ask-leave", type: "button", "aria-label": t("ask.leave_out", { name: one.name }) }, icon("close"));
  leave.addEventListener("click", () => {
    const at = asked.indexOf(one);
    asked.splice(at, 1);
    show();
    (people.querySelectorAll("button")[Math.min(at, asked.length - 1)] ?? programs ?? texts[0]).focus();
  });
  const item = make("li", { class: reason ? "is-out" : null },
    make("div", { class: "ask-person" },
      place >= 0 && asked.length > 1 ? make("span", { class: "eyebrow" }, place === 0 ? t("ask.first") : t("ask.choice", { number: place + 1 })) : null,
      listed ? make("a", { href: one.url ?? profileURL(one.id) }, name) : name),
    leave);
  if (reason) item.append(make("p", { class: "ask-problem" }, reason.text), ...nextSteps(reason, one));
  else if (one.state === "unchecked") item.append(make("p", { class: "ask-next" }, t("ask.unchecked")));
  else if (one.status === "waitlist") item.append(make("p", { class: "ask-next" }, t("ask.waits", { name: one.name })));
  return item;
}

// what somebody can do instead: a page of the mentor's own, a reminder, similar mentors
function nextSteps({ link, day, opens }, one) {
  const steps = [];
  if (link) steps.push(make("a", { href: link, rel: "noopener" }, t("ask.own_open")));
  if (day) {
    const remind = make("a", { href: location.href }, t("ask.later_remind", { date: dayName(day) }));
    const name = opens ?? one.name;
    offer(remind, { uid: `opens-${one?.id ?? programs.value}-${day}@${location.host}`, day, summary: t("ask.registers", { name }), url: location.href });
    steps.push(remind);
  }
  for (const other of one?.similar ?? []) steps.push(make("a", { href: other.url }, make("bdi", { translate: "no" }, other.name)));
  if (!steps.length) return [];
  const line = make("p", { class: "ask-next" });
  steps.forEach((step, i) => {
    if (one?.similar?.length && i === steps.length - one.similar.length) line.append(`${t("ask.similar")}: `);
    line.append(step, " ");
  });
  return [line];
}

// The request as it stands.
function request() {
  const value = (name) => find(`[name=${name}]`).value.trim();
  return {
    people: chosen().map(({ id, name }) => ({ id, name })), program: chosenProgram(), goal,
    ...Object.fromEntries(kept.map((name) => [name, value(name)])),
  };
}

// What a plain form would send of those who are asked, for the way without a script.
function keepHidden() {
  for (const old of form.querySelectorAll("input[data-whom]")) old.remove();
  const all = channel.fields(request());
  for (const [name, value] of Object.entries(all)) {
    if (/^(subject|mentor|mentors|choice\d+)$/.test(name)) form.append(make("input", { type: "hidden", name, value, "data-whom": true }));
  }
}

// Words, in languages with spaces and without.
function countWords(text) {
  if (Intl.Segmenter) return [...new Intl.Segmenter(lang, { granularity: "word" }).segment(text)].filter((part) => part.isWordLike).length;
  return text.split(/\s+/).filter(Boolean).length;
}

const written = () => countWords(texts.slice(0, 3).map((area) => area.value).join(" "));
const counter = find(".ask-count");
const least = Number(counter?.dataset.min ?? 0);

function count() {
  if (!counter) return;
  const now = written();
  counter.textContent = `${t("ask.min_words", { count: least })} ${t("ask.words", { count: now })}. ${now < least ? t("ask.words_missing", { count: least - now }) : t("ask.words_enough")}`;
}

function starters() {
  for (const area of texts) {
    const words = area.dataset.start;
    const start = make("button", { class: "link-button", type: "button" }, t("ask.start", { words }));
    start.addEventListener("click", () => {
      if (!area.value.startsWith(words.replace(/\s*…$/, ""))) area.value = `${words.replace(/\s*…$/, " ")}${area.value}`;
      area.focus();
      area.setSelectionRange(area.value.length, area.value.length);
      changed();
    });
    area.closest("p").after(make("p", { class: "ask-start small" }, start));
  }
}

function goals() {
  const choice = find("#ask-goal");
  if (!choice) return;
  const hope = texts[2];
  choice.closest("p").hidden = false;
  hope.closest("p").before(choice.closest("p"));
  const take = () => {
    const option = choice.selectedOptions[0];
    const before = [...choice.options].map((one) => one.dataset.statement).find((text) => text && hope.value.includes(text));
    goal = choice.value;
    if (before) hope.value = hope.value.replace(before, option.dataset.statement ?? "").trim();
    else if (option.dataset.statement) hope.value = [hope.value.trim(), option.dataset.statement].filter(Boolean).join("\n");
    changed();
  };
  choice.addEventListener("change", take);
  const wanted = query.get("goal");
  if (wanted && [...choice.options].some((option) => option.value === wanted)) {
    choice.value = wanted;
    take();
  }
}

// The draft lasts until it is sent or deleted.
const draftNote = find(".ask-draft");

function changed() {
  count();
  const draft = Object.fromEntries(kept.map((name) => [name, find(`[name=${name}]`).value]));
  const empty = kept.every((name) => !draft[name].trim());
  const reason = empty ? (device.remove("draft", "request"), "") : device.set("draft", "request", draft);
  draftNote.hidden = empty;
  draftNote.querySelector("span").textContent = t(reason ? `ask.draft_${reason}` : "ask.draft");
}

function restore() {
  const draft = device.get("draft", "request");
  for (const name of kept) if (typeof draft?.[name] === "string") find(`[name=${name}]`).value = draft[name];
  if (draft) changed();
}

find(".ask-forget").addEventListener("click", () => {
  for (const name of kept) find(`[name=${name}]`).value = "";
  changed();
  texts[0].focus();
});

// What is missing, each with a link to its field.
function check() {
  const faults = [];
  const fault = (field, text) => faults.push([field, text]);
  const labelOf = (field) => form.querySelector(`label[for="${field.id}"]`)?.textContent ?? "";
  if (!chosen().length) fault(people.querySelector("button") ?? programs ?? texts[0], t("ask.missing_mentor"));
  const visible = [...form.querySelectorAll("input, textarea")].filter((field) => !field.disabled && field.checkVisibility() && field.willValidate);
  for (const field of visible) {
    let text = "";
    if (field.type === "checkbox") text = field.required && !field.checked ? t("ask.missing_consent") : "";
    else if (field.required && !field.value.trim()) text = t("ask.missing_field", { label: labelOf(field) });
    else if (field.type === "email" && !field.validity.valid) text = t("ask.missing_email");
    if (text) fault(field, text);
    field.setAttribute("aria-invalid", String(!!text));
  }
  const now = written();
  if (texts[0].checkVisibility() && now < least && !faults.some(([field]) => texts.includes(field))) fault(texts[1], t("ask.words_missing", { count: least - now }));
  errors.hidden = !faults.length;
  errors.replaceChildren(...(faults.length ? [make("p", {}, t("ask.missing")), make("ul", {}, faults.map(([field, text]) => {
    field.id ||= `ask-field-${faults.findIndex(([other]) => other === field)}`;
    const link = make("a", { href: `#${field.id}` }, text);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      field.focus();
    });
    return make("li", {}, link);
  }))] : []));
  if (faults.length) errors.focus();
  return !faults.length;
}

form.noValidate = true;
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (find(`[name="${CSS.escape(honeypot())}"]`)?.value) return; // a robot
  if (check()) send();
});
form.addEventListener("input", (event) => {
  if (event.target === programs) return;
  changed();
});
programs?.addEventListener("change", show);

const honeypot = () => find('[data-channel="form"] input[tabindex="-1"]')?.name ?? "";

function send() {
  const ready = request();
  keepHidden();
  if (method === "form") sendForm(ready);
  else if (method === "email") hand(channel.mail(site.address, ready), ready, "ask.opened", false);
  else if (method === "github") hand(channel.issue(site.issues, site.template, ready), ready, "ask.opened_issue", true);
  else hand({ url: channel.link(site.link, ready), tooLong: false }, ready, "ask.opened_form", true);
}

let busy = false;

async function sendForm(ready) {
  if (busy) return;
  busy = true;
  find(".ask-send").setAttribute("aria-disabled", "true");
  progress.textContent = t("ask.sending");
  const extra = Object.fromEntries([...form.querySelectorAll('[data-channel="form"] input[type=hidden]')].map((input) => [input.name, input.value]));
  const reason = await channel.post(site.endpoint, { ...channel.fields(ready), ...extra, [honeypot()]: "" });
  busy = false;
  find(".ask-send").removeAttribute("aria-disabled");
  if (!reason) return sent(ready);
  const text = !navigator.onLine ? t("ask.failed_offline") : reason === "offline" ? t("ask.failed") : t("ask.failed_status", { status: reason });
  const steps = make("p", { class: "actions" }, button(t("ask.try_again"), () => sendForm(ready), false));
  const panel = make("div", {}, make("p", {}, `${text} ${site.address ? t("ask.failed_next") : ""}`), steps);
  if (site.address) {
    steps.append(make("a", { class: "button quiet", href: channel.mail(site.address, ready).url }, t("ask.by_email")));
    panel.append(...copying(ready));
  } else {
    steps.append(button(t("ask.copy_message"), () => copyOr(channel.message(ready), panel)));
  }
  if (reason === "offline" && navigator.onLine) steps.append(button(t("ask.without_script"), () => HTMLFormElement.prototype.submit.call(form)));
  progress.replaceChildren(panel);
}

// Hands the request to a mail program or another page. Whether it was sent there, only the visitor knows.
function hand({ url, tooLong }, ready, question, elsewhere) {
  const open = make("a", { class: "button quiet", href: url, ...(elsewhere ? { target: "_blank", rel: "noopener" } : {}) }, find(".ask-send span").textContent);
  const panel = make("div", {},
    tooLong ? make("p", {}, t("ask.too_long")) : null,
    make("p", {}, t(question)),
    make("p", { class: "actions" }, button(t("ask.did_send"), () => sent(ready), false), button(t("ask.not_yet"), () => progress.replaceChildren()), open));
  if (method !== "link") panel.append(...copying(ready));
  progress.replaceChildren(panel);
  open.click();
}

function copying(ready) {
  const open = method === "github";
  const place = make("div", { role: "status" });
  const line = make("p", { class: "actions" });
  if (method !== "github" && site.address) line.append(button(t("ask.copy_address"), () => copyOr(site.address, place)));
  line.append(button(t("ask.copy_message"), () => copyOr(channel.message(ready, { open }), place)));
  return [line, place];
}

async function copyOr(text, place) {
  if (await channel.copy(text)) place.replaceChildren(make("p", {}, t("ask.copied")));
  else place.replaceChildren(make("p", {}, t("ask.copy_failed")), make("p", { class: "ask-text", tabindex: "0" }, text));
}

function sent(ready) {
  const day = today();
  const days = Math.max(...chosen().map(({ response }) => response || Number(site.days)));
  const by = addDays(day, days);
  const id = `${day}-${crypto.getRandomValues(new Uint32Array(1))[0].toString(36)}`;
  const mentors = chosen().map((one) => ({ id: one.id, name: one.name, url: one.url }));
  device.set("request", id, { id, mentors, sent: day, by, channel: method, program: ready.program.id, goal: ready.goal });
  device.remove("draft", "request");
  form.hidden = true;
  sentPanel.hidden = false;
  sentPanel.querySelector(".ask-sent-wait").textContent = t("ask.sent_wait", { date: dayName(by) });
  const names = and.format(mentors.map(({ name }) => name));
  offer(sentPanel.querySelector(".ask-remind"), {
    uid: `request-${id}@${location.host}`, day: by, summary: t("ask.reminder", { name: names }),
    details: t("ask.reminder_text", { name: names, date: dayName(day) }), url: new URL("my/", home).href,
  });
  sentPanel.querySelector(".ask-my").href = new URL("my/", home).href;
  sentPanel.querySelector("h2").focus();
}

for (const part of document.querySelectorAll(".ask-without")) part.hidden = true;
form.hidden = false;
starters();
restore();
goals();
count();
await lookUp();
