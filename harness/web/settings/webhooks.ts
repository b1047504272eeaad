import type { HookEvent } from '../../store/hook-events.js';
import { HOOK_EVENTS } from '../../store/hook-events.js';
import type { DeliveryView, HookView } from '../../store/hooks.js';
import type { Moment } from '../frame/moment.js';
import { moment } from '../frame/moment.js';
import { definePage } from '../frame/page.js';
import type { SettingsHead } from './tabs.js';
import { settingsHead } from './tabs.js';

const EVENT_WORDS: Readonly<Record<HookEvent, string>> = {
  'submission.finished': 'A submission was graded, failed or was cancelled',
  'submission.erased': 'A submission was erased',
  'decision.recorded': 'Somebody decided about a candidate',
  'override.recorded': 'Somebody overrode a score',
  'appeal.made': 'A candidate appealed',
  'regrade.promoted': 'A regrade took the place of earlier results',
};

export interface WebhooksView extends SettingsHead {
  readonly hooks: readonly {
    readonly href: string;
    readonly url: string;
    readonly events: readonly string[];
    readonly since: Moment;
    readonly gone: boolean;
  }[];
  /** Of a webhook that was just made. */
  readonly secret: string | null;
  readonly fault: string | null;
  readonly url: string;
  readonly events: readonly { readonly value: string; readonly words: string; readonly checked: boolean }[];
}

export interface WebhooksExtras {
  readonly secret?: string;
  readonly fault?: string;
  readonly url?: string;
}

export const webhooksView = (hooks: readonly HookView[], extras: WebhooksExtras): WebhooksView => ({
  ...settingsHead('webhooks'),
  hooks: hooks.map((hook) => ({
    href: `/settings/webhooks/${hook.id}`,
    url: hook.url,
    events: hook.events,
    since: moment(hook.created_at),
    gone: hook.disabled_at !== null,
  })),
  secret: extras.secret ?? null,
  fault: extras.fault ?? null,
  url: extras.url ?? '',
  events: HOOK_EVENTS.map((value) => ({
    value,
    words: EVENT_WORDS[value],
    checked: value === 'submission.finished',
  })),
});

export const webhooksPage = definePage<WebhooksView>('webhooks');

export interface WebhookView extends SettingsHead {
  readonly url: string;
  readonly href: string;
  readonly deliveries: readonly {
    readonly id: string;
    readonly event: string;
    readonly made: Moment;
    readonly state: string;
    readonly tries: string;
    readonly answer: string | null;
    readonly href: string;
  }[];
}

const STATE_WORDS = { waiting: 'waiting', delivered: 'delivered', failed: 'given up' } as const;

export const webhookView = (hook: HookView, deliveries: readonly DeliveryView[]): WebhookView => ({
  ...settingsHead('webhooks'),
  url: hook.url,
  href: `/settings/webhooks/${hook.id}`,
  deliveries: deliveries.map((one) => ({
    id: one.id,
    event: one.event,
    made: moment(one.created_at),
    state: STATE_WORDS[one.state],
    tries: one.attempts === 1 ? '1 try' : `${one.attempts} tries`,
    answer: one.answer,
    href: `/settings/webhooks/${hook.id}/deliveries/${one.id}`,
  })),
});

export const webhookPage = definePage<WebhookView>('webhook', {
  crumbs: [{ label: 'Webhooks', href: '/settings/webhooks' }],
});
