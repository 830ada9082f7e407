/** `countersign start`: the app until it is told to stop, as `npm start`. */
import { Command } from 'commander';
import { examples } from './examples.ts';

export const startCommand = new Command('start')
  .description('run the app until SIGTERM or Ctrl-C')
  .addHelpText(
    'after',
    examples(['countersign start', 'in Socket Mode or HTTP mode, as the environment says']),
  )
  .action(async () => {
    await import('../main.ts');
  });
