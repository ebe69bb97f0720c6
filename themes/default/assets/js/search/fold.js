// Makes words comparable, as package fold does in Go, and divides texts into words, as
// package search does. testdata/vectors.json holds them to the same results.

const written = { ł: "l", ø: "o", đ: "d", ð: "d", þ: "th", ß: "ss", æ: "ae", œ: "oe", ı: "i", ς: "σ" };
const alphabets = "\\p{Script=Latin}\\p{Script=Greek}\\p{Script=Cyrillic}";
const dense = "ー" + ["Han", "Hiragana", "Katakana", "Hangul", "Thai", "Lao", "Khmer", "Myanmar"].map((name) => `\\p{Script=${name}}`).join("");
const letter = "(?:(?![ʻʼ])[\\p{L}\\p{N}\\p{M}])";

const marked = new RegExp(`([${alphabets}])([\\p{Mn}\\s]+)`, "gu");
const joined = new RegExp(`(${letter})['‘’ʻʼ](${letter}{1,2})(?!${letter})`, "gu");
const words = new RegExp(`(${letter}+)([+#]*)`, "gu");
const runs = new RegExp(`([${dense}]+)`, "u");

/** Whether a word is of a script that is written without spaces. */
export const isDense = (word) => runs.test(word);

/** Folds case, accents and width. */
export function fold(text) {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(marked, (_, base, rest) => base + rest.replace(/\p{Mn}/gu, ""))
    .replace(/[łøđðþßæœıς]/g, (sign) => written[sign])
    .normalize("NFC");
}

/** The words of a text, folded; of scripts without spaces, every two neighbouring characters. */
export function tokens(text) {
  const found = [];
  for (const [, word, signs] of fold(text).replace(joined, "$1$2").matchAll(words)) {
    const parts = word.split(runs);
    parts.forEach((part, i) => {
      if (i % 2) found.push(...pairs([...part]));
      else if (part) found.push([...(i === parts.length - 1 ? part + signs : part)].slice(0, 40).join(""));
    });
  }
  return found;
}

function pairs(characters) {
  return characters.length < 2 ? characters : characters.slice(1).map((character, i) => characters[i] + character);
}

/** The id that most labels have. */
export const slug = (label) => (fold(label).match(new RegExp(`${letter}+`, "gu")) ?? []).join("-");
