// The first page in the browser: links that ask, progress, where the focus goes, copying, the way back.
() => {
  const DRAFT = "kentesor.question", PATIENCE = 6000, SETTLING = 2000;
  const box = () => document.querySelector("#ks-question textarea");
  const answer = () => document.querySelector("#ks-log article");
  const pending = () => document.querySelector("#ks-pending p");
  // Once it is ready, the page holds what its address asks; what is sent before that waits for it.
  let ready = false, wanted = false, working = false, shared = false, mark = null, slow = 0, draft = "";
  let search = location.search;

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

  const say = (what) => {
    clearTimeout(slow);
    const place = pending();
    if (place) place.textContent = what ? place.dataset[what] : "";
    if (what === "text") slow = setTimeout(() => say("slow"), PATIENCE);
  };

  const write = (question) => {
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(box(), question);
    box().dispatchEvent(new Event("input", { bubbles: true }));
  };

  // An address of its own for each answer, so that the browser's "back" leads to the one before.
  const goTo = (address, anew) => {
    if (address !== location.pathname + location.search) history[anew ? "pushState" : "replaceState"](null, "", address);
    search = location.search;
    keep();
  };

  const begin = () => {
    working = true;
    if (answer()) answer().dataset.old = "";  // Gradio takes the mark away as it shows another answer
    say("text");
    document.querySelector(".ks-ask").classList.add("ks-working");
  };

  const end = (until = performance.now() + SETTLING) => {
    const given = answer(), isNew = given && !("old" in given.dataset);
    if (!isNew && performance.now() < until) return setTimeout(end, 20, until);  // frames: a hidden page has none
    working = false;
    sent = -Infinity;
    say("");
    document.querySelector(".ks-ask").classList.remove("ks-working");
    if (!isNew) return;
    goTo(given.dataset.link || location.pathname, !shared && given.dataset.link);
    shared = false;
    show(given);
    if (draft) write(draft);
    draft = "";
  };

  // Nothing came back, as when the server is busy: the question stays in the box.
  const fail = () => {
    end(0);
    say("failed");
    box().focus();
  };

  const ask = (question) => {
    if (working || !box()) return;
    write(question);
    if (!ready) wanted = true;
    else setTimeout(() => document.querySelector("#ks-question .submit-button").click(), 20);
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
    const isWritten = Boolean(box().value.trim());
    if (isWritten && ready && !working && event.timeStamp - sent > 500) return void (sent = event.timeStamp);
    event.preventDefault();
    event.stopImmediatePropagation();
    if (isWritten && !ready) {
      wanted = true;
      say("text");
    }
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

  // A question that is not answered yet outlives the page: Gradio loads it anew once a lost server is back.
  const storage = (use) => {
    try {
      return use(sessionStorage);
    } catch {
      return null;  // a browser may keep nothing
    }
  };
  window.addEventListener("pagehide", () => {
    storage((kept) => kept.setItem(DRAFT, box()?.value.trim() ? box().value : ""));
  });
  window.addEventListener("ks-lost", () => say(""));
  window.addEventListener("popstate", () => {
    if (location.search !== search) location.reload();
  });

  const open = () => {
    ready = true;
    const kept = storage((own) => own.getItem(DRAFT)) || "", written = box().value.trim();
    shared = Boolean(new URLSearchParams(location.search).get("q") && written);
    if (shared && kept !== box().value) draft = kept;
    else if (kept && !written) write(kept);
    keep();
    if (shared || wanted) ask(box().value);
    else say("");
  };

  // Work that nobody asked for failed, as when the server is busy: nobody is told.
  const hush = () => document.querySelectorAll(".toast-body.error .toast-close").forEach((button) => button.click());

  window.kenteSor = {
    begin, end, fail, open, hush,
    again: () => { goTo(location.pathname, true); box().focus(); },
  };
}
