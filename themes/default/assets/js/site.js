// What every script of the theme needs to know of the page it runs on: where the site
// lives, the language, and the words that the layout handed over with {{words "section"}}.

/** The site's base address, which ends in a slash. This file is assets/<digest>/js/site.js. */
export const base = new URL("../../../", import.meta.url);

/** The home page in the page's language; addresses of this edition are relative to it. */
export const home = new URL(document.documentElement.dataset.home, location.origin);

/** The language that the site speaks on this page (BCP 47). */
export const lang = document.documentElement.lang;

/**
 * The language for Intl, so that scripts write dates and numbers as the pages do: English dates
 * with the day first, and digits 0 to 9 in every language.
 */
export const locale = `${lang === "en" ? "en-GB" : lang}-u-nu-latn`;

const words = {};
for (const block of document.querySelectorAll("script[data-words]")) {
  Object.assign(words, JSON.parse(block.textContent));
}

/** Takes further words, which a script fetched. */
export function learn(more) {
  Object.assign(words, more);
}

const plurals = new Intl.PluralRules(lang);
const numbers = new Intl.NumberFormat(locale, { useGrouping: "min2", maximumFractionDigits: 2 });

/**
 * Says a word of the theme. Values go where the word has {names}; count chooses the plural
 * form. Text, never HTML.
 */
export function t(key, values = {}) {
  let text = words[key];
  if (text === undefined) throw new Error(`the page was not given the word ${key}`);
  if (typeof text === "object") text = text[plurals.select(values.count)] ?? text.other;
  return text.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    return typeof value === "number" ? numbers.format(value) : value ?? whole;
  });
}

/** Whether the page was given a word: values of content, such as a status, may have none. */
export function has(key) {
  return words[key] !== undefined;
}

/** A date as people write it: text is 2026-10-12. */
export function day(text) {
  const [year, month, date] = text.split("-").map(Number);
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(new Date(Date.UTC(year, month - 1, date)));
}

/** Makes an element: attributes by name, then its children, texts or elements. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== undefined && value !== null) element.setAttribute(key, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** Draws a symbol of icons.svg. It says nothing to a screen reader: words stand beside it. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(svg.namespaceURI, "use");
  use.setAttribute("href", new URL(`../icons.svg#${name}`, import.meta.url).href.slice(location.origin.length));
  svg.append(use);
  return svg;
}

/** Makes an element of a drawing. */
export function svg(name, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}
