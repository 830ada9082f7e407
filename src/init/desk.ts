/** Asks one thing at a time in a terminal, until the answer fits. */
import * as prompts from '@clack/prompts';
import { z } from 'zod';

export interface Desk {
  text(message: string, schema: z.ZodType, initial?: string): Promise<string>;
  /** Not shown while it is typed; empty where it is not known yet. */
  secret(message: string, schema: z.ZodType): Promise<string>;
  choose<Value extends string>(message: string, choices: readonly Choice<Value>[]): Promise<Value>;
  agree(message: string): Promise<boolean>;
}

interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

/** Every question throws when somebody leaves with Ctrl-C. */
export function createDesk(io: Pick<prompts.CommonOptions, 'input' | 'output'> = {}): Desk {
  return {
    text: async (message, schema, initialValue = '') =>
      answer(await prompts.text({ ...io, message, initialValue, validate: faultIn(schema) })),
    async secret(message, schema) {
      const validate = faultIn(z.union([z.literal(''), schema]));
      const given: string | undefined = answer(await prompts.password({ ...io, message, validate }));
      // Nothing but Enter gives undefined.
      return given ?? '';
    },
    choose: async <Value extends string>(message: string, choices: readonly Choice<Value>[]) => {
      const options = choices.map(({ value, label }) => ({ value, label }));
      const chosen = answer(await prompts.select<string>({ ...io, message, options }));
      const found = choices.find(({ value }) => value === chosen);
      if (found === undefined) throw new Error('what was chosen is none of the choices');
      return found.value;
    },
    agree: async (message) => answer(await prompts.confirm({ ...io, message, initialValue: false })),
  };
}

function answer<T>(given: T | typeof prompts.CANCEL_SYMBOL): T {
  if (prompts.isCancel(given)) throw new Error('Stopped; nothing was written.');
  return given;
}

function faultIn(schema: z.ZodType) {
  return (given: string | undefined): string | undefined => {
    const [issue] = schema.safeParse(given ?? '').error?.issues ?? [];
    // Of a union the last member is what is wanted.
    const fault = issue?.code === 'invalid_union' ? issue.errors.at(-1)?.[0] : issue;
    return fault?.message;
  };
}
