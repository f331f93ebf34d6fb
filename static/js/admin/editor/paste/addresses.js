// Links whose address can be kept, as lib/html/policy.py judges them on the server; the words of the others stay.
import { unwrap } from "./read.js";

export const addressOf = (address) => {
  try {
    return new URL(address, location.href);
  } catch {
    return null;
  }
};

// The address as it is kept, null if it is not.
export const kept = (written) => {
  const address = written.replace(/\s/g, "");
  if (/^(?:mailto|tel|sms):./i.test(address) || /^#note-\d{1,3}$/.test(address)) return address;
  if (/^\/(?![/\\])/.test(address)) return address;
  if (!/^https?:\/\/[^/]/i.test(address)) return null;
  const { origin, pathname, search, hash } = addressOf(address) ?? {};
  if (!origin) return null;
  return origin === location.origin ? pathname + search + hash : address;
};

export const takeLinks = (body, losses) => {
  for (const link of body.querySelectorAll("a")) {
    const written = link.getAttribute("href") ?? "";
    const address = kept(written);
    if (address) {
      link.setAttribute("href", address);
      continue;
    }
    if (written.trim()) losses.lose("link", link, link.textContent.trim() ? "" : written);
    unwrap(link);
  }
};
