"use strict";

/* Keys press the buttons of the queue, outside of what is being typed; a decision with a reason asks for it first. */
document.addEventListener("DOMContentLoaded", () => {
  for (const element of document.querySelectorAll(".ghar-queue-map")) {
    const place = [Number(element.dataset.latitude), Number(element.dataset.longitude)];
    L.marker(place, { icon: gharDot("ghar-dot-pin"), alt: "The home" }).addTo(gharMap(element).setView(place, 15));
  }
  const form = document.getElementById("decide");
  if (!form) return;
  const reason = form.elements.reason;

  const isTyping = (element) => element.matches("input, textarea, select, [contenteditable]");
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target === reason) reason.blur();
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
    const button = form.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!button) return;
    event.preventDefault();
    button.click();
  });

  form.addEventListener("submit", (event) => {
    const isExplained = event.submitter && "explained" in event.submitter.dataset;
    if (isExplained && reason.value.trim() === "") {
      event.preventDefault();
      reason.focus();
      reason.setAttribute("aria-invalid", "true");
    } else if (form.dataset.sent) {
      event.preventDefault();
    } else {
      form.dataset.sent = "yes";
    }
  });
  window.addEventListener("pageshow", () => delete form.dataset.sent);
});
