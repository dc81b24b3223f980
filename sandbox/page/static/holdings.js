// What the database holds: first what belongs to this person, then what belongs to nobody.

import { make } from "./dom.js";

export function holdings(sheets, name) {
  if (sheets.length === 0) return [make("p", { className: "empty", textContent: "La base n’existe pas encore." })];
  return [
    ...part(`Relié à ${name}`, sheets.filter((sheet) => sheet.tied)),
    ...part("Relié à personne", sheets.filter((sheet) => !sheet.tied)),
  ];
}

function part(title, sheets) {
  const full = sheets.filter((sheet) => sheet.rows.length > 0);
  const empty = sheets.filter((sheet) => sheet.rows.length === 0).map((sheet) => sheet.title.toLowerCase());
  return [
    make("h3", { textContent: title }),
    ...full.map(drawn),
    empty.length > 0 ? make("p", { className: "empty", textContent: `Rien dans : ${empty.join(", ")}.` }) : "",
  ];
}

function drawn({ title, about, rows }) {
  return make(
    "section",
    { className: "sheet" },
    make("h4", { textContent: title }),
    make("p", { className: "hint", textContent: about }),
    ...rows.map((row) => make("dl", {}, ...row.flatMap(pair))),
  );
}

function pair([name, value]) {
  return unfolded(name, value).flatMap(([path, words]) => [
    make("dt", { textContent: path }),
    make("dd", { className: words === "" ? "empty" : "", textContent: words === "" ? "vide" : words }),
  ]);
}

// What is kept as JSON is shown value by value, without what says nothing.
function unfolded(name, value) {
  return value.startsWith("{") ? leaves(JSON.parse(value), "") : [[name, value]];
}

function leaves(value, path) {
  if (value === null || value === false || value === "") return [];
  if (typeof value !== "object") return [[path, String(value)]];
  return Object.entries(value).flatMap(([name, inner]) => leaves(inner, path ? `${path} › ${name}` : name));
}
