import Type, { type Static } from 'typebox';

const tokens = Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }));

/** What one model of one provider has cost a run so far; totals, never differences. */
export const Usage = Type.Object(
  {
    provider: Type.Optional(Type.String()),
    model: Type.Optional(Type.String()),
    inputTokens: tokens,
    outputTokens: tokens,
    cachedTokens: tokens,
    cacheWriteTokens: tokens,
    reasoningTokens: tokens,
    cost: Type.Optional(Type.Object({ amount: Type.Number({ minimum: 0 }), currency: Type.String({ minLength: 1 }) })),
  },
  { title: 'Usage' },
);
export interface Usage extends Static<typeof Usage> {}

/** How full the model's context is, in tokens. */
export const ContextUse = Type.Object({ used: Type.Integer({ minimum: 0 }), size: Type.Integer({ minimum: 0 }) }, { title: 'ContextUse' });
export interface ContextUse extends Static<typeof ContextUse> {}
