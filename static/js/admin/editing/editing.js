// Keeps what an editor types until it is saved, on the server and in this tab; says who else writes the same text.
import { read, restore } from "./content.js";
import { clock, companyBox, offer, stateLine } from "./said.js";
import { talk } from "./server.js";
import { inTab, newTab } from "./tab.js";

const WAIT = 3_000; // between the last key and the server
const SIGN = 15_000; // between two signs that the form is open
const GONE = 50_000; // after which a tab that crashed is known to be gone

const keep = (form) => {
  const words = form.elements.draft.dataset;
  const tab = (form.elements.draft.value = newTab());
  const former = form.elements.draft_former; // names the tab whose text this one goes on with
  const own = inTab(form);
  const server = talk(form, tab);
  const say = stateLine(form);
  const meet = companyBox(form, () => tell({ takes_over: true }));
  let dirty = Boolean(former.value), // typed since the page was opened, or sent and refused
    waiting = dirty, // typed since the server has kept it
    leaving = false,
    busy = false,
    isOut = false,
    lostSince = 0,
    timer,
    local;

  const answered = (answer) => {
    isOut = Boolean(answer.signedOut);
    if (isOut) return failed(words.signedOut);
    if (answer.refused) return say(answer.refused, true); // until the text is another one
    lostSince = 0;
    if (answer.kept_at) former.value = "";
    meet(answer);
    if (answer.kept_at) say(words.kept.replace("%(at)s", clock(answer.kept_at)));
    else if (!waiting) say("");
  };
  const failed = (why) => {
    waiting ||= dirty;
    lostSince ||= Date.now();
    say(why ?? words.unkept.replace("%(at)s", clock(lostSince)), true);
  };

  // one request in flight: what is typed meanwhile goes with the next
  const tell = async (more = {}) => {
    clearTimeout(timer);
    if (busy || leaving) return;
    busy = true;
    const content = waiting ? read(form) : undefined;
    waiting = false;
    try {
      if (isOut) await server.ask();
      answered(await server.send({ content, forget: content && former.value, ...more }));
    } catch {
      if (!leaving) failed();
    }
    busy = false;
    if (!leaving) timer = setTimeout(tell, waiting ? WAIT : SIGN);
  };

  const touched = () => {
    if (!waiting && !busy) {
      clearTimeout(timer);
      timer = setTimeout(tell, WAIT);
    }
    dirty = waiting = true;
    clearTimeout(local);
    local = setTimeout(() => own.keep(tab), 500);
  };
  const changed = (event) => (event.isTrusted || event.target.closest(".prose-editor")) && touched();

  const look = async (isAgain) => {
    const here = own.kept();
    const far = await server.ask().catch(() => ({}));
    if (far.names) meet(far);
    if (document.querySelector(".errornote")) return;
    const isFar = far.kept && !(here?.at > Date.parse(far.kept.at));
    const found = isFar ? { ...far.kept, draft: far.kept.tab } : here;
    if (!found && !isAgain) setTimeout(() => dirty || look(true), GONE);
    if (!found) return;
    offer(form, found.at, {
      take: () => {
        restore(form, found.content);
        former.value = found.draft;
        touched();
      },
      forget: () => {
        own.forget();
        server.send({ forget: found.draft }).catch(() => {});
      },
    });
  };

  const listen = () => {
    for (const type of ["input", "change"]) form.addEventListener(type, changed);
    for (const type of ["formset:added", "formset:removed"]) document.addEventListener(type, touched);
    window.django?.jQuery?.(form).on("change", "select", touched); // choosers that open a box tell jQuery alone
  };
  setTimeout(listen, 500); // the editor writes its first state while it starts
  look();
  timer = setTimeout(tell, waiting ? WAIT : SIGN);
  form.addEventListener("submit", (event) => {
    if (dirty || own.kept()) own.keep(tab);
    if (event.submitter?.formTarget === "_blank") return; // a preview opens beside the form
    leaving = true;
    clearTimeout(timer);
    server.stop();
  });
  window.addEventListener("online", () => tell());
  window.addEventListener("pagehide", () => {
    if (dirty && !leaving) own.keep(tab);
    server.sendLast(waiting && !leaving ? { content: read(form), leaves: true } : { leaves: true });
  });
  window.addEventListener("beforeunload", (event) => {
    if (dirty && !leaving) event.preventDefault();
  });
};

const form = document.querySelector('form:has(input[name="draft"])');
if (form) keep(form);
