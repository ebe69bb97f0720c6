// A mentor in a list, the same as mentor-card.html writes it.
import { base, day, has, icon, make, t } from "./site.js";

const rightToLeft = /^(ar|arc|ckb|dv|fa|he|iw|ks|ps|sd|syr|ug|ur|yi)(-|$)|-(Arab|Hebr|Syrc|Thaa)\b/i;
const plain = (text) => text;

/** A mentor's photo, or initials on a colour of their own. */
export function portrait({ url, srcset, size, alt = "", initials, hue }) {
  return url
    ? make("img", { class: "portrait", src: new URL(url, base).pathname, srcset: srcset || undefined, width: size, height: size, alt, decoding: "async", loading: "lazy" })
    : make("span", { class: `portrait hue-${hue}`, "aria-hidden": "true", translate: "no" }, initials);
}

function status({ status: name, free = -1, from, until, months }) {
  const words = name === "open" && free > 0 ? t("availability.free", { count: free })
    : name === "later" ? from ? t("availability.from", { date: day(from) }) : t("availability.later")
      : has(`status.${name}`) ? t(`status.${name}`) : name;
  return make("span", {
    class: `availability is-${name}`, "data-from": from || undefined, "data-until": until || undefined, "data-months": months?.length ? months.join(" ") : undefined,
  }, icon(`status-${name}`), " ", make("span", {}, words));
}

/** The card of a mentor. mark may turn a text into children of an element, with what was found marked. */
export function mentorCard(card, mark = plain) {
  const skills = card.skills?.map((label) => make("li", {}, mark(label))) ?? [];
  if (card.moreSkills) skills.push(make("li", { class: "tags-more" }, t("mentor.more_skills", { count: card.moreSkills })));
  return make("article", { class: "mentor-card", lang: card.lang || undefined, dir: card.lang ? (rightToLeft.test(card.lang) ? "rtl" : "ltr") : undefined },
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
