// A mentor in a list, the same as mentor-card.html writes it.
import { statusText } from "./availability.js";
import { base, icon, make, t } from "./site.js";

const rightToLeft = /^(ar|arc|ckb|dv|fa|he|iw|ks|ps|sd|syr|ug|ur|yi)(-|$)|-(Arab|Hebr|Syrc|Thaa)\b/i;
const plain = (text) => text;

/** A mentor's photo, or initials on a colour of their own. */
export function portrait({ url, srcset, size, alt = "", initials, hue }) {
  return url
    ? make("img", { class: "portrait", src: new URL(url, base).pathname, srcset: srcset || undefined, width: size, height: size, alt, decoding: "async", loading: "lazy" })
    : make("span", { class: `portrait hue-${hue}`, "aria-hidden": "true", translate: "no" }, initials);
}

// With the data, availability.js says it again on the visitor's day.
function status({ status: name, free, from, until, months, written, full }) {
  const data = from || until || months.length
    ? { "data-written": written, "data-from": from || undefined, "data-until": until || undefined, "data-months": months.join(" ") || undefined, "data-full": full, "data-free": free }
    : {};
  return make("span", { class: `availability is-${name}`, ...data }, icon(`status-${name}`), " ", make("span", {}, statusText(name, { free, from })));
}

/** The card of a mentor. mark may turn a text into children of an element, with what was found marked. */
export function mentorCard(card, mark = plain) {
  const skills = card.skills?.map((label) => make("li", {}, mark(label))) ?? [];
  if (card.moreSkills) skills.push(make("li", { class: "tags-more" }, t("mentor.more_skills", { count: card.moreSkills })));
  return make("article", { class: "mentor-card", lang: card.lang || undefined, dir: card.lang ? (rightToLeft.test(card.lang) ? "rtl" : "ltr") : undefined, "data-stale-on": card.staleOn || undefined },
    portrait(card.portrait), "\n",
    make("div", { class: "mentor-card-who" },
      make("h3", {}, make("a", { href: new URL(card.url, base).pathname }, make("bdi", { translate: "no" }, mark(card.name))),
        card.verified ? [" ", make("span", { class: "verified" }, icon("verified"), make("span", { class: "visually-hidden" }, t("mentor.verified")))] : null),
      card.role ? make("p", { class: "mentor-card-role" }, mark(card.role)) : null),
    card.headline ? make("p", { class: "mentor-card-headline" }, mark(card.headline)) : null,
    skills.length ? make("ul", { class: "tags", "aria-label": t("mentor.skills") }, skills) : null,
    make("p", { class: "mentor-card-foot" }, status(card.availability),
      card.location ? [" ", make("span", { class: "mentor-card-place" }, icon("place"), ` ${card.location}`)] : null));
}
