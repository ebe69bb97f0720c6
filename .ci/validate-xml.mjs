// Holds XML files against RELAX NG schemas: node validate-xml.mjs TOOLS SCHEMA=FILE...
// TOOLS is the folder in which npm has installed xmllint-wasm.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const [tools, ...pairs] = process.argv.slice(2);
const { validateXML } = createRequire(`${tools}/`)("xmllint-wasm");
for (const pair of pairs) {
  const [schema, file] = pair.split("=");
  const result = await validateXML({
    xml: { fileName: file, contents: await readFile(file, "utf8") },
    schema: await readFile(schema, "utf8"),
    extension: "relaxng",
  });
  if (!result.valid) {
    for (const { rawMessage } of result.errors) console.error(rawMessage);
    process.exitCode = 1;
  }
}
