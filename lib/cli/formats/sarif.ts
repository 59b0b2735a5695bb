import { createHash } from 'node:crypto';
import { isAbsolute, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CATALOGUE } from '../../checks/catalogue/catalogue';
import { gist, threadUrl } from '../../docs/explain';
import { FINDING_CODES, type FindingCode } from '../../spec/finding';
import type { Place, Placed } from './placed';

/** Where the schema stands that the log names as its own. Source: OASIS SARIF 2.1.0, errata 01. */
const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** The folder that paths are counted from; whoever reads the log says where it lies. */
const ROOT = '%SRCROOT%';

/** Findings as one run of SARIF 2.1.0, which GitHub and GitLab show in a change. */
export function sarifFormat(findings: readonly Placed[]): string {
  const used = new Set(findings.map(({ code }) => code));
  const codes = FINDING_CODES.filter((code) => used.has(code));
  const log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'wayleave', rules: codes.map(rule) } },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [ROOT]: { description: { text: 'The folder in which wayleave was run.' } } },
        results: findings.map((finding) => result(finding, codes.indexOf(finding.code))),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function rule(code: FindingCode) {
  const { meaning, fix, seen } = CATALOGUE[code];
  const threads = (seen ?? []).map(threadUrl);
  const help = [meaning, `Fix: ${fix}`, ...(threads.length === 0 ? [] : [`Met in: ${threads.join(' ')}`])];
  return {
    id: code,
    shortDescription: { text: gist(code) },
    fullDescription: { text: meaning },
    help: { text: help.join('\n\n') },
  };
}

function result({ code, severity, message, fix, places }: Placed, ruleIndex: number) {
  const [first, ...others] = places.length === 0 ? [{}] : places;
  const text = fix === undefined ? message : `${message}\nfix: ${fix}`;
  const locations = first === undefined ? [] : [locationOf(first)];
  return {
    ruleId: code,
    ruleIndex,
    level: severity === 'notice' ? 'note' : severity,
    message: { text },
    locations,
    ...(others.length === 0 ? {} : { relatedLocations: others.map((place, id) => ({ id, ...locationOf(place) })) }),
    partialFingerprints: { 'wayleave/v1': fingerprint(code, first, message) },
  };
}

/** A finding of no file is placed at the folder of all specs: GitHub refuses a result without a place. */
function locationOf({ file = 'clusters', line, column, path }: Place) {
  const region = line === undefined ? {} : { region: { startLine: line, startColumn: column ?? 1 } };
  return {
    physicalLocation: { artifactLocation: artifact(file), ...region },
    ...(path === undefined || path === '' ? {} : { logicalLocations: [{ fullyQualifiedName: path }] }),
  };
}

function artifact(file: string) {
  if (isAbsolute(file)) return { uri: pathToFileURL(file).href };
  return { uri: file.split(sep).map(encodeURIComponent).join('/'), uriBaseId: ROOT };
}

/** Stays the same when lines above it come and go, so that a finding is not taken for a new one. */
function fingerprint(code: string, place: Place | undefined, message: string): string {
  return createHash('sha256')
    .update([code, place?.file ?? '', place?.path ?? '', message].join('\n'))
    .digest('hex')
    .slice(0, 32);
}
