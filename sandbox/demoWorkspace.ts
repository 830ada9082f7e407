/** Who and where in the local Slack of the demo; `demo.yaml` says what each may do. */
import type { LocalSlackOptions } from './localSlack.ts';

export const DEMO_WORKSPACE: Omit<LocalSlackOptions, 'port'> = {
  workspace: 'Countersign demo',
  botName: 'Countersign',
  people: [
    { id: 'U0RITA', name: 'Rita Requester' },
    { id: 'U0ANNA', name: 'Anna Approver' },
    { id: 'U0FELIX', name: 'Felix Finance' },
    { id: 'U0SAM', name: 'Sam Stranger' },
  ],
  channels: [
    { id: 'C0APPROVALS', name: 'approvals' },
    { id: 'C0FINANCE', name: 'finance' },
    { id: 'C0SUPPORT', name: 'support' },
  ],
};
