import Type, { type Static } from 'typebox';

/**
 * What the application of an agent does with a run, step by step: the script that `work` brings.
 *
 * It says what is wanted, never which events to append: that is the agent's own, and what is judged. A side effect is
 * one POST with `{"input": …}` to the URL of `effect`: status 200 brings the output as JSON, another status says that
 * it failed, and without an answer nobody knows whether it happened.
 */
const id = Type.String({ minLength: 1 });
const json = Type.Unknown();
const effect = Type.String({ description: 'The URL that stands for the side effect.' });
const only = { additionalProperties: false };
const tokens = Type.Integer({ minimum: 0 });

export const PlanStep = Type.Union(
  [
    Type.Object({ say: Type.String({ description: 'Streams a text part with this text.' }) }, only),
    Type.Object(
      {
        call: Type.Object(
          {
            partId: id,
            name: id,
            input: Type.Optional(json),
            inputText: Type.Optional(Type.String({ description: 'What the model wrote as the input, in place of `input`; it may be no JSON.' })),
            effect: Type.Optional(effect),
            idempotent: Type.Optional(Type.Boolean()),
            approval: Type.Optional(Type.Object({ requestId: id }, { ...only, description: 'Somebody has to approve first, and may edit the input.' })),
          },
          { ...only, description: 'Calls a tool. After a takeover the part may be there already, with the tool running.' },
        ),
      },
      only,
    ),
    Type.Object({ ask: Type.Object({ requestId: id, prompt: Type.String(), schema: Type.Optional(json) }, { ...only, description: 'Asks a question, and goes on with a value that fits.' }) }, only),
    Type.Object(
      {
        model: Type.Object(
          { inputTokens: tokens, outputTokens: tokens, steers: Type.Enum(['take', 'refuse']) },
          { ...only, description: 'Calls the model once: with the steers that nobody has taken up, unless they are refused. It uses so many tokens.' },
        ),
      },
      only,
    ),
    Type.Object({ end: Type.Enum(['completed', 'failed']) }, { ...only, description: 'Ends the run. A plan without an end leaves the run to others.' }),
  ],
  { title: 'PlanStep' },
);
export type PlanStep = Static<typeof PlanStep>;
