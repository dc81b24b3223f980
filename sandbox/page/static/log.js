// The messages of a phone: which are in sight, which were read, and where the focus goes when a button is gone.

import { icon, make } from "./dom.js";
import { messageElement } from "./message.js";
import { day } from "./time.js";

const MARGIN = 12; // pixels around a message
const NEAR = 48; // pixels from the end that count as being there

export class Log {
  constructor(phone) {
    this.phone = phone;
    this.element = phone.element.querySelector(".log");
    this.messages = phone.element.querySelector(".messages");
    this.latest = phone.element.querySelector(".latest");
    this.unread = 0;
    this.itsDay = "";
    this.homeless = false; // the focus was on a button that is gone
    this.latest.onclick = () => this.toEnd();
    this.element.addEventListener("scroll", () => this.scrolled(), { passive: true });
  }

  load(messages) {
    this.messages.replaceChildren();
    this.itsDay = "";
    for (const message of messages) this.append(message, messageElement(message, this.phone));
    this.welcome();
    this.toEnd();
  }

  put(message) {
    const old = this.find(message.id);
    const element = messageElement(message, this.phone);
    const follows = this.follows();
    if (old) this.replace(old, element);
    else this.append(message, element, "new");
    if (follows || message.mine) this.bringIn();
    if (!message.mine) this.adopt(element);
    if (!old && !message.mine && !(follows && this.phone.visible())) this.count(this.unread + 1);
  }

  remove(id) {
    const element = this.find(id);
    if (element?.contains(document.activeElement)) this.element.focus({ preventScroll: true });
    element?.remove();
    this.welcome();
  }

  find(id) {
    return this.messages.querySelector(`[data-id="${id}"]`);
  }

  append(message, element, how = "old") {
    this.messages.querySelector(".welcome")?.remove();
    const itsDay = day(new Date(message.at));
    if (itsDay !== this.itsDay) this.messages.append(make("p", { className: "day", textContent: itsDay }));
    this.itsDay = itsDay;
    element.classList.add(how);
    this.messages.append(element);
  }

  // What the person just pressed goes away: the next message has the next button.
  expect() {
    this.homeless = { scroll: document.activeElement.matches(":focus-visible") };
    this.element.focus({ preventScroll: true });
  }

  replace(old, element) {
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    if (focused) this.homeless = { scroll: focused.matches(":focus-visible") };
    old.replaceWith(element);
    if (focused) this.element.focus({ preventScroll: true }); // until there is a button to go to
  }

  // What is offered now is next for whoever pressed a button that is gone.
  adopt(element) {
    const button = element.querySelector(".inline :is(button, a)");
    if (!this.homeless || !button) return;
    if (document.activeElement === this.element) button.focus({ preventScroll: !this.homeless.scroll });
    this.homeless = false;
  }

  // An empty chat shows what the bot says of itself.
  welcome() {
    this.messages.querySelector(".welcome")?.remove();
    if (this.messages.children.length > 0) return;
    const { head, desk } = this.phone;
    const scan = make("button", { type: "button", className: "code", onclick: () => desk.scan(this.phone) });
    scan.append(icon("qr"), "Scanner une affiche");
    this.messages.append(
      make(
        "div",
        { className: "welcome" },
        make("img", { src: "/static/logo.svg", alt: "", width: 72, height: 72 }),
        make("p", { className: "name", textContent: head.bot }),
        head.description ? make("p", { textContent: head.description }) : null,
        scan,
      ),
    );
  }

  // --- reading ---

  // The log scrolls from its end (column-reverse): 0 is the end, whatever comes or changes its size.
  atEnd() {
    return -this.element.scrollTop < NEAR;
  }

  // Whether the last message is in sight: who reads further up is not disturbed.
  follows() {
    const last = this.messages.lastElementChild;
    return this.atEnd() || !last || last.getBoundingClientRect().top < this.element.getBoundingClientRect().bottom;
  }

  // The end of the chat; of a message taller than the screen, its beginning.
  bringIn() {
    const element = this.messages.lastElementChild;
    if (!element) return;
    const over = element.offsetHeight + 2 * MARGIN - this.element.clientHeight;
    this.element.scrollTop = -Math.max(0, over);
    this.scrolled();
  }

  toEnd() {
    this.element.scrollTop = 0;
    this.scrolled();
  }

  scrolled() {
    this.latest.hidden = this.atEnd();
    this.seen();
  }

  seen() {
    if (this.unread > 0 && this.phone.visible() && this.follows()) this.count(0);
  }

  count(unread) {
    this.unread = unread;
    this.latest.querySelector(".count").textContent = unread || "";
    this.latest.setAttribute("aria-label", unread ? `Aller en bas, ${unread} non lus` : "Aller en bas");
    this.phone.desk.changed();
  }
}
