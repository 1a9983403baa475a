/** Watches how far a worker has come, and shows the page anew once it has ended. */

const EVERY = 1000; // milliseconds
const place = document.getElementById("progress");
const bar = document.getElementById("progress-bar");
const done = document.getElementById("progress-done");
const what = document.getElementById("progress-what"); // not where nothing is told of it
const words = document.getElementById("progress-words");

async function look() {
  try {
    const answer = await fetch(place.dataset.from, { headers: { Accept: "application/json" } });
    if (answer.ok && !answer.redirected) {
      show(await answer.json());
      return;
    }
  } catch {
    // No connection just now: look again later.
  }
  setTimeout(look, 5 * EVERY);
}

function show(told) {
  if (!told.at_work) {
    window.location.reload();
    return;
  }
  bar.value = told.done;
  done.textContent = told.told || `${told.done} %`;
  if (what) {
    what.textContent = told.what;
  }
  if (words.textContent !== told.words) {
    words.textContent = told.words;
  }
  setTimeout(look, EVERY);
}

setTimeout(look, EVERY);
