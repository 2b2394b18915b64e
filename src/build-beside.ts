import { cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Last step of `npm run build`: what the program reads beside its compiled code goes along, such as style sheets, scripts of
 * pages and migrations. By kind of file, so that a new one is never forgotten.
 */
const FROM = 'src';
const TO = join('dist', 'src');

const files = await readdir(FROM, { recursive: true });
for (const file of files.filter((name) => /\.(css|js|sql)$/.test(name) && !name.startsWith('demo/'))) {
  const compiled = new Set([file.replace(/\.js$/, '.ts'), file.replace(/\.js$/, '.tsx')]);
  const twin = files.find((each) => each !== file && compiled.has(each));
  if (twin) throw new Error(`${file} would take the place of what ${twin} is compiled to: rename one of them`);
  await cp(join(FROM, file), join(TO, file));
}
