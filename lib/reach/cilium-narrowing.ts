import type { Field } from './field';

/** What an entry of `toPorts` asks beyond ports; nothing if all traffic to them passes. */
export function readNarrowing(toPorts: Field): string[] {
  const rules = toPorts.get('rules');
  return [
    ...rules.get('http').items().map(http),
    ...rules
      .get('dns')
      .items()
      .map((item) => `DNS ${named(item)}`),
    ...rules
      .get('kafka')
      .items()
      .map((item) => `Kafka ${pairs(item)}`),
    ...(rules.get('l7proto').isGiven
      ? [`${rules.get('l7proto').written() ?? ''} ${rules.get('l7').items().map(pairs).join(' or ')}`.trim()]
      : []),
    ...toPorts
      .get('serverNames')
      .texts()
      .map((name) => `TLS for ${name}`),
    ...(toPorts.get('listener').isGiven
      ? [`what the listener ${toPorts.in('listener', 'name').written() ?? ''} lets through`]
      : []),
  ];
}

/** An HTTP rule that asks nothing lets all HTTP through, but nothing else. */
function http(item: Field): string {
  const method = item.get('method').text();
  const path = item.get('path').text();
  const others = ['host', 'headers', 'headerMatches'].filter((key) => item.get(key).isGiven);
  return ['HTTP', method, path, ...others.map((key) => `with ${key} ${JSON.stringify(item.get(key).value)}`)]
    .filter((part) => part !== undefined)
    .join(' ');
}

function named(item: Field): string {
  return item.get('matchName').written() ?? item.get('matchPattern').written() ?? '*';
}

function pairs(item: Field): string {
  return item
    .keys()
    .map((key) => `${key} ${item.get(key).written() ?? ''}`)
    .join(' ');
}
