// Words with Telegram's styles over them. Offsets count UTF-16 units, as JavaScript does.

import { make } from "./dom.js";

const TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
};
const COMMAND = /(^|\s)(\/[a-z0-9_]{1,32})(?![\w/])/gi;

// The nodes of a text. `onCommand` is called with a /command that was pressed.
export function styled(text, entities, onCommand) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return inside(text, 0, text.length, sorted, onCommand);
}

function inside(text, start, end, entities, onCommand) {
  const nodes = [];
  let at = start;
  while (entities.length > 0) {
    const entity = entities[0];
    const close = entity.offset + entity.length;
    const inner = entities.slice(1).filter((other) => other.offset < close);
    entities = entities.filter((other) => other.offset >= close);
    const block = TAGS[entity.type] === "blockquote" || entity.type === "pre";
    nodes.push(...plain(text.slice(at, entity.offset), onCommand));
    nodes.push(wrapped(entity, inside(text, entity.offset, close, inner, onCommand), text.slice(entity.offset, close)));
    at = block && text[close] === "\n" ? close + 1 : close; // a block ends its line by itself
  }
  nodes.push(...plain(text.slice(at, end), onCommand));
  return nodes;
}

function wrapped(entity, children, words) {
  if (entity.type === "text_link" || entity.type === "url") {
    const href = entity.url ?? words;
    return /^https?:/i.test(href)
      ? make("a", { href, target: "_blank", rel: "noopener noreferrer" }, ...children)
      : make("span", {}, ...children);
  }
  if (entity.type === "spoiler") {
    return make("button", { type: "button", className: "spoiler", onclick: reveal, ariaLabel: "Texte caché : montrer" }, ...children);
  }
  return make(TAGS[entity.type] ?? "span", {}, ...children);
}

function reveal(event) {
  event.currentTarget.replaceWith(...event.currentTarget.childNodes);
}

// Telegram makes every /command of a text a link.
function plain(text, onCommand) {
  const nodes = [];
  let at = 0;
  for (const found of text.matchAll(COMMAND)) {
    const start = found.index + found[1].length;
    nodes.push(text.slice(at, start));
    nodes.push(make("button", { type: "button", className: "command", textContent: found[2], onclick: () => onCommand(found[2]) }));
    at = start + found[2].length;
  }
  nodes.push(text.slice(at));
  return nodes.filter((node) => node !== "");
}
