// The mentors whom the visitor asked or saved: whom a meeting may be with, and how much time they give.
import { list } from "./device.js";
import { readProfile } from "./profiles.js";

/** The mentors as {id, name}: those who answered, those who were asked, those who were saved; each once. */
export function people() {
  const requests = list("request").map(([, request]) => request).sort((a, b) => Number(Boolean(b.answered)) - Number(Boolean(a.answered)));
  const all = [...requests.flatMap((request) => request.mentors ?? []), ...list("shortlist").map(([, mentor]) => mentor)];
  const known = new Map();
  for (const { id, name } of all) if (typeof id === "string" && typeof name === "string" && !known.has(id)) known.set(id, { id, name });
  return [...known.values()];
}

/** The hours a month that a mentor's profile gives; 0 when it does not say, or cannot be had. */
export async function hoursOf(id) {
  const profile = await readProfile(id);
  return Number(profile.document?.querySelector("[data-hours]")?.dataset.hours) || 0;
}
