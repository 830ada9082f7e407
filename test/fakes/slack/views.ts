/** Modals and Homes: who sees which, what is typed into them, and the triggers that open them. */
import { randomBytes } from 'node:crypto';
import type { Changes } from './changes.ts';
import { startValues, type StateValue, type StateValues } from './fields.ts';
import type { ViewSource } from './limits.ts';
import { Refusal } from './refusal.ts';

/** Slack's modal stack: one opened, two pushed. */
const DEEPEST_STACK = 3;

export interface Shown {
  readonly id: string;
  readonly user: string;
  /** Views are numbered in the order in which they were first shown. */
  readonly number: number;
  readonly root: string;
  readonly previous: string | null;
  readonly source: ViewSource;
  readonly hash: string;
  /** What the person has typed and chosen so far. */
  readonly values: StateValues;
}

interface Trigger {
  readonly user: string;
  readonly madeAt: number;
  /** The modal in which it was made. */
  readonly view: string | undefined;
  used: boolean;
}

export interface Views {
  /** Every modal on somebody's screen now, the newest last. */
  readonly open: readonly Shown[];
  home(user: string): Shown | undefined;
  makeTrigger(user: string, view?: Shown): string;
  /** For `views.open`. */
  openWith(trigger: string, source: ViewSource): Shown;
  /** For `views.push`. */
  pushWith(trigger: string, source: ViewSource): Shown;
  /** For a submission that is answered with `push`. */
  pushOnto(view: Shown, source: ViewSource): Shown;
  publish(user: string, source: ViewSource, hash?: string): Shown;
  select(idOrExternalId: string): Shown;
  update(view: Shown, source: ViewSource, hash?: string): Shown;
  /** Puts a value into a field. */
  type(view: Shown, blockId: string, actionId: string, value: StateValue): Shown;
  close(view: Shown): void;
  closeStack(view: Shown): void;
}

const randomId = (): string => randomBytes(6).toString('hex');

export function createViews(now: () => number, triggerTtlMs: number, changes: Changes): Views {
  const triggers = new Map<string, Trigger>();
  const open: Shown[] = [];
  const homes = new Map<string, Shown>();
  let counted = 0;

  function show(user: string, source: ViewSource, previous?: Shown): Shown {
    if (source.external_id !== '' && open.some((view) => view.source.external_id === source.external_id)) {
      throw new Refusal('duplicate_external_id');
    }
    counted += 1;
    const id = `V_${counted}_${randomId()}`;
    return {
      id,
      user,
      number: counted,
      root: previous?.root ?? id,
      previous: previous?.id ?? null,
      source,
      hash: randomId(),
      values: startValues(source.blocks),
    };
  }

  function display(view: Shown): Shown {
    open.push(view);
    changes.announce();
    return view;
  }

  function exchange(id: string): Trigger {
    const trigger = triggers.get(id);
    if (trigger === undefined) throw new Refusal('invalid_trigger_id');
    if (trigger.used) throw new Refusal('exchanged_trigger_id');
    if (now() - trigger.madeAt > triggerTtlMs) throw new Refusal('expired_trigger_id');
    trigger.used = true;
    return trigger;
  }

  function replace(view: Shown, changed: Partial<Shown>): Shown {
    const next = { ...view, ...changed };
    if (view.source.type === 'home') homes.set(view.user, next);
    else {
      const at = open.findIndex(({ id }) => id === view.id);
      if (at === -1) throw new Refusal('not_found');
      open.splice(at, 1, next);
    }
    changes.announce();
    return next;
  }

  function pushOnto(below: Shown, source: ViewSource): Shown {
    if (open.filter(({ root }) => root === below.root).length >= DEEPEST_STACK) {
      throw new Refusal('push_limit_reached');
    }
    return display(show(below.user, source, below));
  }

  function refuseStale(view: Shown, hash: string | undefined): void {
    if (hash !== undefined && hash !== view.hash) throw new Refusal('hash_conflict');
  }

  /** A field keeps what was typed when its block and action are still there. */
  const update = (view: Shown, source: ViewSource, hash?: string): Shown => {
    refuseStale(view, hash);
    return replace(view, { source, hash: randomId(), values: startValues(source.blocks, view.values) });
  };

  const remove = (isClosed: (view: Shown) => boolean): void => {
    open.splice(0, open.length, ...open.filter((view) => !isClosed(view)));
    changes.announce();
  };

  return {
    open,
    update,
    pushOnto,
    home: (user) => homes.get(user),

    makeTrigger(user, view) {
      const id = `${now()}.${triggers.size}.${randomId()}`;
      triggers.set(id, { user, madeAt: now(), view: view?.id, used: false });
      return id;
    },

    openWith: (trigger, source) => display(show(exchange(trigger).user, source)),

    pushWith(id, source) {
      const below = open.find((view) => view.id === triggers.get(id)?.view);
      if (below === undefined) throw new Refusal('invalid_trigger_id');
      exchange(id);
      return pushOnto(below, source);
    },

    publish(user, source, hash) {
      const before = homes.get(user);
      if (before !== undefined) return update(before, source, hash);
      const view = show(user, source);
      homes.set(user, view);
      changes.announce();
      return view;
    },

    select(wanted) {
      const found = [...open, ...homes.values()].find(
        ({ id, source }) => id === wanted || source.external_id === wanted,
      );
      if (found === undefined) throw new Refusal('not_found');
      return found;
    },

    type: (view, blockId, actionId, value) =>
      replace(view, {
        values: { ...view.values, [blockId]: { ...view.values[blockId], [actionId]: value } },
      }),
    close: (view) => remove(({ id }) => id === view.id),
    closeStack: (view) => remove(({ root }) => root === view.root),
  };
}
