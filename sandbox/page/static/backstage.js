// Beside the phones: what goes wrong, the clock, what the database holds, the chat as text.

import { announce, byId, make } from "./dom.js";
import { holdings } from "./holdings.js";
import { post, text } from "./server.js";
import { dayAndHour, now, setAhead } from "./time.js";

const MOST_HOURS = 24 * 400;

export class Backstage {
  constructor(phones) {
    this.phones = phones; // Map of id → Phone
    this.panel = byId("backstage");
    this.about = byId("about");
    this.failure = "";
    byId("open-backstage").onclick = () => this.open(this.panel.hidden);
    byId("close-backstage").onclick = () => this.open(false);
    this.panel.addEventListener("keydown", (event) => event.key === "Escape" && this.open(false));
    this.about.onchange = () => this.refresh();
    for (const id of ["holdings", "transcript"]) byId(id).addEventListener("toggle", () => this.refresh());
    byId("copy").onclick = () => this.copy();
    this.listenToFaults();
    this.listenToClock();
  }

  get id() {
    return Number(this.about.value);
  }

  open(yes) {
    this.panel.hidden = !yes;
    document.body.classList.toggle("with-backstage", yes);
    byId("open-backstage").setAttribute("aria-expanded", String(yes));
    if (yes) this.refresh();
    (yes ? byId("close-backstage") : byId("open-backstage")).focus();
  }

  people(shown) {
    this.about.replaceChildren(
      ...[...this.phones.values()].map((phone) => make("option", { value: phone.id, textContent: phone.title })),
    );
    this.about.value = shown;
    this.refresh();
  }

  update(desk) {
    setAhead(desk.ahead);
    this.tick();
    for (const [name, on] of Object.entries(desk.faults)) this.panel.querySelector(`[name=${name}]`).checked = on;
    const { running, pid, failed, words } = desk.bot;
    const state = running ? `En marche (processus ${pid})` : failed ? "Il s’est arrêté tout seul" : "Arrêté";
    byId("bot-state").textContent = state;
    byId("bot-state").parentElement.dataset.state = running ? "on" : failed ? "failed" : "off";
    this.panel.querySelector("[data-power=start]").disabled = running;
    for (const name of ["stop", "kill"]) this.panel.querySelector(`[data-power=${name}]`).disabled = !running;
    this.failure = failed ? `Le bot s’est arrêté tout seul.\n${words}` : "";
    this.tell(this.failure);
  }

  connected(yes) {
    document.body.classList.toggle("lost", !yes);
    this.tell(yes ? this.failure : "Le programme ne répond plus. La page reprend dès qu’il est là.");
  }

  tell(trouble) {
    byId("trouble").hidden = !trouble;
    byId("trouble").textContent = trouble;
  }

  // Every second: the hour, and what the bot may have erased by itself.
  tick() {
    byId("now").textContent = dayAndHour(now());
    if (byId("holdings").open) this.changed(this.id);
  }

  listenToFaults() {
    for (const box of this.panel.querySelectorAll("input[name]:not([name=count])")) {
      box.onchange = () => post("/fault", { name: box.name, on: box.checked });
    }
    for (const button of this.panel.querySelectorAll("[data-mishap]")) {
      button.onclick = async () => {
        await post("/mishap", { name: button.dataset.mishap });
        announce(button.dataset.told);
        flash(button, button.dataset.told);
      };
    }
    for (const button of this.panel.querySelectorAll("[data-power]")) {
      button.onclick = () => post("/power", { do: button.dataset.power });
    }
    byId("block").onchange = () => post(`/phones/${this.id}/block`, { blocked: byId("block").checked });
  }

  listenToClock() {
    for (const button of this.panel.querySelectorAll("[data-hours]")) {
      button.onclick = () => this.leap(Number(button.dataset.hours));
    }
    byId("leap").onsubmit = (event) => {
      event.preventDefault();
      const { count, unit } = event.target.elements;
      this.leap(Math.min(MOST_HOURS, Number(count.value) * Number(unit.value)));
    };
  }

  async leap(hours) {
    await post("/leap", { hours });
    announce(`Il est maintenant ${dayAndHour(now())}.`);
    this.refresh();
  }

  async copy() {
    await navigator.clipboard.writeText(byId("text").textContent);
    announce("Copié.");
    flash(byId("copy"), "Copié");
  }

  // Something happened on this phone: what is open is read anew, at most every quarter of a second.
  changed(id) {
    if (id !== this.id || this.due) return;
    this.due = setTimeout(() => {
      this.due = null;
      this.refresh();
    }, 250);
  }

  async refresh() {
    const phone = this.phones.get(this.id);
    if (this.panel.hidden || !phone) return;
    byId("block").checked = phone.head.blocked;
    if (byId("transcript").open) byId("text").textContent = await text(`/phones/${this.id}/transcript`);
    if (byId("holdings").open) {
      const sheets = JSON.parse((await text(`/phones/${this.id}/holdings`)) || "[]");
      byId("sheets").replaceChildren(...holdings(sheets, phone.title));
    }
  }
}

function flash(button, words) {
  const label = button.textContent;
  if (button.disabled) return;
  button.disabled = true;
  button.textContent = words;
  setTimeout(() => {
    button.textContent = label;
    button.disabled = false;
  }, 1600);
}
