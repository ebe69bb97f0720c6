// Who mentors are, for lists that the browser makes: name, headline and portrait, from the files
// match/cards/<n>.json, of which only those are fetched whose mentors are shown.
import { home } from "./site.js";

const blocks = new Map();
const block = 32; // mentors in a file, see pages/match.go

/** The card of the mentor at a place in match/facts.json. */
export async function cardAt(index) {
  const number = Math.floor(index / block);
  if (!blocks.has(number)) {
    const reading = fetch(new URL(`match/cards/${number}.json`, home)).then((answer) => {
      if (!answer.ok) throw new Error(`cards ${number}: ${answer.status}`);
      return answer.json();
    });
    blocks.set(number, reading);
    reading.catch(() => blocks.delete(number)); // the next time it may work
  }
  return (await blocks.get(number))[index % block];
}

/** A mentor's page. */
export const profileURL = (id) => new URL(`mentors/${encodeURIComponent(id)}/`, home).href;
