import { broken } from '../../test/specs/small';
import { parseCluster } from './parse';

const said = (host: unknown) =>
  parseCluster(broken([['apps', 'web', 'hosts', 0], host])).findings.map(({ message, fix }) => ({ message, fix }));

test('a host name with an underscore, which the API server refuses in an Ingress', () => {
  expect(said('my_shop.example.com')).toEqual([
    { message: '"my_shop.example.com" has an underscore, which no ingress takes', fix: 'my-shop.example.com' },
  ]);
  expect(said({ host: '_shop.example.com', port: 'http' })).toMatchObject([{ fix: 'shop.example.com' }]);
  expect(said('_.example.com')).toMatchObject([{ fix: undefined }]);
});
