// The page on which mentors propose changes: shows what a profile says today, finds out what is
// different in the form, and hands that over through the site's channel as a change that `stoa import`
// reads. Nothing is sent before the visitor says so, and nothing is kept.
import * as channel from "./channel.js";
import { base, lang, make, t } from "./site.js";
import { today } from "./status.js";

const whose = document.querySelector(".update-whose");
const state = document.querySelector(".update-state");
const form = document.querySelector(".update-form");
const name = form.querySelector(".update-name");
const pause = form.querySelector("#update-pause");
const list = form.querySelector(".update-changes");
const progress = form.querySelector(".update-progress");
const controls = [...form.querySelectorAll("[data-path]")];
const { method, endpoint, address, issues } = form.dataset;
const longest = method === "github" ? 7500 : 1900; // of an address that browsers and mail programs hand over
let id = "";
let profile = null;
let sent = false;

const at = (value, path) => path.split(".").reduce((inner, key) => inner?.[key], value);

function put(value, path, given) {
  const keys = path.split(".");
  const last = keys.pop();
  let inner = value;
  for (const key of keys) inner = inner[key] ??= {};
  inner[last] = given;
}

// A list stands in its control with commas between; a status that is not written is open.
const shown = ({ dataset }, value) => (dataset.kind === "list" ? (value ?? []).join(", ") : String(value ?? (dataset.path === "availability.status" ? "open" : "")));

function read({ dataset, value }) {
  const text = value.trim();
  if (dataset.kind === "list") return text ? [...new Set(text.split(/[,،、;]/).map((word) => word.trim()).filter(Boolean))] : null;
  if (dataset.kind === "whole") return text ? Math.trunc(Number(text)) : null;
  if (dataset.kind === "number") return text ? Number(text) : null;
  return text ? value.replaceAll("\r\n", "\n") : null;
}

