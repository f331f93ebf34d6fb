// Tells the site, once a page, that the article was really read: visible for ten seconds. Nothing is kept in the
// browser, nobody is followed, and a reader who asks not to be tracked sends nothing. Then it tells, for a reading,
// whether the block at the foot was seen and which entry was followed. Where a link leads does not depend on it.
const READ_AFTER = 10_000; // milliseconds of being visible
const WRITTEN_AFTER = 4_000; // by then the server has the reading that a sight of the block belongs to
const article = document.querySelector("[data-record]");
const silent = navigator.doNotTrack === "1" || navigator.globalPrivacyControl;

const tell = (act, position = 0) => {
  navigator.sendBeacon(
    article.dataset.record,
    new URLSearchParams({ act, article: article.dataset.article, position }),
  );
};

// Calls back once, when the page has been visible that long in all.
const afterVisible = (wait, done) => {
  let left = wait;
  let since = 0;
  let timer = 0;
  const go = () => {
    const visible = document.visibilityState === "visible" && !document.prerendering;
    if (visible && !timer) {
      since = performance.now();
      timer = setTimeout(() => {
        left = 0;
        document.removeEventListener("visibilitychange", go);
        done();
      }, left);
    } else if (!visible && timer) {
      clearTimeout(timer);
      timer = 0;
      left = Math.max(0, left - (performance.now() - since));
    }
  };
  document.addEventListener("visibilitychange", go);
  document.addEventListener("prerenderingchange", go, { once: true });
  go();
};

const watchBlock = (block) => {
  const watcher = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      watcher.disconnect();
      afterVisible(WRITTEN_AFTER, () => tell("shown"));
    },
    { threshold: 0.4 },
  );
  watcher.observe(block);
};

if (article && !silent) {
  const block = document.querySelector("[data-also-viewed]");
  afterVisible(READ_AFTER, () => {
    tell("read");
    if (block) watchBlock(block);
  });
  const follow = (event) => {
    const item = event.button < 2 && event.target.closest("a") && event.target.closest("li");
    if (item) tell("followed", [...item.parentElement.children].indexOf(item) + 1);
  };
  block?.addEventListener("click", follow);
  block?.addEventListener("auxclick", follow);
}
