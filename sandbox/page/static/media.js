// What a message carries besides words.

import { byId, icon, make } from "./dom.js";
import { phoneNumber, weight } from "./numbers.js";

const NAMES = { voice: "Message vocal", sticker: "Autocollant", location: "Position", video: "Vidéo" };
const ICONS = { voice: "voice", sticker: "smile", location: "place" };

export function drawn(media) {
  switch (media.kind) {
    case "photo":
      return photo(media);
    case "document":
      return row("file", media.file_name, weight(media.size), media.src);
    case "contact":
      return row("person", media.first_name, phoneNumber(media.phone_number));
    default:
      return row(ICONS[media.kind] ?? "file", NAMES[media.kind] ?? media.kind, "");
  }
}

function photo(media) {
  if (media.width < 40) return row("photo", "Photo", weight(media.size), media.src);
  const image = make("img", { src: media.src, width: media.width, height: media.height, alt: "Image envoyée" });
  return make("button", { type: "button", className: "photo", ariaLabel: "Voir l’image en grand", onclick: () => enlarge(media.src) }, image);
}

function enlarge(src) {
  byId("picture-image").src = src;
  byId("picture-image").alt = "Image envoyée, en grand";
  byId("picture").showModal();
}

function row(name, title, detail, href) {
  const inside = [
    make("span", { className: "thumb" }, icon(name)),
    make("span", { className: "facts" }, make("strong", { textContent: title }), make("small", { textContent: detail })),
  ];
  return href
    ? make("a", { className: "carried", href, target: "_blank", rel: "noopener" }, ...inside)
    : make("span", { className: "carried" }, ...inside);
}
