/** Thrown when nothing was done yet and it is known when to try again: no failure, and no case for backing off. */
export class Later extends Error {
  readonly afterSeconds: number;

  constructor(why: string, afterSeconds: number) {
    super(`${why}; again in ${afterSeconds} s`);
    this.afterSeconds = afterSeconds;
  }
}
