// One phone: who it belongs to, its chat with the bot, and what passes over it for a moment.

import { Composer } from "./composer.js";
import { announce, byId } from "./dom.js";
import { Log } from "./log.js";
import { phoneNumber } from "./numbers.js";
import { ask, post } from "./server.js";
import { hour, now } from "./time.js";

const TYPING = 5000; // milliseconds: Telegram's own
const TOAST = 3500;
const PRESENCE = "programme automatique";

export class Phone {
  // `desk` offers: scan(phone), share(phone, then), menu(phone, message, anchor), alert(text), changed().
  constructor(head, desk) {
    this.id = head.id;
    this.desk = desk;
    this.says = (text) => post(`/phones/${this.id}/say`, { text });
    this.menu = (message, anchor) => desk.menu(this, message, anchor);
    this.element = byId("phone").content.firstElementChild.cloneNode(true);
    this.presence = this.part("presence");
    this.toast = this.part("toast");
    this.part("scan").onclick = () => desk.scan(this);
    this.log = new Log(this);
    this.composer = new Composer(this);
    this.types(false);
    this.update(head);
  }

  part(name) {
    return this.element.querySelector(`.${name}`);
  }

  update(head) {
    const before = this.head;
    this.head = head;
    this.bot = head.bot;
    this.number = phoneNumber(head.number);
    this.resident = head.role === "resident";
    this.title = this.resident ? head.name : "La référente";
    this.element.dataset.role = head.role;
    this.element.setAttribute("aria-label", this.resident ? `Téléphone de ${head.name}` : "Téléphone de la référente");
    this.part("owner").textContent = this.title;
    this.part("number").textContent = this.resident ? this.number : head.name;
    this.part("bot").textContent = head.bot;
    this.log.element.setAttribute("aria-label", `Conversation avec ${head.bot}`);
    this.composer.update(head, before);
    this.log.welcome();
  }

  put(message) {
    this.log.put(message);
    if (message.mine) return;
    this.types(false);
    if (this.visible()) announce(spoken(this, message));
  }

  delete(message) {
    return ask("DELETE", `/phones/${this.id}/messages/${message.id}`);
  }

  // What shows for a moment only.
  passing({ what, text }) {
    if (what === "typing") return this.types(true);
    if (what === "alert") return this.desk.alert(text);
    this.toast.textContent = text;
    this.toast.hidden = false;
    announce(text);
    clearTimeout(this.toasting);
    this.toasting = setTimeout(() => (this.toast.hidden = true), TOAST);
  }

  types(yes) {
    clearTimeout(this.typing);
    this.presence.classList.toggle("typing", yes);
    this.presence.textContent = yes ? "écrit…" : PRESENCE;
    if (yes) this.typing = setTimeout(() => this.types(false), TYPING);
  }

  tick() {
    this.part("hour").textContent = hour(now());
  }

  visible() {
    return this.element.checkVisibility() && !document.hidden;
  }
}

function spoken(phone, message) {
  const count = message.rows.flat().length;
  const offered = count === 0 ? "" : count === 1 ? " Une réponse proposée." : ` ${count} réponses proposées.`;
  return `${phone.title}. ${phone.bot} : ${message.text}${offered}`;
}
