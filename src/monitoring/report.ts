/** One line of the log, and one more in the figures, for whatever is done. No line holds text that somebody wrote. */
import { bulkNameOf } from '../domain/bulk.ts';
import { freezeName } from '../domain/freeze.ts';
import { nameOf } from '../domain/request.ts';
import type { Log } from '../log.ts';
import type { RunJob } from '../store/jobData.ts';
import { Later } from '../usecases/later.ts';
import { type Concern, concerning } from './concern.ts';
import type { Happening } from './happenings.ts';
import type { Metrics } from './metrics.ts';
import type { ProviderCall } from './provider.ts';
import type { SlackCall } from './slackCalls.ts';
import { continuing, inSpan } from './trace.ts';

export interface Report {
  readonly happened: (happening: Happening) => void;
  readonly called: (call: ProviderCall) => void;
  readonly calledSlack: (call: SlackCall) => void;
  readonly runJob: RunJob;
}

export function createReport(log: Log, metrics: Metrics): Report {
  return {
    happened(happening) {
      metrics.happened(happening);
      sayWhatHappened(log, happening);
    },
    called(call) {
      metrics.called(call);
      const { provider, call: what, result, ms } = call;
      log.debug({ provider, call: what, result, ms }, 'a provider was called');
    },
    calledSlack(call) {
      metrics.calledSlack(call);
      const { method, result } = call;
      if (result !== 'ok') log.debug({ method, result }, 'Slack did not do what it was asked');
    },
    async runJob({ queue, about, trace }, work) {
      const concern: Concern = {};
      const since = performance.now();
      const ended = (result: 'done' | 'later' | 'failed') => {
        const ms = Math.round(performance.now() - since);
        metrics.didJob(queue, result, ms);
        return { queue, ms };
      };
      try {
        await continuing(trace, () => concerning(concern, () => inSpan(`job ${queue}`, {}, work)));
      } catch (error) {
        if (error instanceof Later)
          log.info({ ...concern, ...ended('later'), afterSeconds: error.afterSeconds }, 'a job has to wait');
        else
          log.error({ ...concern, ...ended('failed'), err: error }, 'a job failed and will be tried again');
        throw error;
      }
      // What the clock and the messages of bulks lead to is about many requests.
      const subject = about === 'neither' ? {} : { [about]: concern[about] };
      // The clock ticks every minute, whether there is anything to do or not.
      log[queue === 'tick' ? 'debug' : 'info']({ ...subject, ...ended('done') }, 'a job is done');
    },
  };
}

function sayWhatHappened(log: Log, happening: Happening): void {
  switch (happening.type) {
    case 'asked': {
      const { account, provider, requester } = happening.request;
      log.info({ request: nameOf(happening.request), account, provider, by: requester.user }, 'asked');
      return;
    }
    case 'turned_away': {
      const { account, person, why } = happening.refused;
      log.info({ account, by: person.user, why }, 'somebody may not ask');
      return;
    }
    case 'decided': {
      const { act, person, refusal } = happening.decision;
      log.info({ request: nameOf(happening.request), act, by: person?.user ?? null, refusal }, 'a decision');
      return;
    }
    case 'asked_for_bulk': {
      const { account, requester, lines } = happening.bulk;
      const of = { bulk: bulkNameOf(happening.bulk), account, by: requester.user, lines: lines.length };
      log.info(of, 'asked in bulk');
      return;
    }
    case 'decided_on_bulk': {
      const { act, person, refusal, why } = happening.act;
      const by = person?.user ?? null;
      log.info({ bulk: bulkNameOf(happening.bulk), act, by, refusal, why }, 'a decision on a bulk');
      return;
    }
    case 'froze': {
      const { scope, person, refusal } = happening.freeze;
      log.warn({ scope: scope.type, by: person.user, refusal }, 'a freeze');
      return;
    }
    case 'agreed_to_lift': {
      const { freeze, person, refusal } = happening.lift;
      log.warn(
        { freeze: freezeName({ number: freeze }), by: person.user, refusal },
        'an agreement to lift a freeze',
      );
      return;
    }
    case 'signed_off': {
      const { date, person, refusal } = happening.tried;
      log.info({ date, by: person.user, refusal }, 'a sign-off');
      return;
    }
    case 'learnt': {
      const { request, attempt, finding } = happening;
      const ms = finding.learntAt.getTime() - attempt.startedAt.getTime();
      const { provider, account } = request;
      const of = { request: nameOf(request), account, provider, attempt: attempt.n };
      const isKnown = finding.outcome.type !== 'unknown';
      const line = { ...of, source: finding.source, outcome: finding.outcome.type, ms };
      log[isKnown ? 'info' : 'warn'](line, 'the outcome of an attempt');
      return;
    }
    // The decision or the outcome that led to it has a line.
    case 'moved':
      return;
  }
}
