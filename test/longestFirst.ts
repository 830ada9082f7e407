/** In which order files of tests are run where none was run before, so that none of the long ones is left for the end. */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** They are short to read, and take long: Vitest would begin with what is long to read. */
const LONG = /\/test\/(?:webhooks|torture\/model|torture\/failOver|store\/later|slack\/everyMessage)\./;

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- a sequencer's own, which changes nothing
    const sorted = await super.sort(files);
    const { long = [], short = [] } = Object.groupBy(sorted, ({ moduleId }) =>
      LONG.test(moduleId) ? 'long' : 'short',
    );
    return [...long, ...short];
  }
}
