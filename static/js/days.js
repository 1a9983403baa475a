/** The control of the day: a slider over the days on which something changed, and a button that plays them. */

import { dayInWords } from "./words.js";

const TICK = 700; // milliseconds for each day while it plays

export class DayControl {
  /** `choose(day)` is called for every day that the slider comes to; `settle()` once it plays no longer. */
  constructor({ slider, told, button }, days, { choose, settle }) {
    Object.assign(this, { slider, told, button, days, choose, settle, timer: 0 });
    slider.addEventListener("input", () => {
      this.#pause();
      choose(this.days[slider.valueAsNumber]);
    });
    button.addEventListener("click", () => (this.timer ? this.#pause() : this.#play()));
    slider.disabled = button.disabled = false;
  }

  /** Puts the slider on a day. One on which nothing changed gets a place of its own. */
  show(day) {
    if (!this.days.includes(day)) {
      this.days = [...this.days, day].sort();
    }
    this.slider.max = this.days.length - 1;
    this.slider.value = this.days.indexOf(day);
    this.slider.ariaValueText = this.told.textContent = dayInWords(day);
  }

  #play() {
    const isAtEnd = this.slider.valueAsNumber === this.days.length - 1;
    this.button.textContent = "Pause";
    this.timer = setInterval(() => this.#step(this.slider.valueAsNumber + 1), TICK);
    this.#step(isAtEnd ? 0 : this.slider.valueAsNumber + 1);
  }

  #step(number) {
    this.choose(this.days[number]);
    if (number === this.days.length - 1) {
      this.#pause();
    }
  }

  /** Plays no longer, if it did. */
  pause() {
    if (this.isPlaying) {
      this.#pause();
    }
  }

  #pause() {
    clearInterval(this.timer);
    this.timer = 0;
    this.button.textContent = "Play";
    this.settle();
  }

  get isPlaying() {
    return this.timer !== 0;
  }
}
