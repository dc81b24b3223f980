// Puts the page together: what the server tells goes to the phones.

import { Backstage } from "./backstage.js";
import * as dialogs from "./dialogs.js";
import { byId } from "./dom.js";
import { People } from "./people.js";
import { Phone } from "./phone.js";
import { listen } from "./server.js";

const phones = new Map();
const backstage = new Backstage(phones);
const people = new People(phones, dialogs.add, (id) => backstage.people(id));
const desk = { ...dialogs, changed: () => people.draw() };
let added = null; // somebody whose phone is about to come

function place(head) {
  const phone = new Phone(head, desk);
  phones.set(head.id, phone);
  byId("phones").insertBefore(phone.element, phone.resident ? byId("phones").querySelector("[data-role=referente]") : null);
  phone.tick();
  return phone;
}

listen(
  {
    all(everything) {
      byId("phones").replaceChildren();
      phones.clear();
      dialogs.setFlyers(everything.flyers);
      backstage.update(everything.desk);
      for (const { head, messages } of everything.phones) place(head).log.load(messages);
      people.show(people.front);
    },
    desk: (state) => backstage.update(state),
    phone(head) {
      backstage.changed(head.id);
      if (phones.has(head.id)) return phones.get(head.id).update(head);
      place(head).log.load([]);
      people.show(added === head.id ? head.id : people.front);
      added = null;
    },
    message({ phone, message }) {
      phones.get(phone)?.put(message);
      backstage.changed(phone);
    },
    gone({ phone, id }) {
      phones.get(phone)?.log.remove(id);
      backstage.changed(phone);
    },
    passing(passing) {
      phones.get(passing.phone)?.passing(passing);
      backstage.changed(passing.phone);
    },
  },
  (connected) => backstage.connected(connected),
);

dialogs.prepare((id) => {
  if (phones.has(id)) people.show(id);
  else added = id;
});

setInterval(() => {
  for (const phone of phones.values()) phone.tick();
  backstage.tick();
}, 1000);

document.addEventListener("visibilitychange", () => {
  for (const phone of phones.values()) phone.log.seen();
});

const theme = byId("theme");
const dark = () => document.documentElement.dataset.theme === "dark";
theme.setAttribute("aria-pressed", String(dark()));
theme.onclick = () => {
  document.documentElement.dataset.theme = dark() ? "light" : "dark";
  localStorage.setItem("theme", document.documentElement.dataset.theme);
  theme.setAttribute("aria-pressed", String(dark()));
};
