import { applyPatch } from '@durable-session/schemas';
import { judge } from '../../src/session/judge.ts';
import { refuse, rejected } from '../../src/session/verdict.ts';
import { startForProgram } from '../../src/start.ts';

const at = (document: unknown, path: string): unknown =>
  path.split('/').slice(1).reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key.replaceAll('~1', '/').replaceAll('~0', '~')) : undefined), document);

/** Compares the values of a `test` as JSON text, so that the order of members counts; breaks STATE-11. */
await startForProgram({
  judge(draft, command, sender, digest) {
    if (command.type === 'state.patch') {
      let { document } = draft.state.facts;
      for (const [index, operation] of command.patch.entries()) {
        if (operation.op === 'test' && JSON.stringify(at(document, operation.path)) !== JSON.stringify(operation.value)) return rejected(refuse('patch_failed', 'the test fails', { index }));
        const patched = applyPatch(document, [operation]);
        if (!patched.ok) break;
        document = patched.value;
      }
    }
    return judge(draft, command, sender, digest);
  },
});
