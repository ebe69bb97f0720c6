// Finds the words of the index that are nearest to one that is not in it.

function readSpeller(reader) {
  const words = [];
  for (let word = ""; reader.at < reader.bytes.length; ) {
    word = reader.sharing(word);
    words.push([word, reader.number()]);
  }
  return words;
}

const reversed = (word) => [...word].reverse().join("");

/** How many insertions, deletions, replacements and swaps of neighbours make one word another; more than limit is limit + 1. */
export function distance(a, b, limit) {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      let n = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) n = Math.min(n, before[j - 2] + 1);
      row.push(n);
      least = Math.min(least, n);
    }
    if (least > limit) return limit + 1;
    before = last;
    last = row;
  }
  return last[b.length];
}

const mostEnding = 3;

/** How many letters at the end of a word make it another form of one that begins as it does; more than mostEnding is mostEnding + 1. */
function ending(a, b) {
  let n = 0;
  while (n < a.length && a[n] === b[n]) n++;
  return n < 4 || a.length - n > mostEnding || b.length - n > mostEnding ? mostEnding + 1 : Math.max(a.length - n, 1);
}

/**
 * The words nearest to a word, the likeliest first: one fault away from four letters on, two
 * from nine; then those that differ in their endings. Those are looked at that begin or end with the same
 * two letters, since a word with one fault does.
 */
export async function nearest(store, word, most) {
  const letters = [...word];
  const limit = letters.length >= 9 ? 2 : letters.length >= 4 ? 1 : 0;
  if (!limit) return [];
  const shards = [["s", word], ["z", reversed(word)]].map(async ([letter, text]) => {
    const i = await store.find(letter, [...text].slice(0, 2).join(""));
    const words = (i >= 0 && (await store.file(letter, i, readSpeller))) || [];
    return letter === "s" ? words : words.map(([form, frequency]) => [reversed(form), frequency]);
  });
  const found = new Map();
  for (const [form, frequency] of (await Promise.all(shards)).flat()) {
    if (form === word || found.has(form)) continue;
    let n = distance(letters, [...form], limit);
    if (n > limit) n += ending(letters, [...form]);
    if (n <= limit + mostEnding + 1) found.set(form, { form, distance: n, frequency, begins: form[0] === word[0] });
  }
  return [...found.values()]
    .sort((a, b) => a.distance - b.distance || b.begins - a.begins || b.frequency - a.frequency || (a.form < b.form ? -1 : 1))
    .slice(0, most);
}
