/** Ask again on a request that ended without a cancellation: the form, filled in with what was asked. */
import type { Person } from '../src/domain/person.ts';
import type { Request } from '../src/domain/request.ts';
import { askLabels } from '../src/language/ask.ts';
import { noAccountText } from '../src/language/askFaults.ts';
import { askForm, type Choice, type Filled } from '../src/slack/askForm.ts';
import { alreadyOpenText, needlessText } from '../src/slack/text.ts';
import { foresee } from './ask.ts';
import { type Judged, openJudged, readClick } from './decide.ts';
import type { Desk, Register } from './desk.ts';

/** What goes into the form. */
interface Again {
  readonly choice: Choice;
  readonly filled: Filled;
  readonly approvers: string;
  readonly follows: Pick<Request, 'id' | 'number'>;
}

export const registerAskAgain: Register = (app, desk) => {
  app.action('ask_again', async ({ ack, body, client }) => {
    await ack();
    const click = readClick(body);
    await openJudged(client, click, judge(desk, click.memory.id, click.person), {
      title: askLabels.title,
      waits: false,
      build: async ({ choice, filled, approvers, follows }) =>
        askForm(choice, filled, approvers, { follows }),
    });
  });
};

async function judge(desk: Desk, id: string, person: Person): Promise<Judged<Again>> {
  const again = await desk.usecases.tryToAskAgain(id);
  switch (again.type) {
    case 'already_open':
      return { refused: alreadyOpenText(again.request) };
    case 'needless':
      return { refused: needlessText(again.request) };
    case 'may_ask': {
      const { earlier, fields } = again;
      const choice = desk.accounts.find(({ account }) => account === earlier.account);
      if (choice === undefined || fields === undefined) return { refused: noAccountText(earlier.account) };
      const subject = {
        choice,
        filled: { ...fields, ...reasonOf(earlier) },
        approvers: await foresee(desk, choice, person),
        follows: { id: earlier.id, number: earlier.number },
      };
      return { subject, refused: undefined };
    }
  }
}

/** Nothing, once it was erased. */
function reasonOf({ reason, salt }: Request): Filled {
  return salt === '' ? {} : { reason };
}
