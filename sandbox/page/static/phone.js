// One phone: its messages, its keyboards and what can be sent from it.

import { announce, byId, icon, make } from "./dom.js";
import { messageElement } from "./message.js";
import { ask, post } from "./server.js";
import { day, hour, now } from "./time.js";

const THINGS = [
  ["contact", "person", "Mon numéro"],
  ["contact_of_other", "person", "Le numéro d’un proche"],
  ["photo", "photo", "Une photo"],
  ["document", "file", "Un papier"],
  ["voice", "voice", "Un message vocal"],
  ["location", "place", "Ma position"],
  ["sticker", "smile", "Un autocollant"],
];
const TYPING = 5000; // milliseconds: Telegram's own
const TOAST = 3500;

export class Phone {
  constructor(head, desk) {
    this.id = head.id;
    this.desk = desk; // { scan(phone), share(phone, then), menu(phone, message, anchor), alert(text), changed() }
    this.unread = 0;
    this.says = (text) => post(`/phones/${this.id}/say`, { text });
    this.menu = (message, anchor) => desk.menu(this, message, anchor);
    this.element = byId("phone").content.firstElementChild.cloneNode(true);
    this.parts = Object.fromEntries(
      ["owner", "number", "hour", "bot", "presence", "scan", "log", "messages", "latest", "count", "toast", "panel",
        "start", "unblock", "composer", "menu", "fold", "attach", "send", "keys",
      ].map((name) => [name, this.element.querySelector(`.${name}`)]),
    );
    this.box = this.element.querySelector("textarea");
    this.listen();
    this.update(head);
  }

  // --- what it shows ---

  update(head) {
    const before = this.head;
    const { parts } = this;
    this.head = head;
    this.bot = head.bot;
    this.number = spaced(head.number);
    this.resident = head.role === "resident";
    this.title = this.resident ? head.name : "La référente";
    this.element.dataset.role = head.role;
    this.element.setAttribute("aria-label", this.resident ? `Téléphone de ${head.name}` : "Téléphone de la référente");
    parts.owner.textContent = this.title;
    parts.number.textContent = this.resident ? this.number : head.name;
    parts.bot.textContent = head.bot;
    if (!parts.presence.classList.contains("typing")) parts.presence.textContent = "programme automatique";
    parts.log.setAttribute("aria-label", `Conversation avec ${head.bot}`);
    this.box.setAttribute("aria-label", `Message à ${head.bot}`);
    parts.start.hidden = head.started;
    parts.unblock.hidden = !head.blocked;
    parts.composer.hidden = !head.started || head.blocked;
    if (JSON.stringify(before?.keyboard) !== JSON.stringify(head.keyboard)) this.showKeys(true);
    this.welcome();
  }

  load(messages) {
    this.parts.messages.replaceChildren();
    this.lastDay = "";
    for (const message of messages) this.put(message, true);
    this.welcome();
    this.toEnd();
  }

  // An empty chat shows what the bot says of itself.
  welcome() {
    const { messages } = this.parts;
    messages.querySelector(".welcome")?.remove();
    if (messages.children.length > 0) return;
    messages.append(
      make("div", { className: "welcome" },
        make("img", { src: "/static/logo.svg", alt: "", width: 72, height: 72 }),
        make("p", { className: "name", textContent: this.head.bot }),
        this.head.description ? make("p", { textContent: this.head.description }) : null,
        make("button", { type: "button", className: "code", onclick: () => this.desk.scan(this) }, icon("qr"), "Scanner une affiche"),
      ),
    );
  }

  put(message, quietly = false) {
    const old = this.find(message.id);
    const element = messageElement(message, this);
    const follows = this.follows();
    if (old) this.replace(old, element);
    else this.append(message, element, quietly);
    if (quietly) return;
    if (!message.mine) {
      this.types(false);
      if (this.visible()) announce(spoken(this, message));
    }
    if (follows || message.mine) this.show(element);
    if (!old && !message.mine && !(follows && this.visible())) this.count(this.unread + 1);
  }

  replace(old, element) {
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    const byKeyboard = focused?.matches(":focus-visible");
    old.replaceWith(element);
    if (!focused) return;
    // The pressed button is gone: what is offered now is next.
    this.orphaned = byKeyboard;
    this.adopt(element);
  }

  append(message, element, quietly) {
    this.parts.messages.querySelector(".welcome")?.remove();
    const itsDay = day(new Date(message.at));
    if (itsDay !== this.lastDay) {
      this.lastDay = itsDay;
      this.parts.messages.append(make("p", { className: "day", textContent: itsDay }));
    }
    if (!quietly) element.classList.add("new");
    this.parts.messages.append(element);
    if (!message.mine) this.adopt(element);
  }

  // Give the focus to the first button of a message, when the one that had it is gone.
  adopt(element) {
    if (this.orphaned === undefined || this.orphaned === null) return;
    const button = element.querySelector(".inline button, .inline a");
    if (button) {
      button.focus({ preventScroll: !this.orphaned });
      this.orphaned = null;
    } else {
      this.parts.log.focus({ preventScroll: true });
    }
  }

  remove(id) {
    const element = this.find(id);
    if (element?.contains(document.activeElement)) this.parts.log.focus({ preventScroll: true });
    element?.remove();
    this.welcome();
  }

  find(id) {
    return this.parts.messages.querySelector(`[data-id="${id}"]`);
  }

  passing({ what, text }) {
    if (what === "typing") return this.types(true);
    if (what === "alert") return this.desk.alert(text);
    this.parts.toast.textContent = text;
    this.parts.toast.hidden = false;
    announce(text);
    clearTimeout(this.toasting);
    this.toasting = setTimeout(() => (this.parts.toast.hidden = true), TOAST);
  }

