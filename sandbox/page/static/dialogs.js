// The boxes that open above the page: add somebody, scan, confirm, rewrite, look at a picture.

import { byId, make } from "./dom.js";
import { post } from "./server.js";

let scanning = null;
let rewriting = null;

export function prepare(added) {
  for (const dialog of document.querySelectorAll("dialog")) {
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog || event.target.closest("[data-close]")) dialog.close();
    });
  }
  byId("add-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    const { body } = await post("/phones", { name: form.elements.name.value, language: form.elements.language.value });
    form.reset();
    byId("add").close();
    if (body) added(body.id);
  });
  byId("rewrite-form").addEventListener("submit", (event) => {
    event.preventDefault();
    post(rewriting, { text: event.target.elements.text.value });
    byId("rewrite").close();
  });
}

export function setFlyers(flyers) {
  byId("flyers").replaceChildren(...flyers.map((flyer) => make("li", {}, card(flyer))));
}

function card(flyer) {
  const onclick = () => {
    byId("scan").close();
    scanning.log.expect();
    scanning.says(`/start ${flyer.code}`);
  };
  return make(
    "button",
    { type: "button", onclick },
    make("img", { src: `/flyers/${flyer.code}.svg`, alt: "", width: 96, height: 96, loading: "lazy" }),
    make("span", { textContent: flyer.name }),
    make("small", { textContent: flyer.code }),
  );
}

export function scan(phone) {
  scanning = phone;
  byId("scan-title").textContent = `${phone.title} scanne une affiche`;
  byId("scan").showModal();
}

export const add = () => byId("add").showModal();

export function share(phone, then) {
  question("Partager votre numéro ?", `${phone.bot} verra votre prénom et ce numéro : ${phone.number}.`, "Partager", then);
}

export function alert(text) {
  question("Microcrédit", text, "D’accord", null);
}

function question(title, text, yes, then) {
  byId("ask-title").textContent = title;
  byId("ask-text").textContent = text;
  byId("ask-yes").textContent = yes;
  byId("ask-no").hidden = then === null;
  byId("ask-yes").onclick = () => {
    byId("ask").close();
    then?.();
  };
  byId("ask").showModal();
}

// What can be done with a message, in a small menu beside it.
export function menu(phone, message, anchor) {
  const popover = byId("message-menu");
  const items = [];
  if (message.text && !message.protected) items.push(["Copier", () => navigator.clipboard.writeText(message.text)]);
  if (message.mine && !message.media) items.push(["Modifier", () => rewrite(phone, message)]);
  items.push(["Supprimer", () => phone.delete(message)]);
  popover.replaceChildren(
    ...items.map(([label, act]) => {
      const onclick = () => {
        popover.hidePopover();
        act();
      };
      return make("button", { type: "button", textContent: label, onclick });
    }),
  );
  popover.showPopover({ source: anchor });
  const place = anchor.getBoundingClientRect();
  popover.style.top = `${Math.min(place.bottom + 4, innerHeight - popover.offsetHeight - 8)}px`;
  popover.style.left = `${Math.max(8, Math.min(place.right, innerWidth - 8) - popover.offsetWidth)}px`;
  popover.querySelector("button").focus();
}

function rewrite(phone, message) {
  rewriting = `/phones/${phone.id}/messages/${message.id}/rewrite`;
  byId("rewrite-form").elements.text.value = message.text;
  byId("rewrite").showModal();
}
