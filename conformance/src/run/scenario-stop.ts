/** A check that failed, so that the scenario's further steps mean nothing. */
export class CheckFailed extends Error {
  override readonly name = 'CheckFailed';
}

/** Something that no requirement is bound to did not come: the scenario can not say anything about what it is for. */
export class PrerequisiteMissing extends Error {
  override readonly name: string = 'PrerequisiteMissing';
}

/** A step came so late that a timer of the server may have run out, in its right: nobody can be blamed, and another attempt may tell. */
export class TooLate extends PrerequisiteMissing {
  constructor(source: string) {
    super(`${source}: the machine was too slow to tell`);
  }
}

/** The target lacks a hook, a credential or a short limit that the scenario needs. */
export class NotTestable extends Error {
  override readonly name = 'NotTestable';
  /** What is missing, in a few words for the summary. */
  readonly needs: string;
  constructor(needs: string) {
    super(`needs ${needs}`);
    this.needs = needs;
  }
}
