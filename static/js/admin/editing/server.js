// The talk with the server: one request at a time, the latest text wins, and no sign of trouble is thrown away.
const MOST_IN_BEACON = 60_000; // bytes that a browser sends for a page that is gone

export const talk = (form, tab) => {
  const { address, number } = form.elements.draft.dataset;
  const place = `${address}?${new URLSearchParams({ number, tab })}`;
  const token = form.elements.csrfmiddlewaretoken;
  let controller;

  const headers = () => ({ Accept: "application/json", "X-CSRFToken": token.value });
  const ask = async (options = {}) => {
    controller = new AbortController();
    const { signal } = controller;
    const answer = await fetch(place, { headers: headers(), redirect: "manual", signal, ...options });
    if (answer.type === "opaqueredirect" || answer.status === 403) return { signedOut: true };
    if (!answer.ok && answer.status !== 422) throw new Error(String(answer.status));
    const said = await answer.json();
    if (said.csrf) token.value = said.csrf; // who has signed in again has another one
    return said;
  };
  return {
    ask,
    send: (sent) => ask({ method: "POST", body: JSON.stringify(sent) }),
    stop: () => controller?.abort(),
    // the tab is closing: the browser sends it after the page is gone
    sendLast: (sent) => {
      const body = JSON.stringify(sent);
      const isShort = new Blob([body]).size < MOST_IN_BEACON;
      const options = { method: "POST", headers: headers(), keepalive: true };
      fetch(place, { ...options, body: isShort ? body : '{"leaves":true}' }).catch(() => {});
    },
  };
};
