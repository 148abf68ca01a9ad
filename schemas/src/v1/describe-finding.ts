import { lookUp, parsePointer } from './json-pointer.ts';

/** One error as the precompiled validators report it. */
export interface ValidationFinding {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: { readonly [name: string]: unknown };
}

/** What was asked, and where, in words for people. */
export interface Description {
  readonly path: string;
  readonly message: string;
}

const nouns: { readonly [type: string]: string } = {
  object: 'an object',
  array: 'an array',
  string: 'a string',
  number: 'a number',
  integer: 'an integer',
  boolean: 'true or false',
  null: 'null',
};

const listed = (values: unknown): string => (Array.isArray(values) ? values.map(String).join(', ') : String(values));

function demand(finding: ValidationFinding): string {
  const { keyword, params } = finding;
  switch (keyword) {
    case 'type':
      return `must be ${nouns[String(params['type'])] ?? String(params['type'])}`;
    case 'enum':
      return `must be one of ${listed(params['allowedValues'])}`;
    case 'const':
      return `must be ${JSON.stringify(params['allowedValue'])}`;
    case 'pattern':
      return `must match ${String(params['pattern'])}`;
    case 'minimum':
    case 'maximum':
      return `must be ${String(params['comparison'])} ${String(params['limit'])}`;
    case 'minLength':
      return `must have at least ${String(params['limit'])} characters`;
    case 'maxLength':
      return `must have at most ${String(params['limit'])} characters`;
    case 'minItems':
      return `must have at least ${String(params['limit'])} items`;
    case 'oneOf':
      return 'must fit exactly one of the alternatives';
    case 'anyOf':
      return 'must fit one of the alternatives';
    default:
      return `must fit ${keyword}`;
  }
}

function got(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** The finding that says most: an alternative that fails is told after what failed inside it. */
function decisive(findings: readonly ValidationFinding[]): ValidationFinding | undefined {
  return findings.findLast(({ keyword }) => keyword !== 'if');
}

/** A union of types, such as a string or null, is told as one demand. */
function unionOfTypes(findings: readonly ValidationFinding[], path: string): string | undefined {
  const types = findings.filter(({ keyword, instancePath }) => keyword === 'type' && instancePath === path);
  const others = findings.some(({ keyword, instancePath }) => keyword !== 'type' && keyword !== 'anyOf' && instancePath === path);
  return types.length > 1 && !others ? `must be ${types.map(({ params }) => nouns[String(params['type'])]).join(' or ')}` : undefined;
}

/** Says what the findings about one value come to: the place, what was asked there, and what stood there instead. */
export function describeFindings(findings: readonly ValidationFinding[], value: unknown): Description {
  const finding = decisive(findings) ?? { keyword: 'schema', instancePath: '', params: {} };
  const { keyword, instancePath, params } = finding;
  if (keyword === 'required') return { path: `${instancePath}/${String(params['missingProperty'])}`, message: 'must be there' };
  const path = keyword === 'discriminator' ? `${instancePath}/${String(params['tag'])}` : instancePath;
  if (keyword === 'false schema') return { path, message: 'must not be there' };
  const { found, value: standing } = lookUp(value, parsePointer(path) ?? []);
  const asked = keyword === 'discriminator' ? 'must name a known kind' : ((keyword === 'anyOf' ? unionOfTypes(findings, path) : undefined) ?? demand(finding));
  // ERROR-7
  return { path, message: found && !path.endsWith('/token') ? `${asked}: got ${got(standing)}` : asked };
}
