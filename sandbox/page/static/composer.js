// The foot of a phone: where one writes, the menus that open above it, the keyboard the bot put in place.

import { icon, make } from "./dom.js";
import { post } from "./server.js";

const THINGS = [
  ["contact", "person", "Mon numéro"],
  ["contact_of_other", "person", "Le numéro d’un proche"],
  ["photo", "photo", "Une photo"],
  ["document", "file", "Un papier"],
  ["voice", "voice", "Un message vocal"],
  ["location", "place", "Ma position"],
  ["sticker", "smile", "Un autocollant"],
];

export class Composer {
  constructor(phone) {
    this.phone = phone;
    const part = (name) => phone.element.querySelector(`.${name}`);
    this.form = part("composer");
    this.box = this.form.querySelector("textarea");
    this.send = part("send");
    this.attach = part("attach");
    this.menu = part("menu");
    this.fold = part("fold");
    this.panel = part("panel");
    this.keys = part("keys");
    this.start = part("start");
    this.unblock = part("unblock");
    this.opener = null; // the button whose panel is open
    this.listen();
    this.offer();
  }

  update(head, before) {
    this.start.hidden = head.started;
    this.unblock.hidden = !head.blocked;
    this.form.hidden = !head.started || head.blocked;
    this.box.setAttribute("aria-label", `Message à ${head.bot}`);
    if (JSON.stringify(before?.keyboard) !== JSON.stringify(head.keyboard)) this.show(true);
  }

  listen() {
    const { phone, box } = this;
    this.start.onclick = () => {
      phone.log.expect();
      phone.says("/start");
    };
    this.unblock.onclick = () => post(`/phones/${phone.id}/block`, { blocked: false });
    this.form.onsubmit = (event) => {
      event.preventDefault();
      this.submit();
    };
    box.oninput = () => this.offer();
    box.onkeydown = (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.submit();
    };
    this.menu.onclick = () => this.toggle(this.menu, "Commandes", this.commands());
    this.attach.onclick = () => this.toggle(this.attach, "Joindre", this.things());
    this.fold.onclick = () => this.show(this.keys.hidden);
    phone.element.addEventListener("keydown", (event) => event.key === "Escape" && this.close(true));
  }

  submit() {
    const text = this.box.value.trim();
    if (!text) return;
    this.box.value = "";
    this.offer();
    this.phone.says(text);
  }

  // As on a phone: one sends what is written, or joins something else.
  offer() {
    this.send.hidden = this.box.value.trim() === "";
    this.attach.hidden = !this.send.hidden;
  }

  // --- the menus ---

  toggle(opener, label, items) {
    const again = this.opener === opener;
    this.close(false);
    if (again) return;
    this.opener = opener;
    opener.setAttribute("aria-expanded", "true");
    this.panel.setAttribute("aria-label", label);
    this.panel.replaceChildren(...items);
    this.panel.hidden = false;
    this.panel.querySelector("button")?.focus();
  }

  close(refocus) {
    if (!this.opener) return;
    this.opener.setAttribute("aria-expanded", "false");
    if (refocus) this.opener.focus();
    this.opener = null;
    this.panel.hidden = true;
  }

  commands() {
    return this.phone.head.commands.map(({ command, description }) =>
      this.item(
        () => this.phone.says(`/${command}`),
        make("span", { textContent: description }),
        make("small", { textContent: `/${command}` }),
      ),
    );
  }

  things() {
    const send = (thing) => post(`/phones/${this.phone.id}/send`, { thing });
    return THINGS.map(([thing, name, label]) =>
      this.item(() => send(thing), icon(name), make("span", { textContent: label })),
    );
  }

  item(act, ...children) {
    const onclick = () => {
      this.close(true);
      act();
    };
    return make("button", { type: "button", onclick }, ...children);
  }

  // --- the bot's own keyboard ---

  show(shown) {
    const follows = this.phone.log.follows();
    const keyboard = this.phone.head.keyboard;
    this.fold.hidden = !keyboard;
    this.keys.hidden = !keyboard || !shown;
    this.fold.setAttribute("aria-expanded", String(!this.keys.hidden));
    this.box.placeholder = keyboard?.hint || "Message";
    const rows = keyboard?.rows ?? [];
    this.keys.replaceChildren(
      ...rows.map((row, r) => make("div", { className: "row" }, ...row.map((key, c) => this.key(key, r, c)))),
    );
    if (follows) this.phone.log.bringIn();
  }

  key(key, row, column) {
    const press = () => post(`/phones/${this.phone.id}/press`, { row, column });
    const onclick = key.asks ? () => this.phone.desk.share(this.phone, press) : press;
    return make("button", { type: "button", textContent: key.text, onclick });
  }
}
