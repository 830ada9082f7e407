/** Steps of a trace, from a click over the queue to the provider. Without an SDK, which tracing.ts starts, all this does nothing. */
import { type Attributes, context, propagation, SpanStatusCode, trace } from '@opentelemetry/api';
import { z } from 'zod';
import { Later } from '../usecases/later.ts';
import { concernNow } from './concern.ts';

/** What a job carries, so that its trace goes on in whatever process works on it. */
export const Carrier = z.record(z.string(), z.string());
export type Carrier = z.infer<typeof Carrier>;

const tracer = trace.getTracer('countersign');

/** @param attributes names and figures; no text that somebody wrote. */
export function inSpan<T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T> {
  return tracer.startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Later)) span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.setAttributes({ ...concernNow() });
      span.end();
    }
  });
}

/** Notes something in the step that is under way. */
export function noteInSpan(name: string): void {
  trace.getActiveSpan()?.addEvent(name);
}

/** Undefined when nothing is traced. */
export function carrierNow(): Carrier | undefined {
  const carrier: Carrier = {};
  propagation.inject(context.active(), carrier);
  return Object.keys(carrier).length === 0 ? undefined : carrier;
}

export function continuing<T>(carrier: Carrier | undefined, work: () => T): T {
  return context.with(propagation.extract(context.active(), carrier ?? {}), work);
}
