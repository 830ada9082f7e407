/** The `views.*` methods, and a view as Slack writes it in answers and payloads. */
import { z } from 'zod';
import { readView } from './limits.ts';
import { jsonText, type Method, method } from './method.ts';
import { TEAM } from './people.ts';
import { Refusal } from './refusal.ts';
import type { Shown } from './views.ts';
import { APP, type Workspace } from './workspace.ts';

export function toWireView({ id, root, previous, hash, values, source }: Shown): object {
  return {
    id,
    team_id: TEAM.id,
    app_id: APP.id,
    app_installed_team_id: TEAM.id,
    bot_id: APP.bot,
    title: null,
    submit: null,
    close: null,
    clear_on_close: false,
    notify_on_close: false,
    ...source,
    hash,
    state: { values },
    root_view_id: root,
    previous_view_id: previous,
  };
}

export function createViewMethods({ views, people }: Workspace): Readonly<Record<string, Method>> {
  const Opening = z.strictObject({ trigger_id: z.string(), view: jsonText });
  return {
    'views.open': method(undefined, Opening, ({ trigger_id, view }) => ({
      view: toWireView(views.openWith(trigger_id, readView(view, 'modal'))),
    })),

    'views.push': method(undefined, Opening, ({ trigger_id, view }) => ({
      view: toWireView(views.pushWith(trigger_id, readView(view, 'modal'))),
    })),

    'views.update': method(
      undefined,
      z.strictObject({
        view: jsonText,
        view_id: z.string().optional(),
        external_id: z.string().optional(),
        hash: z.string().optional(),
      }),
      ({ view, view_id, external_id, hash }) => {
        const wanted = view_id ?? external_id;
        if (wanted === undefined) {
          throw new Refusal('invalid_arguments', [
            'must define either `view_id` or `external_id` [json-pointer:/]',
          ]);
        }
        const shown = views.select(wanted);
        return { view: toWireView(views.update(shown, readView(view, shown.source.type), hash)) };
      },
    ),

    'views.publish': method(
      undefined,
      z.strictObject({ user_id: z.string(), view: jsonText, hash: z.string().optional() }),
      ({ user_id, view, hash }) => ({
        view: toWireView(views.publish(people.find(user_id).id, readView(view, 'home'), hash)),
      }),
    ),
  };
}
