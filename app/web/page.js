// Every page in the browser, before Gradio shows it. What is said comes with it: see app/web/frame.py.
(said) => {
  // Gradio puts the browser's language in the place of the page's.
  const keepLanguage = () => {
    if (document.documentElement.lang !== said.language) document.documentElement.lang = said.language;
  };
  keepLanguage();
  new MutationObserver(keepLanguage).observe(document.documentElement, { attributeFilter: ["lang"] });

  // Gradio's base address would lead a link to a place of the page to the page without its query.
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    location.hash = link.hash;
    document.getElementById(link.hash.slice(1))?.focus();
  });

  // Gradio's own messages are in English on every page, or empty where something went wrong unforeseen.
  const tell = (text) => {
    const words = text.textContent.trim();
    if (Object.values(said.messages).includes(words)) return;
    const isLost = words.startsWith("Connection to the server was lost");
    text.textContent = isLost ? said.messages.lost : said.messages.unexpected;
    if (isLost) window.dispatchEvent(new Event("ks-lost"));
  };
  const nameClose = (header) => {
    header.querySelector(".toast-close")?.setAttribute("aria-label", said.close);
    for (const name of ["role", "tabindex"]) header.removeAttribute(name);  // it is a button around a button
  };
  // Whether a part is unfolded is seen, but not told to those who do not see it.
  const tellFold = (button) => {
    const isOpen = String(button.classList.contains("open"));
    if (button.getAttribute("aria-expanded") !== isOpen) button.setAttribute("aria-expanded", isOpen);
  };
  new MutationObserver(() => {
    document.querySelectorAll('[data-testid="toast-text"]').forEach(tell);
    document.querySelectorAll(".toast-header[role]").forEach(nameClose);
    document.querySelectorAll(".gr-accordion > button.label-wrap").forEach(tellFold);
  }).observe(document, { subtree: true, childList: true, attributeFilter: ["class"] });
}
