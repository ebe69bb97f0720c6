// Reads the files of the index: each once, and past the browser's cache when the site was
// published anew in the meantime.

/** Why there is no search: "offline", "missing", "damaged" or "unsupported". */
export class SearchError extends Error {
  constructor(reason, cause) {
    super(`search: ${reason}`, { cause });
    this.name = "SearchError";
    this.reason = reason;
  }
}

/** A file that is not as the manifest says: the manifest may be an old one. */
export class Stale extends Error {}

const decoder = new TextDecoder();

/** Reads numbers and texts as package search packs them. */
export class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  number() {
    for (let n = 0, unit = 1; ; unit *= 128) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw new Stale("a file ends too early");
      n += (byte & 127) * unit;
      if (byte < 128) return n;
    }
  }

  text() {
    const size = this.number();
    return decoder.decode(this.bytes.subarray(this.at, (this.at += size)));
  }

  /** A text that begins as another one does. */
  sharing(other) {
    return other.slice(0, this.number()) + this.text();
  }

  /** Calls back with so many increasing numbers. */
  ascending(count, visit) {
    for (let n = 0; count-- > 0; ) visit((n += this.number()));
  }
}

async function inflate(data) {
  const stream = new Blob([data]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The index of one language, as of one manifest. */
export class Store {
  /** Reads the manifest: past the cache, when one was there before that does not fit. */
  static async open(folder, fetch, before) {
    const store = new Store();
    Object.assign(store, { folder, fetch, known: new Map(), cache: before ? "reload" : "default" });
    store.text = decoder.decode(await store.get("manifest.json", () => { throw new SearchError("missing"); }));
    try {
      store.manifest = JSON.parse(store.text);
      store.layOut();
    } catch (cause) {
      throw new SearchError("damaged", cause);
    }
    if (store.text !== before?.text) store.cache = "default"; // its files have other names
    return store;
  }

  /** Numbers documents and terms as the manifest says. */
  layOut() {
    const { v, kinds, facets, files = {} } = this.manifest;
    if (v !== 1) throw new Error(`version ${v}`);
    this.groups = files;
    this.space = this.terms = this.documents = 0;
    let cardFiles = 0;
    this.kinds = kinds.map(([name, space, documents, cards], number) => {
      const kind = { name, number, start: this.space, space, documents, cards, files: cardFiles };
      this.space += space;
      this.documents += documents;
      cardFiles += Math.ceil(space / cards);
      return kind;
    });
    this.seats = this.kinds[0].space;
    this.facets = facets.map(([name, space]) => ({ name, space, offset: (this.terms += space) - space }));
  }

  async get(name, absent) {
    let response;
    try {
      response = await this.fetch(new URL(name, this.folder), { cache: this.cache });
      if (response.ok) return await response.arrayBuffer();
    } catch (cause) {
      throw new SearchError("offline", cause);
    }
    return absent(response.status);
  }

  async load(name) {
    const data = await this.get(name, (status) => { throw new Stale(`${name}: ${status}`); });
    try {
      return await inflate(data);
    } catch (cause) {
      throw new Stale(name, { cause });
    }
  }

  /** Divides the one file of a small portal. */
  async unpack() {
    if (!this.manifest.one) return;
    const bytes = await this.load(`o-${this.manifest.one}.bin`);
    const reader = new Reader(bytes);
    const sizes = [];
    for (let letter; (letter = reader.text()); ) {
      this.groups[letter] = ["", reader.text()];
      for (let i = 0, n = reader.number(); i < n; i++) sizes.push([letter + i, reader.number()]);
    }
    this.parts = new Map();
    for (const [key, size] of sizes) this.parts.set(key, bytes.subarray(reader.at, (reader.at += size)));
  }

  /** Which of the files that are found by key has a word; -1 when there is none. */
  async find(letter, word) {
    const lists = this.groups[`${letter}d`];
    if (!lists) return last(this.groups[letter]?.[1], word);
    const i = last(lists[1], word);
    return 32 * i + last((await this.list(letter, i)).keys, word);
  }

  /** A list of names of files, and of their keys when they have any. */
  list(letter, i) {
    const size = 3 * Math.min(32, this.groups[`${letter}d`][2] - 32 * i);
    return this.file(`${letter}d`, i, (reader) => {
      reader.at = size;
      return { names: hex(reader.bytes.subarray(0, size)), keys: size < reader.bytes.length ? reader.text() : undefined };
    });
  }

  /** A file as read makes it, remembered; undefined when there is nothing in it. */
  file(letter, i, read) {
    const key = letter + i;
    let made = this.known.get(key);
    if (!made) {
      made = this.bytes(letter, i).then((bytes) => (bytes?.length ? read(new Reader(bytes)) : undefined));
      this.known.set(key, made);
      made.catch(() => this.known.delete(key));
    }
    return made;
  }

  async bytes(letter, i) {
    if (this.parts) return this.parts.get(letter + i);
    const lists = this.groups[`${letter}d`];
    const { names, keys } = lists ? await this.list(letter, i >> 5) : { names: this.groups[letter]?.[0] ?? "", keys: this.groups[letter]?.[1] };
    const at = 6 * (lists ? i & 31 : i);
    const name = names.slice(at, at + 6);
    if (!name || name === "000000") return undefined;
    return this.load(`${letter}${keys === undefined || letter[1] ? i : ""}-${name}.bin`);
  }
}

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** The last of the keys, a line each, that is not behind a word. */
function last(keys, word) {
  const list = keys?.split("\n") ?? [];
  let low = 0;
  for (let high = list.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (list[middle] <= word) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
