// An element that draws itself, once for all that changes in one go.
export class Painted extends HTMLElement {
  #drawing = false;

  draw() {
    if (this.#drawing) return;
    this.#drawing = true;
    queueMicrotask(() => {
      this.#drawing = false;
      if (this.isConnected) this.paint();
    });
  }

  /** Draws at once. */
  paint() {}
}
