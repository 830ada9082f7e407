/** Everything that people can do in Slack. */
import { registerApprove } from './approve.ts';
import { registerAsk } from './ask.ts';
import { registerAskAgain } from './askAgain.ts';
import { registerAskBulkAgain } from './askBulkAgain.ts';
import { registerBulk } from './bulk.ts';
import { registerCancel } from './cancel.ts';
import { registerDecideOnBulk } from './decideOnBulk.ts';
import type { Register } from './desk.ts';
import { registerFind } from './find.ts';
import { registerHome } from './home.ts';
import { registerLift } from './lift.ts';
import { registerLists } from './list.ts';
import { registerReject } from './reject.ts';
import { registerShortcuts } from './shortcuts.ts';
import { registerShow } from './show.ts';
import { registerSignOff } from './signOff.ts';
import { registerWatch } from './watch.ts';
import { registerWithdraw } from './withdraw.ts';

export const registerCommands: Register = (app, desk) => {
  registerCancel(app, desk);
  registerAsk(app, desk);
  registerAskAgain(app, desk);
  registerApprove(app, desk);
  registerReject(app, desk);
  registerWatch(app, desk);
  registerWithdraw(app, desk);
  registerFind(app, desk);
  registerLists(app, desk);
  registerShow(app, desk);
  registerHome(app, desk);
  registerShortcuts(app, desk);
  registerSignOff(app, desk);
  registerLift(app, desk);
  registerBulk(app, desk);
  registerDecideOnBulk(app, desk);
  registerAskBulkAgain(app, desk);
};