async function load() {
  id = whose.mentor.value.trim().replace(/^.*\/mentors\//, "").replace(/\/.*$/, "");
  form.hidden = true;
  if (!id) return;
  state.textContent = t("update.loading");
  try {
    const answer = await fetch(new URL(`mentors/${encodeURIComponent(id)}/profile.json`, base), { signal: AbortSignal.timeout(20_000) });
    if (answer.status === 404) {
      state.textContent = t("update.missing");
      return;
    }
    if (!answer.ok) throw new Error(String(answer.status));
    profile = await answer.json();
  } catch {
    state.textContent = t("update.offline");
    return;
  }
  state.textContent = "";
  history.replaceState(null, "", `?mentor=${encodeURIComponent(id)}`);
  show();
}

function show() {
  name.replaceChildren(t("update.of", { name: profile.name }));
  pause.value = profile.availability.status === "paused" ? (profile.availability.until ?? "") : "";
  pause.min = today();
  for (const control of controls) control.value = shown(control, at(profile, control.dataset.path));
  sent = false;
  form.hidden = false;
  progress.replaceChildren();
  tell();
  name.focus();
}

// What is different: {set, was, lines}, where a line is [label, before, after].
function changes() {
  const set = {};
  const was = {};
  const lines = [];
  const add = (path, label, given) => {
    const before = at(profile, path) ?? null;
    put(set, path, given);
    if (before !== null) put(was, path, before);
    lines.push([label, before, given]);
  };
  const availability = profile.availability;
  const pausing = pause.value && !(availability.status === "paused" && availability.until === pause.value);
  if (pausing) {
    add("availability.status", t("update.status"), "paused");
    if (availability.status !== "paused" || !availability.from) add("availability.from", t("update.from"), today());
    add("availability.until", t("update.until"), pause.value);
  }
  for (const control of controls) {
    const { path } = control.dataset;
    if (pausing && path === "availability.status") continue;
    if (control.value.trim() === shown(control, at(profile, path)).trim()) continue;
    add(path, form.querySelector(`label[for="${control.id}"]`).textContent, read(control));
    if (path === "availability.status" && availability.status === "paused") {
      // who is back is back without the dates of the break
      for (const date of ["from", "until"]) if (availability[date]) add(`availability.${date}`, t(`update.${date}`), null);
    }
  }
  return { set, was, lines };
}

const words = (value) => (value === null ? "" : Array.isArray(value) ? value.join(", ") : String(value));

function tell() {
  const { lines } = changes();
  if (!lines.length) {
    list.replaceChildren(make("p", {}, t("update.nothing")));
    return;
  }
  list.replaceChildren(make("p", {}, t("update.count", { count: lines.length })), make("dl", {}, lines.map(([label, before, after]) => make("div", {},
    make("dt", {}, label),
    make("dd", {}, before === null ? "" : make("del", {}, words(before)), before === null ? "" : " ", after === null ? t("update.nothing_there") : make("ins", {}, words(after)))))));
}

// The change as people and as `stoa import` read it.
function change({ set, was, lines }) {
  const body = { stoa: "profile-change", mentor: id, set, ...(Object.keys(was).length ? { was } : {}), date: today() };
  const subject = t("update.subject", { name: profile.name });
  const told = lines.map(([label, , after]) => `${label}: ${after === null ? t("update.nothing_there") : words(after)}`);
  return { subject, json: JSON.stringify(body), text: `${t("update.message", { name: profile.name })}\n\n${told.join("\n") || t("update.right")}\n\n\`\`\`json\n${JSON.stringify(body, null, 1)}\n\`\`\`\n` };
}

async function send(found) {
  const ready = change(found);
  if (method === "form") return postTo(ready);
  if (method === "none") return copying(ready, t("update.copy_text"));
  const url = addressOf(ready, ready.text);
  const tooLong = url.length > longest;
  const open = make("a", { class: "button quiet", href: tooLong ? addressOf(ready, "") : url, ...(method === "github" ? { target: "_blank", rel: "noopener" } : {}) }, form.querySelector("[type=submit] span").textContent);
  copying(ready, tooLong ? t("update.too_long") : t("update.handed"), open);
  open.click();
}

function addressOf({ subject }, text) {
  if (method === "email") return `mailto:${address}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(text.replaceAll("\n", "\r\n"))}`;
  const url = new URL(issues);
  url.searchParams.set("title", subject);
  if (text) url.searchParams.set("body", text);
  return url.href;
}

function copying(ready, says, ...more) {
  const place = make("div", {});
  const copy = make("button", { class: "button quiet", type: "button" }, t("update.copy"));
  copy.addEventListener("click", async () => {
    const done = await channel.copy(ready.text);
    place.replaceChildren(done ? make("p", {}, t("update.copied")) : make("p", { class: "update-text", tabindex: "0" }, ready.text));
  });
  progress.replaceChildren(make("p", {}, says), make("p", { class: "actions" }, copy, ...more), place);
}

async function postTo(ready) {
  const all = Object.fromEntries(new FormData(form));
  progress.replaceChildren(make("p", {}, t("update.sending")));
  const reason = await channel.post(endpoint, { ...all, subject: ready.subject, mentor: id, message: ready.text, change: ready.json });
  if (reason) {
    copying(ready, t("update.failed"));
    return;
  }
  sent = true;
  progress.replaceChildren(make("p", { class: "notice" }, t("update.sent")));
}

whose.addEventListener("submit", (event) => {
  event.preventDefault();
  load();
});
form.addEventListener("input", tell);
form.querySelector("[data-right]").addEventListener("click", () => {
  if (form.reportValidity()) send({ set: {}, was: {}, lines: [] });
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const found = changes();
  if (found.lines.length) send(found);
  else progress.replaceChildren(make("p", {}, t("update.nothing")));
});
addEventListener("beforeunload", (event) => {
  if (!form.hidden && !sent && !progress.hasChildNodes() && changes().lines.length) event.preventDefault();
});

document.querySelector(".update-without").hidden = true;
whose.hidden = false;
whose.mentor.value = new URLSearchParams(location.search).get("mentor") ?? "";
form.lang = lang;
await load();
