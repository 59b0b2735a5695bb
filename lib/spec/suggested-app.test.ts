import { broken } from '../../test/specs/small';
import { parseCluster } from './parse';

test('another app is suggested only where it has the port that is called', () => {
  const suggested = (port: string) =>
    parseCluster(broken([['apps', 'web', 'needs', 0], { app: 'cahce', port, reason: 'sessions' }])).findings.map(
      ({ fix, suggest }) => [fix, suggest?.value],
    );
  expect(suggested('redis')).toEqual([['cache', 'cache']]);
  expect(suggested('http')).toEqual([['cache', undefined]]);
});
