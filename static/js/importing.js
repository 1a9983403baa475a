/** Watches how far a worker has come with a plan file, and shows the page anew once it has ended. */

const EVERY = 1000; // milliseconds
const place = document.getElementById("import-progress");
const bar = document.getElementById("import-bar");
const done = document.getElementById("import-done");
const what = document.getElementById("import-what");
const words = document.getElementById("import-words");

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
  done.textContent = `${told.done} %`;
  what.textContent = told.what;
  if (words.textContent !== told.words) {
    words.textContent = told.words;
  }
  setTimeout(look, EVERY);
}

setTimeout(look, EVERY);
