// The requests that were sent from this device: whom, when, by when to expect an answer; and where none
// came, a polite reminder, the next choice and the program's office.
import { copy } from "./channel.js";
import * as device from "./device.js";
import { readProfile } from "./profiles.js";
import { offer } from "./reminder.js";
import * as shortlist from "./shortlist.js";
import { day as dayName, has, home, lang, make, t } from "./site.js";
import { today } from "./status.js";

const place = document.querySelector(".my-requests");
const find = (name) => place.querySelector(`.my-requests-${name}`);
const and = new Intl.ListFormat(lang, { type: "conjunction" });
const looked = new Map();
const isDay = (text) => /^\d{4}-\d\d-\d\d$/.test(text ?? "");

const button = (text, action) => {
  const made = make("button", { class: "button quiet", type: "button" }, text);
  made.addEventListener("click", action);
  return made;
};

const all = () => device.list("request").map(([key, record]) => ({ ...record, key }))
  .filter((record) => Array.isArray(record.mentors) && record.mentors.length && isDay(record.sent) && isDay(record.by)
    && record.mentors.every((mentor) => typeof mentor?.id === "string" && typeof mentor.name === "string"))
  .sort((a, b) => (a.sent < b.sent ? 1 : a.sent > b.sent ? -1 : a.key < b.key ? -1 : 1));

function draw() {
  const records = all();
  find("list").hidden = records.length === 0;
  find("empty").hidden = records.length > 0;
  find("list").replaceChildren(...records.map(item));
}

function change({ key, ...record }, part) {
  device.set("request", key, { ...record, ...part });
  draw();
  place.querySelector(`[data-key="${CSS.escape(key)}"] button`)?.focus();
}

function item(record) {
  const { key, mentors, sent, by, answered } = record;
  const names = and.format(mentors.map(({ name }) => name));
  const late = !answered && by < today();
  const remind = make("a", { class: "button quiet", href: location.href }, t("requests.remind"));
  if (!answered && !late) {
    offer(remind, {
      uid: `request-${key}@${location.host}`, day: by, summary: t("ask.reminder", { name: names }),
      details: t("ask.reminder_text", { name: names, date: dayName(sent) }), url: new URL("my/", home).href,
    });
  }
  const made = make("li", { class: late ? "is-late" : null, "data-key": key },
    make("h3", {}, mentors.flatMap(({ name, url }, i) => [i ? ", " : "", link(name, url)])),
    make("p", {}, t("requests.sent", { date: dayName(sent) }), " · ",
      answered ? t("requests.answered") : t(late ? "requests.overdue" : "requests.by", { date: dayName(by) })),
    make("p", { class: "actions" },
      button(t(answered ? "requests.unmark" : "requests.mark"), () => change(record, { answered: !answered })),
      !answered && !late ? remind : null,
      button(t("requests.forget"), () => forget(record))));
  if (late) made.append(...steps(record, mentors[0]));
  for (const { id, name } of mentors) {
    if (!looked.has(id)) looked.set(id, readProfile(id));
    looked.get(id).then(({ state }) => state === "gone" && made.append(make("p", { class: "small" }, t("requests.gone", { name }))));
  }
  return made;
}

// An address that was kept leads to this site, or nowhere.
function link(name, url) {
  const text = make("bdi", { translate: "no" }, name);
  try {
    const address = new URL(url, home);
    return address.origin === location.origin ? make("a", { href: address.href }, text) : text;
  } catch {
    return text;
  }
}

function steps(record, { name }) {
  const text = t("requests.follow_up_text", { name, date: dayName(record.sent) }).trim();
  const said = make("span", { role: "status" });
  const next = nextChoice();
  const ask = next && place.dataset.request ? new URL(place.dataset.request, location.href) : null;
  if (ask) ask.searchParams.set("mentor", next.id);
  return [
    make("details", {}, make("summary", {}, t("requests.follow_up")), make("p", { class: "my-requests-text" }, text),
      make("p", { class: "actions" }, button(t("requests.copy"), async () => {
        said.textContent = (await copy(text)) ? t("requests.copied") : "";
      }), said)),
    make("p", { class: "my-requests-next" },
      ask ? make("a", { href: ask.href }, t("requests.next", { name: next.name })) : make("a", { href: place.dataset.mentors }, t("requests.others")),
      place.dataset.contact ? [" ", make("a", { href: place.dataset.contact }, t("requests.coordinator"))] : null),
  ];
}

// the first of the shortlist whom nobody asked yet
function nextChoice() {
  const asked = new Set(all().flatMap(({ mentors }) => mentors.map(({ id }) => id)));
  return shortlist.all().find(({ id }) => !asked.has(id));
}

function forget({ key, ...record }) {
  device.remove("request", key);
  draw();
  const back = button(t("requests.undo"), () => {
    device.set("request", key, record);
    find("note").replaceChildren();
    draw();
    place.querySelector(`[data-key="${CSS.escape(key)}"] button`)?.focus();
  });
  find("note").replaceChildren(make("p", {}, t("requests.forgotten"), " ", back));
  back.focus();
}

if (place && has("requests.title")) {
  draw();
  device.watch((kind) => (kind === "request" || kind === "shortlist") && draw());
}
