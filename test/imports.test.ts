import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');

test('imports/ is what scripts/import.sh makes of imports/crds/', () => {
  const made = mkdtempSync(join(tmpdir(), 'wayleave-imports-'));
  try {
    execFileSync('bash', [join(ROOT, 'scripts', 'import.sh'), made], { stdio: 'pipe' });
    for (const file of readdirSync(made)) {
      expect({ file, text: readFileSync(join(ROOT, 'imports', file), 'utf8') }).toEqual({
        file,
        text: readFileSync(join(made, file), 'utf8'),
      });
    }
    const committed = readdirSync(join(ROOT, 'imports')).filter((file) => file.endsWith('.ts') && file !== 'k8s.ts');
    expect(committed.sort()).toEqual(readdirSync(made).sort());
  } finally {
    rmSync(made, { recursive: true });
  }
}, 60_000);
