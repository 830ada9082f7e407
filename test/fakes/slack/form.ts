/** A modal on a person's screen: filled in, chosen in, submitted and closed as Slack's client would let them. */
import { z } from 'zod';
import type { Block } from './blocks.ts';
import { type Answer, answerField, objectTo } from './fields.ts';
import { choose, findElement, press, type Stage } from './gestures.ts';
import { collectText, readView } from './limits.ts';
import type { User } from './people.ts';
import type { Shown } from './views.ts';

/** What became of a form after it was submitted. */
interface Submitted {
  readonly closed: boolean;
  /** What the app said under the fields, by block_id. */
  readonly errors?: Readonly<Record<string, string>>;
  /** What took the form's place. */
  readonly form?: Form;
}

export interface Form {
  readonly title: string;
  readonly blocks: readonly Block[];
  readonly view: Shown;
  /** Every text on it, a line each. */
  readonly words: string;
  /** Fields by label, block_id or action_id. The app hears nothing of it until the form is submitted. */
  fill(answers: Readonly<Record<string, Answer>>): Form;
  /** Answers a field of which the app hears at once; resolves when the app has acknowledged. */
  choose(field: string, answer: Answer): Promise<void>;
  presses(button: string): Promise<void>;
  /** Rejects where Slack's client would not let the person submit. */
  submit(): Promise<Submitted>;
  close(): Promise<void>;
}

const Answered = z.discriminatedUnion('response_action', [
  z.strictObject({
    response_action: z.literal('errors'),
    errors: z.record(z.string(), z.string().min(1)).refine((errors) => Object.keys(errors).length > 0),
  }),
  z.strictObject({ response_action: z.literal('update'), view: z.unknown() }),
  z.strictObject({ response_action: z.literal('push'), view: z.unknown() }),
  z.strictObject({ response_action: z.literal('clear') }),
]);

export function createForm(stage: Stage, person: () => User, id: string): Form {
  const { views } = stage.workspace;
  const current = (): Shown => views.select(id);

  /** The form may have gone meanwhile: submitted twice, or closed. */
  function follow(view: Shown, answer: unknown): Submitted {
    if (answer === undefined) {
      views.close(view);
      return { closed: true };
    }
    const answered = Answered.parse(answer);
    switch (answered.response_action) {
      case 'errors': {
        const inputs = view.source.blocks
          .filter((block) => block.type === 'input')
          .map((block) => block.block_id);
        const stray = Object.keys(answered.errors).find((blockId) => !inputs.includes(blockId));
        if (stray !== undefined)
          throw new Error(`the app put an error on "${stray}", which is no input of the form`);
        return { closed: false, errors: answered.errors };
      }
      case 'update':
        views.update(current(), readView(answered.view, 'modal'));
        return { closed: false, form };
      case 'push': {
        const pushed = views.pushOnto(current(), readView(answered.view, 'modal'));
        return { closed: false, form: createForm(stage, person, pushed.id) };
      }
      case 'clear':
        views.closeStack(view);
        return { closed: true };
    }
  }

  const form: Form = {
    get title() {
      const { source } = current();
      return source.type === 'modal' ? source.title.text : '';
    },
    get blocks() {
      return current().source.blocks;
    },
    get view() {
      return current();
    },
    get words() {
      return collectText(current().source).join('\n');
    },

    fill(answers) {
      for (const [field, answer] of Object.entries(answers)) {
        const { block, element } = findElement(current(), field);
        if (block.type !== 'input' || block.dispatch_action === true) {
          throw new Error(`the app hears at once what is put into "${field}": use choose`);
        }
        views.type(current(), block.block_id, element.action_id, answerField(element, answer));
      }
      return form;
    },

    choose: (field, answer) => choose(stage, person(), current(), field, answer),
    presses: (button) => press(stage, person(), current(), button),

    async submit() {
      const view = current();
      refuseUnfinished(view);
      const trigger = views.makeTrigger(person().id, view);
      return follow(
        view,
        await stage.deliver('interactive', stage.payloads.submission(person(), view, trigger)),
      );
    },

    async close() {
      const view = current();
      views.close(view);
      if (view.source.type === 'home' || !view.source.notify_on_close) return;
      await stage.deliver('interactive', stage.payloads.closing(person(), view));
    },
  };
  return form;
}

function refuseUnfinished({ source, values }: Shown): void {
  if (source.type === 'home' || source.submit === undefined)
    throw new Error('this form has no submit button');
  for (const block of source.blocks) {
    const objection = objectTo(block, values);
    if (objection !== undefined) throw new Error(objection);
  }
}
