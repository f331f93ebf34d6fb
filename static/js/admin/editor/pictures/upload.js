// A file on its way, and what it looks like before.
const PREVIEW = 240;

// Resolves to {status, body}; the body is null where the answer is none of ours (line cut, session ended).
export const post = (address, values, { onProgress, form }) =>
  new Promise((resolve) => {
    const data = new FormData();
    for (const [name, value] of Object.entries(values)) data.append(name, value);
    data.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "");
    const request = new XMLHttpRequest();
    const answer = () => {
      let body = null;
      try {
        body = JSON.parse(request.responseText);
      } catch {
        // a page of the server or of a proxy
      }
      resolve({ status: request.status, body });
    };
    request.upload.addEventListener("progress", ({ loaded, total }) => onProgress(loaded, total));
    for (const end of ["load", "error", "abort"]) request.addEventListener(end, answer);
    form.closest("dialog").addEventListener("close", () => request.abort());
    request.open("POST", address);
    request.setRequestHeader("Accept", "application/json");
    request.send(data);
  });

// Our policy lets no picture be shown that is not on the site: it is drawn.
export const draw = async (canvas, file) => {
  canvas.hidden = true;
  try {
    const image = await createImageBitmap(file);
    const scale = Math.min(1, PREVIEW / Math.max(image.width, image.height));
    Object.assign(canvas, { width: image.width * scale, height: image.height * scale });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.hidden = false;
  } catch {
    // no picture that this browser knows; the server says what it is
  }
};
