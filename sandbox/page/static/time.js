// Hours and days as the four communes read them, by the sandbox's clock.

const zone = { timeZone: "Europe/Paris" };
const hours = new Intl.DateTimeFormat("fr-FR", { ...zone, hour: "2-digit", minute: "2-digit" });
const days = new Intl.DateTimeFormat("fr-FR", { ...zone, weekday: "long", day: "numeric", month: "long" });
const whole = new Intl.DateTimeFormat("fr-FR", { ...zone, dateStyle: "full", timeStyle: "short" });

let ahead = 0; // milliseconds

export const setAhead = (seconds) => (ahead = seconds * 1000);
export const now = () => new Date(Date.now() + ahead);
export const hour = (date) => hours.format(date);
export const day = (date) => first(days.format(date));
export const dayAndHour = (date) => first(whole.format(date));
const first = (text) => text.replace(" 1 ", " 1er "); // which browsers do not know
