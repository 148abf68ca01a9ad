import Type, { type Static } from 'typebox';

/** What a scripted agent does next. */
export const ScriptStep = Type.Union([
  Type.Object({ gate: Type.String({ minLength: 1, maxLength: 64, description: 'Waits until a session.updated with metadata.gate of this value stands in the log behind the message.' }) }, { additionalProperties: false }),
  Type.Object({ append: Type.Array(Type.Object({ type: Type.String() }), { minItems: 1, description: 'Appends these events in one commit, each as an agent would append it: without seq, at and by.' }) }, { additionalProperties: false }),
  Type.Object(
    { deltas: Type.Object({ partId: Type.String(), text: Type.String({ minLength: 1 }), count: Type.Integer({ minimum: 1, maximum: 1_000_000 }) }, { additionalProperties: false, description: 'Appends the text to an open part so many times, each as a delta of its own.' }) },
    { additionalProperties: false },
  ),
]);
export type ScriptStep = Static<typeof ScriptStep>;

/** What the agent inside a server plays: the `data` of a `data` part named `script` in the message that starts a run. */
export const Script = Type.Object(
  {
    steps: Type.Array(ScriptStep, { description: 'In order. A run that is still open behind the last one is ended as completed.' }),
    onCancel: Type.Optional(Type.Enum(['end', 'ignore'], { description: '`end`, the default: a cancelled run is ended as cancelled at once. `ignore`: the script goes on as if nothing had been said.' })),
  },
  { title: 'Script', additionalProperties: false },
);
export interface Script extends Static<typeof Script> {}

/** The name of the part that holds a script. */
export const scriptPartName = 'script';
