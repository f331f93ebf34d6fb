// Sends a form[data-partial] without leaving the page: the answer replaces the nearest [data-fragment] and is
// announced. Whatever fails, the form is sent as if this script did not exist.
const send = async (form, submitter) => {
  const body = new FormData(form, submitter);
  const answer = await fetch(form.action, {
    method: form.method,
    body,
    headers: { "X-Requested-With": "partial" },
    credentials: "same-origin",
    redirect: "manual",
  });
  const type = answer.headers.get("content-type") ?? "";
  if (!(answer.ok || answer.status === 422) || !type.startsWith("text/html"))
    throw new Error(`answered ${answer.status}`);
  return answer.text();
};

const swap = (old, html) => {
  const fragment = new DOMParser().parseFromString(html, "text/html").querySelector("[data-fragment]");
  if (!fragment) throw new Error("no fragment");
  const status = fragment.querySelector('[role="status"]');
  const said = status?.textContent ?? "";
  if (status) status.textContent = "";
  old.replaceWith(fragment);
  const error = fragment.querySelector('[role="alert"]');
  const target = error ?? fragment.querySelector("h2, h3");
  target.tabIndex = -1;
  target.focus();
  if (status)
    requestAnimationFrame(() => {
      status.textContent = said;
    });
};

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-partial]");
  if (!form || event.defaultPrevented) return;
  event.preventDefault();
  const { submitter } = event;
  try {
    swap(form.closest("[data-fragment]"), await send(form, submitter));
  } catch {
    form.removeAttribute("data-partial");
    form.requestSubmit(submitter);
  }
});
