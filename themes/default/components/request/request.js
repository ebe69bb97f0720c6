// On a profile: whether the mentor can be asked on the visitor's day, and the hours that both share.
import { readDay, shownStatus } from "./availability.js";
import { day as dayName, has, t } from "./site.js";
import { canAsk, phaseOn, readCohorts, takesRequests, today } from "./status.js";
import { ahead, isZone, overlapOn, ownZone } from "./zones.js";

const panel = document.querySelector(".request[data-mentor]");

// what is said when all the mentor's programs take nobody on the visitor's day, or ""
function closedWindow() {
  const all = panel.dataset.programs.split(" ").filter(Boolean);
  const dated = [...panel.querySelectorAll("[data-program]")].map(({ dataset }) => ({ title: dataset.title, phase: phaseOn(readCohorts(dataset.cohorts), today()) }));
  if (!all.length || dated.length < all.length || dated.some(({ phase }) => takesRequests(phase[0]))) return "";
  const next = dated.filter(({ phase }) => phase[0] === "upcoming" && phase[1]).sort((one, two) => (one.phase[1] < two.phase[1] ? -1 : 1))[0];
  return next ? t("ask.program_opens", { program: next.title, date: dayName(next.phase[1]) }) : t("ask.program_closed", { program: dated[0].title });
}

function openOrClose() {
  const able = canAsk(shownStatus(panel.querySelector(".availability")));
  const shut = closedWindow();
  const form = panel.querySelector(".request-open");
  if (form) form.hidden = !able || !!shut;
  panel.querySelector(".request-closed").hidden = able && !shut;
  panel.querySelector(".request-why").textContent = able && shut ? shut : t("request.closed");
  const bar = document.querySelector(".request-bar");
  if (bar) bar.hidden = !able || !!shut;
}

// "3 hours ahead of you · 4 shared evening hours", beside the mentor's time zone
function sayOverlap(place) {
  const theirs = place.dataset.timezone;
  const mine = ownZone();
  if (!isZone(theirs) || !isZone(mine)) return;
  const minutes = ahead(mine, theirs);
  const hours = (count) => Math.round(count / 30) / 2;
  const distance = minutes === 0 ? t("overlap.same") : t(minutes > 0 ? "overlap.ahead" : "overlap.behind", { count: Math.abs(minutes) / 60 });
  const { working, evening, awake } = overlapOn(today(), mine, theirs);
  const shared = evening >= 60 ? t("match_reason.evening", { count: hours(evening) })
    : working >= 60 ? t("match_reason.working", { count: hours(working) })
    : awake >= 30 ? t("match_reason.awake", { count: hours(awake) }) : t("match_missing.timezones");
  const note = document.createElement("span");
  note.className = "overlap";
  note.textContent = `${distance} · ${shared}`;
  place.append(document.createElement("br"), note);
}

if (panel) {
  await readDay(); // has the words
  if (has("overlap.same")) {
    openOrClose();
    document.addEventListener("availability", openOrClose);
    for (const place of document.querySelectorAll("[data-timezone]")) sayOverlap(place);
  }
  panel.querySelector(".request-link")?.addEventListener("click", () => {
    const sent = panel.querySelector(".request-note-sent");
    if (sent) sent.hidden = false;
  });
}
