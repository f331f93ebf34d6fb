// A click on the picture says where it stays visible when it is cropped; the two numbers beside it say the same.
const [across, down] = ["focus_x", "focus_y"].map((name) => document.querySelector(`input[name="${name}"]`));
const image = document.querySelector(".field-thumbnail .thumbnail");

const enhance = () => {
  const mark = document.createElement("span");
  mark.className = "focus-place__mark";
  const place = document.createElement("span");
  place.className = "focus-place";
  image.replaceWith(place);
  place.append(image, mark);
  const show = () => {
    mark.style.left = `${across.value}%`;
    mark.style.top = `${down.value}%`;
  };
  place.addEventListener("click", ({ clientX, clientY }) => {
    const { left, top, width, height } = image.getBoundingClientRect();
    for (const [field, share] of [
      [across, (clientX - left) / width],
      [down, (clientY - top) / height],
    ]) {
      field.value = Math.round(100 * Math.min(1, Math.max(0, share)));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
    show();
  });
  for (const field of [across, down]) field.addEventListener("input", show);
  show();
};

if (across && down && image) enhance();
