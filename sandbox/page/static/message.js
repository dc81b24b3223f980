// One message on a phone: its bubble and the buttons under it.

import { icon, make } from "./dom.js";
import { styled } from "./entities.js";
import { drawn } from "./media.js";
import { post } from "./server.js";
import { hour } from "./time.js";

// `phone` offers: id, bot, says(text), menu(message, anchor).
export function messageElement(message, phone) {
  const at = new Date(message.at);
  const element = make("article", {
    className: `message ${message.mine ? "mine" : "theirs"}${message.protected ? " protected" : ""}`,
    "aria-label": `${message.mine ? "Vous" : phone.bot}, ${hour(at)}`,
    data: { id: message.id },
  });
  element.append(bubble(message, phone, at));
  if (message.rows.length > 0) element.append(keyboard(message, phone));
  return element;
}

function bubble(message, phone, at) {
  const more = make("button", { type: "button", className: "more", ariaLabel: "Options du message" }, icon("more"));
  more.addEventListener("click", () => phone.menu(message, more));
  const meta = make(
    "span",
    { className: "meta" },
    message.protected ? make("span", { className: "lock", title: "Ni copie, ni transfert" }, icon("lock"), make("span", { className: "unseen", textContent: "Protégé." })) : null,
    message.edited && message.mine ? make("span", { textContent: "modifié" }) : null,
    make("time", { dateTime: message.at, textContent: hour(at) }),
  );
  return make(
    "div",
    { className: "bubble" },
    message.media ? drawn(message.media) : null,
    message.text ? make("div", { className: "words", dir: "auto" }, ...styled(message.text, message.entities, phone.says)) : null,
    meta,
    more,
  );
}

function keyboard(message, phone) {
  const rows = message.rows.map((row, r) => make("div", { className: "row" }, ...row.map((button, c) => key(message, phone, button, r, c))));
  return make("div", { className: "inline", role: "group", "aria-label": "Réponses proposées" }, ...rows);
}

function key(message, phone, button, row, column) {
  const label = make("span", { textContent: button.text, dir: "auto" });
  if (button.url) {
    return make("a", { href: button.url, target: "_blank", rel: "noopener noreferrer" }, label, icon("out"));
  }
  const element = make("button", { type: "button", disabled: !button.taps && !button.copies }, label);
  // Enter held down would press button after button, screen after screen.
  element.addEventListener("keydown", (event) => event.repeat && event.preventDefault());
  element.addEventListener("click", async () => {
    if (button.copies) return navigator.clipboard.writeText(button.copies);
    element.classList.add("waiting");
    await post(`/phones/${phone.id}/messages/${message.id}/tap`, { row, column });
    element.classList.remove("waiting");
  });
  return element;
}
