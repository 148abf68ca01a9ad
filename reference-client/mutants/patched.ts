import { registerHooks } from 'node:module';

// patched.ts (<file below src> <text> <what stands in its place>)…: the good client with a line or two of its files another. A text that is not there exactly once is refused, so that a mutant can not become the good client unnoticed.
const words = process.argv.slice(2);
const patches = Array.from({ length: Math.floor(words.length / 3) }, (_, index) => ({ file: words[3 * index] ?? '', text: words[3 * index + 1] ?? '', other: words[3 * index + 2] ?? '' }));
const applied = new Set<string>();

registerHooks({
  load(loaded, context, next) {
    const result = next(loaded, context);
    const mine = patches.filter(({ file }) => loaded === new URL(`../src/${file}`, import.meta.url).href);
    if (mine.length === 0) return result;
    let source = typeof result.source === 'string' ? result.source : new TextDecoder().decode(result.source);
    for (const { file, text, other } of mine) {
      const found = source.split(text).length - 1;
      if (found !== 1) throw new Error(`src/${file} must hold the text to patch once: it does ${found} times: ${text}`);
      source = source.replace(text, () => other);
      applied.add(text);
    }
    return { ...result, source };
  },
});

const [{ makeClient }, { runDriver }, { standardParts }] = await Promise.all([import('../src/client.ts'), import('../src/driver/run-driver.ts'), import('../src/parts.ts')]);
const missed = patches.filter(({ text }) => !applied.has(text));
if (missed.length > 0) throw new Error(`src/${missed[0]?.file} must be part of the client: it was never loaded.`);
runDriver(makeClient(standardParts));
