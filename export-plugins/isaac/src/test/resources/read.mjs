// Reads stages with tinyusdz, an independent reader of USD, and prints for each whether it could: node read.mjs MODULE FILE [FILE ...]
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

// The package is built for browsers, and asks.
process.type = 'renderer';
globalThis.window = globalThis;

const [module, ...files] = process.argv.slice(2);
const factory = (await import(pathToFileURL(module))).default;
const wasm = readFileSync(join(dirname(module), 'tinyusdz.wasm'));
const usd = await factory({
  instantiateWasm(imports, done) {
    WebAssembly.instantiate(wasm, imports).then((result) => done(result.instance, result.module));
    return {};
  },
});
for (const file of files) {
  const loader = new usd.TinyUSDZLoaderNative();
  console.log(loader.loadFromBinary(readFileSync(file), file) ? 'read' : 'refused');
}
