/**
 * The figures for Prometheus. Counters are of this process; what is read from the database is the same from every
 * process, so of several the highest is taken. Every label has few values, and none is anybody's text.
 */
import { collectDefaultMetrics, Counter, Histogram, Registry } from '@prometheus-io/client';
import type { Happening } from './happenings.ts';
import type { ProviderCall } from './provider.ts';
import type { SlackCall } from './slackCalls.ts';

export type Metrics = ReturnType<typeof createMetrics>;

const MINUTE = 60;
const HOUR = 60 * MINUTE;

export function createMetrics(now: () => Date) {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const decisions = new Counter({
    name: 'countersign_decisions_total',
    help: 'Acts on requests, bulks and summaries, by people and by the clock; refusal is none for those that count.',
    labelNames: ['act', 'refusal'] as const,
    registers,
  });
  const moves = new Counter({
    name: 'countersign_request_moves_total',
    help: 'Requests that came into a state.',
    labelNames: ['state'] as const,
    registers,
  });
  const toDecision = new Histogram({
    name: 'countersign_time_to_decision_seconds',
    help: 'From asking to the end of waiting for approvals, by the state that came then. A bulk counts once.',
    labelNames: ['state'] as const,
    buckets: [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 24 * HOUR],
    registers,
  });
  const attempts = new Counter({
    name: 'countersign_attempts_total',
    help: 'Attempts at a provider by what was known first; interrupted when a process ended in the middle.',
    labelNames: ['provider', 'outcome'] as const,
    registers,
  });
  const calls = new Histogram({
    name: 'countersign_provider_call_seconds',
    help: 'Calls to providers, by what was concluded from the answer.',
    labelNames: ['provider', 'call', 'result'] as const,
    buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15],
    registers,
  });
  const jobs = new Histogram({
    name: 'countersign_job_seconds',
    help: 'Jobs of the queue; later is for those that have to wait for their turn.',
    labelNames: ['queue', 'result'] as const,
    buckets: [0.01, 0.05, 0.25, 1, 5, 15, 60],
    registers,
  });
  const slackCalls = new Counter({
    name: 'countersign_slack_calls_total',
    help: 'Calls to Slack; limited is a 429, refused an answer that is not ok.',
    labelNames: ['method', 'result'] as const,
    registers,
  });
  /** The lines of a bulk are decided on together, one after the other here. */
  let latestBulk = '';

  function endWaiting(
    { bulk, requestedAt }: { bulk: string | null; requestedAt: Date },
    state: string,
  ): void {
    const isCounted = bulk !== null && `${bulk} ${state}` === latestBulk;
    latestBulk = bulk === null ? '' : `${bulk} ${state}`;
    if (!isCounted)
      toDecision.observe({ state }, Math.max(0, (now().getTime() - requestedAt.getTime()) / 1000));
  }

  return {
    contentType: registry.contentType,
    read: () => registry.metrics(),

    happened(happening: Happening): void {
      switch (happening.type) {
        case 'asked':
          moves.inc({ state: 'pending' });
          return;
        case 'moved':
          moves.inc({ state: happening.to });
          if (happening.request.state === 'pending') endWaiting(happening.request, happening.to);
          return;
        case 'decided':
          decisions.inc({ act: happening.decision.act, refusal: happening.decision.refusal ?? 'none' });
          return;
        case 'decided_on_bulk':
          decisions.inc({ act: happening.act.act, refusal: happening.act.refusal ?? 'none' });
          return;
        case 'signed_off':
          decisions.inc({ act: 'sign_off', refusal: happening.tried.refusal ?? 'none' });
          return;
        case 'learnt': {
          const { request, finding } = happening;
          const { provider } = request;
          if (finding.source === 'answer') attempts.inc({ provider, outcome: finding.outcome.type });
          if (finding.source === 'interruption') attempts.inc({ provider, outcome: 'interrupted' });
          return;
        }
        case 'turned_away':
        case 'asked_for_bulk':
        case 'froze':
        case 'agreed_to_lift':
          return;
      }
    },
    called: ({ provider, call, result, ms }: ProviderCall) =>
      calls.observe({ provider, call, result }, ms / 1000),
    calledSlack: ({ method, result }: SlackCall) => slackCalls.inc({ method, result }),
    didJob: (queue: string, result: 'done' | 'later' | 'failed', ms: number) =>
      jobs.observe({ queue, result }, ms / 1000),
  };
}