  types(yes) {
    const { presence } = this.parts;
    clearTimeout(this.typing);
    presence.classList.toggle("typing", yes);
    presence.textContent = yes ? "écrit…" : "programme automatique";
    if (yes) this.typing = setTimeout(() => this.types(false), TYPING);
  }

  tick() {
    this.parts.hour.textContent = hour(now());
  }

  // --- reading ---

  visible() {
    return this.element.checkVisibility() && !document.hidden;
  }

  atEnd() {
    const { log } = this.parts;
    return log.scrollHeight - log.scrollTop - log.clientHeight < 48;
  }

  // Whether the last message is in sight: who reads further up is not disturbed.
  follows() {
    const { log, messages } = this.parts;
    return !messages.lastElementChild || messages.lastElementChild.offsetTop < log.scrollTop + log.clientHeight;
  }

  // The end of the chat; of a message taller than the screen, its beginning.
  show(element) {
    const { log, messages } = this.parts;
    if (element !== messages.lastElementChild) return;
    log.scrollTop = element.offsetHeight > log.clientHeight ? element.offsetTop - 12 : log.scrollHeight;
    this.seen();
  }

  toEnd() {
    this.parts.log.scrollTop = this.parts.log.scrollHeight;
    this.seen();
  }

  seen() {
    if (this.unread > 0 && this.visible() && this.follows()) this.count(0);
    this.parts.latest.hidden = this.atEnd();
  }

  count(unread) {
    this.unread = unread;
    this.parts.count.textContent = unread || "";
    this.parts.latest.hidden = this.atEnd();
    this.parts.latest.setAttribute("aria-label", unread ? `Aller en bas, ${unread} non lus` : "Aller en bas");
    this.desk.changed();
  }

  // --- what can be done with it ---

  listen() {
    const { parts, box } = this;
    parts.scan.onclick = () => this.desk.scan(this);
    parts.start.onclick = () => this.says("/start");
    parts.unblock.onclick = () => post(`/phones/${this.id}/block`, { blocked: false });
    parts.latest.onclick = () => this.toEnd();
    parts.log.addEventListener("scroll", () => this.seen(), { passive: true });
    new ResizeObserver(() => this.wasAtEnd && this.toEnd()).observe(parts.log);
    parts.log.addEventListener("scroll", () => (this.wasAtEnd = this.atEnd()), { passive: true });
    parts.composer.onsubmit = (event) => {
      event.preventDefault();
      this.submit();
    };
    box.oninput = () => this.offerSend();
    box.onkeydown = (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.submit();
      }
    };
    parts.menu.onclick = () => this.panel(parts.menu, "Commandes", this.commands());
    parts.attach.onclick = () => this.panel(parts.attach, "Joindre", this.things());
    parts.fold.onclick = () => this.showKeys(parts.keys.hidden);
    this.element.addEventListener("keydown", (event) => event.key === "Escape" && this.closePanel(true));
    this.offerSend();
  }

  submit() {
    const text = this.box.value.trim();
    if (!text) return;
    this.box.value = "";
    this.offerSend();
    this.says(text);
  }

  offerSend() {
    const { box, parts } = this;
    parts.send.hidden = box.value.trim() === "";
    parts.attach.hidden = !parts.send.hidden;
  }

  panel(opener, label, items) {
    const { panel } = this.parts;
    const again = this.opener === opener;
    this.closePanel(false);
    if (again) return;
    this.opener = opener;
    opener.setAttribute("aria-expanded", "true");
    panel.setAttribute("aria-label", label);
    panel.replaceChildren(...items);
    panel.hidden = false;
    panel.querySelector("button")?.focus();
  }

  closePanel(refocus) {
    if (!this.opener) return;
    this.opener.setAttribute("aria-expanded", "false");
    if (refocus) this.opener.focus();
    this.opener = null;
    this.parts.panel.hidden = true;
  }

  item(act, ...children) {
    const onclick = () => {
      this.closePanel(true);
      act();
    };
    return make("button", { type: "button", onclick }, ...children);
  }

  commands() {
    return this.head.commands.map(({ command, description }) =>
      this.item(() => this.says(`/${command}`), make("span", { textContent: description }), make("small", { textContent: `/${command}` })),
    );
  }

  things() {
    return THINGS.map(([thing, name, label]) =>
      this.item(() => post(`/phones/${this.id}/send`, { thing }), icon(name), make("span", { textContent: label })),
    );
  }

  showKeys(shown) {
    const { keys, fold } = this.parts;
    const keyboard = this.head.keyboard;
    fold.hidden = !keyboard;
    keys.hidden = !keyboard || !shown;
    fold.setAttribute("aria-expanded", String(!keys.hidden));
    this.box.placeholder = keyboard?.hint || "Message";
    keys.replaceChildren(...(keyboard?.rows ?? []).map((row, r) => make("div", { className: "row" }, ...row.map((key, c) => this.key(key, r, c)))));
  }

  key(key, row, column) {
    const press = () => post(`/phones/${this.id}/press`, { row, column });
    return make("button", { type: "button", textContent: key.text, onclick: key.asks ? () => this.desk.share(this, press) : press });
  }

  delete(message) {
    return ask("DELETE", `/phones/${this.id}/messages/${message.id}`);
  }
}

function spaced(number) {
  return `+${number.replace(/^(33)(\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, "$1 $2 $3 $4 $5 $6")}`;
}

function spoken(phone, message) {
  const count = message.rows.flat().length;
  const offered = count === 0 ? "" : count === 1 ? " Une réponse proposée." : ` ${count} réponses proposées.`;
  return `${phone.title}. ${phone.bot} : ${message.text}${offered}`;
}
