// The shortlist on /my/: order, notes, comparing up to three side by side, a link that shares it, and
// a list that somebody shared (#shortlist=id,id). Profiles are read from their own pages, so that
// what is shown is what they say now.
import { readDay, statusText } from "./availability.js";
import { profileURL } from "./cards.js";
import { copy } from "./channel.js";
import { readProfile } from "./profiles.js";
import * as shortlist from "./shortlist.js";
import { has, home, icon, make, t } from "./site.js";

const comparable = 3;
const longestShared = 50; // mentors that a shared link is read for
const place = document.querySelector(".my-shortlist");
const find = (name) => place.querySelector(`.my-shortlist-${name}`);
const profiles = new Map(); // promises by id
const chosen = new Set();

const profile = (id) => {
  if (!profiles.has(id)) profiles.set(id, readProfile(id));
  return profiles.get(id);
};
const say = (...text) => find("note").replaceChildren(make("p", {}, ...text));
const button = (text, action, quiet = true) => {
  const made = make("button", { class: quiet ? "button quiet" : "button", type: "button" }, text);
  made.addEventListener("click", action);
  return made;
};

function draw() {
  const all = shortlist.all();
  const list = find("list");
  for (const id of chosen) if (!all.some((record) => record.id === id)) chosen.delete(id);
  list.hidden = find("hint").hidden = all.length === 0;
  find("empty").hidden = all.length > 0;
  // Notes that are being written stay as they are: only what changed is made anew.
  const old = new Map([...list.children].map((item) => [item.dataset.id, item]));
  list.replaceChildren(...all.map((record, i) => {
    const item = old.get(record.id) ?? makeItem(record);
    number(item, i, all.length);
    const note = item.querySelector("textarea");
    if (note !== document.activeElement && note.value !== (record.note ?? "")) note.value = record.note ?? "";
    return item;
  }));
  drawActions(all);
  drawCompare();
}

function number(item, i, count) {
  item.querySelector(".my-shortlist-up").disabled = i === 0;
  item.querySelector(".my-shortlist-down").disabled = i === count - 1;
}

function makeItem({ id, name }) {
  const move = (by) => {
    const now = shortlist.move(id, by);
    draw();
    say(t("shortlist.moved", { name, number: now, count: shortlist.all().length }));
    const [same, other] = by < 0 ? ["up", "down"] : ["down", "up"];
    const wanted = item.querySelector(`.my-shortlist-${same}`);
    (wanted.disabled ? item.querySelector(`.my-shortlist-${other}`) : wanted).focus();
  };
  const small = (kind, sign, label, action) => {
    const made = make("button", { class: `my-shortlist-${kind} icon-button`, type: "button", "aria-label": label }, icon(sign));
    made.addEventListener("click", action);
    return made;
  };
  const box = make("input", { type: "checkbox", "aria-label": t("shortlist.compare_choose", { name }) });
  box.addEventListener("change", () => {
    if (box.checked && chosen.size >= comparable) {
      box.checked = false;
      say(t("shortlist.compare_most", { count: comparable }));
      return;
    }
    chosen[box.checked ? "add" : "delete"](id);
    drawCompare();
  });
  const note = make("textarea", { rows: 2, maxlength: 2000, "aria-label": t("shortlist.note", { name }), placeholder: t("shortlist.note", { name }) });
  note.addEventListener("input", () => {
    const reason = shortlist.change(id, { note: note.value });
    if (reason) say(t(`shortlist.${reason}`));
  });
  const state = make("p", { class: "my-shortlist-state small" });
  const item = make("li", { "data-id": id },
    make("div", { class: "my-shortlist-head" },
      make("h3", {}, make("a", { href: profileURL(id) }, make("bdi", { translate: "no" }, name))),
      make("span", { class: "my-shortlist-move" },
        small("up", "arrow-up", t("shortlist.up", { name }), () => move(-1)), small("down", "arrow-down", t("shortlist.down", { name }), () => move(1)),
        small("drop", "close", t("shortlist.remove", { name }), () => drop(id, name)))),
    make("div", { class: "my-shortlist-row" }, state, make("label", { class: "my-shortlist-choose" }, box, t("shortlist.compare"))), note);
  profile(id).then((now) => {
    if (now.state === "listed") state.append(icon(`status-${now.status}`), " ", now.says || statusText(now.status, now));
    else state.textContent = now.state === "gone" ? t("shortlist.gone", { name }) : t("shortlist.unchecked");
  });
  return item;
}

function drop(id, name) {
  const record = shortlist.drop(id);
  draw();
  const back = button(t("shortlist.undo"), () => {
    shortlist.putBack(record);
    draw();
    place.querySelector(`[data-id="${CSS.escape(id)}"] a`)?.focus();
  });
  say(t("shortlist.removed", { name }), " ", back);
  back.focus();
}

