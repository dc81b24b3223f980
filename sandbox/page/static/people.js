// The row of names, and whose phone is in front.
//
// On a wide screen a resident and the référente stand side by side; on a narrow one only the phone in front shows.

import { byId, icon, make } from "./dom.js";

export class People {
  constructor(phones, add, moved) {
    this.phones = phones; // Map of id → Phone
    this.add = add;
    this.moved = moved; // called with the id of the phone that comes to the front
    this.front = null;
    this.beside = null; // the resident who stands beside the référente
  }

  show(id) {
    const all = [...this.phones.values()];
    const residents = all.filter((phone) => phone.resident);
    if (!this.phones.has(id)) id = residents[0].id;
    this.front = id;
    if (this.phones.get(id).resident) this.beside = id;
    else if (!this.phones.has(this.beside)) this.beside = residents[0].id;
    for (const phone of all) {
      phone.element.classList.toggle("in-front", phone.id === this.front);
      phone.element.classList.toggle("beside", phone.id === this.beside);
      if (phone.visible()) phone.log.toEnd();
    }
    this.draw();
    byId("people").querySelector("[aria-pressed=true]").scrollIntoView({ block: "nearest", inline: "nearest" });
    this.moved(id);
  }

  // A number beside a name says how much was not read there.
  draw() {
    const row = byId("people");
    const focused = [...row.children].indexOf(document.activeElement);
    const all = [...this.phones.values()];
    row.replaceChildren(
      ...all.filter((phone) => phone.resident).map((phone) => this.button(phone)),
      make("button", { type: "button", className: "person add", onclick: this.add, ariaLabel: "Ajouter une personne", title: "Ajouter une personne" }, icon("plus")),
      ...all.filter((phone) => !phone.resident).map((phone) => this.button(phone)),
    );
    row.children[focused]?.focus();
    const unread = all.reduce((sum, phone) => sum + phone.log.unread, 0);
    document.title = `${unread ? `(${unread}) ` : ""}Le bot, sur votre bureau`;
  }

  button(phone) {
    const badge = make("span", { className: "badge", textContent: phone.log.unread }, make("span", { className: "unseen", textContent: " non lus" }));
    return make(
      "button",
      {
        type: "button",
        className: `person ${phone.head.role}`,
        onclick: () => this.show(phone.id),
        "aria-pressed": String(phone.id === this.front),
      },
      make("span", { textContent: phone.title }),
      phone.log.unread > 0 ? badge : null,
    );
  }
}
