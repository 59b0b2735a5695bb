import { z } from 'zod';
import { AddressError } from '../net/error';
import { PortRange } from '../net/port';
import { nearest } from '../text/suggest';

/** What an operator says of who reaches whom, to be held against the policies and firewalls that are written. */
export interface Assertion {
  /** As it is written. */
  readonly text: string;
  readonly from: string;
  readonly to: string;
  /** What the destination is dialled by. Absent: anything at all. */
  readonly dialled?:
    | { readonly protocol: 'tcp' | 'udp' | 'sctp'; readonly port: PortRange }
    | { readonly protocol: 'icmp' };
  /** `only`: of all who could be meant these, and none of the others. */
  readonly expected: 'yes' | 'no' | { readonly only: readonly string[] };
}

const FORM = 'api → redis:6379 yes';

/**
 * Reads `honeydue/worker → redis:6379 yes`.
 * @throws AddressError that says which part is wrong, and what would be right
 */
export function parseAssertion(text: string): Assertion {
  const arrow = /\s*(?:→|->)\s*/.exec(text);
  if (arrow === null)
    throw new AddressError(text, `has no arrow between who calls and who is called, as ${FORM} has`, withArrow(text));
  const from = text.slice(0, arrow.index).trim();
  const rest = text.slice(arrow.index + arrow[0].length).trim();
  const match = /^(.*\S)\s+(yes|no|only\s+\S.*)$/.exec(rest);
  if (from === '' || match === null) throw malformed(text, from, rest);
  const [, called = '', verdict = ''] = match;
  return { text, from, ...destination(text, called), expected: expectation(text, verdict) };
}

/** The same with an arrow, where another sign or nothing but a space stands in its place. */
function withArrow(text: string): string | undefined {
  const match = /^\s*(\S.*?)\s*(?:=>|–>|—>|>|\s)\s*(\S+\s+(?:yes|no|only\s.*))$/.exec(text);
  return match === null ? undefined : `${match[1] ?? ''} → ${match[2] ?? ''}`;
}

function malformed(text: string, from: string, rest: string): AddressError {
  if (from === '') return new AddressError(text, `does not say who calls, as ${FORM} does`);
  const last = rest.split(/\s+/).at(-1) ?? '';
  if (last === 'only') return new AddressError(text, 'says only, and not who', `${text.trim()} api, worker`);
  return new AddressError(text, 'must end in yes, no or only with names', withVerdict(text.trim(), rest, last));
}

/** The same with a word that it can end in; undefined where none is meant. */
function withVerdict(text: string, rest: string, last: string): string | undefined {
  const near = nearest(last, ['yes', 'no']);
  if (near !== undefined) return text.replace(/\S+$/, near);
  const words = rest.split(/\s+/);
  if (words.length === 1) return `${text} yes`;
  const only = words.findIndex((word, i) => i > 0 && i < words.length - 1 && nearest(word, ['only']) !== undefined);
  return only < 0 ? undefined : `${text.slice(0, -rest.length)}${words.with(only, 'only').join(' ')}`;
}

function destination(text: string, called: string): Pick<Assertion, 'to' | 'dialled'> {
  // An IPv6 address has colons of its own, and a port only behind brackets.
  const bracketed = /^\[(.+)\](?::(.+))?$/.exec(called);
  const plain = /^([^:]+):([^:]+)$/.exec(called);
  const [, to = called, port] = bracketed ?? plain ?? [];
  return port === undefined ? { to } : { to: to.trim(), dialled: dialled(text, port.trim()) };
}

function dialled(text: string, port: string): NonNullable<Assertion['dialled']> {
  if (port === 'icmp') return { protocol: 'icmp' };
  const [number = '', protocol = 'tcp', ...more] = port.split('/');
  if ((protocol !== 'tcp' && protocol !== 'udp' && protocol !== 'sctp') || more.length > 0)
    throw new AddressError(text, `has the port ${port}`, text.replace(port, `${number}/udp`));
  return { protocol, port: portIn(text, number) };
}

/** What is wrong with the port alone, and the whole text as it would be right. */
function portIn(text: string, port: string): PortRange {
  try {
    return PortRange.parse(port);
  } catch (error) {
    if (!(error instanceof AddressError) || error.suggestion === undefined) throw error;
    const at = text.indexOf(port, text.lastIndexOf(':'));
    const mended = `${text.slice(0, at)}${error.suggestion}${text.slice(at + port.length)}`;
    throw new AddressError(port, error.problem, mended);
  }
}

function expectation(text: string, verdict: string): Assertion['expected'] {
  if (verdict === 'yes' || verdict === 'no') return verdict;
  const only = verdict
    .slice('only'.length)
    .split(',')
    .map((name) => name.trim());
  if (only.includes('')) throw new AddressError(text, 'has a comma without a name');
  return { only };
}

/** One line of a spec's `tests`. */
export const assertion = () =>
  z.string().transform((text, context): Assertion => {
    try {
      return parseAssertion(text);
    } catch (error) {
      if (!(error instanceof AddressError)) throw error;
      const message = `${JSON.stringify(error.text)} ${error.problem}`;
      context.issues.push({ code: 'custom', message, params: { fix: error.suggestion }, input: text });
      return z.NEVER;
    }
  });