function drawActions(all) {
  const actions = find("actions");
  actions.hidden = all.length === 0;
  if (!all.length) return;
  const most = Math.min(Number(place.dataset.most) || 1, all.length);
  const made = [];
  if (place.dataset.request) {
    const ask = new URL(place.dataset.request, location.href);
    for (const { id } of all.slice(0, most)) ask.searchParams.append("mentor", id);
    made.push(make("a", { class: "button my-shortlist-ask", href: ask.href }, t("shortlist.ask", { count: most })));
  }
  made.push(button(t("shortlist.share"), share));
  actions.replaceChildren(...made);
}

async function share() {
  const link = new URL("my/", home);
  link.hash = `shortlist=${shortlist.all().map(({ id }) => encodeURIComponent(id)).join(",")}`;
  if (await copy(link.href)) say(t("shortlist.shared"));
  else say(t("shortlist.share_failed"), " ", make("a", { href: link.href }, link.href));
}

// What profiles say, in rows by what is said.
async function drawCompare() {
  const panel = find("compare");
  if (chosen.size < 2) {
    panel.hidden = true;
    return;
  }
  const ids = shortlist.all().map(({ id }) => id).filter((id) => chosen.has(id));
  const all = (await Promise.all(ids.map(profile))).filter(({ state }) => state === "listed");
  const rows = new Map();
  const put = (label, i, text) => {
    if (!rows.has(label)) rows.set(label, []);
    if (text) rows.get(label)[i] = text;
  };
  all.forEach(({ document: page, status, ...rest }, i) => {
    put(t("shortlist.status"), i, rest.says || statusText(status, rest));
    for (const section of page.querySelectorAll(".profile-body section:has(> .ask-list), .profile-body section:has(> .tags)")) {
      put(section.querySelector("h2").textContent, i, [...section.querySelectorAll("li")].map((li) => (li.querySelector("a") ?? li).textContent.trim()).join(", "));
    }
    for (const fact of page.querySelectorAll(".request .facts > div, .profile-body .facts > div")) {
      const items = [...fact.querySelectorAll("dd li, dd a")];
      const text = items.length ? items.filter((one) => !one.closest("li") || one.matches("li")).map((one) => one.textContent.trim()).join(", ") : fact.querySelector("dd").textContent.trim();
      put(fact.querySelector("dt").textContent, i, text);
    }
  });
  panel.hidden = all.length < 2;
  panel.replaceChildren(make("h3", {}, t("shortlist.compare_title")), make("div", { class: "table", tabindex: "0", role: "region", "aria-label": t("shortlist.compare_title") },
    make("table", {},
      make("thead", {}, make("tr", {}, make("td"), all.map(({ name, url }) => make("th", { scope: "col" }, make("a", { href: url }, make("bdi", { translate: "no" }, name)))))),
      make("tbody", {}, [...rows].map(([label, texts]) => make("tr", {}, make("th", { scope: "row" }, label),
        all.map((_, i) => make("td", {}, texts[i] ?? make("span", { class: "muted" }, t("shortlist.compare_empty"))))))))));
}

// Somebody's list is looked up before it is offered: it may name people who are not here.
async function offerShared() {
  const text = new URLSearchParams(location.hash.slice(1)).get("shortlist");
  const offer = find("offer");
  if (!text) {
    offer.hidden = true;
    return;
  }
  const ids = [...new Set(text.split(",").map((id) => id.trim()).filter((id) => id && id.length <= 80 && !/[/?#\\]/.test(id)))].slice(0, longestShared);
  const found = await Promise.all(ids.map(profile));
  const listed = found.filter(({ state }) => state === "listed");
  const unknown = found.length - listed.length;
  const close = () => {
    history.replaceState(null, "", location.pathname + location.search);
    offer.hidden = true;
    find("note").replaceChildren();
    place.querySelector("h2").focus();
  };
  const take = () => {
    const fresh = listed.filter(({ id }) => !shortlist.has(id));
    const reason = fresh.map(({ id, name, url }) => shortlist.add({ id, name, url })).find(Boolean);
    close();
    draw();
    say(fresh.length ? t("shortlist.taken", { count: fresh.length }) : t("shortlist.taken_none"), reason ? ` ${t(`shortlist.${reason}`)}` : "");
  };
  offer.replaceChildren(
    make("p", {}, t("shortlist.offered", { count: ids.length }), unknown ? ` ${t("shortlist.unknown", { count: unknown })}` : ""),
    listed.length ? make("ul", {}, listed.map(({ name, url }) => make("li", {}, make("a", { href: url }, make("bdi", { translate: "no" }, name))))) : "",
    make("p", { class: "actions" }, listed.length ? button(t("shortlist.take"), take, false) : null, button(t("shortlist.leave"), close)));
  offer.hidden = false;
}

if (place) {
  await readDay();
  if (has("shortlist.title")) {
    draw();
    shortlist.watch(() => {
      if (!place.contains(document.activeElement) || document.activeElement.matches(":not(textarea)")) draw();
    });
    addEventListener("hashchange", offerShared);
    await offerShared();
  }
}
