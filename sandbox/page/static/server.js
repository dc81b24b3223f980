// The way to the server and back.

export async function ask(method, path, body) {
  const options = { method };
  if (body !== undefined) {
    options.headers = { "Content-Type": "application/json" };
    options.body = JSON.stringify(body);
  }
  const answer = await fetch(path, options);
  return { ok: answer.ok, status: answer.status, body: answer.status === 200 ? await answer.json() : null };
}

export const post = (path, body) => ask("POST", path, body);

export async function text(path) {
  const answer = await fetch(path);
  return answer.ok ? answer.text() : "";
}

// Calls `hear[name](data)` for each event; `connected(true | false)` when the line is there or lost.
export function listen(hear, connected) {
  const events = new EventSource("/events");
  for (const [name, handler] of Object.entries(hear)) {
    events.addEventListener(name, (event) => handler(JSON.parse(event.data)));
  }
  events.addEventListener("open", () => connected(true));
  events.addEventListener("error", () => connected(false));
}
