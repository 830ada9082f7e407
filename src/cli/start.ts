/** `countersign start`: the app until it is told to stop, as `npm start`. */
import { Command } from 'commander';

export const startCommand = new Command('start')
  .description('run the app until SIGTERM or Ctrl-C')
  .action(async () => {
    await import('../main.ts');
  });
