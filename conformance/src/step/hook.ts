import Type from 'typebox';
import { NotTestable, PrerequisiteMissing } from '../run/scenario-stop.ts';
import { numberOf, tokenOf, type Stage } from '../run/stage.ts';
import { match } from '../scenario/pattern.ts';
import type { JsonFields } from '../scenario/json.ts';
import { AnyJson, defineStep, NumberOrExpression } from './step-kind.ts';

/** Brings about what no client can. */
export const hook = defineStep({
  kind: 'hook',
  description: 'Asks the side of the server for what no client can cause, by the hook of that name in the configuration. A target without it leaves the scenario untested.',
  properties: {
    hook: Type.Enum(['trim', 'revoke', 'allow', 'clock', 'unreachable', 'limits']),
    session: Type.Optional(Type.String({ description: 'trim: another session than that of the scenario.' })),
    before: Type.Optional(NumberOrExpression),
    tokenOf: Type.Optional(Type.String({ description: 'revoke, allow: the credential.' })),
    sessions: Type.Optional(Type.Array(Type.String(), { description: 'allow: the only sessions that the credential may see from now on.' })),
    aheadMs: Type.Optional(NumberOrExpression),
    log: Type.Optional(Type.Boolean({ description: 'unreachable: whether the log can not be reached from now on.' })),
    limits: Type.Optional(Type.Record(Type.String(), Type.Integer())),
    fails: Type.Optional(AnyJson),
  },
  async run(step, stage, place) {
    const run = stage.target.hook?.(step.hook);
    if (run === undefined) throw new NotTestable(`the hook ${step.hook}`);
    const fields = fieldsOf[step.hook](step, stage);
    stage.recorder.record({ kind: 'note', participant: 'runner', connection: 'runner', text: `hook ${step.hook}`, data: { ...fields, ...('token' in fields ? { token: 'redacted' } : {}), ...('tokens' in fields ? { tokens: 'redacted' } : {}) } });
    const problem = await withinMs(run(fields), stage.patienceMs);
    if (problem === unanswered) throw new NotTestable(`an answer of the hook ${step.hook}`);
    const expected = step.fails === undefined ? problem === undefined : problem !== undefined && match(step.fails, problem).matches;
    if (!expected) throw new PrerequisiteMissing(`${place.source}: the hook ${step.hook} ${problem === undefined ? 'must fail, and did not' : `failed: ${problem}`}`);
  },
});

const unanswered = Symbol('no answer');

/** What comes within a time; a server that knows no hooks reads none. */
function withinMs<Answer>(answer: Promise<Answer>, ms: number): Promise<Answer | typeof unanswered> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof unanswered>((settle) => (timer = setTimeout(settle, ms, unanswered)));
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

interface HookFields {
  readonly session?: string;
  readonly before?: number;
  readonly tokenOf?: string;
  readonly sessions?: readonly string[];
  readonly aheadMs?: number;
  readonly log?: boolean;
  readonly limits?: { readonly [name: string]: number };
}

const fieldsOf: { readonly [name in 'trim' | 'revoke' | 'allow' | 'clock' | 'unreachable' | 'limits']: (step: HookFields, stage: Stage) => JsonFields } = {
  trim: (step, stage) => ({ session: step.session ?? stage.session, before: numberOf(step.before, 'before') }),
  revoke: (step, stage) => ({ token: tokenOf(stage, step.tokenOf ?? '') }),
  allow: (step, stage) => {
    const setting = stage.target.setting?.(step.tokenOf ?? '');
    if (setting === undefined) throw new NotTestable('a server that the suite starts, for the hook allow');
    return { tokens: [{ ...setting, ...(step.sessions === undefined ? {} : { sessions: step.sessions }) }] };
  },
  clock: (step) => ({ aheadMs: numberOf(step.aheadMs, 'aheadMs') }),
  unreachable: (step) => ({ log: step.log ?? true }),
  limits: (step) => ({ limits: step.limits ?? {} }),
};
