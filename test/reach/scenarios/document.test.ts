import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { conformanceDocument } from './document';

const PAGE = join(__dirname, '../../../docs/conformance.md');

test('docs/conformance.md is what the tables say (WRITE_CONFORMANCE=1 writes it)', () => {
  const page = conformanceDocument();
  if (process.env.WRITE_CONFORMANCE === '1') writeFileSync(PAGE, page);
  expect(readFileSync(PAGE, 'utf8')).toBe(page);
});
