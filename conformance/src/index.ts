export { extractRequirements, type Extraction, type SpecificationPage } from './requirement/extract.ts';
export type { Level, Requirement, RequirementRole } from './requirement/requirement.ts';
export { Fragment, Scenario } from './scenario/scenario.ts';
export type { Entry, Transcript } from './transcript/entry.ts';
export type { Check, CheckVerdict } from './verdict/check.ts';
export { Configuration } from './configuration.ts';
