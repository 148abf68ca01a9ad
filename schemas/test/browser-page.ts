import { canonicalJson, emptyState, type Event, fold, parseServerFrame, type State, validateSent } from '../src/index.ts';

// The program of this repository has Node's types only.
declare const document: { readonly body: { textContent: string } };

interface Exercise {
  readonly accepted: readonly string[];
  readonly refused: readonly string[];
  readonly events: readonly Event[];
  readonly state: State;
}

/** Whether the page's policy forbids to make code from text; a validator that needed that would fail here. */
function isEvalForbidden(): boolean {
  try {
    return new Function('return false')() === true;
  } catch {
    return true;
  }
}

// Runs in a page: parses and folds what the test gives, and leaves the result as the text of the document.
const response = await fetch('exercise.json');
// The test that serves it made it of this shape.
const { accepted, refused, events, state } = (await response.json()) as Exercise;
// An example is wrong by what binds its sender, of which a receiver takes some all the same (BYE-9).
const isRight = (text: string): boolean => {
  const parsed = parseServerFrame(text);
  return parsed.ok && validateSent({ ...parsed.frame }) === undefined;
};

const wronglyRefused = accepted.filter((text) => !isRight(text));
const wronglyAccepted = refused.filter(isRight);
const isFoldEqual = canonicalJson(events.reduce(fold, emptyState)) === canonicalJson(state);
document.body.textContent = `result ${JSON.stringify({ isEvalForbidden: isEvalForbidden(), parsed: accepted.length + refused.length, wronglyRefused, wronglyAccepted, isFoldEqual })} end`;
