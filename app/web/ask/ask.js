// The first page in the browser: links that ask, progress, where the focus goes, copying. Gradio calls it once, at load.
() => {
  const box = () => document.querySelector("#ks-question textarea");
  const answer = () => document.querySelector("#ks-log article");
  let working = false, before = null, mark = null;

  const show = (target) => {
    for (let part = target.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
    target.focus({ preventScroll: true });
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    target.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
  };

  // The switch of language takes the question, the conversation and the filters along.
  const keep = () => {
    const other = document.querySelector("a.ks-switch");
    if (other) other.search = location.search;
  };

  const begin = () => {
    working = true;
    before = answer() && answer().id;
    const pending = document.querySelector("#ks-pending p");
    if (pending) pending.textContent = pending.dataset.text;
    document.querySelector(".ks-ask").classList.add("ks-working");
  };

  const end = (frames = 30) => {
    const given = answer();
    if (frames && (!given || given.id === before)) return requestAnimationFrame(() => end(frames - 1));
    working = false;
    const pending = document.querySelector("#ks-pending p");
    if (pending) pending.textContent = "";
    document.querySelector(".ks-ask").classList.remove("ks-working");
    if (!given || given.id === before) return;
    history.replaceState(null, "", given.dataset.link || location.pathname);
    keep();
    show(given);
  };

  // Nothing came back, as when the server is busy: the question stays in the box.
  const fail = () => {
    end(0);
    const pending = document.querySelector("#ks-pending p");
    if (pending) pending.textContent = pending.dataset.failed;
    box().focus();
  };

  const ask = (question) => {
    const area = box();
    if (working || !area) return;
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(area, question);
    area.dispatchEvent(new Event("input", { bubbles: true }));
    requestAnimationFrame(() => document.querySelector("#ks-question .submit-button").click());
  };

  const copy = async (button) => {
    const text = button.dataset.link ? new URL(button.dataset.link, location.href).href : button.dataset.text;
    const tools = button.closest(".ks-tools-row");
    const status = tools.querySelector("[role=status]"), field = tools.querySelector("textarea");
    try {
      await navigator.clipboard.writeText(text);
      field.hidden = true;
      status.textContent = status.dataset.done;
    } catch {
      field.hidden = false;
      field.value = text;
      field.focus();
      field.select();
      status.textContent = status.dataset.select;
    }
  };

  // A question is sent once, and none while another is worked on or where nothing is written.
  let sent = -Infinity;  // times count from the opening of the page, which may be a moment ago
  const guard = (event) => {
    const isEnter = event.type === "keydown" && event.key === "Enter" && !event.shiftKey && !event.isComposing;
    const isSend = event.type === "click" && event.target.closest("#ks-question .submit-button");
    if (!isSend && !(isEnter && event.target === box())) return;
    if (box().value.trim() && !working && event.timeStamp - sent > 500) return void (sent = event.timeStamp);
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!working) box().focus();
  };
  document.addEventListener("keydown", guard, true);
  document.addEventListener("click", guard, true);

  document.addEventListener("click", (event) => {
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    const at = event.target.closest("a.ks-asks, button.ks-copy, a[href^='#kaynak-'], a[href^='#yanit-']");
    if (!at || !plain) return;
    if (at.matches("button")) return void copy(at);
    if (at.matches(".ks-asks")) {
      event.preventDefault();
      return ask(new URL(at.href).searchParams.get("q"));
    }
    const target = document.getElementById(at.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    if (at.hash.startsWith("#kaynak-")) mark = at;
    show(at.hash.startsWith("#yanit-") && mark && mark.isConnected && target.contains(mark) ? mark : target);
  });

  window.kenteSor = {
    begin, end, fail,
    open: () => { if (new URLSearchParams(location.search).get("q") && box().value.trim()) ask(box().value); },
    again: () => { history.replaceState(null, "", location.pathname); keep(); box().focus(); },
  };
  keep();
}
