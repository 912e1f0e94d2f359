// A page that waits for something shows how it goes, until it is over. Without scripts it is loaded anew instead.
const EVERY = 1000;

async function again() {
  try {
    const answer = await fetch(location.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const there = document.getElementById("main");
    const come = page.getElementById("main");
    if (come && come.innerHTML !== there.innerHTML) there.replaceChildren(...come.childNodes);
    document.title = page.title;
  } catch {
    // The server is gone for the moment: ask again.
  }
  if (document.querySelector("[data-waiting]")) setTimeout(again, EVERY);
}

setTimeout(again, EVERY);
