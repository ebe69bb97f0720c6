// The four ways in which a request leaves the device: a form's endpoint, the program's inbox, an issue
// or a form elsewhere. What a request says is {people: [{id, name}], program: {id, title}, goal, name,
// email, who, why, hope, times}; the names of the fields are those that content/README.md lists.
import { t } from "./site.js";

const longestMail = 1900; // Windows hands over at most 2,083 characters of an address
const longestIssue = 7500; // GitHub takes a little over 8,000

/** The subject of a request. */
export function subject({ people }) {
  return people.length ? `${t("ask.subject")}: ${people.map(({ name }) => name).join(", ")}` : t("ask.subject");
}

/** Everyone asked, as people read it: "Ana (ana), Bo (bo)". */
export const mentors = ({ people }) => people.map(({ id, name }) => `${name} (${id})`).join(", ");

/** The request as one text. */
export function message(request, { open = false } = {}) {
  const part = (title, text) => (text?.trim() ? `${title}:\n${text.trim()}\n` : "");
  const lines = [
    request.people.length ? t("ask.message_to", { names: mentors(request) }) : "",
    request.program?.id ? t("ask.message_program", { program: request.program.title }) : "",
    request.name && !open ? t("ask.message_name", { name: request.name }) : "",
  ].filter(Boolean);
  return [
    lines.join("\n") + (lines.length ? "\n" : ""),
    part(t("ask.who"), request.who), part(t("ask.why"), request.why), part(t("ask.hope"), request.hope), part(t("ask.times"), request.times),
  ].filter(Boolean).join("\n");
}

/** The fields that a form sends, besides those that config adds. */
export function fields(request) {
  const all = {
    subject: subject(request), mentor: request.people[0]?.id ?? "", mentors: mentors(request), program: request.program?.id ?? "",
    name: request.name, email: request.email, who: request.who, why: request.why, hope: request.hope, times: request.times, consent: "yes",
  };
  request.people.forEach(({ id }, i) => (all[`choice${i + 1}`] = id));
  return all;
}

/** Sends the fields. Gives "" when they were taken, "offline" when nothing was reached, else the status. */
export async function post(endpoint, all) {
  try {
    const answer = await fetch(endpoint, {
      method: "POST", body: new URLSearchParams(all), headers: { Accept: "application/json" }, signal: AbortSignal.timeout(30_000),
    });
    return answer.ok ? "" : String(answer.status);
  } catch {
    return "offline";
  }
}

/** The address of a new message, and whether the text was too long for it. */
export function mail(address, request) {
  const body = message(request);
  const url = (text) => `mailto:${address}?subject=${encodeURIComponent(subject(request))}&body=${encodeURIComponent(text.replaceAll("\n", "\r\n"))}`;
  return url(body).length > longestMail ? { url: url(""), tooLong: true } : { url: url(body), tooLong: false };
}

/** The address of a new issue, with the site's form for it filled in, and whether the text was too long. Name and e-mail address are not in it. */
export function issue(issues, template, request) {
  const url = new URL(issues);
  const set = (all) => Object.entries(all).forEach(([name, value]) => value && url.searchParams.set(name, value));
  set({ title: subject(request) });
  if (template) {
    set({ template, mentor: mentors(request), program: request.program?.title });
    set({ who: request.who, why: request.why, hope: request.hope, times: request.times });
  } else {
    set({ body: message(request, { open: true }) });
  }
  if (url.href.length <= longestIssue) return { url: url.href, tooLong: false };
  for (const name of ["body", "who", "why", "hope", "times"]) url.searchParams.delete(name);
  return { url: url.href, tooLong: true };
}

/** The address of a form elsewhere, filled in; what was not chosen becomes nothing. */
export function link(address, { people, program, goal }) {
  const chosen = { "mentor.id": people[0]?.id, "mentor.name": people[0]?.name, program: program?.id, goal };
  people.forEach(({ id, name }, i) => {
    chosen[`choice${i + 1}.id`] = id;
    chosen[`choice${i + 1}.name`] = name;
  });
  return new URL(address.replace(/\{([a-z0-9.]+)\}/g, (_, name) => encodeURIComponent(chosen[name] ?? "")), location.href).href;
}

/** Copies a text. Gives whether that was allowed. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
