// On a phone the app is tried once; whoever does not have it stays on the page.
const WAIT_MS = 2000;
const isPhone = /android|iphone|ipad|ipod/i.test(navigator.userAgent);

if (isPhone) {
  const waiting = document.getElementById("waiting");
  waiting.hidden = false;
  setTimeout(() => { waiting.hidden = true; }, WAIT_MS);
  location.href = document.querySelector("main").dataset.schemeUrl;
}
