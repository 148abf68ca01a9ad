import Type, { type Static } from 'typebox';
import type { SubjectResult } from '../run/outcome.ts';
import { rulesChecked, tally, untestedRules } from '../verdict/run-verdict.ts';
import type { ReportedRun } from './reported-run.ts';
import { judgeRequirements, requirementStatuses } from './requirement-status.ts';

const count = Type.Integer({ minimum: 0 });

/** What a run states about an implementation: enough to know what was asked, by what, and how to ask it again. */
export const Statement = Type.Object(
  {
    statement: Type.Literal(1, { description: 'The revision of this format.' }),
    verdict: Type.Enum(['conforms', 'passed', 'does not conform', 'not judged', 'incomplete', 'harness error', 'stale expectation']),
    isWhole: Type.Boolean({ description: 'Whether every scenario was asked: a narrowed run states nothing about what it left out.' }),
    specification: Type.Object({ revision: Type.String(), digest: Type.String() }),
    suite: Type.Object({ version: Type.String(), digest: Type.String() }),
    subjects: Type.Array(
      Type.Object({
        subject: Type.Enum(['server', 'client']),
        implementation: Type.Optional(Type.String()),
        profiles: Type.Array(Type.String()),
        transports: Type.Array(Type.String()),
        scenarios: Type.Record(Type.String(), count, { description: 'How many ended with each outcome.' }),
        requirements: Type.Record(Type.String(), count, { description: 'How many of those that bind the subject have each status.' }),
        rulesChecked: count,
        untested: Type.Object({ rules: Type.Array(Type.String()), needs: Type.Array(Type.String()) }),
        refusal: Type.Optional(Type.String()),
      }),
    ),
    expectedFailures: Type.Array(Type.Object({ subject: Type.String(), scenario: Type.String(), variant: Type.String(), rules: Type.Array(Type.String()), reason: Type.String() })),
    command: Type.String(),
    seed: Type.Optional(Type.Integer()),
    startedAt: Type.String(),
  },
  { title: 'Conformance statement' },
);
export interface Statement extends Static<typeof Statement> {}

/** The statement of a run. */
export function statementOf(run: ReportedRun): Statement {
  return {
    statement: 1,
    verdict: run.verdict,
    isWhole: !run.narrowed,
    specification: run.specification,
    suite: run.suite,
    subjects: run.subjects.map((subject) => stateSubject(subject, run)),
    expectedFailures: run.subjects.flatMap(({ subject, scenarios }) => scenarios.flatMap(({ scenario, variant, checks }) => checks.flatMap(({ cites, excused }) => (excused === undefined ? [] : [{ subject, scenario, variant, rules: [...cites], reason: excused }])))),
    command: run.commandLine,
    ...(run.seed === undefined ? {} : { seed: run.seed }),
    startedAt: run.startedAt,
  };
}

/** The statement as a file. */
export const renderStatement = (run: ReportedRun): string => `${JSON.stringify(statementOf(run), undefined, 2)}\n`;

function stateSubject(result: SubjectResult, { requirements }: ReportedRun): Statement['subjects'][number] {
  const statuses = judgeRequirements(requirements, [result]).map(({ status }) => status);
  const untested = untestedRules(result.scenarios);
  return {
    subject: result.subject,
    ...(result.implementation === undefined ? {} : { implementation: result.implementation }),
    profiles: [...result.profiles],
    transports: [...result.transports],
    scenarios: { ...tally(result.scenarios) },
    requirements: Object.fromEntries(requirementStatuses.map((status) => [status, statuses.filter((each) => each === status).length])),
    rulesChecked: rulesChecked(result.scenarios).length,
    untested: { rules: [...untested.rules], needs: [...untested.needs] },
    ...(result.refusal === undefined ? {} : { refusal: result.refusal.sentence }),
  };
}
