// What this tab keeps by itself, until it is closed: for a line that is cut and a session that has ended.
import { read } from "./content.js";

export const newTab = () => crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`;

export const inTab = (form) => {
  const { owner, saved } = form.elements.draft.dataset;
  const name = `carevox:${owner}:${location.pathname}`;
  const own = {
    forget: () => sessionStorage.removeItem(name),
    keep: (draft) => {
      try {
        sessionStorage.setItem(name, JSON.stringify({ draft, at: Date.now(), content: read(form) }));
      } catch {
        // the tab's store is full: the server and the warning before leaving remain
      }
    },
    // what was kept and is not saved
    kept: () => {
      const found = JSON.parse(sessionStorage.getItem(name) ?? "null");
      if (!found || !saved.split(" ").includes(found.draft)) return found;
      own.forget();
      return null;
    },
  };
  return own;
};
