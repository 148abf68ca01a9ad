/** A scenario that is wrong in itself: a fault of the suite, never of what is under test. */
export class ScenarioError extends Error {
  readonly code = 'SCENARIO';
  override readonly name = 'ScenarioError';
}
