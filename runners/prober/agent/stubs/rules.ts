import { types } from 'node:util';
import type { StubReply, UpstreamCall } from '../../../../assessments/kit/index.js';

/** A stub's answers: rules of the check before the defaults of the pack. */
export interface Rules {
  /** Puts rules in front; among them the first wins. */
  script(replies: readonly StubReply[]): void;
  clear(): void;
  /** The rule that answers this call, one of its uses taken. */
  pick(call: UpstreamCall): StubReply;
}

const NOT_SCRIPTED: StubReply = { status: 404, body: { error: 'nothing is served here' } };

export function createRules(defaults: readonly StubReply[]): Rules {
  const counted = (replies: readonly StubReply[]) =>
    replies.map((reply) => ({ reply, left: reply.times ?? Infinity }));
  let rules = counted(defaults);
  return {
    script: (replies) => void (rules = [...counted(replies), ...rules]),
    clear: () => void (rules = counted(defaults)),
    pick(call) {
      const rule = rules.find(
        ({ reply, left }) => left > 0 && matches(reply, call) && (reply.when?.(call) ?? true),
      );
      if (!rule) return NOT_SCRIPTED;
      rule.left--;
      return rule.reply;
    },
  };
}

/** Paths are compared without their query. */
export function matches(match: { method?: string; path?: string | RegExp }, call: UpstreamCall): boolean {
  if (match.method !== undefined && match.method.toUpperCase() !== call.method) return false;
  if (match.path === undefined) return true;
  const [path = ''] = call.path.split('?');
  // A pattern from a check belongs to jest's realm, so `instanceof` would not know it.
  if (types.isRegExp(match.path))
    return new RegExp(match.path.source, match.path.flags.replace(/[gy]/g, '')).test(path);
  return match.path === path;
}
