// What a profile says, read from its page: the page is the data. No script of it runs.
import { ruleOf, shownStatus } from "./availability.js";
import { profileURL } from "./cards.js";
import { statusOn, today } from "./status.js";

/**
 * Reads a mentor's page. state is "listed", "gone" (there is no such page) or "unchecked" (it could not
 * be had). A listed one has name, status (and what the page says of it, where that still holds), free, from, method, link, programs, response, similar and
 * document, the page itself.
 */
export async function readProfile(id) {
  const url = profileURL(id);
  const { status, page } = await fetchPage(url);
  const panel = page?.querySelector(".request[data-mentor]");
  if (status === 404 || status === 410 || (page && !panel)) return { id, url, state: "gone" };
  if (!panel) return { id, url, state: "unchecked" };
  const data = panel.dataset;
  const sign = panel.querySelector(".availability");
  const rule = ruleOf(sign);
  const now = "written" in sign.dataset ? statusOn(rule, today()) : shownStatus(sign);
  return {
    id: data.mentor, url, state: "listed", name: data.name, method: data.method, link: data.link ?? "",
    status: now, says: now === shownStatus(sign) ? sign.textContent.trim() : "",
    free: Number(sign.dataset.free ?? -1), from: rule.from ?? "", until: rule.until ?? "",
    programs: (data.programs ?? "").split(" ").filter(Boolean), response: Number(data.response) || 0,
    similar: [...page.querySelectorAll(".profile ~ .band .mentor-card h3 a")].slice(0, 3).map((a) => ({ name: a.textContent.trim(), url: new URL(a.getAttribute("href"), url).href })),
    document: page,
  };
}

// A document from XMLHttpRequest is parsed without running scripts, and needs no string of HTML.
function fetchPage(url) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("GET", url);
    request.setRequestHeader("Cache-Control", "max-age=0"); // ask the host: a copy may be of a page that has gone
    request.responseType = "document";
    request.timeout = 20_000;
    request.onload = () => resolve({ status: request.status, page: request.status < 300 ? request.response : null });
    request.onerror = request.ontimeout = () => resolve({ status: 0, page: null });
    request.send();
  });
}
