/** Processes of the benchmark's own, which say when they are ready and answer what they are asked. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve as pathOf } from 'node:path';
import type { z } from 'zod';

export interface Child {
  readonly process: ChildProcess;
  /** Sends a word, and gives the next one that is an answer of this shape. */
  ask<Answer extends z.ZodType>(word: object, answer: Answer): Promise<z.output<Answer>>;
  /** Every word of this shape from now on. */
  hear<Word extends z.ZodType>(word: Word, heard: (word: z.output<Word>) => void): void;
  stop(): Promise<void>;
}

/** @param file of this folder, or a whole path. @param variables its whole environment but PATH. Rejects when it ends before its first word. */
export async function startChild<Ready extends z.ZodType>(
  file: string,
  variables: Readonly<Record<string, string>>,
  ready: Ready,
  flags: readonly string[] = [],
): Promise<Child & { readonly ready: z.output<Ready> }> {
  const child = fork(pathOf(import.meta.dirname, file), {
    execArgv: [...flags],
    env: { ...variables, PATH: process.env['PATH'] },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');

  function next<Answer extends z.ZodType>(answer: Answer): Promise<z.output<Answer>> {
    return new Promise((resolve, reject) => {
      const listen = (message: unknown) => {
        const parsed = answer.safeParse(message);
        if (!parsed.success) return;
        child.off('message', listen);
        resolve(parsed.data);
      };
      child.on('message', listen);
      void ended.then(() => reject(new Error(`${file} ended`)));
    });
  }

  return {
    process: child,
    ready: await next(ready),
    ask(word, answer) {
      const answered = next(answer);
      child.send(word);
      return answered;
    },
    hear(word, heard) {
      child.on('message', (message) => {
        const parsed = word.safeParse(message);
        if (parsed.success) heard(parsed.data);
      });
    },
    async stop() {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}
