import { registerHooks } from 'node:module';

// patched.ts <file below src> <text> <what stands in its place>: the good server with one line of one file another. A text that is not there exactly once is refused, so that a mutant can not become the good server unnoticed.
const [file = '', text = '', other = ''] = process.argv.slice(2);
const url = new URL(`../src/${file}`, import.meta.url).href;
let isApplied = false;

registerHooks({
  load(loaded, context, next) {
    const result = next(loaded, context);
    if (loaded !== url) return result;
    const source = typeof result.source === 'string' ? result.source : new TextDecoder().decode(result.source);
    const found = source.split(text).length - 1;
    if (found !== 1) throw new Error(`src/${file} must hold the text to patch once: it does ${found} times: ${text}`);
    isApplied = true;
    return { ...result, source: source.replace(text, () => other) };
  },
});

const { startForProgram } = await import('../src/start.ts');
if (!isApplied) throw new Error(`src/${file} must be part of the server: it was never loaded.`);
await startForProgram();
